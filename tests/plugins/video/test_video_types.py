"""What a file's first bytes show."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from clips import recognised, write_clip
from deliverlint_video.plugin import file_types

from deliverlint.delivery.sniff import Sniffer

SNIFFER = Sniffer(file_types())


@pytest.mark.parametrize(
    ("name", "codec", "form"),
    [
        ("a.mp4", "libx264", "MP4"),
        ("a.mov", "libx264", "QuickTime"),
        ("a.3gp", "libx264", "3GP"),
        ("a.mkv", "libx264", "Matroska"),
        ("a.webm", "libvpx", "WebM"),
        ("a.mxf", "mpeg2video", "MXF"),
        ("a.avi", "mpeg4", "AVI"),
        ("a.ts", "libx264", "MPEG-TS"),
        ("a.mpg", "mpeg2video", "MPEG-PS"),
        ("a.flv", "libx264", "FLV"),
        ("a.wmv", "wmv2", "ASF"),
        ("a.m2v", "mpeg2video", "MPEG video"),
        ("a.ivf", "libvpx", "IVF"),
    ],
)
def test_a_container_is_recognised_whatever_the_file_is_called(
    tmp_path: Path, name: str, codec: str, form: str
) -> None:
    clip = write_clip(tmp_path / name, codec, frames=3)
    assert recognised(clip.read_bytes(), "no ending") == form


def test_a_quicktime_file_without_a_brand_is_recognised() -> None:
    assert recognised(bytes.fromhex("00000008") + b"wide" + bytes.fromhex("00010000") + b"mdat") == "QuickTime"


@pytest.mark.parametrize("brand", [b"M4A ", b"M4B ", b"heic", b"avif"])
def test_sound_and_stills_in_an_mp4_container_are_no_video(brand: bytes) -> None:
    assert recognised(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0isommp42") == ""


@pytest.mark.parametrize("brand", [b"mp42", b"isom", b"dash"])
def test_an_mp4_of_any_brand_that_is_called_m4a_is_sound(brand: bytes) -> None:
    """Encoders of sound write such brands too; only the name tells."""
    head = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0isommp42"
    found = {name: SNIFFER.recognise(head, name) for name in ("song.m4a", "book.m4b", "film.mp4", "no ending")}
    assert {name: (kind.media, kind.format) for name, kind in found.items() if kind} == {
        "song.m4a": ("audio", "M4A"),
        "book.m4b": ("audio", "M4B"),
        "film.mp4": ("video", "MP4"),
        "no ending": ("video", "MP4"),
    }


def test_a_film_that_is_called_m4a_stays_a_film(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", frames=3, container_options={"movflags": "faststart"})
    kind = SNIFFER.recognise(clip.read_bytes()[:4096], "song.m4a")
    assert kind is not None
    assert kind.media == "video"


@pytest.mark.parametrize(
    "text",
    [b"#EXTM3U\n#EXTINF:10,\nother.mov\n", b"ffconcat version 1.0\nfile other.mov\n", b"we skip and freely wide moov"],
)
def test_a_list_of_files_called_mov_is_no_video(text: bytes) -> None:
    assert recognised(text, "film.mov") == ""


def test_random_bytes_called_mp4_are_no_video() -> None:
    for seed in range(300):
        assert recognised(random.Random(seed).randbytes(64), "film.mp4") == ""
