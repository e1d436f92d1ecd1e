"""Which files are taken for ebooks."""

import struct
import zipfile
from pathlib import Path

import pytest
from deliverlint_ebook.formats import FILE_TYPES
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.ebook.books import SOUND, write


def recognised(head: bytes) -> str:
    return next((kind.format for kind in FILE_TYPES if kind.accepts and kind.accepts(head[:4096])), "")


def palm_book(version: int) -> bytes:
    head = bytearray(400)
    head[60:68] = b"BOOKMOBI"
    struct.pack_into(">I", head, 78, 200)
    head[216:220] = b"MOBI"
    struct.pack_into(">I", head, 236, version)
    return bytes(head)


def test_an_epub_is_recognised_by_its_media_type(tmp_path: Path) -> None:
    assert recognised(write(tmp_path / "a.epub").read_bytes()) == "EPUB"


def test_an_epub_with_its_media_type_last_is_still_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name in reversed(SOUND):
            archive.writestr(name, SOUND[name])
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[0] != "mimetype"
    assert recognised(path.read_bytes()) == "EPUB"


def test_an_epub_with_a_compressed_media_type_is_still_recognised(tmp_path: Path) -> None:
    assert recognised(write(tmp_path / "a.epub", compress_mimetype=True).read_bytes()) == "EPUB"


def test_a_plain_zip_is_no_ebook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("film.mov", b"x" * 100)
    assert recognised((tmp_path / "a.zip").read_bytes()) == ""


def test_an_opendocument_text_is_no_ebook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert recognised((tmp_path / "a.odt").read_bytes()) == ""


@pytest.mark.parametrize(("version", "expected"), [(6, "MOBI"), (8, "AZW3")])
def test_kindle_books_are_told_apart_by_their_header(version: int, expected: str) -> None:
    assert recognised(palm_book(version)) == expected


@given(st.binary(max_size=300))
def test_any_bytes_are_borne(head: bytes) -> None:
    recognised(head)
    recognised(b"PK\x03\x04" + head)
    recognised(palm_book(6)[:100] + head)
