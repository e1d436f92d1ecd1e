"""Headers of Windows executables, with bounded reads and without loading anything.

Source: PE Format, https://learn.microsoft.com/en-us/windows/win32/debug/pe-format
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.executables.model import Executable, Kind

_MACHINES = {
    0x014C: ("x86", 32),
    0x8664: ("x86-64", 64),
    0x01C0: ("ARM", 32),
    0x01C4: ("ARM", 32),
    0xAA64: ("ARM64", 64),
    0x5032: ("RISC-V", 32),
    0x5064: ("RISC-V", 64),
}
_MOST_SECTIONS = 96  # the Windows loader takes no more
_RELOCS_STRIPPED, _DLL = 0x0001, 0x2000  # Characteristics
_HIGH_ENTROPY_VA, _DYNAMIC_BASE, _NX_COMPAT, _GUARD_CF = 0x0020, 0x0040, 0x0100, 0x4000  # DllCharacteristics
_IMPORT, RESOURCE, _SECURITY, _DEBUG, _CLR = 1, 2, 4, 6, 14  # data directories
_IL_ONLY, _32_BIT_REQUIRED = 0x1, 0x2  # CorFlags
_MOST_IMPORTS, _MOST_DEBUG_ENTRIES = 512, 32
_CODEVIEW = 2
_DEBUG_RUNTIME = re.compile(
    r"(msvc[rp]\d+d|msvcrtd|vcruntime\d+(_\d+)?d|ucrtbased|concrt\d+d|vccorlib\d+d|vcomp\d+d|mfc\d+u?d)\.dll", re.I
)


@dataclass(frozen=True, slots=True)
class Header:
    """The parts of a PE header that the rest hangs on; `directories` are (address, size)."""

    machine: int
    characteristics: int
    dll_characteristics: int
    is_pe32_plus: bool
    directories: tuple[tuple[int, int], ...]
    sections: tuple[tuple[bytes, int, int, int], ...]  # name, address, length in the file, offset in the file
    headers: int  # bytes that are loaded as they lie in the file, before the first section

    def directory(self, number: int) -> tuple[int, int]:
        return self.directories[number] if number < len(self.directories) else (0, 0)

    def offset_of(self, address: int) -> int:
        """Return where in the file a relative virtual address lies; raise Malformed where it lies nowhere."""
        if address < self.headers:
            return address
        for _, start, length, offset in self.sections:
            if start <= address < start + length:
                return address - start + offset
        raise Malformed("points outside its own sections")


def read_pe(file: BoundedFile) -> Executable:
    """Read what the headers say; raise Malformed where they cannot be right."""
    header = read_header(file)
    if header is None:
        return Executable(format="DOS", architecture="x86", bits=16, kind="exe")
    architecture, bits = _MACHINES.get(header.machine, ("other", 64 if header.is_pe32_plus else 32))
    flags = header.dll_characteristics
    managed = header.directory(_CLR)[0] != 0
    any_cpu = managed and architecture == "x86" and _runs_anywhere(file, header)
    kind: Kind = "dll" if header.characteristics & _DLL else "exe"
    return Executable(
        format="PE",
        architecture="any CPU" if any_cpu else architecture,
        bits=None if any_cpu else bits,
        kind=kind,
        aslr=bool(flags & _DYNAMIC_BASE) and not header.characteristics & _RELOCS_STRIPPED,
        high_entropy_va=bool(flags & _HIGH_ENTROPY_VA) if header.is_pe32_plus else None,
        nx=bool(flags & _NX_COMPAT),
        cfg=bool(flags & _GUARD_CF),
        managed=managed,
        signed=header.directory(_SECURITY)[1] > 0,
        incremental=any(name == b".textbss" for name, *_ in header.sections),
        debug_runtime=next((name for name in imports(file, header) if _DEBUG_RUNTIME.fullmatch(name)), None),
        pdb=_pdb(file, header),
    )


def read_header(file: BoundedFile) -> Header | None:
    """Return the header, or None of an older executable that only DOS or 16-bit Windows starts."""
    start = struct.unpack("<I", file.at(0x3C, 4))[0] if file.size >= 0x40 else 0
    if not start or start + 4 > file.size or file.at(start, 4) != b"PE\0\0":
        if file.size < 0x40 or (start and start > file.size):
            raise Malformed("is cut short: it ends before its PE header")
        return None
    machine, count, _, _, _, length, characteristics = struct.unpack("<HHIIIHH", file.at(start + 4, 20))
    if count > _MOST_SECTIONS:
        raise Malformed(f"claims {count} sections, and Windows loads at most {_MOST_SECTIONS}")
    optional = file.at(start + 24, length)
    if length < 72 or optional[:2] not in (b"\x0b\x01", b"\x0b\x02"):
        raise Malformed("has no optional header, which executables need")
    is_pe32_plus = optional[:2] == b"\x0b\x02"
    pairs_at = 112 if is_pe32_plus else 96
    claimed = struct.unpack_from("<I", optional, pairs_at - 4)[0] if length >= pairs_at else 0
    number = min(claimed, 16, max(0, length - pairs_at) // 8)
    table = file.at(start + 24 + length, 40 * count)
    rows = [struct.unpack_from("<8sIIII", table, 40 * index) for index in range(count)]
    if any(raw and offset + raw > file.size for _, _, _, raw, offset in rows):
        raise Malformed("is cut short: it ends before its last section")  # and Windows does not load it
    return Header(
        machine=machine,
        characteristics=characteristics,
        dll_characteristics=struct.unpack_from("<H", optional, 70)[0],
        is_pe32_plus=is_pe32_plus,
        directories=tuple(struct.unpack_from("<II", optional, pairs_at + 8 * index) for index in range(number)),
        sections=tuple((name.rstrip(b"\0"), address, raw, offset) for name, _, address, raw, offset in rows),
        headers=struct.unpack_from("<I", optional, 60)[0],
    )


def imports(file: BoundedFile, header: Header) -> list[str]:
    """Return the names of the DLLs that it is linked against."""
    address, _ = header.directory(_IMPORT)
    if not address:
        return []
    names = []
    at = header.offset_of(address)
    for index in range(_MOST_IMPORTS):
        descriptor = file.at(at + 20 * index, 20)
        name_address = struct.unpack_from("<I", descriptor, 12)[0]
        if not name_address:
            break
        names.append(file.text_at(header.offset_of(name_address), 256))
    return names


def _runs_anywhere(file: BoundedFile, header: Header) -> bool:
    """Say whether managed code in a 32-bit file is free of any architecture (ECMA-335 II.25.3.3.1)."""
    flags: int = struct.unpack("<I", file.at(header.offset_of(header.directory(_CLR)[0]) + 16, 4))[0]
    return bool(flags & _IL_ONLY) and not flags & _32_BIT_REQUIRED


def _pdb(file: BoundedFile, header: Header) -> str | None:
    """Return the path in the debug directory; copy protection leaves one that leads nowhere, which Windows ignores."""
    try:
        return next(_pdbs(file, header), None)
    except Malformed:
        return None


def _pdbs(file: BoundedFile, header: Header) -> Iterator[str]:
    address, size = header.directory(_DEBUG)
    at = header.offset_of(address) if address else 0
    for index in range(min(size // 28, _MOST_DEBUG_ENTRIES) if address else 0):
        kind, length, _, offset = struct.unpack_from("<IIII", file.at(at + 28 * index, 28), 12)
        if kind != _CODEVIEW or length < 24:
            continue
        path_at = {b"RSDS": 24, b"NB10": 16}.get(file.at(offset, 4))
        if path_at and (path := file.text_at(offset + path_at, 1024)):
            yield path
