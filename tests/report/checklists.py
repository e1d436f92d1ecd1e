"""Hand-made checklists for the tests of reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from deliverlint.delivery.model import Waiver
from deliverlint.judge.model import STATUSES, Checklist, DocumentResult, Result, RulesetVerdict, Verdict
from deliverlint.ruleset.model import Cite, Rule, Severity

ACME = "acme/feature"
SPEC = Cite("Acme Delivery Specification 9.2", "§3.1", "https://example.com/spec", "2026-11-22")


def rule(id: str, title: str, severity: Severity = "error", needs: str = "", attest: str = "") -> Rule:
    return Rule(
        id=id,
        title=title,
        severity=severity,
        needs=needs,
        attest=attest,
        cite=SPEC,
        fix=f"Mend {id} first.",
        why=f"Viewers notice {id}.",
    )


FRAME_RATE = rule("picture-frame-rate", "Picture runs at a native cinema rate")
CODEC = rule("picture-codec", "Picture is encoded in ProRes")
ISRC = rule("track-isrc", "Every track carries its ISRC")
LOUDNESS = rule("mix-loudness", "Loudness is on target", "warning")
COVER = rule("cover-size", "Cover is large enough for a billboard", "advice")
CHAIN = rule("chain-of-title", "Rights are proven", needs="chain-of-title")
SUSPEND = rule("xr-045", "The title survives suspend and resume", attest="qa-tester")


def fail(what: Rule, asset: str, message: str, ruleset: str = ACME, role: str = "", **rest: object) -> Result:
    return Result(what, ruleset, "fail", what.severity, asset, role, message=message, **rest)  # type: ignore[arg-type]


def passed(what: Rule, asset: str) -> Result:
    return Result(what, ACME, "pass", what.severity, asset)


def unmeasured(what: Rule, asset: str, message: str) -> Result:
    return Result(what, ACME, "unmeasured", what.severity, asset, message=message)


def waived(what: Rule, asset: str, message: str) -> Result:
    waiver = Waiver(ACME, what.id, asset, "archive footage", "Acme QC", "2027-01-31", "waivers.yaml:3")
    return Result(what, ACME, "waived", what.severity, asset, message=message, waiver=waiver)


def checklist(
    results: Iterable[Result] = (),
    documents: Iterable[DocumentResult] = (),
    verdict: Verdict = "fail",
    path: str = "short-film",
    title: str = "The Egg Farmers",
) -> Checklist:
    found = tuple(results)
    counts = Counter(result.status for result in found)
    summary = {status: counts.get(status, 0) for status in STATUSES}
    names = list(dict.fromkeys(result.ruleset for result in found)) or [ACME]
    return Checklist(
        delivery_path=path,
        delivery_title=title,
        verdict=verdict,
        rulesets=tuple(
            RulesetVerdict(name, "2026.11.0", "Acme delivery", "0" * 64, verdict, summary) for name in names
        ),
        summary=summary,
        results=found,
        documents=tuple(documents),
        as_of="2026-11-22",
    )


def missing(kind: str, title: str, ruleset: str = ACME) -> DocumentResult:
    return DocumentResult(
        kind, title, "missing", ruleset, cite=SPEC, fix="Ask your lawyer.", why="It proves who owns the work."
    )
