"""Report format `tally`: one line a ruleset."""

from __future__ import annotations

from deliverlint.judge.model import Checklist
from deliverlint.report.view import View


def render(checklist: Checklist, view: View) -> str:
    """Return `example/grading: 3 of 4 passed (fail)` for each ruleset."""
    lines = []
    for ruleset in checklist.rulesets:
        asked = sum(number for status, number in ruleset.summary.items() if status != "not-applicable")
        lines.append(f"{ruleset.id}: {ruleset.summary.get('pass', 0)} of {asked} passed ({ruleset.verdict})\n")
    return "".join(lines)
