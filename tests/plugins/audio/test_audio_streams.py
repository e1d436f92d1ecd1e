"""Compressed files and the sound of films, held against FFmpeg's view of them."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest
from deliverlint_audio.wavpack import blocks_hold_all
from sounds import encode, encode_film, facts_of, sniffed

from deliverlint.values import Unmeasured

NOTHING_READ = "holds no sound that can be read: it is damaged, cut short, or of a kind that is not known here"
ENCODED = [
    ("a.mp3", "libmp3lame", "MP3", "MP3", 44100),
    ("a.m4a", "aac", "M4A", "AAC", 44100),
    ("a.aac", "aac", "AAC", "AAC", 48000),
    ("a.opus", "libopus", "Opus", "Opus", 48000),
    ("a.wv", "wavpack", "WavPack", "WavPack", 44100),
    ("a.mka", "aac", "Matroska audio", "AAC", 44100),
    ("a.ac3", "ac3", "AC-3", "AC-3", 48000),
    ("a.mp2", "mp2", "MP2", "MP2", 44100),
    ("a.caf", "alac", "CAF", "ALAC", 44100),
    ("a.w64", "pcm_s16le", "Wave64", "PCM", 44100),
]


@pytest.mark.parametrize(("name", "encoder", "form", "codec", "rate"), ENCODED)
def test_a_compressed_file_is_seen_as_ffmpeg_sees_it(
    tmp_path: Path, name: str, encoder: str, form: str, codec: str, rate: int
) -> None:
    path = encode(tmp_path / name, encoder, seconds=2.0, rate=rate)
    assert sniffed(path.read_bytes()[:4096]) == form
    facts = facts_of(path)
    assert facts["audio.codec"] == codec
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        assert (facts["audio.sample_rate"], facts["audio.channels"]) == (stream.rate, stream.channels)
    assert facts["audio.layout"] == "stereo"
    assert facts["audio.streams"] == 1
    if form != "AAC":  # raw AAC frames state no duration
        assert facts["audio.duration"] == pytest.approx(2.0, abs=0.06)


def test_opus_plays_at_48_khz_whatever_it_was_made_from(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.opus", "libopus", seconds=2.0, rate=24000)
    assert b"OpusHead\x01\x02" in path.read_bytes()
    facts = facts_of(path)
    assert facts["audio.sample_rate"] == 48000
    assert facts["audio.duration"] == pytest.approx(2.0, abs=0.06)


def test_mono_is_told_from_stereo(tmp_path: Path) -> None:
    facts = facts_of(encode(tmp_path / "a.mp3", "libmp3lame", layout="mono"))
    assert (facts["audio.channels"], facts["audio.layout"]) == (1, "mono")


def test_a_constant_bit_rate_is_told_and_stated_in_kilobits(tmp_path: Path) -> None:
    facts = facts_of(encode(tmp_path / "a.mp3", "libmp3lame"))
    assert (facts["audio.bit_rate_mode"], facts["audio.bit_rate"]) == ("constant", 128)


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "film.mkv"])
def test_the_sound_facts_of_a_film_are_those_of_its_first_sound_stream(tmp_path: Path, name: str) -> None:
    form = {"mp4": "MP4", "mov": "QuickTime", "mkv": "Matroska"}[name[-3:]]
    facts = facts_of(encode_film(tmp_path / name), form)
    assert facts["audio.streams"] == 2
    assert (facts["audio.codec"], facts["audio.profile"]) == ("AAC", "LC")
    assert (facts["audio.channels"], facts["audio.sample_rate"], facts["audio.language"]) == (2, 48000, "en")


def test_a_named_sound_stream_of_a_film_has_facts_of_its_own(tmp_path: Path) -> None:
    facts = facts_of(encode_film(tmp_path / "film.mp4"), "MP4", stream="audio:2")
    assert (facts["audio.channels"], facts["audio.layout"], facts["audio.language"]) == (1, "mono", "de")


def test_a_sound_stream_that_is_not_there_is_unmeasured_with_the_number_that_are(tmp_path: Path) -> None:
    facts = facts_of(encode_film(tmp_path / "film.mp4"), "MP4", stream="audio:5")
    assert set(facts.values()) == {Unmeasured("has no sound stream 5; it holds 2")}


def test_a_silent_film_has_no_sound_stream_and_so_no_codec(tmp_path: Path) -> None:
    facts = facts_of(encode_film(tmp_path / "film.mp4", languages=()), "MP4")
    assert (facts["audio.streams"], facts["audio.codec"]) == (0, None)


def test_a_second_stream_of_a_wave_file_is_unmeasured(tmp_path: Path) -> None:
    facts = facts_of(encode(tmp_path / "a.wav", "pcm_s16le"), stream="audio:2")
    assert set(facts.values()) == {Unmeasured("has no sound stream 2; it holds 1")}


@pytest.mark.parametrize(("name", "encoder", "rate"), [("a.m4a", "aac", 44100), ("a.opus", "libopus", 48000)])
def test_a_file_is_complete_until_it_is_cut_short(tmp_path: Path, name: str, encoder: str, rate: int) -> None:
    path = encode(tmp_path / name, encoder, seconds=3.0, rate=rate)
    whole = path.read_bytes()
    assert facts_of(path)["audio.data_complete"] is True
    path.write_bytes(whole[: len(whole) * 3 // 4])
    assert facts_of(path)["audio.data_complete"] in (
        False,
        Unmeasured(NOTHING_READ),
    )


def test_a_wavpack_file_is_complete_until_it_is_cut_short(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.wv", "wavpack", seconds=3.0)
    assert facts_of(path)["audio.data_complete"] is True
    whole = path.read_bytes()
    for length in (whole.rindex(b"wvpk") + 1000, len(whole) // 2, whole.index(b"wvpk", 1)):
        assert blocks_hold_all(io.BytesIO(whole[:length])) is False
    live = whole[:12] + b"\xff\xff\xff\xff" + whole[16:]
    assert isinstance(blocks_hold_all(io.BytesIO(live)), Unmeasured)


def test_a_film_that_is_cut_before_its_index_is_unmeasured_and_not_silent(tmp_path: Path) -> None:
    path = encode_film(tmp_path / "film.mp4")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    reason = Unmeasured(NOTHING_READ)
    assert facts_of(path, "MP4")["audio.codec"] == reason


def test_where_a_format_does_not_mark_its_end_completeness_is_unmeasured(tmp_path: Path) -> None:
    facts = facts_of(encode(tmp_path / "a.mp3", "libmp3lame"))
    assert facts["audio.data_complete"] == Unmeasured("is MP3, whose header does not say where the sound ends")
