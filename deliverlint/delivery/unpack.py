"""Unpacking the safe entries of a ZIP into a private folder."""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from deliverlint.delivery.archive import DEFAULT_LIMITS, ArchiveProblem, Entry, Limits, content, list_archive
from deliverlint.delivery.names import fold
from deliverlint.delivery.walk import reason
from deliverlint.delivery.ziptable import ArchiveError

_SPARE = 1 << 28  # bytes of the disk that are left for others
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
for _flag in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
    _CREATE |= getattr(os, _flag, 0)


def unpack(file: BinaryIO, folder: Path, limits: Limits = DEFAULT_LIMITS) -> list[ArchiveProblem]:
    """Write every safe entry below `folder`, which must be empty; return what is wrong with the others."""
    from shutil import disk_usage

    free = disk_usage(folder).free - _SPARE
    if free < limits.total:
        limits = replace(limits, total=max(free, 0))
    # As in a folder: two names that differ only in case are two files where the system can tell them apart.
    listing = list_archive(file, limits, str if _tells_names_apart(folder) else fold)
    problems, is_full = list(listing.problems), False
    for entry in listing.entries:
        message = "is not unpacked: the disk is full"
        if not is_full:
            try:
                message = _write(file, entry, folder)
            except OSError as problem:
                is_full = problem.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
                message = message if is_full else f"cannot be unpacked: {reason(problem)}"
        if message:
            problems.append(ArchiveProblem(entry.name, message, has_place=True, size=entry.size))
    return problems


def _tells_names_apart(folder: Path) -> bool:
    """Say whether names that differ only in case, or in how an accent is written, are two files in `folder`."""
    try:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            for name, other in (("a", "A"), ("\u00e9", "e\u0301")):
                (Path(place) / name).touch()
                if os.path.lexists(Path(place) / other):
                    return False
    except (OSError, UnicodeError):  # a full disk, or one that cannot write such names at all
        return False
    return True


def _write(file: BinaryIO, entry: Entry, folder: Path) -> str:
    """Write one entry; return what is wrong with it, after which nothing of it is left."""
    place = folder / entry.name
    if entry.is_folder:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return ""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place, _CREATE, 0o700 if entry.executable else 0o600)
    try:
        with os.fdopen(handle, "wb") as target:
            for piece in content(file, entry):
                target.write(piece)
    except ArchiveError as error:
        place.unlink(missing_ok=True)
        return str(error)
    except OSError:
        place.unlink(missing_ok=True)
        raise
    return ""
