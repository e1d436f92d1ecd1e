"""Inheritance: what a child gets, patches and drops, and what its parents may not leave open."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.load import load_ruleset
from deliverlint.ruleset.model import Ruleset
from tests.engine import world

GRAND = """\
ruleset: family/grand
version: 2026.1.0
title: Grand
based_on: {spec: {title: Grand spec, url: https://example.com/g, read: 2026-01-02}}
params: {peak: -1 dBTP}
roles: {track: {media: audio, match: ["*.wav"], count: at least 1, cite: spec §1, fix: Add a track., severity: error}}
rules:
  peak: {for: track, expect: {audio.true_peak: at most $peak}, cite: spec §2, fix: Turn it down.}
  rate: {for: track, expect: {audio.sample_rate: 48 kHz}, cite: spec §3}
"""
PARENT = """\
ruleset: family/parent
version: 2026.1.0
title: Parent
extends: [family/grand]
based_on: {spec: {title: Parent spec, url: https://example.com/p, read: 2026-01-02}}
params: {peak: -2 dBTP}
change: {rate: {severity: warning, cite: spec §9}}
"""


def write(folder: Path, *texts: str) -> None:
    for text in texts:
        name = text.split("\n", 1)[0].removeprefix("ruleset: ")
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "ruleset.yaml").write_text(text, encoding="utf-8")


def child(folder: Path, body: str, name: str = "family/child") -> Ruleset:
    write(folder, f"ruleset: {name}\nversion: 2026.1.0\ntitle: Child\n{body}")
    return load_ruleset(name, world.catalogue(folder))


def mistakes(folder: Path, body: str) -> list[str]:
    with pytest.raises(RulesetError) as caught:
        child(folder, body)
    return [problem.message for problem in caught.value.problems]


def test_everything_is_inherited_changes_and_parameters_too(tmp_path: Path) -> None:
    write(tmp_path, GRAND, PARENT)
    ruleset = child(tmp_path, "extends: [family/parent]\n")
    assert set(ruleset.rules) == {"role.track", "peak", "rate"}
    assert ruleset.rules["peak"].expect[0].phrase.text == "at most -2 dBTP"
    assert ruleset.rules["rate"].severity == "warning"
    assert ruleset.parents == ("family/parent", "family/grand")


def test_a_citation_means_the_source_of_the_ruleset_that_wrote_it(tmp_path: Path) -> None:
    write(tmp_path, GRAND, PARENT)
    ruleset = child(tmp_path, "extends: [family/parent]\n")
    assert ruleset.rules["peak"].cite.title == "Grand spec"
    assert ruleset.rules["rate"].cite.title == "Parent spec"


def test_every_field_knows_where_it_was_written(tmp_path: Path) -> None:
    write(tmp_path, GRAND, PARENT)
    origins = child(tmp_path, "extends: [family/parent]\n").rules["rate"].origins
    assert (origins["severity"].ruleset, origins["severity"].line) == ("family/parent", 7)
    assert (origins["expect"].ruleset, origins["expect"].line) == ("family/grand", 9)


def test_a_dropped_rule_is_gone_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    ruleset = child(tmp_path, "extends: [family/grand]\ndrop: {rate: We take any rate}\n")
    assert "rate" not in ruleset.rules
    assert ruleset.dropped == {"rate": "We take any rate"}


def test_the_rule_of_a_role_can_be_changed_and_dropped(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    changed = child(tmp_path, "extends: [family/grand]\nchange: {role.track: {count: 2, severity: advice}}\n")
    assert changed.rules["role.track"].severity == "advice"
    assert changed.rules["role.track"].count is not None
    assert changed.rules["role.track"].count.text == "2"
    assert "role.track" not in child(tmp_path, "extends: [family/grand]\ndrop: {role.track: None needed}\n").rules


def test_an_inherited_rule_is_not_replaced_by_accident(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    found = mistakes(
        tmp_path, "extends: [family/grand]\nrules: {rate: {for: track, expect: {audio.sample_rate: present}}}\n"
    )
    assert "write what differs under `change:`" in found[0]


OTHER = (
    GRAND.replace("family/grand", "family/other")
    .replace("48 kHz", "96 kHz")
    .replace("params: {peak: -1", "params: {peak: -3")
)


def test_two_parents_that_disagree_are_an_error_until_the_child_decides(tmp_path: Path) -> None:
    write(tmp_path, GRAND, OTHER)
    body = "extends: [family/grand, family/other]\n"
    assert any("two parents define the rule 'rate' differently" in message for message in mistakes(tmp_path, body))
    decided = (
        "params: {peak: -1 dBTP}\n"
        "based_on: {spec: {title: S, url: https://example.com, read: 2026-01-02}}\n"
        "roles: {track: {media: audio, match: ['*.wav']}}\n"
        "rules: {rate: {for: track, expect: {audio.sample_rate: 96 kHz}}}\n"
        "drop: {peak: Both say it differently}\n"
    )
    ruleset = child(tmp_path, body + decided)
    assert ruleset.rules["rate"].expect[0].phrase.text == "96 kHz"


def test_one_ancestor_by_two_ways_is_no_conflict(tmp_path: Path) -> None:
    left = (
        PARENT.replace("family/parent", "family/left").replace("change:", "# ").replace("params: {peak: -2 dBTP}\n", "")
    )
    right = left.replace("family/left", "family/right")
    write(tmp_path, GRAND, left, right)
    assert "rate" in child(tmp_path, "extends: [family/left, family/right]\n").rules


def test_a_circle_is_an_error_and_no_endless_run(tmp_path: Path) -> None:
    write(tmp_path, GRAND.replace("title: Grand\n", "title: Grand\nextends: [family/child]\n"))
    assert any("extends itself" in message for message in mistakes(tmp_path, "extends: [family/grand]\n"))


def test_a_child_may_redefine_a_role_by_field(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    ruleset = child(tmp_path, "extends: [family/grand]\nroles: {track: {match: ['*.flac']}}\n")
    assert ruleset.roles["track"].match == ("*.flac",)
    assert ruleset.roles["track"].media == "audio"


def test_chapters_in_rules_belong_to_the_ruleset(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    chapter = tmp_path / "family" / "grand" / "rules"
    chapter.mkdir()
    (chapter / "more.yaml").write_text("rules: {isrc: {for: track, expect: {audio.isrc: present}}}\n", encoding="utf-8")
    assert "isrc" in load_ruleset("grand", world.catalogue(tmp_path)).rules
    (chapter / "twice.yaml").write_text(
        "rules: {rate: {for: track, expect: {audio.isrc: present}}}\n", encoding="utf-8"
    )
    with pytest.raises(RulesetError, match="already defined in"):
        load_ruleset("grand", world.catalogue(tmp_path))


def test_the_sha256_changes_with_any_file_that_was_read(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    before = child(tmp_path, "extends: [family/grand]\n").sha256
    write(tmp_path, GRAND.replace("Turn it down.", "Turn it down!"))
    assert child(tmp_path, "extends: [family/grand]\n").sha256 != before
