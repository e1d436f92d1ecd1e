"""Text set in columns: how wide it is, where it breaks, and what it becomes where only ASCII can be shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from deliverlint.wording import printable

_ASCII = str.maketrans(
    {
        "±": "+/-",
        "−": "-",
        "–": "-",
        "—": "-",
        "…": "...",
        "×": "x",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "§": "sec. ",
        "·": "|",
        "→": "->",
        "²": "2",
        "°": " deg",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
    }
)
_NO_WIDTH = {"Mn", "Me", "Cf"}


def display_width(text: str) -> int:
    """Return how many terminal columns `text` takes: two for East Asian wide signs, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """Fill `text` with spaces up to `width` columns."""
    return text + " " * (width - display_width(text))


def to_ascii(text: str) -> str:
    """Write typeset signs with plain ones; what has no plain form is shown as its escape."""
    if text.isascii():
        return text
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode()


def safe(text: str, ascii_only: bool = False, limit: int = 400) -> str:
    """Make hostile text showable: no control or direction-changing characters, bounded, ASCII where asked."""
    shown = printable(text, limit)
    return to_ascii(shown) if ascii_only else shown


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` columns, broken at spaces.

    A path or address that is wider stays in one piece, so that it can be copied; wide scripts, which have
    no spaces, break anywhere.
    """
    line, used = "", 0
    for word in _words(text, width):
        columns = display_width(word)
        if line and used + 1 + columns > width:
            yield line
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + columns) if line else (word, columns)
    if line:
        yield line


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split(" "):
        if word.isascii() or display_width(word) <= width:
            if word:
                yield word
            continue
        piece = ""
        for char in word:
            if display_width(piece + char) > width:
                yield piece
                piece = ""
            piece += char
        yield piece
