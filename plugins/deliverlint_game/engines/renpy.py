"""Ren'Py, by its own files of version. Its archives and compiled scripts are pickles and are never opened."""

from __future__ import annotations

import re

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Entry, Tree

_COMPILED = b"RENPY RPC2"
_ARCHIVE = b"RPA-"
_SCRIPT_VERSION = re.compile(r"\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})")
_VC_VERSION = re.compile(r"""^version\s*=\s*u?['"](\d+\.\d+\.\d+)""", re.M)
_TUPLES = re.compile(r"version_tuple\s*=\s*(?:VersionTuple)?\(\s*(\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})")
_LARGEST_SOURCE = 65_536


def detect(tree: Tree) -> Evidence | None:
    own = [entry for entry in tree.named("__init__.py", "vc_version.py", "bootstrap.py") if _is_in(entry, "renpy")]
    scripts = [entry for entry in tree.ending(".rpyc", ".rpymc") if entry.head.startswith(_COMPILED)]
    archives = [entry for entry in tree.ending(".rpa") if entry.head.startswith(_ARCHIVE)]
    if not own or not (scripts or archives or tree.ending(".rpy")):
        return None
    return Evidence("Ren'Py", _version(tree))


def _version(tree: Tree) -> str:
    """Return the one version that the files state; empty where they state several."""
    for name, folder, pattern in (
        ("vc_version.py", "renpy", _VC_VERSION),
        ("script_version.txt", "game", _SCRIPT_VERSION),
        ("__init__.py", "renpy", _TUPLES),
    ):
        for entry in tree.named(name):
            if _is_in(entry, folder):
                # Versions for Python 2 and Python 3 stand in one file: both are right for one of them.
                stated = {".".join(found.groups()) for found in pattern.finditer(_text(tree, entry))}
                if len(stated) == 1:
                    return stated.pop()
    return ""


def _is_in(entry: Entry, folder: str) -> bool:
    parts = entry.path.lower().split("/")
    return len(parts) > 1 and parts[-2] == folder


def _text(tree: Tree, entry: Entry) -> str:
    try:
        with BoundedFile(tree.where(entry)) as file:
            return file.read(_LARGEST_SOURCE).decode("utf-8", "replace")
    except (OSError, Malformed):
        return ""
