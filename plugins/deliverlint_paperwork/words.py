"""Words out of text files: decoding, and taking marks off HTML, XML and RTF."""

from __future__ import annotations

import html
import re

from deliverlint_paperwork.trouble import UnreadableError

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# Neither pattern can run on: each stops at the next opening of its own kind.
_TAG = re.compile(r"<[^<>]{0,20000}>")
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:<(?!/)[^<]*)*", re.IGNORECASE)
_RTF_GROUPS = re.compile(r"\{\\(?:\*|fonttbl|colortbl|stylesheet|info)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_RTF_CODE = re.compile(r"\\'[0-9a-f]{2}|\\[a-z]{1,32}-?\d{0,10} ?|[{}]|\\[^a-z]")
_WORD = re.compile(r"[^\W_]{2,}")


def decoded(data: bytes) -> str:
    """Decode UTF-8, UTF-16 with a mark, or Windows-1252; raise UnreadableError where it is none of them."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if marked else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            break
        return text
    raise UnreadableError("is not text that can be read: neither UTF-8, UTF-16 nor Windows-1252")


def without_marks(text: str, form: str) -> str:
    """Return the words of HTML, XML or RTF; other text as it is."""
    if form in ("HTML", "XML"):
        return html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", text)))
    if form == "RTF":
        return _RTF_CODE.sub(" ", _RTF_GROUPS.sub(" ", text))
    return text


def count(text: str) -> int:
    """Count words: runs of at least two letters or digits."""
    return sum(1 for _ in _WORD.finditer(text))


def folded(text: str) -> str:
    """Return letters and digits only, case folded: a line break or a ligature must not hide a name."""
    import unicodedata

    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())
