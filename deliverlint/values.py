"""What a measurement yields: a fact, or the reason why there is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal, TypeAlias

from deliverlint.frozen import frozen

# A fact's value is plain JSON: None (measured, and not there), a scalar, a list of scalars,
# a list of events ({start, end, value, timecode}) or a list of records.
Json: TypeAlias = Any
Basis: TypeAlias = Literal["measured", "declared", "attested"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@frozen
class Fact:
    """One named measurement; `value` None means that the thing is measurably absent."""

    name: str
    value: Json
    unit: str = ""
    basis: Basis = "measured"


@frozen
class Unmeasured:
    """No value, and why, in words for the person who made the file."""

    reason: str


def is_day(text: str) -> bool:
    """Say whether a text is a date that exists, as YYYY-MM-DD."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
