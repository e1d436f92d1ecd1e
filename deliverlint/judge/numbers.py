"""Numbers and dates: holding a value against a limit, a range, a tolerance or another fact.

Numbers are compared at the precision that they are shown with (`FactSpec.places`), so that what a person reads is what
was judged. Of a date with a time only the day counts.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt
from typing import TypeAlias

from deliverlint.judge.scope import Scope
from deliverlint.ruleset.model import Between, Compare, FactRef, Is, SameAs, Within
from deliverlint.spec import FactSpec
from deliverlint.units import FRAME, Quantity
from deliverlint.values import Json, Unmeasured

Answer: TypeAlias = bool | Unmeasured
Test: TypeAlias = Callable[[Json, Scope], Answer]
Number: TypeAlias = Callable[[Scope], "float | Unmeasured"]

# A frame rate is the same within ten parts in a million: 23.976 written for 24000/1001.
_RATE_TOLERANCE = 1e-5
_DAY = len("2026-11-30")


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


def _comparing_quantity(compare: Callable[[float, float], bool], quantity: Quantity, spec: FactSpec) -> Test:
    if quantity.unit == FRAME:
        return _comparing(compare, number_in(quantity, spec), spec)
    places = spec.places
    bound = round(quantity.to(spec.unit_of), places)
    return lambda value, scope: compare(round(value, places), bound)


_COMPARE: dict[str, Callable[[float, float], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
_COMPARE_DAYS: dict[str, Callable[[str, str], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}


def is_value(phrase: Is, spec: FactSpec) -> Test:
    if not isinstance(phrase.value, Quantity):
        text = phrase.value
        if spec.type == "date":
            return lambda value, scope: value[:_DAY] == text
        return lambda value, scope: value == text
    if spec.unit_of.dimension == "frame rate":
        rate = phrase.value.to(spec.unit_of)
        return lambda value, scope: abs(value - rate) <= rate * _RATE_TOLERANCE
    return _comparing_quantity(eq, phrase.value, spec)


def is_within_limit(phrase: Compare, spec: FactSpec) -> Test:
    compare = _COMPARE[phrase.operator]
    if isinstance(phrase.limit, str):
        day, in_time = phrase.limit, _COMPARE_DAYS[phrase.operator]
        return lambda value, scope: in_time(value[:_DAY], day)
    if phrase.share_of is None:
        return _comparing_quantity(compare, phrase.limit, spec)
    share, other = phrase.limit.number / 100, phrase.share_of

    def limit(scope: Scope) -> float | Unmeasured:
        whole = scope.number(other, spec)
        return whole if isinstance(whole, Unmeasured) else whole * share

    return _comparing(compare, limit, spec)


def is_between(phrase: Between, spec: FactSpec) -> Test:
    if isinstance(phrase.low, str) or isinstance(phrase.high, str):
        first, last = str(phrase.low), str(phrase.high)
        return lambda value, scope: first <= value[:_DAY] <= last
    above, below = _comparing_quantity(ge, phrase.low, spec), _comparing_quantity(le, phrase.high, spec)
    return lambda value, scope: _both(above(value, scope), below(value, scope))


def _both(one: Answer, other: Answer) -> Answer:
    if one is False or other is False:
        return False
    return one if isinstance(one, Unmeasured) else other


def _is_near(value: float, target: float, tolerance: float, spec: FactSpec) -> bool:
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


def is_within(phrase: Within, spec: FactSpec) -> Test:
    target_of, tolerance_of = number_in(phrase.target, spec), _tolerance(phrase.tolerance, spec)

    def test(value: Json, scope: Scope) -> Answer:
        target, tolerance = target_of(scope), tolerance_of(scope)
        if isinstance(target, Unmeasured):
            return target
        if isinstance(tolerance, Unmeasured):
            return tolerance
        return _is_near(value, target, tolerance, spec)

    return test


def is_same(phrase: SameAs, spec: FactSpec) -> Test:
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
            return abs(value - target) <= target * _RATE_TOLERANCE if is_rate else _is_near(value, target, 0, spec)
        tolerance = tolerance_of(scope)
        if isinstance(tolerance, Unmeasured):
            return tolerance
        return _is_near(value, target, tolerance, spec)

    return test


def _same_day(one: str, other: str) -> bool:
    return one[:_DAY] == other[:_DAY]
