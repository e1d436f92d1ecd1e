"""Fields of a document kind as facts: one fact for each property of its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deliverlint.spec import DocumentKind, FactSpec, FactType
from deliverlint.values import Json

# The one probe that reads structured documents; a plugin brings it.
FIELDS_PROBE = "document.fields"


def facts_of_kind(kind: DocumentKind) -> Iterator[FactSpec]:
    """Yield `<kind>.<field>` for each property; a property's `unit` and `x-fact` name override the defaults.

    A property that is a mapping is no fact: there is no phrase for one.
    """
    for name, (key, schema) in names_of_fields(kind).items():
        yield _fact(name, schema, key, probe=FIELDS_PROBE)


def names_of_fields(kind: DocumentKind) -> dict[str, tuple[str, Mapping[str, Json]]]:
    """Return the property and its schema for each fact that a kind's fields make."""
    properties: Mapping[str, Json] = kind.fields.get("properties", {})
    return {
        schema.get("x-fact", f"{kind.id}.{key}"): (key, schema)
        for key, schema in properties.items()
        if schema.get("type") != "object"
    }


def _fact(name: str, schema: Mapping[str, Json], key: str, probe: str) -> FactSpec:
    kind = fact_type(schema)
    fields: tuple[FactSpec, ...] = ()
    if kind == "records":
        fields = tuple(_flatten(schema.get("items", {}).get("properties", {}), ""))
    return FactSpec(
        name=name,
        type=kind,
        label=schema.get("title", key.replace("_", " ")).lower(),
        meaning=schema.get("description", schema.get("title", key)),
        unit=schema.get("unit", ""),
        values=tuple(schema.get("enum", ())) if kind == "text" else (),
        cost="scan",
        probe=probe,
        fields=fields,
    )


def _flatten(properties: Mapping[str, Json], prefix: str) -> Iterator[FactSpec]:
    for key, schema in properties.items():
        if schema.get("type") == "object":
            yield from _flatten(schema.get("properties", {}), f"{prefix}{key}.")
        else:
            yield _fact(f"{prefix}{key}", schema, key, probe="")


def fact_type(schema: Mapping[str, Json]) -> FactType:
    """Return the fact type that values of a JSON Schema have."""
    declared = schema.get("type", "string")
    if isinstance(declared, list):
        declared = next((name for name in declared if name != "null"), "string")
    if declared in ("number", "integer"):
        return "number"
    if declared == "boolean":
        return "yes/no"
    if declared == "array":
        items = fact_type(schema.get("items", {}))
        if schema.get("items", {}).get("type") == "object":
            return "records"
        return "numbers" if items == "number" else "texts"
    return "date" if schema.get("format") == "date" else "text"
