"""The number on the barcode."""

from __future__ import annotations

import pytest
from deliverlint_audio.identifiers import check_digit, gtin_problem


# Numbers that GS1 itself prints as examples, and a book's.
@pytest.mark.parametrize("number", ["9521234543213", "614141000036", "9780306406157", "96385074", "00012345600012"])
def test_a_number_with_the_right_check_digit_is_right(number: str) -> None:
    assert gtin_problem({"delivery.upc": number}) is None


def test_spaces_and_hyphens_are_no_part_of_the_number() -> None:
    assert gtin_problem({"delivery.upc": "9-521234 543213"}) is None


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("9521234543214", "the check digit of the UPC 9521234543214 is 4, expected 3"),
        (
            "952123454321",
            "the check digit of the UPC 952123454321 is 1, expected 4",
        ),  # 3·2 + 3 + 3·4 + 5 + 3·4 + 3 + 3·2 + 1 + 3·2 + 5 + 3·9 = 86
        ("12345", "the UPC '12345' has 5 digits, expected a GTIN of 12 or 13 digits"),
        ("CAT-001", "the UPC 'CAT-001' holds more than digits, expected a GTIN of 12 or 13 digits"),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", "the UPC '٤٠٠٦٣٨١٣٣٣٩٣١' holds more than digits, expected a GTIN of 12 or 13 digits"),
        ("", "the UPC is absent, expected a GTIN of 12 or 13 digits"),
        (None, "the UPC is absent, expected a GTIN of 12 or 13 digits"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(number: str | None, problem: str) -> None:
    assert gtin_problem({"delivery.upc": number}) == problem


def test_every_single_wrong_digit_is_noticed() -> None:
    right = "9521234543213"
    for place in range(13):
        for digit in "0123456789":
            changed = right[:place] + digit + right[place + 1 :]
            assert (gtin_problem({"delivery.upc": changed}) is None) == (changed == right)


def test_the_check_digit_of_a_sum_that_ends_in_0_is_0() -> None:
    assert check_digit("00000000000") == "0"
