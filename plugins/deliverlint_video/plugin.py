"""What the video plugin declares; all of it data."""

from __future__ import annotations

from deliverlint.hookspecs import FactSpec, FileType, Probe, hookimpl
from deliverlint_video.facts import CONTAINER_FACTS, HEADER_PROBE, PICTURE_FACTS
from deliverlint_video.types import FILE_TYPES, SOUND_BY_NAME


@hookimpl
def facts() -> list[FactSpec]:
    return [*CONTAINER_FACTS, *PICTURE_FACTS]


@hookimpl
def probes() -> list[Probe]:
    return [
        Probe(
            id=HEADER_PROBE,
            version="2",
            run="deliverlint_video.header:measure",
            media=("video",),
            memory_mb=768,
            cpu_s=20,  # seconds for the longest header; MediaInfo never comes back from some damaged files
            wall_s=120,
        )
    ]


@hookimpl
def file_types() -> list[FileType]:
    return [*FILE_TYPES, *SOUND_BY_NAME]
