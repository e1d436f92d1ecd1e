"""Names that are hostile or only unusual, and links."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.delivery.world import MP4, PNG, file_of, lay, only_note, opened, told

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
# macOS refuses names that are no UTF-8.
any_bytes = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode here")


@pytest.mark.parametrize(
    "name",
    [
        "my film.mov",
        "émile 片.mov",
        "🥚 egg 👩‍🌾.mov",
        "narrow\u202fspace.mov",
        "a" * 251 + ".mov",
    ],
)
def test_unusual_names_are_fine(tmp_path: Path, name: str) -> None:
    delivery = opened(lay(tmp_path, {name: MP4}))
    assert [(file.path, file.media) for file in delivery.files] == [(name, "video")]
    assert not delivery.notes


@posix
def test_a_name_of_255_bytes_in_deep_folders_is_fine(tmp_path: Path) -> None:
    deep = "/".join(["d" * 100] * 5) + "/" + "é" * 125 + ".mov"
    assert file_of(opened(lay(tmp_path, {deep: MP4})), deep).media == "video"


@posix
@pytest.mark.parametrize(
    ("name", "shown", "says"),
    [
        ("egg\u202evom.exe", "egg\\u202evom.exe", "direction of writing"),
        ("egg\x1b[31m.mov", "egg\\x1b[31m.mov", "control characters"),
        ("two\nlines.mov", "two\\nlines.mov", "control characters"),
        ("video\\egg.mov", "video\\egg.mov", "backslash"),
    ],
)
def test_a_name_that_would_deceive_is_noted_and_shown_escaped(tmp_path: Path, name: str, shown: str, says: str) -> None:
    delivery = opened(lay(tmp_path, {name: MP4}))
    assert [file.path for file in delivery.files] == [shown]
    assert delivery.files[0].media == "video"
    note = only_note(delivery)
    assert (note.trouble, note.path) == ("path-safe", shown)
    assert says in note.message
    assert "rename it" in note.message


@any_bytes
def test_a_latin_1_name_is_noted_shown_safely_and_still_read(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.mov")).write_bytes(MP4)
    delivery = opened(tmp_path)
    file = file_of(delivery, "caf\\xe9.mov")
    assert file.media == "video"
    assert file.path.encode("utf-8")  # a report and a database can hold it
    assert "not UTF-8" in only_note(delivery).message


@any_bytes
def test_files_in_a_folder_with_a_latin_1_name_are_read(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / "film.mov").write_bytes(MP4)
    delivery = opened(tmp_path)
    assert file_of(delivery, "caf\\xe9/film.mov").media == "video"
    assert told(delivery) == [("path-safe", "caf\\xe9")]


@any_bytes
def test_two_names_that_are_escaped_alike_stay_two_files(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.mov")).write_bytes(MP4)
    (tmp_path / "caf\\xe9.mov").write_bytes(PNG)
    delivery = opened(tmp_path)
    assert sorted(file.media for file in delivery.files) == ["image", "video"]
    assert len({file.path for file in delivery.files}) == 2


def _link(place: Path, target: str | Path) -> None:
    try:
        place.symlink_to(target)
    except OSError:
        pytest.skip("links cannot be made here")


def test_a_link_to_a_file_of_the_delivery_is_that_file(tmp_path: Path) -> None:
    _link(lay(tmp_path, {"masters/egg.mov": MP4}) / "film.mov", Path("masters") / "egg.mov")
    file = file_of(opened(tmp_path), "film.mov")
    assert (file.media, file.size, file.obstacle) == ("video", len(MP4), "")


@pytest.mark.parametrize("absolute", [True, False])
def test_a_link_out_of_the_delivery_is_not_followed(tmp_path: Path, absolute: bool) -> None:
    secret = lay(tmp_path / "outside", {"secret.mov": MP4}) / "secret.mov"
    inside = lay(tmp_path / "inside", {"cover.png": PNG})
    _link(inside / "film.mov", secret if absolute else Path("..") / "outside" / "secret.mov")
    delivery = opened(inside)
    file = file_of(delivery, "film.mov")
    assert file.obstacle.startswith("is a link out of the delivery")
    assert (file.media, file.size) == ("", 0)
    assert told(delivery) == [("path-safe", "film.mov")]
    assert "secret.mov" in only_note(delivery).message


def test_a_sibling_folder_with_a_longer_name_is_outside(tmp_path: Path) -> None:
    lay(tmp_path / "inside-not", {"secret.mov": MP4})
    inside = lay(tmp_path / "inside", {"cover.png": PNG})
    _link(inside / "film.mov", tmp_path / "inside-not" / "secret.mov")
    assert file_of(opened(inside), "film.mov").obstacle.startswith("is a link out of the delivery")


def test_a_dangling_link_is_noted(tmp_path: Path) -> None:
    _link(tmp_path / "film.mov", "gone.mov")
    delivery = opened(tmp_path)
    assert file_of(delivery, "film.mov").obstacle == "is a link that leads nowhere (to 'gone.mov')"
    assert told(delivery) == [("path-safe", "film.mov")]


def test_links_in_a_circle_are_noted_and_end(tmp_path: Path) -> None:
    _link(tmp_path / "a.mov", "b.mov")
    _link(tmp_path / "b.mov", "a.mov")
    delivery = opened(tmp_path)
    assert sorted(told(delivery)) == [("path-safe", "a.mov"), ("path-safe", "b.mov")]
    assert all("leads to itself" in file.obstacle for file in delivery.files)


def test_a_link_to_a_folder_above_is_not_walked(tmp_path: Path) -> None:
    _link(lay(tmp_path, {"sub/cover.png": PNG}) / "sub" / "again", "..")
    delivery = opened(tmp_path)
    assert [file.path for file in delivery.files] == ["sub/again", "sub/cover.png"]
    assert "is a link to the folder" in file_of(delivery, "sub/again").obstacle


def test_a_delivery_that_is_named_by_a_link_is_opened(tmp_path: Path) -> None:
    real = lay(tmp_path / "real", {"film.mov": MP4})
    _link(tmp_path / "link", real)
    assert file_of(opened(tmp_path / "link"), "film.mov").media == "video"
    _link(tmp_path / "film.mov", real / "film.mov")
    assert opened(tmp_path / "film.mov").files[0].media == "video"
