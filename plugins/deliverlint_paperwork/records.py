"""Rows of a table as the records that a kind's JSON Schema describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from deliverlint.strictyaml import scalar_to_json
from deliverlint.values import Json
from deliverlint_paperwork.tables import Cell, Table
from deliverlint_paperwork.trouble import UnreadableError

Schema: TypeAlias = Mapping[str, Any]
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:\.\d{1,6})?)", re.ASCII)


def table_property(schema: Schema) -> str:
    """Return the name of the schema's sole list of records, or an empty string."""
    names = [
        name
        for name, inner in schema.get("properties", {}).items()
        if inner.get("type") == "array" and inner.get("items", {}).get("type") == "object"
    ]
    return names[0] if len(names) == 1 else ""


def as_records(table: Table, schema: Schema) -> tuple[dict[str, Json], dict[tuple[str | int, ...], int]]:
    """Return `{property: [record, ...]}` and the line of each record, by its path in it.

    The header's names are matched without regard to case, spaces and hyphens, also by a column's title; a dot
    nests. Cells become what the column's schema says. Raises UnreadableError where the kind is no table.
    """
    name = table_property(schema)
    if not name:
        raise UnreadableError("is a table, but this paper is not one: hand it over as YAML or JSON")
    items = schema["properties"][name]["items"]
    columns = [_column(title, items) for title in table.header]
    lines: dict[tuple[str | int, ...], int] = {}
    found: list[Json] = []
    for line, cells in table.rows:
        record: dict[str, Json] = {}
        for (path, inner), cell in zip(columns, cells, strict=True):
            if cell is not None and path:
                _put(record, path, converted(cell, inner))
        lines[(name, len(found))] = line
        found.append(record)
    return {name: found}, lines


def _column(title: str, items: Schema) -> tuple[tuple[str, ...], Schema]:
    """Return the path that a column fills and the schema of its cells; without one where it is not known."""
    wanted = _folded(title)
    for path, inner in _leaves(items, ()):
        if wanted in (_folded(".".join(path)), _folded(str(inner.get("title", "")))):
            return path, inner
    return (tuple(part for part in title.split(".") if part) if title else ()), {"type": "string"}


def _leaves(schema: Schema, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Schema]]:
    found: list[tuple[tuple[str, ...], Schema]] = []
    for name, inner in schema.get("properties", {}).items():
        if inner.get("type") == "object" and len(path) < 8:
            found += _leaves(inner, (*path, name))
        else:
            found.append(((*path, name), inner))
    return found


def _folded(title: str) -> str:
    return re.sub(r"[\s_\-]+", "_", title.strip()).casefold()


def _put(record: dict[str, Json], path: tuple[str, ...], value: Json) -> None:
    for part in path[:-1]:
        inner = record.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        record = inner
    record[path[-1]] = value


def converted(cell: Cell, schema: Schema) -> Json:
    """Turn a cell into what its schema asks for; what cannot be turned stays, for the validation to name."""
    wanted = schema.get("type")
    if wanted == "array":
        parts = [part.strip() for part in str(cell).split(";")]
        return [converted(part, schema.get("items", {})) for part in parts if part]
    if wanted == "string" and not isinstance(cell, str):
        return ("yes" if cell else "no") if isinstance(cell, bool) else str(cell)
    if wanted == "boolean" and cell in (0, 1):
        return bool(cell)
    if not isinstance(cell, str):
        return cell
    if wanted in ("number", "integer"):
        return _number(cell, schema)
    return plain(cell, schema)


def _number(cell: str, schema: Schema) -> Json:
    """Read `0:45` as seconds where the column is in seconds, and `12.5 %` where it is in percent."""
    unit = schema.get("unit", "")
    if unit == "s" and (clock := _CLOCK.fullmatch(cell)):
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])
    if unit and cell.endswith(unit):
        cell = cell[: -len(unit)].rstrip()
    return plain(cell, schema)


def plain(text: str, schema: Schema) -> Json:
    """Convert one text by its schema; a number too large for JSON stays text."""
    try:
        value = scalar_to_json(text, schema)
    except ValueError:  # thousands of digits
        return text
    if isinstance(value, int | float) and not isinstance(value, bool) and not abs(value) < 1e300:
        return text
    return value
