"""LÖVE, by its library; a game joined to the program still brings it."""

from __future__ import annotations

import re

from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Tree

_LIBRARY = re.compile(r"love\.dll|liblove(-(?P<version>\d+\.\d+))?\.(so(\.[\d.]+)?|dylib)")


def detect(tree: Tree) -> Evidence | None:
    found = [match for entry, _ in tree.executables if (match := _LIBRARY.fullmatch(entry.name)) is not None]
    if not found:
        return None
    versions = {match["version"] for match in found if match["version"]}
    return Evidence("LÖVE", versions.pop() if len(versions) == 1 else "")
