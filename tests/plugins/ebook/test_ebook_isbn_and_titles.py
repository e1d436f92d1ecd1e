"""ISBNs and titles."""

import pytest
from deliverlint_ebook.isbn import check, isbn_of
from deliverlint_ebook.titles import check_promotion, check_real, check_repetition


@pytest.mark.parametrize(
    ("identifier", "scheme", "expected"),
    [
        ("urn:isbn:978-0-306-40615-7", "", "9780306406157"),
        ("ISBN 978 0 306 40615 7", "", "9780306406157"),
        ("9780306406157", "", "9780306406157"),
        ("0-306-40615-2", "ISBN", "0306406152"),
        ("urn:uuid:0b5b3a0c-6c39-4d9b-9c43-8b8f1f0a2f11", "", ""),
        ("0306406152", "", ""),  # ten digits alone may be any number
        ("urn:isbn:not-known", "", "notknown"),
    ],
)
def test_an_isbn_is_found_among_identifiers(identifier: str, scheme: str, expected: str) -> None:
    assert isbn_of(identifier, scheme) == expected


# The check digits are worked out in the ISBN Users' Manual and on well-known books.
@pytest.mark.parametrize("isbn", ["9780306406157", "9783161484100", "9791090636071"])
def test_a_right_isbn_passes(isbn: str) -> None:
    assert check({"ebook.isbn": isbn}) is None


def test_a_book_without_isbn_passes() -> None:
    assert check({"ebook.isbn": None}) is None


@pytest.mark.parametrize(
    ("isbn", "said"),
    [
        ("9780306406158", "ends with the check digit 8, expected 7"),
        ("0306406152", "has 10 digits, expected 13"),
        ("1234567890123", "begins with neither 978 nor 979"),
        ("notknown", "has characters that are no digits"),
        ("٩٧٨٠٣٠٦٤٠٦١٥٧", "has characters that are no digits"),
    ],
)
def test_a_wrong_isbn_is_explained(isbn: str, said: str) -> None:
    assert check({"ebook.isbn": isbn}) == f"ISBN {isbn} {said}"


@pytest.mark.parametrize("title", ["The Lamp on the Quay", "1984", "Null Island", "A & B", "None of the Above", "白鯨"])
def test_titles_of_real_books_pass(title: str) -> None:
    facts = {"ebook.title": title}
    assert (check_real(facts), check_promotion(facts), check_repetition(facts)) == (None, None, None)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("N/A", "is a placeholder"),
        ("Untitled", "is a placeholder"),
        ("!!!", "is only punctuation"),
        ("The <b>Lamp</b>", "holds the markup '<b>'"),
        ("Sense &amp; Sensibility", "holds the markup '&amp;'"),
        (None, "title is absent"),
    ],
)
def test_what_is_no_title_is_explained(title: str | None, said: str) -> None:
    assert said in str(check_real({"ebook.title": title}))


@pytest.mark.parametrize(
    ("title", "claim"),
    [("The Bestselling Lamp", "Bestselling"), ("The Lamp (FREE)", "FREE"), ("A best seller", "best seller")],
)
def test_a_claim_in_a_title_is_quoted(title: str, claim: str) -> None:
    assert f"says '{claim}'" in str(check_promotion({"ebook.title": title}))


def test_free_inside_another_word_is_no_claim() -> None:
    assert check_promotion({"ebook.title": "Freedom"}) is None


def test_a_keyword_given_three_times_is_named() -> None:
    assert "repeats 'notebook'" in str(check_repetition({"ebook.title": "Notebook notebook gift, lined Notebook"}))
