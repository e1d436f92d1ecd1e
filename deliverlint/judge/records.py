"""Records, the entries of a list fact: what they hold and what they are called."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.values import Json
from deliverlint.wording import printable


def dig(record: Mapping[str, Json], dotted: str) -> Json:
    """Return the value at a dotted key of nested mappings, also where the key is written with its dots."""
    if dotted in record:
        return record[dotted]
    value: Json = record
    for key in dotted.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return value


def name_of(record: Mapping[str, Json], index: int) -> str:
    """Return what a record is called, safe to be shown."""
    for key in ("name", "id", "shot", "path", "file", "title", "person", "asset", "message"):
        if isinstance(record.get(key), (str, int)):
            return printable(str(record[key]), 80)
    return f"entry {index + 1}"
