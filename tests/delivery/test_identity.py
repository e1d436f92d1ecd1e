"""What tells whether a file or a tree is still the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from deliverlint.delivery.identity import identity_of, identity_of_tree
from deliverlint.delivery.model import File
from tests.delivery.world import MP4, PNG, cast_in, file_of, lay, opened, role

SECOND = 1_000_000_000
BUILD = role("build", "game", "build/")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute pass, so that the files of a test are not too young."""
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 60 * SECOND)


def test_a_file_is_known_by_place_size_and_times(tmp_path: Path) -> None:
    status = (lay(tmp_path, {"film.mov": MP4}) / "film.mov").stat()
    identity = identity_of(status, status.st_ctime_ns + 60 * SECOND)
    assert identity == (f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}")


def test_a_file_younger_than_the_clocks_grain_is_not_trusted(tmp_path: Path) -> None:
    status = (lay(tmp_path, {"film.mov": MP4}) / "film.mov").stat()
    assert identity_of(status, status.st_ctime_ns + SECOND) == ""
    assert identity_of(status, status.st_ctime_ns - 60 * SECOND) == ""  # it comes from the future


def test_a_just_written_file_has_no_identity_in_a_delivery(tmp_path: Path) -> None:
    assert file_of(opened(lay(tmp_path, {"film.mov": MP4})), "film.mov").identity == ""


@pytest.mark.usefixtures("later")
def test_a_change_of_content_changes_the_identity(tmp_path: Path) -> None:
    lay(tmp_path, {"film.mov": MP4, "cover.png": PNG})
    before = opened(tmp_path)
    os.utime(tmp_path / "film.mov", (1, 1))
    after = opened(tmp_path)
    assert file_of(before, "film.mov").identity != file_of(after, "film.mov").identity
    assert file_of(before, "cover.png").identity == file_of(after, "cover.png").identity != ""


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("change", ["content", "new file", "file gone", "renamed", "hidden folder"])
def test_any_change_in_a_tree_changes_its_identity(tmp_path: Path, change: str) -> None:
    lay(tmp_path, {"build/game.exe": b"MZ", "build/data/a.bin": b"1", "cover.png": PNG})
    before = _tree(tmp_path)
    assert before
    assert _tree(tmp_path) == before
    place = tmp_path / "build" / "data" / "a.bin"
    if change == "content":
        os.utime(place, (1, 1))
    elif change == "new file":
        lay(tmp_path, {"build/data/b.bin": b"2"})
    elif change == "file gone":
        place.unlink()
    elif change == "renamed":
        place.rename(place.with_name("c.bin"))
    else:
        (tmp_path / "build" / ".svn").mkdir()
    assert _tree(tmp_path) not in (before, "")


@pytest.mark.usefixtures("later")
def test_a_change_beside_the_tree_leaves_it_the_same(tmp_path: Path) -> None:
    lay(tmp_path, {"build/game.exe": b"MZ"})
    before = _tree(tmp_path)
    lay(tmp_path, {"cover.png": PNG})
    assert _tree(tmp_path) == before


def test_a_tree_with_one_file_that_is_not_trusted_is_not_either() -> None:
    trusted, young = File("a", "a", 1, identity="1:2:3:4:5"), File("b", "b", 1)
    assert identity_of_tree("0:0:0:0:0", [trusted])
    assert identity_of_tree("0:0:0:0:0", [trusted, young]) == ""
    assert identity_of_tree("", [trusted]) == ""


def _tree(root: Path) -> str:
    (build,) = cast_in(opened(root), BUILD).roles["build"]
    return build.file.identity
