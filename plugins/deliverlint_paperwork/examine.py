"""One document, examined whole: what it is, and what keeps it from being accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deliverlint.values import Json
from deliverlint.wording import listed, printable
from deliverlint_paperwork import content, form, office, pdf, structured, trouble, words
from deliverlint_paperwork.findings import Findings
from deliverlint_paperwork.trouble import LockedError, UnreadableError

# Endings that promise a form; texts are told apart by theirs.
_PROMISED = {
    ".pdf": "PDF",
    ".docx": "DOCX",
    ".xlsx": "XLSX",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff"), "image"),
}
_TEXTS = frozenset({"Markdown", "text", "HTML", "RTF", "XML"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the ruleset and the delivery expect of the document."""

    forms: tuple[str, ...] = ()
    text_needed: bool = False
    fields: Mapping[str, Json] = field(default_factory=dict)
    title: str = ""  # of the delivery
    as_of: str = ""  # the day of the check, ISO 8601


@dataclass(frozen=True, slots=True)
class Examined:
    """What a document is; None where its form has no such thing."""

    form: str
    state: str
    problems: tuple[str, ...]
    readable: bool
    pages: int | None = None
    encrypted: bool = False
    text: str | None = None
    text_layer: str | None = None
    signed: bool | None = None


def examine(path: Path, name: str, asked: Asked, sniffed: str = "") -> Examined:
    """Examine the file at `path`, handed over as `name`; raises OSError only."""
    kind = form.form_of(path, name)
    found = Findings()
    if not kind:
        return Examined("", "unreadable", (form.what_instead(path, sniffed),), False)
    if misfit := _misfit(kind, name, asked.forms):
        found.misfit(misfit)
    if kind == "PDF":
        return _pdf(path, asked, found)
    locked = False
    text, layer = None, None
    try:
        if kind == "image":
            layer = _image(path, asked, found)
        elif kind == "DOCX":
            text = office.docx_text(path)
            layer = "text" if words.count(text) else "scan" if office.has_pictures(path) else "none"
            content.judge_text(text, layer, True, asked, found)
        elif kind in _TEXTS:
            decoded = words.decoded(trouble.content(path))
            text = words.without_marks(decoded, kind)[: trouble.MAX_TEXT]
            layer = "text" if words.count(text) else "none"
            content.judge_text(text, layer, len(text) < trouble.MAX_TEXT, asked, found)
        elif kind in structured.STRUCTURED:
            # A form that is not asked for is not read against the fields either.
            content.judge_data(path, kind, asked, found)
    except UnreadableError as problem:
        locked = isinstance(problem, LockedError)
        found.unreadable(str(problem))
    return Examined(kind, found.state, found.sentences, found.is_readable, None, locked, text, layer, None)


def _pdf(path: Path, asked: Asked, found: Findings) -> Examined:
    read = pdf.read(path)
    if read.problem:
        found.unreadable(read.problem)
    elif read.text is not None:
        content.judge_text(read.text, read.text_layer, read.complete, asked, found)
    return Examined(
        "PDF",
        found.state,
        found.sentences,
        not read.problem,
        read.pages,
        read.encrypted,
        read.text,
        read.text_layer or None,
        None if read.problem else read.signed,
    )


def _image(path: Path, asked: Asked, found: Findings) -> str:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.verify()
    except Exception as problem:  # Pillow raises anything on a damaged file
        raise UnreadableError(f"is a damaged picture: {printable(str(problem), 120)}") from None
    if asked.text_needed:
        found.unreadable("is a picture of paper; the words are needed as text that can be searched")
    return "scan"


def _misfit(kind: str, name: str, forms: tuple[str, ...]) -> str:
    """Say that a file is not of a form that is asked for, or not of the one that its name promises."""
    ending = Path(name).suffix.lower()
    promised = _PROMISED.get(ending, kind)
    wanted = not forms or kind in forms or (kind == "Markdown" and "text" in forms)
    if wanted and promised == kind:
        return ""
    lies = f", though its name ends in {ending}" if promised != kind else ""
    expected = (promised,) if wanted else forms
    return f"is {form.in_words(kind)}{lies}; expected {listed((form.in_words(each) for each in expected), 'or')}"
