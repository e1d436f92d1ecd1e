"""File formats of games and the shape of a build's folder."""

from __future__ import annotations

from deliverlint.spec import FileType, TreeType
from deliverlint_game.executables import format_of

_PLATFORMS = frozenset(
    {
        *("windows/", "win/", "win32/", "win64/", "win-x64/", "win-x86/", "windows-x64/", "windows64/"),
        *("linux/", "linux64/", "linux-x64/", "mac/", "macos/", "osx/", "osx64/", "osx-x64/", "darwin/"),
        *("windowsnoeditor/", "linuxnoeditor/", "macnoeditor/", "android/", "webgl/"),
    }
)
_PROGRAMS = (
    ".exe",
    ".x86_64",
    ".x86",
    ".app/",
    ".dll",
    ".so",
    ".dylib",
    ".pck",
    ".rpa",
    ".love",
    ".apk",
    ".aab",
    ".xex",
    ".appimage",
    ".jar",
    ".wasm",
)
_DATA = (
    "data.win",
    "game.unx",
    "game.ios",
    "package.nw",
    "globalgamemanagers",
    "resources.assets",
    "microsoftgame.config",
)
# Folders that only builds of one engine have side by side.
_TOGETHER = (
    frozenset({"renpy/", "game/"}),
    frozenset({"engine/", "binaries/"}),
    frozenset({"binaries/", "content/"}),
    frozenset({"build/", "templatedata/", "index.html"}),
    frozenset({"html5game/", "index.html"}),
    frozenset({"www/", "package.json"}),
)


def is_build(names: frozenset[str]) -> bool:
    """Say whether the names directly inside a folder are those of a game build."""
    folded = {name.lower() for name in names}
    return (
        any(name.endswith(_PROGRAMS) or name in _DATA or name.endswith("_data/") for name in folded)
        or not folded.isdisjoint(_PLATFORMS)
        or any(together <= folded for together in _TOGETHER)
    )


def is_bundle(names: frozenset[str]) -> bool:
    """Say whether the names are those inside a macOS application bundle."""
    return {name.lower() for name in names} == {"contents/"}


TREE_TYPES = (
    TreeType(media="game", format="game build", accepts=is_build),
    TreeType(media="game", format="application bundle", accepts=is_bundle),
)


def _is_pe(head: bytes) -> bool:
    start = int.from_bytes(head[0x3C:0x40], "little")
    return len(head) >= 0x40 and head.startswith(b"PE\0\0", start)


def _is_macho(head: bytes) -> bool:
    return format_of(head[:64]) == "Mach-O"


def _is_android(head: bytes) -> bool:
    return b"AndroidManifest.xml" in head or b"BundleConfig.pb" in head


def _is_steampipe(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b'"appbuild"', b"appbuild", b'"depotbuild"', b'"depotbuildconfig"'))


_MACHO_HEADS = (
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\xca\xfe\xba\xbf",
)

FILE_TYPES = (
    FileType(media="executable", format="PE", extensions=(".exe", ".dll"), magic=(((0, b"MZ"),),), accepts=_is_pe),
    FileType(media="executable", format="ELF", extensions=(".so", ".x86_64", ".x86"), magic=(((0, b"\x7fELF"),),)),
    FileType(
        media="executable",
        format="Mach-O",
        extensions=(".dylib", ".bundle"),
        magic=tuple(((0, head),) for head in _MACHO_HEADS),
        accepts=_is_macho,
    ),
    FileType(media="game", format="Godot pack", extensions=(".pck",), magic=(((0, b"GDPC"),),)),
    FileType(media="game", format="Ren'Py archive", extensions=(".rpa",), magic=(((0, b"RPA-"),),)),
    FileType(media="game", format="Unity bundle", extensions=(".unity3d",), magic=(((0, b"UnityFS\0"),),)),
    FileType(media="game", format="GameMaker data", extensions=(".win",), magic=(((0, b"FORM"), (8, b"GEN8")),)),
    FileType(
        media="game",
        format="Unreal container",
        extensions=(".utoc",),
        magic=(((0, b"-==--==--==--==-"),),),
    ),
    FileType(
        media="game",
        format="Android package",
        extensions=(".apk", ".aab"),
        magic=(((0, b"PK\x03\x04"),),),
        accepts=_is_android,
    ),
    FileType(media="game", format="SteamPipe script", extensions=(".vdf",), accepts=_is_steampipe),
    FileType(media="symbols", format="PDB", extensions=(".pdb",), magic=(((0, b"Microsoft C/C++ MSF 7.00\r\n"),),)),
)
