"""What is not written in a document but follows from it: defaults, columns and sums.

A kind's JSON Schema says so with keywords of its own, which a validator passes over:
`x-defaults: name`   each record of the list takes from the mapping `name` what it does not say itself
`default: value`     JSON Schema's own: what a record means where neither it nor the defaults say it
`x-column: a.b.c`    the list of `b.c` of all records of the list `a`, without repeats
`x-sum: a.b`         where the number is not written: the sum of `b` over the list `a`
`x-where: {b: [..]}` of which records: `b` is one of these, None for empty; after a leading "not", none of these
`x-same: b`          the records must agree in `b`, or there is no sum
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from deliverlint.values import Json, Unmeasured

Schema: TypeAlias = Mapping[str, Any]


def with_defaults(data: Json, schema: Schema) -> Json:
    """Return the document with the defaults written out in each record."""
    if not isinstance(data, dict):
        return data
    filled = dict(data)
    for name, inner in schema.get("properties", {}).items():
        columns = inner.get("items", {}).get("properties", {})
        defaults = {key: column["default"] for key, column in columns.items() if "default" in column}
        written = data.get(inner.get("x-defaults", ""))
        if isinstance(written, dict):
            defaults |= written
        if defaults and isinstance(data.get(name), list):
            filled[name] = [_merged(defaults, record) if isinstance(record, dict) else record for record in data[name]]
    return filled


def _merged(defaults: Mapping[str, Json], record: Mapping[str, Json]) -> dict[str, Json]:
    merged = {**defaults, **record}
    for key, value in defaults.items():
        own = record.get(key)
        if isinstance(value, dict) and isinstance(own, dict):
            merged[key] = {**value, **own}
    return merged


def value_of(name: str, data: Mapping[str, Json], schema: Schema) -> Json | Unmeasured:
    """Return one property's value: written, or derived; None where it is neither."""
    inner = schema.get("properties", {}).get(name, {})
    where = inner.get("x-where", {})
    if source := inner.get("x-column"):
        return list(dict.fromkeys(str(value) for value in _column(data, source, where)))
    written = data.get(name)
    if written is None and (source := inner.get("x-sum")):
        return _sum(data, source, where, inner.get("x-same", ""))
    return written


def sum_of(name: str, data: Mapping[str, Json], schema: Schema) -> Json | Unmeasured:
    """Return the sum that a property's `x-sum` asks for, whether or not the number is written; None without one."""
    inner = schema.get("properties", {}).get(name, {})
    source = inner.get("x-sum")
    return _sum(data, source, inner.get("x-where", {}), inner.get("x-same", "")) if source else None


def _sum(data: Mapping[str, Json], source: str, where: Schema, same: str) -> Json | Unmeasured:
    table, _, column = source.partition(".")
    if not isinstance(data.get(table), list):
        return None
    if same:
        words = sorted({str(value) for value in _column(data, f"{table}.{same}", where)})
        if len(words) > 1:
            shown = ", ".join(words[:5])
            return Unmeasured(f"cannot be added up: its lines differ in {same} ({shown})")
    values = list(_column(data, source, where))
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return Unmeasured(f"cannot be added up: not every {column} is a number")
    return round(sum(values), 6)


def _column(data: Mapping[str, Json], source: str, where: Schema) -> Iterator[Json]:
    table, *path = source.split(".")
    for record in data.get(table) or ():
        if not isinstance(record, dict) or not all(_allowed(record, key, words) for key, words in where.items()):
            continue
        value: Json = record
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, list):
            yield from (each for each in value if isinstance(each, str | int | float))
        elif value is not None and not isinstance(value, dict):
            yield value


def _allowed(record: Mapping[str, Json], key: str, words: list[Json]) -> bool:
    value = record.get(key)
    if words and words[0] == "not":
        return value not in words[1:]
    # True and 1 are equal in Python; in a document they are not.
    return any(value == word and isinstance(value, bool) == isinstance(word, bool) for word in words)
