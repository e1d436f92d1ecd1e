"""Whom a rule is asked of: assets of a role, documents of a kind, groups of them, or elements of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from deliverlint.delivery.model import Asset, Cast, Document
from deliverlint.facts.fit import misfit_in_record
from deliverlint.facts.model import Facts
from deliverlint.frozen import frozen
from deliverlint.judge.model import Status
from deliverlint.judge.records import dig
from deliverlint.judge.scope import DELIVERY, GroupScope, Scope
from deliverlint.judge.wording import describe_value
from deliverlint.ruleset.model import Rule
from deliverlint.ruleset.walk import counts_frames, refs_in
from deliverlint.spec import FactSpec
from deliverlint.values import Fact, Json, Unmeasured
from deliverlint.wording import printable

_NONE: Mapping[str, Fact | Unmeasured] = {}


class Seen(NamedTuple):
    """A subject, the path under which it is reported, and what can be seen from it."""

    subject: Asset | Document
    path: str
    scope: Scope


@frozen
class Sight:
    """Everything that judging one ruleset can see."""

    cast: Cast
    facts: Facts
    specs: Mapping[str, FactSpec]
    _scopes: dict[str, Scope] = field(default_factory=dict, compare=False, repr=False)
    _seen: dict[str, list[Seen]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, key: str) -> Mapping[str, Fact | Unmeasured]:
        return self.facts.get(key, _NONE)

    def scope(self, subject: Asset | Document | None) -> Scope:
        """Return what can be seen from a subject (None: the delivery); made once, as every rule asks for it."""
        key = DELIVERY if subject is None else subject.key
        scope = self._scopes.get(key)
        if scope is None:
            parts = subject.parts if isinstance(subject, Asset) else {}
            scope = self._scopes[key] = Scope(self.of(key), parts, self.cast, self.facts, self.specs)
        return scope

    def subjects(self, rule: Rule) -> list[Seen]:
        """Return those that a rule is for; made once for each role and kind, as many rules are for the same."""
        if rule.subject not in self._seen:
            self._seen[rule.subject] = [
                Seen(subject, path_of(subject), self.scope(subject)) for subject in subjects_of(rule, self.cast)
            ]
        return self._seen[rule.subject]


@frozen
class Group:
    """Assets that are judged at once, and the value that they share."""

    members: tuple[Asset | Document, ...]
    label: str = ""


def subjects_of(rule: Rule, cast: Cast) -> Sequence[Asset | Document]:
    """Return the assets or documents that a rule is for."""
    return cast.roles.get(rule.subject) or cast.documents.get(rule.subject) or ()


def path_of(subject: Asset | Document) -> str:
    """Return the path under which a subject is reported."""
    return subject.path if isinstance(subject, Asset) else subject.file.path


def groups_of(rule: Rule, members: Sequence[Asset | Document], sight: Sight) -> list[Group]:
    """Put the members into groups: all together for `per: role`, else by the value of a fact."""
    if rule.per == "role":
        return [Group(tuple(members))]
    spec = sight.specs[rule.per]
    by_value: dict[str, list[Asset | Document]] = {}
    labels: dict[str, str] = {}
    for member in members:
        fact = sight.scope(member).fact(rule.per)
        if isinstance(fact, Unmeasured) or fact.value is None:
            continue
        shown = describe_value(fact.value, spec)
        key = fact.value if isinstance(fact.value, str) else shown
        labels[key] = f"{spec.label} {shown}"
        by_value.setdefault(key, []).append(member)
    return [Group(tuple(group), labels[key]) for key, group in by_value.items()]


def ungrouped(
    rule: Rule, members: Sequence[Asset | Document], sight: Sight
) -> Iterator[tuple[Asset | Document, Status, str]]:
    """Yield the members that are in no group: those without the fact, and those whose group cannot be told."""
    if rule.per in ("", "role"):
        return
    label = sight.specs[rule.per].label
    for member in members:
        fact = sight.scope(member).fact(rule.per)
        if isinstance(fact, Unmeasured):
            yield member, "unmeasured", f"{label} is unmeasured: {fact.reason}"
        elif fact.value is None:
            yield member, "not-applicable", f"{label} is absent"


def group_scope(rule: Rule, members: Sequence[Asset | Document], sight: Sight) -> Scope:
    """Return what can be seen from a group: what is asked of it as lists, the rest as far as all members share it."""
    lists, shared = {}, {}
    for item in (*rule.expect, *(item for branch in rule.any_of for item in branch)):
        lists[item.fact] = gather(item.fact, members, sight)
        names = [ref.fact for ref in refs_in(item.phrase) if not ref.role]
        if counts_frames(item.phrase):
            names.append(sight.specs[item.fact].frame_rate)
        for name in names:
            if not name.startswith("delivery."):
                shared[name] = _shared(name, members, sight)
    parts = [set(member.parts.items()) if isinstance(member, Asset) else set() for member in members]
    common = dict(set.intersection(*parts)) if parts else {}
    names = [printable(path_of(member), 80) for member in members]
    return GroupScope(names, lists, shared, common, sight.cast, sight.facts, sight.specs)


def gather(name: str, members: Sequence[Asset | Document], sight: Sight) -> Fact | Unmeasured:
    """Return the values of a fact over a group as one list, yes and no as words; unmeasured where one of them is."""
    values: list[Json] = []
    first: Fact | None = None
    for member in members:
        fact = sight.scope(member).fact(name)
        if isinstance(fact, Unmeasured):
            return Unmeasured(f"{printable(path_of(member), 120)}: {fact.reason}")
        first = first or fact
        values.append(("no", "yes")[fact.value] if isinstance(fact.value, bool) else fact.value)
    return Fact(name, values, first.unit if first else "", first.basis if first else "measured")


def _shared(name: str, members: Sequence[Asset | Document], sight: Sight) -> Fact | Unmeasured:
    """Return the fact that every member of a group has alike."""
    shared: Fact | None = None
    for member in members:
        fact = sight.scope(member).fact(name)
        if isinstance(fact, Unmeasured):
            return fact
        if shared is not None and fact.value != shared.value:
            return Unmeasured("it differs within the group")
        shared = fact
    return shared or Unmeasured("the group is empty")


def element_facts(record: Mapping[str, Json], fields: Sequence[FactSpec], basis: Fact) -> dict[str, Fact | Unmeasured]:
    """Return the fields of one record as facts; a field that is not there is absent, one of another type unmeasured.

    What a list of records holds is as hostile as the file: this is the one place where it is held against its type.
    """
    facts: dict[str, Fact | Unmeasured] = {}
    for spec in fields:
        value = dig(record, spec.name)
        reason = misfit_in_record(spec, value)
        facts[spec.name] = Unmeasured(reason) if reason else Fact(spec.name, value, spec.unit, basis.basis)
    return facts
