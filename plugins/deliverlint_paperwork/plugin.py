"""Paperwork: which kinds there are, how their files are recognised, and what is read from them."""

from __future__ import annotations

from deliverlint.catalogue.fields import FIELDS_PROBE
from deliverlint.hookspecs import Check, DocumentKind, FactSpec, FileType, Probe, hookimpl
from deliverlint_paperwork import facts as _facts
from deliverlint_paperwork import kinds, sniff

# Reads a document against the JSON Schema of one rule.
SCHEMA_PROBE = "document.schema"


@hookimpl
def facts() -> list[FactSpec]:
    return _facts.ALL


@hookimpl
def probes() -> list[Probe]:
    # Any medium: what is no document at all has to be said to be none.
    return [
        Probe(id=_facts.FILE_PROBE, version="3", run="deliverlint_paperwork.file:measure", subject="document"),
        Probe(id=FIELDS_PROBE, version="1", run="deliverlint_paperwork.fields:measure", subject="document"),
        Probe(id=SCHEMA_PROBE, version="1", run="deliverlint_paperwork.schema:measure", subject="document"),
    ]


@hookimpl
def file_types() -> list[FileType]:
    return sniff.ALL


@hookimpl
def document_kinds() -> list[DocumentKind]:
    return kinds.ALL


@hookimpl
def checks() -> list[Check]:
    return [
        Check(
            id="cue-sheet.shares",
            title="Shares of each cue add up to 100 %",
            facts=("cue-sheet.cues",),
            run="deliverlint_paperwork.shares:cue_sheet",
        ),
        Check(
            id="split-sheet.shares",
            title="Shares of each work add up to 100 %",
            facts=("split-sheet.splits",),
            run="deliverlint_paperwork.shares:split_sheet",
        ),
    ]
