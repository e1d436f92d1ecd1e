"""The hook, run by the real pre-commit from a local repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import REPOSITORY, RULESET

HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"
PACKAGED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "deliverlint", "plugins", "rulesets")


def test_the_hook_runs_a_command_that_exists() -> None:
    from deliverlint.cli.main import COMMANDS

    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    program, command, *_ = hook["entry"].split()
    assert (hook["id"], program) == ("deliverlint", "deliverlint")
    assert command in COMMANDS


class Repository:
    """A git repository with nobody's identity and nobody's settings."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(exist_ok=True)
        self.environ = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(path.parent / "pre-commit"),
            "DELIVERLINT_CACHE_DIR": str(path.parent / "cache"),
        }
        self.git("init", "-q")

    def git(self, *words: str) -> str:
        return self.run("git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words).stdout

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        ran = subprocess.run(words, cwd=self.path, env=self.environ, capture_output=True, text=True, check=False)
        assert not check or ran.returncode == 0, ran.stdout + ran.stderr
        return ran

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "all")
        return self.git("rev-parse", "HEAD").strip()


@pytest.mark.install
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_changed_files_are_checked_with_their_delivery(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    hooks = Repository(tmp_path / "deliverlint")
    for name in PACKAGED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, hooks.path / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, hooks.path / name)
    revision = hooks.commit()

    work = Repository(tmp_path / "work")
    (work.path / "rules" / "acme" / "notes").mkdir(parents=True)
    (work.path / "rules" / "acme" / "notes" / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    for name in ("good", "bad"):
        (work.path / name / "notes").mkdir(parents=True)
        manifest = "rulesets: [./rules/acme/notes]\nterritories: [DE]\n"
        (work.path / name / "delivery.yaml").write_text(manifest, encoding="utf-8")
        (work.path / name / "notes" / "a.txt").write_text("short" if name == "good" else "x" * 200)
    (work.path / "README.md").write_text("Not a delivery.\n")
    config = {"repos": [{"repo": str(hooks.path), "rev": revision, "hooks": [{"id": "deliverlint"}]}]}
    (work.path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    work.commit()

    def hook(*files: str) -> subprocess.CompletedProcess[str]:
        return work.run(sys.executable, "-m", "pre_commit", "run", "deliverlint", "--files", *files, check=False)

    fine = hook("good/notes/a.txt", "README.md")
    assert fine.returncode == 0, fine.stdout + fine.stderr
    assert "Passed" in fine.stdout
    broken = hook("bad/notes/a.txt", "bad/delivery.yaml", "good/notes/a.txt")
    assert broken.returncode == 1
    assert "file size is 200 B, expected at most 100 B" in broken.stdout
    assert "- exit code: 1" in broken.stdout
