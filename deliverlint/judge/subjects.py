"""Whom a rule is asked of: assets of a role, documents of a kind, groups of them, or elements of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deliverlint.delivery.model import Asset, Cast, Document
from deliverlint.facts.model import Facts
from deliverlint.judge.records import dig
from deliverlint.judge.scope import DELIVERY, Scope
from deliverlint.ruleset.model import Rule
from deliverlint.spec import FactSpec
from deliverlint.values import Fact, Json, Unmeasured

_NONE: Mapping[str, Fact | Unmeasured] = {}


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything that judging one ruleset can see."""

    cast: Cast
    facts: Facts
    specs: Mapping[str, FactSpec]
    _scopes: dict[str, Scope] = field(default_factory=dict, compare=False, repr=False)

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


@dataclass(frozen=True, slots=True)
class Group:
    """Assets that are judged at once, and the value that they share."""

    members: tuple[Asset | Document, ...]
    label: str = ""
    facts: Mapping[str, Fact | Unmeasured] = field(default_factory=dict)


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
    by_value: dict[str, list[Asset | Document]] = {}
    for member in members:
        fact = sight.scope(member).fact(rule.per)
        if isinstance(fact, Unmeasured):
            continue
        by_value.setdefault(str(fact.value), []).append(member)
    label = sight.specs[rule.per].label
    return [Group(tuple(group), f"{label} {value}") for value, group in by_value.items()]


def ungrouped(rule: Rule, members: Sequence[Asset | Document], sight: Sight) -> list[tuple[Asset | Document, str]]:
    """Return members whose group cannot be told, with the reason."""
    if rule.per in ("", "role"):
        return []
    found = []
    for member in members:
        fact = sight.scope(member).fact(rule.per)
        if isinstance(fact, Unmeasured):
            found.append((member, fact.reason))
    return found


def gather(name: str, members: Sequence[Asset | Document], sight: Sight) -> Fact | Unmeasured:
    """Return the values of a fact over a group as one list; unmeasured where one of them is."""
    values: list[Json] = []
    first: Fact | None = None
    for member in members:
        fact = sight.scope(member).fact(name)
        if isinstance(fact, Unmeasured):
            return Unmeasured(f"{path_of(member)}: {fact.reason}")
        first = first or fact
        values.append(fact.value)
    return Fact(name, values, first.unit if first else "", first.basis if first else "measured")


def element_facts(record: Mapping[str, Json], fields: Sequence[FactSpec], basis: Fact) -> dict[str, Fact | Unmeasured]:
    """Return the fields of one record as facts; a field that is not there is absent."""
    return {spec.name: Fact(spec.name, dig(record, spec.name), spec.unit, basis.basis) for spec in fields}
