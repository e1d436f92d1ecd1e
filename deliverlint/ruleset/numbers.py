"""Phrases about numbers and dates: values, limits, ranges and tolerances, checked against the fact's unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from deliverlint.ruleset.errors import PhraseError
from deliverlint.ruleset.hints import about_number, rephrased
from deliverlint.ruleset.model import Between, Compare, FactRef, Is, Phrase, Within
from deliverlint.ruleset.refs import fact_ref
from deliverlint.spec import FactSpec
from deliverlint.units import FRAME, NO_UNIT, UNITS, Quantity, comparable, is_difference, quantity
from deliverlint.values import is_day
from deliverlint.wording import did_you_mean, printable

OPERATORS: Mapping[str, Literal["<=", ">=", "<", ">"]] = {
    "at most": "<=",
    "at least": ">=",
    "below": "<",
    "above": ">",
    "<=": "<=",
    ">=": ">=",
    "<": "<",
    ">": ">",
}
_SHARE = re.compile(r"([\d.]+)\s*%\s+of\s+(\S+)")
_LIKE_A_FACT = re.compile(r"[A-Za-z][\w-]*(?:[./][\w-]+)+")
_WHOLE = Quantity(100.0, UNITS["%"], "100 %")


def limit(text: str, words: str, rest: str, spec: FactSpec, facts: Mapping[str, FactSpec]) -> Phrase:
    """Parse what stands behind `at most` and its like: a quantity, a date, another fact or a share of it."""
    operator = OPERATORS[words]
    if not rest:
        raise PhraseError(f"`{words}` needs a {'date' if spec.type == 'date' else 'number'} behind it")
    if spec.type == "date":
        return Compare(text, operator, day(rest))
    if spec.type != "number":
        what = "a list; say `each`, `count` or `sum` first" if spec.type in _LISTS else f"of type {spec.type}"
        raise PhraseError(f"`{words}` compares numbers and dates, and {spec.name} is {what}")
    if match := _SHARE.fullmatch(rest):
        share = quantity(f"{match[1]} %")
        if share is None:
            raise PhraseError(f"'{match[1]}' is no number")
        return Compare(text, operator, share, _comparable(fact_ref(match[2], facts), spec, facts))
    if rest in facts or _LIKE_A_FACT.fullmatch(rest):
        return Compare(text, operator, _WHOLE, _comparable(fact_ref(rest, facts), spec, facts))
    return Compare(text, operator, quantity_for(rest, spec))


_LISTS = ("texts", "numbers", "events", "records")


def _comparable(other: FactRef, spec: FactSpec, facts: Mapping[str, FactSpec]) -> FactRef:
    other_spec = facts[other.fact]
    if other_spec.type != "number":
        raise PhraseError(f"{other.fact} is of type {other_spec.type}, and {spec.name} is a number")
    if other_spec.unit_of.dimension != spec.unit_of.dimension:
        one, two = (f"in {each.unit}" if each.unit else "a plain number" for each in (other_spec, spec))
        raise PhraseError(f"{other.fact} is {one} and {spec.name} is {two}: they cannot be compared")
    return other


def number(text: str, spec: FactSpec) -> Phrase:
    """Parse a number, a range or a number with a tolerance."""
    if "±" in text:
        return _within(text, spec)
    low_text, parted, high_text = text.partition(" to ")
    if not parted:
        return Is(text, quantity_for(text, spec))
    high = quantity_for(high_text.strip(), spec, text)
    low = quantity(low_text.strip(), default=high.unit)
    low = quantity_for(low_text.strip(), spec, text) if low is None else _checked(low, spec, low_text)
    if high.unit != FRAME != low.unit and low.to(spec.unit_of) > high.to(spec.unit_of):
        raise PhraseError(f"'{text}' runs from the larger to the smaller number")
    return Between(text, low, high)


def date(text: str, spec: FactSpec) -> Phrase:
    """Parse a date or a range of dates."""
    low, parted, high = text.partition(" to ")
    if not parted:
        return Is(text, day(text))
    if day(low.strip()) > day(high.strip()):
        raise PhraseError(f"'{text}' runs from the later to the earlier day")
    return Between(text, day(low.strip()), day(high.strip()))


def day(text: str) -> str:
    """Return a date that exists, or raise PhraseError."""
    if not is_day(text):
        hint = rephrased(text) or "; write year-month-day, such as 2026-11-30"
        raise PhraseError(f"'{printable(text, 60)}' is no date{hint}")
    return text


def _within(text: str, spec: FactSpec) -> Phrase:
    target_text, _, tolerance_text = (part.strip() for part in text.partition("±"))
    bare, tolerance = quantity(target_text), quantity(tolerance_text)
    if bare and tolerance and bare.unit == NO_UNIT and tolerance.unit != NO_UNIT:  # `-27 ± 2 LU`
        target_text = f"{target_text} {spec.unit}"
    target = quantity_for(target_text, spec)
    return Within(text, target, tolerance_for(tolerance_text, spec, target))


def tolerance_for(text: str, spec: FactSpec, target: Quantity | None) -> Quantity:
    """Read a tolerance: in the fact's unit, in that of its differences (LU for LUFS), in frames or in per cent."""
    tolerance = quantity(text)
    if tolerance is None:
        hint = about_number(text) or "; write a number and its unit"
        raise PhraseError(f"'{printable(text, 60)}' is no tolerance{hint}")
    if tolerance.number < 0:
        raise PhraseError(f"the tolerance '{text}' is negative")
    if tolerance.unit == NO_UNIT:
        return Quantity(tolerance.number, target.unit if target else spec.unit_of, text)
    if tolerance.unit.dimension == "share" and spec.unit_of.dimension != "share" and target is not None:
        return Quantity(abs(target.number) * tolerance.number / 100, target.unit, text)
    if tolerance.unit == FRAME:
        return _checked(tolerance, spec, text)
    if not is_difference(tolerance.unit, spec.unit_of):
        unit = f"in {spec.unit}" if spec.unit else "a plain number"
        raise PhraseError(f"'{text}' cannot be the tolerance of {spec.name}, which is {unit}")
    return tolerance


def quantity_for(text: str, spec: FactSpec, whole: str = "") -> Quantity:
    """Read a quantity that can be held against the fact; `whole` is the phrase that it is a part of."""
    found = quantity(text)
    if found is not None:
        return _checked(found, spec, text)
    if hint := about_number(whole or text):
        raise PhraseError(f"'{printable(whole or text, 60)}' cannot be read{hint}")
    numeral = re.match(r"[+-]?[\d.]+", text)
    if numeral and quantity(numeral[0]):
        symbol = text[numeral.end() :].strip()
        hint = did_you_mean(symbol, UNITS) or _write(numeral[0], spec)
        raise PhraseError(f"'{printable(symbol, 40)}' is no unit{hint}")
    if spec.name == "count":
        raise PhraseError(f"'{printable(text, 60)}' is no number; say how many: 1, at least 1, 1 to 3")
    kind = f"a number in {spec.unit}" if spec.unit else "a number"
    raise PhraseError(f"'{printable(text, 60)}' is no number, and {spec.name} is {kind}")


def _checked(found: Quantity, spec: FactSpec, text: str) -> Quantity:
    unit, text = spec.unit_of, text.strip()
    if found.unit == FRAME:
        if not spec.frame_rate:
            raise PhraseError(f"{spec.name} cannot be counted in frames")
        return found
    if found.unit == NO_UNIT and unit != NO_UNIT:
        if found.number == 0:
            return Quantity(0.0, unit, found.text)
        raise PhraseError(f"'{text}' needs a unit: {spec.name} is in {unit.symbol}{_write(text, spec)}")
    if comparable(found.unit, unit):
        return found
    if unit == NO_UNIT:
        bare = text.removesuffix(found.unit.symbol).strip()
        raise PhraseError(f"'{text}' has a unit, and {spec.name} is a plain number: write '{bare}'")
    raise PhraseError(f"'{text}' is in {found.unit.symbol}, and {spec.name} is in {unit.symbol}")


def _write(numeral: str, spec: FactSpec) -> str:
    return f"; write '{numeral} {spec.unit}'" if spec.unit else f"; write '{numeral}'"
