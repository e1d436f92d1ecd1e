"""Which facts the rules need of whom: first those of conditions, then those of what applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.names import ATTESTATIONS, DOCUMENT_FACTS
from deliverlint.delivery.model import Asset, Document
from deliverlint.facts.model import Want
from deliverlint.judge.attest import HASH, LINES
from deliverlint.judge.expectations import compile_expectations, judge_all
from deliverlint.judge.needs import documents_for
from deliverlint.judge.subjects import Sight, subjects_of
from deliverlint.ruleset.model import Expectations, Rule, Ruleset
from deliverlint.ruleset.walk import counts_frames, refs_in
from deliverlint.values import Json


@dataclass(slots=True)
class Wants:
    """Collects facts wanted, by subject; delivery facts are declared and need no measuring."""

    sight: Sight
    catalogue: Catalogue
    found: dict[str, Want] = field(default_factory=dict)

    def add(self, subject: Asset | Document, names: Iterable[str], schema: Mapping[str, Json] | None = None) -> None:
        key = subject.key
        want = self.found.get(key)
        if want is None:
            want = self.found[key] = Want(subject, set(), {})
        for name in names:
            if schema is not None:
                want.schemas[name] = schema
            elif name in self.catalogue.facts:
                want.names.add(name)

    def expectations(self, subjects: Iterable[Asset | Document], expectations: Expectations) -> None:
        own = list(_own_facts(expectations, self.catalogue))
        for subject in subjects:
            self.add(subject, own)
        for expectation in expectations:
            for ref in refs_in(expectation.phrase):
                if ref.role:
                    partners = self.sight.cast.roles.get(ref.role) or self.sight.cast.documents.get(ref.role) or ()
                    rate = self.catalogue.facts[ref.fact].frame_rate if counts_frames(expectation.phrase) else ""
                    for partner in partners:
                        self.add(partner, [ref.fact, rate] if rate else [ref.fact])


def _own_facts(expectations: Expectations, catalogue: Catalogue) -> Iterator[str]:
    """The facts of the subject itself that expectations look at."""
    for expectation in expectations:
        yield expectation.fact
        spec = catalogue.facts.get(expectation.fact)
        if spec and spec.frame_rate and counts_frames(expectation.phrase):
            yield spec.frame_rate
        for ref in refs_in(expectation.phrase):
            if not ref.role:
                yield ref.fact


def wanted_by_conditions(ruleset: Ruleset, sight: Sight, catalogue: Catalogue) -> list[Want]:
    """Return the facts that `where` and `per` ask for."""
    wants = Wants(sight, catalogue)
    for rule in ruleset.rules.values():
        if rule.subject and rule.where:
            inner = _inner_fields(rule, catalogue)
            outer = tuple(item for item in rule.where if item.fact not in inner)
            wants.expectations(subjects_of(rule, sight.cast), outer)
    return list(wants.found.values())


def wanted_by_rules(ruleset: Ruleset, sight: Sight, catalogue: Catalogue) -> list[Want]:
    """Return what the rules need that apply, given the facts of their conditions in `sight`."""
    wants = Wants(sight, catalogue)
    for rule in ruleset.rules.values():
        if (
            rule.when
            and judge_all(compile_expectations(rule.when, catalogue.facts, False), sight.scope(None)).status != "pass"
        ):
            continue
        subjects = list(_applying(rule, sight, catalogue))
        _want_of_rule(rule, subjects, wants)
    return list(wants.found.values())


def _inner_fields(rule: Rule, catalogue: Catalogue) -> set[str]:
    return {spec.name for spec in catalogue.facts[rule.each].fields} if rule.each else set()


def _applying(rule: Rule, sight: Sight, catalogue: Catalogue) -> Iterator[Asset | Document]:
    inner = _inner_fields(rule, catalogue)
    where = compile_expectations(tuple(item for item in rule.where if item.fact not in inner), catalogue.facts, False)
    for subject in subjects_of(rule, sight.cast) if rule.subject else ():
        if not where or judge_all(where, sight.scope(subject)).status == "pass":
            yield subject


def _want_of_rule(rule: Rule, subjects: list[Asset | Document], wants: Wants) -> None:
    sight, catalogue = wants.sight, wants.catalogue
    inner = _inner_fields(rule, catalogue)
    asked = (*rule.expect, *(item for branch in rule.any_of for item in branch))
    elements = tuple(item for item in (*rule.where, *rule.expect) if item.fact in inner)
    outer = tuple(item for item in asked if item.fact not in inner)
    wants.expectations(subjects, outer)
    wants.expectations([], elements)  # what the phrases about elements compare with
    for subject in subjects:
        if rule.each:
            wants.add(subject, [rule.each])
        if rule.per not in ("", "role"):
            wants.add(subject, [rule.per])
        if rule.check:
            wants.add(subject, catalogue.checks[rule.check].facts)
        if rule.schema is not None:
            wants.add(subject, [rule.schema_fact], rule.schema)
    if rule.needs in catalogue.document_kinds:
        for needed_by in subjects if rule.subject else [None]:
            for document in documents_for(rule.needs, needed_by, sight):
                wants.add(document, DOCUMENT_FACTS)
    if rule.attest:
        attestations = sight.cast.documents.get(ATTESTATIONS, ())
        for document in attestations:
            wants.add(document, [LINES])
        if attestations:
            for subject in subjects:
                wants.add(subject, [HASH])
