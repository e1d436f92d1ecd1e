"""What the names in a build say: junk, debug files, sources, names that other systems refuse."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from deliverlint.values import Json
from deliverlint_game.tree import Entry, Tree
from deliverlint_game.vocabulary import (
    CRASH_DUMP,
    KEPT_BACK,
    LEFT_BY_COMPILER,
    LEFT_BY_EDITOR,
    LEFT_BY_SYSTEM,
    TEMPORARY,
    VERSION_CONTROL,
)

_JUNK_FOLDERS = {
    ".git": VERSION_CONTROL,
    ".svn": VERSION_CONTROL,
    ".hg": VERSION_CONTROL,
    ".bzr": VERSION_CONTROL,
    ".vs": LEFT_BY_EDITOR,
    ".vscode": LEFT_BY_EDITOR,
    ".idea": LEFT_BY_EDITOR,
    "__macosx": LEFT_BY_SYSTEM,
    ".trashes": LEFT_BY_SYSTEM,
    ".spotlight-v100": LEFT_BY_SYSTEM,
    ".fseventsd": LEFT_BY_SYSTEM,
    "$recycle.bin": LEFT_BY_SYSTEM,
}
# Unity names these so that nobody ships them.
_KEPT_BACK_ENDINGS = ("_backupthisfolder_butdontshipitwithyourgame", "_burstdebuginformation_donotship")
_JUNK_NAMES = {
    "thumbs.db": LEFT_BY_SYSTEM,
    "thumb.db": LEFT_BY_SYSTEM,
    "ehthumbs.db": LEFT_BY_SYSTEM,
    "desktop.ini": LEFT_BY_SYSTEM,
    ".ds_store": LEFT_BY_SYSTEM,
    ".directory": LEFT_BY_SYSTEM,
    ".gitignore": VERSION_CONTROL,
    ".gitattributes": VERSION_CONTROL,
    ".gitmodules": VERSION_CONTROL,
    ".gitkeep": VERSION_CONTROL,
    ".hgignore": VERSION_CONTROL,
    ".p4ignore": VERSION_CONTROL,
    ".p4config": VERSION_CONTROL,
    ".editorconfig": LEFT_BY_EDITOR,
}
_JUNK_ENDINGS = {
    ".tmp": TEMPORARY,
    ".bak": TEMPORARY,
    ".orig": TEMPORARY,
    ".rej": TEMPORARY,
    ".swp": LEFT_BY_EDITOR,
    ".swo": LEFT_BY_EDITOR,
    ".suo": LEFT_BY_EDITOR,
    ".dmp": CRASH_DUMP,
    ".mdmp": CRASH_DUMP,
    ".ilk": LEFT_BY_COMPILER,
    ".pch": LEFT_BY_COMPILER,
    ".tlog": LEFT_BY_COMPILER,
}
# Endings that other things have too: an .obj may be a 3D model. COFF, ELF and archive heads settle it.
_BUILD_ENDINGS = frozenset({".obj", ".o", ".lib", ".a", ".exp"})
_BUILD_HEADS = (b"\x64\x86", b"\x4c\x01", b"\x64\xaa", b"\x00\x00\xff\xff", b"\x7fELF", b"!<arch>\n")

_DEBUG_ENDINGS = frozenset({".pdb", ".dbg", ".debug", ".sym", ".idb", ".dsym"})
_DEBUG_NAMES = re.compile(r".*(\.(dll|exe)\.mdb|\.(js|css|wasm)\.map|\.symbols\.zip|\.sym\.so|\.dbg\.so)")

_SOURCES = {
    **dict.fromkeys((".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inl"), "C or C++ source"),
    **dict.fromkeys((".cs", ".vb"), ".NET source"),
    **dict.fromkeys((".java", ".kt", ".swift", ".rs"), "source"),
    **dict.fromkeys((".sln", ".csproj", ".vcxproj", ".vbproj", ".xcodeproj", ".pbxproj"), "project file"),
    **dict.fromkeys((".unity", ".prefab", ".asmdef", ".uproject", ".uplugin", ".yyp", ".yymps"), "engine project file"),
    **dict.fromkeys((".psd", ".psb", ".kra", ".xcf", ".aseprite", ".blend", ".spp"), "artist's working file"),
    **dict.fromkeys((".ma", ".max", ".c4d", ".zpr", ".fla", ".flp"), "artist's working file"),
}
_SOURCE_NAMES = {
    "project.godot": "engine project file",
    "cmakelists.txt": "project file",
    "makefile": "project file",
}
# Unreal reads these where a game loads plugins at run time.
_SHIPPED_BY_ENGINES = frozenset({".uplugin"})

# What nearly all names are like, lower case; none of these is refused.
_ORDINARY = re.compile(r"(?!con|prn|aux|nul|com|lpt)[a-z0-9_.-]*[a-z0-9_-]")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.I)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')


def shown(path: str) -> str:
    """Return a path as text that every report can hold: bytes that are no UTF-8 are written as `\\xNN`."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def junk(tree: Tree) -> list[Json]:
    """Return what is in the build but is no part of the game: records of path, kind and why."""
    found = [(path, _folder_kind(path)) for path in (*tree.closed, *tree.folders)]
    folders = [(f"{path}/", kind) for path, kind in found if kind]
    files = [(entry.path, kind) for entry in _perhaps_junk(tree) if (kind := _file_kind(entry))]
    return [
        {"path": shown(path), "kind": kind, "why": f"{kind}, no part of the game"}
        for path, kind in sorted(folders + files)
    ]


def debug_files(tree: Tree) -> list[str]:
    """Return files and folders of debugging symbols."""
    folders = (f"{path}/" for path in tree.closed if path.lower().endswith(".dsym"))
    files = [entry.path for entry in tree.ending(*_DEBUG_ENDINGS)]
    longer = [entry.path for entry in tree.ending(".mdb", ".map", ".zip", ".so") if _DEBUG_NAMES.fullmatch(entry.name)]
    return sorted(map(shown, (*folders, *files, *longer)))


def source_files(tree: Tree) -> list[str]:
    """Return source code, project files and artists' working files.

    Scripts that an engine runs from the build (.py, .lua, .js, .rpy) are no sources.
    """
    files = {*tree.ending(*(_SOURCES.keys() - _SHIPPED_BY_ENGINES)), *tree.named(*_SOURCE_NAMES)}
    return sorted(shown(entry.path) for entry in files)


def case_twins(tree: Tree) -> list[str]:
    """Return names that differ only by case or Unicode form, which Windows and macOS cannot tell apart."""
    paths = [*tree.folders, *tree.closed, *[entry.path for entry in tree.files]]
    folded = [path.lower() if path.isascii() else _folded(path) for path in paths]
    if len(set(folded)) == len(folded):
        return []
    seen: dict[str, str] = {}
    twins = []
    for path, key in sorted(zip(paths, folded, strict=True)):
        first = seen.setdefault(key, path)
        if first != path:
            twins.append(f"{shown(first)} and {shown(path)}")
    return twins


def reserved_names(tree: Tree) -> list[str]:
    """Return paths with a name that Windows refuses, or that is no text on other systems."""
    unusual = [entry for entry in tree.files if not _ORDINARY.fullmatch(entry.name)]
    files = [entry.path for entry in unusual if _is_refused(entry.name)]
    others = [path for path in (*tree.folders, *_links(tree)) if _is_refused(path.rsplit("/", 1)[-1])]
    return sorted({shown(path) for path in (*files, *others)})


def longest_path(tree: Tree) -> int:
    """Return the length of the longest path in UTF-16 units, as Windows counts."""
    paths = [*tree.folders, *_links(tree), *[entry.path for entry in tree.files]]
    return max([len(path) if path.isascii() else _utf16_units(path) for path in paths], default=0)


def escaping_links(links: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield links that lead out of the build: to absolute paths or above its root."""
    for path, target in links:
        if target.startswith(("/", "\\")) or target[1:2] == ":" or _climbs_out(path, target):
            yield path


def _climbs_out(path: str, target: str) -> bool:
    depth = path.count("/")
    for part in target.replace("\\", "/").split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return False


def _links(tree: Tree) -> list[str]:
    return [path for path, _ in tree.links]


def _is_refused(name: str) -> bool:
    if _FORBIDDEN.search(name) or name.endswith((" ", ".")) or _DEVICE.match(name):
        return True
    return not name.isascii() and any("\udc80" <= char <= "\udcff" for char in name)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _utf16_units(path: str) -> int:
    return len(path) + sum(ord(char) > 0xFFFF for char in path)


def _folder_kind(path: str) -> str:
    name = path.rsplit("/", 1)[-1].lower()
    if name in _JUNK_FOLDERS:
        return _JUNK_FOLDERS[name]
    return KEPT_BACK if name.endswith(_KEPT_BACK_ENDINGS) else ""


def _perhaps_junk(tree: Tree) -> set[Entry]:
    """Return the few files that deserve a closer look."""
    by_ending = tree.ending(*_JUNK_ENDINGS, *_BUILD_ENDINGS)
    by_name = [entry for entry in tree.files if entry.name.startswith("._") or entry.name.endswith("~")]
    return {*by_ending, *by_name, *tree.named(*_JUNK_NAMES)}


def _file_kind(entry: Entry) -> str:
    kind = _JUNK_NAMES.get(entry.name) or _JUNK_ENDINGS.get(entry.ending, "")
    if kind:
        return kind
    if entry.name.startswith("._") and entry.head[:4] == b"\x00\x05\x16\x07":  # AppleDouble
        return LEFT_BY_SYSTEM
    if entry.ending in _BUILD_ENDINGS and entry.head.startswith(_BUILD_HEADS):
        return LEFT_BY_COMPILER
    return TEMPORARY if entry.name.endswith("~") else ""
