"""Whether the boxes of an MPEG-4 file fit into it (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

from typing import BinaryIO

from deliverlint_audio.bounds import read_at, size_of

_MAX_BOXES = 10_000


def boxes_fit(stream: BinaryIO) -> bool:
    """Say whether the top-level boxes end exactly with the file and there is a `moov` and an `mdat` among them."""
    size, position, kinds = size_of(stream), 0, set()
    for _ in range(_MAX_BOXES):
        if position == size:
            break
        header = read_at(stream, position, 16)
        if len(header) < 8:
            return False
        length = int.from_bytes(header[:4])
        if length == 1:
            length = int.from_bytes(header[8:16])
        elif length == 0:  # to the end of the file
            length = size - position
        if length < 8 or position + length > size:
            return False
        kinds.add(header[4:8])
        position += length
    return position == size and {b"moov", b"mdat"} <= kinds
