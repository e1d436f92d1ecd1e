"""Named check `cube.complete`: a table cut short is worse than none."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.values import Json


def check(facts: Mapping[str, Json]) -> str | None:
    """Return what is wrong, or None where every point has its row."""
    size, rows = facts["lut.size"], facts["lut.rows"]
    expected = size**3 if facts["lut.dimensions"] == "3D" else size
    if rows == expected:
        return None
    return f"the table has {rows} rows, expected {expected} for {size} points on each axis"
