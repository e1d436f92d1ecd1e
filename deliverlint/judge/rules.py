"""Judging the rules of one ruleset: each rule for each subject, one result each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from deliverlint.catalogue import Catalogue
from deliverlint.delivery.model import Asset, Document
from deliverlint.judge.attest import judge_attestation
from deliverlint.judge.checks import judge_check, judge_schema
from deliverlint.judge.expectations import PASS, Compiled, Outcome, compile_expectations, judge_all, judge_any
from deliverlint.judge.model import Result, Status
from deliverlint.judge.needs import judge_needs
from deliverlint.judge.records import dig, name_of
from deliverlint.judge.scope import Scope
from deliverlint.judge.subjects import (
    Seen,
    Sight,
    element_facts,
    group_scope,
    groups_of,
    path_of,
    ungrouped,
)
from deliverlint.ruleset.model import Rule, Ruleset, Severity
from deliverlint.spec import FactSpec
from deliverlint.values import Fact, Json, Unmeasured

_ORDER = {"fail": 0, "unmeasured": 1, "to-review": 2, "pass": 3, "not-applicable": 4}
Subject = Asset | Document


def judge_rules(ruleset: Ruleset, sight: Sight, catalogue: Catalogue, as_of: str) -> list[Result]:
    """Judge every rule of a ruleset; `as_of` (ISO date) decides which rules already count in full."""
    return [
        result for rule in ruleset.rules.values() for result in judge_rule(rule, ruleset.id, sight, catalogue, as_of)
    ]


def severity_on(rule: Rule, as_of: str) -> Severity:
    """Return how much a rule counts on a day: an error that starts later is a warning until then."""
    return "warning" if rule.starts > as_of and rule.severity == "error" else rule.severity


def judge_rule(rule: Rule, ruleset: str, sight: Sight, catalogue: Catalogue, as_of: str) -> Iterator[Result]:
    """Judge one rule for everything that it is for; always at least one result."""
    severity = severity_on(rule, as_of)

    def result(status: Status, asset: str = "", outcome: Outcome | None = None, message: str = "") -> Result:
        if outcome is None:
            return Result(rule, ruleset, status, severity, asset, rule.subject, message=message)
        return Result(
            rule, ruleset, status, severity, asset, rule.subject,
            outcome.facts, outcome.expected, outcome.message, outcome.at,
        )  # fmt: skip

    if rule.when:
        condition = judge_all(compile_expectations(rule.when, catalogue.facts, False), sight.scope(None))
        if condition.status == "fail":
            yield result("not-applicable", message=condition.message)
            return
        if condition.status == "unmeasured":
            yield result("unmeasured", outcome=condition)
            return
    if not rule.subject:
        outcome = _question(rule, catalogue, sight, None)(None, sight.scope(None))
        yield result(outcome.status, outcome=outcome)  # type: ignore[arg-type]
        return
    subjects = sight.subjects(rule)
    if not subjects:
        yield result("not-applicable", message=f"there is no {rule.subject}")
        return
    yield from _judge_subjects(rule, subjects, sight, catalogue, result)


def _judge_subjects(
    rule: Rule, subjects: Sequence[Seen], sight: Sight, catalogue: Catalogue, result: Callable[..., Result]
) -> Iterator[Result]:
    records = catalogue.facts.get(rule.each) if rule.each else None
    # Conditions that speak of an element are asked of each element, the others of the asset.
    inner = {spec.name for spec in records.fields} if records else set()
    outer_where = tuple(item for item in rule.where if item.fact not in inner)
    where = compile_expectations(outer_where, catalogue.facts, False)
    staying: list[Seen] = []
    for seen in subjects:
        if where:
            condition = judge_all(where, seen.scope)
            if condition.status == "fail":
                yield result("not-applicable", seen.path, message=condition.message)
                continue
            if condition.status == "unmeasured":
                yield result("unmeasured", seen.path, condition)
                continue
        staying.append(seen)
    if rule.per:
        yield from _judge_groups(rule, [seen.subject for seen in staying], sight, catalogue, result)
        return
    if records is not None:
        for seen in staying:
            yield from _judge_elements(rule, records, seen, sight, catalogue, result)
        return
    ask = _question(rule, catalogue, sight, None)
    for subject, path, scope in staying:
        outcome = ask(subject, scope)
        yield result(outcome.status, path, outcome)


Question = Callable[[Subject | None, Scope], Outcome]


def _question(
    rule: Rule, catalogue: Catalogue, sight: Sight, specs: Mapping[str, FactSpec] | None, grouped: bool = False
) -> Question:
    """Everything that a rule asks, as one function of a subject and its scope."""
    questions = _questions(rule, catalogue, sight, specs, grouped)
    if len(questions) == 1:
        return questions[0]
    return lambda subject, scope: _worst([question(subject, scope) for question in questions] or [PASS])


def _questions(
    rule: Rule, catalogue: Catalogue, sight: Sight, specs: Mapping[str, FactSpec] | None, grouped: bool
) -> list[Question]:
    known = specs or catalogue.facts
    questions: list[Question] = []
    if rule.expect:
        expect = compile_expectations(rule.expect, known, grouped)
        questions.append(lambda subject, scope: judge_all(expect, scope))
    if rule.any_of:
        branches: list[list[Compiled]] = [compile_expectations(branch, known, grouped) for branch in rule.any_of]
        questions.append(lambda subject, scope: judge_any(branches, scope))
    if rule.needs:
        questions.append(lambda subject, scope: judge_needs(rule, subject, sight))
    if rule.schema is not None:
        questions.append(lambda subject, scope: judge_schema(rule, scope))
    if rule.check:
        check = catalogue.checks[rule.check]
        questions.append(lambda subject, scope: judge_check(check, scope))
    if rule.attest:
        questions.append(lambda subject, scope: judge_attestation(rule, subject, sight))
    return questions


def _worst(outcomes: Sequence[Outcome]) -> Outcome:
    """Return what comes of several questions: the worst answer is the rule's."""
    worst = min(outcomes, key=lambda outcome: _ORDER[outcome.status])
    same = [outcome for outcome in outcomes if outcome.status == worst.status]
    return Outcome(
        worst.status,
        tuple(fact for outcome in outcomes for fact in outcome.facts),
        "; ".join(outcome.expected for outcome in same if outcome.expected),
        "; ".join(outcome.message for outcome in same if outcome.message),
        tuple(place for outcome in same for place in outcome.at),
    )


def _judge_groups(
    rule: Rule, subjects: Sequence[Subject], sight: Sight, catalogue: Catalogue, result: Callable[..., Result]
) -> Iterator[Result]:
    if not subjects:
        return  # each of them has its result: the condition did not hold, or could not be told
    for subject, status, reason in ungrouped(rule, subjects, sight):
        yield result(status, path_of(subject), message=reason)
    ask = _question(rule, catalogue, sight, None, grouped=True)
    for group in groups_of(rule, subjects, sight):
        scope = group_scope(rule, group.members, sight)
        outcome = ask(None, scope)
        where = group.label if len(group.members) != 1 else path_of(group.members[0])
        message = f"{group.label}: {outcome.message}" if group.label and outcome.message else outcome.message
        yield result(
            outcome.status,
            where if len(group.members) == 1 else "",
            Outcome(outcome.status, outcome.facts, outcome.expected, message, outcome.at),
        )


def _judge_elements(
    rule: Rule, records: FactSpec, seen: Seen, sight: Sight, catalogue: Catalogue, result: Callable[..., Result]
) -> Iterator[Result]:
    subject, path, outer = seen
    listed = outer.fact(rule.each)
    if isinstance(listed, Unmeasured):
        yield result("unmeasured", path, message=f"{records.label} is unmeasured: {listed.reason}")
        return
    inner = {spec.name: spec for spec in records.fields}
    specs = {**catalogue.facts, **inner}
    where = compile_expectations(tuple(item for item in rule.where if item.fact in inner), specs, False)
    ask = _question(rule, catalogue, sight, specs)
    judged = 0
    for index, record in enumerate(listed.value or ()):
        scope = _element_scope(record, records, listed, subject, sight, specs)
        name = name_of(record, index)
        condition = judge_all(where, scope) if where else PASS
        if condition.status == "fail":
            continue
        judged += 1
        if condition.status == "unmeasured":
            yield result("unmeasured", path, condition._replace(message=f"{name}: {condition.message}"))
            continue
        outcome = ask(subject, scope)
        place: Mapping[str, Json] = {"element": name, **_line(record)}
        message = f"{name}: {outcome.message}" if outcome.message else ""
        yield result(outcome.status, path, Outcome(outcome.status, outcome.facts, outcome.expected, message, (place,)))
    if not judged:
        yield result("not-applicable", path, message=f"{records.label}: no entry that this is about")


def _element_scope(
    record: Mapping[str, Json],
    records: FactSpec,
    listed: Fact,
    subject: Subject,
    sight: Sight,
    specs: Mapping[str, FactSpec],
) -> Scope:
    own = {**sight.of(subject.key), **element_facts(record, records.fields, listed)}
    parts = subject.parts if isinstance(subject, Asset) else {}
    return Scope(own, parts, sight.cast, sight.facts, specs)


def _line(record: Mapping[str, Json]) -> dict[str, Json]:
    line = dig(record, "line")
    return {"line": line} if isinstance(line, int) else {}
