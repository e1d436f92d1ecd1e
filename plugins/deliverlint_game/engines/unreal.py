"""Unreal Engine, by its containers and the names of its programs."""

from __future__ import annotations

import re

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import BuildKind, Evidence
from deliverlint_game.executables.pe_version import version_strings
from deliverlint_game.tree import Entry, Tree

_PAK_MAGIC = b"\xe1\x12\x6f\x5a"  # FPakInfo, in the last bytes of a .pak
_LONGEST_TRAILER = 512
_TOC_MAGIC = b"-==--==--==--==-"  # FIoStoreTocHeader, at the start of a .utoc
_PROGRAM = re.compile(
    r"(?:.*/)?[^/]+/binaries/(?:win64|win32|linux|linuxarm64|mac)/(?P<name>[^/]+?)"
    r"(?:-(?:win64|win32|linux|linuxarm64|mac)-(?P<kind>shipping|test|debuggame|debug|development))?(?:\.exe)?"
)
_KINDS: dict[str, BuildKind] = {
    "shipping": "release",
    "test": "development",
    "debuggame": "development",
    "debug": "development",
    "development": "development",
}
_BRANCH = re.compile(r"\+\+UE[45]\+Release-(\d\.\d{1,2}(?:\.\d+)?)")


def detect(tree: Tree) -> Evidence | None:
    if not any(_is_container(tree, entry) for entry in tree.ending(".utoc", ".pak")):
        return None
    programs = [(entry, match) for entry, _ in tree.executables if (match := _PROGRAM.fullmatch(entry.path.lower()))]
    kinds = {_KINDS[match["kind"]] for _, match in programs if match["kind"]}
    # A program without a suffix is a development build, or the small starter beside a shipping one.
    kind: BuildKind = kinds.pop() if len(kinds) == 1 else ""
    return Evidence("Unreal Engine", _version(tree, [entry for entry, _ in programs]), kind)


def _is_container(tree: Tree, entry: Entry) -> bool:
    if "content/paks/" not in entry.path.lower():
        return False
    if entry.ending == ".utoc":
        return entry.head.startswith(_TOC_MAGIC)
    try:
        with BoundedFile(tree.where(entry)) as file:
            length = min(_LONGEST_TRAILER, file.size)
            return _PAK_MAGIC in file.at(file.size - length, length)
    except (OSError, Malformed):
        return False


def _version(tree: Tree, programs: list[Entry]) -> str:
    """Return the release branch that programs built from an unchanged engine name in their version resource."""
    for entry in programs:
        if entry.head[:2] != b"MZ":
            continue
        try:
            with BoundedFile(tree.where(entry)) as file:
                match = _BRANCH.search(version_strings(file).get("ProductVersion", ""))
        except (OSError, Malformed):
            continue
        if match:
            return match[1]
    return ""
