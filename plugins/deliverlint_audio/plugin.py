"""What the sound plugin brings: file types, header and tag facts, what a supplier declares, and the GTIN check."""

from __future__ import annotations

from deliverlint.hookspecs import Check, FactSpec, FileType, Probe, hookimpl
from deliverlint_audio.declared import DECLARED
from deliverlint_audio.facts import HEADER, HEADER_FACTS, TAG_FACTS, TAGS
from deliverlint_audio.types import FILE_TYPES


@hookimpl
def file_types() -> list[FileType]:
    return FILE_TYPES


@hookimpl
def facts() -> list[FactSpec]:
    return [*HEADER_FACTS, *TAG_FACTS, *DECLARED]


@hookimpl
def probes() -> list[Probe]:
    return [
        Probe(id=HEADER, version="3", run="deliverlint_audio.header:measure", media=("audio", "video")),
        # mutagen unpacks whatever a tag holds: 916 MB were seen for an ID3 tag of 299 kB.
        Probe(
            id=TAGS,
            version="1",
            run="deliverlint_audio.tags:measure",
            media=("audio",),
            memory_mb=384,
            cpu_s=20,
            wall_s=40,
        ),
    ]


@hookimpl
def checks() -> list[Check]:
    return [
        Check(
            id="gtin",
            title="The UPC or EAN is well-formed and its check digit is right",
            facts=("delivery.upc",),
            run="deliverlint_audio.identifiers:gtin_problem",
        )
    ]
