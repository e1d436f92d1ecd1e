"""ZIPs written byte by byte, so that they can lie."""

from __future__ import annotations

import stat
import struct
import zlib
from dataclasses import dataclass

SYMLINK = (stat.S_IFLNK | 0o777) << 16
PIPE = (stat.S_IFIFO | 0o644) << 16
EXECUTABLE = (stat.S_IFREG | 0o755) << 16


@dataclass(frozen=True)
class Member:
    """One entry; what is None is told truthfully.

    local_name  as the header before the content has it, where it differs from the table of contents
    at          offset that the table of contents claims
    """

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    size: int | None = None
    crc: int | None = None
    attributes: int = 0
    system: int = 3
    local_name: bytes | None = None
    at: int | None = None
    packed: bytes | None = None


def zipped(*members: Member, before: bytes = b"", comment: bytes = b"", disk: int = 0) -> bytes:
    body, table, count = before, b"", 0
    for member in members:
        packed = member.packed
        if packed is None:
            packed = _deflated(member.content) if member.method == 8 else member.content
        size = len(member.content) if member.size is None else member.size
        crc = zlib.crc32(member.content) if member.crc is None else member.crc
        offset = len(body) - len(before) if member.at is None else member.at
        local_name = member.name if member.local_name is None else member.local_name
        sizes = (crc, len(packed), size)
        if member.at is None:
            body += struct.pack(
                "<4s5H3L2H", b"PK\3\4", 20, member.flags, member.method, 0, 33, *sizes, len(local_name), 0
            )
            body += local_name + packed
        table += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", member.system << 8 | 20, 20, member.flags, member.method, 0, 33, *sizes,
            len(member.name), 0, 0, 0, 0, member.attributes, offset,
        )  # fmt: skip
        table += member.name
        count += 1
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", disk, disk, count, count, len(table), len(body) - len(before), len(comment)
    )
    return body + table + end + comment


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
