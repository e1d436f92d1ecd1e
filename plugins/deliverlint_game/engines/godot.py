"""Godot, by the header of its pack: beside the program, or in it with a trailer at its end.

A pack begins with GDPC, the format of the pack and the engine's version in three 32-bit words (formats 0 to 4).
The trailer of an embedded pack is its length in 64 bits and GDPC once more.
"""

from __future__ import annotations

import struct

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Tree

MAGIC = b"GDPC"
_NEWEST_FORMAT = 4
_LARGEST_NUMBER = 99


def detect(tree: Tree) -> Evidence | None:
    heads = [entry.head for entry in tree.ending(".pck") if entry.head.startswith(MAGIC)]
    for entry, _ in tree.executables if not heads else ():
        try:
            with BoundedFile(tree.where(entry)) as file:
                heads.append(embedded(file))
        except (OSError, Malformed):
            continue
    versions = {version_of(head) for head in heads if head}
    if not versions:
        return None
    return Evidence("Godot", versions.pop() if len(versions) == 1 else "")


def version_of(head: bytes) -> str:
    """Return the version in a pack's header; empty where its format is not known or the numbers cannot be."""
    if len(head) < 20:
        return ""
    written, major, minor, patch = struct.unpack("<IIII", head[4:20])
    if written > _NEWEST_FORMAT or max(major, minor, patch) > _LARGEST_NUMBER or not major:
        return ""
    return f"{major}.{minor}.{patch}"


def embedded(file: BoundedFile) -> bytes:
    """Return the header of the pack at the end of a program; empty where there is none."""
    if file.size < 32:
        return b""
    length, magic = struct.unpack("<Q4s", file.at(file.size - 12, 12))
    if magic != MAGIC or not 20 <= length <= file.size - 12:
        return b""
    head = file.at(file.size - 12 - length, 20)
    return head if head.startswith(MAGIC) else b""
