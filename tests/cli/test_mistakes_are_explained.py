"""Whatever somebody types wrong is answered with a line that helps, and exit code 2."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import RULESET, World

NOTES = ("-r", "rules/acme/notes")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chekc", "delivery"], "there is no command 'chekc'; did you mean 'check'?"),
        (["delivery"], "to check it: deliverlint check delivery"),
        (["--fromat", "json"], "has to stand after a command"),
        (["ruleset"], "deliverlint ruleset lint"),
        (["ruleset", "lnt"], "deliverlint ruleset lint"),
        (["check", "delivery", "--fromat", "json"], "did you mean '--format'?"),
        (["check", "delivery", "--format", "jsn", *NOTES], "there is no report format 'jsn'; did you mean"),
        (["check", "delivery", "--as-of", "yesterday"], "write it as 2026-11-30"),
        (["check", "delivery", "--as-of", "2026-02-30"], "'2026-02-30' is no day"),
        (["check", "delivery", "--jobs", "0"], "no number from 1"),
        (["check", "delivery", "--fail-on", "fatal"], "--fail-on"),
        (["check", "delivery", "-q", "-v"], "not allowed with"),
        (["check", "delivery", "-r"], "expected one argument"),
        (["check", "delivry", *NOTES], "there is no file or folder 'delivry'; did you mean 'delivery'?"),
        (["check", "delivery", "-r", "acme/nothing"], "is no ruleset that is installed here"),
        (["check", "delivery", "-r", "rules/acme/notse"], "notse"),
        (["check", "delivery", "--baseline", "nowhere.json", *NOTES], "nowhere.json cannot be read"),
        (["facts"], "PATH"),
        (["facts", "delivery", "--only", "file.sise"], "did you mean 'file.size'?"),
        (["explain", "file.sise"], "did you mean 'file.size'?"),
        (["explain", "rules/acme/notes:note-sise"], "did you mean 'note-size'?"),
        (["explain", "file.size", "more"], "'more' is no argument of deliverlint explain"),
        (["init", "nowhere"], "there is no file or folder 'nowhere'"),
        (["ruleset", "lint"], "PATH"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(world: World, words: list[str], told: str) -> None:
    world.delivery(a="short")
    ran = world.run(*words)
    assert ran.code == 2
    assert told in ran.err
    assert ran.err.startswith("deliverlint: ")
    assert ran.out == ""


def test_nothing_typed_shows_the_commands(world: World) -> None:
    ran = world.run()
    assert ran.code == 2
    assert "check" in ran.out


def test_help_is_there_for_every_command(world: World) -> None:
    from deliverlint.cli.main import COMMANDS

    assert world.run("--help").code == 0
    for name in COMMANDS:
        ran = world.run(*name.split(), "--help")
        assert ran.code == 0
        assert ran.out.startswith(f"usage: deliverlint {name}")


def test_without_a_ruleset_nothing_is_judged_and_the_way_on_is_shown(world: World) -> None:
    world.delivery(a="short")
    ran = world.run("check", "delivery")
    assert ran.code == 2
    assert "say with -r what to check against" in ran.err
    assert "deliverlint rulesets" in ran.err


def test_a_manifest_that_cannot_be_read_is_told_where_it_might_have_named_a_ruleset(world: World) -> None:
    world.delivery(a="short", manifest="rulesets: [acme/notes\n")
    ran = world.run("check", "delivery")
    assert ran.code == 2
    assert "delivery.yaml" in ran.err
    assert "is not valid YAML" in ran.err


def test_buyers_that_fit_are_suggested(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from deliverlint.catalogue import load

    here = replace(load.load_catalogue(), ruleset_folders=(world.root / "rules",))
    monkeypatch.setattr(load, "load_catalogue", lambda: here)
    world.delivery(a="short")
    ran = world.run("check", "delivery")
    assert ran.code == 2
    assert "deliverlint check delivery -r acme/notes   # Acme's notes: 1 file plays a role" in ran.err


def test_every_mistake_of_a_ruleset_is_told_with_its_line(world: World) -> None:
    world.delivery(a="short")
    broken = RULESET.replace("file.size:", "file.sise:").replace("severity: warning", "severity: waring")
    world.ruleset("acme/notes", broken)
    ran = world.run("check", "delivery", *NOTES)
    assert ran.code == 2
    assert "2 mistakes" in ran.err
    for slip, hint in (("file.sise", "file.size"), ("waring", "warning")):
        line = 1 + next(number for number, text in enumerate(broken.splitlines()) if slip in text)
        assert any(f"ruleset.yaml:{line}: " in told and hint in told for told in ran.err.splitlines())


@pytest.mark.parametrize("style", [["--format", "json"], ["--format=json"], ["--format", "jsonl"]])
def test_a_program_that_reads_json_gets_the_mistake_as_json(world: World, style: list[str]) -> None:
    world.delivery(a="short")
    world.ruleset("acme/notes", RULESET.replace("file.size:", "file.sise:"))
    ran = world.run("check", "delivery", *NOTES, *style)
    assert ran.code == 2
    error = json.loads(ran.out)["error"]
    assert set(error) == {"message", "problems"}
    assert error["problems"][0]["line"] > 0
    assert "file.sise" in error["problems"][0]["message"]


def test_a_usage_mistake_is_json_too(world: World) -> None:
    ran = world.run("check", "nowhere", "--format", "json", *NOTES)
    assert json.loads(ran.out) == {"error": {"message": "there is no file or folder 'nowhere'", "problems": []}}


def test_a_mistake_of_the_program_itself_is_one_line_that_says_how_to_see_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("oops")

    world.delivery(a="short")
    monkeypatch.setattr("deliverlint.cli.check.check_delivery", broken)
    ran = world.run("check", "delivery", *NOTES)
    assert ran.code == 2
    assert "internal error: KeyError: 'oops'" in ran.err
    assert "DELIVERLINT_DEBUG=1" in ran.err
    monkeypatch.setenv("DELIVERLINT_DEBUG", "1")
    with pytest.raises(KeyError):
        world.run("check", "delivery", *NOTES)


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made there")
def test_hostile_words_cannot_change_the_terminal(world: World) -> None:
    for word in ("\x1b[31mred", "a\u202eb", "caf\udce9", "a\nb"):
        for words in (
            (word,),
            ("check", word),
            ("explain", word),
            ("check", ".", "-r", word),
            ("facts", ".", "--only", word),
        ):
            ran = world.run(*words)
            assert ran.code == 2
            assert "\x1b" not in ran.err
            assert "\u202e" not in ran.err


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_path_that_is_a_link_to_nothing_is_told(world: World) -> None:
    Path("link").symlink_to("nowhere")
    ran = world.run("check", "link", *NOTES)
    assert ran.code == 2
    assert "link cannot be opened" in ran.err
