"""GameMaker, by the FORM container whose first chunk is GEN8.

GEN8: a byte that tells whether the debugger is off, the bytecode's version, and at offset 44 four 32-bit
words of version. From 2022 on GameMaker has left these words as they were, so they only name 1.x.
"""

from __future__ import annotations

import struct

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import BuildKind, Evidence
from deliverlint_game.tree import Tree

_DATA = ("data.win", "game.unx", "game.ios", "game.droid")
_CHUNK = 16  # FORM, its length, GEN8, its length
_BYTECODES = range(8, 32)


def detect(tree: Tree) -> Evidence | None:
    for entry in tree.named(*_DATA):
        if entry.head[:4] == b"FORM" and entry.head[8:12] == b"GEN8":
            try:
                with BoundedFile(tree.where(entry)) as file:
                    return read(file.at(_CHUNK, 60))
            except (OSError, Malformed):
                return Evidence("GameMaker")
    return None


def read(chunk: bytes) -> Evidence:
    """Read the first 60 bytes of a GEN8 chunk."""
    debugger_off, bytecode = chunk[0], chunk[1]
    if bytecode not in _BYTECODES or debugger_off > 1:
        return Evidence("GameMaker")
    major, minor, release, build = struct.unpack("<IIII", chunk[44:60])
    kind: BuildKind = "" if debugger_off else "development"
    if major != 1 or max(minor, release, build) > 99_999:
        return Evidence("GameMaker", "", kind)
    return Evidence("GameMaker", f"{major}.{minor}.{release}.{build}", kind)
