"""Damaged and forged sound files: each fact is a value or a reason, quickly, and nothing is raised."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from sounds import HEADER_NAMES, TAG_NAMES, aiff, chunk, encode, encode_film, facts_of, tags_of, wav

from deliverlint.values import Unmeasured

MUTATIONS = 250
SOURCES = {
    "WAV": ("a.wav", ""),
    "AIFF": ("a.aiff", ""),
    "FLAC": ("a.flac", "flac"),
    "MP3": ("a.mp3", "libmp3lame"),
    "M4A": ("a.m4a", "aac"),
    "Opus": ("a.opus", "libopus"),
    "WavPack": ("a.wv", "wavpack"),
    "AAC": ("a.aac", "aac"),
}


def mutated(chance: random.Random, content: bytes) -> bytes:
    """Damage a file as bad disks, bad uploads and bad people do; mostly near its head."""
    data = bytearray(content)
    for _ in range(chance.choice([1, 2, 8])):
        at = (
            min(int(chance.expovariate(1 / 120)), len(data) - 1)
            if chance.random() < 0.8
            else chance.randrange(len(data))
        )
        kind = chance.randrange(4)
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\0\0\0\x01"])
        elif kind == 2:
            data[at:at] = chance.randbytes(chance.randrange(1, 9))
        else:
            del data[at : at + chance.randrange(1, 40)]
        if len(data) < 2:
            break
    return bytes(data[: chance.randrange(1, len(data) + 1)] if chance.random() < 0.2 else data)


def sample(folder: Path, form: str) -> bytes:
    name, codec = SOURCES[form]
    if form == "WAV":
        return wav(frames=500, trailer=chunk(b"LIST", b"INFO" + chunk(b"INAM", b"Sluice\0")))
    if form == "AIFF":
        return aiff(frames=500, extra=chunk(b"NAME", b"Sluice", ">"))
    return encode(folder / name, codec, seconds=0.3, rate=48000).read_bytes()


@pytest.mark.parametrize("form", SOURCES)
def test_a_damaged_file_is_measured_or_unmeasured_and_never_breaks_the_probe(tmp_path: Path, form: str) -> None:
    chance, whole, path = random.Random(f"audio {form}"), sample(tmp_path, form), tmp_path / "damaged"
    for number in range(MUTATIONS):
        path.write_bytes(mutated(chance, whole))
        started = time.process_time()
        header, tags = facts_of(path, form), tags_of(path, form)
        assert set(header) == HEADER_NAMES and set(tags) == TAG_NAMES
        for value in (*header.values(), *tags.values()):
            assert value is None or isinstance(value, bool | int | float | str | Unmeasured), f"mutation {number}"
        assert time.process_time() - started < 5, f"mutation {number} of {form} took too long"


def test_a_damaged_film_is_measured_or_unmeasured(tmp_path: Path) -> None:
    chance, whole, path = random.Random("film"), encode_film(tmp_path / "f.mp4").read_bytes(), tmp_path / "damaged"
    for _ in range(100):
        path.write_bytes(mutated(chance, whole))
        assert set(facts_of(path, "MP4", stream="audio:2")) == HEADER_NAMES


@pytest.mark.parametrize("form", SOURCES)
@pytest.mark.parametrize("content", [b"", b"\0", b"<html><body>Sign in</body></html>", bytes(64), b"\xff" * 64])
def test_a_file_that_is_something_else_has_no_sound_facts(tmp_path: Path, form: str, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    facts = facts_of(path, form)
    for name in ("audio.codec", "audio.sample_rate", "audio.channels", "audio.duration"):
        assert isinstance(facts[name], Unmeasured), f"{name} of {content!r} as {form}"
    assert facts["audio.data_complete"] is not True


@pytest.mark.parametrize("form", SOURCES)
def test_random_bytes_yield_no_sound_facts(tmp_path: Path, form: str) -> None:
    chance, path = random.Random(f"noise {form}"), tmp_path / "a"
    for _ in range(30):
        path.write_bytes(chance.randbytes(64))
        facts = facts_of(path, form)
        assert isinstance(facts["audio.codec"], Unmeasured)
        assert facts["audio.data_complete"] is not True


def test_a_flac_tail_full_of_forged_frame_headers_is_given_up_quickly(tmp_path: Path) -> None:
    whole = encode(tmp_path / "a.flac", "flac", seconds=0.3).read_bytes()
    first = whole.index(b"\xff\xf8")
    last = whole.rindex(b"\xff\xf8")
    path = tmp_path / "forged.flac"
    path.write_bytes(whole[:first] + whole[last : last + 16] * 20_000)
    started = time.process_time()
    assert facts_of(path)["audio.data_complete"] is False
    assert time.process_time() - started < 5
