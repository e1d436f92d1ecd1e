"""The cache's file: where it lies, how large it gets, and that a run never fails because of it."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from facts_helpers import file_at, task, the_fact

from deliverlint.facts.cache import Cache, cache_folder, clear
from deliverlint.facts.workers import Workers
from deliverlint.values import Unmeasured

ONE, TWO = b"1" * 20, b"2" * 20


def file_of(folder: Path) -> Path:
    (file,) = folder.glob("facts-*.sqlite")
    return file


def test_facts_and_reasons_come_back_as_they_were(tmp_path: Path) -> None:
    entry = {"a": 1.5, "b": None, "c": [{"start": 0, "value": "ü\udcff"}], "d": Unmeasured("is cut short")}
    with Cache(tmp_path) as cache:
        cache.store({ONE: entry})
        assert cache.look_up([ONE, TWO]) == {ONE: entry}


def test_later_facts_are_added_to_earlier_ones(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.store({ONE: {"a": 1, "b": Unmeasured("is cut short")}})
        cache.store({ONE: {"b": 2, "c": 3}, TWO: {"d": 4}})
        assert cache.look_up([ONE, TWO]) == {ONE: {"a": 1, "b": 2, "c": 3}, TWO: {"d": 4}}


def test_many_keys_are_looked_up_at_once(tmp_path: Path) -> None:
    entries = {number.to_bytes(20): {"n": number} for number in range(5000)}
    with Cache(tmp_path) as cache:
        cache.store(entries)
        assert cache.look_up(list(entries)) == entries


def test_nothing_is_written_where_nothing_is_asked(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        assert cache.look_up([]) == {}
        cache.store({})
    assert not (tmp_path / "cache").exists()


def test_backups_are_told_to_leave_the_folder_out(tmp_path: Path) -> None:
    with Cache(tmp_path / "deep" / "cache") as cache:
        cache.store({ONE: {"a": 1}})
    tag = (tmp_path / "deep" / "cache" / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_cleaning_deletes_the_cache_and_nothing_else(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.store({ONE: {"a": 1}})
    (tmp_path / "mine.txt").write_text("mine")
    assert clear(tmp_path) > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CACHEDIR.TAG", "mine.txt"]
    assert clear(tmp_path) == clear(tmp_path / "nowhere") == clear(None) == 0


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "/home/ada/.cache/deliverlint"),
        ("linux", {"XDG_CACHE_HOME": "/fast"}, "/fast/deliverlint"),
        ("linux", {"XDG_CACHE_HOME": "not/absolute"}, "/home/ada/.cache/deliverlint"),
        ("darwin", {}, "/home/ada/Library/Caches/deliverlint"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/deliverlint/Cache"),
        ("win32", {}, "/home/ada/AppData/Local/deliverlint/Cache"),
        ("linux", {"DELIVERLINT_CACHE_DIR": "/mine"}, "/mine"),
        ("linux", {"DELIVERLINT_CACHE_DIR": ""}, "/home/ada/.cache/deliverlint"),
    ],
)
def test_the_cache_lies_where_the_platform_keeps_such_things(
    platform: str, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ada"))
    assert cache_folder(environment, platform) == Path(expected)


def test_without_a_home_there_is_no_cache_and_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", no_home)
    folder = cache_folder({})
    assert folder is None
    with Cache(folder) as cache:
        cache.store({ONE: {"a": 1}})
        assert "there is no home folder" in cache.problem


def test_the_file_stays_within_its_bound_and_forgets_what_was_longest_unused(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.store({number.to_bytes(20): {"text": "x" * 10_000} for number in range(100)})
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("UPDATE known SET used = 1")
    connection.close()
    with Cache(tmp_path, max_bytes=600_000) as cache:
        cache.store({ONE: {"text": "new"}})
    assert file_of(tmp_path).stat().st_size <= 600_000
    with Cache(tmp_path) as cache:
        assert cache.look_up([ONE]) == {ONE: {"text": "new"}}


def test_what_is_looked_up_counts_as_used(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.store({number.to_bytes(20): {"text": "x" * 10_000} for number in range(40)})
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("UPDATE known SET used = 1")
    connection.close()
    kept = (39).to_bytes(20)
    with Cache(tmp_path, max_bytes=100_000) as cache:
        assert kept in cache.look_up([kept])
        cache.store({ONE: {"text": "new"}})
    with Cache(tmp_path) as cache:
        assert kept in cache.look_up([kept])
        assert (0).to_bytes(20) not in cache.look_up([(0).to_bytes(20)])


def test_a_row_too_large_to_be_worth_it_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliverlint.facts.cache.MAX_ROW", 1000)
    with Cache(tmp_path) as cache:
        cache.store({ONE: {"text": "x" * 2000}, TWO: {"text": "x"}})
        assert cache.look_up([ONE, TWO]) == {TWO: {"text": "x"}}
        assert cache.problem == ""


def unusable_a_file(folder: Path) -> None:
    folder.write_text("this is no folder")


def unusable_below_a_file(folder: Path) -> None:
    folder.symlink_to("/dev/null/inside" if sys.platform != "win32" else "nul/inside")


def unusable_no_database(folder: Path) -> None:
    folder.mkdir()
    (folder / "facts-1.sqlite").write_bytes(random.Random(1).randbytes(50_000))


def unusable_another_database(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "facts-1.sqlite") as connection:
        connection.execute("CREATE TABLE known (other INTEGER)")
    connection.close()


def unusable_a_folder_in_its_place(folder: Path) -> None:
    (folder / "facts-1.sqlite").mkdir(parents=True)


def unusable_not_writable(folder: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("whoever runs this may write everywhere")
    folder.mkdir(mode=0o500)


@pytest.mark.parametrize(
    "spoil",
    [
        unusable_a_file,
        unusable_below_a_file,
        unusable_no_database,
        unusable_another_database,
        unusable_a_folder_in_its_place,
        unusable_not_writable,
    ],
)
@pytest.mark.parametrize("name", ["test.header", "test.scan"])
@pytest.mark.usefixtures("settled")
def test_a_cache_that_cannot_be_used_is_done_without(
    workers: Workers, tmp_path: Path, name: str, spoil: object
) -> None:
    assert callable(spoil)
    spoil(tmp_path / "cache")
    film = tmp_path / "film.mov"
    film.write_bytes(b"film")
    with Cache(tmp_path / "cache") as cache:
        assert the_fact(workers, task(file_at(film), "first_byte_and_option", name), cache) == "f"
    assert cache.problem.startswith(f"the facts cache in {tmp_path / 'cache'} cannot be used (")
    assert cache.problem.isprintable()


def test_a_full_disk_is_one_warning_and_what_was_known_stays_known(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.store({ONE: {"a": 1}})
        assert cache._connection is not None
        cache._connection.execute("PRAGMA max_page_count = 1")  # sqlite takes it for a full disk
        cache.store({TWO: {"a": "x" * 100_000}})
        assert "full" in cache.problem
        cache.store({TWO: {"a": 2}})
        assert cache.look_up([ONE]) == {}
    with Cache(tmp_path) as again:
        assert again.look_up([ONE, TWO]) == {ONE: {"a": 1}}


def test_a_row_that_is_damaged_is_a_miss(tmp_path: Path) -> None:
    for text in ("", "{", "[]", "[1, 2]", '[{"a": 1}, []]', b"\xff\xfe", 7):
        with Cache(tmp_path) as cache:
            cache.store({ONE: {"a": 1}, TWO: {"a": 2}})
            assert cache._connection is not None
            cache._connection.execute("UPDATE known SET facts = ? WHERE key = ?", (text, ONE))
            assert cache.look_up([ONE, TWO]) == {TWO: {"a": 2}}
            cache.store({ONE: {"a": 3}})
            assert cache.look_up([ONE]) == {ONE: {"a": 3}}
            assert cache.problem == ""


def test_a_file_with_changed_bytes_never_stops_a_run(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.store({number.to_bytes(20): {"n": number, "text": "x" * 100} for number in range(200)})
    whole = file_of(tmp_path).read_bytes()
    keys = [number.to_bytes(20) for number in range(200)]
    dice = random.Random(20261101)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(dice.choice([1, 3, 50])):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        cut = dice.choice([len(damaged), dice.randrange(len(damaged))])
        file_of(tmp_path).write_bytes(damaged[:cut])
        with Cache(tmp_path) as cache:
            found = cache.look_up(keys)
            cache.store({ONE: {"a": 1}})
        assert all(entry == {"n": int.from_bytes(key), "text": "x" * 100} for key, entry in found.items())
        assert cache.problem == "" or cache.problem.isprintable()
        for rest in tmp_path.glob("*-wal"):
            rest.unlink()


@pytest.mark.parametrize(
    ("old", "new"), [(b"WITHOUT ROWID", b"WITHOUT R\xffWID"), (b"CREATE TABLE known", b"CREATE TABLE \xf1nown")]
)
def test_a_file_with_words_that_are_no_utf_8_is_done_without(tmp_path: Path, old: bytes, new: bytes) -> None:
    with Cache(tmp_path) as cache:
        cache.store({ONE: {"a": 1}})
    whole = file_of(tmp_path).read_bytes()
    assert old in whole
    file_of(tmp_path).write_bytes(whole.replace(old, new))
    with Cache(tmp_path) as cache:
        assert cache.look_up([ONE]) == {}
        cache.store({ONE: {"a": 2}})
        assert "cannot be used" in cache.problem


def test_a_cache_that_another_run_keeps_locked_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliverlint.facts.cache.BUSY_SECONDS", 0.1)
    with Cache(tmp_path) as cache:
        cache.store({ONE: {"a": 1}})
    other = sqlite3.connect(file_of(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    with Cache(tmp_path) as cache:
        cache.store({TWO: {"a": 2}})
        assert "locked" in cache.problem
    other.close()
    assert time.monotonic() - begun < 5


def test_two_runs_at_once_on_a_new_cache_both_remember(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from deliverlint.facts.cache import Cache
mine = int(sys.argv[1])
with Cache(Path({str(tmp_path / "cache")!r})) as cache:
    for number in range(60):
        cache.store({{number.to_bytes(20): {{f"by {{mine}}": number}}}})
        cache.look_up([other.to_bytes(20) for other in range(60)])
    assert not cache.problem, cache.problem
"""
    runs = [
        subprocess.Popen([sys.executable, "-c", script, str(mine)], stderr=subprocess.PIPE, text=True)
        for mine in range(3)
    ]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [("", 0)] * 3
    with Cache(tmp_path / "cache") as cache:
        known = cache.look_up([number.to_bytes(20) for number in range(60)])
    assert known == {number.to_bytes(20): {f"by {mine}": number for mine in range(3)} for number in range(60)}
