"""Sentences about a fact and an expectation, in the buyer's words and with the range they mean."""

from __future__ import annotations

from collections.abc import Sequence

from deliverlint.judge.phrases import build_conditions, build_test, count_of, elements_of, number_in, repeated
from deliverlint.judge.records import name_of
from deliverlint.judge.scope import Scope
from deliverlint.ruleset.elements import count_spec, element_spec
from deliverlint.ruleset.model import (
    Absent,
    Aggregate,
    AllEqual,
    AllIn,
    Between,
    Compare,
    Matches,
    OneOf,
    Phrase,
    Pick,
    Quantified,
    SameAs,
    Unique,
    Within,
)
from deliverlint.spec import FactSpec
from deliverlint.units import FRAME, Quantity, shown
from deliverlint.values import Fact, Json, Unmeasured
from deliverlint.wording import counted, listed, printable

_LISTED = 5


def describe_number(number: float, spec: FactSpec) -> str:
    """Print a number as it is judged."""
    return shown(number, spec.unit_of, spec.places)


def describe_value(value: Json, spec: FactSpec) -> str:
    """Print a value for people: `-21.9 LUFS`, `absent`, `3 entries`, `a, b and c`."""
    if value is None or value == []:
        return "absent"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return describe_number(value, spec)
    if spec.type == "events":
        return counted(len(value), "event")
    if spec.type == "records":
        return counted(len(value), "entry", "entries")
    if isinstance(value, list):
        return _listed(value, spec)
    return f"'{printable(str(value), 120)}'" if _needs_quotes(value) else printable(str(value), 120)


def _plain(item: Json, spec: FactSpec) -> str:
    if item is None:
        return "absent"
    if isinstance(item, bool):
        return "yes" if item else "no"
    return describe_number(item, spec) if isinstance(item, (int, float)) else printable(str(item), 120)


def _needs_quotes(value: Json) -> bool:
    text = str(value)
    return text != text.strip() or " " in text or not text


def describe_expected(phrase: Phrase, spec: FactSpec, scope: Scope) -> str:
    """Say what was expected: the buyer's words, with the range or the number they come to."""
    if isinstance(phrase, Pick):
        for conditions, inner in phrase.branches:
            if build_conditions(phrase, conditions)(scope) is True:
                return describe_expected(inner, spec, scope)
        return phrase.text
    if isinstance(phrase, (Aggregate, Quantified)):
        inner_spec = count_spec(spec) if phrase.how == "count" else element_spec(spec, phrase.lengths)
        return f"{phrase.how} {describe_expected(phrase.phrase, inner_spec, scope)}"
    if isinstance(phrase, OneOf):
        return listed([describe_expected(inner, spec, scope) for inner in phrase.phrases], "or")
    if isinstance(phrase, Matches):
        return f"a text that matches `{phrase.pattern}`"
    span = _range(phrase, spec, scope)
    return f"{phrase.text} ({span})" if span else phrase.text


def _range(phrase: Phrase, spec: FactSpec, scope: Scope) -> str:
    if isinstance(phrase, Within):
        target, tolerance = number_in(phrase.target, spec)(scope), _amount(phrase.tolerance, spec, scope)
        if isinstance(target, Unmeasured) or isinstance(tolerance, Unmeasured):
            return ""
        return f"{_bare(target - tolerance, spec)} to {_bare(target + tolerance, spec)}"
    if isinstance(phrase, SameAs):
        value = scope.value(phrase.other)
        if isinstance(value, Unmeasured):
            return ""
        return describe_value(value, scope.spec(phrase.other.fact))
    if isinstance(phrase, Compare) and phrase.share_of and isinstance(phrase.limit, Quantity):
        whole = scope.number(phrase.share_of, spec)
        return "" if isinstance(whole, Unmeasured) else describe_number(whole * phrase.limit.number / 100, spec)
    if isinstance(phrase, Compare) and isinstance(phrase.limit, Quantity):
        return _converted([phrase.limit], spec, scope)
    if isinstance(phrase, Between) and isinstance(phrase.low, Quantity) and isinstance(phrase.high, Quantity):
        return _converted([phrase.low, phrase.high], spec, scope)
    return ""


def _amount(tolerance: Quantity, spec: FactSpec, scope: Scope) -> float | Unmeasured:
    if tolerance.unit == FRAME or tolerance.unit.dimension == spec.unit_of.dimension:
        return number_in(tolerance, spec)(scope)
    return tolerance.number


def _converted(limits: Sequence[Quantity], spec: FactSpec, scope: Scope) -> str:
    """The limits in the fact's unit, where the buyer wrote another."""
    if all(limit.unit.symbol in ("", spec.unit) for limit in limits):
        return ""
    numbers = [number_in(limit, spec)(scope) for limit in limits]
    if any(isinstance(number, Unmeasured) for number in numbers):
        return ""
    return " to ".join(describe_number(number, spec) for number in numbers if not isinstance(number, Unmeasured))


def _bare(number: float, spec: FactSpec) -> str:
    text = describe_number(number, spec).removesuffix(f" {spec.unit}" if spec.unit else "")
    return text.removesuffix(".0")


def describe_failure(fact: Fact, phrase: Phrase, spec: FactSpec, scope: Scope) -> str:
    """Say what is and what was expected: `integrated loudness is -21.9 LUFS, expected -27 LUFS ± 2 LU (-29 to -25)`."""
    expected = describe_expected(phrase, spec, scope)
    if isinstance(phrase, Pick):
        for conditions, inner in phrase.branches:
            if build_conditions(phrase, conditions)(scope) is True:
                phrase = inner
                break
    if isinstance(phrase, Aggregate):
        return f"{_aggregate(fact.value, phrase, spec)}, expected {_inner(expected, phrase)}"
    if isinstance(phrase, Unique):
        twice = [_plain(value, spec) for value in repeated(fact.value or ())]
        return f"{spec.label} is not unique: {listed(twice[:_LISTED])} used more than once"
    if isinstance(phrase, AllEqual):
        kinds = list(dict.fromkeys(_plain(item, spec) for item in fact.value or ()))
        return f"{spec.label} differs: {listed(kinds[:_LISTED])}; expected the same for all"
    if isinstance(phrase, AllIn):
        pool = scope.pool(phrase.other)
        items = fact.value if isinstance(fact.value, list) else [fact.value]
        lacking = [] if isinstance(pool, Unmeasured) else [_plain(item, spec) for item in items if item not in pool]
        return f"{spec.label}: {_some(lacking)} not found in {phrase.other}"
    if isinstance(phrase, Quantified):
        return f"{spec.label}: {_quantified(fact.value, phrase, spec, scope)}"
    if isinstance(phrase, Absent) and isinstance(fact.value, list):
        found = _names(fact.value) if spec.type == "records" else describe_value(fact.value, spec)
        return f"{spec.label}: {found}; expected none"
    return f"{spec.label} is {describe_value(fact.value, spec)}, expected {expected}"


def _names(records: Sequence[Json]) -> str:
    """Name the first entries of a list of records."""
    names = [name_of(record, index) for index, record in enumerate(records[:_LISTED])]
    return listed([*names, f"{len(records) - _LISTED} more"] if len(records) > _LISTED else names)


def _some(items: Sequence[str]) -> str:
    if len(items) > _LISTED:
        return f"{listed([*items[:_LISTED], f'{len(items) - _LISTED} more'])} are"
    return f"{listed(items)} {'is' if len(items) == 1 else 'are'}"


def _quantified(value: Json, phrase: Quantified, spec: FactSpec, scope: Scope) -> str:
    """Name the elements that break the phrase: `2 of 14 are not at most 20 cps (27.3 cps and 22.1 cps)`."""
    inner = element_spec(spec, phrase.lengths)
    items = elements_of(value, spec, phrase.lengths)
    expected = describe_expected(phrase.phrase, inner, scope)
    if phrase.how == "any":
        return (
            f"{describe_value(value, spec)}, expected any to be {expected}" if items else f"none, expected {expected}"
        )
    test, bad_when = build_test(phrase.phrase, inner), phrase.how == "none"
    bad = [item for item in items if (test(item, scope) is True) == bad_when]
    words = "" if bad_when else "not "
    return f"{len(bad)} of {len(items)} {'is' if len(bad) == 1 else 'are'} {words}{expected} ({_listed(bad, inner)})"


def _listed(items: Sequence[Json], spec: FactSpec) -> str:
    shown_items = [_plain(item, spec) for item in items[:_LISTED]]
    return listed([*shown_items, f"{len(items) - _LISTED} more"] if len(items) > _LISTED else shown_items)


def _aggregate(value: Json, phrase: Aggregate, spec: FactSpec) -> str:
    if phrase.how == "count":
        number = count_of(value)
        named = f" ({_names(value)})" if number and spec.type == "records" else ""
        return f"{spec.label}: there {'is' if number == 1 else 'are'} {number or 'none'}{named}"
    total = sum(item for item in elements_of(value, spec, phrase.lengths) if item is not None)
    return f"{spec.label} sums to {describe_number(total, element_spec(spec, phrase.lengths))}"


def _inner(expected: str, phrase: Aggregate) -> str:
    return expected.removeprefix(f"{phrase.how} ")
