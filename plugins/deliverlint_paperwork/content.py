"""What a document says, held against what it has to say."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from deliverlint.values import Json, Unmeasured
from deliverlint.wording import counted, printable
from deliverlint_paperwork import blanks, derive, structured, tables, words
from deliverlint_paperwork.findings import Findings
from deliverlint_paperwork.structured import Loaded, Place

if TYPE_CHECKING:
    from deliverlint_paperwork.examine import Asked

# Fewer words are no letter, licence or report.
FEWEST_WORDS = 5
_LAST_DAYS = ("expires", "valid_until")


def judge_text(text: str, layer: str, complete: bool, asked: Asked, found: Findings) -> None:
    """Judge running text: there is some, no blank is left, and it names the work where it has to."""
    if layer == "scan":
        if asked.text_needed:
            found.unreadable("is a scan; the words are needed as text that can be searched")
        return
    if layer == "none":
        found.unfilled("is blank: it has neither words nor pictures")
        return
    if left := blanks.in_text(text):
        found.blank(f"still has {counted(left, 'place')} marked FILL IN")
    elif words.count(text) < FEWEST_WORDS:
        found.unfilled(f"holds only {counted(words.count(text), 'word')}")
    elif asked.fields.get("x-names") == "delivery.title" and complete and not _names(text, asked.title):
        found.mismatched(f"does not name '{printable(asked.title, 80)}', the title of this delivery")


def _names(text: str, title: str) -> bool:
    """Say whether a text names a title; a script written from the right is not looked for in a PDF's order."""
    wanted = words.folded(title)
    from_the_right = any(unicodedata.bidirectional(char) in ("R", "AL") for char in title)
    return not wanted or from_the_right or wanted in words.folded(text)


def judge_data(path: Path, form: str, asked: Asked, found: Findings) -> None:
    """Judge a structured document: no blank is left, it fits its schema, is in date and speaks of this work.

    Raises UnreadableError where it cannot be read.
    """
    schema = asked.fields
    if not schema.get("properties"):
        _judge_loose(path, form, found)
        return
    if asked.forms and form not in asked.forms:
        return
    loaded = structured.load(path, form, schema)
    open_places = list(blanks.in_data(loaded.data))
    for place in open_places[:10]:
        found.blank(_at(loaded, place, f"{_field(place)} is still marked FILL IN"))
    if len(open_places) > 10:
        found.blank(f"{len(open_places) - 10} more places are still marked FILL IN")
    _judge_schema(loaded, schema, open_places, found)
    if isinstance(loaded.data, dict):
        _judge_title(loaded, schema, asked.title, found)
        _judge_sums(loaded.data, schema, found)
        _judge_dates(loaded, asked.as_of, found)


def _judge_loose(path: Path, form: str, found: Findings) -> None:
    """Read a table or data of a kind that prescribes no fields: it only has to hold something."""
    if form in ("CSV", "XLSX"):
        table = tables.from_csv(path) if form == "CSV" else tables.from_xlsx(path)
        data: Json = [list(cells) for _, cells in table.rows]
    else:
        data = structured.load(path, form, {}).data
    if any(True for _ in blanks.in_data(data)):
        found.blank("still has places marked FILL IN")
    elif data in ([], {}, None, ""):
        found.unfilled("holds nothing")


def _judge_schema(loaded: Loaded, schema: Mapping[str, Json], open_places: list[Place], found: Findings) -> None:
    from deliverlint_paperwork import validate

    open_paths = {".".join(map(str, place)) for place in open_places}
    filled = Loaded(derive.with_defaults(loaded.data, schema), loaded.lines)
    for problem in validate.problems(filled, schema):
        if problem.path in open_paths:
            continue
        (found.unfilled if problem.missing else found.mismatched)(problem.sentence())


def _judge_title(loaded: Loaded, schema: Mapping[str, Json], title: str, found: Findings) -> None:
    for name, inner in schema["properties"].items():
        if inner.get("x-same-as") != "delivery.title":
            continue
        written = loaded.data.get(name)
        if not title or not isinstance(written, str) or blanks.in_text(written):
            continue
        if words.folded(written) != words.folded(title):
            sentence = f"{name} is '{printable(written, 80)}', but the delivery is '{printable(title, 80)}'"
            found.mismatched(_at(loaded, (name,), sentence))


def _judge_sums(data: Mapping[str, Json], schema: Mapping[str, Json], found: Findings) -> None:
    for name in schema["properties"]:
        written, added = data.get(name), derive.sum_of(name, data, schema)
        if added is None or isinstance(added, Unmeasured) or not isinstance(written, int | float):
            continue
        if abs(written - added) > 0.01:
            found.mismatched(f"{name} is {written:g}, but its lines add up to {added:g}")


def _judge_dates(loaded: Loaded, as_of: str, found: Findings) -> None:
    for name in _LAST_DAYS:
        day = loaded.data.get(name)
        if as_of and isinstance(day, str) and len(day) == 10 and day[4:5] == "-" and day < as_of:
            found.expired(_at(loaded, (name,), f"expired on {printable(day, 20)}"))


def _field(place: Place) -> str:
    names = [part for part in place if isinstance(part, str)]
    return printable(names[-1] if names else "it", 80)


def _at(loaded: Loaded, place: Place, sentence: str) -> str:
    line = loaded.line(place) if loaded.lines else 0
    return f"line {line}: {sentence}" if line else sentence
