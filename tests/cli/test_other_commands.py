"""`init`, `facts`, `explain`, `rulesets`, `plugins`, `ruleset lint` and `clean`."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest

from deliverlint.catalogue import Catalogue, load
from tests.cli.conftest import RULESET, TITLED, VOUCHED, World

NEEDED = """
  vouched-for:
    title: Every note has its attestation
    for: note
    needs: attestations
    severity: error
    cite: spec §6
    fix: Add the attestation.
    why: Nobody believes a note alone.
"""
NOTES = ("-r", "rules/acme/notes")


@pytest.fixture
def own_rulesets(world: World, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Let the rulesets of the test be the installed ones."""
    from dataclasses import replace

    here = replace(load.load_catalogue(), ruleset_folders=(world.root / "rules",))
    monkeypatch.setattr(load, "load_catalogue", lambda: here)
    return here


# init


def test_init_writes_a_manifest_that_check_understands(world: World) -> None:
    world.delivery(a="short")
    ran = world.run("init", "delivery", *NOTES)
    assert ran.code == 0
    manifest = Path("delivery/delivery.yaml").read_text()
    assert "rulesets: [rules/acme/notes]" in manifest
    assert "{path: notes/a.txt, roles: [note]}" in manifest
    checked = world.run("check", "delivery", "-v")
    assert "Notes are short" in checked.out
    assert "manifest-valid" not in checked.out


def test_init_says_what_it_wrote_what_to_do_next_and_how_to_undo_it(world: World) -> None:
    world.ruleset("acme/notes", RULESET + VOUCHED)
    world.delivery(a="short")
    out = world.run("init", "delivery", *NOTES).out
    for name in ("delivery.yaml", "docs/attestations.yaml"):
        assert str(Path("delivery") / name) in out
    assert "deliverlint check delivery" in out
    undo = next(line for line in out.splitlines() if line.startswith("To undo"))
    assert "attestations.yaml" in undo


def test_init_asks_in_comments_for_what_the_rules_need(world: World) -> None:
    world.ruleset("acme/notes", RULESET + TITLED)
    world.delivery(a="short")
    world.run("init", "delivery", *NOTES)
    manifest = Path("delivery/delivery.yaml").read_text()
    assert "# title: text" in manifest
    assert "# territories: " in manifest


def test_init_names_roles_that_nothing_plays_and_files_that_play_none(world: World) -> None:
    (world.delivery() / "stray.bin").write_bytes(b"x")
    world.run("init", "delivery", *NOTES)
    manifest = Path("delivery/delivery.yaml").read_text()
    assert "#   note: Write a note." in manifest
    assert "#   stray.bin" in manifest


def test_init_overwrites_nothing(world: World) -> None:
    world.delivery(a="short", manifest="title: Mine\n")
    ran = world.run("init", "delivery", *NOTES)
    assert ran.code == 2
    assert "--force" in ran.err
    assert Path("delivery/delivery.yaml").read_text() == "title: Mine\n"
    assert not Path("delivery/docs").exists()


def test_init_by_force_keeps_what_the_manifest_said(world: World) -> None:
    manifest = (
        "title: 'The: Egg # Farmers'\nterritories: [NO, DE]\n"
        "assets:\n  - {path: notes/a.txt, roles: [note, other], lang: en}\n"
    )
    world.delivery(a="short", manifest=manifest)
    assert world.run("init", "delivery", *NOTES, "--force").code == 0
    again = Path("delivery/delivery.yaml").read_text()
    assert "roles: [note, other], lang: en" in again
    value = json.loads(world.run("facts", "delivery", "--only", "delivery.*", "--format", "json").out)
    assert value["delivery"]["facts"]["delivery.title"]["value"] == "The: Egg # Farmers"
    assert value["delivery"]["facts"]["delivery.territories"]["value"] == ["NO", "DE"]


def test_a_document_that_is_there_is_named_and_gets_no_template(world: World) -> None:
    world.ruleset("acme/notes", RULESET + VOUCHED)
    folder = world.delivery(a="short")
    (folder / "attestations.yaml").write_text("lines: []\n")
    world.run("init", "delivery", *NOTES)
    assert "attestations: attestations.yaml" in (folder / "delivery.yaml").read_text()
    assert not (folder / "docs").exists()


def test_each_file_that_needs_a_document_gets_a_template_that_names_it(world: World) -> None:
    world.ruleset("acme/notes", RULESET + NEEDED)
    world.delivery(a="short", b2="short")
    out = world.run("init", "delivery", *NOTES).out
    assert "docs/attestations-a.yaml" in out
    assert "docs/attestations-b2.yaml" in out
    manifest = Path("delivery/delivery.yaml").read_text()
    assert "- {path: docs/attestations-a.yaml, for: notes/a.txt}" in manifest
    assert "the document is missing" not in world.run("check", "delivery", "-q").out


def test_init_without_a_ruleset_writes_an_outline(world: World) -> None:
    world.delivery(a="short")
    ran = world.run("init", "delivery")
    assert ran.code == 0
    assert "deliverlint rulesets" in ran.out
    assert "notes/a.txt" in Path("delivery/delivery.yaml").read_text()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_init_writes_nothing_through_a_link(world: World) -> None:
    world.ruleset("acme/notes", RULESET + VOUCHED)
    outside = world.root / "outside"
    outside.mkdir()
    (world.delivery("one", a="short") / "docs").symlink_to(outside)
    assert world.run("init", "one", *NOTES).code == 2
    (world.delivery("two", a="short") / "delivery.yaml").symlink_to(outside / "new.yaml")
    assert world.run("init", "two", *NOTES, "--force").code == 2
    assert list(outside.iterdir()) == []


def test_any_file_name_survives_the_way_through_the_manifest(world: World) -> None:
    chance = random.Random(7)
    letters = "ab'\"#:,{}[]&*!|>%@`- éü映🥚~?\\.$=\u202e"
    folder = world.delivery()
    names = {"".join(chance.choices(letters, k=chance.randint(1, 12))).strip(" .") + ".txt" for _ in range(150)}
    names |= {"null.txt", "yes.txt", "- a.txt", "a #1.txt", "a: b.txt", "'.txt", "~.txt"}
    made = 0
    for name in names:
        try:
            (folder / "notes" / name).write_text("short")
            made += 1
        except OSError:  # not on this file system
            continue
    before = json.loads(world.run("check", "delivery", *NOTES, "--format", "json").out)
    world.run("init", "delivery", *NOTES)
    after = json.loads(world.run("check", "delivery", *NOTES, "--format", "json").out)

    def judged(checklist: dict[str, list[dict[str, str]]]) -> set[str]:
        return {result["asset"] for result in checklist["results"] if result["rule"] == "note-size"}

    assert made > 100
    assert len(judged(before)) == made
    assert judged(after) == judged(before)
    assert "manifest-valid" not in {result["rule"] for result in after["results"]}


# facts


def test_facts_as_json_have_the_shape_of_the_contract(world: World) -> None:
    world.delivery(a="short", manifest="title: The Egg Farmers\nassets:\n  - {path: notes/a.txt, roles: [note]}\n")
    value = json.loads(world.run("facts", "delivery", "--format", "json").out)
    assert list(value) == ["assets", "documents", "delivery"]
    asset = value["assets"][0]
    assert list(asset) == ["path", "role", "media", "facts", "unmeasured"]
    assert (asset["path"], asset["role"]) == ("notes/a.txt", "note")
    assert asset["facts"]["file.size"] == {"value": 5, "unit": "B", "basis": "measured"}
    assert value["delivery"]["facts"]["delivery.title"] == {"value": "The Egg Farmers", "unit": "", "basis": "declared"}


def test_only_the_facts_that_are_asked_for_are_measured(world: World) -> None:
    import hashlib

    world.delivery(a="short")
    value = json.loads(
        world.run("facts", "delivery", "--only", "file.sha256", "delivery.title", "--format", "json").out
    )
    assert value["assets"][0]["facts"] == {
        "file.sha256": {"value": hashlib.sha256(b"short").hexdigest(), "unit": "", "basis": "measured"}
    }
    assert value["delivery"]["unmeasured"] == {"delivery.title": "delivery.yaml does not say `title`"}


def test_facts_can_be_named_by_pattern_and_shown_as_text(world: World) -> None:
    world.delivery(a="\x00\x01")
    out = world.run("facts", "delivery/notes/a.txt", "--only", "file.*").out
    assert any(line.split() == ["file.size", "2", "B"] for line in out.splitlines())
    assert any(line.split()[:2] == ["absent", "file.media,"] for line in out.splitlines())


def test_a_single_file_and_a_document_have_facts(world: World) -> None:
    folder = world.delivery(a="short")
    (folder / "attestations.yaml").write_text("lines: []\n")
    value = json.loads(world.run("facts", "delivery", "--format", "json").out)
    assert [(paper["path"], paper["kind"]) for paper in value["documents"]] == [("attestations.yaml", "attestations")]
    assert "attestations.yaml" not in {asset["path"] for asset in value["assets"]}


# explain


def test_a_rule_is_explained_with_expectation_reason_clause_and_place(world: World) -> None:
    out = world.run("explain", "rules/acme/notes:note-size").out
    for part in ("Notes are short", "at most 100 B", "file.size", "Long ones stay unread.", "Cut it down.", "§3.1"):
        assert part in out
    line = 1 + RULESET.splitlines().index("  note-size:")
    assert f"ruleset.yaml:{line}" in out or f"ruleset.yaml:{line + 1}" in out


def test_a_rule_is_found_by_its_id_alone(world: World, own_rulesets: Catalogue) -> None:
    out = world.run("explain", "note-size").out
    assert "acme/notes:note-size" in out
    assert "acme/strict:note-size" in out


def test_a_fact_is_explained_with_type_unit_and_meaning(world: World) -> None:
    out = world.run("explain", "file.size").out
    assert "Size of the file in bytes." in out
    assert any(line.split() == ["unit", "B"] for line in out.splitlines())


def test_a_kind_of_document_is_explained_with_forms_and_fields(world: World) -> None:
    out = world.run("explain", "attestations").out
    assert "YAML, JSON or CSV" in out
    assert "lines" in out
    assert "deliverlint init" in out


# rulesets, plugins, lint, clean


def test_rulesets_are_listed_with_version_and_number_of_rules(world: World, own_rulesets: Catalogue) -> None:
    world.ruleset("acme/broken", RULESET.replace("file.size", "file.sise"))
    out = world.run("rulesets").out
    good = next(line for line in out.splitlines() if line.startswith("acme/notes"))
    assert good.split() == ["acme/notes", "2026.11.0", "3", "rules", "Acme's", "notes"]
    assert "broken" in next(line for line in out.splitlines() if line.startswith("acme/broken"))


def test_plugins_are_listed_with_what_they_bring_and_what_is_wrong(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from deliverlint.catalogue import PluginInfo

    here = load.load_catalogue()
    sick = PluginInfo("sick", "sick.plugin", "3.1", "ImportError: no module named 'gone'")
    monkeypatch.setattr(load, "load_catalogue", lambda: replace(here, plugins=(*here.plugins, sick)))
    out = world.run("plugins").out
    engine = next(line for line in out.splitlines() if line.startswith("engine"))
    assert "facts" in engine
    assert "report formats" in engine
    assert "cannot be used: ImportError: no module named 'gone'" in out


def test_lint_of_a_good_ruleset_ends_with_0(world: World) -> None:
    ran = world.run("ruleset", "lint", "rules/acme/notes")
    assert ran.code == 0
    assert ran.out == "rules/acme/notes: fine (acme/notes 2026.11.0, 3 rules, 1 role)\n"


def test_lint_tells_every_mistake_with_its_line_and_ends_with_1(world: World) -> None:
    broken = RULESET.replace("file.size:", "file.sise:").replace("cite: spec §3.2", "cite: spek §3.2")
    world.ruleset("acme/notes", broken)
    ran = world.run("ruleset", "lint", "rules/acme/notes", "rules/acme/strict")
    assert ran.code == 1
    for slip, meant in (("file.sise:", "file.size"), ("spek", "spec")):
        line = 1 + next(number for number, text in enumerate(broken.splitlines()) if slip in text)
        assert any(f"ruleset.yaml:{line}: " in told and meant in told for told in ran.out.splitlines())
    assert "rules/acme/strict: fine" in ran.out


def test_clean_empties_the_cache_and_says_how_much_that_freed(world: World) -> None:
    from tests.cli.conftest import HASHED

    world.ruleset("acme/notes", RULESET + HASHED)
    world.delivery(a="short")
    time.sleep(2.1)  # of a younger file nothing is remembered
    world.run("check", "delivery", *NOTES)
    Path("cache/other.txt").write_text("not ours")
    ran = world.run("clean")
    assert ran.code == 0
    assert "freed" in ran.out
    assert "; 0 B freed" not in ran.out
    assert Path("cache/other.txt").exists()
    assert "; 0 B freed" in world.run("clean").out
