"""The words that facts of a build are made of: what the catalogue promises and the probe may answer."""

from __future__ import annotations

ARCHITECTURES = ("x86", "x86-64", "ARM", "ARM64", "RISC-V", "PowerPC", "MIPS", "any CPU", "other")

UNKNOWN = "unknown"
ENGINES = (
    "Unity",
    "Unreal Engine",
    "Godot",
    "GameMaker",
    "Ren'Py",
    "RPG Maker",
    "LÖVE",
    "MonoGame",
    "FNA",
    "pygame",
    "Panda3D",
    "Java",
    "Electron",
    "NW.js",
    UNKNOWN,
)
BUILD_KINDS = ("development", "release", UNKNOWN)

LEFT_BY_SYSTEM = "left by the operating system"
VERSION_CONTROL = "version control"
LEFT_BY_EDITOR = "left by an editor"
TEMPORARY = "temporary or backup file"
CRASH_DUMP = "crash dump"
LEFT_BY_COMPILER = "left by the compiler"
KEPT_BACK = "made by the engine to be kept back"
JUNK_KINDS = (LEFT_BY_SYSTEM, VERSION_CONTROL, LEFT_BY_EDITOR, TEMPORARY, CRASH_DUMP, LEFT_BY_COMPILER, KEPT_BACK)

PRIVATE_KEY, KEY_STORE, CREDENTIALS = "private key", "key store", "credentials"
SECRET_KINDS = (PRIVATE_KEY, KEY_STORE, CREDENTIALS)
