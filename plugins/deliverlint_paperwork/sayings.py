"""What a JSON Schema finds wrong, in plain words: "is 'tryed', expected 'used' or 'tried'"."""

from __future__ import annotations

from typing import Any

from deliverlint.values import Json
from deliverlint.wording import did_you_mean, listed, printable

_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "yes or no",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def say(error: Any) -> str:
    """Return a jsonschema.ValidationError as a phrase that goes on after the name of the field."""
    return _SAYINGS.get(str(error.validator), _otherwise)(error)


def _shown(value: Json) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, bool):
        return "'yes'" if value else "'no'"
    if value is None:
        return "empty"
    return f"'{printable(str(value), 60)}'"


def _required(error: Any) -> str:
    missing = [f"'{name}'" for name in error.validator_value if name not in error.instance]
    return f"lacks {listed(missing)}"


def _type(error: Any) -> str:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return (
        f"is {_shown(error.instance)}, expected {listed((_TYPES.get(str(name), str(name)) for name in wanted), 'or')}"
    )


def _enum(error: Any) -> str:
    known = [str(value) for value in error.validator_value]
    shown = listed((f"'{value}'" for value in known[:20]), "or")
    return f"is {_shown(error.instance)}, expected {shown}{did_you_mean(str(error.instance)[:60], known)}"


def _format(error: Any) -> str:
    wanted = "a day written as 2026-11-22" if error.validator_value == "date" else f"a {error.validator_value}"
    return f"is {_shown(error.instance)}, expected {wanted}"


def _additional(error: Any) -> str:
    known = list(error.schema.get("properties", {}))
    unknown = [name for name in error.instance if name not in known]
    name = unknown[0] if unknown else ""
    return f"has the field '{printable(name, 60)}', which is not known{did_you_mean(name[:60], known)}"


def _length(error: Any) -> str:
    bounds = {
        "minLength": f"is {_shown(error.instance)}, expected at least {error.validator_value} characters",
        "maxLength": f"is longer than {error.validator_value} characters",
        "minItems": f"has {_shown(error.instance)}, expected at least {error.validator_value}",
        "maxItems": f"has {_shown(error.instance)}, expected at most {error.validator_value}",
    }
    return "is empty" if not error.instance else bounds[str(error.validator)]


def _bound(error: Any) -> str:
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
    }
    return f"is {_shown(error.instance)}, expected {words[str(error.validator)]} {error.validator_value}"


def _choice(error: Any) -> str:
    return "fits none of the ways in which it may be written"


def _otherwise(error: Any) -> str:
    return f"is {_shown(error.instance)}: {printable(error.message, 160)}"


_SAYINGS = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "format": _format,
    "additionalProperties": _additional,
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _length),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _bound),
    **dict.fromkeys(("anyOf", "oneOf"), _choice),
}
