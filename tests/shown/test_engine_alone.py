"""The engine knows no medium: without the plugins and the rulesets, its own tests pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINES_OWN = ("engine", "delivery", "facts", "report", "cli")

pytestmark = [pytest.mark.install, pytest.mark.skipif(os.name == "nt", reason="links need rights there")]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project less plugins and rulesets, with an environment in which none can be imported."""
    folder = tmp_path_factory.mktemp("alone")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "deliverlint", folder / "deliverlint", ignore=ignored)
    for name in ENGINES_OWN:
        shutil.copytree(ROOT / "tests" / name, folder / "tests" / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True, timeout=120)
    (here,) = folder.glob("venv/lib/python*/site-packages")
    # Every library that is installed, but no path that leads back to the plugins. What is noted of the installed
    # distribution stays: its entry points then lead nowhere, as they do where a plugin's folder was deleted.
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        is_ours = entry.name.startswith("deliverlint") and not entry.name.endswith(".dist-info")
        if not is_ours and entry.suffix not in (".pth", ".egg-link") and not entry.name.startswith("__"):
            (here / entry.name).symlink_to(entry)
    return folder


def run(alone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
    return subprocess.run(
        [str(alone / "venv" / "bin" / "python"), "-m", *words],
        cwd=alone,
        env={**environ, "DELIVERLINT_CACHE_DIR": str(alone / "cache")},
        capture_output=True,
        encoding="utf-8",
        timeout=550,
        check=False,
    )


def test_no_plugin_can_be_found(alone: Path) -> None:
    told = run(alone, "deliverlint", "plugins")
    assert told.returncode == 0, told.stderr
    assert "No module named 'deliverlint_video'" in told.stdout
    assert run(alone, "deliverlint", "explain", "video.codec").returncode == 2


def test_the_engines_own_tests_pass(alone: Path) -> None:
    ran = run(
        alone, "pytest", "-m", "not install", "-p", "no:cacheprovider", *(f"tests/{name}" for name in ENGINES_OWN)
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
