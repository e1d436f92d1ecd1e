"""MonoGame and FNA, by their assembly and the version in its resource."""

from __future__ import annotations

import re

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import Evidence
from deliverlint_game.executables.pe_version import version_strings
from deliverlint_game.tree import Entry, Tree

_ASSEMBLIES = {"monogame.framework.dll": "MonoGame", "fna.dll": "FNA"}
_VERSION = re.compile(r"\d+(\.\d+){1,3}")


def detect(tree: Tree) -> Evidence | None:
    for name, engine in _ASSEMBLIES.items():
        for entry in tree.named(name):
            if entry.head[:2] == b"MZ":
                return Evidence(engine, _version(tree, entry))
    return None


def _version(tree: Tree, entry: Entry) -> str:
    try:
        with BoundedFile(tree.where(entry)) as file:
            match = _VERSION.match(version_strings(file).get("FileVersion", ""))
    except (OSError, Malformed):
        return ""
    return match[0] if match else ""
