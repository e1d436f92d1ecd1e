"""Unity, by the header of its first data file.

A serialized file begins with four big-endian words: metadata size, file size, format and data offset. From
format 22 on the sizes follow once more in 64 bits. Then comes the engine's version as text.
"""

from __future__ import annotations

import re
import struct

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import BuildKind, Evidence
from deliverlint_game.executables.pe import read_pe
from deliverlint_game.tree import Entry, Tree

_DATA = ("globalgamemanagers", "maindata")
_FIRST_64_BIT_FORMAT = 22
_VERSION = re.compile(r"(\d{1,4}\.\d{1,2}\.\d{1,3}[abcfpx]\d{1,3})")
_BUNDLE = b"UnityFS\0"
_LARGEST_SETTINGS = 16_384


def detect(tree: Tree) -> Evidence | None:
    for entry in tree.named(*_DATA):
        if version := _serialized_version(tree, entry):
            return Evidence("Unity", version, _build_kind(tree))
    for entry in tree.named("data.unity3d"):
        if entry.head.startswith(_BUNDLE):
            # Signature, a 32-bit format, the oldest player that can read it, and the version that wrote it.
            texts = entry.head[len(_BUNDLE) + 4 :].split(b"\0")
            version = texts[1].decode("ascii", "replace") if len(texts) > 2 else ""
            return Evidence("Unity", version if _VERSION.fullmatch(version) else "", _build_kind(tree))
    return None


def _serialized_version(tree: Tree, entry: Entry) -> str:
    if len(entry.head) < 20:
        return ""
    written = struct.unpack(">I", entry.head[8:12])[0]
    if not 9 <= written <= 99:
        return ""
    start = 48 if written >= _FIRST_64_BIT_FORMAT else 20
    try:
        with BoundedFile(tree.where(entry)) as file:
            match = _VERSION.match(file.text_at(start, 32))
    except (OSError, Malformed):
        return ""
    return match[1] if match else ""


def _build_kind(tree: Tree) -> BuildKind:
    """Development players can be connected to, and their stub was linked under another name."""
    for entry in tree.named("boot.config"):
        try:
            with BoundedFile(tree.where(entry)) as file:
                if b"player-connection-debug=1" in file.read(_LARGEST_SETTINGS):
                    return "development"
        except (OSError, Malformed):
            continue
    for entry in (*tree.named("unityplayer.dll"), *tree.ending(".exe")):
        pdb = _pdb(tree, entry).lower()
        if "unity" not in pdb or "player" not in pdb:
            continue
        if "nondev" in pdb:
            return "release"
        if "_dev_" in pdb or "development" in pdb:
            return "development"
    return ""


def _pdb(tree: Tree, entry: Entry) -> str:
    if entry.head[:2] != b"MZ":
        return ""
    try:
        with BoundedFile(tree.where(entry)) as file:
            return read_pe(file).pdb or ""
    except (OSError, Malformed):
        return ""
