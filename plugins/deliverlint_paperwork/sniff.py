"""How documents are recognised: by the first bytes, and texts by what their first lines look like."""

from __future__ import annotations

import re

from deliverlint.spec import FileType

_ZIP = b"PK\x03\x04"
_CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])  # escape occurs in terminal logs
_YAML = re.compile(r"(?:---|%YAML|- \S|[\w.\-]+:(?: |$)|\"[^\"\n]+\":(?: |$))")
_KEY_AND_VALUE = re.compile(r"[\w.\- ]+:(?: |$)")


def looks_like_text(head: bytes) -> bool:
    """Say whether bytes are text in UTF-8, UTF-16 with a mark, or a Latin code page."""
    if not head:
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return first_text(head).isprintable() or "\n" in first_text(head)
    if head.translate(None, _CONTROLS) != head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        # The head may end inside a character.
        if problem.start < len(head) - 3:
            letters = sum(byte < 128 for byte in head)
            return letters >= 0.8 * len(head)
    return True


def first_text(head: bytes) -> str:
    """Decode a head, however it is encoded; never raises."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8-sig", errors="replace")


def _lines(head: bytes) -> list[str]:
    return [line for line in first_text(head).splitlines()[:40] if line.strip()]


def is_json(head: bytes) -> bool:
    if not looks_like_text(head):
        return False
    text = first_text(head).lstrip()
    return bool(re.match(r'\{\s*["}]|\[\s*["{\[\]\d\-tfn]', text))


def is_html(head: bytes) -> bool:
    text = first_text(head[:1024]).lstrip().lower()
    return looks_like_text(head[:1024]) and bool(re.match(r"(<\?xml[^<>]*>\s*)?<(!doctype html|html)", text))


def is_xml(head: bytes) -> bool:
    return looks_like_text(head) and first_text(head[:256]).lstrip().startswith("<?xml")


def is_yaml(head: bytes) -> bool:
    """Text whose first line that is no comment is a key, a list item or the mark of a document."""
    if not looks_like_text(head):
        return False
    lines = [line for line in _lines(head) if not line.lstrip().startswith("#")]
    return bool(lines) and bool(_YAML.match(lines[0]))


def is_csv(head: bytes) -> bool:
    """Text whose first two lines are parted by the same separator the same number of times."""
    if not looks_like_text(head):
        return False
    lines = _lines(head)[:2]
    if len(lines) < 2 or _KEY_AND_VALUE.match(lines[0]):
        return False
    return any(lines[0].count(mark) and lines[1].count(mark) >= lines[0].count(mark) for mark in ",;\t|")


def is_docx(head: bytes) -> bool:
    return head.startswith(_ZIP) and bool(re.search(rb"PK\x03\x04.{26}word/", head, re.DOTALL))


def is_xlsx(head: bytes) -> bool:
    return head.startswith(_ZIP) and bool(re.search(rb"PK\x03\x04.{26}xl/", head, re.DOTALL))


def is_pdf_further_in(head: bytes) -> bool:
    """Readers forgive some bytes before the mark; a text that merely speaks of it is none."""
    return b"%PDF-" in head[:1024] and not looks_like_text(head[:512])


# With the mark of a ZIP and a look inside, these come before a ZIP of anything.
_IN_A_ZIP = (((0, _ZIP),),)

ALL = [
    FileType(media="document", format="PDF", extensions=(".pdf",), magic=(((0, b"%PDF-"),),)),
    FileType(media="document", format="PDF", extensions=(".pdf",), accepts=is_pdf_further_in),
    FileType(media="document", format="DOCX", extensions=(".docx", ".docm"), magic=_IN_A_ZIP, accepts=is_docx),
    FileType(media="document", format="XLSX", extensions=(".xlsx", ".xlsm"), magic=_IN_A_ZIP, accepts=is_xlsx),
    FileType(media="document", format="RTF", extensions=(".rtf",), magic=(((0, b"{\\rtf"),),)),
    FileType(media="document", format="HTML", extensions=(".html", ".htm", ".xhtml"), accepts=is_html),
    FileType(media="document", format="XML", extensions=(".xml",), accepts=is_xml),
    FileType(media="document", format="JSON", extensions=(".json",), accepts=is_json),
    FileType(media="document", format="YAML", extensions=(".yaml", ".yml"), accepts=is_yaml),
    FileType(media="document", format="CSV", extensions=(".csv", ".tsv"), accepts=is_csv),
    FileType(media="document", format="text", extensions=(".txt", ".log"), accepts=looks_like_text),
    # Only by its name: any text is Markdown.
    FileType(media="document", format="Markdown", extensions=(".md", ".markdown"), accepts=looks_like_text),
]
