"""Provenance: how each unit of the work was made, with which models, inputs and consents."""

from __future__ import annotations

import json
from pathlib import Path

from deliverlint.hookspecs import Check, DocumentKind, FactSpec, hookimpl

# Published: editors and other programs check provenance.yaml with it too.
SCHEMA = Path(__file__).with_name("provenance.schema.json")


@hookimpl
def facts() -> list[FactSpec]:
    return [
        FactSpec(
            name="delivery.uses_ai",
            type="yes/no",
            label="use of AI",
            meaning="Whether any part of the work was generated or changed by a model, as delivery.yaml says.",
        ),
    ]


@hookimpl
def document_kinds() -> list[DocumentKind]:
    return [
        DocumentKind(
            id="provenance",
            title="Provenance file",
            why="Says of each generated unit what made it and on whose rights it rests; all else is held against it.",
            forms=("YAML", "JSON"),
            match=("**/provenance.yaml", "**/provenance.yml", "**/provenance.json"),
            fields=json.loads(SCHEMA.read_text(encoding="utf-8")),
            template="deliverlint_provenance:templates/provenance.yaml",
        )
    ]


@hookimpl
def checks() -> list[Check]:
    return [
        Check(
            id="provenance.consent-before-use",
            title="Each consent is signed before the likeness is used",
            facts=("provenance.people",),
            run="deliverlint_provenance.dates:consent_before_use",
        ),
        Check(
            id="provenance.terms-before-use",
            title="The terms of each tool are dated before its first use",
            facts=("provenance.tools",),
            run="deliverlint_provenance.dates:terms_before_use",
        ),
    ]
