"""Opening a folder or a single file, whatever is wrong with it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from deliverlint.delivery.open import open_delivery
from tests.delivery.world import (
    CATALOGUE,
    EPUB,
    MP4,
    NOISE,
    PNG,
    file_of,
    lay,
    only_note,
    opened,
    told,
)

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def test_a_folder_gives_all_its_files_with_slashes_sorted(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"video/film.mov": MP4, "art/cover.png": PNG, "b.txt": "hello"}))
    assert [file.path for file in delivery.files] == ["art/cover.png", "b.txt", "video/film.mov"]
    assert [file.media for file in delivery.files] == ["image", "document", "video"]
    assert file_of(delivery, "video/film.mov").format == "MP4"
    assert file_of(delivery, "video/film.mov").size == len(MP4)
    assert not delivery.notes


def test_an_empty_folder_is_a_delivery_of_nothing(tmp_path: Path) -> None:
    delivery = opened(tmp_path)
    assert delivery.files == ()
    assert not delivery.has_manifest


def test_a_single_file_is_a_delivery_of_just_that_file(tmp_path: Path) -> None:
    lay(tmp_path, {"film.mov": MP4, "other.mov": MP4, "delivery.yaml": "title: Not looked at\n"})
    delivery = opened(tmp_path / "film.mov")
    assert [(file.path, file.media) for file in delivery.files] == [("film.mov", "video")]
    assert delivery.title == ""


def test_naming_the_manifest_opens_its_folder(tmp_path: Path) -> None:
    lay(tmp_path, {"film.mov": MP4, "delivery.yaml": "title: The Egg Farmers\n"})
    delivery = opened(tmp_path / "delivery.yaml")
    assert delivery.title == "The Egg Farmers"
    assert len(delivery.files) == 2


@pytest.mark.parametrize("name", ["nowhere", "film.mov/inside", "nul\0byte", "long" * 2000])
def test_a_path_that_does_not_exist_raises(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"film.mov": MP4})
    with pytest.raises((FileNotFoundError, NotADirectoryError)), open_delivery(tmp_path / name, CATALOGUE):
        pass


def test_a_file_that_may_not_be_read_raises_when_it_is_the_delivery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, {"film.mov": MP4})
    _refuse_to_open(monkeypatch, "film.mov")
    with pytest.raises(PermissionError), open_delivery(tmp_path / "film.mov", CATALOGUE):
        pass


def test_a_folder_that_may_not_be_listed_raises_when_it_is_the_delivery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refuse_to_list(monkeypatch, tmp_path.name)
    with pytest.raises(PermissionError), open_delivery(tmp_path, CATALOGUE):
        pass


def test_an_inner_folder_that_may_not_be_listed_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"locked/film.mov": MP4, "cover.png": PNG})
    _refuse_to_list(monkeypatch, "locked")
    delivery = opened(tmp_path)
    assert told(delivery) == [("file-readable", "locked")]
    assert "permission denied" in only_note(delivery).message
    assert [file.path for file in delivery.files] == ["cover.png"]


def test_an_unreadable_file_is_noted_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"film.mov": MP4, "cover.png": PNG})
    _refuse_to_open(monkeypatch, "film.mov")
    delivery = opened(tmp_path)
    assert told(delivery) == [("file-readable", "film.mov")]
    assert "cannot be read: permission denied" in file_of(delivery, "film.mov").obstacle
    assert file_of(delivery, "cover.png").media == "image"


def test_a_file_without_the_right_to_read_is_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"film.mov": MP4})
    (tmp_path / "film.mov").chmod(0o200)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert told(opened(tmp_path)) == [("file-readable", "film.mov")]


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"film.mov": b""}))
    assert file_of(delivery, "film.mov").obstacle == "is empty (0 bytes)"


def test_a_git_lfs_pointer_says_how_to_get_the_file(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"film.mov": LFS, "notes.txt": f"A file that only quotes:\n{LFS}"}))
    assert file_of(delivery, "film.mov").obstacle == ("is a Git LFS pointer: fetch the real file with `git lfs pull`")
    assert file_of(delivery, "notes.txt").obstacle == ""


def test_random_bytes_have_no_medium_and_no_obstacle(tmp_path: Path) -> None:
    file = file_of(opened(lay(tmp_path, {"film.mov": NOISE})), "film.mov")
    assert (file.media, file.format, file.obstacle) == ("", "", "")


def test_a_book_is_one_file_and_not_an_archive_of_a_delivery(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"book.epub": EPUB}) / "book.epub")
    assert [(file.path, file.media) for file in delivery.files] == [("book.epub", "ebook")]
    assert not delivery.notes


def test_version_control_at_the_root_is_no_part_of_the_delivery(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {".git/config": "x", "build/.git/config": "x", ".gitattributes": "x"}))
    assert [file.path for file in delivery.files] == [".gitattributes", "build/.git/config"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "film.mov")
    assert file_of(opened(tmp_path), "film.mov").obstacle == "is a named pipe; it was not opened"
    assert opened(tmp_path / "film.mov").files[0].obstacle.endswith("it was not opened")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_as_manifest_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "delivery.yaml")
    delivery = opened(tmp_path)
    assert not delivery.has_manifest
    assert told(delivery) == [("manifest-valid", "delivery.yaml")]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets in folders")
def test_a_socket_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path may have only some hundred bytes
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("film.mov")
        assert file_of(opened(tmp_path), "film.mov").obstacle == "is a socket; it was not opened"


def test_nothing_is_written_into_the_delivery(tmp_path: Path) -> None:
    lay(tmp_path, {"film.mov": MP4, "delivery.yaml": "title: X\n"})
    before = {place: place.stat().st_mtime_ns for place in [tmp_path, *tmp_path.rglob("*")]}
    opened(tmp_path)
    assert {place: place.stat().st_mtime_ns for place in [tmp_path, *tmp_path.rglob("*")]} == before


def _refuse_to_open(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As the system does it for anybody but root, who runs the tests in many a container."""
    real = os.open

    def refuse(path: os.PathLike[str] | str, *rest: int, **named: int) -> int:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)


def _refuse_to_list(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    real = os.scandir

    def refuse(path: os.PathLike[str] | str) -> object:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
