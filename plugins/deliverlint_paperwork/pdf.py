"""What a PDF is, read with pypdf: pages, encryption, text or scan, signature fields."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deliverlint_paperwork import trouble, words
from deliverlint_paperwork.trouble import UnreadableError

# Enough to tell a scan from text and to hold the words of a contract.
TEXT_PAGES = 60
# A page with fewer characters beside its picture is a scan with a stamp on it.
CHARACTERS_A_PAGE = 25
_TAIL = 2048


@dataclass(frozen=True, slots=True)
class Pdf:
    """`text` is None where the file cannot be opened for reading; `complete`: all pages were read for it."""

    pages: int | None = None
    encrypted: bool = False
    text: str | None = None
    text_layer: str = ""  # text, scan, none
    signed: bool = False
    complete: bool = False
    problem: str = ""


def read(path: Path, want_text: bool = True) -> Pdf:
    """Read a PDF; whatever is wrong with it stands in `problem`, never raised.

    Pages and the words of at most 60 of them; a scan is a page with a picture and hardly a character.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about each flaw on stderr
    try:
        data = trouble.content(path)
        _refuse_truncated(data)
    except UnreadableError as problem:
        return Pdf(problem=str(problem))
    from pypdf.errors import DependencyError

    try:
        return _open(path, want_text)
    except DependencyError:  # pypdf knows the older cipher by itself, AES only with the package cryptography
        return Pdf(encrypted=True, problem="is encrypted (AES): save it without password and protection")
    except Exception as problem:  # pypdf raises anything on a damaged file
        return Pdf(problem=f"is damaged: {_plainly(problem)}")


def _refuse_truncated(data: bytes) -> None:
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("is not a PDF: it does not begin with %PDF")
    if b"%%EOF" not in data[-_TAIL:]:
        raise UnreadableError("is cut short: the end mark of the PDF is missing")


def _open(path: Path, want_text: bool) -> Pdf:
    from pypdf import PdfReader

    with path.open("rb") as file:
        reader = PdfReader(file, strict=False)
        encrypted = bool(reader.is_encrypted)
        if encrypted and not _unlocked(reader):
            return Pdf(encrypted=True, problem="is encrypted: it cannot be opened without a password")
        pages = len(reader.pages)
        if pages == 0:
            return Pdf(pages=0, encrypted=encrypted, problem="has no pages")
        signed = _is_signed(reader)
        if not want_text:
            return Pdf(pages, encrypted, signed=signed)
        text, layer, complete = _text(reader, pages)
        return Pdf(pages, encrypted, text, layer, signed, complete)


def _unlocked(reader: Any) -> bool:
    """A file that is only locked against changes, as signing services hand them out, opens with the empty password."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        raise
    except Exception:  # pypdf raises anything on a damaged table of keys
        return False


def _text(reader: Any, pages: int) -> tuple[str, str, bool]:
    parts: list[str] = []
    characters = images = looked_at = 0
    for page in reader.pages[:TEXT_PAGES]:
        found = page.extract_text() or ""
        looked_at += 1
        characters += sum(not char.isspace() for char in found)
        images += _has_image(page)
        parts.append(found)
        if sum(map(len, parts)) > trouble.MAX_TEXT:
            break
    text = "\n".join(parts)[: trouble.MAX_TEXT]
    scanned = images and characters < CHARACTERS_A_PAGE * looked_at
    layer = "scan" if scanned else "text" if words.count(text) else "none"
    return text, layer, looked_at == pages and len(text) < trouble.MAX_TEXT


def _has_image(page: Any) -> bool:
    """Look for a picture in the page's resources, without decoding it; also inside one level of forms."""
    return _images_in(page.get("/Resources"), 2)


def _images_in(resources: Any, depth: int) -> bool:
    resources = resources.get_object() if resources is not None else {}
    objects = resources.get("/XObject")
    if objects is None:
        return False
    for entry in list(objects.get_object().values())[:200]:
        thing = entry.get_object()
        if thing.get("/Subtype") == "/Image":
            return True
        if depth > 1 and thing.get("/Subtype") == "/Form" and _images_in(thing.get("/Resources"), depth - 1):
            return True
    return False


def _is_signed(reader: Any) -> bool:
    form = reader.trailer["/Root"].get("/AcroForm")
    if form is None:
        return False
    open_fields = list(form.get_object().get("/Fields", []))
    for _ in range(2000):  # a ring of fields ends here
        if not open_fields:
            break
        field = open_fields.pop().get_object()
        if field.get("/FT") == "/Sig" and field.get("/V") is not None:
            return True
        open_fields += list(field.get("/Kids", []))[:500]
    return False


def _plainly(problem: Exception) -> str:
    from deliverlint.wording import printable

    if isinstance(problem, RecursionError):
        return "its parts point at each other in a ring"
    return printable(str(problem) or type(problem).__name__, 120)
