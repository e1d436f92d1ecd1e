"""The table of contents of a ZIP, read raw (APPNOTE 6.3.10, 4.3.12 to 4.3.16).

`zipfile` mends names and forgives contradictions that other unpackers do not; here nothing is believed yet.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from deliverlint.frozen import frozen

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")


class ArchiveError(Exception):
    """An entry is not what the table of contents says; the text is a predicate: `is cut short`."""


@frozen
class Record:
    """One record of the table of contents, before anything in it is believed."""

    raw_name: bytes
    name: str
    system: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int


def table_of_contents(file: BinaryIO, most: int) -> tuple[int, bytes, int]:
    """Return where the table of contents starts, its bytes, and by how much offsets are shifted.

    Raises ArchiveError where it is missing, does not fit or has more than `most` bytes.
    """
    size = file.seek(0, os.SEEK_END)
    tail_start = max(0, size - _END.size - 0xFFFF)
    file.seek(tail_start)
    tail = file.read(_END.size + 0xFFFF)
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0 and not _ends_there(tail, at):
        at = tail.rfind(b"PK\x05\x06", 0, at)
    if at < 0:
        raise ArchiveError("is cut short or damaged: its table of contents is missing")
    _, disk, first_disk, _, count, length, offset, _ = _END.unpack_from(tail, at)
    end = tail_start + at
    if 0xFFFF in (disk, first_disk, count) or 0xFFFFFFFF in (length, offset):
        disk, first_disk, length, offset, end = _zip64_end(file, end, (disk, first_disk, length, offset))
    if disk or first_disk:
        raise ArchiveError("is one part of an archive in several parts: pack it as one file")
    if length > most:
        raise ArchiveError(f"has a table of contents of more than {most >> 20} MB")
    start = end - length
    if start < 0 or start < offset:
        raise ArchiveError("is damaged: its table of contents does not fit in")
    file.seek(start)
    return start, file.read(length), start - offset


def _ends_there(tail: bytes, at: int) -> bool:
    """Say whether a record of the end of the archive can be at this place: its comment fits in."""
    if at + _END.size > len(tail):
        return False
    comment = int(_END.unpack_from(tail, at)[-1])
    return at + _END.size + comment <= len(tail)


def _zip64_end(file: BinaryIO, end: int, plain: tuple[int, int, int, int]) -> tuple[int, int, int, int, int]:
    """Return disk, first disk, length and offset of the table of contents, and where it must end."""
    file.seek(max(0, end - _LOCATOR64.size))
    locator = file.read(_LOCATOR64.size)
    if len(locator) < _LOCATOR64.size or not locator.startswith(b"PK\x06\x07"):
        return (*plain, end)  # so many by chance
    at = end - _LOCATOR64.size - _END64.size
    file.seek(max(0, at))
    record = file.read(_END64.size)
    if at < 0 or len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
        raise ArchiveError("is damaged: the ZIP64 end of its table of contents is missing")
    _, _, _, _, disk, first_disk, _, _, length, offset = _END64.unpack(record)
    return disk, first_disk, length, offset, at


def records(table: bytes, shift: int, most: int) -> Iterator[Record]:
    """Yield at most so many records; raise ArchiveError where one is damaged."""
    at = 0
    while at < len(table) and most > 0:
        if at + _CENTRAL.size > len(table) or table[at : at + 4] != b"PK\x01\x02":
            raise ArchiveError("is damaged: its table of contents cannot be read")
        (_, made_by, _, flags, method, _, _, crc, packed, size, name_length, extra_length, comment_length,
         _, _, attributes, offset) = _CENTRAL.unpack_from(table, at)  # fmt: skip
        at += _CENTRAL.size
        raw = table[at : at + name_length]
        extra = table[at + name_length : at + name_length + extra_length]
        at += name_length + extra_length + comment_length
        if at > len(table):
            raise ArchiveError("is damaged: its table of contents is cut short")
        size, packed, offset = _zip64_sizes(extra, size, packed, offset)
        name = _decoded(raw, flags)
        yield Record(raw, name, made_by >> 8, flags, method, crc, packed, size, attributes, offset + shift)
        most -= 1


def _zip64_sizes(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Replace the values that do not fit 32 bits by those of the ZIP64 extra field (4.5.3)."""
    values, at = [size, packed, offset], 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            for index, value in enumerate(values):
                if value == 0xFFFFFFFF and len(field) >= 8:
                    values[index], field = int.from_bytes(field[:8], "little"), field[8:]
        at += 4 + length
    return values[0], values[1], values[2]


def _decoded(raw: bytes, flags: int) -> str:
    """Decode a name: UTF-8 where the entry says so or it happens to be, else the code page of old (4.4.4, D.1)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & 0x800 else raw.decode("cp437")
