"""Recognising sound files by their first bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from deliverlint_audio.types import FILE_TYPES
from sounds import aiff, encode, sniffed, wav


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (wav()[:64], "WAV"),
        (b"RF64" + wav()[4:64], "RF64"),
        (b"BW64" + wav()[4:64], "BW64"),
        (aiff()[:64], "AIFF"),
        (aiff(compression=b"sowt")[:64], "AIFF-C"),
        (b"\0\0\0\x1cftypM4B \0\0\2\0", "M4B"),
        (b"OggS\0\2" + bytes(22) + b"\x01vorbis", "Ogg Vorbis"),
        (b"MAC \x96\x0f", "Monkey's Audio"),
        (b"ID3\x04\0\0\0\x01\0\0" + bytes(4086), "MP3"),
    ],
)
def test_a_format_is_recognised_by_its_head(head: bytes, form: str) -> None:
    assert sniffed(head) == form


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"R",
        b"<!DOCTYPE html><html>",
        b"RIFF\0\0\0\0AVI LIST",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\xff\xfeT\0i\0t\0l\0e\0",  # UTF-16 text begins like a frame of MPEG layer I
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\0\0\0\x1cftypisom\0\0\2\0",
        b"\0\0\0\x1cftypheic\0\0\2\0",
        b"\xff\xfb\x90\0" + bytes(4092),  # one frame header and no second one
        b"%PDF-1.7",
    ],
)
def test_what_is_not_sound_is_left_to_others(head: bytes) -> None:
    assert sniffed(head) == ""


def test_an_mp3_is_recognised_without_a_tag(tmp_path: Path) -> None:
    tagged = encode(tmp_path / "a.mp3", "libmp3lame").read_bytes()
    assert sniffed(tagged[tagged.index(b"\xff\xfb") :][:4096]) == "MP3"


def test_every_file_type_bears_any_bytes() -> None:
    chance = random.Random(7)
    heads = [b"", b"\xff", b"\xff\xfb", b"ID3", b"\xff\xf1P\x80", b"\x0b\x77", b"fLaC", b"\x1aE\xdf\xa3"]
    heads += [chance.choice(heads) + chance.randbytes(chance.randrange(0, 300)) for _ in range(2000)]
    for head in heads:
        for kind in FILE_TYPES:
            if kind.accepts:
                assert kind.accepts(head) in (True, False)


def test_random_bytes_are_hardly_ever_taken_for_sound() -> None:
    chance = random.Random(8)
    assert sum(bool(sniffed(chance.randbytes(4096))) for _ in range(2000)) <= 2
