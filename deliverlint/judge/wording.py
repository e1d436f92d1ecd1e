"""Sentences about a fact and an expectation, in the buyer's words and with the range they mean."""

from __future__ import annotations

from collections.abc import Sequence

from deliverlint.judge.numbers import number_in
from deliverlint.judge.phrases import build_conditions, build_test, count_of, elements_of, repeated
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
    FactRef,
    Matches,
    OneOf,
    Phrase,
    Pick,
    Present,
    Quantified,
    SameAs,
    Unique,
    Within,
)
from deliverlint.ruleset.walk import refs_in
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
    if isinstance(phrase, Absent):
        return "none"
    span, words = _range(phrase, spec, scope), _in_words(phrase, scope)
    return f"{words} ({span})" if span else words


def _in_words(phrase: Phrase, scope: Scope) -> str:
    """The phrase as the buyer wrote it, with what a fact is called instead of its name."""
    for ref in refs_in(phrase):
        words = phrase.text.replace(str(ref), describe_ref(ref, scope))
        return f"the {words}" if isinstance(phrase, SameAs) else words
    return phrase.text


def describe_ref(ref: FactRef, scope: Scope) -> str:
    """Print what a phrase compares with: `duration of the picture`, `logged shots (prompt-log)`."""
    label = scope.spec(ref.fact).label
    return label if not ref.role or ref.role in label else f"{label} ({ref.role})"


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
        return f"{spec.label} is not unique: {_repeated(fact.value, spec, scope)}"
    if isinstance(phrase, AllEqual):
        return f"{spec.label} differs: {_kinds(fact.value, spec, scope)}; expected the same for all"
    if isinstance(phrase, AllIn):
        pool = scope.pool(phrase.other)
        items = fact.value if isinstance(fact.value, list) else [fact.value]
        lacking = [] if isinstance(pool, Unmeasured) else [item for item in items if item not in pool]
        are = "is" if len(lacking) == 1 else "are"
        return f"{spec.label}: {_listed(lacking, spec)} {are} not found in {describe_ref(phrase.other, scope)}"
    if isinstance(phrase, Quantified):
        return f"{spec.label}: {_quantified(fact.value, phrase, spec, scope)}"
    if isinstance(phrase, Absent) and isinstance(fact.value, list):
        found = _names(fact.value) if spec.type == "records" else describe_value(fact.value, spec)
        return f"{spec.label}: {found}; expected none"
    if isinstance(phrase, Present):
        return f"{spec.label} is missing"
    if spec.type == "yes/no":  # `file is complete is no` could not be read
        return f"{spec.label}: {describe_value(fact.value, spec)}, expected {expected}"
    return f"{spec.label} is {describe_value(fact.value, spec)}, expected {expected}"


def _repeated(values: Sequence[Json], spec: FactSpec, scope: Scope) -> str:
    """Name the values that stand more than once, in a group with its files."""
    twice = repeated(values or ())
    if not scope.members:
        return f"{_listed(twice, spec)} used more than once"
    told = []
    for value in twice[:_LISTED]:
        files = [name for name, other in zip(scope.members, values, strict=True) if other == value]
        told.append(f"{_plain(value, spec)} in {_shortened(files)}")
    return "; ".join(told) + (f"; and {len(twice) - _LISTED} more" if len(twice) > _LISTED else "")


def _kinds(values: Sequence[Json], spec: FactSpec, scope: Scope) -> str:
    """Name the values that differ, in a group with the file that has one or how many have it."""
    files: dict[str, list[str]] = {}
    for index, value in enumerate(values or ()):
        files.setdefault(_plain(value, spec), []).append(scope.members[index] if scope.members else "")
    if not scope.members:
        return _shortened(list(files))
    told = [f"{kind} ({names[0] if len(names) == 1 else counted(len(names), 'file')})" for kind, names in files.items()]
    return _shortened(told)


def _shortened(items: Sequence[str], of: int = 0) -> str:
    """Name the first items; `of` is how many there are, where only the first are given."""
    more = (of or len(items)) - _LISTED
    return listed([*items[:_LISTED], f"{more} more"] if more > 0 else items)


def _names(records: Sequence[Json]) -> str:
    return _shortened([name_of(record, index) for index, record in enumerate(records[:_LISTED])], len(records))


def _listed(items: Sequence[Json], spec: FactSpec) -> str:
    return _shortened([_plain(item, spec) for item in items[:_LISTED]], len(items))


def _quantified(value: Json, phrase: Quantified, spec: FactSpec, scope: Scope) -> str:
    """Name the elements that break the phrase: `2 of 14 are 27.3 cps and 22.1 cps, expected at most 20 cps`."""
    inner = element_spec(spec, phrase.lengths)
    items = elements_of(value, spec, phrase.lengths)
    expected = describe_expected(phrase.phrase, inner, scope)
    if phrase.how == "any":
        found = _listed(items, inner) if items else "none"
        return f"{found}; expected at least one that is {expected}"
    test, bad_when = build_test(phrase.phrase, inner), phrase.how == "none"
    bad = [index for index, item in enumerate(items) if (test(item, scope) is True) == bad_when]
    told = [_plain(items[index], inner) for index in bad[:_LISTED]]
    if scope.members:
        told = [f"{value} ({scope.members[index]})" for value, index in zip(told, bad, strict=False)]
    are, none = "is" if len(bad) == 1 else "are", "none " if bad_when else ""
    return f"{len(bad)} of {len(items)} {are} {_shortened(told, len(bad))}, expected {none}{expected}"


def _aggregate(value: Json, phrase: Aggregate, spec: FactSpec) -> str:
    if phrase.how == "count":
        number = count_of(value)
        named = f" ({_elements(value, spec)})" if number and spec.type != "events" else ""
        return f"{spec.label}: there {'is' if number == 1 else 'are'} {number or 'none'}{named}"
    total = sum(item for item in elements_of(value, spec, phrase.lengths) if item is not None)
    return f"{spec.label} sums to {describe_number(total, element_spec(spec, phrase.lengths))}"


def _elements(value: Sequence[Json], spec: FactSpec) -> str:
    return _names(value) if spec.type == "records" else _listed([item for item in value if item is not None], spec)


def _inner(expected: str, phrase: Aggregate) -> str:
    return expected.removeprefix(f"{phrase.how} ")
