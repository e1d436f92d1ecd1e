"""Recognising ebooks from the first 4 KiB of a file."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from deliverlint.spec import FileType

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_SIZE_COMES_LATER = 0x08
_KF8 = 8  # version of the MOBI header that the AZW3 format begins with


def _first_entries(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and raw data of the ZIP entries that begin in `head`, as far as sizes let one step on."""
    place = 0
    while len(head) >= place + _LOCAL_HEADER.size:
        signature, _, flags, _, _, _, _, packed, _, name_length, extra_length = _LOCAL_HEADER.unpack_from(head, place)
        if signature != b"PK\x03\x04":
            return
        name_at = place + _LOCAL_HEADER.size
        data_at = name_at + name_length + extra_length
        yield head[name_at : name_at + name_length], head[data_at : data_at + packed]
        if flags & _SIZE_COMES_LATER and not packed:
            return
        place = data_at + packed


def is_epub(head: bytes) -> bool:
    """Say whether a head is an EPUB's: its media type is the first entry, or its container or package is in sight.

    A book whose `mimetype` stands in the wrong place or is compressed is still a book; the rule on it says so.
    """
    for name, data in _first_entries(head):
        if name == b"mimetype":
            # Compressed data cannot be read here; stored data of another OCF format (OpenDocument) can.
            return not data.startswith(b"application/") or data.startswith(b"application/epub+zip")
        if name == b"META-INF/container.xml" or name.endswith(b".opf"):
            return True
    return False


def _mobi_version(head: bytes) -> int:
    """Return the version in the MOBI header of a Palm database, or 0 where `head` is none."""
    if head[60:68] != b"BOOKMOBI" or len(head) < 86:
        return 0
    (first_record,) = struct.unpack_from(">I", head, 78)
    if len(head) < first_record + 40 or head[first_record + 16 : first_record + 20] != b"MOBI":
        return 1  # the header lies further on: it is a Mobipocket book of some version
    return int(struct.unpack_from(">I", head, first_record + 36)[0]) or 1


def is_mobi(head: bytes) -> bool:
    return 0 < _mobi_version(head) != _KF8


def is_azw3(head: bytes) -> bool:
    return _mobi_version(head) == _KF8


FILE_TYPES = [
    FileType(media="ebook", format="EPUB", extensions=(".epub",), accepts=is_epub),
    FileType(media="ebook", format="MOBI", extensions=(".mobi", ".azw", ".prc"), accepts=is_mobi),
    FileType(media="ebook", format="AZW3", extensions=(".azw3",), accepts=is_azw3),
]
