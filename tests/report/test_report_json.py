"""The JSON report keeps its promise: its keys, its schema, any name, and quick for many results."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import deliverlint.report
from deliverlint.judge.model import DocumentResult, Result
from deliverlint.report.json import render, render_line
from deliverlint.report.view import View
from deliverlint.values import Fact
from tests.report.checklists import (
    ACME,
    CHAIN,
    CODEC,
    FRAME_RATE,
    SUSPEND,
    checklist,
    fail,
    missing,
    passed,
    rule,
    unmeasured,
    waived,
)

SCHEMA = json.loads((Path(deliverlint.report.__file__).parent / "checklist.schema.json").read_text())
FULL = checklist(
    [
        fail(
            FRAME_RATE,
            "egg.mov",
            "frame rate is 29.97 fps, expected 24 fps",
            role="picture",
            facts=(Fact("video.frame_rate", 29.97, "fps"), Fact("video.black", [{"start": 1.0, "end": 2.0}])),
            expected="24 fps",
            at=(
                {"start": 1.0, "end": 2.0, "timecode": "00:00:01:00"},
                {"file": "delivery.yaml", "line": 3, "column": 1},
            ),
        ),
        passed(CODEC, "egg.mov"),
        waived(CODEC, "b.mov", "codec is H.264"),
        unmeasured(CODEC, "c.mov", "codec is unmeasured: is empty"),
        Result(CODEC, ACME, "not-applicable", "error", "d.mov"),
        Result(SUSPEND, ACME, "to-review", "error", "build", message="a person has to vouch for this"),
        fail(CHAIN, "", "the document is missing", at=({"cue": 3}, {"element": "shot 4"})),
    ],
    [missing("chain-of-title", "Chain of title"), DocumentResult("prompt-log", "Log", "present", ACME, ("p.csv",))],
)


@pytest.fixture(params=[render, render_line])
def written(request: pytest.FixtureRequest) -> Any:
    return lambda checked, view=None: json.loads(request.param(checked, view or View()))


def test_the_schema_is_valid_and_describes_every_field() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def undescribed(schema: Any, path: str) -> list[str]:
        found = []
        for name, field in schema.get("properties", {}).items():
            target = SCHEMA["$defs"][field["$ref"].rsplit("/", 1)[1]] if "$ref" in field else {}
            if "description" not in field and "description" not in target:
                found.append(f"{path}.{name}")
            found += undescribed(field, f"{path}.{name}") + undescribed(field.get("items", {}), f"{path}.{name}[]")
        return found

    assert undescribed(SCHEMA, "") == []
    assert [problem for name, part in SCHEMA["$defs"].items() for problem in undescribed(part, name)] == []


def test_a_checklist_with_every_status_fits_the_schema(written: Any) -> None:
    jsonschema.validate(written(FULL), SCHEMA, cls=jsonschema.Draft202012Validator)


def test_an_empty_checklist_fits_the_schema(written: Any) -> None:
    jsonschema.validate(written(checklist()), SCHEMA, cls=jsonschema.Draft202012Validator)


def test_the_keys_are_those_of_the_contract_in_their_order(written: Any) -> None:
    value = written(FULL)
    assert list(value) == [
        "schema_version", "tool", "delivery", "rulesets", "verdict", "summary", "results", "documents",
    ]  # fmt: skip
    assert list(value["results"][0]) == [
        "rule", "ruleset", "title", "status", "severity", "asset", "role", "facts", "expected", "message", "at",
        "cite", "fix", "why", "waiver",
    ]  # fmt: skip
    assert list(value["documents"][0]) == ["kind", "title", "state", "files", "problems", "cite", "fix"]
    assert list(value["summary"]) == ["pass", "fail", "waived", "not_applicable", "unmeasured", "to_review"]
    assert list(value["rulesets"][0]) == ["id", "version", "sha256", "verdict", "summary"]
    assert list(value["results"][0]["facts"][0]) == ["name", "value", "unit", "basis"]
    assert list(value["results"][0]["cite"]) == ["title", "clause", "url", "read"]


def test_values_arrive_as_they_were_judged(written: Any) -> None:
    value = written(FULL)
    result = value["results"][0]
    assert result["asset"] == "egg.mov"
    assert result["facts"][0] == {"name": "video.frame_rate", "value": 29.97, "unit": "fps", "basis": "measured"}
    assert result["at"][1] == {"file": "delivery.yaml", "line": 3, "column": 1}
    assert value["results"][2]["waiver"] == {
        "reason": "archive footage", "approved_by": "Acme QC", "expires": "2027-01-31",
    }  # fmt: skip
    assert value["results"][0]["waiver"] is None
    assert value["summary"] == {
        "pass": 1, "fail": 2, "waived": 1, "not_applicable": 1, "unmeasured": 1, "to_review": 1,
    }  # fmt: skip
    assert value["documents"][0]["state"] == "missing"


def test_a_rule_of_two_rulesets_names_the_right_one(written: Any) -> None:
    value = written(checklist([fail(CODEC, "a.mov", "m", "acme/base"), fail(CODEC, "a.mov", "m", "acme/feature")]))
    assert [result["ruleset"] for result in value["results"]] == ["acme/base", "acme/feature"]


def test_one_line_is_one_line() -> None:
    text = render_line(checklist([fail(CODEC, "a\nb.mov", "m\u2028n")]), View())
    assert text.endswith("}\n")
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize(
    "name",
    ["caf\udce9.mov", "a\u202egpj.mov", 'quo"te\\.mov', "tab\t.mov", "🥚.mov", "Zoë.mov", "\x7f\x9b.mov", "</script>"],
)
def test_any_name_survives_and_cannot_harm_a_terminal(written: Any, name: str, ascii_only: bool) -> None:
    one = checklist([fail(CODEC, name, name)], path=name, title=name)
    text = render(one, View(ascii=ascii_only))
    text.encode("ascii" if ascii_only else "utf-8")
    assert "\x9b" not in text
    assert "\u202e" not in text
    assert written(one, View(ascii=ascii_only))["results"][0]["asset"] == name


def test_text_that_people_read_stays_readable() -> None:
    assert "-27 LUFS ± 2 LU" in render(checklist([fail(CODEC, "a", "expected -27 LUFS ± 2 LU")]), View())


def test_what_json_has_no_word_for_becomes_text(written: Any) -> None:
    odd = Fact("audio.loudness.integrated", -math.inf, "LUFS")
    value = written(checklist([fail(CODEC, "a.wav", "m", facts=(odd, Fact("x", [math.nan])))]))
    assert [fact["value"] for fact in value["results"][0]["facts"]] == ["-inf", ["nan"]]


def test_fifty_thousand_results_need_no_more_work_than_a_plain_dump() -> None:
    """A guard against rewriting the rule for each result: the text is written in a few calls for each result."""
    import sys

    many = checklist([passed(rule("r", "t"), f"{n}.wav") for n in range(2000)])
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        render(many, View())
    finally:
        sys.setprofile(None)
    # one rule: encoded once; a result: eight values and their lists
    assert calls / 2000 < 60
