"""The header of a WebP file (RFC 9649); Pillow's reader would reserve memory for all pixels to tell their number."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from deliverlint_image.errors import Unreadable

_MAX_CHUNKS = 100_000


@dataclass(frozen=True, slots=True)
class WebP:
    """Size in pixels, and what the container says of itself."""

    width: int
    height: int
    alpha: bool
    frames: int
    icc_profile: bytes | None
    exif: bytes | None


def read_webp(stream: BinaryIO, count_frames: bool = True) -> WebP:
    """Read the chunks of a WebP file; raises Unreadable where it has no image."""
    size: tuple[int, int, bool] | None = None
    extended: tuple[int, int, bool] | None = None
    frames, icc, exif = 0, None, None
    position = 12
    for _ in range(_MAX_CHUNKS):
        stream.seek(position)
        header = stream.read(8)
        if len(header) < 8:
            break
        name, length = struct.unpack("<4sI", header)
        if name == b"VP8X":
            extended = _extended(stream.read(10))
        elif name in (b"VP8 ", b"VP8L"):
            size = size or (_lossy(stream.read(10)) if name == b"VP8 " else _lossless(stream.read(5)))
            frames += 1
            if extended is None or not count_frames:
                break
        elif name == b"ANMF":
            frames += 1
        elif name == b"ICCP":
            icc = stream.read(min(length, 4 << 20))
        elif name == b"EXIF":
            exif = stream.read(min(length, 1 << 20))
        position += 8 + length + (length & 1)
    found = extended or size
    if found is None:
        raise Unreadable("is damaged: its WebP header cannot be read")
    return WebP(*found, frames=max(frames, 1), icc_profile=icc, exif=exif)


def _extended(content: bytes) -> tuple[int, int, bool] | None:
    if len(content) < 10:
        return None
    width, height = int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1
    return width, height, bool(content[0] & 0x10)


def _lossy(content: bytes) -> tuple[int, int, bool] | None:
    if len(content) < 10 or content[3:6] != b"\x9d\x01\x2a":
        return None
    width, height = struct.unpack("<HH", content[6:10])
    return width & 0x3FFF, height & 0x3FFF, False


def _lossless(content: bytes) -> tuple[int, int, bool] | None:
    if len(content) < 5 or content[0] != 0x2F:
        return None
    bits = int.from_bytes(content[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
