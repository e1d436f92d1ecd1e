"""Middleware that shows by the names of its library files.

Only names that nothing else has are listed: a build whose libraries carry other names yields none.
"""

from __future__ import annotations

import re

from deliverlint_game.tree import Tree

_ENDINGS = (".dll", ".so", ".dylib", ".bundle", ".framework")
_VERSIONED = re.compile(r"(\.so)(\.\d+)+$")

# Product: the beginning of the file name, `lib` and ending taken off; a regular expression.
_PRODUCTS = {
    "Steamworks SDK": r"steam_api(64)?",
    "GOG Galaxy SDK": r"galaxy(64)?",
    "Epic Online Services SDK": r"eossdk-.*",
    "Discord Game SDK": r"discord_game_sdk|discord-rpc|discord_partner_sdk",
    "Easy Anti-Cheat": r"easyanticheat.*",
    "BattlEye": r"beclient(_x64)?|beservice(_x64)?",
    "PlayFab Party": r"party(win32|xboxlive)?|playfabmultiplayer.*",
    "FMOD": r"fmod(studio)?(l|64|64l|_event.*)?|fmodex(64)?",
    "Wwise": r"aksoundengine|akstreammgr|wwise.*",
    "CRIWARE": r"cri_(ware|mana|atom|base).*",
    "OpenAL Soft": r"soft_oal|openal(32)?",
    "BASS": r"bass(_fx|mix|enc)?",
    "Bink Video": r"bink2?w(32|64)|bink2(android|linux|mac).*",
    "Havok": r"hk(base|p|np).*|havok.*",
    "NVIDIA PhysX": r"physx(3|_|common|cooking|device|loader|foundation).*|physx",
    "NVIDIA DLSS": r"nvngx_dlss[dg]?|sl\.(dlss.*|interposer|common)",
    "NVIDIA Reflex": r"nvlowlatencyvk|sl\.reflex|gfesdk.*",
    "AMD FidelityFX": r"amd_fidelityfx.*|ffx_.*",
    "Intel XeSS": r"libxess.*|xess.*",
    "SpeedTree": r"speedtree.*",
    "Simplygon": r"simplygon.*",
    "Umbra": r"umbra(optimizer|runtime).*",
    "Denuvo": r"denuvo.*",
    "Chromium Embedded Framework": r"(lib)?cef",
    "Coherent GT": r"coherent(ui|gt).*",
    "Scaleform": r"(gfx|scaleform).*_.*",
    "Microsoft GDK": r"xgameruntime.*|gamingservices.*|microsoft\.xbox\.services.*",
    "Direct3D 12 Agility SDK": r"d3d12core",
    "DirectX Shader Compiler": r"dxcompiler|dxil",
    "Microsoft Visual C++ runtime": r"vcruntime140(_1)?|msvcp140.*|concrt140",
    "SDL": r"sdl[23](-[23]\.\d.*)?|sdl[23]?_(mixer|image|ttf|net).*",
    "SFML": r"sfml-.*",
    "GLFW": r"glfw3?",
    "Allegro": r"allegro[-_]5.*|allegro-\d.*",
    "FFmpeg": r"(av(codec|format|util|filter)|sw(scale|resample))(-\d+)?",
    "libvorbis": r"vorbis(file)?(-\d+)?",
    "Opus": r"opus(file)?(-\d+)?",
    "Theora": r"theora(dec)?(-\d+)?",
    "FreeType": r"freetype(-\d+)?",
    "libpng": r"png16(-\d+)?",
    "libjpeg": r"(turbo)?jpeg(-?\d+)?",
    "libtiff": r"tiff(-\d+)?",
    "libwebp": r"webp(demux|mux|decoder)?(-\d+)?",
    "libogg": r"ogg(-\d+)?",
    "libFLAC": r"flac(-\d+)?",
    "WavPack": r"wavpack(-\d+)?",
    "mpg123": r"mpg123(-\d+)?",
    "libmodplug": r"modplug(-\d+)?",
    "libxmp": r"xmp(-lite)?",
    "FluidSynth": r"fluidsynth(-\d+)?",
    "PortMidi": r"portmidi",
    "zlib": r"z|zlib1?",
    "libcurl": r"curl(-\d+)?(-x64)?",
    "OpenSSL": r"(crypto|ssl)(-\d.*)?|(lib|ssl)eay32",
    "SQLite": r"sqlite3|e_sqlite3",
    "Lua": r"lua(-?5\.?\d)?",
    "LuaJIT": r"luajit.*|lua51",
    "Python": r"python(2|3)(\.?\d+)?",
    "Mono": r"mono-2\.0-.*|monobdwgc.*|monoposixhelper",
    ".NET runtime": r"coreclr|hostfxr",
    "Assimp": r"assimp(-vc\d+-mt)?",
    "NVIDIA Cg": r"cg(gl|d3d\d+)",
    "Box2D": r"box2d.*",
    "Bullet": r"bullet(collision|dynamics).*|bulletc",
    "Spine runtime": r"spine-(c|cpp|csharp|unity).*",
    "Live2D Cubism": r"live2dcubismcore.*",
    "Sentry": r"sentry|crashpad_wer",
    "BugSplat": r"bugsplat(64)?",
    "Vivox": r"vivoxsdk.*",
    "Photon": r"photon(3)?unity3d|photonrealtime|photon-.*",
    "Tobii": r"tobii_.*",
    "Ultralight": r"ultralight(core)?|webcore",
}
# Compiled when the first library turns up.
_ANY = "|".join(f"(?P<p{number}>{pattern})" for number, pattern in enumerate(_PRODUCTS.values()))
_NAMES = tuple(_PRODUCTS)


def product_of(name: str) -> str | None:
    """Return the product that a lower-case library file name belongs to."""
    stem = _VERSIONED.sub(r"\1", name)
    for ending in _ENDINGS:
        if stem.endswith(ending):
            stem = stem[: -len(ending)]
            break
    else:
        return None
    match = re.fullmatch(_ANY, stem) or re.fullmatch(_ANY, stem.removeprefix("lib"))
    return _NAMES[int((match.lastgroup or "p0")[1:])] if match else None


def libraries(tree: Tree) -> list[str]:
    """Return the names of the products whose libraries lie in the build, sorted."""
    candidates = {entry.name for entry in tree.ending(*_ENDINGS)} | {entry.name for entry, _ in tree.executables}
    return sorted({product for name in candidates if (product := product_of(name))})
