"""The delivery.yaml that `init` writes: what is known, and in comments what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from deliverlint.catalogue import Catalogue
from deliverlint.cli.draft import Draft, Paper, asked_facts
from deliverlint.cli.manifest_assets import asset_lines
from deliverlint.cli.yamltext import comment, example, quoted, yaml_value
from deliverlint.spec import DocumentKind
from deliverlint.values import Json

_BASICS = ("delivery.title", "delivery.id", "delivery.territories")


def write_manifest(draft: Draft, catalogue: Catalogue) -> str:
    """Return the text of delivery.yaml."""
    asked = asked_facts(draft.rulesets, catalogue)
    lines = [
        "# What this delivery is. Lines that begin with # are for people;",
        "# to answer one, take the # away and write what is so.",
        "",
        *_about_delivery(draft.delivery.declared, asked, catalogue),
        "",
        *_rulesets(draft),
        "",
        *asset_lines(draft, asked, catalogue),
        *_documents(draft.papers),
    ]
    if len(draft.delivery.own) > 1:
        lines += ["", f"waivers: {quoted(draft.delivery.own[1])}"]
    return "\n".join(lines).rstrip("\n") + "\n"


def _about_delivery(declared: Mapping[str, Json], asked: set[str], catalogue: Catalogue) -> Iterator[str]:
    names = [name for name in catalogue.facts if name.startswith("delivery.") and not catalogue.facts[name].probe]
    for name in names:
        if name in declared or name in asked or name in _BASICS:
            spec = catalogue.facts[name]
            key = name.removeprefix("delivery.")
            yield from comment(spec.meaning)
            yield f"{key}: {yaml_value(declared[name])}" if name in declared else f"# {key}: {example(spec)}"


def _rulesets(draft: Draft) -> Iterator[str]:
    yield "# The buyers' rules that this is checked against."
    if draft.named:
        yield f"rulesets: [{', '.join(map(quoted, draft.named))}]"
    elif draft.fitting:
        yield from comment(f"These fit what is there: {', '.join(draft.fitting)}")
        yield f"# rulesets: [{draft.fitting[0]}]"
    else:
        yield "# rulesets: [kind/name]"


def _documents(papers: Sequence[Paper]) -> Iterator[str]:
    if not papers:
        return
    yield "# The paperwork. A template counts only when it is filled in."
    # A key without a value is a mistake, so `documents:` is written out only where something stands below it.
    yield "documents:" if any(paper.files for paper in papers) else "# documents:"
    for paper in papers:
        indent = "  " if paper.files else ""
        if paper.is_missing:
            yield from comment(f"{paper.kind.title}. {paper.fix or paper.kind.why}", "  ")
            yield from comment(f"As {' or '.join(paper.kind.forms)}.", "  ")
        if not paper.files:
            yield f"#   {paper.kind.id}: docs/{paper.kind.id}.{_ending(paper.kind)}"
        elif len(paper.files) == 1 and not paper.files[0][1]:
            yield f"{indent}{paper.kind.id}: {quoted(paper.files[0][0])}"
        else:
            yield f"{indent}{paper.kind.id}:"
            for path, of in paper.files:
                yield f"    - {{path: {quoted(path)}, for: {quoted(of)}}}" if of else f"    - {quoted(path)}"


def _ending(kind: DocumentKind) -> str:
    first = kind.forms[0] if kind.forms else "pdf"
    return {"Markdown": "md", "text": "txt", "image": "jpg"}.get(first, first.lower())
