"""provenance.yaml: its schema, its defaults, and the lists that other papers are held against."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest
import yaml
from deliverlint_paperwork import fields, file
from deliverlint_provenance import dates, plugin

from deliverlint.catalogue import load_catalogue
from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured

KIND = load_catalogue().document_kinds["provenance"]
HASH = "sha256:" + "0" * 64

SOUND = f"""\
title: The Egg Farmers
defaults:
  tool: ComfyUI
  reviewer: Reviewer A
  territory: [DE]
tools:
  - {{name: ComfyUI, version: 0.3.60}}
  - {{name: Voices, service: yes}}
models:
  - {{name: base, kind: checkpoint, licence: {{file: base.pdf, commercial_use: yes}}}}
  - {{name: hens, kind: lora, licence: {{file: hens.txt, commercial_use: no}}}}
people:
  - {{name: Performer A, consent: a.pdf}}
units:
  - {{id: SH010, kind: shot, models: [base, hens], territory: [WORLD], hash: "{HASH}"}}
  - {{id: SH020, kind: shot, models: [base], generated: no}}
  - {{id: VO1, kind: asset, tool: Voices, people: [Performer A]}}
"""


def measured(path: Path, content: str, *names: str) -> Mapping[str, Json | Unmeasured]:
    path.write_text(content, encoding="utf-8")
    return fields.measure(source(path), frozenset(f"provenance.{name}" for name in names))


def source(path: Path) -> Source:
    options = {"kind": KIND.id, "forms": list(KIND.forms), "fields": dict(KIND.fields), "title": "The Egg Farmers"}
    return Source(path=path, name=path.name, options=options)


def problems(path: Path, content: str) -> tuple[str, str]:
    path.write_text(content, encoding="utf-8")
    found = file.measure(source(path), frozenset())
    return found["document.state"], "; ".join(found["document.problems"])


def test_a_sound_file_is_present(tmp_path: Path) -> None:
    assert problems(tmp_path / "provenance.yaml", SOUND) == ("present", "")


def test_the_published_schema_is_a_json_schema_and_accepts_the_sound_file() -> None:
    schema = json.loads(plugin.SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(SOUND), schema)


def test_a_unit_takes_from_the_defaults_what_it_does_not_say_itself(tmp_path: Path) -> None:
    first, second, third = measured(tmp_path / "provenance.yaml", SOUND, "units")["provenance.units"]
    assert (first["tool"], first["territory"], first["reviewer"]) == ("ComfyUI", ["WORLD"], "Reviewer A")
    assert (second["territory"], third["tool"]) == (["DE"], "Voices")


def test_a_unit_is_generated_unless_it_says_otherwise(tmp_path: Path) -> None:
    found = measured(tmp_path / "provenance.yaml", SOUND, "generated", "shots", "unit_ids")
    assert found["provenance.generated"] == ["SH010", "VO1"]
    assert found["provenance.shots"] == ["SH010"]
    assert found["provenance.unit_ids"] == ["SH010", "SH020", "VO1"]


def test_a_tool_is_no_service_unless_it_says_so(tmp_path: Path) -> None:
    tools = measured(tmp_path / "provenance.yaml", SOUND, "tools")["provenance.tools"]
    assert [tool["service"] for tool in tools] == [False, True]


def test_what_units_name_and_what_is_listed_are_lists_to_compare(tmp_path: Path) -> None:
    names = ("models_used", "model_names", "tools_used", "tool_names", "people_shown", "people_names")
    found = measured(tmp_path / "provenance.yaml", SOUND, *names, "licence_files", "consent_files")
    assert found == {
        "provenance.models_used": ["base", "hens"],
        "provenance.model_names": ["base", "hens"],
        "provenance.tools_used": ["ComfyUI", "Voices"],
        "provenance.tool_names": ["ComfyUI", "Voices"],
        "provenance.people_shown": ["Performer A"],
        "provenance.people_names": ["Performer A"],
        "provenance.licence_files": ["base.pdf", "hens.txt"],
        "provenance.consent_files": ["a.pdf"],
    }


def test_each_unit_keeps_the_line_it_stands_on(tmp_path: Path) -> None:
    units = measured(tmp_path / "provenance.yaml", SOUND, "units")["provenance.units"]
    assert [unit["line"] for unit in units] == [15, 16, 17]


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("kind: lora", "kind: lorra", "line 11: kind is 'lorra', expected"),
        ("commercial_use: no", "commercial_use: perhaps", "commercial_use is 'perhaps', expected yes or no"),
        ("reviewer: Reviewer A", "revewer: Reviewer A", "did you mean 'reviewer'?"),
        (f'hash: "{HASH}"', "hash: md5:1234", "hash is 'md5:1234'"),
        ("title: The Egg Farmers", "title: The Fox Hunters", "but the delivery is 'The Egg Farmers'"),
        ("id: SH010, ", "", "entry 1 of units lacks 'id'"),
    ],
)
def test_a_mistake_is_named_with_the_line_and_what_would_be_right(
    tmp_path: Path, wrong: str, right: str, sentence: str
) -> None:
    assert wrong in SOUND
    state, words = problems(tmp_path / "provenance.yaml", SOUND.replace(wrong, right))
    assert state in ("mismatched", "unfilled")
    assert sentence in words


def test_a_file_as_json_says_the_same(tmp_path: Path) -> None:
    data = {"units": [{"id": "A", "kind": "shot", "models": ["m"]}]}
    found = measured(tmp_path / "provenance.json", json.dumps(data), "shots", "models_used")
    assert found == {"provenance.shots": ["A"], "provenance.models_used": ["m"]}


def test_a_consent_signed_after_the_use_is_named() -> None:
    person = {"name": "Performer A", "signed": "2026-02-01", "used_from": "2026-02-01"}
    assert dates.consent_before_use({"provenance.people": [person, {"name": "Performer B"}]}) is None
    message = dates.consent_before_use({"provenance.people": [{**person, "signed": "2026-02-02"}]})
    assert message == "Performer A signed on 2026-02-02, but the likeness was used from 2026-02-01"


def test_terms_saved_after_the_first_use_are_named() -> None:
    tool = {"name": "Voices", "terms_dated": "2026-03-01", "first_used": "2026-02-10"}
    message = dates.terms_before_use({"provenance.tools": [tool]})
    assert message == "Voices has terms of 2026-03-01, but was used from 2026-02-10"


def test_a_file_without_persons_has_no_late_consent() -> None:
    assert dates.consent_before_use({"provenance.people": None}) is None


def test_a_damaged_file_gets_a_state_and_never_a_traceback(tmp_path: Path) -> None:
    chance = random.Random(17)
    names = [f"provenance.{name}" for name in KIND.fields["properties"]]
    path = tmp_path / "provenance.yaml"
    for _ in range(200):
        content = bytearray(SOUND.encode())
        for _ in range(chance.choice([1, 3, 10])):
            at = chance.randrange(len(content))
            content[at : at + chance.randrange(3)] = chance.choice(
                [b"", b"\n", b": ", b"[", b"  ", b"- ", b"\xff", b"'"]
            )
        path.write_bytes(content)
        found = file.measure(source(path), frozenset())
        assert found["document.state"] in ("present", "unfilled", "mismatched", "unreadable")
        fields.measure(source(path), frozenset(names))
