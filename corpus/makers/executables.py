"""Small valid executables, byte for byte: programs that end at once, with the header flags that are asked for."""

from __future__ import annotations

import struct

_ALIGNMENT, _PAGE = 0x200, 0x1000
_KERNEL = ("KERNEL32.dll", "ExitProcess")
_ENDS_AT_ONCE = b"\x31\xc0\xc3"  # xor eax, eax; ret

HIGH_ENTROPY_VA, DYNAMIC_BASE, NX_COMPAT, GUARD_CF = 0x0020, 0x0040, 0x0100, 0x4000
HARDENED = HIGH_ENTROPY_VA | DYNAMIC_BASE | NX_COMPAT


def windows_program(
    bits: int = 64,
    flags: int = HARDENED,
    imports: tuple[tuple[str, str], ...] = (_KERNEL,),
    pdb: str = "",
    is_dll: bool = False,
    text_name: bytes = b".text",
) -> bytes:
    """Return a PE file of three sections: code, imports with debug directory, and relocations."""
    wide = bits == 64
    rdata, import_size, debug_at, debug_size = _rdata(imports, pdb, 2 * _PAGE, 2 * _ALIGNMENT, wide)
    reloc = struct.pack("<II", _PAGE, 8)
    sections = [
        (text_name, _ENDS_AT_ONCE, 0x60000020),
        (b".rdata", rdata, 0x40000040),
        (b".reloc", reloc, 0x42000040),
    ]
    directories = [(0, 0)] * 16
    directories[1] = (2 * _PAGE, import_size)
    directories[5] = (3 * _PAGE, len(reloc))
    if pdb:
        directories[6] = (debug_at, debug_size)
    characteristics = 0x0002 | (0x0020 if wide else 0x0100) | (0x2000 if is_dll else 0)
    optional = struct.pack("<HBBIIII", 0x20B if wide else 0x10B, 14, 0, 0x200, 0x400, 0, _PAGE) + struct.pack(
        "<I", _PAGE
    )
    optional += struct.pack("<Q", 0x140000000) if wide else struct.pack("<II", 2 * _PAGE, 0x400000)
    optional += struct.pack(
        "<IIHHHHHHIIIIHH", _PAGE, _ALIGNMENT, 6, 0, 0, 0, 6, 0, 0, 4 * _PAGE, _ALIGNMENT, 0, 3, flags
    )
    optional += struct.pack("<QQQQ" if wide else "<IIII", 0x100000, 0x1000, 0x100000, 0x1000) + struct.pack(
        "<II", 0, 16
    )
    optional += b"".join(struct.pack("<II", *directory) for directory in directories)
    machine = 0x8664 if wide else 0x14C
    coff = struct.pack("<HHIIIHH", machine, len(sections), 0, 0, 0, len(optional), characteristics)
    dos = b"MZ" + bytes(58) + struct.pack("<I", 0x40)
    headers, bodies = dos + b"PE\0\0" + coff + optional, b""
    for index, (name, body, kind) in enumerate(sections):
        at = _ALIGNMENT * (index + 1)
        headers += struct.pack("<8sIIIIIIHHI", name, len(body), _PAGE * (index + 1), _ALIGNMENT, at, 0, 0, 0, 0, kind)
        bodies += body.ljust(_ALIGNMENT, b"\0")
    return headers.ljust(_ALIGNMENT, b"\0") + bodies


def _rdata(
    imports: tuple[tuple[str, str], ...], pdb: str, address: int, offset: int, wide: bool
) -> tuple[bytes, int, int, int]:
    """Return the section, the length of the import table, and where the debug directory is and how long."""
    entry = "<QQ" if wide else "<II"
    thunk_size = struct.calcsize(entry)
    table_size = 20 * (len(imports) + 1)
    tail_at = table_size + 2 * thunk_size * len(imports)
    table, thunks, tail = b"", b"", b""
    for index, (library, function) in enumerate(imports):
        hint_at = tail_at + len(tail)
        tail += b"\0\0" + function.encode() + b"\0"
        name_at = tail_at + len(tail)
        tail += library.encode() + b"\0"
        lookup = table_size + 2 * thunk_size * index
        table += struct.pack("<IIIII", address + lookup, 0, 0, address + name_at, address + lookup + thunk_size)
        thunks += struct.pack(entry, address + hint_at, 0) * 2
    data = table + bytes(20) + thunks + tail
    if not pdb:
        return data, table_size, 0, 0
    data = data.ljust((len(data) + 3) & ~3, b"\0")
    codeview = b"RSDS" + bytes(range(16)) + struct.pack("<I", 1) + pdb.encode() + b"\0"
    body_at = len(data) + 28
    debug = struct.pack("<IIHHIIII", 0, 0, 0, 0, 2, len(codeview), address + body_at, offset + body_at)
    return data + debug + codeview, table_size, address + len(data), 28


def linux_program(pie: bool = True, nx: bool = True, debug_info: bool = False) -> bytes:
    """Return a 64-bit ELF file that ends at once: a static one, position-independent where `pie`."""
    code = b"\xb8\x3c\x00\x00\x00\x31\xff\x0f\x05"  # mov eax, 60; xor edi, edi; syscall
    base = 0 if pie else 0x400000
    segments = 3
    code_at = 64 + 56 * segments
    dynamic_at = (code_at + len(code) + 15) & ~15
    dynamic = struct.pack("<QQQQ", 0x6FFFFFFB, 0x08000000, 0, 0)  # DT_FLAGS_1: DF_1_PIE
    names = b"\0.shstrtab\0.debug_info\0"
    names_at = dynamic_at + len(dynamic)
    sections_at = (names_at + len(names) + 7) & ~7
    header = b"\x7fELF\x02\x01\x01" + bytes(9)
    header += struct.pack("<HHIQQQI", 3 if pie else 2, 62, 1, base + code_at, 64, sections_at if debug_info else 0, 0)
    header += struct.pack("<HHHHHH", 64, 56, segments, 64, 3 if debug_info else 0, 1 if debug_info else 0)
    load = struct.pack("<IIQQQQQQ", 1, 5, 0, base, base, names_at, names_at, 0x1000)
    place = base + dynamic_at
    moving = struct.pack("<IIQQQQQQ", 2 if pie else 0, 4, dynamic_at, place, place, len(dynamic), len(dynamic), 8)
    stack = struct.pack("<IIQQQQQQ", 0x6474E551, 6 if nx else 7, 0, 0, 0, 0, 0, 16)
    data = (header + load + moving + stack + code).ljust(dynamic_at, b"\0") + dynamic
    if not debug_info:
        return data
    data = (data + names).ljust(sections_at, b"\0")
    rows = [(0, 0, 0, 0), (1, 3, names_at, len(names)), (11, 1, names_at, 4)]
    return data + b"".join(
        struct.pack("<IIQQQQIIQQ", name, kind, 0, 0, at, size, 0, 0, 1, 0) for name, kind, at, size in rows
    )


def godot_pack(version: tuple[int, int, int] = (4, 2, 1), written: int = 2) -> bytes:
    """Return a pack of Godot with one file in it; `written` is the format of the pack: 1 of Godot 3, 2 of Godot 4."""
    path, body = b"res://project.binary", b"ECFG" + bytes(4)
    padded = path.ljust((len(path) + 3) & ~3, b"\0")
    head = b"GDPC" + struct.pack("<IIII", written, *version)
    if written >= 2:
        head += struct.pack("<IQ", 0, 0)
    head += bytes(64) + struct.pack("<II", 1, len(padded)) + padded
    row = 8 + 8 + 16 + (4 if written >= 2 else 0)
    at = len(head) + row
    return head + struct.pack("<QQ", at, len(body)) + bytes(16 + row - 32) + body


def with_embedded_pack(program: bytes, pack: bytes) -> bytes:
    """Return a program with a pack at its end, as Godot embeds it."""
    return program + pack + struct.pack("<Q", len(pack)) + b"GDPC"
