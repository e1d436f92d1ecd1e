"""Whether an image file reaches the end that its format marks. Nothing is decoded."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

_MAX_CHUNKS = 1_000_000
_BLOCK = 1 << 20


def is_complete(stream: BinaryIO, form: str) -> bool | None:
    """Say whether the file is whole; None for a format whose end is not marked in a way that is read here."""
    check = _CHECKS.get(form)
    return None if check is None else check(stream, stream.seek(0, 2))


def _jpeg(stream: BinaryIO, size: int) -> bool:
    """After the first scan begins, FF D9 can only be the end-of-image marker (ITU-T T.81, B.1.1)."""
    position = 2
    for _ in range(_MAX_CHUNKS):
        stream.seek(position)
        head = stream.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            return False
        if head[1] == 0xFF:  # fill byte
            position += 1
            continue
        position += 2 + int.from_bytes(head[2:4])
        if head[1] == 0xDA:
            return _holds(stream, position, b"\xff\xd9")
    return False


def _holds(stream: BinaryIO, position: int, mark: bytes) -> bool:
    stream.seek(position)
    last = b""
    while block := stream.read(_BLOCK):
        if mark in last + block:
            return True
        last = block[-1:]
    return False


def _png(stream: BinaryIO, size: int) -> bool:
    position = 8
    for _ in range(_MAX_CHUNKS):
        stream.seek(position)
        head = stream.read(8)
        if len(head) < 8:
            return False
        position += 12 + int.from_bytes(head[:4])
        if head[4:] == b"IEND":
            return position <= size
    return False


def _gif(stream: BinaryIO, size: int) -> bool:
    stream.seek(max(0, size - 64))
    return stream.read(64).rstrip(b"\x00").endswith(b";")


def _riff(stream: BinaryIO, size: int) -> bool:
    stream.seek(4)
    return int.from_bytes(stream.read(4), "little") + 8 <= size


def _bmp(stream: BinaryIO, size: int) -> bool:
    stream.seek(2)
    return int.from_bytes(stream.read(4), "little") <= size


def _boxes(stream: BinaryIO, size: int) -> bool:
    """The boxes of an ISO base media file end where it ends."""
    position = 0
    for _ in range(_MAX_CHUNKS):
        if position == size:
            return True
        stream.seek(position)
        head = stream.read(16)
        length = int.from_bytes(head[:4]) if len(head) >= 8 else -1
        if length == 1:
            length = int.from_bytes(head[8:16])
        elif length == 0:
            return True
        if length < 8 or position + length > size:
            return False
        position += length
    return False


_CHECKS: dict[str, Callable[[BinaryIO, int], bool]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "GIF": _gif,
    "WebP": _riff,
    "BMP": _bmp,
    "AVIF": _boxes,
    "HEIC": _boxes,
}
