"""Probe `cube.header`: size and rows of a .cube file (Adobe, Cube LUT Specification 1.0)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deliverlint.hookspecs import Source, Unmeasured
from deliverlint.values import Json

_SIZE = re.compile(rb"LUT_([13])D_SIZE\s+(\d{1,6})\s*")
_ROW = re.compile(rb"\s*[+-]?[\d.]\S*\s+\S+\s+\S+\s*")
_MAX_LINE = 1000


def measure(source: Source, wanted: frozenset[str]) -> Mapping[str, Json | Unmeasured]:
    """Measure size and rows in one pass, a line at a time: a hostile file may have one endless line."""
    dimensions, size, rows = "", 0, 0
    with source.path.open("rb") as file:
        while line := file.readline(_MAX_LINE):
            if found := _SIZE.fullmatch(line):
                dimensions, size = f"{found[1].decode()}D", int(found[2])
            elif _ROW.fullmatch(line):
                rows += 1
    if not size:
        return dict.fromkeys(wanted, Unmeasured("says no size: the line LUT_3D_SIZE has no number"))
    return {"lut.dimensions": dimensions, "lut.size": size, "lut.rows": rows}
