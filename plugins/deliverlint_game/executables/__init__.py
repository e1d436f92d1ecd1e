"""Executables of a build: recognised by their heads, read by their headers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

# The catalogue needs `format_of` at every start; what reads files is imported by the worker that does.
if TYPE_CHECKING:
    from deliverlint_game.executables.model import Executable, Format

__all__ = ["FIRST_BYTES", "NAMED_AS_EXECUTABLE", "format_of", "read"]

_HEADS: dict[bytes, Format] = {
    b"\x7fELF": "ELF",
    b"\xfe\xed\xfa\xce": "Mach-O",
    b"\xfe\xed\xfa\xcf": "Mach-O",
    b"\xce\xfa\xed\xfe": "Mach-O",
    b"\xcf\xfa\xed\xfe": "Mach-O",
}
FIRST_BYTES = frozenset({b"M", b"\x7f", b"\xfe", b"\xce", b"\xcf", b"\xca"})
_MOST_ARCHITECTURES = 40
# What these endings promise; libraries may also end in their version.
NAMED_AS_EXECUTABLE = (".exe", ".dll", ".so", ".dylib", ".x86_64", ".pyd")


def format_of(head: bytes) -> Format | None:
    """Return which kind of executable a head is of, or None."""
    if head[:1] not in FIRST_BYTES:
        return None
    if head[:2] == b"MZ":
        return "PE"
    if head[:4] in (b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf"):
        # Java classes begin with the same four bytes; their version number, at least 45, follows.
        return "Mach-O" if 0 < int.from_bytes(head[4:8], "big") <= _MOST_ARCHITECTURES else None
    return _HEADS.get(head[:4])


def read(path: Path, kind: Format) -> list[Executable]:
    """Read the headers of a file, one executable for each architecture in it.

    Raises Malformed where the headers are wrong and OSError where the file cannot be read.
    """
    from deliverlint_game.bounded import BoundedFile, Malformed

    with BoundedFile(path) as file:
        if kind == "ELF":
            from deliverlint_game.executables.elf import read_elf

            return [read_elf(file)]
        if kind == "Mach-O":
            from deliverlint_game.executables.macho import read_macho

            found = read_macho(file)
            if not found:
                raise Malformed("is a universal executable without any architecture")
            return found
        from deliverlint_game.executables.pe import read_pe

        return [read_pe(file)]
