"""Executables that engines and platforms hand out ready-made: how they were linked is not the developer's doing."""

from __future__ import annotations

import re

from deliverlint_game.libraries import product_of

_READY_MADE = re.compile(
    r"unityplayer\.(dll|so|dylib)|unitycrashhandler(32|64)\.exe|winpixeventruntime\.dll|baselib\.dll"
    r"|lib_burst_generated\.dll|mono(posixhelper|bdwgc).*|crashreportclient.*|ue4prereq.*\.exe|ueprereq.*\.exe|oo2core_.*\.dll"
    r"|steamclient(64)?\.dll|tier0_s(64)?\.dll|vstdlib_s(64)?\.dll|steamerrorreporter(64)?\.exe"
    r"|gameoverlayrenderer(64)?\.dll|libgodot.*|d3dcompiler_\d+\.dll|d3dx\d+_\d+\.dll|xinput.*\.dll|xaudio2_.*\.dll"
    r"|vc_?redist.*\.exe|dxsetup\.exe|dxwebsetup\.exe|dotnet.*\.exe|ucrtbase\.dll|api-ms-win-.*\.dll|msvc[rp]\d+\.dll"
    r"|mfc\d+u?\.dll|dbghelp\.dll|libgcc_s_.*\.dll|libstdc\+\+-6\.dll|libwinpthread-1\.dll|createdump\.exe|clr.*\.dll"
    r"|rgss\d+e?\.dll|love\.dll|easyanticheat.*\.exe|crashpad_handler\.exe|oalinst\.exe|physx_.*systemsoftware\.exe"
)
# What Electron, NW.js and the Chromium Embedded Framework bring along, on Windows, Linux and macOS.
_CHROMIUM = re.compile(
    r"(lib)?(egl|glesv2|ffmpeg|nw|vk_swiftshader|widevinecdm(adapter)?)\.(dll|so|dylib)|libvulkan\.(so\.1|dylib)"
    r"|(vulkan-1|chrome_elf|nw_elf)\.dll|chrome-sandbox|chrome_crashpad_handler|notification_helper\.exe"
)
_REDISTRIBUTABLES = ("_commonredist/", "commonredist/", "redist/", "__installer/", "engine/extras/redist/")


def is_ready_made(path: str, name: str) -> bool:
    """Say whether an executable comes from an engine, a platform or a system maker, by its path and name."""
    folded = f"/{path.lower()}"
    return (
        bool(_READY_MADE.fullmatch(name) or _CHROMIUM.fullmatch(name))
        or product_of(name) is not None
        or any(f"/{folder}" in folded for folder in _REDISTRIBUTABLES)
    )
