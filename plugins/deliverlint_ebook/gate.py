"""The gate: what is refused before anything inside a book is read.

An EPUB is a ZIP of XML, and both can be made to cost far more than their size. So the ZIP directory is bounded
and checked as numbers first, and each XML text is searched for declarations that expand before a parser sees it.
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from deliverlint.wording import printable

MAX_DIRECTORY = 4_000_000  # bytes of the central directory: some 40,000 entries
MAX_ENTRIES = 20_000
MAX_TOTAL = 4_000_000_000  # bytes unpacked
MAX_RATIO = 200
RATIO_MATTERS_FROM = 64 * 1024  # bytes unpacked; a short file of spaces is no bomb

_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR_64 = b"PK\x06\x07"
_PASSWORD = 0x1


class Refused(Exception):
    """The book is not opened; the text says why, for the person who made it."""


class PasswordProtected(Refused):
    """The ZIP itself is encrypted."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A ZIP that passed the gate.

    entries  by name; those that are not safe to read are left out
    unsafe   what is wrong with the others, one text each
    intact   names that were read to their end with the right checksum
    """

    zip: ZipFile
    entries: dict[str, ZipInfo] = field(default_factory=dict)
    unsafe: tuple[str, ...] = ()
    intact: set[str] = field(default_factory=set)


def open_book(path: Path) -> Opened:
    """Open a book's ZIP; raise Refused for a damaged or encrypted one, and for a bomb."""
    with path.open("rb") as file:
        if _directory_size(file) > MAX_DIRECTORY:
            raise Refused("is not opened: its ZIP directory is larger than any book's")
    try:
        archive = ZipFile(path)
    except (BadZipFile, struct.error, ValueError, NotImplementedError, OverflowError, EOFError) as error:
        raise Refused(f"is no whole ZIP archive: {printable(str(error), 120)}") from None
    infos = archive.infolist()
    reason = _refusal(infos, path.stat().st_size)
    locked = any(info.flag_bits & _PASSWORD for info in infos)
    if reason or locked:
        archive.close()
        raise Refused(reason) if reason else PasswordProtected("is protected by a ZIP password")
    entries, unsafe = _sort_out(infos)
    return Opened(archive, entries, tuple(unsafe))


def _directory_size(file: BinaryIO) -> int:
    """Return the size of the central directory as the end record states it, read as zipfile would."""
    is_zip = file.read(2) == b"PK"
    size = file.seek(0, 2)
    start = max(size - _END_SIZE - 0xFFFF, 0)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_SIZE:
        raise Refused(f"is {'cut short' if is_zip else 'no ZIP archive'}: the directory at its end is not there")
    locator = tail[max(place - 20, 0) : place]
    if locator.startswith(_LOCATOR_64) and len(locator) == 20:
        (record,) = struct.unpack_from("<Q", locator, 8)
        file.seek(min(record, size))
        head = file.read(56)
        return int(struct.unpack_from("<Q", head, 40)[0]) if len(head) == 56 else 0
    return int(struct.unpack_from("<I", tail, place + 12)[0])


def _refusal(infos: list[ZipInfo], size: int) -> str:
    """Return why the whole archive must not be read, or an empty text."""
    if len(infos) > MAX_ENTRIES:
        return f"is not opened: it holds more than {MAX_ENTRIES} files"
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        return f"is not opened: it would unpack to more than {MAX_TOTAL // 10**9} GB"
    for info in infos:
        if info.file_size > max(MAX_RATIO * info.compress_size, RATIO_MATTERS_FROM):
            name = printable(info.filename, 80)
            return f"is not opened: '{name}' would unpack to more than {MAX_RATIO} times its size, as a ZIP bomb does"
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return f"is not opened: '{printable(info.filename, 80)}' overlaps another entry, as in a ZIP bomb"
        end = info.header_offset + 30 + info.compress_size
        if info.header_offset < 0 or end > size:
            return f"is damaged: '{printable(info.filename, 80)}' would lie beyond the end of the file"
    return ""


def _sort_out(infos: list[ZipInfo]) -> tuple[dict[str, ZipInfo], list[str]]:
    entries: dict[str, ZipInfo] = {}
    unsafe = []
    seen: dict[str, str] = {}
    for info in infos:
        problem = next(_problems(info), "")
        folded = unicodedata.normalize("NFC", info.filename).casefold()
        if not problem and folded in seen:
            same = seen[folded] == info.filename
            problem = "is there twice" if same else f"has the name of '{printable(seen[folded], 80)}' in other letters"
        if problem:
            unsafe.append(f"'{printable(info.orig_filename, 120)}' {problem}")
            continue
        seen[folded] = info.filename
        if not info.is_dir():
            entries[info.filename] = info
    return entries, unsafe


def _problems(info: ZipInfo) -> Iterator[str]:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts:
        yield "would be written outside the book"
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        yield "is an absolute path"
    if "\\" in name:
        yield "has a backslash in its name; folders are parted by '/'"
    if not all(char.isprintable() or char == " " for char in name):
        yield "has invisible characters in its name"
    if any(len(part.encode()) > 255 for part in parts):
        yield "has a name of more than 255 bytes"
    if stat.S_ISLNK(info.external_attr >> 16):
        yield "is a link, not a file"
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        yield "is compressed in a way that an EPUB may not use; only 'stored' and 'deflated' are read"


_DECLARATION = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b")
_DOCTYPE_WITHOUT_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]{0,1000}>")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']{0,40})""")
# In these every character of markup is the byte it is in ASCII, or (UTF-16) that byte beside a zero.
_KNOWN_ENCODING = re.compile(rb"utf-?8|utf-?16(le|be)?|(us-)?ascii|iso-8859-\d+|latin-?1|windows-125\d", re.I)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def xml_refusal(data: bytes) -> str:
    """Return why an XML text must not reach a parser (`is ...`), or an empty text.

    Internal declarations are never needed in a book, and are what entity bombs and external entities are made of.
    """
    plain = data
    for mark in _BYTE_ORDER_MARKS:
        plain = plain.removeprefix(mark)
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") or plain[:4] in (b"<\0\0\0", b"\0\0\0<"):
        return "is in UTF-32; XML in a book is UTF-8 or UTF-16"
    plain = plain.replace(b"\0", b"")
    if plain.lstrip()[:1] != b"<":
        return "is not XML: it does not begin with '<'"
    declared = _ENCODING.match(plain.lstrip()[:512])
    if declared and not _KNOWN_ENCODING.fullmatch(declared[1]):
        return f"is in the encoding '{printable(declared[1].decode('latin-1'))}'; XML in a book is UTF-8 or UTF-16"
    doctype = plain.find(b"<!DOCTYPE")
    if _DECLARATION.search(plain) or (doctype >= 0 and not _DOCTYPE_WITHOUT_SUBSET.match(plain, doctype)):
        return "declares entities or other DTD parts, which are not read: they can expand without end"
    return ""
