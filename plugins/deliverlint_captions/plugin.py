"""What the captions plugin declares; all of it data."""

from __future__ import annotations

from deliverlint.hookspecs import FactSpec, FileType, Probe, hookimpl
from deliverlint_captions.facts import FACTS, READ_PROBE
from deliverlint_captions.types import FILE_TYPES


@hookimpl
def facts() -> list[FactSpec]:
    return list(FACTS)


@hookimpl
def probes() -> list[Probe]:
    return [
        Probe(
            id=READ_PROBE,
            version="2",
            run="deliverlint_captions.read:measure",
            media=("captions",),
            memory_mb=768,
            cpu_s=60,
            wall_s=120,
        )
    ]


@hookimpl
def file_types() -> list[FileType]:
    return list(FILE_TYPES)
