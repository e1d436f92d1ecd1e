"""The directory of a Windows icon; Pillow's reader would decode the largest picture to open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from deliverlint_image.errors import Unreadable

_ENTRY = 16


@dataclass(frozen=True, slots=True)
class Icon:
    """Size of the largest picture in pixels, and how many pictures there are."""

    width: int
    height: int
    pictures: int


def read_icon(stream: BinaryIO) -> Icon:
    """Read the directory; raises Unreadable where it is cut short."""
    head = stream.read(6)
    count = int.from_bytes(head[4:6], "little")
    entries = stream.read(_ENTRY * count)
    if head[:4] != b"\0\0\1\0" or count == 0 or len(entries) < _ENTRY * count:
        raise Unreadable("is damaged or cut short: its ICO header cannot be read")
    # A side of 256 does not fit into its byte and is written as 0.
    sizes = [(entries[at] or 256, entries[at + 1] or 256) for at in range(0, len(entries), _ENTRY)]
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Icon(width, height, count)
