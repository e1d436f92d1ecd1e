"""What judging yields: results, documents, and the checklist that they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from deliverlint.delivery.model import Waiver
from deliverlint.frozen import frozen
from deliverlint.ruleset.model import NO_CITE, Cite, Rule, Severity
from deliverlint.values import Fact, Json

Status: TypeAlias = Literal["pass", "fail", "waived", "not-applicable", "unmeasured", "to-review"]
Verdict: TypeAlias = Literal["pass", "fail", "incomplete"]
DocumentState: TypeAlias = Literal[
    "present", "missing", "unfilled", "expired", "mismatched", "unreadable", "not-required", "unmeasured"
]
STATUSES: tuple[Status, ...] = ("pass", "fail", "waived", "not-applicable", "unmeasured", "to-review")


class Result(NamedTuple):
    """One rule judged once. (A named tuple: a large delivery makes hundreds of thousands.)"""

    rule: Rule
    ruleset: str
    status: Status
    severity: Severity  # as it counts today: `from:` may soften the rule's own
    asset: str = ""  # path; empty: the delivery
    role: str = ""
    facts: tuple[Fact, ...] = ()  # that were looked at
    expected: str = ""
    message: str = ""
    at: tuple[Mapping[str, Json], ...] = ()  # {start,end,timecode} or {file,line,column} or {cue} or {element}
    waiver: Waiver | None = None


@frozen
class DocumentResult:
    """One kind of paperwork that a ruleset asks for, or that was handed in."""

    kind: str
    title: str
    state: DocumentState
    ruleset: str
    files: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    cite: Cite = NO_CITE
    fix: str = ""
    why: str = ""


@frozen
class RulesetVerdict:
    id: str
    version: str
    title: str
    sha256: str
    verdict: Verdict
    summary: Mapping[Status, int]


@frozen
class Checklist:
    """All results and documents of one run over one delivery."""

    delivery_path: str
    delivery_title: str
    verdict: Verdict
    rulesets: tuple[RulesetVerdict, ...]
    summary: Mapping[Status, int]
    results: tuple[Result, ...]
    documents: tuple[DocumentResult, ...]
    as_of: str
    fail_on: Severity = "error"
