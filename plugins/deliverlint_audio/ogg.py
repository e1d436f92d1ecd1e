"""Whether an Ogg file reaches its last page (RFC 3533)."""

from __future__ import annotations

from typing import BinaryIO

from deliverlint_audio.bounds import read_at, size_of

# A page has at most 27 bytes of header, 255 of lacing values and 255 × 255 of content.
_MAX_PAGE = 27 + 255 + 255 * 255


def ends_with_last_page(stream: BinaryIO) -> bool:
    """Say whether the file ends with a whole page that is marked as the last of its stream."""
    size = size_of(stream)
    start = max(0, size - _MAX_PAGE)
    tail = read_at(stream, start, _MAX_PAGE)
    position = len(tail)
    while (position := tail.rfind(b"OggS\x00", 0, position)) >= 0:
        page = tail[position:]
        if len(page) < 27 or len(page) < 27 + page[26]:
            continue
        if 27 + page[26] + sum(page[27 : 27 + page[26]]) == len(page):
            return bool(page[5] & 4)
    return False
