"""Builds and headers for the tests of the game plugin; programs come from the corpus's own maker."""

from __future__ import annotations

import struct
from pathlib import Path

from deliverlint_game.facts import TREE_FACTS
from deliverlint_game.probe import measure

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured

ALL = frozenset(spec.name for spec in TREE_FACTS)


def put(root: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder and return it."""
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def facts(root: Path, *names: str) -> dict[str, Json | Unmeasured]:
    """Measure a build as the worker does."""
    return measure(Source(path=root, name="build", format="game build"), frozenset(names) or ALL)


def fact(root: Path, name: str) -> Json | Unmeasured:
    return facts(root, name)[name]


def mac_program(pie: bool = True, arm: bool = False, is_dylib: bool = False) -> bytes:
    """Return a 64-bit Mach-O file with one segment and a signature command, headers only."""
    segment = struct.pack("<II16sQQQQiiII", 0x19, 72, b"__TEXT", 0, 0x4000, 0, 0x4000, 5, 5, 0, 0)
    signature = struct.pack("<IIII", 0x1D, 16, 0, 0)
    commands = segment + signature
    cpu = 0x0100000C if arm else 0x01000007
    flags = 0x200000 if pie else 0
    return struct.pack("<IIIIIIII", 0xFEEDFACF, cpu, 3, 6 if is_dylib else 2, 2, len(commands), flags, 0) + commands


def universal(*programs: bytes) -> bytes:
    """Join Mach-O files of different processors into one."""
    head, body, at = struct.pack(">II", 0xCAFEBABE, len(programs)), b"", 0x100
    for program in programs:
        cpu = struct.unpack("<I", program[4:8])[0]
        head += struct.pack(">IIIII", cpu, 3, at + len(body), len(program), 0)
        body += program
    return head.ljust(at, b"\0") + body


def unity_data(version: str, written: int) -> bytes:
    """Return the beginning of Unity's first data file, in format `written`."""
    head = struct.pack(">IIII", 64, 4096, written, 128) + bytes(4)
    if written >= 22:
        head += struct.pack(">IQQQ", 64, 4096, 128, 0)
    return head + version.encode() + b"\0" + bytes(64)


def gamemaker_data(version: tuple[int, int, int, int], debugger_off: int = 1, bytecode: int = 16) -> bytes:
    """Return a FORM container with its first chunk."""
    chunk = struct.pack("<BBHIIIII", debugger_off, bytecode, 0, 0, 0, 0, 0, 0) + bytes(16)
    chunk += struct.pack("<IIIII", 0, *version) + bytes(40)
    return b"FORM" + struct.pack("<I", len(chunk) + 8) + b"GEN8" + struct.pack("<I", len(chunk)) + chunk


def with_version_resource(**strings: str) -> bytes:
    """Return a PE file whose only section is a version resource with these strings."""
    block = b""
    for key, value in strings.items():
        block = block.ljust((len(block) + 3) & ~3, b"\0") + bytes(6) + f"{key}\0".encode("utf-16-le")
        # Keys begin on a boundary of 32 bits, six bytes into their record.
        block = block.ljust((len(block) + 3) & ~3, b"\0") + f"{value}\0".encode("utf-16-le")
    address = 0x1000
    directory = struct.pack("<IIHHHH", 0, 0, 0, 0, 0, 1)
    levels = directory + struct.pack("<II", 16, 0x80000018)
    levels += directory + struct.pack("<II", 1, 0x80000030)
    levels += directory + struct.pack("<II", 1033, 0x48)
    levels += struct.pack("<IIII", address + 0x58, len(block), 0, 0)
    section = levels + block
    directories = [(0, 0)] * 16
    directories[2] = (address, len(section))
    optional = struct.pack("<H", 0x20B) + bytes(68) + struct.pack("<H", 0x160) + bytes(36) + struct.pack("<I", 16)
    optional += b"".join(struct.pack("<II", *pair) for pair in directories)
    coff = struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0x22)
    head = b"MZ" + bytes(58) + struct.pack("<I", 0x40) + b"PE\0\0" + coff + optional
    row = struct.pack("<8sIIIIIIHHI", b".rsrc", len(section), address, len(section), 0x200, 0, 0, 0, 0, 0x40000040)
    return (head + row).ljust(0x200, b"\0") + section
