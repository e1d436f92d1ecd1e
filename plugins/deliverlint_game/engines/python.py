"""pygame and Panda3D, by their compiled modules; the version by the folder of their metadata."""

from __future__ import annotations

import re

from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Tree

_MODULES = {
    "pygame": re.compile(r"(?:.*/)?pygame/base\.[^/]*(?:pyd|so)"),
    "Panda3D": re.compile(r"(?:.*/)?(?:panda3d/core\.[^/]*(?:pyd|so)|libpanda(?:express)?\.[^/]*)"),
}
_METADATA = {
    "pygame": re.compile(r"(?:.*/)?pygame(?:_ce)?-(\d+(?:\.\d+)+)\.dist-info", re.I),
    "Panda3D": re.compile(r"(?:.*/)?panda3d-(\d+(?:\.\d+)+)\.dist-info", re.I),
}


def detect(tree: Tree) -> Evidence | None:
    for engine, module in _MODULES.items():
        if any(module.fullmatch(entry.path.lower()) for entry, _ in tree.executables):
            versions = {match[1] for path in tree.folders if (match := _METADATA[engine].fullmatch(path))}
            return Evidence(engine, versions.pop() if len(versions) == 1 else "")
    return None
