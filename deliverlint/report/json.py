"""The checklist for programs. Its keys are a promise: see checklist.schema.json beside this module.

A result is put together from prepared pieces, one key a line: fifty thousand of them take well under a
second, where the standard library's indenting encoder takes several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deliverlint import __version__
from deliverlint.delivery.model import Waiver
from deliverlint.judge.model import STATUSES, Checklist, DocumentResult, Status
from deliverlint.report.jsontext import Encode, encoder, indented
from deliverlint.report.view import View
from deliverlint.ruleset.model import Cite, Rule
from deliverlint.values import Fact, Json

SCHEMA_VERSION = 1


def render(checklist: Checklist, view: View) -> str:
    """Return the checklist as indented JSON."""
    encode = encoder(view.ascii)
    head = indented(_head(checklist), encode)[: -len("\n}")]
    results = ",\n".join(
        "    {\n      " + ",\n      ".join(result) + "\n    }" for result in _results(checklist, encode)
    )
    documents = ",\n".join(f"    {indented(_document(document), encode, 2)}" for document in checklist.documents)
    return f'{head},\n  "results": {_array(results)},\n  "documents": {_array(documents)}\n}}\n'


def _array(items: str) -> str:
    return f"[\n{items}\n  ]" if items else "[]"


def render_line(checklist: Checklist, view: View) -> str:
    """Return the checklist as JSON on one line: one delivery of many."""
    encode = encoder(view.ascii)
    head = encode(_head(checklist))[:-1]
    results = ", ".join("{" + ", ".join(result) + "}" for result in _results(checklist, encode))
    documents = encode([_document(document) for document in checklist.documents])
    return f'{head}, "results": [{results}], "documents": {documents}}}\n'


def _head(checklist: Checklist) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "deliverlint", "version": __version__},
        "delivery": {"path": checklist.delivery_path, "title": checklist.delivery_title},
        "rulesets": [
            {
                "id": ruleset.id,
                "version": ruleset.version,
                "sha256": ruleset.sha256,
                "verdict": ruleset.verdict,
                "summary": _summary(ruleset.summary),
            }
            for ruleset in checklist.rulesets
        ],
        "verdict": checklist.verdict,
        "summary": _summary(checklist.summary),
    }


def _summary(counts: Mapping[Status, int]) -> Json:
    return {status.replace("-", "_"): counts.get(status, 0) for status in STATUSES}


def _results(checklist: Checklist, encode: Encode) -> Iterator[list[str]]:
    """Yield each result as its `"key": value` pieces; what the rule alone decides is encoded once a rule."""
    of_rule: dict[tuple[int, str], tuple[list[str], list[str]]] = {}
    for result in checklist.results:
        key = (id(result.rule), result.ruleset)
        if key not in of_rule:
            of_rule[key] = _rule_pieces(result.rule, result.ruleset, encode)
        first, last = of_rule[key]
        yield [
            *first,
            f'"status": "{result.status}"',
            f'"severity": "{result.severity}"',
            f'"asset": {encode(result.asset)}',
            f'"role": {encode(result.role)}',
            f'"facts": {encode([_fact(fact) for fact in result.facts])}',
            f'"expected": {encode(result.expected)}',
            f'"message": {encode(result.message)}',
            f'"at": {encode([dict(at) for at in result.at])}',
            *last,
            f'"waiver": {encode(_waiver(result.waiver))}',
        ]


def _rule_pieces(rule: Rule, ruleset: str, encode: Encode) -> tuple[list[str], list[str]]:
    first = {"rule": rule.id, "ruleset": ruleset, "title": rule.title}
    last = {"cite": _cite(rule.cite), "fix": rule.fix, "why": rule.why}
    return _pieces(first, encode), _pieces(last, encode)


def _pieces(mapping: Mapping[str, Json], encode: Encode) -> list[str]:
    return [f'"{key}": {encode(value)}' for key, value in mapping.items()]


def _fact(fact: Fact) -> Json:
    return {"name": fact.name, "value": fact.value, "unit": fact.unit, "basis": fact.basis}


def _cite(cite: Cite) -> Json:
    return {"title": cite.title, "clause": cite.clause, "url": cite.url, "read": cite.read}


def _waiver(waiver: Waiver | None) -> Json:
    if waiver is None:
        return None
    return {"reason": waiver.reason, "approved_by": waiver.approved_by, "expires": waiver.expires}


def _document(document: DocumentResult) -> Json:
    return {
        "kind": document.kind,
        "title": document.title,
        "state": document.state,
        "files": list(document.files),
        "problems": list(document.problems),
        "cite": _cite(document.cite),
        "fix": document.fix,
    }
