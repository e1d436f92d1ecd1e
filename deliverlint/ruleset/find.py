"""Where rulesets lie, and which one a name means."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from deliverlint.problem import Problem
from deliverlint.ruleset.errors import RulesetError
from deliverlint.wording import did_you_mean, listed

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
    if looks_like_path or (as_path / FILE).is_file():
        path = as_path / FILE if as_path.is_dir() else as_path
        if not path.is_file():
            raise RulesetError([Problem(name, 0, 0, "there is no ruleset here")])
        return path.as_posix(), path
    known = available(folders)
    if name in known:
        return name, known[name]
    endings = [full for full in known if full.rsplit("/", 1)[1] == name]
    if len(endings) == 1:
        return endings[0], known[endings[0]]
    if endings:
        raise RulesetError([Problem(name, 0, 0, f"could be {listed(endings, 'or')}: say which")])
    shorter = {full.rsplit("/", 1)[1] for full in known}
    hint = did_you_mean(name, [*known, *shorter]) or "; `deliverlint rulesets` lists what there is"
    raise RulesetError([Problem(name, 0, 0, f"is no ruleset that is installed here{hint}")])
