"""Structured documents in YAML and JSON: strict, in date, and about this work."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import fields_of, state, text

from deliverlint.values import Unmeasured

INSURANCE = """\
title: The Egg Farmers
insured: Egg Farmers Film
additional_insured: [Buyer A]
per_claim: 1000000
starts: 2026-01-01
expires: 2027-01-01
ai_exclusion: no
"""


def test_a_filled_in_document_is_present_and_its_fields_are_facts(tmp_path: Path) -> None:
    path = text(tmp_path / "e-and-o-certificate.yaml", INSURANCE)
    assert state(path, "e-and-o-certificate") == ("present", "")
    names = [f"e-and-o-certificate.{name}" for name in ("insured", "per_claim", "ai_exclusion", "additional_insured")]
    assert list(fields_of(path, "e-and-o-certificate", *names).values()).count(None) == 0
    found = fields_of(path, "e-and-o-certificate", *names, "e-and-o-certificate.policy")
    assert found["e-and-o-certificate.per_claim"] == 1_000_000
    assert found["e-and-o-certificate.ai_exclusion"] is False
    assert found["e-and-o-certificate.additional_insured"] == ["Buyer A"]
    assert found["e-and-o-certificate.policy"] is None


def test_a_document_past_its_last_day_has_expired(tmp_path: Path) -> None:
    path = text(tmp_path / "e-and-o-certificate.yaml", INSURANCE)
    assert state(path, "e-and-o-certificate", as_of="2027-01-01")[0] == "present"
    assert state(path, "e-and-o-certificate", as_of="2027-01-02") == ("expired", "line 6: expired on 2027-01-01")


def test_a_document_of_another_work_is_mismatched(tmp_path: Path) -> None:
    path = text(tmp_path / "e-and-o-certificate.yaml", INSURANCE)
    found, problems = state(path, "e-and-o-certificate", title="The Fox Hunters")
    assert found == "mismatched"
    assert problems == "line 1: title is 'The Egg Farmers', but the delivery is 'The Fox Hunters'"


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    path = text(tmp_path / "e.yaml", "title: The Egg Farmers\ninsured: A\n")
    found, problems = state(path, "e-and-o-certificate")
    assert found == "unfilled"
    assert "lacks 'starts' and 'expires'" in problems


def test_a_day_that_does_not_exist_is_mismatched(tmp_path: Path) -> None:
    path = text(tmp_path / "e.yaml", INSURANCE.replace("2027-01-01", "2027-02-30"))
    assert "line 6: expires is '2027-02-30', expected a day" in state(path, "e-and-o-certificate")[1]


def test_no_stays_the_word_that_was_written_where_words_are_wanted(tmp_path: Path) -> None:
    path = text(tmp_path / "e.yaml", INSURANCE.replace("Egg Farmers Film", "NO"))
    assert fields_of(path, "e-and-o-certificate", "e-and-o-certificate.insured") == {
        "e-and-o-certificate.insured": "NO"
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("insured: A\ninsured: B\n", "'insured' is written twice (first on line 1)"),
        ("a: &x [1]\nb: *x\n", "anchors are not read"),
        ("a: !!python/object/apply:os.system [ls]\n", "tags are not read"),
        ("insured:\n", "has no value"),
        ("a: [1, 2\n", "is not valid YAML"),
    ],
)
def test_yaml_that_is_not_strict_is_unreadable_with_the_line(tmp_path: Path, content: str, reason: str) -> None:
    found, problems = state(text(tmp_path / "e.yaml", content), "e-and-o-certificate")
    assert found == "unreadable"
    assert reason in problems
    assert "line " in problems


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"bomFormat": "CycloneDX", "bomFormat": "x"}', "'bomFormat' is written twice"),
        ('{"a": NaN}', "NaN is no number in JSON"),
        ('{"a": 1e999}', "is too large a number"),
        ('{"a": 1' + "0" * 5000 + "}", "too large a number"),
        ('{"a": [1, 2}', "is not valid JSON at line 1"),
        ("[" * 200 + "]" * 200, "nested more than"),
        ("[" * 200_000, "nested more than"),
    ],
)
def test_json_that_is_not_sound_is_unreadable(tmp_path: Path, content: str, reason: str) -> None:
    found, problems = state(text(tmp_path / "sbom.json", content), "sbom")
    assert found == "unreadable"
    assert reason in problems


def test_a_list_at_the_top_is_the_kinds_sole_list(tmp_path: Path) -> None:
    content = '[{"id": "A", "generated": true}, {"id": "B", "generated": false}]'
    assert fields_of(text(tmp_path / "shots.json", content), "shot-list", "shots.generated") == {
        "shots.generated": ["A"]
    }
    yaml = "- {id: A, generated: yes}\n- {id: B, generated: no}\n"
    assert fields_of(text(tmp_path / "shots.yaml", yaml), "shot-list", "shots.generated") == {"shots.generated": ["A"]}


def test_the_fields_of_a_pdf_are_unmeasured_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "e.pdf").write_bytes(b"%PDF-1.4 ...")
    found = fields_of(tmp_path / "e.pdf", "e-and-o-certificate", "e-and-o-certificate.insured")
    reason = found["e-and-o-certificate.insured"]
    assert isinstance(reason, Unmeasured)
    assert "is a PDF, which has no fields to read" in reason.reason


def test_a_field_of_the_wrong_type_is_unmeasured_not_believed(tmp_path: Path) -> None:
    path = text(tmp_path / "e.yaml", INSURANCE.replace("1000000", "a lot"))
    assert "per_claim is 'a lot', expected a number" in state(path, "e-and-o-certificate")[1]
    found = fields_of(path, "e-and-o-certificate", "e-and-o-certificate.per_claim")
    assert isinstance(found["e-and-o-certificate.per_claim"], Unmeasured)


def test_a_field_that_is_still_a_blank_is_unmeasured(tmp_path: Path) -> None:
    path = text(tmp_path / "e.yaml", INSURANCE.replace("Egg Farmers Film", "FILL IN"))
    found = fields_of(path, "e-and-o-certificate", "e-and-o-certificate.insured")
    assert found["e-and-o-certificate.insured"] == Unmeasured("is still marked FILL IN")


def test_a_sheet_of_reminders_is_unfilled_before_anything_else(tmp_path: Path) -> None:
    path = text(tmp_path / "chain-of-title.md", "# Chain of title\n\nGrantor: FILL IN\n")
    found, problems = state(path, "chain-of-title")
    assert found == "unfilled"
    assert problems.startswith("still has 1 place marked FILL IN")
