"""An unchanged file is answered from the cache; anything that could change the answer is a miss."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from facts_helpers import file_at, measured, probe, task, the_fact

from deliverlint.delivery.model import File
from deliverlint.facts.answers import Answer
from deliverlint.facts.cache import Cache
from deliverlint.facts.identity import is_settled, stat_identity
from deliverlint.facts.model import Task
from deliverlint.facts.workers import Workers
from deliverlint.values import Fact, Unmeasured

pytestmark = pytest.mark.usefixtures("settled")

# How each kind of fact is found again: by the file's stat tuple, or by the SHA-256 of its content.
KINDS = pytest.mark.parametrize("name", ["test.header", "test.scan", "test.decode"])


class NoWorkers(Workers):
    """Workers that must not be needed."""

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Answer | None]]:
        assert not tasks, "a worker was asked"
        return iter(())


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache") as one:
        yield one
        assert one.problem == ""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mov"
    path.write_bytes(b"film")
    return path


def is_hit(workers: Workers, cache: Cache, first: Task, second: Task) -> bool:
    """Say whether the second task is answered by what the first one brought: its probe answers anew each time."""
    return the_fact(workers, first, cache) == the_fact(workers, second, cache)


@KINDS
def test_an_unchanged_file_is_answered_without_a_worker(workers: Workers, cache: Cache, film: Path, name: str) -> None:
    once = task(file_at(film), "count_calls", name)
    assert the_fact(workers, once, cache) == the_fact(NoWorkers(), once, cache)


@KINDS
def test_without_a_cache_a_file_is_measured_each_time(workers: Workers, film: Path, name: str) -> None:
    once = task(file_at(film), "count_calls", name)
    assert the_fact(workers, once) != the_fact(workers, once)


@KINDS
def test_what_was_remembered_is_there_for_the_next_run(workers: Workers, tmp_path: Path, film: Path, name: str) -> None:
    once = task(file_at(film), "count_calls", name)
    with Cache(tmp_path / "cache") as first:
        before = the_fact(workers, once, first)
    with Cache(tmp_path / "cache") as second:
        assert the_fact(NoWorkers(), once, second) == before


@KINDS
def test_a_changed_byte_is_a_miss_even_with_size_and_time_as_before(
    workers: Workers, cache: Cache, film: Path, name: str
) -> None:
    status = film.stat()
    before = the_fact(workers, task(file_at(film), "first_byte_and_option", name), cache)
    film.write_bytes(b"Film")
    os.utime(film, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = the_fact(workers, task(file_at(film), "first_byte_and_option", name), cache)
    assert (before, after) == ("f", "F")


@KINDS
@pytest.mark.parametrize(
    "other",
    [
        lambda one: replace(one, probe=replace(one.probe, version="2")),
        lambda one: replace(one, probe=replace(one.probe, id="another.probe")),
        lambda one: replace(one, options={"suffix": "!"}),
        lambda one: replace(one, options={"suffix": {"deep": [1, 2]}}),
        lambda one: replace(one, stream="audio:1"),
        lambda one: replace(one, file=one.file._replace(format="MXF")),
        lambda one: replace(one, file=one.file._replace(path="other.mov")),
    ],
    ids=["version", "probe", "option", "nested option", "stream", "format", "name"],
)
def test_whatever_else_the_answer_depends_on_is_a_miss(
    workers: Workers, cache: Cache, film: Path, name: str, other: object
) -> None:
    assert callable(other)
    once = task(file_at(film), "count_calls", name)
    assert not is_hit(workers, cache, once, other(once))
    assert is_hit(workers, cache, once, replace(once, subject="another way to name it"))


@pytest.mark.parametrize(("name", "hit"), [("test.header", False), ("test.scan", True), ("test.decode", True)])
def test_a_touched_file_is_known_by_its_content_where_that_is_worth_hashing(
    workers: Workers, cache: Cache, film: Path, name: str, hit: bool
) -> None:
    before = task(file_at(film), "count_calls", name)
    the_fact(workers, before, cache)
    os.utime(film, ns=(1, 10**18))
    assert is_hit(workers, cache, before, task(file_at(film), "count_calls", name)) is hit


@pytest.mark.parametrize(("name", "hit"), [("test.header", False), ("test.scan", True)])
def test_so_is_a_copy_of_the_same_name(workers: Workers, cache: Cache, film: Path, name: str, hit: bool) -> None:
    copy = film.parent / "elsewhere" / "film.mov"
    copy.parent.mkdir()
    shutil.copy(film, copy)
    first, second = (task(file_at(path), "count_calls", name) for path in (film, copy))
    assert is_hit(workers, cache, first, second) is hit


def test_only_what_is_not_known_is_asked(workers: Workers, cache: Cache, film: Path) -> None:
    file = file_at(film)
    the_fact(workers, task(file, "wanted_facts", "test.header"), cache)
    found = measured(workers, task(file, "wanted_facts", "test.header", "test.text", "test.scan"), cache=cache)
    assert found["film.mov"] == {
        "test.header": Fact("test.header", "test.header"),
        "test.text": Fact("test.text", "test.scan, test.text"),
        "test.scan": Fact("test.scan", "test.scan, test.text"),
    }


def test_a_hash_that_a_rule_asks_for_is_remembered_and_serves_the_other_facts(
    workers: Workers, cache: Cache, film: Path
) -> None:
    hashing = task(file_at(film), probe("deliverlint.facts.hashing:measure", id="file.hash"), "file.sha256")
    scanning = task(file_at(film), "count_calls", "test.scan")
    digest = the_fact(workers, hashing, cache)
    scan = the_fact(workers, scanning, cache)
    assert measured(NoWorkers(), hashing, scanning, cache=cache) == {
        "film.mov": {"file.sha256": Fact("file.sha256", digest), "test.scan": Fact("test.scan", scan)}
    }


@KINDS
def test_a_tree_is_known_by_its_identity(workers: Workers, cache: Cache, tmp_path: Path, name: str) -> None:
    build = tmp_path / "build"
    build.mkdir()
    tree = file_at(build, identity="9f" * 32)
    once = task(tree, "count_calls", name)
    assert is_hit(workers, cache, once, once)
    assert not is_hit(workers, cache, once, replace(once, file=tree._replace(identity="a0" * 32)))


@KINDS
def test_a_file_younger_than_the_clock_s_grain_is_not_remembered(
    workers: Workers, cache: Cache, film: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deliverlint.facts.identity.GRAIN_NS", 60_000_000_000)
    young = task(file_at(film), "count_calls", name)
    assert not is_hit(workers, cache, young, young)


def test_two_seconds_make_a_file_old_enough() -> None:
    now = time.time_ns()
    assert is_settled(f"1:2:3:{now - 3_000_000_000}:{now - 3_000_000_000}", now)
    assert not is_settled(f"1:2:3:{now - 3_000_000_000}:{now + 1}", now)
    # The fixture of this module has set the grain to nothing; the real one is checked in the subprocess.
    check = "import deliverlint.facts.identity as i; assert i.GRAIN_NS == 2 * 10**9"
    subprocess.run([sys.executable, "-c", check], check=True)


@KINDS
def test_a_file_without_an_identity_is_not_remembered(workers: Workers, cache: Cache, film: Path, name: str) -> None:
    unknown = task(file_at(film, identity=""), "count_calls", name)
    assert not is_hit(workers, cache, unknown, unknown)


@KINDS
def test_a_file_that_changed_since_the_delivery_was_opened_is_not_remembered(
    workers: Workers, cache: Cache, film: Path, name: str
) -> None:
    opened = task(file_at(film), "count_calls", name)
    film.write_bytes(b"another film")
    assert not is_hit(workers, cache, opened, opened)
    now = task(file_at(film), "first_byte_and_option", name)
    assert the_fact(workers, now, cache) == "a"


def test_the_probe_s_own_reason_is_remembered(workers: Workers, cache: Cache, film: Path) -> None:
    broken = task(file_at(film), "reason", "test.header")
    reason = "UNMEASURED is cut short: the mp4 has no moov box"
    assert the_fact(workers, broken, cache) == reason
    assert the_fact(NoWorkers(), broken, cache) == reason


@pytest.mark.parametrize("function", ["missing_extra", "missing_library", "crash", "fail", "no_mapping"])
def test_a_reason_that_may_not_hold_the_next_time_is_not_remembered(
    workers: Workers, cache: Cache, film: Path, function: str
) -> None:
    file = file_at(film)
    assert str(the_fact(workers, task(file, function, "test.header"), cache)).startswith("UNMEASURED")
    assert str(the_fact(workers, task(file, "first_byte_and_option", "test.header"), cache)) == "f"


def test_what_was_found_out_before_ctrl_c_is_kept(workers: Workers, cache: Cache, film: Path) -> None:
    class InterruptedWorkers(Workers):
        def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Answer | None]]:
            yield from workers.run([first])
            raise KeyboardInterrupt

    first, second = (task(file_at(film, path=name), "count_calls", "test.header") for name in "ab")
    with pytest.raises(KeyboardInterrupt):
        measured(InterruptedWorkers(), first, second, cache=cache)
    the_fact(NoWorkers(), first, cache)


def test_a_missing_file_is_no_hit(workers: Workers, cache: Cache, film: Path) -> None:
    once = task(file_at(film), "count_calls", "test.scan")
    film.unlink()
    assert isinstance(measured(workers, once, cache=cache)["film.mov"]["test.scan"], Unmeasured)


def test_two_entries_of_one_archive_do_not_share_facts(workers: Workers, cache: Cache, tmp_path: Path) -> None:
    entries = []
    for name in ("a/one.txt", "b/one.txt"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(name)
        archive = stat_identity(tmp_path.stat())
        entries.append(File(name, str(path), 9, identity=f"{archive}:{name}"))
    first, second = (task(entry, "first_byte_and_option", "test.header", "test.scan") for entry in entries)
    for _ in range(2):
        found = measured(workers, first, second, cache=cache)
        assert found["a/one.txt"]["test.header"] == Fact("test.header", "a")
        assert found["b/one.txt"]["test.scan"] == Fact("test.scan", "b")


def test_a_warm_run_imports_and_starts_nothing_that_only_measuring_needs(
    workers: Workers, tmp_path: Path, film: Path
) -> None:
    with Cache(tmp_path / "cache") as cache:
        the_fact(workers, task(file_at(film), "count_calls", "test.scan"), cache)
    script = f"""
import sys, threading
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from facts_helpers import file_at, task, the_fact
from deliverlint.facts.answers import Answer
from deliverlint.facts.cache import Cache
from deliverlint.facts.workers import Workers
with Cache(Path({str(tmp_path / "cache")!r})) as cache, Workers() as workers:
    value = the_fact(workers, task(file_at(Path({str(film)!r})), "count_calls", "test.scan"), cache)
    assert not value.startswith("UNMEASURED"), value
    assert threading.active_count() == 1
unwanted = {{"psutil", "subprocess", "jsonschema", "deliverlint.facts.pool"}} & sys.modules.keys()
assert not unwanted, unwanted
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
