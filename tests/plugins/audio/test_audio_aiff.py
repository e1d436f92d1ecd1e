"""AIFF and AIFF-C files."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from sounds import aiff, chunk, encode, facts_of

from deliverlint.values import Unmeasured


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "a.aiff"
    path.write_bytes(content)
    return path


def test_an_aiff_file_is_seen_as_ffmpeg_sees_it(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.aiff", "pcm_s24be", seconds=0.5, rate=48000)
    facts = facts_of(path)
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        assert facts["audio.sample_rate"] == stream.rate == 48000
        assert facts["audio.channels"] == stream.channels == 2
        assert facts["audio.duration"] == float(stream.duration * stream.time_base)
    assert (facts["audio.codec"], facts["audio.bit_depth"]) == ("PCM", 24)
    assert facts["audio.data_complete"] is True


@pytest.mark.parametrize(
    ("compression", "codec", "sample_format"),
    [(b"sowt", "PCM", "integer"), (b"fl32", "PCM", "float"), (b"ulaw", "µ-law", None), (b"Qclp", "other", None)],
)
def test_the_compression_type_names_the_codec(
    tmp_path: Path, compression: bytes, codec: str, sample_format: str | None
) -> None:
    facts = facts_of(saved(tmp_path, aiff(compression=compression)))
    assert (facts["audio.codec"], facts["audio.sample_format"]) == (codec, sample_format)


def test_a_file_that_is_cut_short_is_incomplete(tmp_path: Path) -> None:
    whole = aiff(frames=44100)
    facts = facts_of(saved(tmp_path, whole[: -22050 * 4]))
    assert facts["audio.data_complete"] is False
    assert facts["audio.duration"] == pytest.approx(0.5, abs=1e-4)


def test_a_sound_chunk_that_is_smaller_than_the_frames_promised_is_incomplete(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, aiff(frames=44100, sound=bytes(44100))))
    assert facts["audio.data_complete"] is False
    assert facts["audio.duration"] == 0.25


def test_chunks_behind_the_sound_are_counted(tmp_path: Path) -> None:
    note = chunk(b"ANNO", b"take two", ">")
    assert facts_of(saved(tmp_path, aiff(extra=note)))["audio.trailing_bytes"] == len(note)


@pytest.mark.parametrize(
    "rate", ["7fff8000000000000000", "7fffc000000000000000", "c00eac44000000000000", "700eac44000000000000"]
)
def test_a_sample_rate_that_is_no_number_is_unmeasured(tmp_path: Path, rate: str) -> None:
    facts = facts_of(saved(tmp_path, aiff(rate=bytes.fromhex(rate))))
    reason = Unmeasured("has a header whose sample rate is no number")
    assert (facts["audio.sample_rate"], facts["audio.duration"]) == (reason, reason)
    assert facts["audio.channels"] == 2


def test_a_rate_of_0_hz_leaves_the_duration_unmeasured(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, aiff(rate=bytes(10))))
    assert facts["audio.sample_rate"] == 0
    assert isinstance(facts["audio.duration"], Unmeasured)


def test_a_file_without_its_common_chunk_is_unmeasured(tmp_path: Path) -> None:
    content = b"FORM\0\0\0\x0cAIFF" + chunk(b"SSND", bytes(16), ">")
    reason = Unmeasured("is no usable AIFF file: it has no 'COMM' chunk")
    assert set(facts_of(saved(tmp_path, content)).values()) == {reason}
