"""What this plugin adds. It is imported whenever deliverlint starts: data only, no library, no opened file."""

from __future__ import annotations

from pathlib import Path

from deliverlint.hookspecs import Check, FactSpec, FileType, Probe, ReportFormat, hookimpl

PROBE = "cube.header"


def is_cube(head: bytes) -> bool:
    """Say whether the first bytes of a file are a look-up table; has to bear any bytes."""
    return b"\0" not in head and (b"LUT_3D_SIZE" in head or b"LUT_1D_SIZE" in head)


@hookimpl
def file_types() -> list[FileType]:
    return [FileType(media="lut", format="Cube LUT", extensions=(".cube",), accepts=is_cube)]


@hookimpl
def facts() -> list[FactSpec]:
    return [
        FactSpec(
            name="lut.dimensions",
            type="text",
            label="dimensions of the table",
            meaning="Whether each channel is looked up alone (1D) or all together (3D).",
            values=("1D", "3D"),
            probe=PROBE,
        ),
        FactSpec(
            name="lut.size",
            type="number",
            label="points on each axis",
            meaning="How many points each axis of the table has.",
            decimals=0,
            probe=PROBE,
        ),
        FactSpec(
            name="lut.rows",
            type="number",
            label="rows of the table",
            meaning="How many rows of three numbers follow the header.",
            decimals=0,
            cost="scan",
            probe=PROBE,
        ),
    ]


@hookimpl
def probes() -> list[Probe]:
    # `media`: any other file is never handed to the probe, and its facts are unmeasured with the reason.
    return [Probe(id=PROBE, version="1", run="deliverlint_cube.header:measure", media=("lut",), memory_mb=256)]


@hookimpl
def checks() -> list[Check]:
    return [
        Check(
            id="cube.complete",
            title="The table has a row for every point",
            facts=("lut.dimensions", "lut.size", "lut.rows"),
            run="deliverlint_cube.complete:check",
        )
    ]


@hookimpl
def report_formats() -> list[ReportFormat]:
    return [ReportFormat(name="tally", title="One line a ruleset: passed of all", run="deliverlint_cube.tally:render")]


@hookimpl
def rulesets() -> list[Path]:
    return [Path(__file__).parent / "rulesets"]
