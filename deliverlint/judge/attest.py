"""What no machine can decide: a person vouches for it in a document of kind `attestations`, or it stays to-review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deliverlint.catalogue.names import ATTESTATIONS
from deliverlint.delivery.model import Asset, Document
from deliverlint.judge.expectations import Outcome
from deliverlint.judge.subjects import Sight, path_of
from deliverlint.ruleset.model import Rule
from deliverlint.values import Fact, Json, Unmeasured, is_day
from deliverlint.wording import printable

LINES = "attestations.lines"
HASH = "file.sha256"
_NEEDED = ("person", "date", "outcome")
# What templates write where a person has to; a line that still has one does not count.
_BLANK = "FILL IN"

Line = Mapping[str, Json]


def judge_attestation(rule: Rule, subject: Asset | Document | None, sight: Sight) -> Outcome:
    """Look for the line that vouches for this rule (and this asset, if it names one or its hash).

    Of several lines the one of the latest day counts.
    """
    expected = f"attested by {rule.attest}"
    reason = f"a person has to vouch for this: add a line for '{rule.id}' to the attestations ({rule.attest})"
    counting: list[Line] = []
    for found in _lines(sight):
        if isinstance(found, Unmeasured):
            reason = found.reason
        elif _speaks_of(found, rule, subject):
            if objection := _objection(found, subject, sight):
                reason = f"the attestation of '{rule.id}' {objection}"
            else:
                counting.append(found)
    if not counting:
        return Outcome("to-review", (), expected, reason)
    # Of one day the worse outcome counts: "fail" comes before "pass".
    latest = max(line["date"] for line in counting)
    return _vouched(min((line for line in counting if line["date"] == latest), key=_outcome), expected)


def _lines(sight: Sight) -> Iterator[Line | Unmeasured]:
    for document in sight.cast.documents.get(ATTESTATIONS, ()):
        lines = sight.scope(document).fact(LINES)
        if isinstance(lines, Unmeasured):
            yield Unmeasured(f"{printable(document.file.path, 120)} cannot be read: {lines.reason}")
        else:
            yield from lines.value or ()


def _outcome(line: Line) -> str:
    return str(line.get("outcome", "")).strip().casefold()


def _speaks_of(line: Line, rule: Rule, subject: Asset | Document | None) -> bool:
    named = str(line.get("rule", "")).rsplit(":", 1)[-1].strip()
    if named != rule.id and named not in rule.renamed_from:
        return False
    asset = line.get("asset")
    return not asset or subject is None or asset == path_of(subject)


def _objection(line: Line, subject: Asset | Document | None, sight: Sight) -> str:
    """Why a line does not count: it names nobody, no day, no outcome, or another state of the asset."""
    for key in _NEEDED:
        value = line.get(key)
        if not isinstance(value, str) or not value.strip() or _BLANK in value:
            return f"does not say its {key}"
    if not is_day(line["date"]):
        return f"has the date '{printable(line['date'], 40)}', which is none; write it as 2026-11-30"
    if _outcome(line) not in ("pass", "fail"):
        return f"has the outcome '{printable(line['outcome'], 40)}', which is neither pass nor fail"
    claimed = line.get("sha256")
    if not claimed or subject is None:
        return ""
    actual = sight.scope(subject).fact(HASH)
    if isinstance(actual, Unmeasured):
        return f"speaks of a file by its SHA-256, which is unmeasured: {actual.reason}"
    if str(claimed).strip().lower() != actual.value:
        return f"speaks of another version of {printable(path_of(subject), 120)}: its SHA-256 differs"
    return ""


def _vouched(line: Line, expected: str) -> Outcome:
    who = f"{printable(line['person'], 80)} on {line['date']}"
    fact = Fact(LINES, _outcome(line), basis="attested")
    if _outcome(line) == "pass":
        return Outcome("pass", (fact,), expected, f"attested by {who}")
    return Outcome("fail", (fact,), expected, f"attested as failed by {who}", failures=1)
