"""The version resource of a Windows executable: who made it and which version it is.

Source: VS_VERSIONINFO, https://learn.microsoft.com/en-us/windows/win32/menurc/vs-versioninfo
"""

from __future__ import annotations

import struct

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.executables.pe import RESOURCE, read_header

_VERSION = 16  # RT_VERSION
_MOST_ENTRIES = 256
_LONGEST = 65_536
_KEYS = ("CompanyName", "ProductName", "FileVersion", "ProductVersion", "FileDescription", "OriginalFilename")


def version_strings(file: BoundedFile) -> dict[str, str]:
    """Return the named strings of the version resource; none where there is no such resource."""
    header = read_header(file)
    if header is None or not header.directory(RESOURCE)[0]:
        return {}
    base = header.offset_of(header.directory(RESOURCE)[0])
    at = _entry(file, base, 0, _VERSION)
    for _ in range(2):  # then the first name, then the first language
        if at is None or not at & 0x80000000:
            return {}
        at = _entry(file, base, at & 0x7FFFFFFF, None)
    if at is None or at & 0x80000000:
        return {}
    address, size = struct.unpack("<II", file.at(base + at, 8))
    if size > _LONGEST:
        raise Malformed("has an absurdly large version resource")
    block = file.at(header.offset_of(address), size)
    found = ((key, _string(block, key)) for key in _KEYS)
    return {key: text for key, text in found if text}


def _entry(file: BoundedFile, base: int, directory: int, wanted: int | None) -> int | None:
    """Return where the entry with that id (or the first one) of a resource directory leads."""
    named, numbered = struct.unpack("<HH", file.at(base + directory + 12, 4))
    for index in range(min(named + numbered, _MOST_ENTRIES)):
        name, leads_to = struct.unpack("<II", file.at(base + directory + 16 + 8 * index, 8))
        if wanted is None or name == wanted:
            return int(leads_to)
    return None


def _string(block: bytes, key: str) -> str:
    """Return the value that follows a key: both UTF-16, the value on a boundary of 32 bits."""
    needle = f"{key}\0".encode("utf-16-le")
    at = block.find(needle)
    if at < 0:
        return ""
    start = (at + len(needle) + 3) & ~3
    text = block[start : start + 512].decode("utf-16-le", "replace")
    return text.split("\0", 1)[0].strip()
