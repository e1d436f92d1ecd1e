"""Judging many at once: groups of files (`per`) and the entries of a list (`each`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.delivery.model import Asset, Cast, Document, File
from deliverlint.judge.model import Result
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.subjects import Sight
from deliverlint.judge.wants import wanted_at_once
from deliverlint.values import Fact, Json
from tests.engine import world


def group(folder: Path, rule: str, *tracks: str, params: str = "") -> list[Result]:
    """Judge tracks 1.wav, 2.wav, ... with the facts given."""
    assets = [
        f"{{path: {number}.wav, roles: [track], facts: {{{facts}}}}}" for number, facts in enumerate(tracks, start=1)
    ]
    return world.judge(folder, f"{params}rules: {{r: {rule}}}\n", f"assets: [{', '.join(assets)}]\n")


# phrase over a group, facts that pass, facts that fail
GROUPS = [
    ("audio.isrc: unique", ("a", "b"), ("a", "a")),
    ("audio.isrc: all equal", ("a", "a"), ("a", "b")),
    ("audio.isrc: count 2", ("a", "b"), ("a", "absent")),  # how many have one
    ("audio.isrc: present", ("a", "absent"), ("absent", "absent")),
    ("audio.isrc: absent", ("absent", "absent"), ("a", "absent")),
    ("audio.isrc: each present", ("a", "b"), ("a", "absent")),
    ("audio.isrc: contains a", ("a", "b"), ("b", "c")),
    ("audio.duration: sum at most 10 s", ("4", "6"), ("4", "6.1")),
    ("audio.duration: each at least 4 s", ("4", "6"), ("3", "6")),
    ("audio.channels: any 6", ("2", "6"), ("2", "2")),
    ("track.is_cover: each yes", ("yes", "yes"), ("yes", "no")),
    ("track.is_cover: none yes", ("no", "no"), ("yes", "no")),
    ("track.is_cover: all equal", ("no", "no"), ("yes", "no")),
    ("track.is_cover: count 2", ("no", "yes"), ("yes", "absent")),
    ("release.date: all equal", ("2026-01-01", "2026-01-01"), ("2026-01-01", "2026-01-02")),
]


@pytest.mark.parametrize(("phrase", "good", "bad"), GROUPS, ids=[row[0] for row in GROUPS])
def test_a_phrase_over_a_group(tmp_path: Path, phrase: str, good: tuple[str, str], bad: tuple[str, str]) -> None:
    fact, rule = phrase.partition(":")[0], f"{{for: track, per: role, expect: {{{phrase}}}}}"
    for values, expected in ((good, "pass"), (bad, "fail")):
        (result,) = group(tmp_path, rule, *(f"{fact}: {value}" for value in values))
        assert result.status == expected


def test_what_is_not_alike_in_a_group_is_told_with_its_files(tmp_path: Path) -> None:
    unique = "{for: track, per: role, expect: {audio.isrc: unique}}"
    (result,) = group(tmp_path, unique, "audio.isrc: a", "audio.isrc: b", "audio.isrc: a")
    assert result.message == "ISRC is not unique: a in 1.wav and 3.wav"
    equal = "{for: track, per: role, expect: {audio.isrc: all equal}}"
    (result,) = group(tmp_path, equal, "audio.isrc: a", "audio.isrc: a", "audio.isrc: b", "audio.isrc: absent")
    assert result.message == "ISRC differs: a (2 files), b (3.wav) and absent (4.wav); expected the same for all"
    each = "{for: track, per: role, expect: {audio.channels: each 2}}"
    (result,) = group(tmp_path, each, "audio.channels: 2", "audio.channels: 6")
    assert result.message == "channels: 1 of 2 is 6 (2.wav), expected 2"


def test_an_absent_value_in_a_sum_leaves_it_unmeasured(tmp_path: Path) -> None:
    rule = "{for: track, per: role, expect: {audio.duration: sum at most 10 s}}"
    (result,) = group(tmp_path, rule, "audio.duration: 3", "audio.duration: absent")
    assert result.status == "unmeasured"


SIDES = "params: {max: {pick: vinyl.size, 12 in: 22 min, 7 in: 5 min}}\n"
SUM = "{for: track, per: role, expect: {audio.duration: sum at most $max}}"


def test_what_a_group_is_compared_with_has_to_be_the_same_for_all(tmp_path: Path) -> None:
    (alike,) = group(
        tmp_path, SUM, "audio.duration: 200, vinyl.size: 7", "audio.duration: 200, vinyl.size: 7", params=SIDES
    )
    assert alike.status == "fail"
    (mixed,) = group(
        tmp_path, SUM, "audio.duration: 200, vinyl.size: 12", "audio.duration: 200, vinyl.size: 7", params=SIDES
    )
    assert (mixed.status, mixed.message) == (
        "unmeasured",
        "vinyl.size is unmeasured: it differs within the group",
    )


def test_a_group_can_be_compared_with_the_very_fact_that_is_asked(tmp_path: Path) -> None:
    rule = "{for: track, per: role, expect: {audio.duration: each same as audio.duration}}"
    assert group(tmp_path, rule, "audio.duration: 3", "audio.duration: 3")[0].status == "pass"
    assert group(tmp_path, rule, "audio.duration: 3", "audio.duration: 4")[0].status == "unmeasured"


def test_a_file_without_the_fact_is_in_no_group(tmp_path: Path) -> None:
    rule = "{for: track, per: track.side, expect: {audio.duration: sum at most 5 s}}"
    results = group(tmp_path, rule, "track.side: A, audio.duration: 3", "track.side: absent, audio.duration: 9")
    assert [(result.asset, result.status) for result in results] == [("2.wav", "not-applicable"), ("1.wav", "pass")]


def test_groups_by_yes_and_no_are_called_so(tmp_path: Path) -> None:
    rule = "{for: track, per: track.is_cover, expect: {audio.duration: sum at most 5 s}}"
    messages = [result.message for result in group(tmp_path, rule, *["track.is_cover: yes, audio.duration: 3"] * 2)]
    assert messages == ["cover version yes: sound length sums to 6 s, expected at most 5 s"]


def test_nothing_is_judged_where_no_file_of_the_group_is_concerned(tmp_path: Path) -> None:
    rule = "{for: track, per: role, where: {audio.channels: 2}, expect: {audio.isrc: count at least 1}}"
    results = group(tmp_path, rule, "audio.channels: 6, audio.isrc: a")
    assert [result.status for result in results] == ["not-applicable"]


# --- entries of a list -------------------------------------------------------------------------------

MODELS = "documents: [{kind: provenance, path: p.yaml, facts: {provenance.models: %s}}]\n"


def test_an_entry_is_compared_with_its_own_fields(tmp_path: Path) -> None:
    rules = "rules: {r: {for: provenance, each: models, expect: {name: same as licence.holder}}}\n"
    good = "[{name: m, licence.holder: m}, {name: n, licence.holder: m}]"
    results = world.judge(tmp_path, rules, MODELS % good)
    assert [(result.status, result.message) for result in results] == [
        ("pass", ""),
        ("fail", "n: name is n, expected the same as holder (m)"),
    ]


def judge_record(folder: Path, rule: str, record: Json) -> list[Result]:
    """Judge a list of one record as no case file could write it."""
    ruleset, catalogue = world.load(folder, f"rules: {{r: {rule}}}\n"), world.catalogue()
    document = Document("provenance", File("p.yaml", "p.yaml", 9))
    facts = {document.key: {"provenance.models": Fact("provenance.models", [record])}}
    return judge_rules(
        ruleset, Sight(Cast({}, {"provenance": (document,)}), facts, catalogue.facts), catalogue, "2026-11-22"
    )


@pytest.mark.parametrize("value", ["maybe", 1, [], {}, float("nan")])
def test_a_field_of_another_type_is_unmeasured_and_never_a_pass(tmp_path: Path, value: Json) -> None:
    rule = "{for: provenance, each: models, expect: {licence.commercial_use: yes}}"
    (result,) = judge_record(tmp_path, rule, {"name": "m", "licence": {"commercial_use": value}})
    assert result.status == "unmeasured"
    assert "where yes or no belongs" in result.message


def test_an_entry_that_cannot_be_told_is_unmeasured_by_its_name(tmp_path: Path) -> None:
    rule = "{for: provenance, each: models, where: {kind: lora}, expect: {licence.commercial_use: yes}}"
    (result,) = judge_record(tmp_path, rule, {"name": "m", "kind": 7})
    assert (result.status, result.message[:3]) == ("unmeasured", "m: ")


def test_the_name_of_an_entry_is_shown_safely(tmp_path: Path) -> None:
    rule = "{for: provenance, each: models, expect: {kind: lora}}"
    (result,) = judge_record(tmp_path, rule, {"name": "\u202e\x1b[31m" + "x" * 5000})
    assert result.message.isprintable()
    assert len(result.message) < 300


def test_a_condition_on_the_document_is_asked_of_the_document(tmp_path: Path) -> None:
    rules = (
        "rules: {r: {for: provenance, each: models, where: {file.name: p.yaml, kind: lora}, expect: {name: present}}}\n"
    )
    results = world.judge(tmp_path, rules, MODELS % "[{kind: lora, name: l}, {kind: checkpoint}]")
    assert [result.status for result in results] == ["pass"]


def test_what_entries_are_compared_with_is_measured(tmp_path: Path) -> None:
    """Also in `any_of`, and also facts of the document itself."""
    ruleset = world.load(
        tmp_path,
        "rules: {r: {for: provenance, each: models, any_of: [{name: same as file.sha256}, "
        "{name: same as picture/video.codec}]}}\n",
    )
    document = Document("provenance", File("p.yaml", "p.yaml", 9))
    film = Asset("a.mp4", File("a.mp4", "a.mp4", 9), roles=("picture",))
    catalogue = world.catalogue()
    sight = Sight(Cast({"picture": (film,)}, {"provenance": (document,)}), {}, catalogue.facts)
    wanted = {want.subject.key: want.names for want in wanted_at_once(ruleset, sight, catalogue)}
    assert wanted == {document.key: {"provenance.models", "file.sha256"}, "a.mp4": {"video.codec"}}
