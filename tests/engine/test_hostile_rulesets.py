"""Rulesets by strangers: an explanation with a line or a ruleset, never a traceback, and never more work than it is worth."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from deliverlint.cases import judge_scene
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.load import load_ruleset
from deliverlint.ruleset.raw import ROLE_KEYS, RULE_KEYS, TOP_KEYS
from deliverlint.strictyaml import Map, parse
from tests.engine import test_design_example as design
from tests.engine import world
from tests.engine.mutations import mutated


def unknown_keys(text: str) -> set[str]:
    """Every key of an accepted ruleset that the rule language does not have."""
    tree = parse(text, "accepted")
    assert isinstance(tree, Map)
    unknown = set(tree.items) - set(TOP_KEYS)
    for table, known in (("rules", RULE_KEYS), ("roles", ROLE_KEYS), ("change", (*RULE_KEYS, "count"))):
        entries = tree.items.get(table)
        for entry in entries.items.values() if isinstance(entries, Map) else ():
            unknown |= set(entry.items) - set(known) if isinstance(entry, Map) else {table}
    return unknown


@pytest.mark.parametrize("seed", range(4))
def test_a_mutated_ruleset_is_explained_or_judged(tmp_path: Path, seed: int) -> None:
    (tmp_path / "streamer" / "base").mkdir(parents=True)
    (tmp_path / "streamer" / "base" / "ruleset.yaml").write_text(design.BASE, encoding="utf-8")
    catalogue, delivery = world.catalogue(tmp_path), world.scene(tmp_path, design.GOOD)
    path = tmp_path / "ruleset.yaml"
    generator = random.Random(seed)
    accepted = 0
    for _ in range(600):
        text = mutated(design.EXAMPLE, generator)
        path.write_text(text, encoding="utf-8")
        try:
            ruleset = load_ruleset(str(path), catalogue)
        except RulesetError as error:
            assert all(problem.message and len(problem.message) < 600 for problem in error.problems)
            assert any(problem.line for problem in error.problems), text
        else:
            accepted += 1
            assert not unknown_keys(text)
            judge_scene(delivery, ruleset, catalogue)
    assert accepted  # else nothing that is accepted was looked at


RULE = "rules: {r: {for: track, expect: {audio.isrc: $p0}}}\n"
BOMBS = {
    "30,000 rules": ("rules:\n" + "".join(f"  r{n}: {{needs: captions}}\n" for n in range(30_000)), "5000 are the most"),
    "100,000 unknown keys": ("".join(f"k{n}: x\n" for n in range(100_000)) + RULE, "no key of a ruleset"),
    "100,000 values": ("rules:\n  r: {needs: captions, tags: [" + "a, " * 300_000 + "a]}\n", "holds more than"),
    "a title of ten megabytes": (f"rules: {{r: {{needs: captions, title: {'x' * 10_000_000}}}}}\n", "too large"),
    "a hundred thousand brackets": ("a: " + "[" * 100_000, "levels deep"),
    "a long chain of parameters": (
        "params:\n" + "".join(f"  p{n}: $p{n + 1}\n" for n in range(5_000)) + RULE, "without end",
    ),
    "parameters that double": (
        "params:\n" + "".join(f"  p{n}: $p{n + 1}$p{n + 1}\n" for n in range(15)) + "  p15: aa\n" + RULE, "longer than",
    ),
    "lists that multiply": (
        "params:\n" + "".join(f"  p{n}: [{', '.join([f'$p{n + 1}'] * 400)}]\n" for n in range(3)) + "  p3: a\n" + RULE,
        "more than 20000 phrases",
    ),
    "tables that multiply": (
        "params:\n"
        + "".join(f"  p{n}: {{pick: track.side, {', '.join(f'k{k}: $p{n + 1}' for k in range(200))}}}\n" for n in range(3))
        + "  p3: a\n" + RULE,
        "more than 20000 phrases",
    ),
    "a regular expression that repeats repeats": (
        "rules: {r: {for: track, expect: {audio.isrc: 'matches ((a{1,100}){1,100}){1,100}'}}}\n", "no regular expression"
    ),
    "a long regular expression": (
        f"rules: {{r: {{for: track, expect: {{audio.isrc: 'matches {'a' * 1000}'}}}}}}\n", "longer than 500",
    ),
    "a name that no file can have": (f"extends: [{'a' * 400}]\nrules: {{r: {{needs: captions}}}}\n", "no ruleset"),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_with_a_few_words(tmp_path: Path, bomb: str) -> None:
    text, hint = BOMBS[bomb]
    with pytest.raises(RulesetError) as caught:
        world.load(tmp_path, text)
    assert hint in str(caught.value)
    assert len(caught.value.problems) <= 101
    assert len(str(caught.value)) < 100_000


def test_many_chapters_are_bounded_together(tmp_path: Path) -> None:
    world.load(tmp_path, "rules: {r: {needs: captions}}\n")
    (tmp_path / "rules").mkdir()
    for number in range(3):
        filler = "# " + "x" * 1_500_000
        (tmp_path / "rules" / f"{number}.yaml").write_text(f"rules: {{r{number}: {{needs: captions}}}}\n{filler}\n")
    with pytest.raises(RulesetError, match="all its files together"):
        load_ruleset(str(tmp_path), world.catalogue())
