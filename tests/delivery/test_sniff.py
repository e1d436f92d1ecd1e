"""Recognising what a file is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from deliverlint.delivery.sniff import Sniffer, recognise_tree
from deliverlint.spec import FileType, TreeType
from tests.delivery.world import EPUB, FILE_TYPES, M4A, MP4, NOISE, PDF, PNG, SRT, WAV, catalogue, lay, opened

SNIFFER = Sniffer(FILE_TYPES)


@pytest.mark.parametrize(
    ("head", "name", "format_"),
    [
        (MP4, "film.mov", "MP4"),
        (M4A, "film.mp4", "M4A"),
        (WAV, "a", "WAV"),
        (PNG, "song.flac", "PNG"),
        (EPUB, "book.zip", "EPUB"),
        (b"PK\x03\x04" + bytes(40), "book.epub", "ZIP"),
        (SRT, "en.srt", "SRT"),
        (b"just words", "en.srt", "text"),
        (b"a,b\n1 --> 2\n", "table.csv", "text"),
        (PDF, "a.txt", "PDF"),
    ],
)
def test_content_decides_and_the_name_only_breaks_a_tie(head: bytes, name: str, format_: str) -> None:
    kind = SNIFFER.recognise(head, name)
    assert kind is not None
    assert kind.format == format_


@pytest.mark.parametrize("head", [NOISE, b"\x00", MP4[:7], b"RIFF\x00\x00\x00\x00AVI "])
def test_what_nobody_knows_is_nothing(head: bytes) -> None:
    assert SNIFFER.recognise(head, "film.mov") is None


def test_a_type_with_nothing_but_a_name_comes_last() -> None:
    sniffer = Sniffer([FileType(media="font", format="TTF", extensions=("ttf",)), *FILE_TYPES])
    assert sniffer.recognise(NOISE, "a/Letters.TTF").format == "TTF"  # type: ignore[union-attr]
    assert sniffer.recognise(PNG, "letters.ttf").format == "PNG"  # type: ignore[union-attr]


def test_a_strangers_code_that_raises_recognises_nothing(tmp_path: Path) -> None:
    def broken(_: object) -> bool:
        raise RuntimeError

    types = [FileType(media="mood", format="X", accepts=broken), *FILE_TYPES]
    assert Sniffer(types).recognise(SRT, "en.srt").format == "SRT"  # type: ignore[union-attr]
    trees = [TreeType(media="mood", format="X", accepts=broken), *catalogue().tree_types]
    assert recognise_tree(frozenset({"game.exe"}), trees).media == "game"  # type: ignore[union-attr]
    assert recognise_tree(frozenset({"a.txt"}), trees) is None


def test_a_medium_carries_the_endings_of_its_formats() -> None:
    assert SNIFFER.carries("audio", "song.MP4")
    assert not SNIFFER.carries("image", "song.mp4")
    assert not SNIFFER.carries("", "song.mp4")


def test_only_the_head_of_a_large_file_counts(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"a.txt": b"word " * 4000 + b"\0\xff"}))
    assert delivery.files[0].format == "text"


def test_mutated_heads_never_raise() -> None:
    source = random.Random(20261122)
    for good in (MP4, M4A, WAV, PNG, EPUB, SRT, PDF):
        for _ in range(60):
            head = bytearray(good)
            for _ in range(source.choice((1, 3))):
                head[source.randrange(len(head))] = source.randrange(256)
            kind = SNIFFER.recognise(bytes(head[: source.randrange(1, len(head) + 1)]), "film.mov")
            assert kind is None or kind in FILE_TYPES
