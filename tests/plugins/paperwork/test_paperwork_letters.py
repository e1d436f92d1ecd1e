"""Letters, licences and reports: really that form, readable, filled in, and about this work."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import LETTER, docx, examined, pdf, pdf_with_aes, state, text
from PIL import Image


def test_a_pdf_with_text_is_present_and_its_pages_are_counted(tmp_path: Path) -> None:
    found = examined(pdf(tmp_path / "cot.pdf", [LETTER, LETTER, LETTER]), "chain-of-title")
    assert found["document.state"] == "present"
    assert found["document.problems"] == []
    assert found["document.form"] == "PDF"
    assert found["document.pages"] == 3
    assert found["document.text_layer"] == "text"
    assert found["document.encrypted"] is False
    assert found["document.readable"] is True
    assert "grants all rights" in found["document.text"]


def test_an_html_page_named_pdf_is_mismatched_and_says_what_it_is(tmp_path: Path) -> None:
    page = text(tmp_path / "cot.pdf", "<!DOCTYPE html><html><body><p>Please log in to see this document</p></body>")
    found, problems = state(page, "chain-of-title")
    assert found == "mismatched"
    assert "is an HTML page, though its name ends in .pdf; expected a PDF" in problems


def test_an_html_page_named_pdf_is_mismatched_even_where_html_would_do(tmp_path: Path) -> None:
    page = text(tmp_path / "tos.pdf", "<html><body><p>These are the terms of the service, in full.</p></body></html>")
    assert state(page, "tos-snapshot")[0] == "mismatched"


def test_an_html_page_under_its_own_ending_is_present_where_html_will_do(tmp_path: Path) -> None:
    page = text(tmp_path / "tos.html", "<html><script>var a = 1 < 2;</script><p>Terms of the service, all of them.</p>")
    found = examined(page, "tos-snapshot")
    assert found["document.state"] == "present"
    assert "var a" not in found["document.text"]


def test_a_word_file_where_a_pdf_is_wanted_is_mismatched(tmp_path: Path) -> None:
    found, problems = state(docx(tmp_path / "cot.docx", [LETTER]), "chain-of-title")
    assert (found, problems) == ("mismatched", "is a Word file (DOCX); expected a PDF")


def test_a_word_file_is_read_where_it_will_do(tmp_path: Path) -> None:
    found = examined(docx(tmp_path / "rights.docx", ["We hold the rights,", "all of them."]), "rights-statement")
    assert found["document.state"] == "present"
    assert found["document.text"] == "We hold the rights,\nall of them."


def test_a_truncated_pdf_is_unreadable_with_the_reason(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "cot.pdf", [LETTER])
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    found, problems = state(whole, "chain-of-title")
    assert (found, problems) == ("unreadable", "is cut short: the end mark of the PDF is missing")


def test_a_pdf_with_a_password_is_unreadable_and_encrypted(tmp_path: Path) -> None:
    found = examined(pdf(tmp_path / "cot.pdf", password="hens"), "chain-of-title")
    assert found["document.state"] == "unreadable"
    assert found["document.encrypted"] is True
    assert found["document.readable"] is False
    assert "cannot be opened without a password" in found["document.problems"][0]


def test_a_pdf_with_a_cipher_of_today_is_encrypted_and_not_damaged(tmp_path: Path) -> None:
    path = pdf_with_aes(tmp_path / "cot.pdf")
    found = examined(path, "chain-of-title")
    assert found["document.state"] == "unreadable"
    assert found["document.encrypted"] is True
    assert found["document.problems"][0].startswith("is encrypted")


@pytest.mark.parametrize("cipher", ["RC4-128", "AES-256"])
def test_a_pdf_locked_only_against_changes_is_present(tmp_path: Path, cipher: str) -> None:
    found = examined(pdf(tmp_path / "cot.pdf", password="", owner="hens", cipher=cipher), "chain-of-title")
    assert found["document.state"] == "present"
    assert found["document.pages"] == 1
    assert found["document.encrypted"] is True


def test_a_pdf_without_pages_is_unreadable(tmp_path: Path) -> None:
    assert state(pdf(tmp_path / "cot.pdf", []), "chain-of-title") == ("unreadable", "has no pages")


def test_a_scan_is_unreadable_where_the_words_are_needed(tmp_path: Path) -> None:
    found = examined(pdf(tmp_path / "licence.pdf", [], image_pages=2), "model-licence")
    assert found["document.state"] == "unreadable"
    assert found["document.text_layer"] == "scan"
    assert "is a scan" in found["document.problems"][0]


def test_a_scan_is_present_where_a_signature_is_what_counts(tmp_path: Path) -> None:
    assert state(pdf(tmp_path / "release.pdf", [], image_pages=2), "talent-release") == ("present", "")


def test_a_contract_with_one_scanned_page_is_no_scan(tmp_path: Path) -> None:
    found = examined(pdf(tmp_path / "licence.pdf", [LETTER * 2], image_pages=1), "model-licence")
    assert found["document.text_layer"] == "text"
    assert found["document.state"] == "present"


def test_a_stamp_on_every_page_does_not_make_a_scan_a_text(tmp_path: Path) -> None:
    path = pdf(tmp_path / "licence.pdf", ["page 1"], image_pages=4)
    assert examined(path, "model-licence")["document.text_layer"] == "scan"


def test_a_blank_pdf_is_unfilled(tmp_path: Path) -> None:
    found, problems = state(pdf(tmp_path / "release.pdf", [""]), "talent-release")
    assert (found, problems) == ("unfilled", "is blank: it has neither words nor pictures")


def test_a_letter_that_names_another_work_is_mismatched(tmp_path: Path) -> None:
    found, problems = state(pdf(tmp_path / "cot.pdf"), "chain-of-title", title="The Fox Hunters")
    assert (found, problems) == ("mismatched", "does not name 'The Fox Hunters', the title of this delivery")


def test_a_title_is_found_across_a_line_break_and_in_capitals(tmp_path: Path) -> None:
    letter = "All rights in the film THE EGG\nFARMERS are granted to the company that delivers."
    assert state(pdf(tmp_path / "cot.pdf", [letter]), "chain-of-title") == ("present", "")


def test_without_a_title_in_the_delivery_no_title_is_looked_for(tmp_path: Path) -> None:
    assert state(pdf(tmp_path / "cot.pdf", [LETTER]), "chain-of-title", title="")[0] == "present"


def test_a_licence_of_one_letter_is_unfilled(tmp_path: Path) -> None:
    assert state(text(tmp_path / "licence.txt", "x"), "model-licence")[0] == "unfilled"
    assert state(text(tmp_path / "licence.md", "To be done"), "model-licence") == ("unfilled", "holds only 3 words")


def test_a_blank_that_is_left_is_counted(tmp_path: Path) -> None:
    letter = "Statement on the use of AI: FILL IN. Person who answers for this statement: FILL\nIN."
    found, problems = state(text(tmp_path / "ai.md", letter), "ai-statement")
    assert (found, problems) == ("unfilled", "still has 2 places marked FILL IN")


def test_to_fill_in_as_words_of_a_sentence_is_no_blank(tmp_path: Path) -> None:
    letter = "The artists had to fill in the background by hand in all three shots."
    assert state(text(tmp_path / "ai.md", letter), "ai-statement")[0] == "present"


@pytest.mark.parametrize(("filled", "expected"), [(True, True), (False, False), (None, False)])
def test_a_signature_field_counts_only_with_a_signature_in_it(
    tmp_path: Path, filled: bool | None, expected: bool
) -> None:
    found = examined(pdf(tmp_path / "release.pdf", signed=filled), "talent-release")
    assert found["document.signed"] is expected


def test_a_photograph_of_a_letter_serves_where_pictures_do(tmp_path: Path) -> None:
    Image.new("L", (40, 60), 200).save(tmp_path / "release.jpg")
    assert state(tmp_path / "release.jpg", "talent-release") == ("present", "")
    assert state(tmp_path / "release.jpg", "rights-statement")[0] == "mismatched"


def test_rich_text_is_read_without_its_codes(tmp_path: Path) -> None:
    rtf = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0\fs24 We hold all rights in the film.\par}"
    found = examined(text(tmp_path / "rights.rtf", rtf), "rights-statement")
    assert found["document.form"] == "RTF"
    assert found["document.state"] == "present"
    assert "Arial" not in found["document.text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_are_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    path = text(tmp_path / "rights.txt", "Wir halten alle Rechte für die Länder Österreich und Schweiz.", encoding)
    found = examined(path, "rights-statement")
    assert found["document.state"] == "present"
    assert "für die Länder Österreich" in found["document.text"]


def test_random_bytes_are_unreadable_whatever_they_are_called(tmp_path: Path) -> None:
    import random

    for name in ("a.pdf", "a.docx", "a.xlsx", "a.csv", "a.txt", "a.html"):
        (tmp_path / name).write_bytes(bytes([0, *random.Random(name).randbytes(63)]))
        found = examined(tmp_path / name, "rights-statement")
        assert found["document.state"] == "unreadable"
        assert found["document.readable"] is False


def test_an_old_word_file_is_asked_for_anew(tmp_path: Path) -> None:
    (tmp_path / "rights.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "save it as PDF, DOCX or XLSX" in state(tmp_path / "rights.doc", "rights-statement")[1]


def test_facts_are_measured_of_a_file_of_no_kind(tmp_path: Path) -> None:
    found = examined(pdf(tmp_path / "manuscript.pdf"))
    assert (found["document.form"], found["document.state"]) == ("PDF", "present")
