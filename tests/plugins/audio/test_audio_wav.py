"""WAVE files: what the header says, and whether the file agrees with it."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import av
import pytest
from sounds import chunk, facts_of, fmt, riff, wav

from deliverlint.values import Unmeasured


def saved(folder: Path, content: bytes, name: str = "a.wav") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("channels", "bits", "rate"), [(1, 8, 8000), (2, 16, 44100), (2, 24, 96000), (6, 32, 48000)])
def test_a_wave_file_is_seen_as_python_and_ffmpeg_see_it(tmp_path: Path, channels: int, bits: int, rate: int) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((channels, bits // 8, rate, 0, "NONE", ""))
        out.writeframes(bytes(channels * bits // 8 * rate // 2))
    facts = facts_of(path)
    assert (facts["audio.channels"], facts["audio.bit_depth"], facts["audio.sample_rate"]) == (channels, bits, rate)
    assert facts["audio.duration"] == 0.5
    assert facts["audio.codec"] == "PCM"
    assert facts["audio.sample_format"] == "integer"
    assert facts["audio.bit_rate"] == channels * bits * rate / 1000
    assert facts["audio.data_complete"] is True
    assert facts["audio.trailing_bytes"] == 0
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        assert (stream.channels, stream.rate) == (channels, rate)
        assert float(stream.duration * stream.time_base) == facts["audio.duration"]


def test_a_plain_header_is_told_from_an_extensible_one(tmp_path: Path) -> None:
    plain, extensible = facts_of(saved(tmp_path, wav())), facts_of(saved(tmp_path, wav(extensible=True)))
    assert (plain["audio.extensible"], plain["audio.format_tag"]) == (False, "WAVE_FORMAT_PCM")
    assert (extensible["audio.extensible"], extensible["audio.format_tag"]) == (True, "WAVE_FORMAT_EXTENSIBLE")
    assert extensible["audio.codec"] == "PCM"


def test_an_extensible_header_tells_the_valid_bits_and_the_speakers(tmp_path: Path) -> None:
    form = bytearray(fmt(channels=6, bits=32, extensible=True, mask=0x3F))
    form[18:20] = struct.pack("<H", 24)
    facts = facts_of(saved(tmp_path, riff(chunk(b"fmt ", bytes(form)), chunk(b"data", bytes(240)))))
    assert facts["audio.bit_depth"] == 24
    assert facts["audio.layout"] == "5.1"


def test_six_channels_without_a_mask_have_no_layout(tmp_path: Path) -> None:
    assert facts_of(saved(tmp_path, wav(channels=6)))["audio.layout"] is None


@pytest.mark.parametrize(
    ("tag", "codec", "sample_format"),
    [(3, "PCM", "float"), (6, "A-law", None), (7, "µ-law", None), (2, "ADPCM", None), (0x55, "MP3", None)],
)
def test_the_format_tag_names_the_codec(tmp_path: Path, tag: int, codec: str, sample_format: str | None) -> None:
    facts = facts_of(saved(tmp_path, wav(bits=32, tag=tag)))
    assert (facts["audio.codec"], facts["audio.sample_format"]) == (codec, sample_format)


def test_an_unknown_format_tag_is_another_codec_and_no_error(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, wav(tag=0x7777)))
    assert (facts["audio.codec"], facts["audio.format_tag"]) == ("other", "other")


@pytest.mark.parametrize("trailer", [chunk(b"LIST", b"INFO"), b"junk that is no chunk at all", b"\0" * 40])
def test_bytes_after_the_sound_are_counted(tmp_path: Path, trailer: bytes) -> None:
    facts = facts_of(saved(tmp_path, wav(trailer=trailer)))
    assert facts["audio.trailing_bytes"] == len(trailer)
    assert facts["audio.data_complete"] is True


def test_chunks_before_the_sound_are_no_trailing_bytes(tmp_path: Path) -> None:
    content = riff(
        chunk(b"bext", bytes(603)), chunk(b"fmt ", fmt()), chunk(b"LIST", b"INFO"), chunk(b"data", bytes(80))
    )
    assert facts_of(saved(tmp_path, content))["audio.trailing_bytes"] == 0


def test_the_pad_byte_of_an_odd_data_chunk_is_no_trailing_byte(tmp_path: Path) -> None:
    content = riff(chunk(b"fmt ", fmt(channels=1, bits=8)), chunk(b"data", bytes(101)))
    facts = facts_of(saved(tmp_path, content))
    assert (facts["audio.trailing_bytes"], facts["audio.data_complete"]) == (0, True)


def test_a_file_that_is_cut_short_is_incomplete_and_as_long_as_what_is_left(tmp_path: Path) -> None:
    whole = wav(frames=44100)
    facts = facts_of(saved(tmp_path, whole[: 44 + 22050 * 4]))
    assert facts["audio.data_complete"] is False
    assert facts["audio.duration"] == 0.5
    assert facts["audio.trailing_bytes"] == 0


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_recording_whose_header_was_never_finished_says_so(tmp_path: Path, size: int) -> None:
    sound = b"\x01\x80" * 4000
    content = riff(chunk(b"fmt ", fmt()), chunk(b"data", sound, size=size))
    facts = facts_of(saved(tmp_path, content))
    assert facts["audio.data_complete"] is False
    assert isinstance(facts["audio.duration"], Unmeasured)
    assert "never finished" in facts["audio.duration"].reason
    assert facts["audio.sample_rate"] == 44100


def test_an_empty_data_chunk_is_a_recording_of_no_time(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, wav(frames=0, trailer=chunk(b"LIST", b"INFO"))))
    assert (facts["audio.duration"], facts["audio.data_complete"]) == (0, True)


def test_one_sample_is_a_recording(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, wav(frames=1)))
    assert facts["audio.duration"] == pytest.approx(1 / 44100)


def test_thirty_two_channels_are_counted(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, wav(frames=10, channels=32)))
    assert facts["audio.channels"] == 32
    assert facts["audio.duration"] == pytest.approx(10 / 44100)


def test_a_header_of_0_hz_leaves_the_duration_unmeasured(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, wav(rate=0)))
    assert facts["audio.sample_rate"] == 0
    assert facts["audio.duration"] == Unmeasured("has a header that says 0 Hz, so its duration cannot be known")


def test_a_header_without_sound_has_no_duration_but_a_format(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path, riff(chunk(b"fmt ", fmt()))))
    assert facts["audio.sample_rate"] == 44100
    assert facts["audio.data_complete"] is False
    assert facts["audio.duration"] == Unmeasured("has no 'data' chunk, so there is no sound in it")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"RIFF\0\0", "is cut short: it ends inside its first header"),
        (riff(chunk(b"data", bytes(100))), "is no usable WAVE file: it has no 'fmt ' chunk"),
        (riff() + b"fmt \x10\0\0\0\x01\0", "is cut short: it ends inside its 'fmt ' chunk"),
        (riff(*[chunk(b"junk", b"")] * 5000), "is damaged: it has more than 4096 chunks"),
        (b"RF64" + riff(chunk(b"fmt ", fmt()))[4:], "is a damaged RF64 file: its sizes (the 'ds64' chunk) are missing"),
    ],
)
def test_what_cannot_be_read_is_unmeasured_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    assert set(facts_of(saved(tmp_path, content), "WAV").values()) == {Unmeasured(reason)}


@pytest.mark.parametrize("form", [b"RF64", b"BW64"])
def test_an_rf64_file_of_more_than_four_gigabytes_is_read_by_its_64_bit_sizes(tmp_path: Path, form: bytes) -> None:
    sound = 5_000_000_000
    ds64 = chunk(b"ds64", struct.pack("<QQQI", sound + 72, sound, sound // 4, 0))
    head = form + b"\xff\xff\xff\xff" + b"WAVE" + ds64 + chunk(b"fmt ", fmt()) + b"data\xff\xff\xff\xff"
    path = tmp_path / "long.wav"
    with path.open("wb") as out:  # sparse: takes no room on the disk
        out.write(head)
        out.truncate(len(head) + sound + 8)
        out.seek(len(head) + sound)
        out.write(chunk(b"LIST", b""))
    facts = facts_of(path, form.decode())
    assert facts["audio.duration"] == sound // 4 / 44100
    assert (facts["audio.data_complete"], facts["audio.trailing_bytes"]) == (True, 8)
    with path.open("r+b") as out:
        out.truncate(sound // 2)
    assert facts_of(path, form.decode())["audio.data_complete"] is False
