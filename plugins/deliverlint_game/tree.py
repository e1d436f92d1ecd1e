"""One pass over a build: every file with its size and first 64 bytes, and nothing outside the build."""

from __future__ import annotations

import gc
import os
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from deliverlint_game.executables import FIRST_BYTES, format_of
from deliverlint_game.executables.model import Format

HEAD = 64
MOST_FILES = 500_000
# Version control and editor folders: reported as one piece of junk, and nothing in them is looked at.
CLOSED_FOLDERS = frozenset({".git", ".svn", ".hg", ".bzr", ".vs", ".vscode", ".idea", ".dsym", "__macosx"})

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
# Where the system can, files are opened from their open folder: that is quicker than the whole path each time, and
# no folder can be put in another's place meanwhile.
_FROM_FOLDER = os.open in os.supports_dir_fd and os.scandir in os.supports_fd


class TooManyFiles(Exception):
    """The build holds more files than are looked at."""


class Entry(NamedTuple):
    """One file: `path` inside the build with slashes, `name` and `ending` in lower case."""

    path: str
    name: str
    ending: str
    size: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Tree:
    """A build as it lies on the disk.

    files        in no order
    executables  files that begin as an executable does, and as which kind
    folders      paths of folders, without a trailing slash
    closed       folders whose contents are only counted
    links        symbolic links and where they lead, as written
    unreadable   files and folders that cannot be opened, with the reason
    files_inside, bytes_inside   of closed folders
    """

    root: Path
    files: tuple[Entry, ...] = ()
    executables: tuple[tuple[Entry, Format], ...] = ()
    folders: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    files_inside: int = 0
    bytes_inside: int = 0
    by_ending: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    by_first_byte: Mapping[bytes, Sequence[Entry]] = field(default_factory=dict)

    def named(self, *names: str) -> list[Entry]:
        """Return the files with one of these lower-case names, those with the first name first."""
        endings = {ending_of(name) for name in names}
        found = [entry for ending in endings for entry in self.by_ending.get(ending, ()) if entry.name in names]
        return sorted(found, key=lambda entry: (names.index(entry.name), entry.path))

    def ending(self, *endings: str) -> list[Entry]:
        """Return the files with one of these lower-case endings, sorted."""
        return sorted(entry for ending in endings for entry in self.by_ending.get(ending, ()))

    def beginning(self, *heads: bytes) -> list[Entry]:
        """Return the files that begin with one of these, sorted."""
        firsts = {head[:1] for head in heads}
        found = (entry for first in firsts for entry in self.by_first_byte.get(first, ()))
        return sorted(entry for entry in found if entry.head.startswith(heads))

    def empty(self) -> list[Entry]:
        """Return the files of no bytes, sorted."""
        return sorted(entry for entry in self.by_first_byte.get(b"", ()) if not entry.size)

    def where(self, entry: Entry) -> Path:
        return self.root / entry.path


class _Found:
    """What the pass has found so far; the files are sorted into their kinds while they are at hand."""

    def __init__(self) -> None:
        self.files: list[Entry] = []
        self.by_ending: defaultdict[str, list[Entry]] = defaultdict(list)
        self.by_first_byte: defaultdict[bytes, list[Entry]] = defaultdict(list)
        self.folders: list[str] = []
        self.closed: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.unreadable: list[tuple[str, str]] = []
        self.files_inside = 0
        self.bytes_inside = 0

    def enough(self) -> bool:
        return len(self.files) + self.files_inside + len(self.folders) > MOST_FILES


def ending_of(name: str) -> str:
    """Return the ending of a file name with its dot; a name that is all ending, such as .env, has none."""
    dot = name.rfind(".")
    return name[dot:] if dot > 0 else ""


def walk(root: Path) -> Tree:
    """Look at every file of a tree once; links are noted and never followed.

    Raises OSError where the root cannot be opened and TooManyFiles where there is no end to it.
    """
    with os.scandir(root):
        pass
    found = _Found()
    waiting = [("", False)]
    while waiting:
        folder, is_closed = waiting.pop()
        waiting += _folder(os.fspath(root), folder, is_closed, found)
        if found.enough():
            raise TooManyFiles(f"holds more than {MOST_FILES} files and folders")
    programs = sorted(entry for first in FIRST_BYTES for entry in found.by_first_byte.get(first, ()))
    return Tree(
        root=root,
        files=tuple(found.files),
        executables=tuple((entry, kind) for entry in programs if (kind := format_of(entry.head))),
        folders=tuple(sorted(found.folders)),
        closed=tuple(sorted(found.closed)),
        links=tuple(sorted(found.links)),
        unreadable=tuple(sorted(found.unreadable)),
        files_inside=found.files_inside,
        bytes_inside=found.bytes_inside,
        by_ending=found.by_ending,
        by_first_byte=found.by_first_byte,
    )


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the collector from going through a hundred thousand small values again and again; none is in a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _folder(root: str, folder: str, is_closed: bool, found: _Found) -> list[tuple[str, bool]]:
    """Look at one folder; return the folders in it and whether they are closed."""
    prefix = f"{folder}/" if folder else ""
    inner: list[tuple[str, bool]] = []
    with ExitStack() as stack:
        place = f"{root}/{folder}" if folder else root
        try:
            handle = stack.enter_context(_open(place)) if _FROM_FOLDER else None
            entries = stack.enter_context(os.scandir(place if handle is None else handle))
        except OSError as error:
            found.unreadable.append((prefix, error.strerror or "cannot be opened"))
            return inner
        for item in entries:
            path = prefix + item.name
            if item.is_file(follow_symlinks=False) and not is_closed:
                _file(item, handle, path, found)
            elif item.is_symlink() or _is_junction(item):
                if not is_closed:
                    found.links.append((path, _target(item, handle)))
            elif item.is_dir(follow_symlinks=False):
                closes = is_closed or _closes(item.name)
                if not closes:
                    found.folders.append(path)
                elif not is_closed:
                    found.closed.append(path)
                inner.append((path, closes))
            elif is_closed:
                found.files_inside += 1
                found.bytes_inside += item.stat(follow_symlinks=False).st_size
            else:
                found.unreadable.append((path, "is neither a file nor a folder"))
            if len(found.files) > MOST_FILES:
                break
    return inner


@contextmanager
def _open(folder: str) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _file(item: os.DirEntry[str], folder: int | None, path: str, found: _Found) -> None:
    """Look at one file, whose path is relative to the open folder where there is one."""
    name = item.name.lower()
    try:
        handle = os.open(item.path, _FLAGS, dir_fd=folder)
        try:
            head = os.read(handle, HEAD)
            # A head shorter than asked for is the whole file; where a file ends is told quicker than all its status.
            size = len(head) if len(head) < HEAD else os.lseek(handle, 0, os.SEEK_END)
        finally:
            os.close(handle)
    except OSError as error:
        head, size = b"", item.stat(follow_symlinks=False).st_size
        found.unreadable.append((path, error.strerror or "cannot be opened"))
    ending = ending_of(name)
    entry = Entry(path, name, ending, size, head)
    found.files.append(entry)
    found.by_ending[ending].append(entry)
    found.by_first_byte[head[:1]].append(entry)


def _closes(name: str) -> bool:
    folded = name.lower()
    return folded in CLOSED_FOLDERS or folded.endswith(".dsym")


def _is_junction(item: os.DirEntry[str]) -> bool:
    """Say whether a folder of Windows leads elsewhere; on other systems there are only links."""
    if os.name != "nt":
        return False
    attributes = getattr(item.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400)) and item.is_dir()


def _target(item: os.DirEntry[str], folder: int | None) -> str:
    try:
        return os.readlink(item.path, dir_fd=folder)
    except OSError:
        return ""
