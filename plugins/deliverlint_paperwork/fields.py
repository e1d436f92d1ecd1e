"""Probe `document.fields`: the fields of a structured document as facts of its kind."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_paperwork import blanks, derive, form, structured
from deliverlint_paperwork.structured import Loaded
from deliverlint_paperwork.trouble import UnreadableError


def measure(source: Source, wanted: frozenset[str]) -> Mapping[str, Json | Unmeasured]:
    """Measure `<kind>.<property>`, or the property's `x-fact`; an empty field is absent.

    Records get the line they stand on as `line`, where they have no such field.
    """
    schema: Mapping[str, Json] = source.options.get("fields") or {}
    kind = str(source.options.get("kind") or "")
    names = {inner.get("x-fact", f"{kind}.{name}"): name for name, inner in schema.get("properties", {}).items()}
    try:
        loaded = read(source, schema)
    except UnreadableError as problem:
        return dict.fromkeys(wanted, Unmeasured(str(problem)))
    data = derive.with_defaults(loaded.data, schema)
    if not isinstance(data, dict):
        return dict.fromkeys(wanted, Unmeasured("is a list or a single word where a mapping of fields is expected"))
    return {fact: _value(names[fact], data, schema, loaded) for fact in wanted if fact in names}


def read(source: Source, schema: Mapping[str, Json]) -> Loaded:
    """Load a document whatever structured form it has; raise UnreadableError."""
    found = form.form_of(source.path, source.name)
    if not found:
        raise UnreadableError(form.what_instead(source.path, source.format))
    if found not in structured.STRUCTURED:
        raise UnreadableError(f"is {form.in_words(found)}, which has no fields to read; YAML, JSON, CSV and XLSX have")
    return structured.load(source.path, found, schema)


def _value(name: str, data: Mapping[str, Json], schema: Mapping[str, Json], loaded: Loaded) -> Json | Unmeasured:
    inner = schema["properties"][name]
    value = derive.value_of(name, data, schema)
    if isinstance(value, Unmeasured) or value is None:
        return value
    if isinstance(value, str) and blanks.in_text(value):
        return Unmeasured("is still marked FILL IN")
    if not _has_type(value, inner):
        return Unmeasured(f"{name} is not what it should be: see the problems of the document")
    return _with_lines(name, value, inner, loaded) if inner.get("items", {}).get("type") == "object" else value


def _with_lines(name: str, records: list[Json], schema: Mapping[str, Json], loaded: Loaded) -> list[Json]:
    if "line" in schema["items"].get("properties", {}):
        return records
    lines = [loaded.lines.get((name, index), 0) for index in range(len(records))]
    return [{**record, "line": line} if line else record for record, line in zip(records, lines, strict=True)]


def _has_type(value: Json, schema: Mapping[str, Json]) -> bool:
    """Say whether a value, and each entry of a list, has its schema's type; phrases rely on it."""
    kind = schema.get("type", "string")
    if kind == "array":
        return isinstance(value, list) and all(_has_type(entry, schema.get("items", {})) for entry in value)
    if kind == "object":
        inner = schema.get("properties", {})
        return isinstance(value, dict) and all(
            _has_type(part, inner[key]) for key, part in value.items() if key in inner and part is not None
        )
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("number", "integer"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)
