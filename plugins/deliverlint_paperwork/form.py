"""Which form a file has inside; its name only tells texts apart."""

from __future__ import annotations

from pathlib import Path

from deliverlint_paperwork import office, sniff

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"GIF8")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = {
    ".csv": "CSV",
    ".tsv": "CSV",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".json": "JSON",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".txt": "text",
    ".log": "text",
}
_WORDS = {
    "PDF": "a PDF",
    "DOCX": "a Word file (DOCX)",
    "XLSX": "an Excel file (XLSX)",
    "CSV": "a CSV table",
    "JSON": "JSON",
    "YAML": "YAML",
    "XML": "XML",
    "Markdown": "Markdown text",
    "HTML": "an HTML page",
    "RTF": "a rich text file (RTF)",
    "text": "plain text",
    "image": "a picture",
}


def in_words(form: str) -> str:
    """Return a form as it stands in a sentence: `an HTML page`."""
    return _WORDS.get(form, form)


def form_of(path: Path, name: str) -> str:
    """Return the form of a file, empty where it is no document; `name` is the one it was handed over under."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"%PDF-") or sniff.is_pdf_further_in(head):
        return "PDF"
    if head.startswith(b"PK\x03\x04"):
        return office.form_of_zip(path)
    if head.startswith(b"{\\rtf"):
        return "RTF"
    if head.startswith(_IMAGES):
        return "image"
    return _form_of_text(head, name) if sniff.looks_like_text(head) else ""


def _form_of_text(head: bytes, name: str) -> str:
    if sniff.is_html(head):
        return "HTML"
    named = _TEXT_ENDINGS.get(Path(name).suffix.lower(), "")
    if sniff.is_xml(head) and not named:
        return "XML"
    if named:
        return named
    for form, accepts in (("JSON", sniff.is_json), ("YAML", sniff.is_yaml), ("CSV", sniff.is_csv)):
        if accepts(head):
            return form
    return "text"


def what_instead(path: Path, sniffed: str) -> str:
    """Say what a file is that is no document."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == _OLD_OFFICE:
        return "is an office file of the old kind or with a password: save it as PDF, DOCX or XLSX without one"
    if head.startswith(b"PK\x03\x04"):
        return "is a ZIP archive, not a document" if sniffed in ("", "ZIP") else f"is {sniffed}, not a document"
    return f"is {sniffed}, not a document" if sniffed else "is no document: its content is of no form that is known"
