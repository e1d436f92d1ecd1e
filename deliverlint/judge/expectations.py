"""Judging a set of expectations against the facts in scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from deliverlint.frozen import frozen
from deliverlint.judge.numbers import Test
from deliverlint.judge.phrases import build_test, elements_of
from deliverlint.judge.scope import Scope
from deliverlint.judge.wording import describe_expected, describe_failure
from deliverlint.ruleset.elements import element_spec, group_spec
from deliverlint.ruleset.model import Expectation, Expectations, FactRef, Phrase, Quantified
from deliverlint.ruleset.walk import counts_frames, refs_in
from deliverlint.spec import FactSpec
from deliverlint.values import Fact, Json, Unmeasured
from deliverlint.wording import listed

_AT_LIMIT = 50
_SCALAR = ("number", "text", "yes/no", "date")


class Outcome(NamedTuple):
    """What came of a set of expectations; `failures` counts those that do not hold. (Made as often as results.)"""

    status: str  # pass | fail | unmeasured
    facts: tuple[Fact, ...] = ()
    expected: str = ""
    message: str = ""
    at: tuple[Mapping[str, Json], ...] = ()
    failures: int = 0


PASS = Outcome("pass")
Judge = Callable[[Scope], Outcome]


@frozen
class Compiled:
    """One expectation, ready to be asked many times."""

    fact: str
    phrase: Phrase
    spec: FactSpec
    test: Test
    refs: tuple[FactRef, ...] = ()  # to other roles
    # What was said, by the value it was said of (none: what is expected), where it depends on nothing else: the same
    # value on a thousand files is worded once.
    said: dict[tuple[Json, ...], str] | None = None


def compile_expectations(expectations: Expectations, specs: Mapping[str, FactSpec], grouped: bool) -> list[Compiled]:
    """Prepare expectations; `grouped` where a fact's value will be the list of a group's values."""
    compiled = []
    for expectation in expectations:
        spec = specs[expectation.fact]
        if grouped:
            spec = group_spec(spec) or spec
        refs = tuple(ref for ref in refs_in(expectation.phrase) if ref.role)
        alone = not any(refs_in(expectation.phrase)) and not counts_frames(expectation.phrase)
        said: dict[tuple[Json, ...], str] | None = {} if alone and spec.type in _SCALAR else None
        compiled.append(Compiled(expectation.fact, expectation.phrase, spec, _test(expectation, spec), refs, said))
    return compiled


@lru_cache(maxsize=8192)
def _cached_test(phrase: Phrase, name: str, kind: str, unit: str, decimals: int | None, frame_rate: str) -> Test:
    return build_test(
        phrase,
        FactSpec(name=name, type=kind, label=name, meaning="", unit=unit, decimals=decimals, frame_rate=frame_rate),  # type: ignore[arg-type]
    )


def _test(expectation: Expectation, spec: FactSpec) -> Test:
    return _cached_test(expectation.phrase, spec.name, spec.type, spec.unit, spec.decimals, spec.frame_rate)


def judge_all(compiled: Sequence[Compiled], scope: Scope) -> Outcome:
    """Judge expectations that must all hold: fail before unmeasured before pass."""
    return _pass(compiled, scope) or _with_words(compiled, scope)


def _pass(compiled: Sequence[Compiled], scope: Scope) -> Outcome | None:
    """Return the outcome where all hold, which is nearly always and needs no words; else None."""
    facts = []
    for item in compiled:
        fact = scope.fact(item.fact)
        if isinstance(fact, Unmeasured) or item.refs or item.test(fact.value, scope) is not True:
            return None
        facts.append(fact)
    return Outcome("pass", tuple(facts))


def _with_words(compiled: Sequence[Compiled], scope: Scope) -> Outcome:
    facts: list[Fact] = []
    failed: list[tuple[Compiled, Fact]] = []
    others: list[Compiled] = []
    unknown: dict[str, list[str]] = {}  # reason -> what it leaves unmeasured
    for item in compiled:
        fact = scope.fact(item.fact)
        if isinstance(fact, Unmeasured):
            unknown.setdefault(fact.reason, []).append(item.spec.label)
            others.append(item)
            continue
        facts.append(fact)
        for ref in item.refs:
            facts += scope.rests_on(ref)
        answer = item.test(fact.value, scope)
        if not answer:
            failed.append((item, fact))
            continue
        others.append(item)
        if isinstance(answer, Unmeasured):
            unknown.setdefault(answer.reason, [])
    if not failed and not unknown:
        return Outcome("pass", tuple(facts))
    if failed:
        message = "; ".join([_message(item, fact, scope) for item, fact in failed])
        expected = "; ".join([_expected(item, scope) for item in (*[item for item, _ in failed], *others)])
        at = tuple([place for item, fact in failed for place in places(item, fact, scope)])
        return Outcome("fail", tuple(facts), expected, message, at[:_AT_LIMIT], len(failed))
    expected = "; ".join([_expected(item, scope) for item in compiled])
    return Outcome("unmeasured", tuple(facts), expected, "; ".join(_unknown(*entry) for entry in unknown.items()))


def _unknown(reason: str, labels: Sequence[str]) -> str:
    if not labels:
        return reason
    return f"{listed(dict.fromkeys(labels))} {'is' if len(labels) == 1 else 'are'} unmeasured: {reason}"


def _message(item: Compiled, fact: Fact, scope: Scope) -> str:
    return _said(item, (fact.value,), lambda: describe_failure(fact, item.phrase, item.spec, scope))


def _expected(item: Compiled, scope: Scope) -> str:
    return _said(item, (), lambda: describe_expected(item.phrase, item.spec, scope))


def _said(item: Compiled, of: tuple[Json, ...], say: Callable[[], str]) -> str:
    if item.said is None:
        return say()
    if of not in item.said:
        item.said[of] = say()
    return item.said[of]


def judge_any(branches: Sequence[Sequence[Compiled]], scope: Scope) -> Outcome:
    """Judge alternatives: pass if one does; on failure speak only of the branch that is nearest to passing."""
    outcomes = []
    for branch in branches:
        outcome = judge_all(branch, scope)
        if outcome.status == "pass":
            return outcome
        outcomes.append(outcome)
    for outcome in outcomes:
        if outcome.status == "unmeasured":
            return outcome
    return min(outcomes, key=lambda outcome: outcome.failures)


def places(item: Compiled, fact: Fact, scope: Scope) -> list[Mapping[str, Json]]:
    """Where in the asset an expectation fails: the events or records that do not satisfy it."""
    if item.spec.type not in ("events", "records") or not isinstance(fact.value, list):
        return []
    phrase = item.phrase
    entries = fact.value
    if isinstance(phrase, Quantified) and item.spec.type == "events":
        test, bad_when = build_test(phrase.phrase, element_spec(item.spec, phrase.lengths)), phrase.how == "none"
        values = elements_of(entries, item.spec, phrase.lengths)
        entries = [
            event for event, value in zip(entries, values, strict=True) if (test(value, scope) is True) == bad_when
        ]
    return [place_of(entry) for entry in entries[:_AT_LIMIT]]


def place_of(entry: Mapping[str, Json]) -> Mapping[str, Json]:
    """The part of an event or record that says where it is."""
    keys = ("start", "end", "timecode", "path", "file", "line", "column", "cue", "name", "id", "message", "kind")
    place = {key: entry[key] for key in keys if entry.get(key) is not None}
    if "path" in place and "file" not in place:
        place["file"] = place.pop("path")
    return place
