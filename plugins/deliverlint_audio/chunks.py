"""The chunks of an EA IFF 85 file, of which RIFF (little-endian) is the other half of the family."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

from deliverlint_audio.bounds import read_at
from deliverlint_audio.errors import Unreadable

# Far more than any encoder writes; a file made of empty chunks would otherwise be walked for hours.
MAX_CHUNKS = 4096
UNFINISHED = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its four-character name, and where its content lies.

    size     as its header says, in bytes
    present  as many of them as the file really holds
    """

    name: bytes
    offset: int
    size: int
    present: int

    @property
    def end(self) -> int:
        """Where the next chunk would start: chunks are padded to even sizes."""
        return self.offset + self.size + (self.size & 1)


def walk(
    stream: BinaryIO,
    start: int,
    file_size: int,
    order: Literal["<", ">"],
    long_sizes: Mapping[bytes, int] | None = None,
) -> list[Chunk]:
    """List the chunks from `start` to the end of the file.

    long_sizes  64-bit sizes that replace a chunk's size of FFFFFFFF (EBU Tech 3306, `ds64`)
    Stops where a chunk reaches past the end or where its name is no text. Raises Unreadable for an absurd number.
    """
    found: list[Chunk] = []
    while start + 8 <= file_size:
        name, size = struct.unpack(f"{order}4sI", read_at(stream, start, 8))
        if not is_name(name):
            break
        if size == UNFINISHED and long_sizes and name in long_sizes:
            size = long_sizes[name]
        chunk = Chunk(name, start + 8, size, min(size, file_size - start - 8))
        found.append(chunk)
        if len(found) > MAX_CHUNKS:
            raise Unreadable(f"is damaged: it has more than {MAX_CHUNKS} chunks")
        start = chunk.end
    return found


def is_name(name: bytes) -> bool:
    """Say whether four bytes can be the name of a chunk: printable ASCII."""
    return len(name) == 4 and all(0x20 <= byte < 0x7F for byte in name)
