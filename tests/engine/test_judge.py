"""The keys of a rule beyond plain expectations: conditions, alternatives, groups, checks, days and what is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.delivery.model import Asset, Cast, Delivery, Document, File, Note, Waiver
from deliverlint.judge.model import Checklist, Result
from deliverlint.judge.run import judge_delivery
from deliverlint.values import Fact, Unmeasured
from tests.engine import world

TRACK = "assets: [{path: a.wav, roles: [track], facts: {%s}}]\n"


def single(folder: Path, rule: str, facts: str) -> Result:
    (result,) = world.judge(folder, f"rules: {{r: {rule}}}\n", TRACK % facts)
    return result


ANY_OF = (
    "{for: track, any_of: [{audio.channels: 2, audio.sample_rate: 48 kHz, audio.true_peak: at most -2 dBTP}, "
    "{audio.channels: 6, audio.sample_rate: 96 kHz}]}"
)


def test_any_of_passes_if_one_branch_does(tmp_path: Path) -> None:
    facts = "audio.channels: 6, audio.sample_rate: 96000, audio.true_peak: unmeasured"
    assert single(tmp_path, ANY_OF, facts).status == "pass"


def test_any_of_is_unmeasured_if_none_passes_and_one_is_unmeasured(tmp_path: Path) -> None:
    facts = "audio.channels: 2, audio.sample_rate: 48000, audio.true_peak: unmeasured"
    assert single(tmp_path, ANY_OF, facts).status == "unmeasured"


def test_any_of_speaks_only_of_the_branch_that_is_nearest(tmp_path: Path) -> None:
    facts = "audio.channels: 2, audio.sample_rate: 48000, audio.true_peak: 0"
    found = single(tmp_path, ANY_OF, facts)
    assert (found.status, found.message) == ("fail", "true peak is 0.0 dBTP, expected at most -2 dBTP")


def test_one_expectation_that_fails_decides_even_where_another_is_unmeasured(tmp_path: Path) -> None:
    rule = "{for: track, expect: {audio.channels: 2, audio.true_peak: at most -2 dBTP}}"
    assert single(tmp_path, rule, "audio.channels: 1, audio.true_peak: unmeasured").status == "fail"


def test_a_condition_that_does_not_hold_says_why_the_rule_does_not_apply(tmp_path: Path) -> None:
    rule = "{for: track, where: {audio.channels: 2}, expect: {audio.true_peak: present}}"
    found = single(tmp_path, rule, "audio.channels: 1, audio.true_peak: absent")
    assert (found.status, found.message) == ("not-applicable", "channels is 1, expected 2")


def test_a_condition_that_is_unmeasured_leaves_the_rule_unmeasured(tmp_path: Path) -> None:
    rule = "{for: track, where: {audio.channels: 2}, expect: {audio.true_peak: present}}"
    assert single(tmp_path, rule, "audio.true_peak: absent").status == "unmeasured"


def test_a_group_is_judged_at_once_and_named(tmp_path: Path) -> None:
    rules = "rules: {r: {for: track, per: track.side, expect: {audio.duration: sum at most 10 min}}}\n"
    track = "{path: %s.wav, roles: [track], facts: {track.side: %s, audio.duration: %s}}"
    tracks = ", ".join([track % ("a", "A", 400), track % ("b", "A", 300), track % ("c", "B", 600)])
    by_status = {result.status: result for result in world.judge(tmp_path, rules, f"assets: [{tracks}]\n")}
    assert set(by_status) == {"pass", "fail"}
    assert by_status["fail"].message == "side A: sound length sums to 700 s, expected at most 10 min (600 s)"


def test_a_member_without_its_group_is_unmeasured_by_name(tmp_path: Path) -> None:
    rules = "rules: {r: {for: track, per: track.side, expect: {audio.duration: sum at most 10 min}}}\n"
    results = world.judge(tmp_path, rules, TRACK % "audio.duration: 3")
    assert [(result.asset, result.status) for result in results] == [("a.wav", "unmeasured")]


def test_the_same_part_finds_the_partner_among_several(tmp_path: Path) -> None:
    rules = "rules: {r: {for: mix.stereo, expect: {audio.duration: same as picture/video.duration ± 1 s}}}\n"
    assets = (
        "assets: [{path: en.mp4, roles: [picture], lang: en, facts: {video.duration: 100}}, "
        "{path: de.mp4, roles: [picture], lang: de, facts: {video.duration: 90}}, "
        "{path: de.wav, roles: [mix.stereo], lang: %s, facts: {audio.duration: 91}}]\n"
    )
    assert world.judge(tmp_path, rules, assets % "de")[0].status == "pass"
    assert world.judge(tmp_path, rules, assets % "en")[0].status == "fail"
    assert world.judge(tmp_path, rules, assets % "fr")[0].status == "unmeasured"


def test_a_named_check_passes_fails_and_is_unmeasured_with_its_facts(tmp_path: Path) -> None:
    rule = "{for: track, check: even-channels}"
    assert single(tmp_path, rule, "audio.channels: 2").status == "pass"
    assert single(tmp_path, rule, "audio.channels: 3").message == "3 channels are an odd number"
    assert single(tmp_path, rule, "audio.channels: unmeasured").status == "unmeasured"


def test_a_check_that_breaks_is_unmeasured_and_costs_nothing_else(tmp_path: Path) -> None:
    found = single(tmp_path, "{for: track, check: broken-check}", "audio.channels: 2")
    assert found.status == "unmeasured"
    assert "a plugin's mistake" in found.message


def test_what_a_schema_finds_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    rules = "rules: {shape: {for: provenance, schema: {type: object, required: [models]}}}\n"
    facts = "documents: [{kind: provenance, path: p.yaml, facts: {'schema:shape': %s}}]\n"
    assert world.judge(tmp_path, rules, facts % "[]")[0].status == "pass"
    found = world.judge(tmp_path, rules, facts % "[{path: models, message: is missing, line: 3}]")[0]
    assert (found.status, found.message) == ("fail", "models: is missing")
    assert found.at[0]["line"] == 3


@pytest.mark.parametrize(("day", "severity"), [("2026-12-31", "warning"), ("2027-01-01", "error")])
def test_a_rule_that_starts_later_is_a_warning_until_that_day(tmp_path: Path, day: str, severity: str) -> None:
    rules = "rules: {r: {for: track, expect: {audio.channels: 2}, from: 2027-01-01}}\n"
    (found,) = world.judge(tmp_path, rules, f"as_of: {day}\n" + TRACK % "audio.channels: 1")
    assert found.severity == severity


def test_every_event_that_fails_is_placed(tmp_path: Path) -> None:
    rules = "rules: {r: {for: picture, expect: {video.black.internal: each at most 2 s}}}\n"
    events = "[{start: 0, end: 1}, {start: 5, end: 9, timecode: '00:00:05:00'}]"
    facts = f"assets: [{{path: a.mp4, roles: [picture], facts: {{video.black.internal: {events}}}}}]\n"
    assert world.judge(tmp_path, rules, facts)[0].at == ({"start": 5, "end": 9, "timecode": "00:00:05:00"},)


# --- the whole checklist -----------------------------------------------------------------------------

PEAK = "rules: {peak: {for: track, expect: {audio.true_peak: at most -2 dBTP}, renamed_from: loud%s}}\n"


def checklist(
    folder: Path, waivers: tuple[Waiver, ...] = (), more: str = "", notes: tuple[Note, ...] = ()
) -> Checklist:
    ruleset = world.load(folder, PEAK % more)
    file = File("a.wav", str(folder / "a.wav"), 9)
    asset = Asset("a.wav", file, roles=("track",))
    stray = File("notes.txt", str(folder / "notes.txt"), 5)
    delivery = Delivery(folder, files=(file, stray), waivers=waivers, notes=notes)
    cast = Cast({"track": (asset,)}, {}, (stray,))
    facts = {"a.wav": {"audio.true_peak": Fact("audio.true_peak", 0.0, "dBTP")}}
    return judge_delivery(delivery, [ruleset], [cast], facts, world.catalogue(), "2026-11-22")


def waiver(rule: str = "peak", asset: str = "a.wav", expires: str = "2026-12-31") -> Waiver:
    return Waiver("acme/feature", rule, asset, "a live recording", "the buyer", expires, "waivers.yaml:3")


def house(made: Checklist) -> list[tuple[str, str]]:
    return [(result.rule.id, result.asset) for result in made.results if result.ruleset == "deliverlint/delivery"]


def test_a_waiver_turns_a_finding_into_waived_and_the_verdict_with_it(tmp_path: Path) -> None:
    assert checklist(tmp_path).verdict == "fail"
    made = checklist(tmp_path, (waiver(),))
    assert [result.status for result in made.results][:1] == ["waived"]
    assert made.verdict == "pass"


def test_a_waiver_lives_on_under_the_old_name_of_a_rule(tmp_path: Path) -> None:
    assert checklist(tmp_path, (waiver(rule="loud"),)).results[0].status == "waived"


def test_a_waiver_holds_on_its_last_day_and_is_a_finding_after_it(tmp_path: Path) -> None:
    assert checklist(tmp_path, (waiver(expires="2026-11-22"),)).results[0].status == "waived"
    late = checklist(tmp_path, (waiver(expires="2026-11-21"),))
    assert late.results[0].status == "fail"
    assert ("waiver-current", "waivers.yaml") in house(late)


def test_a_waiver_that_excuses_nothing_is_a_finding(tmp_path: Path) -> None:
    made = checklist(tmp_path, (waiver(), waiver(asset="b.wav"), waiver(rule="paek")))
    unused = [result.message for result in made.results if result.rule.id == "waiver-used"]
    assert len(unused) == 2
    assert "did you mean 'peak'" in unused[1]


def test_what_the_buyer_does_not_let_be_waived_stays_a_finding(tmp_path: Path) -> None:
    made = checklist(tmp_path, (waiver(),), ", overridable: no")
    assert made.results[0].status == "fail"
    assert ("waiver-allowed", "waivers.yaml") in house(made)


def test_a_file_that_plays_no_role_is_mentioned_once_and_kindly(tmp_path: Path) -> None:
    made = checklist(tmp_path, (waiver(),))
    assert house(made) == [("file-has-role", "notes.txt")]
    assert made.results[-1].severity == "advice"
    assert made.verdict == "pass"


def test_an_empty_file_in_a_role_is_a_finding(tmp_path: Path) -> None:
    ruleset = world.load(tmp_path, "rules: {r: {needs: track}}\n")
    asset = Asset("a.wav", File("a.wav", tmp_path / "a.wav", 0, obstacle="is empty (0 bytes)"), roles=("track",))
    made = judge_delivery(
        Delivery(tmp_path), [ruleset], [Cast({"track": (asset,)})], {}, world.catalogue(), "2026-11-22"
    )
    assert house(made) == [("file-has-content", "a.wav")]
    assert made.verdict == "fail"


def test_what_is_wrong_with_the_handing_over_fails_every_buyer(tmp_path: Path) -> None:
    made = checklist(tmp_path, (waiver(),), notes=(Note("asset-exists", "b.wav", "is not there", 4),))
    assert made.verdict == "fail"
    assert made.rulesets[0].verdict == "fail"
    assert made.results[-2].at == ({"file": "b.wav", "line": 4},)


def documents(folder: Path, state: Fact | Unmeasured | None, **more: str) -> Checklist:
    ruleset = world.load(
        folder, "rules: {r: {needs: mechanical-licence, title: There is a licence, fix: Ask for it.}}\n"
    )
    facts, found = {}, {}
    if state is not None:
        document = Document("mechanical-licence", File("m.pdf", str(folder / "m.pdf"), 9))
        found = {"mechanical-licence": (document,)}
        facts = {
            document.key: {"document.state": state, "document.problems": Fact("document.problems", ["it is a scan"])}
        }
    return judge_delivery(Delivery(folder), [ruleset], [Cast({}, found)], facts, world.catalogue(), "2026-11-22")


@pytest.mark.parametrize("state", ["unfilled", "expired", "mismatched", "unreadable"])
def test_a_document_that_is_not_as_it_should_be_is_a_finding(tmp_path: Path, state: str) -> None:
    made = documents(tmp_path, Fact("document.state", state))
    assert (made.documents[0].state, made.verdict) == (state, "fail")
    assert "it is a scan" in made.results[0].message


def test_a_missing_document_is_a_finding_and_a_present_one_is_none(tmp_path: Path) -> None:
    missing = documents(tmp_path, None)
    assert (missing.documents[0].state, missing.verdict) == ("missing", "fail")
    present = documents(tmp_path, Fact("document.state", "present"))
    assert (present.documents[0].state, present.verdict) == ("present", "pass")


def test_a_document_that_could_not_be_read_for_our_reasons_is_unmeasured(tmp_path: Path) -> None:
    made = documents(tmp_path, Unmeasured("needs the extra 'pdf'"))
    assert (made.documents[0].state, made.verdict) == ("unmeasured", "incomplete")
