"""Titles: what a store refuses to print as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from deliverlint.values import Json

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|&(?:amp|lt|gt|nbsp|quot|#\d{1,6});")
_PLACEHOLDERS = frozenset(
    {
        "unknown", "n/a", "na", "blank", "none", "null", "not applicable", "untitled", "unbenannt",
        "book title", "your title here", "tbd", "todo", "lorem ipsum",
    }
)  # fmt: skip
_PROMOTION = re.compile(
    r"\b(?:best-?\s?sell(?:er|ing)s?|free|on sale|sale price|discount(?:ed)?|kindle unlimited|limited[- ]time"
    r"|bonus (?:chapter|content|book)s?|award[- ]winning)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")


def check_real(facts: Mapping[str, Json]) -> str | None:
    """The named check `ebook.title-real`: the title is a title, not a placeholder, punctuation or markup."""
    title = facts["ebook.title"]
    if title is None:
        return "title is absent, expected the book's title"
    text = str(title).strip()
    if not any(char.isalnum() for char in text):
        return f"title '{text}' is only punctuation, expected the book's title"
    if text.casefold().strip(" .!?-_[]()") in _PLACEHOLDERS:
        return f"title '{text}' is a placeholder, expected the book's title"
    if found := _MARKUP.search(text):
        return f"title '{text}' holds the markup '{found[0]}', expected plain text"
    return None


def check_promotion(facts: Mapping[str, Json]) -> str | None:
    """The named check `ebook.title-promotion`: the title claims no rank, price or prize."""
    title = facts["ebook.title"]
    found = _PROMOTION.search(str(title or ""))
    return f"title '{title}' says '{found[0]}', expected no claim of rank, price or prize" if found else None


def check_repetition(facts: Mapping[str, Json]) -> str | None:
    """The named check `ebook.title-repetition`: no word of four letters or more stands three times in the title."""
    title = str(facts["ebook.title"] or "")
    words = Counter(word.casefold() for word in _WORD.findall(title))
    repeated = [word for word, times in words.items() if times > 2]
    return f"title '{title}' repeats '{repeated[0]}', expected each keyword once" if repeated else None
