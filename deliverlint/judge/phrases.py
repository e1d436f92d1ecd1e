"""Holding a value against a phrase: each phrase becomes one small function, made once for each rule.

A test answers True, False, or Unmeasured with the reason. Numbers are compared at the precision that they
are shown with (`FactSpec.places`), so that what a person reads is what was judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import ge, gt, le, lt
from typing import TypeAlias

from deliverlint.judge.scope import Scope
from deliverlint.ruleset.elements import count_spec, element_spec
from deliverlint.ruleset.model import (
    Absent,
    Aggregate,
    AllEqual,
    AllIn,
    Between,
    Compare,
    Contains,
    FactRef,
    Is,
    Matches,
    OneOf,
    Phrase,
    Pick,
    Present,
    Quantified,
    SameAs,
    Unique,
    Within,
    YesNo,
)
from deliverlint.ruleset.regex import matches
from deliverlint.spec import FactSpec
from deliverlint.units import FRAME, Quantity
from deliverlint.values import Json, Unmeasured

Answer: TypeAlias = bool | Unmeasured
Test: TypeAlias = Callable[[Json, Scope], Answer]
Number: TypeAlias = Callable[[Scope], "float | Unmeasured"]

# A frame rate is the same within ten parts in a million: 23.976 written for 24000/1001.
_RATE_TOLERANCE = 1e-5
_DAY = len("2026-11-30")  # of a date-time only the day counts
# A file may hold a text of megabytes; no expression of a buyer is about more than its beginning.
_MATCH_LIMIT = 100_000


def build_test(phrase: Phrase, spec: FactSpec) -> Test:
    """Return the function that holds a value of the fact `spec` against the phrase."""
    test = _BUILDERS[type(phrase)](phrase, spec)
    if isinstance(phrase, (Present, Absent, Pick, OneOf, Quantified, Aggregate, Unique, AllEqual, AllIn)):
        return test

    def on_something(value: Json, scope: Scope) -> Answer:
        return value is not None and test(value, scope)

    return on_something


def elements_of(value: Json, spec: FactSpec, lengths: bool) -> list[Json]:
    """Return what a list phrase goes through: items, or the length or value of each event."""
    items = list(value or ())
    if spec.type != "events":
        return items
    return [event["end"] - event["start"] if lengths else event.get("value") for event in items]


def number_in(quantity: Quantity, spec: FactSpec, other: FactRef | None = None) -> Number:
    """Return how to get a quantity in the fact's unit; frames need the frame rate of `other` or of the asset."""
    if quantity.unit != FRAME:
        number = quantity.to(spec.unit_of)
        return lambda scope: number

    def from_frames(scope: Scope) -> float | Unmeasured:
        rate = scope.frame_rate(spec, other)
        if isinstance(rate, Unmeasured):
            return rate
        return quantity.number / rate / spec.unit_of.factor

    return from_frames


def _comparing(compare: Callable[[float, float], bool], limit: Number, spec: FactSpec) -> Test:
    places = spec.places

    def test(value: Json, scope: Scope) -> Answer:
        bound = limit(scope)
        if isinstance(bound, Unmeasured):
            return bound
        return compare(round(value, places), round(bound, places))

    return test


_COMPARE: dict[str, Callable[[float, float], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
_COMPARE_DAYS: dict[str, Callable[[str, str], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}


def _is(phrase: Is, spec: FactSpec) -> Test:
    if not isinstance(phrase.value, Quantity):
        text = phrase.value
        if spec.type == "date":
            return lambda value, scope: value[:_DAY] == text
        return lambda value, scope: value == text
    if spec.unit_of.dimension == "frame rate":
        rate = phrase.value.to(spec.unit_of)
        return lambda value, scope: abs(value - rate) <= rate * _RATE_TOLERANCE
    return _comparing(lambda value, target: value == target, number_in(phrase.value, spec), spec)


def _yes_no(phrase: YesNo, spec: FactSpec) -> Test:
    wanted = phrase.value
    return lambda value, scope: value is wanted


def _compare(phrase: Compare, spec: FactSpec) -> Test:
    compare = _COMPARE[phrase.operator]
    if isinstance(phrase.limit, str):
        day, in_time = phrase.limit, _COMPARE_DAYS[phrase.operator]
        return lambda value, scope: in_time(value[:_DAY], day)
    if phrase.share_of is None:
        return _comparing(compare, number_in(phrase.limit, spec), spec)
    share, other = phrase.limit.number / 100, phrase.share_of

    def limit(scope: Scope) -> float | Unmeasured:
        whole = scope.number(other, spec)
        return whole if isinstance(whole, Unmeasured) else whole * share

    return _comparing(compare, limit, spec)


def _between(phrase: Between, spec: FactSpec) -> Test:
    if isinstance(phrase.low, str) or isinstance(phrase.high, str):
        first, last = str(phrase.low), str(phrase.high)
        return lambda value, scope: first <= value[:_DAY] <= last
    above = _comparing(_COMPARE[">="], number_in(phrase.low, spec), spec)
    below = _comparing(_COMPARE["<="], number_in(phrase.high, spec), spec)
    return lambda value, scope: _both(above(value, scope), below(value, scope))


def _both(one: Answer, other: Answer) -> Answer:
    if one is False or other is False:
        return False
    return one if isinstance(one, Unmeasured) else other


def within(value: float, target: float, tolerance: float, spec: FactSpec) -> bool:
    """Say whether value and target differ by no more than the tolerance, at the shown precision."""
    places = spec.places
    return round(abs(round(value, places) - round(target, places)), places) <= round(tolerance, places)


def _tolerance(tolerance: Quantity, spec: FactSpec, other: FactRef | None = None) -> Number:
    if tolerance.unit == FRAME:
        return number_in(tolerance, spec, other)
    # LU for LUFS, dB for dBTP: one of them is one of the other.
    same = tolerance.unit.dimension == spec.unit_of.dimension
    number = tolerance.to(spec.unit_of) if same else tolerance.number
    return lambda scope: number


def _within(phrase: Within, spec: FactSpec) -> Test:
    target_of, tolerance_of = number_in(phrase.target, spec), _tolerance(phrase.tolerance, spec)

    def test(value: Json, scope: Scope) -> Answer:
        target, tolerance = target_of(scope), tolerance_of(scope)
        if isinstance(target, Unmeasured):
            return target
        if isinstance(tolerance, Unmeasured):
            return tolerance
        return within(value, target, tolerance, spec)

    return test


def _one_of(phrase: OneOf, spec: FactSpec) -> Test:
    tests = [build_test(inner, spec) for inner in phrase.phrases]
    return lambda value, scope: _any(test(value, scope) for test in tests)


def _any(answers: Iterable[Answer]) -> Answer:
    open_question: Unmeasured | None = None
    for answer in answers:
        if answer is True:
            return True
        if isinstance(answer, Unmeasured):
            open_question = answer
    return open_question or False


def _all(answers: Iterable[Answer]) -> Answer:
    open_question: Unmeasured | None = None
    for answer in answers:
        if answer is False:
            return False
        if isinstance(answer, Unmeasured):
            open_question = answer
    return open_question or True


def _is_there(value: Json) -> bool:
    if isinstance(value, list):  # of a group: whether any of its files has one
        return any(item is not None for item in value)
    return value is not None and value != ""


def _present(phrase: Present, spec: FactSpec) -> Test:
    return lambda value, scope: _is_there(value)


def _absent(phrase: Absent, spec: FactSpec) -> Test:
    return lambda value, scope: not _is_there(value)


def _matches(phrase: Matches, spec: FactSpec) -> Test:
    pattern = phrase.pattern
    return lambda value, scope: matches(pattern, value[:_MATCH_LIMIT])


def _contains(phrase: Contains, spec: FactSpec) -> Test:
    wanted = phrase.value
    return lambda value, scope: wanted in value


def _same_as(phrase: SameAs, spec: FactSpec) -> Test:
    other, tolerance_of = phrase.other, _tolerance(phrase.tolerance, spec, phrase.other) if phrase.tolerance else None
    is_rate = spec.unit_of.dimension == "frame rate"

    def test(value: Json, scope: Scope) -> Answer:
        if spec.type != "number":
            found = scope.value(other)
            if isinstance(found, Unmeasured):
                return found
            if found is None:
                return Unmeasured(f"{other} is absent")
            return _same_day(value, found) if spec.type == "date" else value == found
        target = scope.number(other, spec)
        if isinstance(target, Unmeasured):
            return target
        if tolerance_of is None:
            return abs(value - target) <= target * _RATE_TOLERANCE if is_rate else within(value, target, 0, spec)
        tolerance = tolerance_of(scope)
        if isinstance(tolerance, Unmeasured):
            return tolerance
        return within(value, target, tolerance, spec)

    return test


def _same_day(one: str, other: str) -> bool:
    return one[:_DAY] == other[:_DAY]


def _all_in(phrase: AllIn, spec: FactSpec) -> Test:
    other = phrase.other

    def test(value: Json, scope: Scope) -> Answer:
        pool = scope.pool(other)
        if isinstance(pool, Unmeasured):
            return pool
        items = value if isinstance(value, list) else [] if value is None else [value]
        return all(item in pool for item in items)

    return test


def _quantified(phrase: Quantified, spec: FactSpec) -> Test:
    test, how, lengths = build_test(phrase.phrase, element_spec(spec, phrase.lengths)), phrase.how, phrase.lengths

    def over(value: Json, scope: Scope) -> Answer:
        answers = (test(item, scope) for item in elements_of(value, spec, lengths))
        if how == "each":
            return _all(answers)
        found = _any(answers)
        return found if how == "any" or isinstance(found, Unmeasured) else not found

    return over


def _aggregate(phrase: Aggregate, spec: FactSpec) -> Test:
    if phrase.how == "count":
        counting = build_test(phrase.phrase, count_spec(spec))
        return lambda value, scope: counting(count_of(value), scope)
    summing, lengths = build_test(phrase.phrase, element_spec(spec, phrase.lengths)), phrase.lengths

    def test(value: Json, scope: Scope) -> Answer:
        items = elements_of(value, spec, lengths)
        if any(item is None for item in items):
            return Unmeasured("a value that belongs to the sum is absent")
        return summing(sum(items), scope)

    return test


def count_of(value: Json) -> int:
    """Return how many there are; of a group, how many files have one."""
    return sum(item is not None for item in value or ())


def _unique(phrase: Unique, spec: FactSpec) -> Test:
    return lambda value, scope: not repeated(value or ())


def repeated(values: Sequence[Json]) -> list[Json]:
    """Return the values that stand in a list more than once, in order; absent ones are no value."""
    seen: set[Json] = set()
    twice: dict[Json, None] = {}
    for value in values:
        if value is None:
            continue
        if value in seen:
            twice[value] = None
        seen.add(value)
    return list(twice)


def _all_equal(phrase: AllEqual, spec: FactSpec) -> Test:
    return lambda value, scope: len(set(value or ())) <= 1


def _pick(phrase: Pick, spec: FactSpec) -> Test:
    branches = [
        (build_conditions(phrase, conditions), build_test(inner, spec)) for conditions, inner in phrase.branches
    ]

    def test(value: Json, scope: Scope) -> Answer:
        for chosen, branch in branches:
            answer = chosen(scope)
            if isinstance(answer, Unmeasured):
                return answer
            if answer:
                return branch(value, scope)
        return Unmeasured(f"the ruleset gives no value of '{phrase.text}' for these facts")

    return test


def build_conditions(phrase: Pick, conditions: tuple[Phrase, ...]) -> Callable[[Scope], Answer]:
    """Return whether one branch of a Pick is chosen, as a function of the scope."""

    def chosen(scope: Scope) -> Answer:
        answers = []
        for name, condition in zip(phrase.facts, conditions, strict=True):
            found = scope.value(FactRef("", name))
            if isinstance(found, Unmeasured):
                return found
            answers.append(build_test(condition, scope.spec(name))(found, scope))
        return _all(answers)

    return chosen


_BUILDERS: dict[type, Callable[..., Test]] = {
    Is: _is,
    YesNo: _yes_no,
    Compare: _compare,
    Between: _between,
    Within: _within,
    OneOf: _one_of,
    Present: _present,
    Absent: _absent,
    Matches: _matches,
    Contains: _contains,
    SameAs: _same_as,
    AllIn: _all_in,
    Quantified: _quantified,
    Aggregate: _aggregate,
    Unique: _unique,
    AllEqual: _all_equal,
    Pick: _pick,
}
