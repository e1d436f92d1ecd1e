"""Java: a program archive with a runtime beside it, whose `release` file states its version."""

from __future__ import annotations

import re

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Tree

_VERSION = re.compile(r'^JAVA_VERSION="([\d._]+)"', re.M)
_RUNTIME = ("jvm.dll", "libjvm.so", "libjvm.dylib")
_LARGEST_FILE = 16_384


def detect(tree: Tree) -> Evidence | None:
    if not tree.named(*_RUNTIME) or not any(entry.head.startswith(b"PK") for entry in tree.ending(".jar")):
        return None
    for entry in tree.named("release"):
        try:
            with BoundedFile(tree.where(entry)) as file:
                match = _VERSION.search(file.read(_LARGEST_FILE).decode("utf-8", "replace"))
        except (OSError, Malformed):
            continue
        if match:
            return Evidence("Java", match[1])
    return Evidence("Java")
