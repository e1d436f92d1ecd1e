"""Where rulesets lie, and which one a name means."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from deliverlint.problem import Problem
from deliverlint.ruleset.errors import RulesetError
from deliverlint.wording import did_you_mean, listed, printable

FILE = "ruleset.yaml"


def available(folders: Iterable[Path]) -> dict[str, Path]:
    """Return every ruleset of the folders by its id `kind/name` (from its place: `<kind>/<name>/ruleset.yaml`)."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"*/*/{FILE}")):
            found.setdefault(f"{path.parent.parent.name}/{path.parent.name}", path)
    return found


def locate(name: str, folders: Iterable[Path]) -> tuple[str, Path]:
    """Return (id or path as shown, file) for a path, an id or the last part of one; raises RulesetError.

    A path is taken as one where it starts with `.` or `/`, ends in `.yaml`, or is a folder with a ruleset.yaml.
    """
    as_path = Path(name)
    looks_like_path = name.startswith((".", os.sep, "~")) or name.endswith((".yaml", ".yml")) or as_path.is_absolute()
    if not looks_like_path and not _is_file(as_path / FILE):
        return locate_id(name, folders)
    path = as_path / FILE if _is_file(as_path / FILE) else as_path
    if not _is_file(path):
        raise RulesetError([Problem(printable(name, 200), 0, 0, "there is no ruleset here")])
    return path.as_posix(), path


def locate_id(name: str, folders: Iterable[Path]) -> tuple[str, Path]:
    """Return (id, file) for an id or the last part of one, never for a path; raises RulesetError."""
    known = available(folders)
    if name in known:
        return name, known[name]
    shown = printable(name, 80)
    endings = [full for full in known if full.rsplit("/", 1)[1] == name]
    if len(endings) == 1:
        return endings[0], known[endings[0]]
    if endings:
        raise RulesetError([Problem(shown, 0, 0, f"could be {listed(endings, 'or')}: say which")])
    shorter = {full.rsplit("/", 1)[1] for full in known}
    hint = did_you_mean(name, [*known, *shorter]) or "; `deliverlint rulesets` lists what there is"
    raise RulesetError([Problem(shown, 0, 0, f"is no ruleset that is installed here{hint}")])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
