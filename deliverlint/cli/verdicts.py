"""Verdicts over some of a checklist's results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deliverlint.judge.house import HOUSE
from deliverlint.judge.model import Checklist, Result
from deliverlint.judge.run import verdict_of


def judged_again(checklist: Checklist, counting: Iterable[Result]) -> Checklist:
    """Return the checklist with the verdicts that the `counting` results alone come to."""
    by_ruleset: dict[str, list[Result]] = {}
    for result in counting:
        by_ruleset.setdefault(result.ruleset, []).append(result)
    house = by_ruleset.get(HOUSE, [])
    every = [result for results in by_ruleset.values() for result in results]
    rulesets = tuple(
        replace(each, verdict=verdict_of([*by_ruleset.get(each.id, []), *house], checklist.fail_on))
        for each in checklist.rulesets
    )
    return replace(checklist, verdict=verdict_of(every, checklist.fail_on), rulesets=rulesets)
