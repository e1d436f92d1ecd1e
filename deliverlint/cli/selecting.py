"""Judging only some rules (`--select`, `--ignore`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from deliverlint.cli.errors import UserError
from deliverlint.cli.verdicts import judged_again
from deliverlint.delivery.model import Delivery
from deliverlint.frozen import frozen
from deliverlint.judge.house import HOUSE, HOUSE_RULES
from deliverlint.judge.model import Checklist
from deliverlint.judge.run import summarise
from deliverlint.ruleset.model import Rule, Ruleset
from deliverlint.wording import did_you_mean, printable


@frozen
class Selection:
    """Patterns of rules: ids or RULESET:RULE, with `*` for any text. Nothing selected selects all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.select or self.ignore)

    def takes(self, ruleset: str, rule: Rule) -> bool:
        """Say whether a rule is judged; what is ignored is not, even where it is selected."""
        if any(_matches(pattern, ruleset, rule) for pattern in self.ignore):
            return False
        return not self.select or any(_matches(pattern, ruleset, rule) for pattern in self.select)


def _matches(pattern: str, ruleset: str, rule: Rule) -> bool:
    names = (rule.id, *rule.renamed_from)
    return any(fnmatchcase(name, pattern) or fnmatchcase(f"{ruleset}:{name}", pattern) for name in names)


def narrowed(rulesets: Sequence[Ruleset], selection: Selection) -> tuple[Ruleset, ...]:
    """Return the rulesets with the selected rules only; raises UserError for a pattern that fits no rule."""
    every = [(ruleset.id, rule) for ruleset in rulesets for rule in ruleset.rules.values()]
    every += [(HOUSE, rule) for rule in HOUSE_RULES.values()]
    for pattern in (*selection.select, *selection.ignore):
        if not any(_matches(pattern, ruleset, rule) for ruleset, rule in every):
            near = did_you_mean(pattern, dict.fromkeys(rule.id for _, rule in every))
            raise UserError(f"no rule of these rulesets is called '{printable(pattern)}'{near}")
    return tuple(
        replace(ruleset, rules={rule.id: rule for rule in ruleset.rules.values() if selection.takes(ruleset.id, rule)})
        for ruleset in rulesets
    )


def judge_selected(
    delivery: Delivery,
    rulesets: Sequence[Ruleset],
    selection: Selection,
    judge: Callable[[Delivery, Sequence[Ruleset]], Checklist],
) -> Checklist:
    """Judge the selected rules only, the engine's own included; raises UserError for a pattern that fits none."""
    fewer = narrowed(rulesets, selection)
    checklist = judge(_with_waivers_of(delivery, fewer), fewer)
    kept = tuple(
        result for result in checklist.results if result.ruleset != HOUSE or selection.takes(HOUSE, result.rule)
    )
    return judged_again(replace(checklist, results=kept, summary=summarise(kept)), kept)


def _with_waivers_of(delivery: Delivery, rulesets: Sequence[Ruleset]) -> Delivery:
    """Return the delivery with the waivers of rules that are judged: the others are not unused, only not asked."""
    names = {
        (ruleset.id, name)
        for ruleset in rulesets
        for rule in ruleset.rules.values()
        for name in (rule.id, *rule.renamed_from)
    }
    return replace(delivery, waivers=tuple(each for each in delivery.waivers if (each.ruleset, each.rule) in names))
