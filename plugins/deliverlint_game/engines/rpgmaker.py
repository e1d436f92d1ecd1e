"""RPG Maker: MV and MZ by their JavaScript core, XP to VX Ace by their archives, 2000 and 2003 by their database."""

from __future__ import annotations

import re

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Tree

_VERSION = re.compile(r"""Utils\.RPGMAKER_VERSION\s*=\s*['"](\d+\.\d+\.\d+)['"]""")
_NAME = re.compile(r"""Utils\.RPGMAKER_NAME\s*=\s*['"](MV|MZ)['"]""")
_LARGEST_CORE = 900_000
_ARCHIVES = (".rgssad", ".rgss2a", ".rgss3a")


def detect(tree: Tree) -> Evidence | None:
    for entry in tree.named("rpg_core.js", "rmmz_core.js"):
        try:
            with BoundedFile(tree.where(entry)) as file:
                text = file.read(min(file.size, _LARGEST_CORE)).decode("utf-8", "replace")
        except (OSError, Malformed):
            continue
        if _NAME.search(text):
            version = _VERSION.search(text)
            return Evidence("RPG Maker", version[1] if version else "")
    if any(entry.head.startswith(b"RGSSAD\0") for entry in tree.ending(*_ARCHIVES)):
        return Evidence("RPG Maker")
    if any(entry.head.startswith(b"\x0bLcfDataBase") for entry in tree.named("rpg_rt.ldb")):
        return Evidence("RPG Maker")
    return None
