"""ISBNs: finding one among identifiers, and its check digit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deliverlint.values import Json

_MARKED = re.compile(r"(?:urn:)?isbn(?:-1[03])?[:\s]*(.+)", re.IGNORECASE)
_BARE_13 = re.compile(r"97[89](?:[- ]?\d){10}", re.ASCII)
_HYPHENS = re.compile(r"[\s\-‐‑–]+")


def isbn_of(identifier: str, scheme: str = "") -> str:
    """Return the ISBN that an identifier states, without hyphens, right or wrong; empty where it states none."""
    text = identifier.strip()
    marked = _MARKED.fullmatch(text)
    if marked:
        return _HYPHENS.sub("", marked[1])
    if scheme.strip().lower().startswith("isbn") or _BARE_13.fullmatch(text):
        return _HYPHENS.sub("", text)
    return ""


def check_digit(first_twelve: str) -> str:
    """Return the thirteenth digit: weights 1 and 3 in turn, to the next ten (ISBN Users' Manual, check digit)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_twelve))
    return str(-total % 10)


def isbn_problem(isbn: str) -> str:
    """Return what is wrong with an ISBN-13 (`has ...`, `ends ...`), or an empty text."""
    if not (isbn.isascii() and isbn.isdigit()):
        return "has characters that are no digits"
    if len(isbn) != 13:
        return f"has {len(isbn)} digits, expected 13"
    if not isbn.startswith(("978", "979")):
        return "begins with neither 978 nor 979"
    right = check_digit(isbn[:12])
    return "" if isbn[12] == right else f"ends with the check digit {isbn[12]}, expected {right}"


def check(facts: Mapping[str, Json]) -> str | None:
    """The named check `ebook.isbn`: pass for a right ISBN-13 and where the book states none."""
    isbn = facts["ebook.isbn"]
    if isbn is None:
        return None
    problem = isbn_problem(str(isbn))
    return f"ISBN {isbn} {problem}" if problem else None
