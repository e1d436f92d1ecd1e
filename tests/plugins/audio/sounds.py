"""Sound files made for the tests, and the probes asked about them."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np
from deliverlint_audio import header, tags
from deliverlint_audio.facts import HEADER_FACTS, TAG_FACTS
from deliverlint_audio.types import FILE_TYPES

from deliverlint.hookspecs import Source
from deliverlint.values import Json, Unmeasured

HEADER_NAMES = frozenset(spec.name for spec in HEADER_FACTS)
TAG_NAMES = frozenset(spec.name for spec in TAG_FACTS)
SUBTYPE_PCM = bytes.fromhex("0100000000001000800000aa00389b71")


def sniffed(head: bytes) -> str:
    """Return the format that the plugin's file types recognise; empty where none does."""
    for kind in FILE_TYPES:
        if any(all(head[at : at + len(magic)] == magic for at, magic in way) for way in kind.magic):
            return kind.format
        if kind.accepts and kind.accepts(head):
            return kind.format
    return ""


def facts_of(path: Path, form: str = "", stream: str = "") -> dict[str, Json | Unmeasured]:
    """Ask the header probe for everything."""
    form = form or sniffed(path.read_bytes()[:4096])
    return header.measure(Source(path=path, name=path.name, format=form, stream=stream), HEADER_NAMES)


def tags_of(path: Path, form: str = "") -> dict[str, Json | Unmeasured]:
    """Ask the tag probe for everything."""
    form = form or sniffed(path.read_bytes()[:4096])
    return tags.measure(Source(path=path, name=path.name, format=form), TAG_NAMES)


def chunk(name: bytes, content: bytes, order: str = "<", size: int | None = None) -> bytes:
    """Return a RIFF (or, with order ">", an IFF) chunk with its pad byte; `size` lies about its length."""
    length = len(content) if size is None else size
    return name + struct.pack(f"{order}I", length) + content + b"\0" * (len(content) & 1)


def fmt(
    channels: int = 2, rate: int = 44100, bits: int = 16, tag: int = 1, extensible: bool = False, mask: int = 3
) -> bytes:
    """Return the content of a `fmt ` chunk."""
    block = channels * ((bits + 7) // 8)
    basic = struct.pack("<HHIIHH", 0xFFFE if extensible else tag, channels, rate, rate * block, block, bits)
    return basic + (struct.pack("<HHI", 22, bits, mask) + SUBTYPE_PCM if extensible else b"")


def riff(*chunks: bytes, form: bytes = b"RIFF") -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return form + struct.pack("<I", len(body)) + body


def wav(frames: int = 4410, trailer: bytes = b"", channels: int = 2, bits: int = 16, **header: int | bool) -> bytes:
    """Return a silent WAVE file."""
    sound = bytes(frames * channels * bits // 8)
    return riff(chunk(b"fmt ", fmt(channels=channels, bits=bits, **header)), chunk(b"data", sound), trailer)  # type: ignore[arg-type]


def aiff(frames: int = 4410, channels: int = 2, bits: int = 16, compression: bytes = b"", sound: bytes | None = None,
         rate: bytes = bytes.fromhex("400eac44000000000000"), extra: bytes = b"") -> bytes:  # fmt: skip
    """Return a silent AIFF file at 44.1 kHz, or AIFF-C where `compression` is given."""
    common = struct.pack(">HIH", channels, frames, bits) + rate + (compression + b"\0\0" if compression else b"")
    data = bytes(8) + (bytes(frames * channels * bits // 8) if sound is None else sound)
    body = (b"AIFC" if compression else b"AIFF") + chunk(b"COMM", common, ">") + chunk(b"SSND", data, ">") + extra
    return b"FORM" + struct.pack(">I", len(body)) + body


def encode(path: Path, codec: str, seconds: float = 1.0, rate: int = 44100, layout: str = "stereo") -> Path:
    """Write a tone by FFmpeg; the container follows from the name."""
    with av.open(str(path), "w") as file:
        _add(file, codec, seconds, rate, layout)
    return path


def encode_film(path: Path, languages: tuple[str, ...] = ("eng", "deu")) -> Path:
    """Write ten frames of picture with one sound stream for each language; the second and later ones are mono."""
    with av.open(str(path), "w") as file:
        picture = file.add_stream("mpeg4", rate=25)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        streams = [
            file.add_stream("aac", rate=48000, layout="mono" if number else "stereo")
            for number, _ in enumerate(languages)
        ]
        for stream, language in zip(streams, languages, strict=True):
            stream.metadata["language"] = language
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))
            file.mux(picture.encode(frame))
        file.mux(picture.encode(None))
        for stream in streams:
            frame = _tone(0.4, 48000, stream.layout.name)
            file.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def _add(file: av.container.OutputContainer, codec: str, seconds: float, rate: int, layout: str) -> None:
    stream = file.add_stream(codec, rate=rate, layout=layout)
    file.mux([*stream.encode(_tone(seconds, rate, layout)), *stream.encode(None)])


def _tone(seconds: float, rate: int, layout: str) -> av.AudioFrame:
    channels = av.AudioLayout(layout).nb_channels
    wave = (np.sin(np.arange(round(seconds * rate)) * 2 * np.pi * 440 / rate) * 3000).astype(np.int16)
    samples = np.repeat(wave[:, None], channels, axis=1).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="s16", layout=layout)
    frame.sample_rate, frame.pts = rate, 0
    return frame
