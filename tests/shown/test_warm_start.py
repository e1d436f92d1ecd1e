"""A warm check of a real delivery is quick because of what it does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.shown.conftest import AS_OF, ROOT, Desk

LIBRARIES = {
    "PIL", "antlr4", "av", "ebooklib", "elftools", "jsonschema", "lxml", "macholib", "mutagen", "numpy", "openpyxl",
    "psutil", "pymediainfo", "pypdf", "rich", "ttconv",
}  # fmt: skip
SCRIPT = """
import sys
from deliverlint.__main__ import main
main()
print("IMPORTED", *sorted({name.partition(".")[0] for name in sys.modules} | {n for n in sys.modules if n[:11] == "deliverlint"}))
"""


@pytest.mark.parametrize("name", ["streamer/short-film", "label/single", "publisher/novel", "provenance/ai-short"])
def test_a_warm_check_imports_no_library_of_a_medium_and_starts_no_worker(desk: Desk, name: str) -> None:
    words = ["check", str(ROOT / "corpus" / name), *AS_OF]
    assert desk.run(*words).code == 0
    again = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words],
        cwd=desk.root, env=desk.environ(), capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    report, _, imported = again.stdout.rpartition("IMPORTED")
    assert "Ready to hand over." in report
    modules = set(imported.split())
    assert "deliverlint.cli.check" in modules
    assert modules & LIBRARIES == set()
    assert "deliverlint.facts.pool" not in modules  # no worker was started
