"""Paperwork in the text report: what is missing or not in order, what it is, and where to get it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deliverlint.judge.model import DocumentResult, DocumentState, Result
from deliverlint.report.findings import asset_list, write_source
from deliverlint.report.page import Mark, Page
from deliverlint.ruleset.model import SEVERITIES

_STATES: dict[DocumentState, str] = {
    "missing": "is missing",
    "unfilled": "is not filled in",
    "expired": "has expired",
    "mismatched": "does not fit this delivery",
    "unreadable": "cannot be read",
}


def told_as_documents(documents: Sequence[DocumentResult]) -> Callable[[Result], bool]:
    """Return what says of a finding that the section of documents tells it already."""
    not_in_order = {(document.ruleset, document.kind) for document in documents if document.state in _STATES}

    def told(result: Result) -> bool:
        return result.status == "fail" and (result.ruleset, result.rule.needs) in not_in_order

    return told


def write(page: Page, documents: Sequence[DocumentResult], findings: Sequence[Result]) -> None:
    """Write documents that are missing, then those that are there and not in order.

    `findings` are the failed `needs:` rules; a document that has none, because each
    is waived or in the baseline, is left out.
    """
    asked = {(found.ruleset, found.rule.needs) for found in findings}
    open_ones = [each for each in documents if each.state in _STATES and (each.ruleset, each.kind) in asked]
    missing = [document for document in open_ones if document.state == "missing"]
    for title, members in (
        ("Missing documents", missing),
        ("Documents that need work", [document for document in open_ones if document.state != "missing"]),
    ):
        kinds: dict[tuple[str, DocumentState], list[DocumentResult]] = {}
        for document in members:
            kinds.setdefault((document.kind, document.state), []).append(document)
        if not kinds:
            continue
        page.section(f"{title} ({len(kinds)})")
        for number, same in enumerate(kinds.values()):
            if number:
                page.blank()
            _write_kind(page, same, findings)


def _write_kind(page: Page, same: list[DocumentResult], findings: Sequence[Result]) -> None:
    """Write one kind of paperwork once, though several rulesets may ask for it."""
    first = same[0]
    rulesets = {document.ruleset for document in same}
    asked = [found for found in findings if found.rule.needs == first.kind and found.ruleset in rulesets]
    mark: Mark = max((found.severity for found in asked), key=SEVERITIES.index, default="warning")
    name = page.safe(first.title) or page.safe(first.kind)
    title = name if first.state == "missing" else f"{name} {_STATES[first.state]}"
    page.marked(mark, title)
    page.labelled("file", ", ".join(page.safe(file) for file in first.files))
    if assets := list(dict.fromkeys(found.asset for found in asked if found.asset)):
        page.labelled("for", asset_list(page, assets))
    told = () if first.state == "missing" else (problem for document in same for problem in document.problems)
    problems = list(dict.fromkeys(page.safe(problem) for problem in told))
    if len(problems) == 1:
        page.labelled("found", problems[0])
    elif problems:
        page.labelled("found", f"{len(problems)} things")
        page.items(problems, 1_000_000_000)
    page.labelled("what", page.prose(first.why))
    page.labelled("to do", page.prose(first.fix), "bold")
    names = [f"{found.ruleset}:{found.rule.id}" for found in asked]
    write_source(page, [document.cite for document in same], names)
