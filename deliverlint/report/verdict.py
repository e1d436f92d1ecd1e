"""The last lines of the text report: what each ruleset says, and what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from deliverlint.judge.model import Checklist, Result, Status, Verdict
from deliverlint.report.layout import display_width
from deliverlint.report.page import Mark, Page
from deliverlint.ruleset.model import SEVERITIES
from deliverlint.wording import counted, listed

_MARKS: dict[Verdict, Mark] = {"pass": "pass", "fail": "error", "incomplete": "unmeasured"}
_WORDS: tuple[tuple[Status, str], ...] = (
    ("fail", "failed"),
    ("unmeasured", "not measured"),
    ("to-review", "to review"),
    ("waived", "waived"),
    ("pass", "passed"),
    ("not-applicable", "not applicable"),
)


def write(page: Page, checklist: Checklist, shown: Sequence[Result]) -> None:
    """Write one line for each ruleset and the sentence over all."""
    if page.view.quiet:
        page.lines.append(sentence(checklist, shown, len(page.view.known)))
        return
    page.section("Verdict")
    names = [page.safe(f"{ruleset.id} {ruleset.version}") for ruleset in checklist.rulesets]
    column = max((display_width(name) for name in names), default=0)
    for ruleset, name in zip(checklist.rulesets, names, strict=True):
        page.row(_MARKS[ruleset.verdict], _word(ruleset.verdict), name, column, counts(ruleset.summary))
    page.blank()
    page.marked(
        _MARKS[checklist.verdict], sentence(checklist, shown, len(page.view.known)), word=_word(checklist.verdict)
    )
    if not page.view.verbose and checklist.summary.get("pass"):
        page.labelled("", "--verbose also lists what passes.", "dim")


def _word(verdict: Verdict) -> str:
    return "undecided" if verdict == "incomplete" else verdict


def counts(summary: Mapping[Status, int]) -> str:
    """Return `2 failed, 1 not measured, 41 passed`."""
    parts = [f"{summary[status]} {word}" for status, word in _WORDS if summary.get(status)]
    return ", ".join(parts) or "nothing to judge"


def sentence(checklist: Checklist, shown: Sequence[Result], known: int = 0) -> str:
    """Say whether this can be handed over and what stands in the way; `known` findings stand in the baseline."""
    return _sentence(checklist, shown, known) + (f" ({_in_baseline(known)}, not shown.)" if known else "")


def _in_baseline(known: int) -> str:
    return f"{counted(known, 'finding')} {'stands' if known == 1 else 'stand'} in the baseline"


def _sentence(checklist: Checklist, shown: Sequence[Result], known: int) -> str:
    failed = Counter(result.severity for result in shown if result.status == "fail")
    names = {"error": "error", "warning": "warning", "advice": "piece of advice"}
    plural = {"advice": "pieces of advice"}
    found = [
        counted(failed[severity], names[severity], plural.get(severity, ""))
        for severity in reversed(SEVERITIES)
        if failed[severity]
    ]
    waiting = _waiting(checklist.summary)
    if checklist.verdict == "fail":
        beside = f" {waiting[0].upper()}{waiting[1:]}." if waiting else ""
        return f"Not ready to hand over: {listed(found)}.{beside}"
    if checklist.verdict == "incomplete":
        beside = f" There {'is' if sum(failed.values()) == 1 else 'are'} {listed(found)}." if found else ""
        return f"Not decided yet: {waiting or 'something is open'}.{beside}"
    if not any(checklist.summary.values()):
        return "Nothing was judged: no rule applies."
    if known:
        return f"Nothing new to mend{f', besides {listed(found)}' if found else ''}."
    return f"Ready to hand over{f', with {listed(found)}' if found else ''}.{f' Still, {waiting}.' if waiting else ''}"


def _waiting(summary: Mapping[Status, int]) -> str:
    unmeasured, to_review = (summary.get(status, 0) for status in ("unmeasured", "to-review"))
    parts = [f"{counted(unmeasured, 'requirement')} could not be measured"] if unmeasured else []
    parts += [f"{to_review} {'waits' if to_review == 1 else 'wait'} for a person"] if to_review else []
    return listed(parts)
