"""The example of a plugin, as a stranger would install and use it: built, put into a folder, found, asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.install


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plugin installed into it; the project's own folder stays as it is."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "plugins" / "example", folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    # Without a network where the build back end is there already.
    offline = ["--no-build-isolation", "--no-index"] if find_spec("hatchling") else []
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", *offline]
    subprocess.run([*command, "--target", str(folder / "site"), str(folder / "source")], check=True, timeout=300)
    return folder / "site"


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = [str(site), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "NO_COLOR": "1"}
    environment["DELIVERLINT_CACHE_DIR"] = str(site.parent / "cache")
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", timeout=120, cwd=site.parent, check=False
    )


def write_table(path: Path, size: int, rows: int) -> None:
    path.write_text(f"LUT_3D_SIZE {size}\n" + "0.0 0.5 1.0\n" * rows, encoding="utf-8")


def test_the_plugin_is_found_by_its_entry_point(site: Path) -> None:
    assert "cube" in run(site, "deliverlint", "plugins").stdout


def test_a_sound_table_passes_the_plugins_own_ruleset(site: Path, tmp_path: Path) -> None:
    write_table(tmp_path / "grade.cube", 17, 17**3)
    done = run(site, "deliverlint", "check", str(tmp_path / "grade.cube"), "-r", "example/grading")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_table_cut_short_fails_by_the_plugins_check(site: Path, tmp_path: Path) -> None:
    write_table(tmp_path / "grade.cube", 17, 100)
    done = run(site, "deliverlint", "check", str(tmp_path / "grade.cube"), "-r", "example/grading")
    assert done.returncode == 1
    assert "the table has 100 rows, expected 4913 for 17 points on each axis" in done.stdout


def test_the_plugins_report_format_is_offered(site: Path, tmp_path: Path) -> None:
    write_table(tmp_path / "grade.cube", 2, 8)
    arguments = ("check", str(tmp_path / "grade.cube"), "-r", "example/grading", "--format", "tally")
    assert run(site, "deliverlint", *arguments).stdout == "example/grading: 2 of 3 passed (fail)\n"


def test_the_plugins_facts_are_explained(site: Path) -> None:
    assert "points on each axis" in run(site, "deliverlint", "explain", "lut.size").stdout.lower()


def test_the_plugins_own_tests_pass(site: Path) -> None:
    tests = str(site.parent / "source" / "tests")
    done = run(site, "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tests, tests)
    assert done.returncode == 0, done.stdout[-2000:]
