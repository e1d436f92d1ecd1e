"""What the headers of an executable say."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from deliverlint.values import Json

Format: TypeAlias = Literal["PE", "ELF", "Mach-O", "DOS"]
Kind: TypeAlias = Literal["exe", "dll", "object", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Executable:
    """One executable, or one architecture of a universal one. None: the format has no such thing."""

    format: Format
    architecture: str  # one of vocabulary.ARCHITECTURES
    bits: int | None
    kind: Kind
    aslr: bool | None = None  # may be loaded at a random address
    high_entropy_va: bool | None = None  # and anywhere in 64 bits
    nx: bool | None = None  # the stack is not executable
    cfg: bool | None = None  # Control Flow Guard
    managed: bool | None = None  # .NET code
    signed: bool | None = None  # a signature is there; whether it holds is not asked
    incremental: bool | None = None  # linked incrementally (.textbss), as debug builds are
    debug_info: bool | None = None  # carries its own debugging information
    debug_runtime: str | None = None  # debug C runtime that it needs: "MSVCP140D.dll"
    pdb: str | None = None  # path of its program database on the machine that built it

    def record(self) -> dict[str, Json]:
        """Return the fields that this format has, for a fact."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if value is not None}
