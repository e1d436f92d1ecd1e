"""Probe `document.file`: what a document is, and the state that the checklist shows."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_paperwork import words
from deliverlint_paperwork.examine import Asked, Examined, examine


def measure(source: Source, wanted: frozenset[str]) -> Mapping[str, Json | Unmeasured]:
    """Measure the facts `document.*` of one file."""
    return _facts(examine(source.path, source.name, asked_of(source.options), source.format))


def asked_of(options: Mapping[str, Json]) -> Asked:
    """Return what the options of a document's probe ask for."""
    return Asked(
        forms=tuple(options.get("forms") or ()),
        text_needed=bool(options.get("text_needed")),
        fields=options.get("fields") or {},
        title=str(options.get("title") or ""),
        as_of=str(options.get("as_of") or ""),
    )


def _facts(found: Examined) -> dict[str, Json | Unmeasured]:
    first = found.problems[0] if found.problems else ""
    unread = Unmeasured(first or "cannot be read")
    no_words = Unmeasured(f"words are not read out of {found.form}") if found.readable else unread
    return {
        "document.form": found.form or unread,
        "document.pages": found.pages if found.readable or found.pages is not None else unread,
        "document.encrypted": found.encrypted if found.form else unread,
        "document.readable": found.readable,
        "document.text_layer": found.text_layer if found.readable else unread,
        "document.signed": found.signed if found.readable else unread,
        "document.text": no_words if found.text is None else found.text,
        "document.words": no_words if found.text is None else words.count(found.text),
        "document.state": found.state,
        "document.problems": list(found.problems),
    }
