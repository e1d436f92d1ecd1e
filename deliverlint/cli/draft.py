"""What a delivery.yaml is written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deliverlint.catalogue import Catalogue
from deliverlint.delivery.model import Cast, Delivery
from deliverlint.frozen import frozen
from deliverlint.ruleset.model import Expectations, Rule, Ruleset
from deliverlint.ruleset.walk import refs_in
from deliverlint.spec import DocumentKind


@frozen
class Paper:
    """A kind of document: its files with the asset that each is for, and whether they are only to be made."""

    kind: DocumentKind
    files: tuple[tuple[str, str], ...] = ()
    is_missing: bool = False
    fix: str = ""


@frozen
class Draft:
    """What a manifest is written from; `fitting` are rulesets to suggest where none is named."""

    delivery: Delivery
    named: tuple[str, ...]
    rulesets: tuple[Ruleset, ...]
    casts: tuple[Cast, ...]
    papers: tuple[Paper, ...]
    fitting: tuple[str, ...] = ()


def asked_facts(rulesets: Iterable[Ruleset], catalogue: Catalogue) -> set[str]:
    """Return the facts that the rules look at."""
    found: set[str] = set()
    for ruleset in rulesets:
        for rule in ruleset.rules.values():
            found.update(facts_of(rule, catalogue))
    return found


def facts_of(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    """Yield the facts that a rule looks at or compares with, those of its named check included."""
    if rule.check in catalogue.checks:
        yield from catalogue.checks[rule.check].facts
    expectations: Expectations = (
        *rule.when,
        *rule.where,
        *rule.expect,
        *(each for some in rule.any_of for each in some),
    )
    for expectation in expectations:
        yield expectation.fact
        for ref in refs_in(expectation.phrase):
            yield ref.fact
