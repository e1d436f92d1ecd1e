"""A newcomer copies the README's example: what typically goes wrong with it is explained with line and suggestion.

That the example itself loads and judges at the first try is shown in tests/docs/test_readme_example.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shown.conftest import ROOT, Desk

EXAMPLE = (ROOT / "docs/examples/first-ruleset/ruleset.yaml").read_text("utf-8")


@pytest.fixture
def lint(desk: Desk) -> Path:
    (desk.root / "my-rules").mkdir()
    return desk.root / "my-rules" / "ruleset.yaml"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("expect: {video.codec:", "expct: {video.codec:", "'expct' is no key of rule 'film-codec'; did you mean 'expect'?"),
        ("{video.codec:", "{video.codek:", "'video.codek' is no fact; did you mean 'video.codec'?"),
        ("[H.264,", "[H264,", "'H264' is no value of video.codec; did you mean 'H.264'?"),
        ("same as video.duration ", "same as video.durations ", "'video.durations' is no fact; did you mean 'video.duration'?"),
        ("needs: captions", "needs: caption", "neither a role of this ruleset nor a document kind; did you mean 'captions'?"),
        ("at least 1920 px", "at least 1920", "'1920' needs a unit: video.width is in px; write '1920 px'"),
        ('match: ["**/*.mp4", "**/*.mov"]', "match: **/*.mp4", "a text that begins with '*' or '&' has to stand in quotes"),
        ("title: Sound and", "title: Sound: and", "text that contains ': ' has to stand in quotes"),
        ("cite: call §3", "cite: cal §3", "'cal' is no source under `based_on:`; did you mean 'call'?"),
        ("severity: warning", "severity: waring", "it can be error, warning or advice; did you mean 'warning'?"),
        ("    title: The film is H", "\ttitle: The film is H", "lines are indented with spaces, and here is a tab"),
        ("  film-width:", "  film-codec:", "'film-codec' is written twice (first on line 10)"),
        ("fix: Trim the sound", "fix: Trim #the sound", "would be lost as a comment: put the text in quotes"),
    ],
)  # fmt: skip
def test_a_typical_mistake_is_explained_with_its_line_and_what_to_write(
    desk: Desk, lint: Path, right: str, wrong: str, told: str
) -> None:
    before, found, after = EXAMPLE.partition(right)
    assert found
    lint.write_text(before + wrong + after, "utf-8")
    ran = desk.run("ruleset", "lint", "my-rules")
    assert (ran.code, ran.err) == (1, "")
    mistake, summary = ran.out.splitlines()
    line = before.count("\n") + 1
    assert mistake.startswith(f"{Path('my-rules', 'ruleset.yaml')}:{line}: ")
    assert told in mistake
    assert summary == "my-rules: 1 mistake"


def test_several_mistakes_are_told_at_once_and_nothing_is_judged(desk: Desk, lint: Path) -> None:
    text = EXAMPLE.replace("{video.codec:", "{video.codek:").replace("cite: call §3", "cite: cal §3")
    lint.write_text(text, "utf-8")
    desk.film()
    ran = desk.check("film", "-r", "./my-rules")
    assert (ran.code, ran.out) == (2, "")
    assert "ruleset ./my-rules has 2 mistakes, so nothing was judged" in ran.said
    assert "did you mean 'video.codec'?" in ran.said
    assert "did you mean 'call'?" in ran.said
