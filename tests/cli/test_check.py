"""`check`: what it judges, how it ends, and where the report goes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import deliverlint.report
from tests.cli.conftest import HASHED, RULESET, TITLED, VOUCHED, World

NOTES = ("-r", "rules/acme/notes")
LONG = "x" * 200


def test_a_good_delivery_ends_with_0_and_says_that_it_is_ready(world: World) -> None:
    world.delivery(a="short")
    ran = world.run("check", "delivery", *NOTES)
    assert ran.code == 0
    assert "Ready to hand over." in ran.out
    assert ran.err == ""


def test_findings_end_with_1_and_say_what_to_do(world: World) -> None:
    world.delivery(a=LONG)
    ran = world.run("check", "delivery", *NOTES)
    assert ran.code == 1
    assert "notes/a.txt  note" in ran.out
    assert "file size is 200 B, expected at most 100 B" in ran.out
    assert "Cut it down." in ran.out


def test_a_required_file_that_is_missing_is_a_finding(world: World) -> None:
    world.delivery()
    ran = world.run("check", "delivery", *NOTES)
    assert ran.code == 1
    assert "no file for the role 'note'" in ran.out


def test_a_warning_ends_with_0_unless_warnings_are_to_count(world: World) -> None:
    world.delivery(A1="short")
    assert world.run("check", "delivery", *NOTES).code == 0
    assert world.run("check", "delivery", *NOTES, "--fail-on", "warning").code == 1


def test_what_waits_for_a_person_ends_with_3_unless_that_is_allowed(world: World) -> None:
    world.ruleset("acme/notes", RULESET + VOUCHED)
    world.delivery(a="short")
    ran = world.run("check", "delivery", *NOTES)
    assert ran.code == 3
    assert "Not decided yet" in ran.out
    assert world.run("check", "delivery", *NOTES, "--allow-incomplete").code == 0


def test_a_condition_that_nobody_has_answered_ends_with_3(world: World) -> None:
    world.ruleset("acme/notes", RULESET + TITLED)
    world.delivery(a="short", manifest="id: EGG-1\n")
    ran = world.run("check", "delivery", *NOTES)
    assert ran.code == 3
    assert "delivery.yaml does not say `territories`" in ran.out


def test_exit_zero_ends_with_0_whatever_is_found(world: World) -> None:
    world.delivery(a=LONG)
    ran = world.run("check", "delivery", *NOTES, "--exit-zero")
    assert ran.code == 0
    assert "Not ready" in ran.out


def test_rulesets_of_the_manifest_are_used_where_none_is_named(world: World) -> None:
    world.delivery(a=LONG, manifest="rulesets: [rules/acme/notes]\nterritories: [DE]\n")
    ran = world.run("check", "delivery")
    assert ran.code == 1
    assert "acme/notes 2026.11.0" in ran.out


def test_the_current_folder_is_checked_where_no_path_is_given(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.delivery(a=LONG))
    assert "notes/a.txt" in world.run("check", "-r", "../rules/acme/notes").out


def test_several_rulesets_each_have_their_verdict(world: World) -> None:
    world.delivery(a="x" * 70)
    ran = world.run("check", "delivery", *NOTES, "-r", "rules/acme/strict")
    verdict = ran.out[ran.out.index("── Verdict") :].splitlines()
    assert any("pass" in line and "acme/notes" in line for line in verdict)
    assert any("fail" in line and "acme/strict" in line for line in verdict)
    assert ran.code == 1


def test_json_fits_the_published_schema_and_names_the_finding(world: World) -> None:
    world.delivery(a=LONG)
    ran = world.run("check", "delivery", *NOTES, "--format", "json")
    value = json.loads(ran.out)
    schema = json.loads((Path(deliverlint.report.__file__).parent / "checklist.schema.json").read_text())
    jsonschema.validate(value, schema, cls=jsonschema.Draft202012Validator)
    failed = [result for result in value["results"] if result["status"] == "fail"]
    assert [(result["rule"], result["asset"]) for result in failed] == [("note-size", "notes/a.txt")]
    assert failed[0]["facts"] == [{"name": "file.size", "value": 200, "unit": "B", "basis": "measured"}]
    assert failed[0]["cite"]["clause"] == "§3.1"
    assert value["verdict"] == "fail"
    assert ran.code == 1


def test_several_deliveries_are_reported_one_after_the_other(world: World) -> None:
    world.delivery("one", a=LONG)
    world.delivery("two", a="short")
    ran = world.run("check", "one", "two", *NOTES)
    assert ran.code == 1
    assert ran.out.index("Not ready to hand over") < ran.out.index("Ready to hand over")


def test_several_deliveries_are_one_json_line_each(world: World) -> None:
    world.delivery("one", a=LONG)
    world.delivery("two", a="short")
    ran = world.run("check", "one", "two", *NOTES, "--format", "jsonl")
    assert [json.loads(line)["delivery"]["path"] for line in ran.out.splitlines()] == ["one", "two"]


def test_several_deliveries_are_no_one_json_document(world: World) -> None:
    world.delivery("one", a="short")
    world.delivery("two", a="short")
    ran = world.run("check", "one", "two", *NOTES, "--format", "json")
    assert ran.code == 2
    assert "holds one delivery, and there are 2" in ran.err
    assert "jsonl" in ran.err


def test_only_selected_rules_are_judged(world: World) -> None:
    world.delivery(A1=LONG)
    ran = world.run("check", "delivery", *NOTES, "--select", "note-n*", "-q")
    assert "[acme/notes:note-name]" in ran.out
    assert "note-size" not in ran.out
    assert ran.code == 0


def test_ignored_rules_are_not_judged(world: World) -> None:
    world.delivery(A1=LONG)
    ran = world.run("check", "delivery", *NOTES, "--ignore", "acme/notes:note-size,note-name", "-q")
    assert ran.out.splitlines() == ["Ready to hand over."]


def test_the_engines_own_rules_can_be_ignored_too(world: World) -> None:
    (world.delivery(a="short") / "stray.bin").write_bytes(b"x")
    assert "file-has-role" in world.run("check", "delivery", *NOTES, "-q").out
    assert "file-has-role" not in world.run("check", "delivery", *NOTES, "-q", "--ignore", "file-has-role").out


def test_a_waiver_of_a_rule_that_is_not_selected_is_not_called_unused(world: World) -> None:
    world.delivery(
        a=LONG,
        manifest="territories: [DE]\nwaivers:\n  - {ruleset: acme/notes, rule: note-size, reason: agreed, "
        "approved_by: Acme QC, expires: 2100-01-01}\n",
    )
    assert "waiver-used" not in world.run("check", "delivery", *NOTES, "--select", "note-name", "-q").out
    ran = world.run("check", "delivery", *NOTES)
    assert "agreed, approved by Acme QC" in ran.out
    assert ran.code == 0


def test_a_rule_that_does_not_exist_cannot_be_selected(world: World) -> None:
    world.delivery(a="short")
    ran = world.run("check", "delivery", *NOTES, "--select", "note-sise")
    assert ran.code == 2
    assert "did you mean 'note-size'?" in ran.err


def test_findings_of_a_baseline_do_not_count_and_are_not_told(world: World) -> None:
    world.delivery(a=LONG)
    world.run("check", "delivery", *NOTES, "--format", "json", "-o", "before.json")
    ran = world.run("check", "delivery", *NOTES, "--baseline", "before.json")
    assert ran.code == 0
    assert "Notes are short" not in ran.out
    assert "1 finding stands in the baseline" in " ".join(ran.out.split())


def test_a_new_finding_counts_beside_a_baseline(world: World) -> None:
    world.delivery(a=LONG)
    world.run("check", "delivery", *NOTES, "--format", "json", "-o", "before.json")
    world.delivery(a=LONG, b=LONG)
    ran = world.run("check", "delivery", *NOTES, "--baseline", "before.json", "-q")
    assert ran.code == 1
    assert "notes/b.txt" in ran.out
    assert "notes/a.txt" not in ran.out


def test_a_known_finding_stays_known_when_its_value_changes(world: World) -> None:
    world.delivery(a=LONG)
    world.run("check", "delivery", *NOTES, "--format", "json", "-o", "before.json")
    world.delivery(a=LONG + "y")
    assert world.run("check", "delivery", *NOTES, "--baseline", "before.json").code == 0


def test_json_with_a_baseline_keeps_every_result_and_judges_by_the_new_ones(world: World) -> None:
    world.delivery(a=LONG)
    world.run("check", "delivery", *NOTES, "--format", "json", "-o", "before.json")
    ran = world.run("check", "delivery", *NOTES, "--baseline", "before.json", "--format", "json")
    value = json.loads(ran.out)
    assert value["verdict"] == value["rulesets"][0]["verdict"] == "pass"
    assert [result["rule"] for result in value["results"] if result["status"] == "fail"] == ["note-size"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"results": 3}', '{"results": [1]}', "not json", "[" * 100_000])
def test_a_baseline_that_is_no_checklist_is_refused(world: World, text: str) -> None:
    world.delivery(a="short")
    Path("before.json").write_text(text)
    ran = world.run("check", "delivery", *NOTES, "--baseline", "before.json")
    assert ran.code == 2
    assert "before.json is no checklist" in ran.err


def test_as_of_decides_which_day_it_is(world: World) -> None:
    world.ruleset("acme/notes", RULESET.replace("expect: {file.size", "from: 2027-01-01\n    expect: {file.size"))
    world.delivery(a=LONG)
    assert world.run("check", "delivery", *NOTES, "--as-of", "2026-12-31").code == 0
    assert world.run("check", "delivery", *NOTES, "--as-of", "2027-01-01").code == 1


def test_a_report_in_a_file_is_whole_and_plain(world: World) -> None:
    world.delivery(a=LONG)
    ran = world.run("check", "delivery", *NOTES, "-o", "report.txt")
    assert ran.out == ""
    assert "✗ error" in Path("report.txt").read_text(encoding="utf-8")
    assert [path.name for path in Path().glob(".*")] == []


def test_a_report_that_cannot_be_written_leaves_the_old_one(world: World) -> None:
    world.delivery(a="short")
    Path("there").mkdir()
    for place in ("nowhere/report.txt", "there"):
        ran = world.run("check", "delivery", *NOTES, "-o", place)
        assert ran.code == 2
        assert place in ran.err


def test_facts_are_measured_in_a_worker_and_remembered(world: World) -> None:
    world.ruleset("acme/notes", RULESET + HASHED)
    world.delivery(a="short")
    first = world.run("check", "delivery", *NOTES, "-v")
    assert "The note is not the old one" in first.out
    assert first.code == 0
    assert world.run("check", "delivery", *NOTES, "--no-cache", "--jobs", "1").code == 0


def test_changed_files_are_mapped_to_their_deliveries(world: World) -> None:
    manifest = "rulesets: [rules/acme/notes]\nterritories: [DE]\n"
    world.delivery("one", manifest, a=LONG)
    world.delivery("two", manifest, a=LONG)
    Path("README.md").write_text("no delivery")
    ran = world.run("check", "--changed", "one/notes/a.txt", "one/delivery.yaml", "README.md", "-q")
    assert ran.out.count("notes/a.txt") == 1
    assert ran.code == 1


def test_a_deleted_file_still_belongs_to_its_delivery(world: World) -> None:
    world.delivery("one", "rulesets: [rules/acme/notes]\nterritories: [DE]\n")
    ran = world.run("check", "--changed", "one/notes/deep/gone.txt")
    assert "no file for the role 'note'" in ran.out


def test_changed_files_of_no_delivery_are_fine(world: World) -> None:
    Path("README.md").write_text("no delivery")
    ran = world.run("check", "--changed", "README.md")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
