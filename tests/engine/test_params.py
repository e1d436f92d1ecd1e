"""Parameters: values, lists and tables that facts pick from, in each other and never in a circle."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.load import load_ruleset
from tests.engine import world

TRACK = "assets: [{path: a.wav, roles: [track], facts: {%s}}]\n"


def status(folder: Path, params: str, expect: str, facts: str) -> str:
    rules = f"params: {params}\nrules: {{r: {{for: track, expect: {{{expect}}}}}}}\n"
    (result,) = world.judge(folder, rules, TRACK % facts)
    return result.status


def mistake(folder: Path, params: str, phrase: str, fact: str = "audio.isrc") -> str:
    with pytest.raises(RulesetError) as caught:
        world.load(folder, f"params: {params}\nrules: {{r: {{for: track, expect: {{{fact}: {phrase}}}}}}}\n")
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].line
    return caught.value.problems[0].message


@pytest.mark.parametrize(
    ("params", "expect", "good", "bad"),
    [
        ("{l: 3}", "audio.channels: at most $l", "3", "4"),  # a name of one letter
        ("{low: 2, high: 4}", "audio.channels: $low to $high", "4", "5"),
        ("{limit: at most $n, n: 3}", "audio.channels: $limit", "3", "4"),  # one in the other
        ("{n: 3, n.m: 9}", "audio.channels: $n.m", "9", "3"),  # one name begins like the other
        ("{codes: [DE, FR]}", "audio.isrc: $codes", "FR", "US"),  # a list
        ("{codes: [$one, FR], one: DE}", "audio.isrc: [$codes, IT]", "DE", "US"),  # a list in a list
        ("{p: '[A-Z]{2}$'}", "audio.isrc: matches $p", "DE", "DEU"),  # a whole regular expression
        ("{p: x}", "audio.isrc: 'matches DE$|FR$'", "FR", "IT"),  # `$` is the expression's own
        ("{n: 2}", "audio.languages: count $n", "[de, en]", "[de]"),
        ("{tol: 2 LU}", "audio.loudness.integrated: -27 LUFS ± $tol", "-29", "-29.1"),
    ],
)
def test_a_parameter_stands_for_its_value(tmp_path: Path, params: str, expect: str, good: str, bad: str) -> None:
    fact = expect.partition(":")[0]
    assert status(tmp_path, params, expect, f"{fact}: {good}") == "pass"
    assert status(tmp_path, params, expect, f"{fact}: {bad}") == "fail"


@pytest.mark.parametrize(
    ("table", "facts", "expected"),
    [
        ("{max: {pick: [vinyl.size, vinyl.speed], 12 in @ 33: 22 min}}", "vinyl.size: 12, vinyl.speed: '33'", "pass"),
        ("{max: {pick: [vinyl.size, vinyl.speed], 12 @ 33: 22 min}}", "vinyl.size: 12, vinyl.speed: '33'", "pass"),
        ("{max: {pick: vinyl.size, at most 10 in: 5 min, above 10 in: 22 min}}", "vinyl.size: 7", "fail"),
        ("{max: {pick: vinyl.size, at most 10 in: 5 min, above 10 in: 22 min}}", "vinyl.size: 12", "pass"),
        ("{max: {pick: vinyl.size, 7 to 10 in: 5 min, present: 22 min}}", "vinyl.size: 12", "pass"),  # all others
        ("{max: {pick: vinyl.size, 7 in: 5 min}}", "vinyl.size: 12", "unmeasured"),  # no line fits
        ("{max: {pick: vinyl.size, 7 in: 5 min}}", "vinyl.size: unmeasured", "unmeasured"),
        ("{max: {pick: vinyl.size, 12 in: $long}, long: 22 min}", "vinyl.size: 12", "pass"),
        (
            "{max: {pick: vinyl.size, 12 in: $speeds}, speeds: {pick: vinyl.speed, '33': 22 min, '45': 5 min}}",
            "vinyl.size: 12, vinyl.speed: '45'",
            "fail",
        ),
    ],
)
def test_facts_pick_a_line_of_a_table(tmp_path: Path, table: str, facts: str, expected: str) -> None:
    assert status(tmp_path, table, "audio.duration: at most $max", f"audio.duration: 600, {facts}") == expected


def test_a_line_of_a_table_may_be_a_list(tmp_path: Path) -> None:
    table = "{codes: {pick: vinyl.speed, '33': [DE, FR], '45': [US]}}"
    assert status(tmp_path, table, "audio.isrc: $codes", "audio.isrc: FR, vinyl.speed: '33'") == "pass"
    assert status(tmp_path, table, "audio.isrc: $codes", "audio.isrc: FR, vinyl.speed: '45'") == "fail"


@pytest.mark.parametrize(
    ("params", "phrase", "hint"),
    [
        ("{a: $a}", "$a", "without end"),
        ("{a: $b, b: $a}", "$a", "without end"),
        ("{a: [$a]}", "$a", "refers to itself"),
        ("{a: {pick: vinyl.speed, '33': $a}}", "$a", "refers to itself"),
        ("{a: [x, y]}", "contains $a", "it can only stand alone"),
        ("{a: {b: c}}", "$a", "without `pick:`"),
        ("{a: {pick: vinyl.sped, '33': x}}", "$a", "did you mean 'vinyl.speed'"),
        ("{a: {pick: vinyl.speed, '34': x}}", "$a", "is no value of vinyl.speed"),
        ("{a: {pick: [vinyl.speed, track.side], '33': x}}", "$a", "parted by '@'"),
        ("{a: {pick: vinyl.speed}}", "$a", "nothing to pick from"),
        ("{a: {pick: vinyl.speed, '33': {x: y}}}", "$a", "single value"),
        ("{a: x}", "$A", "did you mean 'a'"),
        ("{peak: x}", "$pek", "did you mean 'peak'"),
    ],
)
def test_what_is_wrong_with_a_parameter_is_told_once(tmp_path: Path, params: str, phrase: str, hint: str) -> None:
    assert hint in mistake(tmp_path, params, phrase)


def test_a_mistake_in_a_table_is_told_where_the_table_stands(tmp_path: Path) -> None:
    text = "params:\n  a:\n    pick: vinyl.speed\n    '34': x\nrules:\n  r: {for: track, expect: {audio.isrc: $a}}\n"
    with pytest.raises(RulesetError) as caught:
        world.load(tmp_path, text)
    assert [problem.line for problem in caught.value.problems] == [8]


def test_a_childs_parameter_that_does_not_fit_is_told_with_its_place(tmp_path: Path) -> None:
    for name, text in {
        "base": "params: {limit: 3 s}\nroles: {t: {}}\nrules: {r: {for: t, expect: {audio.duration: at most $limit}}}\n",
        "child": "extends: [acme/base]\nparams: {limit: 3 px}\n",
    }.items():
        (tmp_path / "acme" / name).mkdir(parents=True)
        text = text.replace("{t: {}}", "{t: {media: audio}}")
        head = f"ruleset: acme/{name}\nversion: 2026.1.0\ntitle: A\n"
        (tmp_path / "acme" / name / "ruleset.yaml").write_text(head + text, encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load_ruleset("acme/child", world.catalogue(tmp_path))
    (problem,) = caught.value.problems
    assert problem.file == "acme/base/ruleset.yaml"
    assert "$limit is '3 px' (acme/child/ruleset.yaml:5)" in problem.message
