"""The documentation says what is so: examples load, names are all there, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deliverlint import hookspecs
from deliverlint.catalogue import Catalogue, load_catalogue
from deliverlint.judge.model import STATUSES
from deliverlint.ruleset.find import available
from deliverlint.ruleset.load import load_ruleset
from deliverlint.ruleset.raw import ROLE_KEYS, RULE_KEYS, TOP_KEYS
from deliverlint.units import UNITS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def yaml_blocks(text: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def phrase_examples() -> list[str]:
    table = RULES.partition("## Phrases")[2].partition("### Parameters")[0]
    return [cell.replace(r"\|", "|") for cell in re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)]


def head() -> str:
    """The example of a whole ruleset up to its rules; the other examples are read as if they stood in it."""
    return yaml_blocks(RULES)[0].partition("rules:\n")[0]


def test_the_example_of_a_whole_ruleset_loads(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "ruleset.yaml").write_text(yaml_blocks(RULES)[0], encoding="utf-8")
    assert "picture-frame-rate" in load_ruleset(str(tmp_path / "ruleset.yaml"), catalogue).rules


def test_the_examples_of_rules_load(tmp_path: Path, catalogue: Catalogue) -> None:
    examples = [block for block in yaml_blocks(RULES)[1:] if block.startswith("rules:")]
    assert examples
    for block in examples:
        (tmp_path / "ruleset.yaml").write_text(head() + block, encoding="utf-8")
        assert load_ruleset(str(tmp_path / "ruleset.yaml"), catalogue).rules


def test_the_example_of_a_table_of_parameters_loads(tmp_path: Path, catalogue: Catalogue) -> None:
    (table,) = [block for block in yaml_blocks(RULES) if block.startswith("params:")]
    start, _, rest = head().partition("params:")
    rule = "rules:\n  side:\n    for: mix.stereo\n    per: track.side\n    expect: {audio.duration: sum at most $longest_side}\n"
    text = start + table + rest.partition("\n")[2].partition("\n")[2] + rule
    (tmp_path / "ruleset.yaml").write_text(text, encoding="utf-8")
    assert load_ruleset(str(tmp_path / "ruleset.yaml"), catalogue).rules["side"]


def test_the_example_of_inheritance_loads(tmp_path: Path, catalogue: Catalogue) -> None:
    (block,) = [block for block in yaml_blocks(RULES) if block.startswith("extends:")]
    (tmp_path / "ruleset.yaml").write_text(head().partition("params:")[0] + block, encoding="utf-8")
    ruleset = load_ruleset(str(tmp_path / "ruleset.yaml"), catalogue)
    assert ruleset.rules["picture-size"].severity == "warning"
    assert "captions-reading-speed" not in ruleset.rules


# Whom the facts of the examples are asked of, by the first word of their names.
SUBJECTS = {
    "ebook": "book",
    "captions": "captions",
    "shots": "shot-list",
    "e-and-o-certificate": "e-and-o-certificate",
}


@pytest.mark.parametrize("example", phrase_examples())
def test_an_example_of_a_phrase_is_one(example: str, tmp_path: Path, catalogue: Catalogue) -> None:
    subject = SUBJECTS.get(example.partition(".")[0], "picture")
    rule = f"rules:\n  example:\n    for: {subject}\n    expect:\n      {example}\n"
    (tmp_path / "ruleset.yaml").write_text(head() + rule, encoding="utf-8")
    assert "example" in load_ruleset(str(tmp_path / "ruleset.yaml"), catalogue).rules


def test_there_are_examples_of_phrases() -> None:
    assert phrase_examples()


@pytest.mark.parametrize("key", [*TOP_KEYS, *ROLE_KEYS, *RULE_KEYS])
def test_every_key_of_a_ruleset_is_described(key: str) -> None:
    assert re.search(rf"^\| (`\w+` )*`{key}`", RULES, re.MULTILINE), f"docs/rules.md does not describe `{key}`"


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_described(status: str) -> None:
    assert f"| `{status}` |" in RULES


def test_the_units_that_are_named_exist() -> None:
    section = RULES.partition("### Units")[2].partition("A number for")[0]
    named = [unit for group in re.findall(r"`([^`]+)`", section) for unit in group.split()]
    assert named
    assert [unit for unit in named if unit not in UNITS] == []


def test_every_hook_is_described() -> None:
    text = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    hooks = [name for name in vars(hookspecs) if hasattr(getattr(hookspecs, name), "deliverlint_spec")]
    assert hooks
    assert [hook for hook in hooks if f"`{hook}()`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_shipped_ruleset_is_named_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in available([ROOT / "rulesets"]) if f"`{name}`" not in text] == []
