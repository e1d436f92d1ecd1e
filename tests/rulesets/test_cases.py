"""Every shipped ruleset loads, cites its sources, and each of its rules has a case that it passes and one that it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.cases import own_rules, run_cases
from deliverlint.catalogue import Catalogue, load_catalogue
from deliverlint.ruleset.find import available
from deliverlint.ruleset.load import load_ruleset

RULESETS = available([Path(__file__).parents[2] / "rulesets"])


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize("name", RULESETS)
def test_a_shipped_ruleset_bears_the_name_of_its_folder(name: str, catalogue: Catalogue) -> None:
    assert load_ruleset(str(RULESETS[name]), catalogue).id == name


@pytest.mark.parametrize("name", RULESETS)
def test_every_rule_passes_and_fails_where_its_cases_say_and_fails_nothing_else(
    name: str, catalogue: Catalogue
) -> None:
    problems = run_cases(RULESETS[name].parent / "cases", load_ruleset(name, catalogue), catalogue)
    assert not problems, "\n".join(str(problem) for problem in problems)


@pytest.mark.parametrize("name", RULESETS)
def test_every_rule_says_why_the_buyer_cares_where_that_stands_and_what_to_do(name: str, catalogue: Catalogue) -> None:
    ruleset = load_ruleset(name, catalogue)
    for rule_name in own_rules(ruleset):
        rule = ruleset.rules[rule_name]
        where = f"{name}:{rule_name}"
        assert "title" in rule.origins, f"{where} has no title"
        assert rule.cite.title and rule.cite.url and rule.cite.read, f"{where} has no citation that resolves"
        assert rule.fix, f"{where} does not say what to do"
        assert rule.why, f"{where} does not say why the buyer cares"


@pytest.mark.parametrize("name", RULESETS)
def test_a_shipped_ruleset_never_calls_itself_certified(name: str) -> None:
    folder = RULESETS[name].parent
    for path in folder.rglob("*"):
        if path.is_file():
            assert "certified by" not in path.read_text(encoding="utf-8").lower()
    assert (folder / "CHANGELOG.md").is_file(), f"{name} has no CHANGELOG.md"
