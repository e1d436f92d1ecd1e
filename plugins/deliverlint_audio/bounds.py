"""Reading a hostile file in pieces of bounded size."""

from __future__ import annotations

from typing import BinaryIO

from deliverlint_audio.errors import Unreadable


def read_at(stream: BinaryIO, offset: int, length: int) -> bytes:
    """Return up to `length` bytes from `offset`; fewer where the file ends before."""
    stream.seek(offset)
    return stream.read(length)


def read_exactly(stream: BinaryIO, offset: int, length: int, what: str) -> bytes:
    """Return `length` bytes from `offset`; raise Unreadable, naming `what` was to stand there."""
    data = read_at(stream, offset, length)
    if len(data) < length:
        raise Unreadable(f"is cut short: it ends inside its {what}")
    return data


def size_of(stream: BinaryIO) -> int:
    """Return the size of an open file in bytes."""
    return stream.seek(0, 2)
