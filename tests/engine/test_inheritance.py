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


def test_fields_go_down_all_levels_and_the_nearest_patch_holds(tmp_path: Path) -> None:
    grand = GRAND.replace(
        "cite: spec §3}", "cite: spec §3, from: 2027-01-01, overridable: no, renamed_from: speed, tags: [X-1]}"
    )
    write(tmp_path, grand, PARENT)
    body = "extends: [family/parent]\nchange: {rate: {from: 2028-01-01, why: It matters.}}\n"
    rate = child(tmp_path, body).rules["rate"]
    assert (rate.starts, rate.overridable, rate.renamed_from, rate.tags) == ("2028-01-01", False, ("speed",), ("X-1",))
    assert (rate.severity, rate.cite.clause, rate.why) == ("warning", "§9", "It matters.")
    assert [rate.origins[key].ruleset for key in ("expect", "severity", "from")] == [
        "family/grand",
        "family/parent",
        "family/child",
    ]


def test_a_child_may_cite_the_sources_of_its_parent(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    ruleset = child(tmp_path, "extends: [family/grand]\nrules: {more: {needs: captions, cite: spec §7}}\n")
    assert (ruleset.rules["more"].cite.title, ruleset.rules["more"].cite.clause) == ("Grand spec", "§7")


def test_a_source_that_two_parents_call_alike_has_to_be_named_anew(tmp_path: Path) -> None:
    head = "ruleset: family/%s\nversion: 2026.1.0\ntitle: S\nbased_on: {spec: {title: %s, url: u, read: 2026-01-02}}\n"
    write(tmp_path, head % ("one", "A"), head % ("two", "B"), head % ("three", "A"))
    cited = "rules: {m: {needs: captions, cite: spec §1}}\n"
    assert "is no source" in mistakes(tmp_path, "extends: [family/one, family/two]\n" + cited)[0]
    assert child(tmp_path, "extends: [family/one, family/three]\n" + cited).rules["m"].cite.title == "A"


DROPPING = GRAND.split("\n", 1)[0].replace("grand", "dropping") + (
    "\nversion: 2026.1.0\ntitle: D\nextends: [family/grand]\ndrop: {rate: We take any rate}\n"
)


def test_a_dropped_rule_stays_dropped_below_and_can_be_defined_anew(tmp_path: Path) -> None:
    write(tmp_path, GRAND, DROPPING)
    assert child(tmp_path, "extends: [family/dropping]\n").dropped == {"rate": "We take any rate"}
    body = "extends: [family/dropping]\nrules: {rate: {for: track, expect: {audio.sample_rate: 96 kHz}}}\n"
    again = child(tmp_path, body)
    assert again.rules["rate"].expect[0].phrase.text == "96 kHz"
    assert again.dropped == {}


def test_a_change_of_a_dropped_rule_says_who_dropped_it(tmp_path: Path) -> None:
    write(tmp_path, GRAND, DROPPING)
    (message,) = mistakes(tmp_path, "extends: [family/dropping]\nchange: {rate: {severity: advice}}\n")
    assert "family/dropping has dropped it" in message


def test_a_rule_that_one_parent_drops_and_another_keeps_is_the_childs_to_decide(tmp_path: Path) -> None:
    keeping = DROPPING.replace("dropping", "keeping").replace("drop: {rate: We take any rate}\n", "")
    write(tmp_path, GRAND, DROPPING, keeping)
    body = "extends: [family/keeping, family/dropping]\n"
    (message,) = mistakes(tmp_path, body)
    assert (
        "family/dropping drops the rule 'rate' (family/dropping/ruleset.yaml:5) and family/keeping keeps it" in message
    )
    assert "rate" not in child(tmp_path, body + "drop: {rate: Nor do we ask}\n").rules
    assert child(tmp_path, body + "change: {rate: {severity: advice}}\n").rules["rate"].severity == "advice"


def test_a_change_under_an_old_name_is_told_the_new_one(tmp_path: Path) -> None:
    write(tmp_path, GRAND.replace("cite: spec §3}", "cite: spec §3, renamed_from: sampling}"))
    (message,) = mistakes(tmp_path, "extends: [family/grand]\nchange: {sampling: {severity: advice}}\n")
    assert "called 'rate' now" in message


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("change: {rate: {severity: advice}}\ndrop: {rate: Not for us}\n", "both changed and dropped"),
        ("drop: {rate: ''}\n", "needs a reason"),
        ("change: {role.track: {for: track}}\n", "cannot be changed in the rule of a role"),
        ("change: {role.trak: {severity: advice}}\n", "did you mean 'track'"),
        ("change: {rate: {count: 2}}\n", "belongs to a role"),
        ("roles: {b: {media: audio}}\nchange: {role.b: {severity: advice}}\n", "makes no rule"),
        ("roles: {b: {media: audio}}\ndrop: {role.b: Not for us}\n", "makes no rule"),
        ("extends: [family/grand, family/grand]\n", "named twice"),
    ],
)
def test_what_cannot_be_inherited_so_is_explained(tmp_path: Path, body: str, hint: str) -> None:
    write(tmp_path, GRAND)
    (message,) = mistakes(tmp_path, body if "extends" in body else "extends: [family/grand]\n" + body)
    assert hint in message


def test_the_rule_of_a_role_has_tags_and_old_names_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, GRAND.replace("count: at least 1,", "count: at least 1, tags: [T-1], renamed_from: [song],"))
    rule = child(tmp_path, "extends: [family/grand]\n").rules["role.track"]
    assert (rule.tags, rule.renamed_from) == (("T-1",), ("role.song",))


def test_an_engine_that_a_parent_needs_is_needed_by_the_child(tmp_path: Path) -> None:
    write(tmp_path, GRAND + "requires: {deliverlint: '>=999'}\n")
    (message,) = mistakes(tmp_path, "extends: [family/grand]\n")
    assert "needs deliverlint >=999" in message


def test_a_parent_is_an_installed_ruleset_and_no_folder_that_happens_to_lie_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "elsewhere", GRAND)
    monkeypatch.chdir(tmp_path / "elsewhere")
    (message,) = mistakes(tmp_path, "extends: [family/grand]\n")
    assert "is no ruleset that is installed here" in message


def test_a_parent_whose_file_bears_another_id_is_not_taken(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    path = tmp_path / "family" / "grand" / "ruleset.yaml"
    path.write_text(GRAND.replace("ruleset: family/grand", "ruleset: family/aunt"), encoding="utf-8")
    (message,) = mistakes(tmp_path, "extends: [family/grand]\n")
    assert "calls itself 'family/aunt'" in message


def test_many_ways_to_one_ancestor_are_walked_once(tmp_path: Path) -> None:
    """Fourteen levels of two parents each would be 16,000 ways."""
    for level in range(14):
        for side in "ab":
            extends = f"extends: [wide/l{level + 1}a, wide/l{level + 1}b]\n" if level < 13 else ""
            rule = f"rules: {{r{level}{side}: {{needs: captions}}}}\n"
            write(tmp_path, f"ruleset: wide/l{level}{side}\nversion: 2026.1.0\ntitle: L\n{extends}{rule}")
    assert len(child(tmp_path, "extends: [wide/l0a, wide/l0b]\n").rules) == 28


def test_a_file_that_would_be_passed_over_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    chapter = tmp_path / "family" / "grand" / "rules"
    chapter.mkdir()
    (chapter / "sound.yml").write_text("rules: {a: {needs: captions}}\n", encoding="utf-8")
    with pytest.raises(RulesetError, match=r"rules/sound.yml: is not read: chapters .* end in .yaml"):
        load_ruleset("grand", world.catalogue(tmp_path))


def test_a_link_out_of_the_ruleset_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, GRAND)
    (tmp_path / "secret.yaml").write_text("password: swordfish\n", encoding="utf-8")
    (tmp_path / "family" / "grand" / "rules").mkdir()
    (tmp_path / "family" / "grand" / "rules" / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(RulesetError) as caught:
        load_ruleset("grand", world.catalogue(tmp_path))
    assert "leaves the ruleset" in str(caught.value)
    assert "password" not in str(caught.value)
