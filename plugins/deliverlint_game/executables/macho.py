"""Headers of macOS and iOS executables, through macholib."""

from __future__ import annotations

import struct

from macholib.mach_o import (
    LC_CODE_SIGNATURE,
    LC_SEGMENT,
    LC_SEGMENT_64,
    MH_ALLOW_STACK_EXECUTION,
    MH_BUNDLE,
    MH_DYLIB,
    MH_EXECUTE,
    MH_OBJECT,
    MH_PIE,
)
from macholib.MachO import MachO, MachOHeader

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.executables.model import Executable, Kind

# cpu_type_t of <mach/machine.h>
_PROCESSORS = {
    7: ("x86", 32),
    0x01000007: ("x86-64", 64),
    12: ("ARM", 32),
    0x0100000C: ("ARM64", 64),
    0x0200000C: ("ARM64", 32),
    18: ("PowerPC", 32),
    0x01000012: ("PowerPC", 64),
}
_KINDS: dict[int, Kind] = {MH_EXECUTE: "exe", MH_DYLIB: "dll", MH_BUNDLE: "dll", MH_OBJECT: "object"}


class _Headers(MachO):  # type: ignore[misc]
    """macholib's reader over a file that is already open and counts what is read."""

    def __init__(self, file: BoundedFile) -> None:
        self.filename = ""
        self.fat = None
        self.headers: list[MachOHeader] = []
        self.allow_unknown_load_commands = True
        file.seek(0)
        self.load(file)


def read_macho(file: BoundedFile) -> list[Executable]:
    """Read what the headers say, one executable for each architecture; raise Malformed where they are wrong."""
    try:
        return [_read(header) for header in _Headers(file).headers]
    except Malformed:
        raise
    # The library was not made for hostile files: a wrong field surfaces as any of these.
    except (struct.error, ArithmeticError, AssertionError, AttributeError, LookupError) as error:
        raise Malformed("has Mach-O headers that contradict themselves") from error
    except (OSError, TypeError, ValueError) as error:
        raise Malformed("has Mach-O headers that cannot be read") from error


def _read(header: MachOHeader) -> Executable:
    architecture, bits = _PROCESSORS.get(header.header.cputype, ("other", None))
    kind = _KINDS.get(header.header.filetype, "other")
    flags = int(header.header.flags)
    commands = [int(load.cmd) for load, _, _ in header.commands]
    segments = [
        bytes(command.segname).rstrip(b"\0")
        for load, command, _ in header.commands
        if load.cmd in (LC_SEGMENT, LC_SEGMENT_64)
    ]
    return Executable(
        format="Mach-O",
        architecture=architecture,
        bits=bits,
        kind=kind,
        # Libraries can always be moved, and so can everything on 64-bit ARM.
        aslr=(kind == "dll" or bool(flags & MH_PIE) or architecture == "ARM64") if kind != "object" else None,
        nx=not flags & MH_ALLOW_STACK_EXECUTION if kind == "exe" else None,
        signed=LC_CODE_SIGNATURE in commands,
        debug_info=b"__DWARF" in segments,
    )
