"""The ruleset that newcomers copy from the README works at the first try."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "first-ruleset" / "ruleset.yaml"


def run(*arguments: str, cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deliverlint", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DELIVERLINT_CACHE_DIR": str(cache), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"},
        timeout=120,
    )


def test_the_readme_and_the_file_agree() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block == EXAMPLE.read_text(encoding="utf-8")


def test_it_has_five_rules() -> None:
    rules = EXAMPLE.read_text(encoding="utf-8").partition("\nrules:\n")[2]
    assert len(re.findall(r"^  \S+:$", rules, re.MULTILINE)) == 5


def test_it_has_no_mistakes(tmp_path: Path) -> None:
    done = run("ruleset", "lint", str(EXAMPLE.parent), cache=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_judges_the_sample_film(tmp_path: Path) -> None:
    done = run("check", "corpus/streamer/short-film", "-r", str(EXAMPLE.parent), "--format", "json", cache=tmp_path)
    assert done.returncode == 0, done.stderr
    found = {result["rule"]: result["status"] for result in json.loads(done.stdout)["results"]}
    rules = ("role.film", "film-codec", "film-frame-rate", "film-sound", "captions-there")
    assert {rule: found[rule] for rule in rules} == dict.fromkeys(rules, "pass")
    assert found["film-width"] == "fail"  # as the README says: the sample film is small
