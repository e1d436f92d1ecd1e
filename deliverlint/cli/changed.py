"""Which deliveries changed files belong to (`--changed`, for commit hooks)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

MANIFEST = "delivery.yaml"


def deliveries_of(files: Iterable[str], root: Path) -> list[str]:
    """Return the nearest folder upwards of each file that holds a delivery.yaml, each once, in order.

    Files that have none belong to no delivery. A file inside `root` (the repository) is not looked for
    outside of it; a file that was deleted counts too.
    """
    top = _absolute(root)
    found: dict[Path, None] = {}
    seen: dict[Path, Path | None] = {}
    for file in files:
        path = _absolute(Path(file))
        folder = _nearest(path if path.is_dir() else path.parent, top, seen)
        if folder is not None:
            found[folder] = None
    return [str(folder.relative_to(top)) if folder.is_relative_to(top) else str(folder) for folder in found]


def _absolute(path: Path) -> Path:
    """Return the path from the root, `..` taken away and links kept: a changed link is changed where it stands."""
    return Path(os.path.normpath(path.absolute()))


def _nearest(folder: Path, top: Path, seen: dict[Path, Path | None]) -> Path | None:
    """Look upwards from a folder; `seen` remembers the answers of folders that were passed before."""
    if folder not in seen:
        if (folder / MANIFEST).is_file():
            seen[folder] = folder
        elif folder in (top, folder.parent):
            seen[folder] = None
        else:
            seen[folder] = _nearest(folder.parent, top, seen)
    return seen[folder]
