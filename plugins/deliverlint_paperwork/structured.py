"""Structured documents as JSON values, whichever form they are written in, with the line of each value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from deliverlint import strictyaml
from deliverlint.values import Json
from deliverlint.wording import printable
from deliverlint_paperwork import records, tables, trouble, words
from deliverlint_paperwork.trouble import UnreadableError

STRUCTURED = frozenset({"CSV", "XLSX", "JSON", "YAML"})
_DIGITS = 300
_LARGEST = 1e300
Place: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a document says, and on which line each part of it stands (JSON keeps no lines)."""

    data: Json
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Return the line of a place or of the nearest part around it; 0 where none is known."""
        for length in range(len(place), -1, -1):
            if line := self.lines.get(place[:length]):
                return line
        return 0


def load(path: Path, form: str, schema: Mapping[str, Json]) -> Loaded:
    """Read a CSV, XLSX, JSON or YAML file into values that fit `schema` where it says how.

    A list at the top of YAML or JSON is the kind's sole list of records. Raises UnreadableError.
    """
    if form in ("CSV", "XLSX"):
        table = tables.from_csv(path) if form == "CSV" else tables.from_xlsx(path)
        data, lines = records.as_records(table, schema)
        return Loaded(data, lines)
    text = words.decoded(trouble.content(path))
    name = records.table_property(schema)
    if form == "YAML":
        return _yaml(text, schema, name)
    if form == "JSON":
        data = _json(text)
        return Loaded({name: data} if name and isinstance(data, list) else data)
    raise UnreadableError(f"is {form}, which has no fields to read; they can be read from CSV, XLSX, JSON or YAML")


def _yaml(text: str, schema: Mapping[str, Json], name: str) -> Loaded:
    try:
        node = strictyaml.parse(text, "it")
    except strictyaml.YamlError as error:
        problem = error.problem
        at = f"line {problem.line}: " if problem.line else ""
        raise UnreadableError(f"cannot be read: {at}{problem.message}") from None
    except StopIteration:  # the events of a broken stream may simply end
        raise UnreadableError("cannot be read: it is not valid YAML") from None
    lines: dict[Place, int] = {}
    if name and isinstance(node, strictyaml.Sequence):
        _number_lines(node, (name,), lines)
        return Loaded({name: _values(node, schema["properties"][name])}, lines)
    _number_lines(node, (), lines)
    return Loaded(_values(node, schema), lines)


def _values(node: strictyaml.Node, schema: Mapping[str, Json]) -> Json:
    try:
        data = strictyaml.to_json(node, schema)
    except ValueError:
        raise UnreadableError("holds a number of thousands of digits") from None
    return _finite(data)


def _finite(data: Json) -> Json:
    """Put a text in the place of a number too large to be one: JSON knows no infinity."""
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_finite(value) for value in data]
    too_large = isinstance(data, int | float) and not isinstance(data, bool) and not abs(data) < _LARGEST
    return str(data) if too_large else data


def _number_lines(node: strictyaml.Node, place: Place, lines: dict[Place, int]) -> None:
    lines[place] = node.line
    if isinstance(node, strictyaml.Map):
        for key, value in node.items.items():
            _number_lines(value, (*place, key), lines)
            lines[(*place, key)] = node.keys[key].line
    elif isinstance(node, strictyaml.Sequence):
        for index, value in enumerate(node.items):
            _number_lines(value, (*place, index), lines)


def _json(text: str) -> Json:
    try:
        data = json.loads(
            text,
            object_pairs_hook=_without_twins,
            parse_constant=_no_constant,
            parse_float=_finite_float,
            parse_int=_bounded_int,
        )
    except json.JSONDecodeError as problem:
        raise UnreadableError(f"is not valid JSON at line {problem.lineno}: {problem.msg}") from None
    except RecursionError:
        raise UnreadableError(f"is nested more than {trouble.MAX_DEPTH} levels deep") from None
    except ValueError as problem:
        raise UnreadableError(f"is not valid JSON: {printable(str(problem), 120)}") from None
    if _deeper_than(data, trouble.MAX_DEPTH):
        raise UnreadableError(f"is nested more than {trouble.MAX_DEPTH} levels deep")
    return data


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"'{printable(key, 60)}' is written twice")
        found[key] = value
    return found


def _no_constant(word: str) -> Json:
    raise ValueError(f"{word} is no number in JSON")


def _finite_float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{printable(text, 40)} is too large a number")
    return number


def _bounded_int(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError(f"{printable(text, 40)} is too large a number")
    return int(text)


def _deeper_than(data: Json, limit: int) -> bool:
    level = [data]
    for _ in range(limit + 1):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True
