"""Check `gtin`: the number on a release's barcode (UPC or EAN) is one.

Source: GS1 General Specifications, section 7.9 (check digit calculation).
"""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.values import Json

_LENGTHS = (8, 12, 13, 14)


def gtin_problem(facts: Mapping[str, Json]) -> str | None:
    """Say what is wrong with the release's UPC or EAN; None where it is right."""
    given = facts.get("delivery.upc")
    if given is None or not str(given).strip():
        return "the UPC is absent, expected a GTIN of 12 or 13 digits"
    text = str(given).strip()
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit()):
        return f"the UPC '{text[:40]}' holds more than digits, expected a GTIN of 12 or 13 digits"
    if len(digits) not in _LENGTHS:
        return f"the UPC '{text[:40]}' has {len(digits)} digits, expected a GTIN of 12 or 13 digits"
    expected = check_digit(digits[:-1])
    if digits[-1] != expected:
        return f"the check digit of the UPC {digits} is {digits[-1]}, expected {expected}"
    return None


def check_digit(digits: str) -> str:
    """Return the GS1 check digit that follows `digits`: weights 3 and 1 from the right, modulo 10."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)
