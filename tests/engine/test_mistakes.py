"""What a newcomer mistypes in a ruleset: each mistake is one clear line with its place and what may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.ruleset.errors import RulesetError
from tests.engine import world

RULE = "rules:\n  peak:\n    for: track\n    expect: {audio.true_peak: at most -2 dBTP}\n"

# what is written, line in the file, what the explanation contains
MISTAKES = {
    "a mistyped key of a rule": (RULE + "    severty: error\n", 9, "did you mean 'severity'"),
    "a mistyped key at the top": ("rule:\n  a: {needs: captions}\n" + RULE, 5, "did you mean 'rules'"),
    "an unknown fact": (RULE.replace("true_peak", "true_peek"), 8, "did you mean 'audio.true_peak'"),
    "an unknown role": (RULE.replace("for: track", "for: trak"), 7, "did you mean 'track'"),
    "an unknown document": ("rules:\n  a: {needs: caption}\n", 6, "did you mean 'captions'"),
    "a key written twice": (RULE + "    for: picture\n", 9, "written twice"),
    "an empty value": (RULE + "    fix:\n", 9, "no value"),
    "an alias": ("rules:\n  a: &x {needs: captions}\n  b: *x\n", 6, "anchor"),
    "a tag": ("rules:\n  a: !!python/name:os.system {needs: captions}\n", 6, "tag"),
    "a sentence cut off by a hash": (RULE + "    fix: See note #3 of the guide\n", 9, "lost as a comment"),
    "a colon in a sentence": (RULE + "    fix: Mend this: now\n", 9, "quotes"),
    "a tab": (RULE + "\tfix: x\n", 9, "spaces"),
    "an unknown severity": (RULE + "    severity: fatal\n", 9, "error, warning or advice"),
    "a citation that does not resolve": (RULE + "    cite: spek §1\n", 9, "did you mean 'spec'"),
    "a date that is none": (RULE + "    from: next year\n", 9, "no date"),
    "a rule that asks nothing": ("rules:\n  a: {for: track, title: Nothing}\n", 6, "asks nothing"),
    "where without for": ("rules:\n  a: {where: {track.is_cover: yes}, needs: captions}\n", 6, "needs `for:`"),
    "a fact of an asset asked of the delivery": ("rules:\n  a: {expect: {audio.true_peak: present}}\n", 6, "say `for:`"),
    "when asked of an asset": ("rules:\n  a: {when: {track.is_cover: yes}, needs: captions}\n", 6, "use `where`"),
    "an unknown medium": ("roles:\n  x: {media: vidio, match: ['*']}\nrules:\n  a: {needs: x}\n", 6, "did you mean 'video'"),
    "each on what is no list": ("rules:\n  a: {for: provenance, each: modls, expect: {kind: lora}}\n", 6, "provenance.models"),
    "an unknown check": ("rules:\n  a: {for: track, check: even-chanels}\n", 6, "did you mean 'even-channels'"),
    "a single branch": ("rules:\n  a: {for: track, any_of: [{audio.channels: 1}]}\n", 6, "two or more"),
    "an unknown parent": ("extends: [acme/bse]\n" + RULE, 5, "acme/bse"),
    "a parent by path": ("extends: [../../etc]\n" + RULE, 5, "takes ids"),
    "a change of no rule": (RULE + "change: {paek: {severity: advice}}\n", 9, "did you mean 'peak'"),
    "a drop of no rule": (RULE + "drop: {paek: no reason}\n", 9, "did you mean 'peak'"),
    "a schema that fetches": (
        "rules:\n  a: {for: provenance, schema: {$ref: 'https://example.com/x.json'}}\n", 6, "not inside the schema"
    ),
    "a pattern that is no regular expression": (
        RULE.replace("audio.true_peak: at most -2 dBTP", "audio.isrc: 'matches (('"), 8, "regular expression"
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_clear_line_with_its_place(tmp_path: Path, mistake: str) -> None:
    text, line, hint = MISTAKES[mistake]
    with pytest.raises(RulesetError) as caught:
        world.load(tmp_path, text)
    assert len(caught.value.problems) == 1, [str(problem) for problem in caught.value.problems]
    problem = caught.value.problems[0]
    assert hint in problem.message
    assert problem.line == line
    assert problem.file.endswith("ruleset.yaml")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RulesetError) as caught:
        world.load(tmp_path, RULE + "    severity: fatal\n    cite: spek §1\n    from: soon\n")
    assert [problem.line for problem in caught.value.problems] == [9, 10, 11]


def test_the_words_no_and_ten_point_ten_stay_what_they_are(tmp_path: Path) -> None:
    ruleset = world.load(
        tmp_path, "rules:\n  a: {for: track, expect: {audio.isrc: [NO, 3.10, '10:00:00']}, title: NO}\n"
    )
    assert ruleset.rules["a"].title == "NO"
    assert ruleset.rules["a"].expect[0].phrase.text == "NO, 3.10 or 10:00:00"


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100,
        "a: " + "[" * 100 + "]" * 100,
        "? [a]\n: b\n",
        "- a\n- b\n",
        "\x00",
        "a: \x1b[31m\n",
        "%YAML 9.9\n---\na: b\n",
        "a: b\n...\nc",
        "{" * 30,
        "x" * 30_000,
        "a: " + "y" * 30_000,
    ],
)
def test_what_is_no_ruleset_is_refused_with_a_reason(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ruleset.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        world.load_ruleset(str(path), world.catalogue())
    assert all(problem.message for problem in caught.value.problems)


def test_a_ruleset_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ruleset.yaml"
    path.write_bytes(b"ruleset: acme/feature\ntitle: caf\xe9\n")
    with pytest.raises(RulesetError) as caught:
        world.load_ruleset(str(path), world.catalogue())
    assert caught.value.problems[0].line == 2
