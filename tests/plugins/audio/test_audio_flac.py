"""FLAC files: STREAMINFO, and the end of the stream found without decoding."""

from __future__ import annotations

import random
from pathlib import Path

import av
import pytest
from sounds import encode, facts_of, sniffed

from deliverlint.values import Unmeasured


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return encode(tmp_path_factory.mktemp("flac") / "a.flac", "flac", seconds=1.3).read_bytes()


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "a.flac"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("layout", "rate"), [("mono", 44100), ("stereo", 48000), ("5.1", 96000)])
def test_a_flac_file_is_seen_as_ffmpeg_sees_it(tmp_path: Path, layout: str, rate: int) -> None:
    path = encode(tmp_path / "a.flac", "flac", seconds=0.7, rate=rate, layout=layout)
    facts = facts_of(path)
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        assert facts["audio.sample_rate"] == stream.rate
        assert facts["audio.channels"] == stream.channels
        assert facts["audio.duration"] == pytest.approx(float(stream.duration * stream.time_base))
    assert (facts["audio.codec"], facts["audio.bit_depth"], facts["audio.layout"]) == ("FLAC", 16, layout)
    assert facts["audio.data_complete"] is True


@pytest.mark.parametrize("seconds", [1 / 44100, 0.01, 0.1045, 4608 / 44100, 2.0])
def test_a_whole_file_of_any_length_is_complete(tmp_path: Path, seconds: float) -> None:
    assert facts_of(encode(tmp_path / "a.flac", "flac", seconds=seconds))["audio.data_complete"] is True


def test_a_file_that_is_cut_anywhere_is_incomplete(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(1)
    for cut in [1, 2, 3, 16, *(chance.randrange(1, len(whole) - 9000) for _ in range(60))]:
        assert facts_of(saved(tmp_path, whole[:-cut]))["audio.data_complete"] is False, f"cut by {cut} bytes"


def test_a_flipped_bit_in_the_last_frame_is_noticed(tmp_path: Path, whole: bytes) -> None:
    damaged = whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:]
    assert facts_of(saved(tmp_path, damaged))["audio.data_complete"] is False


def test_an_id3_tag_at_either_end_does_not_hide_the_sound(tmp_path: Path, whole: bytes) -> None:
    tagged = b"ID3\x04\0\0\0\0\x01\x00" + bytes(128) + whole + b"TAG" + bytes(125)
    facts = facts_of(saved(tmp_path, tagged))
    assert sniffed(tagged[:4096]) == "FLAC"
    assert facts["audio.data_complete"] is True
    assert facts["audio.duration"] == pytest.approx(1.3, abs=1e-4)


def test_a_stream_of_unstated_length_has_no_duration(tmp_path: Path, whole: bytes) -> None:
    streamed = bytearray(whole)
    streamed[21] &= 0xF0
    streamed[22:26] = bytes(4)
    facts = facts_of(saved(tmp_path, bytes(streamed)))
    reason = Unmeasured("has a header that does not state how many samples follow")
    assert (facts["audio.duration"], facts["audio.data_complete"]) == (reason, reason)
    assert facts["audio.sample_rate"] == 44100


def test_a_header_without_frames_is_incomplete(tmp_path: Path, whole: bytes) -> None:
    header_ends = whole.index(b"\xff\xf8")
    assert facts_of(saved(tmp_path, whole[:header_ends]))["audio.data_complete"] is False


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"fLaC\x00\x00\x00", "is cut short: it ends inside its metadata blocks"),
        (b"fLaC\x00\x00\x00\x22abc", "is cut short: it ends inside its STREAMINFO"),
        (b"fLaC\x04\x00\x00\x22" + bytes(34), "is a damaged FLAC file: it does not begin with its STREAMINFO"),
        (b"<html><body>Sign in</body></html>", "is not a FLAC file"),
        (b"", "is not a FLAC file"),
        (b"fLaC\0\0\0\x22" + bytes(34) + b"\x01\0\0\0" * 2000, "is damaged: it has more than 1024 metadata blocks"),
    ],
)
def test_what_cannot_be_read_is_unmeasured_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    assert set(facts_of(saved(tmp_path, content), "FLAC").values()) == {Unmeasured(reason)}
