"""Documents among all other files: recognised by what is in them, with the whole catalogue in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import docx, pdf, text, xlsx

from deliverlint.catalogue import load_catalogue
from deliverlint.delivery.sniff import Sniffer

SNIFFER = Sniffer(load_catalogue().file_types)


def recognised(path: Path, name: str = "") -> tuple[str, str] | None:
    with path.open("rb") as file:
        kind = SNIFFER.recognise(file.read(4096), name or path.name)
    return (kind.media, kind.format) if kind else None


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("log.csv", "shot,tool\nA,t\n", "CSV"),
        ("log.tsv", "shot\ttool\nA\tt\n", "CSV"),
        ("provenance.yaml", "# how it was made\ntitle: The Egg Farmers\n", "YAML"),
        ("sbom.json", '{"bomFormat": "CycloneDX"}', "JSON"),
        ("licence.md", "# Licence\n\nAll rights.\n", "Markdown"),
        ("licence.md", "All rights are granted.\n", "Markdown"),
        ("licence.txt", "All rights are granted.\n", "text"),
        ("LICENCE", "All rights are granted.\n", "text"),
        ("terms.html", "<!DOCTYPE html>\n<html>", "HTML"),
        ("terms.pdf", "<html><body>", "HTML"),
        ("rights.rtf", r"{\rtf1\ansi All rights}", "RTF"),
    ],
)
def test_texts_are_recognised(tmp_path: Path, name: str, content: str, form: str) -> None:
    assert recognised(text(tmp_path / name, content)) == ("document", form)


def test_a_pdf_is_a_pdf_under_any_name(tmp_path: Path) -> None:
    assert recognised(pdf(tmp_path / "a.pdf"), "cover.jpg") == ("document", "PDF")


def test_a_pdf_with_some_bytes_before_its_mark_is_a_pdf(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    path.write_bytes(b"\x00\x01junk\n" + path.read_bytes())
    assert recognised(path) == ("document", "PDF")


def test_office_files_are_told_from_other_zips(tmp_path: Path) -> None:
    assert recognised(docx(tmp_path / "a.docx", ["words"])) == ("document", "DOCX")
    assert recognised(xlsx(tmp_path / "a.xlsx", [["a"]]), "a.zip") == ("document", "XLSX")


def test_a_text_that_speaks_of_pdf_is_a_text(tmp_path: Path) -> None:
    assert recognised(text(tmp_path / "a.txt", "A PDF begins with %PDF- and a number.\n")) == ("document", "text")


def test_binary_data_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 4)
    found = recognised(tmp_path / "a.txt")
    assert found is None or found[0] != "document"
