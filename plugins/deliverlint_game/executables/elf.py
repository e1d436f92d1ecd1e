"""Headers of Linux and Android executables, through pyelftools.

Only its structures are used: its section and segment objects read symbol and hash tables, which may be huge.
"""

from __future__ import annotations

import struct
from typing import IO, Any, cast

from elftools.common.exceptions import ELFError
from elftools.common.utils import struct_parse
from elftools.construct import ConstructError
from elftools.elf.elffile import ELFFile

from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.executables.model import Executable, Kind

_MACHINES = {
    "EM_386": "x86",
    "EM_X86_64": "x86-64",
    "EM_ARM": "ARM",
    "EM_AARCH64": "ARM64",
    "EM_RISCV": "RISC-V",
    "EM_PPC": "PowerPC",
    "EM_PPC64": "PowerPC",
    "EM_MIPS": "MIPS",
}
# The stack of these is executable unless the file says otherwise.
_EXECUTABLE_STACK_BY_DEFAULT = frozenset({"x86", "x86-64"})
_MOST_SEGMENTS, _MOST_SECTIONS, _MOST_TAGS = 512, 20_000, 1024
_EXECUTABLE = 1  # PF_X
_POSITION_INDEPENDENT = 0x08000000  # DF_1_PIE
_DEBUG_SECTIONS = (b".debug_info\0", b".zdebug_info\0")


def read_elf(file: BoundedFile) -> Executable:
    """Read what the headers say; raise Malformed where they cannot be right."""
    try:
        _refuse_cut_short(file)
        elf = ELFFile(cast(IO[bytes], file))
        architecture = _MACHINES.get(elf["e_machine"], "other")
        segments = _segments(elf)
        kind = _kind(elf["e_type"], segments, lambda: _dynamic_tags(elf, segments["PT_DYNAMIC"]))
        loadable = kind in ("exe", "dll")
        return Executable(
            format="ELF",
            architecture=architecture,
            bits=elf.elfclass,
            kind=kind,
            aslr=elf["e_type"] == "ET_DYN" if loadable else None,
            nx=_stack_is_data(segments.get("PT_GNU_STACK"), architecture) if loadable else None,
            debug_info=_has_debug_info(elf, file),
        )
    except Malformed:
        raise
    # The library was not made for hostile files: a wrong field surfaces as any of these.
    except (ELFError, ConstructError, ArithmeticError, AssertionError, AttributeError, LookupError) as error:
        raise Malformed("has ELF headers that contradict themselves") from error
    except (TypeError, ValueError, struct.error) as error:
        raise Malformed("has ELF headers that cannot be read") from error


def _refuse_cut_short(file: BoundedFile) -> None:
    """The table of sections is the last thing in the files that linkers write; a file may have none."""
    word, order = file.at(4, 2)
    size, number, place = (8, "Q", 0x28) if word == 2 else (4, "I", 0x20)
    table = struct.unpack(f"{'>' if order == 2 else '<'}{number}", file.at(place, size))[0]
    if table > file.size:
        raise Malformed("is cut short: it ends before its table of sections")


def _segments(elf: ELFFile) -> dict[Any, Any]:
    """Return the program headers by type, of each type the last."""
    count = elf["e_phnum"]
    if count > _MOST_SEGMENTS:
        raise Malformed(f"claims {count} program headers")
    parsed = (
        struct_parse(elf.structs.Elf_Phdr, elf.stream, elf["e_phoff"] + index * elf["e_phentsize"])
        for index in range(count)
    )
    return {segment["p_type"]: segment for segment in parsed}


def _kind(elf_type: object, segments: dict[Any, Any], tags: Any) -> Kind:
    if elf_type == "ET_EXEC":
        return "exe"
    if elf_type == "ET_REL":
        return "object"
    if elf_type != "ET_DYN":
        return "other"
    found: dict[str, int] = tags() if "PT_DYNAMIC" in segments else {}
    if found.get("DT_FLAGS_1", 0) & _POSITION_INDEPENDENT:
        return "exe"
    # Older linkers do not mark programs; a library that can also be started has a name of its own.
    return "exe" if "PT_INTERP" in segments and "DT_SONAME" not in found else "dll"


def _dynamic_tags(elf: ELFFile, segment: Any) -> dict[str, int]:
    size = elf.structs.Elf_Dyn.sizeof()
    tags: dict[str, int] = {}
    for index in range(min(segment["p_filesz"] // size, _MOST_TAGS)):
        tag = struct_parse(elf.structs.Elf_Dyn, elf.stream, segment["p_offset"] + index * size)
        if tag["d_tag"] == "DT_NULL":
            break
        tags[str(tag["d_tag"])] = tag["d_val"]
    return tags


def _stack_is_data(stack: Any, architecture: str) -> bool | None:
    if stack is None:
        return False if architecture in _EXECUTABLE_STACK_BY_DEFAULT else None
    return not stack["p_flags"] & _EXECUTABLE


def _has_debug_info(elf: ELFFile, file: BoundedFile) -> bool | None:
    """Say whether a DWARF section is there; None where the table of sections is too large to say."""
    count, size, index = elf["e_shnum"], elf["e_shentsize"], elf["e_shstrndx"]
    if not count:
        return False
    if count > _MOST_SECTIONS or not 40 <= size <= 64 or index >= count:
        return None
    names_header = struct_parse(elf.structs.Elf_Shdr, elf.stream, elf["e_shoff"] + index * size)
    if names_header["sh_size"] > 1_000_000:
        return None
    names = file.at(names_header["sh_offset"], names_header["sh_size"])
    table = b"".join(file.at(elf["e_shoff"] + first * size, size) for first in range(count))
    order = "<" if elf.little_endian else ">"
    starts = (struct.unpack_from(f"{order}I", table, number * size)[0] for number in range(count))
    return any(names.startswith(_DEBUG_SECTIONS, start) for start in starts)
