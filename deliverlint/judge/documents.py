"""The paperwork of a ruleset: each kind that a rule asks for, and its state."""

from __future__ import annotations

from collections.abc import Sequence

from deliverlint.catalogue import Catalogue
from deliverlint.judge.model import DocumentResult, DocumentState, Result
from deliverlint.judge.needs import state_of
from deliverlint.judge.subjects import Sight
from deliverlint.ruleset.model import Ruleset

_WORST: tuple[DocumentState, ...] = (
    "missing", "unreadable", "unfilled", "expired", "mismatched", "unmeasured", "present", "not-required",
)  # fmt: skip


def judge_documents(
    ruleset: Ruleset, results: Sequence[Result], sight: Sight, catalogue: Catalogue
) -> list[DocumentResult]:
    """Return one line for each document kind that the ruleset asks for, in the order of its rules."""
    lines: dict[str, DocumentResult] = {}
    by_rule: dict[str, list[Result]] = {}
    for result in results:
        if result.ruleset == ruleset.id and result.rule.needs:
            by_rule.setdefault(result.rule.id, []).append(result)
    for rule in ruleset.rules.values():
        kind = catalogue.document_kinds.get(rule.needs)
        if kind is None:
            continue
        line = _line(ruleset, kind.id, by_rule.get(rule.id, []), sight, catalogue)
        if kind.id not in lines or _WORST.index(line.state) < _WORST.index(lines[kind.id].state):
            lines[kind.id] = line
    return list(lines.values())


def _line(
    ruleset: Ruleset, kind_id: str, results: Sequence[Result], sight: Sight, catalogue: Catalogue
) -> DocumentResult:
    kind = catalogue.document_kinds[kind_id]
    rule = next(rule for rule in ruleset.rules.values() if rule.needs == kind_id)
    documents = sight.cast.documents.get(kind_id, ())
    states = [(document, *state_of(document, sight)) for document in documents]
    asked = [result for result in results if result.status != "not-applicable"]
    problems = tuple(dict.fromkeys(problem for _, _, words in states for problem in words))
    state: DocumentState = "present"
    if not asked:
        state = "not-required"
    elif all(result.status == "unmeasured" for result in asked) and not documents:
        state, problems = "unmeasured", (asked[0].message,)
    elif any(result.status in ("fail", "waived") for result in asked):
        bad = [found for _, found, _ in states if found not in ("present", "unmeasured")]
        state = min(bad, key=_WORST.index) if bad else "missing"
        failing = next(result for result in asked if result.status in ("fail", "waived"))
        rule = failing.rule
        if state == "missing":
            problems = tuple(dict.fromkeys(result.message for result in asked if result.status == "fail"))
    elif any(result.status == "unmeasured" for result in asked):
        state = "unmeasured"
    return DocumentResult(
        kind=kind.id,
        title=kind.title,
        state=state,
        ruleset=ruleset.id,
        files=tuple(document.file.path for document in documents),
        problems=problems,
        cite=rule.cite,
        fix=rule.fix,
        why=rule.why or kind.why,
    )
