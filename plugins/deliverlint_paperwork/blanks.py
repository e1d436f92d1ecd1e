"""Places of a template that nobody has filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deliverlint.values import Json
from deliverlint_paperwork.structured import Place

# As every template of the project writes it, always in capitals.
BLANK = re.compile(r"\bFILL[ \t\r\n\u00a0]{1,3}IN\b")


def in_text(text: str) -> int:
    """Count the blanks of a text."""
    return sum(1 for _ in BLANK.finditer(text))


def in_data(data: Json, place: Place = ()) -> Iterator[Place]:
    """Yield the place of each value that is still a blank."""
    if isinstance(data, str):
        if BLANK.search(data):
            yield place
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from in_data(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from in_data(value, (*place, index))
