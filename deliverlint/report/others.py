"""Results that are no findings, for the text report: unmeasured, to review, waived, and with --verbose all the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from deliverlint.judge.model import Result, Status
from deliverlint.report.findings import WHOLE_DELIVERY, asset_list, few, heading, title_of, write_source
from deliverlint.report.grouping import in_groups
from deliverlint.report.page import Mark, Page
from deliverlint.ruleset.model import Rule
from deliverlint.wording import counted

_FACTS_UNMEASURED = re.compile(r"[^:;]* (is|are) unmeasured: ")


def write_unmeasured(page: Page, results: list[Result]) -> None:
    """Write what no probe could measure, file by file, with the reason told once where it is the same."""
    page.paragraph(
        "These requirements are neither passed nor failed: what they ask for could not be measured.", 2, "dim"
    )
    for group in in_groups(results):
        page.heading(*heading(page, group))
        if len(group.assets) > 1:
            page.paragraph(asset_list(page, group.assets), 2, "dim")
        page.blank()
        by_reason: dict[str, list[Rule]] = {}
        for block in group.blocks:
            for reason in dict.fromkeys(_reason(page, result) for result in block.results):
                by_reason.setdefault(reason, []).append(block.rule)
        most = few(page)
        for reason, rules in list(by_reason.items())[:most]:
            _write_reason(page, reason, list(dict.fromkeys(title_of(page, rule) for rule in rules)))
        if left := sum(map(len, list(by_reason.values())[most:])):
            page.labelled("", f"and {counted(left, 'requirement')} more (--verbose lists them)", "dim")


def _reason(page: Page, result: Result) -> str:
    """Return why something is unmeasured, without the name of the fact: one broken file has one reason."""
    return page.safe(_FACTS_UNMEASURED.sub("", result.message, count=1))


def _write_reason(page: Page, reason: str, titles: Sequence[str]) -> None:
    if len(titles) == 1:
        page.marked("unmeasured", titles[0], "", "unknown")
        page.labelled("because", reason)
    else:
        page.marked("unmeasured", f"{counted(len(titles), 'requirement')}: {reason}", "", "unknown")
        page.items(titles, few(page))


def write_to_review(page: Page, results: list[Result]) -> None:
    """Write what only a person can decide, and how that person's word gets into the delivery."""
    page.paragraph(
        "No program can decide these. Whoever is asked for puts a line into a document of kind 'attestations' "
        "(deliverlint init writes a template).",
        2,
        "dim",
    )
    for group in in_groups(results):
        if group.assets != ("",):
            page.heading(*heading(page, group))
        page.blank()
        for block in group.blocks:
            page.marked("to review", title_of(page, block.rule), "", "review")
            page.labelled("open", page.safe(block.results[0].message))
            page.labelled("to do", page.prose(block.rule.fix))
            write_source(page, [block.rule.cite], [f"{ruleset}:{block.rule.id}" for ruleset in block.rulesets])


def write_waived(page: Page, results: list[Result]) -> None:
    """Write the buyer's exceptions; a bypassed requirement stays in the report."""
    for result in results:
        page.marked("waived", title_of(page, result.rule), "")
        if result.asset:
            page.labelled("of", page.path(result.asset))
        page.labelled("found", page.safe(result.message))
        if waiver := result.waiver:
            words = [waiver.reason, f"approved by {waiver.approved_by}" if waiver.approved_by else ""]
            words.append(f"until {waiver.expires}" if waiver.expires else "")
            page.labelled("waiver", page.safe(", ".join(word for word in words if word)))


def write_others(page: Page, results: list[Result]) -> None:
    """Write what passes and what does not apply (--verbose)."""
    kinds: tuple[tuple[Status, str, Mark, str], ...] = (
        ("pass", "Passes", "pass", "pass"),
        ("not-applicable", "Does not apply", "none", "n/a"),
    )
    for status, title, mark, word in kinds:
        members = sorted((result for result in results if result.status == status), key=lambda result: result.asset)
        if not members:
            continue
        page.section(f"{title} ({len(members)})")
        for asset, of_asset in groupby(members, key=lambda result: result.asset):
            page.heading(page.path(asset) or WHOLE_DELIVERY)
            for result in of_asset:
                page.marked(mark, title_of(page, result.rule), "", word)
                page.labelled("", page.safe(result.message), "dim")
