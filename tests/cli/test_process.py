"""The program as a process: quick to start, safe in a hostile folder, quiet when it is cut off."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.cli.conftest import HASHED, RULESET, World

NOTES = ("-r", "rules/acme/notes")
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX signals, terminals or limits")
HEAVY = {
    "jsonschema", "rich", "pymediainfo", "mutagen", "ttconv", "PIL", "lxml", "elftools", "macholib", "pypdf", "openpyxl",
    "av", "numpy", "ebooklib", "psutil", "multiprocessing", "subprocess", "sqlite3.dump",
}  # fmt: skip


LOADED = """
import sys
before = set(sys.modules)
from deliverlint.__main__ import main
main()
print(*(set(sys.modules) - before), file=sys.stderr)
"""


def imported(world: World, *words: str) -> set[str]:
    """Return the modules that a command imports, beyond those that Python itself starts with."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=world.root, env=world.environ(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("word", ["--version", "-V"])
def test_version_is_answered_before_anything_else_is_imported(world: World, word: str) -> None:
    from deliverlint import __version__

    assert world.apart(word).out == f"deliverlint {__version__}\n"
    tops = {module.partition(".")[0] for module in imported(world, word)}
    assert tops - set(sys.stdlib_module_names) == {"deliverlint"}
    assert "argparse" not in tops


def test_a_warm_check_imports_no_media_library_and_starts_no_worker(world: World) -> None:
    world.delivery(a="short")
    world.apart("check", "delivery", *NOTES)
    found = imported(world, "check", "delivery", *NOTES)
    assert "deliverlint.cli.check" in found
    assert {module for module in found if module in HEAVY or module.partition(".")[0] in HEAVY} == set()


def test_a_command_imports_no_other_command(world: World) -> None:
    found = imported(world, "rulesets")
    assert "deliverlint.cli.rulesets" in found
    assert not found & {f"deliverlint.cli.{name}" for name in ("check", "init", "facts", "explain", "clean")}


def test_nothing_is_imported_from_the_folder_that_is_checked(world: World) -> None:
    world.ruleset("acme/notes", RULESET + HASHED)
    folder = world.delivery(a="short")
    trap = f"open({str(world.root / 'sprung')!r}, 'w').write('x')\n"
    for name in (
        "yaml",
        "json",
        "argparse",
        "pluggy",
        "hashlib",
        "deliverlint_video",
        "sitecustomize_",
        "re2",
        "dataclasses",
    ):
        (folder / f"{name}.py").write_text(trap)
    ran = world.apart("check", ".", "-r", "../rules/acme/notes", "--no-cache", cwd=folder)
    assert ran.code == 0
    assert not (world.root / "sprung").exists()


def test_a_source_folder_can_be_the_current_one(world: World) -> None:
    from tests.cli.conftest import REPOSITORY

    environ = {name: value for name, value in world.environ().items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [sys.executable, "-S", "-m", "deliverlint", "--version"],
        cwd=REPOSITORY, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout.startswith("deliverlint ")


def test_a_reader_that_goes_away_is_no_error(world: World) -> None:
    world.delivery(**{f"n{number}": "x" * 200 for number in range(300)})
    process = world.start("check", "delivery", *NOTES, "-v")
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(timeout=60) == 1
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_standard_output_is_told(world: World) -> None:
    world.delivery(a="short")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        process = world.start("check", "delivery", *NOTES, stdout=full)
        err = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert err == "deliverlint: standard output cannot be written to: no space left on device\n"


@POSIX
def test_a_report_that_outgrows_the_disk_leaves_the_old_one_whole(world: World) -> None:
    world.delivery(**{f"n{number}": "x" * 200 for number in range(20)})
    report = world.root / "report.json"
    report.write_text("old")
    import resource

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    process = world.start(
        "check", "delivery", *NOTES, "--no-cache", "--format", "json", "-o", "report.json", preexec_fn=small_disk
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "report.json cannot be written: file too large" in err
    assert json.loads(out)["error"]["message"].startswith("report.json cannot be written")
    assert report.read_text() == "old"
    assert [path.name for path in world.root.glob(".*.part")] == []


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_process_and_no_half_report(world: World, number: int) -> None:
    world.ruleset("acme/notes", RULESET + HASHED)
    folder = world.delivery()
    with (folder / "notes" / "big.txt").open("wb") as sparse:
        sparse.truncate(400_000_000_000)  # takes many minutes to hash and no room on the disk
    process = world.start("check", "delivery", *NOTES, "--format", "json", "-o", "report.json", start_new_session=True)
    children = wait_for_workers(process.pid)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert "interrupted" in err
    assert "Traceback" not in err
    assert not (world.root / "report.json").exists()
    assert [path.name for path in world.root.glob(".*.part")] == []
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


def wait_for_workers(pid: int) -> list[psutil.Process]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if children := psutil.Process(pid).children(recursive=True):
            time.sleep(0.5)  # it is measuring by now
            return children
        time.sleep(0.05)
    raise AssertionError("no worker was started")


def test_ascii_terminals_get_ascii(world: World) -> None:
    world.delivery(Zoë="x" * 200)
    ran = world.apart("check", "delivery", *NOTES, env={"PYTHONIOENCODING": "ascii"})
    assert ran.code == 1
    assert ran.out.isascii()
    assert "x error" in ran.out
    assert "Zo\\xeb.txt" in ran.out
    value = json.loads(
        world.apart("check", "delivery", *NOTES, "--format", "json", env={"PYTHONIOENCODING": "ascii"}).out
    )
    assert "notes/Zoë.txt" in {result["asset"] for result in value["results"]}


def in_terminal(world: World, *words: str, columns: int = 80, **environ: str) -> tuple[str, str, int]:
    """Run with standard output and error each at a terminal of its own; return what they show."""
    import fcntl
    import pty
    import struct
    import termios

    ends = [pty.openpty() for _ in range(2)]
    for _, inner in ends:
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = world.start(*words, stdout=ends[0][1], stderr=ends[1][1], env={**world.environ(), **environ})
    shown = [b"", b""]
    for _, inner in ends:
        os.close(inner)
    for index, (outer, _) in enumerate(ends):
        while chunk := read(outer):
            shown[index] += chunk
        os.close(outer)
    return shown[0].decode(), shown[1].decode(), process.wait(timeout=60)


def read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""


@POSIX
def test_a_terminal_gets_colour_and_its_own_width(world: World) -> None:
    world.delivery(a="x" * 200)
    out, _, code = in_terminal(world, "check", "delivery", *NOTES, columns=60)
    assert code == 1
    assert "\x1b[1;31m" in out
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in out.replace("\r", "").splitlines()) <= 60


@POSIX
@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_refused(world: World, environ: dict[str, str]) -> None:
    world.delivery(a="x" * 200)
    out, _, _ = in_terminal(world, "check", "delivery", *NOTES, **environ)
    assert "\x1b" not in out
    assert "✗ error" in out


@POSIX
def test_progress_shows_on_a_terminal_and_wipes_itself_away(world: World) -> None:
    world.ruleset("acme/notes", RULESET + HASHED)
    world.delivery(a="short")
    out, err, _ = in_terminal(world, "check", "delivery", *NOTES, "--no-cache")
    assert "measuring 1 of 1  notes/a.txt" in err
    assert err.endswith("\r\x1b[K")
    assert "measuring" not in out
    assert in_terminal(world, "check", "delivery", *NOTES, "--no-cache", "-q")[1] == ""


def test_no_progress_and_no_colour_where_nobody_watches(world: World) -> None:
    world.ruleset("acme/notes", RULESET + HASHED)
    world.delivery(a="x" * 200)
    ran = world.apart("check", "delivery", *NOTES, "--no-cache")
    assert ran.err == ""
    assert "\x1b" not in ran.out


@POSIX
def test_a_closed_standard_output_is_no_error(world: World) -> None:
    world.delivery(a="short")
    command = f"exec {sys.executable} -m deliverlint check delivery -r rules/acme/notes >&-"
    ran = subprocess.run(
        ["sh", "-c", command], cwd=world.root, env=world.environ(), capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@POSIX
def test_a_cache_that_cannot_be_written_costs_a_line_and_nothing_else(world: World) -> None:
    world.ruleset("acme/notes", RULESET + HASHED)
    world.delivery(a="short")
    time.sleep(2.1)  # of a younger file nothing is remembered
    (world.root / "no-folder").write_text("a file")
    ran = world.apart("check", "delivery", *NOTES, env={"DELIVERLINT_CACHE_DIR": str(world.root / "no-folder")})
    assert ran.code == 0
    assert "Ready to hand over." in ran.out
    assert "cache" in ran.err
    assert len(ran.err.splitlines()) == 1
