"""The checklist for people at a terminal: what to mend first, what nobody could judge, then the verdict.

Order: findings by asset, then what could not be measured, what waits for a person, what is waived, advice,
missing documents, and one verdict line for each ruleset and over all.
"""

from __future__ import annotations

from collections import Counter

from deliverlint.judge.model import Checklist, Result
from deliverlint.report import documents, findings, others, verdict
from deliverlint.report.grouping import in_groups
from deliverlint.report.page import Page
from deliverlint.report.view import View
from deliverlint.wording import listed


def render(checklist: Checklist, view: View) -> str:
    """Return the checklist as text; `view` says how wide, how colourful and how long."""
    page = Page(view)
    shown = [result for position, result in enumerate(checklist.results) if position not in view.known]
    if view.quiet:
        findings.one_line_each(page, shown)
    else:
        _head(page, checklist)
        _body(page, checklist, shown)
    if view.statistics:
        _statistics(page, shown)
    verdict.write(page, checklist, shown)
    return page.text()


def _head(page: Page, checklist: Checklist) -> None:
    title, path = page.safe(checklist.delivery_title), page.safe(checklist.delivery_path)
    page.heading(title or path, path if title else "")
    rulesets = [f"{each.title or each.id} ({each.id} {each.version})" for each in checklist.rulesets]
    if rulesets:
        page.paragraph(page.prose(f"checked on {checklist.as_of} against {listed(rulesets)}"), 0, "dim")


def _body(page: Page, checklist: Checklist, shown: list[Result]) -> None:
    told_below = documents.told_as_documents(checklist.documents)
    failed = [result for result in shown if result.status == "fail" and not told_below(result)]
    to_mend = [result for result in failed if result.severity != "advice"]
    for group in in_groups(to_mend):
        findings.write_group(page, group)
    for status, title, write in (
        ("unmeasured", "Could not be judged", others.write_unmeasured),
        ("to-review", "For a person to look at", others.write_to_review),
        ("waived", "Waived", others.write_waived),
    ):
        if results := [result for result in shown if result.status == status]:
            page.section(f"{title} ({len(results)})")
            write(page, results)
    if advice := [result for result in failed if result.severity == "advice"]:
        page.section(f"Advice ({len(advice)})")
        for group in in_groups(advice):
            findings.write_group(page, group)
    documents.write(page, checklist.documents, [result for result in shown if told_below(result)])
    if page.view.verbose:
        others.write_others(page, shown)


def _statistics(page: Page, shown: list[Result]) -> None:
    counts = Counter((result.rule.id, result.rule.title) for result in shown if result.status == "fail")
    page.section("Findings by rule")
    if not counts:
        page.paragraph("none", 2, "dim")
    for (rule, title), number in counts.most_common():
        page.labelled(f"{number:>7}", page.prose(f"{title or rule} ({rule})"))
