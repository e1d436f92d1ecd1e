"""The shipped rulesets with something changed in one of their files: an explanation with a line, or a ruleset."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from deliverlint.catalogue.load import load_catalogue
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.load import load_ruleset
from tests.engine.mutations import mutated

RULESETS = Path(__file__).parents[2] / "rulesets"


def test_a_mutated_shipped_ruleset_is_explained_or_loaded(tmp_path: Path) -> None:
    catalogue, generator = load_catalogue(), random.Random(11)
    copy = shutil.copytree(RULESETS, tmp_path / "rulesets")
    files = sorted([*copy.glob("*/*/ruleset.yaml"), *copy.glob("*/*/rules/*.yaml")])
    for _ in range(300):
        file = generator.choice(files)
        text = file.read_text(encoding="utf-8")
        file.write_text(mutated(text, generator), encoding="utf-8")
        folder = file.parent.parent if file.parent.name == "rules" else file.parent
        try:
            load_ruleset(str(folder), catalogue)
        except RulesetError as error:
            assert all(problem.message for problem in error.problems)
            assert any(problem.line for problem in error.problems)
        file.write_text(text, encoding="utf-8")
