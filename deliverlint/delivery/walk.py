"""Finding every file of a folder without following anything out of it or opening what is no file."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from deliverlint.delivery.identity import identity_of
from deliverlint.delivery.model import File, Note
from deliverlint.delivery.names import name_problem, shown_name

MAX_FILES = 1_000_000
# The supplier's own book-keeping, where it lies at the root; deeper down it is junk that was handed over.
VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a Windows link that Python takes for a folder
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

Identify = Callable[[str, os.stat_result], str]


@dataclass(slots=True)
class Walk:
    """What was found so far."""

    root: Path
    identify: Identify
    files: list[File] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    odd: set[str] = field(default_factory=set)  # paths that are not shown as they are

    def note(self, path: str, message: str, unreadable: bool = False) -> None:
        self.notes.append(Note("file-readable" if unreadable else "path-safe", path, message))


def walk(root: Path, identify: Identify | None = None) -> tuple[list[File], list[Note]]:
    """Return every file below `root`, sorted by path and not yet opened, and what is wrong with names and links.

    `identify(path, status)` gives a file its identity. Raises OSError where `root` itself cannot be listed.
    """
    now = time.time_ns()
    found = Walk(root, identify or (lambda _path, status: identity_of(status, now)))
    folders = [(os.fspath(root), "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            folders += _list_folder(found, folder, prefix)
        except OSError as problem:
            if not prefix:
                raise
            found.note(prefix[:-1], f"is a folder that cannot be listed: {reason(problem)}", unreadable=True)
        if len(found.files) >= MAX_FILES:
            found.note("", f"holds more than {MAX_FILES:,} files; the rest was not looked at", unreadable=True)
            break
    found.files.sort(key=attrgetter("path"))
    return found.files, found.notes


def _list_folder(found: Walk, folder: str, prefix: str) -> list[tuple[str, str]]:
    """Add the files directly in one folder; return the folders in it, each with its prefix of shown paths."""
    inner = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if not prefix and name in VERSION_CONTROL:
                continue
            path, place = prefix + name, entry.path
            if problem := name_problem(name):
                path = _odd_path(found, prefix + shown_name(name))
                found.note(path, problem)
            try:
                status = entry.stat(follow_symlinks=False)
                if not status.st_ino:  # on Windows a directory entry knows only half
                    status = os.lstat(place)
            except OSError as problem_:
                _add_unreadable(found, path, place, problem_)
                continue
            if stat.S_ISREG(status.st_mode):
                found.files.append(_file(found, path, place, status))
            elif stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
                found.files.append(_link(found, path, place, status))
            elif stat.S_ISDIR(status.st_mode):
                inner.append((place, path + "/"))
            else:
                found.files.append(_special(path, place, status.st_mode))
            if len(found.files) >= MAX_FILES:
                break
    return inner


def _odd_path(found: Walk, path: str) -> str:
    """Keep two names apart that are escaped to the same text."""
    while path in found.odd:
        path += "~"
    found.odd.add(path)
    return path


def _file(found: Walk, path: str, place: str, status: os.stat_result) -> File:
    obstacle = ""
    if status.st_mode & 0o444 != 0o444 and not os.access(place, os.R_OK):
        obstacle = "cannot be read: permission denied"
        found.note(path, obstacle, unreadable=True)
    return File(path, place, status.st_size, identity=found.identify(path, status), obstacle=obstacle)


def _special(path: str, place: str, mode: int) -> File:
    kind = next((name for test, name in _SPECIAL if test(mode)), "neither a file nor a folder")
    return File(path, place, 0, obstacle=f"is {kind}; it was not opened")


def _add_unreadable(found: Walk, path: str, place: str, problem: OSError) -> None:
    obstacle = f"cannot be read: {reason(problem)}"
    found.note(path, obstacle, unreadable=True)
    found.files.append(File(path, place, 0, obstacle=obstacle))


def _link(found: Walk, path: str, place: str, own: os.stat_result) -> File:
    """Follow a link to a file of the delivery; any other becomes a file with an obstacle."""
    try:
        target = os.path.realpath(place, strict=True)
        status = Path(target).stat()
    except OSError as problem:
        loops = problem.errno == errno.ELOOP or getattr(problem, "winerror", 0) == 1921
        obstacle = f"is a link that {'leads to itself' if loops else f'leads nowhere (to {_target(place)})'}"
        found.note(path, f"{obstacle}; put the file itself there")
        return File(path, place, 0, obstacle=obstacle)
    inside = _relative(target, os.path.realpath(found.root))
    if inside is None:
        obstacle = f"is a link out of the delivery (to {_target(place)})"
        found.note(path, f"{obstacle}; put the file itself there")
        return File(path, place, 0, obstacle=obstacle)
    if stat.S_ISDIR(status.st_mode):
        obstacle = f"is a link to the folder '{shown_name(inside)}', whose files are judged there"
        return File(path, place, 0, identity=found.identify(path, own), obstacle=obstacle)
    if not stat.S_ISREG(status.st_mode):
        return _special(path, target, status.st_mode)
    return _file(found, path, target, status)


def _relative(target: str, root: str) -> str | None:
    """Return `target` relative to `root`, with slashes; None where it lies outside."""
    if target == root:
        return "."
    within = root.rstrip(os.sep) + os.sep
    if not os.path.normcase(target).startswith(os.path.normcase(within)):
        return None
    return target[len(within) :].replace(os.sep, "/")


def _target(place: str) -> str:
    try:
        return f"'{shown_name(str(Path(place).readlink()))[:200]}'"
    except OSError:
        return "a place unknown"


def reason(problem: OSError) -> str:
    """Say in a few plain words why the system refused."""
    return (problem.strerror or type(problem).__name__).lower()
