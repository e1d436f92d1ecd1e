"""A rule's own JSON Schema: faults with lines, nothing fetched, nothing that runs on without end."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliverlint_paperwork import schema
from papers import KINDS, options, text

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured

FACT = "schema:some-rule"


def faults(path: Path, rule: Json, kind: str = "") -> Json | Unmeasured:
    told = {**(options(KINDS[kind]) if kind else {}), "schema": rule, "fact": FACT}
    return schema.measure(Source(path=path, name=path.name, options=told), frozenset([FACT]))[FACT]


def test_a_document_that_fits_has_no_faults(tmp_path: Path) -> None:
    path = text(tmp_path / "a.yaml", "name: hen\neggs: 3\n")
    rule = {"type": "object", "required": ["name"], "properties": {"eggs": {"type": "integer"}}}
    assert faults(path, rule) == []


def test_each_fault_has_path_line_and_words(tmp_path: Path) -> None:
    path = text(tmp_path / "a.yaml", "hens:\n  - {name: Berta, eggs: 3}\n  - {name: Clara, eggs: many}\n")
    hen = {"type": "object", "required": ["name", "farm"], "properties": {"eggs": {"type": "number"}}}
    rule = {"type": "object", "properties": {"hens": {"type": "array", "items": hen}}}
    found = faults(path, rule)
    assert {"message": "'Berta' lacks 'farm' (and 1 more time)", "path": "hens.0", "line": 2} in found
    assert {"message": "eggs is 'many', expected a number", "path": "hens.1.eggs", "line": 3} in found
    assert len(found) == 2


def test_rows_of_a_table_are_read_by_the_fields_of_their_kind(tmp_path: Path) -> None:
    path = text(tmp_path / "shots.csv", "id,generated\nA,yes\nB,no\n")
    rule = {"properties": {"shots": {"items": {"properties": {"generated": {"const": True}}}}}}
    found = faults(path, rule, "shot-list")
    assert [(fault["path"], fault["line"]) for fault in found] == [("shots.1.generated", 3)]


def test_an_unknown_field_gets_a_suggestion(tmp_path: Path) -> None:
    path = text(tmp_path / "a.yaml", "insured: A\ninsurred: B\n")
    rule = {"properties": {"insured": {}}, "additionalProperties": False}
    assert "did you mean 'insured'?" in faults(path, rule)[0]["message"]


@pytest.mark.parametrize(
    "rule",
    [
        {"$ref": "https://example.com/schema.json"},
        {"$ref": "file:///etc/passwd"},
        {"properties": {"a": {"$ref": "#/$defs/missing"}}},
    ],
)
def test_a_reference_out_of_the_schema_is_never_followed(
    tmp_path: Path, rule: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    import urllib.request

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    found = faults(text(tmp_path / "a.yaml", "a: b\n"), rule)
    assert isinstance(found, Unmeasured)
    assert "nothing is fetched" in found.reason


def test_a_schema_that_refers_to_itself_is_unmeasured(tmp_path: Path) -> None:
    found = faults(text(tmp_path / "a.yaml", "a: b\n"), {"$ref": "#"})
    assert isinstance(found, Unmeasured)
    assert "refers to itself without end" in found.reason


def test_a_schema_that_is_none_is_unmeasured(tmp_path: Path) -> None:
    found = faults(text(tmp_path / "a.yaml", "a: b\n"), {"type": "strng"})
    assert isinstance(found, Unmeasured)
    assert "is not a valid JSON Schema" in found.reason


def test_a_pattern_that_would_run_for_years_is_matched_in_linear_time(tmp_path: Path) -> None:
    path = text(tmp_path / "a.yaml", f"a: {'a' * 5000}!\n")
    found = faults(path, {"properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}})
    assert len(found) == 1


def test_a_pattern_that_cannot_be_bounded_is_unmeasured_not_tried(tmp_path: Path) -> None:
    found = faults(text(tmp_path / "a.yaml", "a: b\n"), {"properties": {"a": {"pattern": r"(?<=x)\1"}}})
    assert isinstance(found, Unmeasured)


def test_a_document_that_cannot_be_read_is_unmeasured_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\x00\x01\x02")
    assert isinstance(faults(tmp_path / "a.yaml", {}), Unmeasured)


def test_thousands_of_faults_are_bounded(tmp_path: Path) -> None:
    path = text(tmp_path / "a.yaml", "".join(f"k{number}: x{number}\n" for number in range(3000)))
    rule = {"additionalProperties": {"type": "number"}}
    assert len(faults(path, rule)) == 25
