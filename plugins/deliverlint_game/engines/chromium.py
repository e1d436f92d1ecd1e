"""Electron and NW.js: programs that carry a browser."""

from __future__ import annotations

import re

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Tree

_VERSION = re.compile(r"v?(\d+\.\d+\.\d+)\s*")


def detect(tree: Tree) -> Evidence | None:
    resources = tree.named("chrome_100_percent.pak")
    if tree.named("nw_100_percent.pak") and (resources or tree.named("nw.dll", "libnw.so")):
        return Evidence("NW.js")
    if resources and tree.named("app.asar", "electron.asar", "default_app.asar"):
        return Evidence("Electron", _version(tree))
    return None


def _version(tree: Tree) -> str:
    """Electron's own distribution has its version in a file of that name."""
    for entry in tree.named("version"):
        try:
            with BoundedFile(tree.where(entry)) as file:
                match = _VERSION.fullmatch(file.text_at(0, 64))
        except (OSError, Malformed):
            continue
        if match:
            return match[1]
    return ""
