"""What the engine itself knows: a file's name, size and hash, and what a manifest says of the delivery."""

from __future__ import annotations

from pathlib import Path

from deliverlint.catalogue.names import ATTESTATIONS, HASH_PROBE, HASHING
from deliverlint.hookspecs import hookimpl
from deliverlint.spec import DocumentKind, FactSpec, Probe, ReportFormat


@hookimpl
def facts() -> list[FactSpec]:
    return [
        FactSpec(name="file.name", type="text", label="file name", meaning="Name of the file with its ending."),
        FactSpec(name="file.path", type="text", label="path", meaning="Path inside the delivery, with slashes."),
        FactSpec(
            name="file.extension",
            type="text",
            label="file name ending",
            meaning="Ending of the file name, lower case, with its dot; empty where there is none.",
        ),
        FactSpec(name="file.size", type="number", unit="B", label="file size", meaning="Size of the file in bytes."),
        FactSpec(
            name="file.media",
            type="text",
            label="medium",
            meaning="Medium that the first bytes of the file show: video, audio, image, ebook, ...",
        ),
        FactSpec(
            name="file.format",
            type="text",
            label="file format",
            meaning="File format that the first bytes show; absent where no plugin recognises them.",
        ),
        FactSpec(
            name="file.sha256",
            type="text",
            label="SHA-256",
            meaning="SHA-256 of the file; of a tree, of its sorted list of hashes and paths.",
            cost="hash",
            probe=HASH_PROBE,
        ),
        FactSpec(name="delivery.title", type="text", label="title", meaning="Title of the work."),
        FactSpec(name="delivery.id", type="text", label="delivery id", meaning="The supplier's or buyer's id."),
        FactSpec(
            name="delivery.territories",
            type="texts",
            label="territories",
            meaning="ISO 3166 codes of the countries that the work is delivered for, such as US.",
        ),
    ]


@hookimpl
def probes() -> list[Probe]:
    return [HASHING]


@hookimpl
def document_kinds() -> list[DocumentKind]:
    line = {
        "type": "object",
        "required": ["rule", "outcome", "person", "date"],
        "properties": {
            "rule": {"type": "string", "title": "rule"},
            "outcome": {"type": "string", "enum": ["pass", "fail"], "title": "outcome"},
            "person": {"type": "string", "title": "person"},
            "capacity": {"type": "string", "title": "capacity"},
            "date": {"type": "string", "format": "date", "title": "date"},
            "sha256": {"type": "string", "title": "SHA-256 of the asset"},
            "asset": {"type": "string", "title": "asset"},
        },
    }
    return [
        DocumentKind(
            id=ATTESTATIONS,
            title="Attestations",
            why="Some requirements only a person can vouch for: each line names the rule, the outcome and who says so.",
            forms=("YAML", "JSON", "CSV"),
            match=("**/attestations.*",),
            fields={
                "type": "object",
                "required": ["lines"],
                "properties": {
                    "lines": {
                        "type": "array",
                        "items": line,
                        "title": "lines",
                        "description": "What persons vouch for.",
                    }
                },
            },
            template="deliverlint:delivery/templates/attestations.yaml",
        )
    ]


@hookimpl
def report_formats() -> list[ReportFormat]:
    return [
        ReportFormat(name="text", title="For people, at a terminal", run="deliverlint.report.text:render"),
        ReportFormat(
            name="json", title="For programs; its JSON Schema is published", run="deliverlint.report.json:render"
        ),
        ReportFormat(name="jsonl", title="One JSON checklist a line", run="deliverlint.report.json:render_line"),
    ]


@hookimpl
def rulesets() -> list[Path]:
    inside = Path(__file__).parent.parent / "rulesets"
    beside = Path(__file__).parent.parent.parent / "rulesets"
    return [folder for folder in (inside, beside) if folder.is_dir()][:1]
