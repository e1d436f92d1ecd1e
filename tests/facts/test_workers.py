"""Whatever a probe does, its facts get a value or a plain reason, and the others are measured all the same."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import psutil
import pytest
from facts_helpers import CATALOGUE, file_at, measured, probe, task, the_fact, untyped

from deliverlint.facts.answers import BadReply, decode
from deliverlint.facts.workers import Workers
from deliverlint.values import Fact, Unmeasured


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mov"
    path.write_bytes(b"film")
    return path


def test_a_probe_that_hangs_is_stopped_when_its_time_is_up(workers: Workers, film: Path) -> None:
    hanging = task(file_at(film), probe("hang", wall_s=1))
    assert the_fact(workers, hanging) == "UNMEASURED stopped after 1 s: reading it took too long"


def test_a_probe_that_computes_for_ever_is_stopped_when_its_computing_time_is_up(workers: Workers, film: Path) -> None:
    pytest.importorskip("resource")
    spinning = task(file_at(film), probe("spin", cpu_s=1))
    assert the_fact(workers, spinning) == "UNMEASURED stopped: reading it took more than 1 s of computing time"


def test_computing_time_counts_from_the_beginning_of_each_task(film: Path) -> None:
    with Workers(1) as workers:
        files = [file_at(film, path=f"{number}") for number in range(3)]
        found = measured(workers, *(task(file, probe("compute_for_0_4_s", cpu_s=1)) for file in files))
    assert [facts["test.text"] for facts in found.values()] == [Fact("test.text", "done")] * 3


def test_a_probe_that_eats_memory_is_stopped(workers: Workers, film: Path) -> None:
    greedy = task(file_at(film), probe("eat_memory", memory_mb=150))
    assert the_fact(workers, greedy) == "UNMEASURED stopped: it took more than 150 MB of memory"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces RLIMIT_AS")
def test_address_space_is_bounded_where_the_probe_bears_it(workers: Workers, film: Path) -> None:
    greedy = task(file_at(film), probe("eat_address_space", memory_mb=1000, limit_address_space=True))
    assert the_fact(workers, greedy) == "UNMEASURED needs more than 1000 MB of memory to be read"


def test_a_crash_in_native_code_is_a_reason(workers: Workers, film: Path) -> None:
    reason = the_fact(workers, task(file_at(film), "crash"))
    assert reason == "UNMEASURED the reader crashed (segmentation fault)"


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("exit_silently", "the reader ended by itself (exit status 7)"),
        ("exit_politely", "could not be read: SystemExit: good bye"),
        ("close_every_pipe", "the reader ended by itself (exit status 0)"),
        ("recurse", "is nested too deeply to be read"),
        ("fail_to_print", "could not be read: Rude"),
        ("missing_library", "needs the library 'library_that_nobody_has', which is not installed"),
        ("no_mapping", "the reader answered with a value of type 'list' instead of facts; this is a mistake in it"),
        ("reason", "is cut short: the mp4 has no moov box"),
        ("too_much", "gives more than 64 MB of facts"),
        ("nobody_wrote_this", "could not be read: AttributeError"),
        ("plugin_that_is_gone:measure", "the reader 'plugin_that_is_gone' is not installed"),
        ("plugin_that_is_gone.header:measure", "the reader 'plugin_that_is_gone.header' is not installed"),
    ],
)
def test_what_went_wrong_is_said_in_plain_words(workers: Workers, film: Path, function: str, reason: str) -> None:
    assert str(the_fact(workers, task(file_at(film), function))).startswith(f"UNMEASURED {reason}")


def test_a_message_of_an_exception_is_made_harmless_and_short(workers: Workers, film: Path) -> None:
    reason = the_fact(workers, task(file_at(film), "fail"))
    assert reason.startswith("UNMEASURED could not be read: ValueError: \\x1b[31mthe \\u202emoov box\\n is missing")
    assert reason.isprintable() and len(reason) < 500


def test_a_missing_library_that_an_extra_brings_names_the_extra(workers: Workers, film: Path) -> None:
    lacking = task(file_at(film), probe("missing_library", extra="speech"))
    expected = "UNMEASURED needs the extra 'speech': pip install 'deliverlint[speech]'"
    assert the_fact(workers, lacking) == expected


@pytest.mark.parametrize(
    ("function", "tried"),
    [
        ("open_socket", "use the network (socket.connect)"),
        ("resolve_name", "use the network (socket.getaddrinfo)"),
        ("start_program", "start or stop a program (subprocess.Popen)"),
        pytest.param("fork", "start or stop a program (os.fork)", marks=pytest.mark.skipif("not hasattr(os, 'fork')")),
        ("kill_parent", "start or stop a program (os.kill)"),
        ("overwrite", "write a file outside its own folder"),
        ("delete", "change a file outside its own folder (os.remove)"),
        ("rename_away", "change a file outside its own folder (os.rename)"),
        ("write_through_a_link", "write a file outside its own folder"),
    ],
)
def test_what_a_probe_may_not_do_is_refused(workers: Workers, film: Path, function: str, tried: str) -> None:
    reason = the_fact(workers, task(file_at(film), function))
    assert reason == f"UNMEASURED the reader tried to {tried}, which is not allowed"
    assert film.read_bytes() == b"film"


def test_a_probe_may_write_in_a_folder_of_its_own_which_is_emptied(film: Path) -> None:
    with Workers(1) as workers:
        assert the_fact(workers, task(file_at(film), "use_temporary_files")) == "done"
        assert the_fact(workers, task(file_at(film), "list_own_folder")) == ""


def test_what_a_library_prints_does_not_reach_the_answers_or_the_terminal(
    workers: Workers, film: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert the_fact(workers, task(file_at(film), "print_a_lot")) == "printed, and read ''"
    assert capfd.readouterr() == ("", "")


def test_an_answer_that_is_no_fact_is_unmeasured_and_the_others_stand(workers: Workers, film: Path) -> None:
    asked = CATALOGUE.keys() - {"test.not_asked_for"}
    nonsense = task(file_at(film), "nonsense", *(name for name in asked if name.startswith("test.")))
    found = measured(workers, nonsense, facts=untyped("test.infinity", "test.good"))["film.mov"]
    reasons = {name[5:]: answer.reason for name, answer in found.items() if isinstance(answer, Unmeasured)}
    assert reasons == {
        "nan": "the reader answered with what is not a number (nan)",
        "infinity": "the reader answered with what is not a number (-inf)",
        "bytes": "the reader answered with a value of type 'bytes', which cannot be a fact; this is a mistake in it",
        "set": "the reader answered with a value of type 'set', which cannot be a fact; this is a mistake in it",
        "keys": "the reader answered with a mapping whose keys are no text; this is a mistake in it",
        "endless": "the reader answered with a value that is nested more than 32 levels deep",
        "huge": "the reader answered with what is not a number (too large)",
        "number": "the reader 'test.probe' answered 'twelve' where a number belongs; this is a mistake in its plugin",
        "text": "the reader 'test.probe' answered 12 where text belongs; this is a mistake in its plugin",
        "flag": "the reader 'test.probe' answered 1 where yes or no belongs; this is a mistake in its plugin",
        "events": "the reader 'test.probe' answered [{'start': 'now'}] where a list of events belongs;"
        " this is a mistake in its plugin",
        **dict.fromkeys(
            ["nobody", "header", "scan", "decode"], "the reader gave no answer for it; this is a mistake in it"
        ),
    }
    assert found["test.good"] == Fact("test.good", [1, [None, "x", {"y": True}]])
    assert "test.not_asked_for" not in found


def test_every_other_task_goes_on_while_workers_die(film: Path) -> None:
    bad = ["crash", "exit_silently", "fail", "crash"]
    tasks = []
    for number in range(20):
        tasks.append(
            task(file_at(film, path=f"{number}"), bad[number % 4] if number % 5 == 0 else "size", "test.number")
        )
    with Workers(2) as workers:
        found = measured(workers, *tasks)
    values = {int(subject): facts["test.number"] for subject, facts in found.items()}
    assert all(isinstance(values[number], Unmeasured) == (number % 5 == 0) for number in range(20))


def test_a_worker_serves_many_tasks_and_is_replaced_when_it_died(film: Path) -> None:
    with Workers(1) as workers:
        where = task(file_at(film), "process_id", "test.number")
        first, again = the_fact(workers, where), the_fact(workers, where)
        the_fact(workers, task(file_at(film), "crash"))
        assert first == again != the_fact(workers, where)


def test_a_task_that_killed_its_worker_is_not_tried_again(film: Path) -> None:
    with Workers(1) as workers:
        crashing = task(file_at(film), "crash")
        begun = [one for one, answer in workers.run([crashing]) if answer is None]
        assert begun == [crashing]


@pytest.mark.skipif(sys.platform == "win32", reason="finds the pipe by its number")
@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("write_into_the_answers", "the reader gave an answer that cannot be understood"),
        ("write_without_end", "the reader broke off in the middle of its answer"),
    ],
)
def test_a_library_that_writes_into_the_answers_cannot_give_false_ones(film: Path, function: str, reason: str) -> None:
    with Workers(1) as workers:
        assert the_fact(workers, task(file_at(film), function)) == f"UNMEASURED {reason}"
        assert the_fact(workers, task(file_at(film), "size", "test.number")) == 4


def test_a_mangled_reply_is_an_answer_or_refused(film: Path) -> None:
    reply = b'{"number":7,"facts":{"test.text":["value","x"],"test.number":["unmeasured","is cut"]},"identity":"1:2"}'
    one = task(file_at(film), "size", "test.text", "test.number")
    assert decode(reply, one, 7, 0).facts == {"test.text": "x", "test.number": Unmeasured("is cut")}
    dice, understood = random.Random(7), 0
    for _ in range(500):
        mangled = bytearray(reply)
        for _ in range(dice.choice([1, 2, 5])):
            mangled[dice.randrange(len(mangled))] = dice.randrange(256)
        try:
            answer = decode(bytes(mangled[: dice.choice([len(mangled), dice.randrange(len(mangled))])]), one, 7, 0)
        except BadReply:
            continue
        understood += 1
        assert answer.facts.keys() == one.wanted
        assert answer.final <= one.wanted
        assert all(isinstance(fact, str | Unmeasured) for fact in answer.facts.values())
    assert 0 < understood < 250


def test_no_more_workers_are_started_than_there_are_tasks(film: Path) -> None:
    before = processes()
    with Workers(4) as workers:
        assert processes() == before
        the_fact(workers, task(file_at(film), "size", "test.number"))
        assert len(processes() - before) == 1


def test_no_process_and_no_folder_is_left(film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = processes()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Workers(2) as workers:
        measured(workers, *(task(file_at(film, path=f"{number}"), "use_temporary_files") for number in range(4)))
        assert processes() - before
    assert processes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["film.mov"]


def processes() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def test_what_a_probe_is_told_comes_through(workers: Workers, film: Path) -> None:
    file = file_at(film, path="video/film.mov", format="QuickTime")
    one = task(file, "told", subject="video/film.mov#audio:2", stream="audio:2", options={"a": {"b": "ü\udcff"}})
    assert the_fact(workers, one) == "video/film.mov|audio:2|QuickTime|ü\udcff"


@pytest.mark.parametrize("name", ["with space", "émoji 🎬", "new\nline", "\u202ereversed", "x" * 255])
def test_files_with_odd_names_are_read(workers: Workers, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    try:
        path.write_bytes(b"12345")
    except OSError:
        pytest.skip("this file system does not allow the name")
    assert the_fact(workers, task(file_at(path), "size", "test.number")) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only on Linux")
def test_a_file_whose_name_is_no_text_is_read(workers: Workers, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_bytes(b"123")
    assert the_fact(workers, task(file_at(path), "size", "test.number")) == 3


def test_a_file_that_is_gone_is_unmeasured(workers: Workers, film: Path) -> None:
    file = file_at(film)
    film.unlink()
    assert the_fact(workers, task(file, "size")) == "UNMEASURED is no longer there"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_became_a_named_pipe_is_not_opened(workers: Workers, film: Path) -> None:
    file = file_at(film)
    film.unlink()
    os.mkfifo(film)
    assert the_fact(workers, task(file, "size")) == "UNMEASURED cannot be opened: it is neither a file nor a folder"


def test_a_file_that_changes_while_it_is_read_is_unmeasured(film: Path) -> None:
    with Workers(1) as workers:
        answers = []
        for _, answer in workers.run([task(file_at(film), "read_slowly")]):
            if answer is None:
                the_change_comes_after_the_probe_has_begun(film)
            else:
                answers.append(answer)
        assert answers[0].facts == {"test.text": Unmeasured("changed while it was being read")}
        assert not answers[0].final


def the_change_comes_after_the_probe_has_begun(path: Path) -> None:
    time.sleep(0.7)
    path.write_bytes(b"another film")


def test_nothing_is_imported_from_the_current_folder(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = tmp_path / "delivery"
    hostile.mkdir()
    for name in ("decoy_from_the_delivery", "json", "deliverlint", "facts_test_probes", "sitecustomize"):
        (hostile / f"{name}.py").write_text("raise SystemExit('imported from the delivery')")
    monkeypatch.chdir(hostile)
    for entry in ("", ".", str(hostile)):
        monkeypatch.syspath_prepend(entry)
        with Workers(1) as workers:
            assert the_fact(workers, task(file_at(film), "size", "test.number")) == 4
            reason = the_fact(workers, task(file_at(film), "where"))
            assert reason == "UNMEASURED needs the library 'decoy_from_the_delivery', which is not installed"


def test_a_machine_that_starts_no_process_leaves_every_fact_unmeasured(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Workers(2) as workers:
        found = measured(workers, *(task(file_at(film, path=f"{number}"), "size") for number in range(50)))
    reasons = {facts["test.text"].reason for facts in found.values() if isinstance(facts["test.text"], Unmeasured)}
    assert len(found) == 50
    assert len(reasons) == 1
    assert reasons.pop().startswith("no reader could be started: ")


def test_an_interpreter_that_ends_at_once_leaves_every_fact_unmeasured(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deliverlint.facts.launch._BOOT", "import sys; sys.exit(3)")
    with Workers(1) as workers:
        reason = the_fact(workers, task(file_at(film), "size"))
    assert reason == "UNMEASURED no reader could be started: reader ended by itself (exit status 3)"
