"""Holding a value against a phrase: each phrase becomes one small function, made once for each rule.

A test answers True, False, or Unmeasured with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from deliverlint.judge import numbers
from deliverlint.judge.numbers import Answer, Test
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
from deliverlint.values import Json, Unmeasured

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


def _yes_no(phrase: YesNo, spec: FactSpec) -> Test:
    wanted = phrase.value
    return lambda value, scope: value is wanted


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
    Is: numbers.is_value,
    YesNo: _yes_no,
    Compare: numbers.is_within_limit,
    Between: numbers.is_between,
    Within: numbers.is_within,
    OneOf: _one_of,
    Present: _present,
    Absent: _absent,
    Matches: _matches,
    Contains: _contains,
    SameAs: numbers.is_same,
    AllIn: _all_in,
    Quantified: _quantified,
    Aggregate: _aggregate,
    Unique: _unique,
    AllEqual: _all_equal,
    Pick: _pick,
}
