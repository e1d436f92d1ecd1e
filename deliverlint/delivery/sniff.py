"""Recognising what a file is from its name and its first 4 KiB, and a folder from the names in it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from deliverlint.delivery.model import File
from deliverlint.spec import FileType, TreeType

HEAD = 4096
EMPTY = "is empty (0 bytes)"
LFS_POINTER = "is a Git LFS pointer: fetch the real file with `git lfs pull`"
_LFS_HEADS = (b"version https://git-lfs.github.com/spec/", b"version https://hawser.github.com/spec/")
_LFS_SIZE = 1024
_ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Never wait for a pipe that took the file's place, never follow a link that did.
_OPEN = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _OPEN |= getattr(os, _flag, 0)


class Sniffer:
    """The file types of a catalogue, sorted for looking them up by a file's first bytes or name."""

    def __init__(self, types: Sequence[FileType]) -> None:
        self._by_first: dict[int, list[FileType]] = {}
        self._anywhere: list[FileType] = []
        self._texts = [kind for kind in types if not kind.magic and kind.accepts]
        self._texts_by_ending: dict[str, list[FileType]] = {}
        self._names = [kind for kind in types if not kind.magic and not kind.accepts]
        self._endings: dict[str, set[str]] = {}
        for kind in types:
            for ending in kind.extensions:
                self._endings.setdefault(kind.media, set()).add(_plain(ending))
            firsts = {_first_byte(marks) for marks in kind.magic}
            if None in firsts:
                self._anywhere.append(kind)
            else:
                for first in firsts:
                    self._by_first.setdefault(first, []).append(kind)  # type: ignore[arg-type]

    def recognise(self, head: bytes, name: str) -> FileType | None:
        """Return the type with the strongest evidence: bytes at fixed places, then content, then the name."""
        ending = name.rpartition(".")[2].lower()
        marked = [*(self._by_first.get(head[0], ()) if head else ()), *self._anywhere]
        best: FileType | None = None
        strength = (0, False, False)
        for kind in marked:
            length = _marks_found(kind, head)
            if not length:
                continue
            found = (length, kind.accepts is not None, _has_ending(kind, ending))
            if found > strength and _accepts(kind, head):
                best, strength = kind, found
        if best:
            return best
        texts = self._texts_by_ending.get(ending)
        if texts is None:
            texts = sorted(self._texts, key=lambda kind: not _has_ending(kind, ending))
            self._texts_by_ending[ending] = texts
        for kind in texts:
            if _accepts(kind, head):
                return kind
        return next((kind for kind in self._names if _has_ending(kind, ending)), None)

    def carries(self, media: str, name: str) -> bool:
        """Say whether files of this medium normally have this name's ending."""
        lower = name.lower()
        return any(lower.endswith(f".{ending}") for ending in self._endings.get(media, ()))

    def look(self, file: File) -> File:
        """Return the file with its medium and format, or with what keeps anything of it from being measured."""
        if file.media or file.format or file.obstacle or file.is_tree:
            return file
        if not file.size:
            return file._replace(obstacle=EMPTY)
        try:
            head = read_head(file.place)
        except OSError as problem:
            return file._replace(obstacle=f"cannot be read: {(problem.strerror or 'unknown error').lower()}")
        if file.size <= _LFS_SIZE and head.startswith(_LFS_HEADS):
            return file._replace(obstacle=LFS_POINTER)
        kind = self.recognise(head, file.path)
        return file._replace(media=kind.media, format=kind.format) if kind else file


def open_regular(path: str | Path) -> BinaryIO:
    """Open a regular file; raise OSError where it is none or cannot be read. Never waits, never follows a link."""
    handle = os.open(path, _OPEN)
    try:
        _check_regular(handle)
        return os.fdopen(handle, "rb")
    except OSError:
        os.close(handle)
        raise


def read_head(path: str | Path) -> bytes:
    """Return the first 4 KiB of a regular file; raise OSError as `open_regular` does, but quicker."""
    handle = os.open(path, _OPEN)
    try:
        _check_regular(handle)
        return os.read(handle, HEAD)
    finally:
        os.close(handle)


def _check_regular(handle: int) -> None:
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")


def is_zip(head: bytes) -> bool:
    return head.startswith(_ZIP_HEADS)


def recognise_tree(names: frozenset[str], types: Sequence[TreeType]) -> TreeType | None:
    """Return the first tree type that accepts the names directly in a folder (folders end with `/`)."""
    for kind in types:
        try:
            if kind.accepts(names):
                return kind
        except Exception:  # a stranger's code must not stop the others
            continue
    return None


def _plain(ending: str) -> str:
    return ending.lower().lstrip(".")


def _first_byte(marks: tuple[tuple[int, bytes], ...]) -> int | None:
    return next((mark[0] for offset, mark in marks if offset == 0 and mark), None)


def _marks_found(kind: FileType, head: bytes) -> int:
    """Return how many bytes of the longest alternative were found."""
    return max(
        (
            sum(len(mark) for _, mark in marks)
            for marks in kind.magic
            if all(head.startswith(mark, offset) for offset, mark in marks)
        ),
        default=0,
    )


def _has_ending(kind: FileType, ending: str) -> bool:
    return any(_plain(own).rpartition(".")[2] == ending for own in kind.extensions)


def _accepts(kind: FileType, head: bytes) -> bool:
    try:
        return kind.accepts is None or bool(kind.accepts(head))
    except Exception:  # a stranger's code must not stop the others
        return False
