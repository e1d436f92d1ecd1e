"""Which facts the rules need of whom: first those of conditions and of what applies without, then those of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def add(self, subject: Asset | Document, names: Iterable[str]) -> None:
        """Want facts of a subject; those that are not in the catalogue are nothing to ask for."""
        self._of(subject).names.update(self.catalogue.facts.keys() & names)

    def add_schema(self, subject: Asset | Document, name: str, schema: Mapping[str, Json]) -> None:
        self._of(subject).schemas[name] = schema

    def _of(self, subject: Asset | Document) -> Want:
        want = self.found.get(subject.key)
        if want is None:
            want = self.found[subject.key] = Want(subject, set(), {})
        return want

    def expectations(self, subjects: Iterable[Asset | Document], expectations: Expectations) -> None:
        own = self.catalogue.facts.keys() & set(_own_facts(expectations, self.catalogue))
        for subject in subjects:
            self._of(subject).names.update(own)
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


def wanted_at_once(ruleset: Ruleset, sight: Sight, catalogue: Catalogue) -> list[Want]:
    """Return the facts that `where` asks for, and what the rules need that have none.

    Both at once, so that a probe does not go through a file for the one and again for the other.
    """
    wants = Wants(sight, catalogue)
    for rule, subjects in _asked(ruleset, sight):
        if where := _where(rule, catalogue):
            wants.expectations(subjects, where)
        elif _counts(rule, sight, catalogue):
            _want_of_rule(rule, subjects, wants)
    return list(wants.found.values())


def wanted_by_rest(ruleset: Ruleset, sight: Sight, catalogue: Catalogue) -> list[Want]:
    """Return what the rules with a `where` need of the subjects that it holds for, given its facts in `sight`."""
    wants = Wants(sight, catalogue)
    for rule, subjects in _asked(ruleset, sight):
        where = _where(rule, catalogue)
        if where and _counts(rule, sight, catalogue):
            tests = compile_expectations(where, catalogue.facts, False)
            holding = [subject for subject in subjects if judge_all(tests, sight.scope(subject)).status == "pass"]
            _want_of_rule(rule, holding, wants)
    return list(wants.found.values())


def _asked(ruleset: Ruleset, sight: Sight) -> Iterator[tuple[Rule, Sequence[Asset | Document]]]:
    """Yield the rules that somebody is there for, and those of the delivery itself."""
    for rule in ruleset.rules.values():
        subjects = subjects_of(rule, sight.cast) if rule.subject else ()
        if subjects or not rule.subject:
            yield rule, subjects


def _where(rule: Rule, catalogue: Catalogue) -> Expectations:
    """The conditions on an asset; those on the elements of a list are asked while it is judged."""
    inner = _inner_fields(rule, catalogue)
    return tuple(item for item in rule.where if item.fact not in inner)


def _inner_fields(rule: Rule, catalogue: Catalogue) -> set[str]:
    return {spec.name for spec in catalogue.facts[rule.each].fields} if rule.each else set()


def _counts(rule: Rule, sight: Sight, catalogue: Catalogue) -> bool:
    """Say whether a rule's `when` holds; what it asks of the delivery is declared and so is known from the start."""
    if not rule.when:
        return True
    return judge_all(compile_expectations(rule.when, catalogue.facts, False), sight.scope(None)).status == "pass"


def _want_of_rule(rule: Rule, subjects: Sequence[Asset | Document], wants: Wants) -> None:
    sight, catalogue = wants.sight, wants.catalogue
    # The fields of an entry are no facts to ask for, but what their phrases compare with may be.
    wants.expectations(subjects, (*rule.where, *rule.expect, *(item for branch in rule.any_of for item in branch)))
    for subject in subjects:
        if rule.each:
            wants.add(subject, [rule.each])
        if rule.per not in ("", "role"):
            wants.add(subject, [rule.per])
        if rule.check:
            wants.add(subject, catalogue.checks[rule.check].facts)
        if rule.schema is not None:
            wants.add_schema(subject, rule.schema_fact, rule.schema)
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
