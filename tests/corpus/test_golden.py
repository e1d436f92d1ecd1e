"""Every sample delivery gives its golden checklist: from the source, from an installed wheel, and packed as a ZIP."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

import deliverlint.report
from corpus import golden

DELIVERIES = golden.deliveries()
TABLE = re.findall(r"^\| `(\S+/\S+)` \|.*\| (\d) \|$", (golden.HERE / "README.md").read_text("utf-8"), re.MULTILINE)
ENDS_WITH = {name: int(code) for name, code in TABLE}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_page_about_the_corpus_names_every_delivery_and_how_its_check_ends() -> None:
    assert sorted(ENDS_WITH) == DELIVERIES
    assert set(ENDS_WITH.values()) == {0, 1}


def test_there_is_a_good_and_a_broken_delivery_for_every_kind_of_ruleset() -> None:
    kinds = {folder.name for folder in (golden.ROOT / "rulesets").iterdir() if folder.is_dir()}
    for code in (0, 1):
        assert {name.partition("/")[0] for name in DELIVERIES if ENDS_WITH[name] == code} == kinds


@pytest.mark.parametrize("name", DELIVERIES)
def test_a_delivery_gives_its_golden_checklist(name: str, cache: Path) -> None:
    for form in golden.FORMS:  # the second time from the cache
        code, now = golden.checklist(name, form, cache)
        difference = golden.differences(name, form, now)
        assert not difference, f"python corpus/golden.py writes it anew\n{difference}"
        assert code == ENDS_WITH[name]


@pytest.mark.parametrize("name", DELIVERIES)
def test_a_zip_of_a_delivery_gives_the_same_checklist(name: str, cache: Path, tmp_path: Path) -> None:
    archive = tmp_path / "corpus" / f"{name}.zip"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted((golden.HERE / name).rglob("*")):
            packed.write(file, file.relative_to(golden.HERE / name))
    code, now = golden.checklist(name, "json", cache, beside=tmp_path, path=f"corpus/{name}.zip")
    difference = golden.differences(name, "json", now.replace(f'"corpus/{name}.zip"', f'"corpus/{name}"'))
    assert not difference, difference
    assert code == ENDS_WITH[name]


@pytest.mark.parametrize("name", DELIVERIES)
def test_a_golden_checklist_fits_the_published_schema(name: str) -> None:
    schema = json.loads((Path(deliverlint.report.__file__).parent / "checklist.schema.json").read_text("utf-8"))
    value = json.loads(golden.golden_file(name, "json").read_text("utf-8"))
    jsonschema.validate(value, schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", [name for name in DELIVERIES if ENDS_WITH.get(name) == 0])
def test_nothing_is_wrong_open_or_waived_in_a_good_delivery(name: str) -> None:
    value = json.loads(golden.golden_file(name, "json").read_text("utf-8"))
    assert {result["status"] for result in value["results"]} <= {"pass", "not-applicable"}
    assert {document["state"] for document in value["documents"]} <= {"present", "not-required"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as somebody gets it who installs the wheel; the folder of the source is out of its reach."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip"]
    isolated = ["--no-build-isolation"] if find_spec("hatchling") else []
    build = [*pip, "wheel", "--quiet", "--no-deps", *isolated, "--wheel-dir", str(folder), str(golden.ROOT)]
    subprocess.run(build, check=True, timeout=300)
    (wheel,) = folder.glob("*.whl")
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True, timeout=120)
    subprocess.run([*pip, "--python", str(venv), "install", "--quiet", str(wheel)], check=True, timeout=600)
    ignored = shutil.ignore_patterns("makers", "golden", "__pycache__", "*.py")
    shutil.copytree(golden.HERE, folder / "corpus", ignore=ignored)
    return venv / ("Scripts" if os.name == "nt" else "bin") / "deliverlint"


@pytest.mark.install
def test_an_installed_wheel_gives_the_golden_checklists(installed: Path, tmp_path: Path) -> None:
    for name in DELIVERIES:
        for form in golden.FORMS:
            code, now = golden.checklist(
                name, form, tmp_path, [str(installed)], installed.parents[2], environ=golden.plain_environ()
            )
            assert not (difference := golden.differences(name, form, now)), difference
            assert code == ENDS_WITH[name]
