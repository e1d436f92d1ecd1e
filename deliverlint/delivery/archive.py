"""Reading a ZIP that may be damaged, lying or hostile: which entries are safe, what is wrong with the others."""

from __future__ import annotations

import os
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import BinaryIO

from deliverlint.delivery.names import fold
from deliverlint.delivery.ziptable import ArchiveError, Record, records, table_of_contents
from deliverlint.frozen import frozen

_LOCAL = struct.Struct("<4s5H3L2H")
_NAMES = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ"}
_STORED, _DEFLATED = 0, 8
_UNIX, _MACOS = 3, 19
_CHUNK = 1 << 18
_DEPTH = 64
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[<>:\"|?*].*|.*[. ]", re.IGNORECASE | re.DOTALL)


@frozen
class Limits:
    """What an archive may ask for before it counts as an attack."""

    entries: int = 200_000
    directory: int = 64 << 20  # bytes of the table of contents
    total: int = 64_000_000_000  # bytes unpacked
    ratio: int = 200  # unpacked to packed, of an entry larger than `ratio_from` bytes
    ratio_from: int = 10_000_000


@frozen
class Entry:
    """One entry as the table of contents has it; its name is relative and has slashes."""

    name: str
    is_folder: bool
    size: int
    packed: int
    crc: int
    method: int
    offset: int  # of its local header
    end: int  # where the next thing in the archive begins
    raw_name: bytes
    executable: bool = False


@frozen
class ArchiveProblem:
    """What is wrong with one entry, or with the archive where `name` is empty.

    has_place  the name is a safe one: only the content cannot be had
    """

    name: str
    message: str
    has_place: bool = False
    size: int = 0


@frozen
class Listing:
    entries: tuple[Entry, ...] = ()
    problems: tuple[ArchiveProblem, ...] = ()


DEFAULT_LIMITS = Limits()


def list_archive(file: BinaryIO, limits: Limits = DEFAULT_LIMITS, same: Callable[[str], str] = fold) -> Listing:
    """List the safe entries and the problems of a ZIP; reads nothing but its table of contents.

    same  gives one text for all names that the place to unpack to takes for one
    Raises OSError only where the file itself cannot be read.
    """
    try:
        start, table, shift = table_of_contents(file, limits.directory)
        found = list(records(table, shift, limits.entries + 1))
    except ArchiveError as error:
        return Listing(problems=(ArchiveProblem("", str(error)),))
    problems = []
    if len(found) > limits.entries:
        problems.append(ArchiveProblem("", f"holds more than {limits.entries:,} entries; the rest was not read"))
        found.pop()
    ends = _ends(found, start)
    entries, names = [], _Names(limits.entries, same)
    total = 0
    for record, end in zip(found, ends, strict=True):
        if message := _name_problem(record) or names.problem(record.name):
            problems.append(ArchiveProblem(record.name, message))
            continue
        message = _content_problem(record, end, limits)
        if not message and total + record.size > limits.total:
            message = f"would take the archive over the {limits.total / 1e9:.3g} GB that are unpacked at most"
        if message:
            problems.append(ArchiveProblem(record.name, message, has_place=True, size=record.size))
            continue
        total += record.size
        entries.append(_entry(record, end))
    return Listing(tuple(entries), tuple(problems))


def content(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Yield an entry's bytes in pieces, never more than it declares; raise ArchiveError where it lied."""
    file.seek(entry.offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise ArchiveError("is damaged: there is no entry where the table of contents says")
    _, _, flags, method, _, _, _, _, _, name_length, extra_length = _LOCAL.unpack(header)
    if file.read(name_length) != entry.raw_name or method != entry.method or flags & 1:
        raise ArchiveError("has another name or packing in the archive than in its table of contents")
    start = entry.offset + _LOCAL.size + name_length + extra_length
    if start + entry.packed > entry.end:
        raise ArchiveError("overlaps with another entry")
    file.seek(start)
    pieces = _stored(file, entry.packed) if entry.method == _STORED else _inflated(file, entry)
    size = crc = 0
    for piece in pieces:
        size += len(piece)
        if size > entry.size:
            raise ArchiveError(f"holds more than the {entry.size:,} bytes that it declares")
        crc = zlib.crc32(piece, crc)
        yield piece
    if size < entry.size:
        raise ArchiveError(f"is cut short: {size:,} of {entry.size:,} bytes are there")
    if crc != entry.crc:
        raise ArchiveError("is damaged: its checksum does not match")


def _stored(file: BinaryIO, packed: int) -> Iterator[bytes]:
    while packed > 0 and (piece := file.read(min(packed, _CHUNK))):
        packed -= len(piece)
        yield piece


def _inflated(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    inflater, packed = zlib.decompressobj(-zlib.MAX_WBITS), entry.packed
    try:
        while not inflater.eof:
            piece = inflater.unconsumed_tail
            if not piece:
                piece = file.read(min(packed, _CHUNK))
                packed -= len(piece)
            unpacked = inflater.decompress(piece, _CHUNK)
            if not piece and not unpacked:
                return
            if unpacked:
                yield unpacked
    except zlib.error:
        raise ArchiveError("is damaged: it cannot be unpacked") from None


def _ends(found: list[Record], table: int) -> list[int]:
    """Return for each record where the next one's header, or the table of contents, begins."""
    order = sorted(range(len(found)), key=lambda index: found[index].offset)
    ends = [table] * len(found)
    for index, following in pairwise(order):
        ends[index] = min(found[following].offset, table)
    return ends


class _Names:
    """The names so far: none may come twice, also not where only `same` takes two for one."""

    def __init__(self, most_folders: int, same: Callable[[str], str]) -> None:
        self.most_folders = most_folders
        self.same = same
        self.files: dict[str, str] = {}
        self.folders: set[str] = set()

    def problem(self, name: str) -> str:
        is_folder, path = name.endswith("/"), name.rstrip("/")
        key = self.same(path)
        parents = [key[: match.start()] for match in re.finditer("/", key)] + ([key] if is_folder else [])
        if not is_folder and key in self.files:
            same = self.files[key] == path
            return "is in the archive twice; the first was taken" if same else (
                "has a name that differs from another only in case or accents; the first was taken"
            )  # fmt: skip
        if any(parent in self.files for parent in parents) or (not is_folder and key in self.folders):
            return "is a file and a folder at once; the first was taken"
        if len(self.folders) + len(parents) > self.most_folders:
            return f"is in more than {self.most_folders:,} folders"
        self.folders.update(parents)
        if not is_folder:
            self.files[key] = path
        return ""


def _name_problem(record: Record) -> str:
    name, raw = record.name, record.raw_name
    parts = name.removesuffix("/").split("/")
    if b"\0" in raw:
        return "has a name with a zero byte in it"
    if name.startswith("/") or re.match("[A-Za-z]:", name):
        return "has an absolute path: pack it relative to the delivery"
    if "\\" in name:
        return "has a name with backslashes: pack it again with '/' between folders"
    if ".." in parts:
        return "leads out of the delivery ('..')"
    if "" in parts or "." in parts:
        return "has a path with an empty part or '.' in it"
    if len(parts) > _DEPTH:
        return f"is nested more than {_DEPTH} folders deep"
    if os.name == "nt" and any(_RESERVED.fullmatch(part) for part in parts):
        return "has a name that Windows does not allow"
    return ""


def _content_problem(record: Record, end: int, limits: Limits) -> str:
    kind = stat.S_IFMT(record.attributes >> 16) if record.system in (_UNIX, _MACOS) else 0
    if kind == stat.S_IFLNK:
        return "is a symbolic link: pack the file itself"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a special file"
    if record.flags & 0x2041:  # encrypted, strongly, or the table of contents too
        return "is encrypted: pack it without a password"
    if record.method not in (_STORED, _DEFLATED):
        method = _NAMES.get(record.method, f"method {record.method}")
        return f"is packed with {method}, which is not read here: pack it with Deflate"
    if record.offset < 0 or record.offset + _LOCAL.size + len(record.raw_name) + record.packed > end:
        return "overlaps with another entry or the table of contents"
    if record.method == _STORED and record.size != record.packed:
        return "declares two sizes that contradict each other"
    if record.size > limits.ratio_from and record.size > limits.ratio * record.packed:
        return f"would unpack to {record.size:,} bytes from {record.packed:,}: it looks like a ZIP bomb"
    return ""


def _entry(record: Record, end: int) -> Entry:
    executable = record.system in (_UNIX, _MACOS) and bool(record.attributes >> 16 & 0o100)
    return Entry(
        record.name.removesuffix("/"),
        record.name.endswith("/"),
        record.size,
        record.packed,
        record.crc,
        record.method,
        record.offset,
        end,
        record.raw_name,
        executable,
    )
