"""A rule, a fact and a kind of document in words."""

from __future__ import annotations

from deliverlint.catalogue import Catalogue
from deliverlint.report.page import Page
from deliverlint.ruleset.model import Expectations, Rule, Ruleset
from deliverlint.spec import DocumentKind, FactSpec
from deliverlint.wording import counted, listed

_PATTERNS = 6  # of file names that are shown
_COSTS = {
    "header": "the head of the file",
    "scan": "one pass over the file",
    "decode": "decoding the file",
    "hash": "one pass over the file for its hash",
}


def explain_rule(page: Page, ruleset: Ruleset, rule: Rule, catalogue: Catalogue) -> None:
    """Write what a rule asks of whom, why, and where it is written."""
    page.heading(page.safe(f"{ruleset.id}:{rule.id}"), f"rule, {rule.severity}")
    page.paragraph(page.prose(rule.title))
    page.blank()
    page.labelled("for", _subject(rule))
    page.labelled("when", expectations(rule.when, catalogue))
    page.labelled("where", expectations(rule.where, catalogue))
    page.labelled("expected", expectations(rule.expect, catalogue))
    for number, branch in enumerate(rule.any_of):
        page.labelled("or" if number else "either", expectations(branch, catalogue))
    if rule.needs:
        many = f": {rule.count.text}" if rule.count else ""
        page.labelled("needs", page.prose(f"{_title_of(rule.needs, ruleset, catalogue)}{many}"))
    page.labelled("attest", page.prose(f"a {rule.attest} has to vouch for it") if rule.attest else "")
    page.labelled("check", page.safe(_check(rule, catalogue)))
    page.labelled("schema", "the document is held against a JSON Schema" if rule.schema is not None else "")
    page.labelled("from", page.safe(f"{rule.starts}; a warning before that day") if rule.starts else "")
    page.labelled("why", page.prose(rule.why))
    page.labelled("to do", page.prose(rule.fix), "bold")
    cite = rule.cite
    page.labelled("see", page.prose(f"{cite.title} {cite.clause}"))
    if cite.url:
        page.labelled("", page.safe(f"{cite.url} (read {cite.read})" if cite.read else cite.url, 1000))
    page.labelled("tags", page.safe(listed(rule.tags)))
    page.labelled("formerly", page.safe(listed(rule.renamed_from)))
    page.labelled("waiver", "" if rule.overridable else "cannot be waived")
    places = dict.fromkeys(f"{origin.file}:{origin.line}" for origin in rule.origins.values())
    page.labelled("written", page.safe(listed(list(places)[:3])), "dim")


def _subject(rule: Rule) -> str:
    subject = rule.subject or ("" if rule.needs else "the delivery as a whole")
    if rule.per:
        return f"all of {subject} together" if rule.per == "role" else f"{subject}, in groups of one {rule.per}"
    return f"each of the {rule.each} of {subject}" if rule.each else subject


def expectations(wanted: Expectations, catalogue: Catalogue) -> str:
    """Return `frame rate: 24 fps (video.frame_rate); ...`."""
    return "; ".join(
        f"{catalogue.facts[each.fact].label}: {each.phrase.text} ({each.fact})"
        if each.fact in catalogue.facts
        else f"{each.fact}: {each.phrase.text}"
        for each in wanted
    )


def _title_of(name: str, ruleset: Ruleset, catalogue: Catalogue) -> str:
    if name in ruleset.roles:
        return f"{ruleset.roles[name].title or name} (role {name})"
    kind = catalogue.document_kinds.get(name)
    return f"{kind.title} (document {name})" if kind else name


def _check(rule: Rule, catalogue: Catalogue) -> str:
    check = catalogue.checks.get(rule.check)
    return f"{check.title} ({check.id})" if check else rule.check


def explain_fact(page: Page, spec: FactSpec) -> None:
    """Write what a fact is and how it is come by."""
    page.heading(spec.name, "fact")
    page.paragraph(page.prose(spec.meaning))
    page.blank()
    page.labelled("in words", page.safe(spec.label))
    page.labelled("type", spec.type)
    page.labelled("unit", page.safe(spec.unit))
    page.labelled("one of", page.prose(", ".join(spec.values)))
    if spec.fields:
        page.labelled("fields", page.prose(", ".join(field.name for field in spec.fields)))
    page.labelled("frames", f"counted with {spec.frame_rate}" if spec.frame_rate else "")
    declared = "declared in delivery.yaml" if spec.name.startswith("delivery.") else "known from the directory"
    page.labelled("measured", f"by {spec.probe}, from {_COSTS[spec.cost]}" if spec.probe else declared)


def explain_document(page: Page, kind: DocumentKind, catalogue: Catalogue) -> None:
    """Write what a kind of document is, how it is found and what it must hold."""
    page.heading(kind.id, "kind of document")
    page.paragraph(page.prose(kind.title))
    page.blank()
    page.labelled("what", page.prose(kind.why))
    page.labelled("forms", page.safe(listed(kind.forms, "or")))
    more = f" and {len(kind.match) - _PATTERNS} more" if len(kind.match) > _PATTERNS else ""
    page.labelled("found as", page.safe(", ".join(kind.match[:_PATTERNS]), 1000) + more)
    page.labelled("text", "a scan without readable text is not enough" if kind.text_needed else "")
    properties = kind.fields.get("properties", {})
    if properties:
        required = kind.fields.get("required", ())
        page.labelled("holds", counted(len(properties), "field"))
        page.items((_field(name, properties[name], name in required) for name in properties), len(properties))
    page.labelled("template", "deliverlint init writes one" if kind.template else "")


def _field(name: str, schema: dict[str, object], required: bool) -> str:
    meaning = schema.get("description") or schema.get("title") or ""
    values = schema.get("enum")
    words = [f"{name}{'' if required else ' (optional)'}"]
    words += [str(meaning)] if meaning else []
    words += [f"one of {', '.join(map(str, values))}"] if isinstance(values, list) else []
    return ": ".join(words)
