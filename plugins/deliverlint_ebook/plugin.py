"""What this plugin declares."""

from __future__ import annotations

from deliverlint.hookspecs import Check, FactSpec, FileType, Probe, hookimpl
from deliverlint_ebook.facts import FACTS, PROBE
from deliverlint_ebook.formats import FILE_TYPES


@hookimpl
def facts() -> list[FactSpec]:
    return FACTS


@hookimpl
def probes() -> list[Probe]:
    return [
        Probe(
            id=PROBE,
            version="1",
            run="deliverlint_ebook.epub:measure",
            media=("ebook",),
            memory_mb=512,
            cpu_s=60,
            wall_s=120,
        ),
    ]


@hookimpl
def file_types() -> list[FileType]:
    return FILE_TYPES


@hookimpl
def checks() -> list[Check]:
    return [
        Check(
            id="ebook.isbn",
            title="ISBN has thirteen digits and the right check digit",
            facts=("ebook.isbn",),
            run="deliverlint_ebook.isbn:check",
        ),
        Check(
            id="ebook.title-real",
            title="Title is no placeholder, punctuation or markup",
            facts=("ebook.title",),
            run="deliverlint_ebook.titles:check_real",
        ),
        Check(
            id="ebook.title-promotion",
            title="Title claims no rank, price or prize",
            facts=("ebook.title",),
            run="deliverlint_ebook.titles:check_promotion",
        ),
        Check(
            id="ebook.title-repetition",
            title="Title does not repeat keywords",
            facts=("ebook.title",),
            run="deliverlint_ebook.titles:check_repetition",
        ),
    ]
