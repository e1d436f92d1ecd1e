"""Whether a value is of the type that its fact was declared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deliverlint.spec import FactSpec, FactType
from deliverlint.values import Json
from deliverlint.wording import printable


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_event(value: Any) -> bool:
    return isinstance(value, dict) and _is_number(value.get("start")) and _is_number(value.get("end"))


_FITS: dict[FactType, tuple[str, Callable[[Any], bool]]] = {
    "text": ("text", _is_text),
    "number": ("a number", _is_number),
    "yes/no": ("yes or no", lambda value: isinstance(value, bool)),
    "date": ("a date as text", _is_text),
    "texts": ("a list of texts", lambda value: isinstance(value, list) and all(map(_is_text, value))),
    "numbers": ("a list of numbers", lambda value: isinstance(value, list) and all(map(_is_number, value))),
    "events": ("a list of events", lambda value: isinstance(value, list) and all(map(_is_event, value))),
    "records": (
        "a list of records",
        lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
    ),
}


def misfit(spec: FactSpec, value: Json) -> str:
    """Return why a value cannot be that fact's; empty where it can. None (measured, and not there) always fits."""
    expected, fits = _FITS[spec.type]
    if value is None or fits(value):
        return ""
    return (
        f"the reader '{spec.probe}' answered {printable(repr(value), 60)} where {expected} belongs;"
        " this is a mistake in its plugin"
    )
