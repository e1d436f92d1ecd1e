"""Case files: what a newcomer mistypes in them is told with its place, and never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.cases import run_cases
from tests.engine import world

GOOD = "assets:\n  - {path: a.wav, roles: [track], facts: {audio.true_peak: -3}}\n"
CASES = "peak: {fail: {a.wav: {audio.true_peak: 0}}}\n"


def found(folder: Path, good: str = GOOD, cases: str = CASES) -> list[str]:
    ruleset = world.load(folder, "rules: {peak: {for: track, expect: {audio.true_peak: at most -2 dBTP}}}\n")
    (folder / "cases").mkdir()
    (folder / "cases" / "good.yaml").write_text(good, encoding="utf-8")
    (folder / "cases" / "rules.yaml").write_text(cases, encoding="utf-8")
    return [str(problem) for problem in run_cases(folder / "cases", ruleset, world.catalogue())]


def test_a_rule_that_passes_and_fails_where_its_cases_say_has_no_problem(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("good", "place", "hint"),
    [
        (GOOD.replace("[track]", "[trak]"), "good.yaml:2", "did you mean 'track'"),
        (GOOD.replace("true_peak", "tru_peak"), "good.yaml:2", "did you mean 'audio.true_peak'"),
        (GOOD.replace("-3", "-3 px"), "good.yaml:2", "a number in dBTP"),
        (GOOD.replace("-3", "9" * 400), "good.yaml:2", "a number in dBTP"),
        (GOOD.replace("facts:", "fakts:"), "good.yaml:2", "did you mean 'facts'"),
        (GOOD.replace("{audio.true_peak: -3}", "[1]"), "good.yaml:2", "mapping"),
        (GOOD + "documents: [{kind: captins, path: x.srt}]\n", "good.yaml:3", "did you mean 'captions'"),
        (GOOD + "  - {path: a.wav, roles: [track]}\n", "good.yaml:3", "there twice"),
        (GOOD + "as_of: soon\n", "good.yaml:3", "day of judging"),
        (GOOD + "delivery: x\n", "good.yaml:3", "mapping"),
        (GOOD + "asets: []\n", "good.yaml:3", "did you mean 'assets'"),
        ("assets: {path: a.wav}\n", "good.yaml:1", "has to be a list"),
        ("- x\n", "good.yaml:1", "mapping"),
        (
            GOOD + "documents: [{kind: provenance, path: p, facts: {provenance.models: [{nam: x}]}}]\n",
            "good.yaml:3",
            "did you mean 'name'",
        ),
    ],
)
def test_a_mistake_in_the_good_delivery_is_told_with_its_place(
    tmp_path: Path, good: str, place: str, hint: str
) -> None:
    (problem,) = found(tmp_path, good)
    assert place in problem
    assert hint in problem


@pytest.mark.parametrize(
    ("cases", "hint"),
    [
        (CASES.replace("peak:", "paek:", 1), "did you mean 'peak'"),
        (CASES.replace("a.wav", "b.wav"), "did you mean 'a.wav'"),
        (CASES.replace("fail", "fial"), "{pass: changes, fail: changes}"),
        ("peak: {fail: {}}\n", "changes have to be a mapping"),
        ("peak: {fail: {a.wav: gone}}\n", "the word `missing`"),
        ("peak: {fail: {a.wav: {audio.true_peak: -5}}}\n", "does not fail in its failing case: pass"),
        ("peak: {pass: {a.wav: {audio.true_peak: 0}}, fail: {a.wav: {audio.true_peak: 0}}}\n", "does not pass"),
    ],
)
def test_a_mistake_in_a_case_is_told(tmp_path: Path, cases: str, hint: str) -> None:
    problems = found(tmp_path, cases=cases)
    assert any(hint in problem for problem in problems), problems
