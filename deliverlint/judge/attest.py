"""What no machine can decide: a person vouches for it in a document of kind `attestations`, or it stays to-review."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.delivery.model import Asset, Document
from deliverlint.judge.expectations import Outcome
from deliverlint.judge.subjects import Sight, path_of
from deliverlint.ruleset.model import Rule
from deliverlint.values import Fact, Json, Unmeasured
from deliverlint.wording import printable

LINES = "attestations.lines"
HASH = "file.sha256"
_KIND = "attestations"


def judge_attestation(rule: Rule, subject: Asset | Document | None, sight: Sight) -> Outcome:
    """Look for the line that vouches for this rule (and this asset, if it names one or its hash)."""
    expected = f"attested by {rule.attest}"
    missing = f"a person has to vouch for this: add a line for '{rule.id}' to the attestations ({rule.attest})"
    reason = missing
    for document in sight.cast.documents.get(_KIND, ()):
        lines = sight.scope(document).fact(LINES)
        if isinstance(lines, Unmeasured):
            reason = f"{document.file.path} cannot be read: {lines.reason}"
            continue
        for line in lines.value or ():
            if not _speaks_of(line, rule, subject):
                continue
            objection = _objection(line, subject, sight)
            if objection:
                reason = objection
                continue
            return _vouched(line, rule, expected)
    return Outcome("to-review", (), expected, reason)


def _speaks_of(line: Mapping[str, Json], rule: Rule, subject: Asset | Document | None) -> bool:
    named = str(line.get("rule", "")).rsplit(":", 1)[-1]
    if named != rule.id and named not in rule.renamed_from:
        return False
    asset = line.get("asset")
    return not asset or subject is None or asset == path_of(subject)


def _objection(line: Mapping[str, Json], subject: Asset | Document | None, sight: Sight) -> str:
    """Why a line does not count: it names nobody, no day, or another state of the asset."""
    for key in ("person", "date", "outcome"):
        if not line.get(key):
            return f"the attestation of '{line.get('rule')}' does not say its {key}"
    claimed = line.get("sha256")
    if not claimed or subject is None:
        return ""
    actual = sight.scope(subject).fact(HASH)
    if isinstance(actual, Unmeasured):
        return f"the attestation speaks of a file by its SHA-256, which is unmeasured: {actual.reason}"
    if str(claimed).lower() != actual.value:
        return f"the attestation speaks of another version of {path_of(subject)}: its SHA-256 differs"
    return ""


def _vouched(line: Mapping[str, Json], rule: Rule, expected: str) -> Outcome:
    who = f"{printable(str(line['person']), 80)} on {printable(str(line['date']), 20)}"
    fact = Fact(LINES, line["outcome"], basis="attested")
    if line["outcome"] == "pass":
        return Outcome("pass", (fact,), expected, f"attested by {who}")
    return Outcome("fail", (fact,), expected, f"attested as failed by {who}", failures=1)
