"""Waivers: a buyer's written exception turns a finding into `waived`, until it expires."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deliverlint.delivery.model import Waiver
from deliverlint.judge.house import house_result
from deliverlint.judge.model import Result
from deliverlint.ruleset.model import Ruleset
from deliverlint.wording import did_you_mean


def apply_waivers(
    results: Sequence[Result], waivers: Iterable[Waiver], rulesets: Sequence[Ruleset], as_of: str
) -> list[Result]:
    """Return the results with waived findings marked, and a finding for each waiver that does not hold.

    A waiver holds from the day it is written until `expires` (that day included).
    """
    judged = list(results)
    known = {ruleset.id: ruleset for ruleset in rulesets}
    for waiver in waivers:
        ruleset = known.get(waiver.ruleset)
        if ruleset is None:
            continue  # an exception for a buyer that is not asked in this run
        matching = [index for index, result in enumerate(judged) if _covers(waiver, result)]
        rule = next((judged[index].rule for index in matching), None)
        about = f"the waiver of {waiver.ruleset}:{waiver.rule}" + (f" for {waiver.asset}" if waiver.asset else "")
        file, _, line = waiver.source.rpartition(":")
        place = (file, int(line)) if file and line.isdigit() else (waiver.source, 0)
        if rule is None:
            names = [*ruleset.rules, *(old for each in ruleset.rules.values() for old in each.renamed_from)]
            hint = "" if waiver.rule in names else f"; the ruleset has no such rule{did_you_mean(waiver.rule, names)}"
            judged.append(house_result("waiver-used", place[0], f"{about} excuses nothing{hint}", place[1]))
        elif not rule.overridable:
            judged.append(house_result("waiver-allowed", place[0], f"{about} is not allowed by the buyer", place[1]))
        elif waiver.expires and waiver.expires < as_of:
            judged.append(house_result("waiver-current", place[0], f"{about} expired on {waiver.expires}", place[1]))
        else:
            for index in matching:
                judged[index] = judged[index]._replace(status="waived", waiver=waiver)
    return judged


def _covers(waiver: Waiver, result: Result) -> bool:
    return (
        result.status == "fail"
        and result.ruleset == waiver.ruleset
        and (waiver.rule == result.rule.id or waiver.rule in result.rule.renamed_from)
        and (not waiver.asset or waiver.asset == result.asset)
    )
