"""A delivery that comes as a ZIP: unpacked into a private folder for as long as it is open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from deliverlint.delivery.archive import ArchiveProblem
from deliverlint.delivery.manifest import MANIFEST
from deliverlint.delivery.model import File, Note
from deliverlint.delivery.names import shown_name
from deliverlint.delivery.sniff import open_regular
from deliverlint.delivery.unpack import unpack
from deliverlint.delivery.walk import walk

_MOST_PROBLEMS = 200
_NOT_DELIVERED = "__MACOSX"  # what the Finder packs beside everything


@contextmanager
def unpacked(archive: Path, identity: str) -> Iterator[tuple[Path, list[File], list[Note]]]:
    """Give the folder that the delivery lies in, its files and what is wrong; the folder is gone at the end.

    A single folder that everything lies in is the delivery itself. An entry that could not be unpacked is a
    file with an obstacle. Files are identified by the archive's `identity` and their entry's name.
    """
    folder = Path(os.path.realpath(mkdtemp(prefix="deliverlint-")))  # mode 0700
    try:
        with open_regular(archive) as source:
            problems = unpack(source, folder)
        prefix = _wrapper(folder, archive.stem)
        root = folder / prefix
        files, notes = walk(root, lambda path, _status: f"{identity}!{prefix}{path}" if identity else "")
        files = sorted([*files, *_lost(problems, files, folder, prefix)], key=lambda file: file.path)
        yield root, files, [*_notes(problems, archive), *notes]
    finally:
        rmtree(folder, ignore_errors=True)


def _wrapper(folder: Path, stem: str) -> str:
    """Return `name/` where everything lies in one folder that has a manifest or the ZIP's own name."""
    with os.scandir(folder) as entries:
        tops = [entry for entry in entries if entry.name != _NOT_DELIVERED]
    if len(tops) != 1 or not tops[0].is_dir():
        return ""
    name = tops[0].name
    is_delivery = (folder / name / MANIFEST).is_file() or name.casefold() == stem.casefold()
    return f"{name}/" if is_delivery else ""


def _lost(problems: list[ArchiveProblem], files: list[File], folder: Path, prefix: str) -> Iterator[File]:
    known = {file.path for file in files}
    for problem in problems:
        path = shown_name(problem.name).removeprefix(prefix)
        if problem.has_place and path not in known and not path.endswith("/"):
            known.add(path)
            yield File(path, str(folder / problem.name), problem.size, obstacle=problem.message)


def _notes(problems: list[ArchiveProblem], archive: Path) -> Iterator[Note]:
    for problem in problems[:_MOST_PROBLEMS]:
        yield Note("archive-safe", shown_name(problem.name or archive.name), problem.message)
    if len(problems) > _MOST_PROBLEMS:
        more = f"has {len(problems) - _MOST_PROBLEMS:,} more entries that are not safe"
        yield Note("archive-safe", shown_name(archive.name), more)
