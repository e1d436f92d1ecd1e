"""Whether a value is of the type that its fact was declared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deliverlint.spec import FactSpec, FactType
from deliverlint.values import Json, is_day
from deliverlint.wording import printable

# Beyond, sums and units overflow; nothing that is measured comes near. (NaN is not between them either.)
_LARGEST = 1e100
_DAY = len("2026-11-30")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -_LARGEST < value < _LARGEST


def _is_date(value: Any) -> bool:
    """A day, or a day with a time behind it."""
    return isinstance(value, str) and is_day(value[:_DAY]) and value[_DAY : _DAY + 1] in ("", "T", " ")


def _is_event(value: Any) -> bool:
    return isinstance(value, dict) and _is_number(value.get("start")) and _is_number(value.get("end"))


def _is_list_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


_FITS: dict[FactType, tuple[str, Callable[[Any], bool]]] = {
    "text": ("text", _is_text),
    "number": ("a number", _is_number),
    "yes/no": ("yes or no", lambda value: isinstance(value, bool)),
    "date": ("a date (year-month-day)", _is_date),
    "texts": ("a list of texts", _is_list_of(_is_text)),
    "numbers": ("a list of numbers", _is_list_of(_is_number)),
    "events": ("a list of events", _is_list_of(_is_event)),
    "records": ("a list of records", _is_list_of(lambda item: isinstance(item, dict))),
}


def misfit(spec: FactSpec, value: Json) -> str:
    """Return why a value cannot be that fact's; empty where it can. None (measured, and not there) always fits."""
    if _fits(spec, value):
        return ""
    expected = _FITS[spec.type][0]
    if spec.type == "date" and isinstance(value, str):  # what a document says, and no mistake of its reader
        return f"'{printable(value, 60)}' is no date; {expected} belongs there"
    return (
        f"the reader '{spec.probe}' answered {printable(repr(value), 60)} where {expected} belongs;"
        " this is a mistake in its plugin"
    )


def misfit_in_record(spec: FactSpec, value: Json) -> str:
    """Return why a value cannot be that field's of a record; empty where it can."""
    if _fits(spec, value):
        return ""
    return f"{printable(repr(value), 60)} stands where {_FITS[spec.type][0]} belongs"


def _fits(spec: FactSpec, value: Json) -> bool:
    if value is None:
        return True
    if not _FITS[spec.type][1](value):
        return False
    if spec.type == "events" and spec.unit:
        return all(event.get("value") is None or _is_number(event["value"]) for event in value)
    return True
