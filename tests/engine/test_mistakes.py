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
    "a limit that begins with >": (RULE.replace("{audio.true_peak: at most -2 dBTP}", "\n      audio.channels: > 2"), 9, "stand in quotes"),
    "a text that begins with %": (RULE + "    fix: % is too low\n", 9, "begins with '%' has to stand in quotes"),
    "a pattern that begins with *": ("roles:\n  track: {media: audio, match: [*.wav]}\n" + RULE, 6, "stand in quotes"),
    "a minus apart from its number": (RULE + "    from: - 27\n", 9, "begins a list"),
    "a line indented too little": ("rules:\n  peak:\n    for: track\n   expect: {audio.true_peak: present}\n", 8, "not indented"),
    "a line indented too much": ("rules:\n  peak:\n    for: track\n      expect: {audio.true_peak: present}\n", 8, "deeper than the line above"),
    "no space behind a colon": ("rules:\n  peak:\n    for:track\n    expect: {audio.true_peak: present}\n", 8, "lacks the space behind its ':'"),
    "a quote that is never closed": (RULE + "    fix: 'turn it down\n", 9, "quote that opens here is never closed"),
    "a brace that is never closed": ("rules:\n  peak: {for: track, expect: {audio.true_peak: present}\n", 6, "never closed"),
    "an apostrophe in single quotes": (RULE + "    fix: 'don't do this'\n", 9, "whole of it in quotes"),
    "a list and keys mixed": ("rules:\n  peak:\n    - for: track\n    expect: x\n", 8, "a list and keys are mixed"),
    "rules as a list": ("rules:\n  - for: track\n    needs: captions\n", 6, "without the '-'"),
    "expectations as a list": ("rules:\n  a:\n    for: track\n    expect:\n      - audio.channels: 2\n", 9, "mapping of facts"),
    "expectations as a sentence": ("rules:\n  a:\n    for: track\n    expect: two channels\n", 8, "mapping of facts"),
    "expectations that ask nothing": ("rules:\n  a:\n    for: track\n    expect: {}\n", 8, "asks nothing"),
    "a branch that asks nothing": ("rules:\n  a: {for: track, any_of: [{audio.channels: 2}, {}]}\n", 6, "asks nothing"),
    "a condition that asks nothing": (RULE + "    where: {}\n", 9, "asks nothing"),
    "an empty text": (RULE + "    attest: ''\n", 9, "is empty"),
    "nobody who vouches": (RULE + "    attest: yes\n", 9, "says who"),
    "two roles at once": ("rules:\n  a: {for: [track, picture], needs: captions}\n", 6, "one rule for each"),
    "a key of another language of rules": (RULE + "    if: {audio.channels: 2}\n", 9, "`when`"),
    "a description": (RULE + "    description: Peaks are low\n", 9, "`title`"),
    "a name of a rule in capitals": ("rules:\n  True Peak: {needs: captions}\n", 6, "such as 'true-peak'"),
    "a parameter that is none": ("params: {limit: 3}\nrules:\n  a: {for: track, expect: {audio.channels: $limt}}\n", 7, "did you mean 'limit'"),
    "a parameter in capitals": ("params: {limit: 3}\nrules:\n  a: {for: track, expect: {audio.isrc: $Limit}}\n", 7, "did you mean 'limit'"),
    "a parameter without its dollar": ("params: {limit: 3}\nrules:\n  a: {for: track, expect: {audio.channels: at most limit}}\n", 7, "written $limit"),
    "a parameter of the wrong unit": ("params: {limit: 3 LU}\nrules:\n  a: {for: track, expect: {audio.true_peak: at most $limit}}\n", 7, "$limit is '3 LU'"),
    "a rule under an old name that is taken": (RULE + "    renamed_from: peak\n", 9, "name of a rule that is there"),
    "each and per together": ("rules:\n  a: {for: provenance, each: models, per: role, expect: {kind: lora}}\n", 6, "make two rules"),
    "groups by a list": ("rules:\n  a: {for: track, per: audio.languages, expect: {audio.isrc: unique}}\n", 6, "is a list"),
    "a fact of another document": ("rules:\n  a: {for: provenance, expect: {budget.qc: present}}\n", 6, "a field of the document budget"),
    "a comparison of what has no common unit": ("rules:\n  a: {for: provenance, expect: {provenance.models: present}, any_of: [{file.size: at most budget.qc}, {file.size: at most 1 B}]}\n", 6, "cannot be compared"),
    "a role written before the fact": ("rules:\n  a: {for: track, expect: {picture/video.width: present}}\n", 6, "`for: picture`"),
    "when compared with a role": ("rules:\n  a: {when: {delivery.title: same as track/audio.isrc}, needs: captions}\n", 6, "delivery.yaml says"),
    "a schema with a misspelt keyword": ("rules:\n  a: {for: provenance, schema: {requird: [x]}}\n", 6, "did you mean 'required'"),
    "a schema with a type that is none": ("rules:\n  a: {for: provenance, schema: {type: objct}}\n", 6, "did you mean 'object'"),
    "a schema that refers to nothing": ("rules:\n  a: {for: provenance, schema: {$ref: '#/$defs/x'}}\n", 6, "leads nowhere"),
    "a pattern with backslashes": ("roles: {track: {media: audio, match: ['a\\*.wav']}}\n" + RULE, 5, "write '/'"),
    "a pattern outside the delivery": ("roles: {track: {media: audio, match: [/a/*.wav]}}\n" + RULE, 5, "outside the delivery"),
    "a pattern upwards": ("roles: {track: {media: audio, match: [../*.wav]}}\n" + RULE, 5, "leads out"),
    "a pattern with alternatives": ("roles: {track: {media: audio, match: ['*.{wav,flac}']}}\n" + RULE, 5, "as a list"),
    "a part in capitals": ("roles: {track: {media: audio, match: ['*_{Lang}.wav']}}\n" + RULE, 5, "{lang}"),
    "a stream without a number": ("roles: {track: {media: audio, match: ['*.mp4#audio']}}\n" + RULE, 5, "#audio:1"),
    "a count in words": ("roles: {track: {media: audio, count: some}}\n" + RULE, 5, "say how many"),
    "a count that is always so": ("roles: {track: {media: audio, count: present}}\n" + RULE, 5, "asks for a number"),
    "a severity of a role that is optional": ("roles: {track: {media: audio, severity: advice}}\n" + RULE, 5, "no `count:`"),
    "a rule defined and dropped": (RULE + "drop: {peak: It is not for us}\n", 9, "both defined and dropped"),
    "a title that nobody sees the end of": (RULE + "    title: " + "very " * 100 + "loud\n", 9, "300 are the most"),
    "a character that turns the text around": (RULE + "    title: a\u202eb\n", 9, "U+202E"),
    "a control character behind an escape": (RULE + '    title: "\\e[31mgreen"\n', 9, "U+001B"),
}  # fmt: skip

HEADS = {
    "an id that is none": ("ruleset: Acme Feature\nversion: 2026.1.0\ntitle: A\n", 1, "kind/name"),
    "an empty id": ("ruleset: ''\nversion: 2026.1.0\ntitle: A\n", 1, "is empty"),
    "a padded version": ("ruleset: a/b\nversion: 2026.01.0\ntitle: A\n", 2, "without zeros"),
    "no title": ("ruleset: a/b\nversion: 2026.1.0\n", 1, "`title:` is missing"),
    "a source without its day": ("ruleset: a/b\nversion: 2026.1.0\ntitle: A\nbased_on: {s: {title: S, url: 'https://example.com'}}\n", 4, "`read:`"),
    "a source read on no day": ("ruleset: a/b\nversion: 2026.1.0\ntitle: A\nbased_on: {s: {title: S, url: 'https://example.com', read: May}}\n", 4, "no date"),
    "a source whose address runs code": ("ruleset: a/b\nversion: 2026.1.0\ntitle: A\nbased_on: {s: {title: S, url: 'javascript:x()', read: 2026-01-02}}\n", 4, "such as https://"),
    "a requirement without a sign": ("ruleset: a/b\nversion: 2026.1.0\ntitle: A\nrequires: {deliverlint: 1.0}\n", 4, '">=1.0"'),
    "a newer engine": ("ruleset: a/b\nversion: 2026.1.0\ntitle: A\nrequires: {deliverlint: '>=999'}\n", 4, "needs deliverlint >=999"),
    "a plugin that is not there": ("ruleset: a/b\nversion: 2026.1.0\ntitle: A\nrequires: {plugins: [vidoe]}\n", 4, "did you mean 'video'"),
    "a name of a parameter": ("ruleset: a/b\nversion: 2026.1.0\ntitle: A\nparams: {The Limit: 3}\n", 4, "no name of a parameter"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", HEADS)
def test_a_mistake_in_the_head_is_one_clear_line_with_its_place(tmp_path: Path, mistake: str) -> None:
    text, line, hint = HEADS[mistake]
    with pytest.raises(RulesetError) as caught:
        world.load(tmp_path, text + "rules: {a: {needs: captions}}\n")
    assert [problem.line for problem in caught.value.problems] == [line]
    assert hint in caught.value.problems[0].message


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
