"""What the image plugin brings: file types and header facts."""

from __future__ import annotations

from deliverlint.hookspecs import FactSpec, FileType, Probe, hookimpl
from deliverlint_image.facts import FACTS, HEADER
from deliverlint_image.types import FILE_TYPES


@hookimpl
def file_types() -> list[FileType]:
    return FILE_TYPES


@hookimpl
def facts() -> list[FactSpec]:
    return FACTS


@hookimpl
def probes() -> list[Probe]:
    return [
        Probe(
            id=HEADER,
            version="1",
            run="deliverlint_image.header:measure",
            media=("image",),
            memory_mb=512,
            cpu_s=20,
            wall_s=40,
        )
    ]
