"""What has to be there: documents and files for each asset, and persons who vouch."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.delivery.model import Asset, Cast, Document, File
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.subjects import Sight
from deliverlint.values import Fact
from tests.engine import world

LICENCE = "rules: {r: {for: track, needs: mechanical-licence}}\n"


def licensed(folder: Path, tracks: list[str], papers: list[str]) -> dict[str, str]:
    """Return the status of each track, given the names of the licences."""
    assets = ", ".join(f"{{path: {track}, roles: [track]}}" for track in tracks)
    documents = ", ".join(f"{{kind: mechanical-licence, path: {paper}}}" for paper in papers)
    results = world.judge(folder, LICENCE, f"assets: [{assets}]\ndocuments: [{documents}]\n")
    return {result.asset: result.status for result in results}


def test_a_licence_belongs_to_the_track_that_it_names(tmp_path: Path) -> None:
    found = licensed(tmp_path, ["1.wav", "11.wav"], ["mechanical-11.pdf"])
    assert found == {"1.wav": "fail", "11.wav": "pass"}


def test_a_licence_of_the_longer_name_is_none_of_the_shorter(tmp_path: Path) -> None:
    found = licensed(tmp_path, ["song.wav", "song-2.wav"], ["mechanical-song-2.pdf"])
    assert found == {"song.wav": "fail", "song-2.wav": "pass"}
    both = licensed(tmp_path, ["song.wav", "song-2.wav"], ["mechanical-song-2.pdf", "mechanical-song.pdf"])
    assert both == {"song.wav": "pass", "song-2.wav": "pass"}


def test_a_number_behind_a_word_is_a_name_of_its_own(tmp_path: Path) -> None:
    assert licensed(tmp_path, ["01.wav", "02.wav"], ["mech01.pdf"]) == {"01.wav": "pass", "02.wav": "fail"}


def test_the_sole_track_needs_no_name_on_its_licence(tmp_path: Path) -> None:
    assert licensed(tmp_path, ["a.wav"], ["licence.pdf"]) == {"a.wav": "pass"}
    assert licensed(tmp_path, ["a.wav", "b.wav"], ["licence.pdf"]) == {"a.wav": "fail", "b.wav": "fail"}


def test_a_file_that_an_asset_needs_has_the_same_named_part(tmp_path: Path) -> None:
    rules = "rules: {r: {for: mix.stereo, needs: track, fix: Add it.}}\n"
    assets = "assets: [{path: en.wav, roles: [mix.stereo], lang: en}, {path: t.wav, roles: [track], lang: %s}]\n"
    assert world.judge(tmp_path, rules, assets % "en")[0].status == "pass"
    (missing,) = world.judge(tmp_path, rules, assets % "de")
    assert (missing.status, missing.message) == (
        "fail",
        "no file for the role 'track' that belongs to en.wav, expected at least 1",
    )


# --- attestations ------------------------------------------------------------------------------------

RULE = "rules: {watched: {for: track, attest: the editor, renamed_from: seen}}\n"


def attested(folder: Path, *lines: dict[str, str]) -> tuple[str, str]:
    ruleset, catalogue = world.load(folder, RULE), world.catalogue()
    track = Asset("a.wav", File("a.wav", "a.wav", 9), roles=("track",))
    paper = Document("attestations", File("v.yaml", "v.yaml", 9))
    facts = {
        track.key: {"file.sha256": Fact("file.sha256", "aa")},
        paper.key: {"attestations.lines": Fact("attestations.lines", list(lines))},
    }
    sight = Sight(Cast({"track": (track,)}, {"attestations": (paper,)}), facts, catalogue.facts)
    (result,) = judge_rules(ruleset, sight, catalogue, "2026-11-22")
    return result.status, result.message


def line(**words: str) -> dict[str, str]:
    return {"rule": "watched", "outcome": "pass", "person": "Ann Example", "date": "2026-11-20", **words}


def test_a_person_vouches_by_a_line(tmp_path: Path) -> None:
    assert attested(tmp_path, line()) == ("pass", "attested by Ann Example on 2026-11-20")
    assert attested(tmp_path, line(outcome="Pass"))[0] == "pass"
    assert attested(tmp_path, line(rule="seen"))[0] == "pass"
    assert attested(tmp_path, line(rule="acme/feature:watched"))[0] == "pass"
    assert attested(tmp_path, line(outcome="fail"))[0] == "fail"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"outcome": "n/a"}, "neither pass nor fail"),
        ({"outcome": "FILL IN"}, "does not say its outcome"),
        ({"person": "FILL IN"}, "does not say its person"),
        ({"date": "soon"}, "which is none"),
        ({"date": "2026-02-31"}, "which is none"),
        ({"sha256": "bb"}, "another version"),
        ({"asset": "b.wav"}, "a person has to vouch"),
        ({"rule": "other"}, "a person has to vouch"),
    ],
)
def test_a_line_that_does_not_count_leaves_the_rule_to_review(
    tmp_path: Path, words: dict[str, str], reason: str
) -> None:
    status, message = attested(tmp_path, line(**words))
    assert status == "to-review"
    assert reason in message


def test_the_latest_line_counts_and_of_one_day_the_worse(tmp_path: Path) -> None:
    old, new = line(outcome="fail", date="2026-11-01"), line(outcome="pass", date="2026-11-20")
    assert attested(tmp_path, old, new)[0] == "pass"
    assert attested(tmp_path, new, old)[0] == "pass"
    assert attested(tmp_path, line(outcome="pass"), line(outcome="fail"))[0] == "fail"
