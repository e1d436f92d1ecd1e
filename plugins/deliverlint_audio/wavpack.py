"""Whether the blocks of a WavPack file hold all the samples that it promises.

Source: WavPack 4 and 5 binary file format, block header.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from deliverlint.values import Unmeasured
from deliverlint_audio.bounds import read_at, size_of

_HEADER = struct.Struct("<4sIHBBIII")  # name, size, version, index and total (their 8 high bits), total, index, samples
_MAX_BLOCKS = 500_000  # half a second of sound each
_UNKNOWN = 0xFFFFFFFF


def blocks_hold_all(stream: BinaryIO) -> bool | Unmeasured:
    """Say whether every block is whole and the last one ends with the promised sample."""
    size, position, promised, reached = size_of(stream), 0, 0, 0
    for number in range(_MAX_BLOCKS):
        data = read_at(stream, position, _HEADER.size)
        if len(data) < _HEADER.size or not data.startswith(b"wvpk"):
            break
        _, length, _, high_index, high_total, total, index, samples = _HEADER.unpack(data)
        if number == 0 and total == _UNKNOWN:
            return Unmeasured("does not state how many samples it holds: it was written live")
        promised = promised or total | high_total << 32
        position += 8 + length
        if position > size:
            return False
        reached = max(reached, (index | high_index << 32) + samples)
    return reached >= promised > 0
