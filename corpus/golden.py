"""Writes what `deliverlint check` says of each sample delivery: `python corpus/golden.py`; `--check` only compares.

golden/<kind>/<name>.json is compared by the tests, <name>.txt is the same for people to read in a review. The day is
fixed. The version of the program and the sha256 of rulesets are zeroed: they change with every release and with every
comment in a ruleset, and nobody who reads a checklist would notice. The ruleset's own version stays.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
GOLDEN = HERE / "golden"
AS_OF = "2026-11-22"
FORMS = {"json": ".json", "text": ".txt"}
SOURCE_RUN = (sys.executable, "-m", "deliverlint")
# What has no delivery.yaml that names its rulesets is checked against these.
RULESETS = {"console/jam-build": ("console/steam",)}
_NOT_KINDS = ("makers", "golden", "__pycache__")


def deliveries() -> list[str]:
    """Return the sample deliveries as kind/name."""
    kinds = [folder for folder in HERE.iterdir() if folder.is_dir() and folder.name not in _NOT_KINDS]
    return sorted(f"{kind.name}/{folder.name}" for kind in kinds for folder in kind.iterdir() if folder.is_dir())


def golden_file(name: str, form: str) -> Path:
    return GOLDEN / f"{name}{FORMS[form]}"


def checklist(
    name: str,
    form: str,
    cache: Path,
    command: Sequence[str] = SOURCE_RUN,
    beside: Path = ROOT,
    path: str = "",
    environ: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Check one delivery in a process of its own; return how that ended, and the checklist as it is kept.

    beside  the folder to run in; `path` is relative to it (default: corpus/<name>)
    Raises RuntimeError where there is no checklist.
    """
    rulesets = [word for ruleset in RULESETS.get(name, ()) for word in ("-r", ruleset)]
    words = ["check", path or f"corpus/{name}", *rulesets, "--as-of", AS_OF, "--format", form]
    ran = subprocess.run(
        [*command, *words],
        cwd=beside,
        env={**(source_environ() if environ is None else environ), "DELIVERLINT_CACHE_DIR": str(cache)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    if ran.stderr or not ran.stdout or ran.returncode == 2:
        raise RuntimeError(f"{' '.join(words)} ended with {ran.returncode}: {ran.stderr or ran.stdout}")
    return ran.returncode, timeless(ran.stdout) if form == "json" else ran.stdout


def plain_environ() -> dict[str, str]:
    """Return the environment without what changes how a report looks or which program is run."""
    dropped = ("COLUMNS", "NO_COLOR", "PYTHONPATH", "DELIVERLINT_BLOCK_PLUGINS", "DELIVERLINT_DEBUG")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONIOENCODING": "utf-8"}


def source_environ() -> dict[str, str]:
    """Return the environment in which this folder's own engine and plugins are run."""
    return {**plain_environ(), "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "plugins")))}


def timeless(text: str) -> str:
    """Zero the program's version and the sha256 of rulesets in a JSON checklist."""
    head, found, results = text.partition('\n  "results":')
    head = re.sub(r'("name": "deliverlint",\s*"version": )"[^"]*"', r'\1"0.0.0"', head)
    head = re.sub(r'("sha256": )"[0-9a-f]{64}"', rf'\1"{"0" * 64}"', head)
    return head + found + results


def differences(name: str, form: str, now: str) -> str:
    """Return how the checklist differs from the golden one, as a unified diff; empty where it does not."""
    file = golden_file(name, form)
    kept = file.read_text("utf-8") if file.exists() else ""
    shown = file.relative_to(ROOT).as_posix()
    return "".join(difflib.unified_diff(kept.splitlines(True), now.splitlines(True), shown, f"{shown} (now)"))


def _everything(cache: Path) -> Iterator[tuple[str, str, str]]:
    def both(name: str) -> list[tuple[str, str, str]]:
        return [(name, form, checklist(name, form, cache)[1]) for form in FORMS]

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for triples in threads.map(both, deliveries()):
            yield from triples


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the golden checklists of the sample deliveries.")
    parser.add_argument("--check", action="store_true", help="write nothing; show what differs and end with 1")
    only_compare = parser.parse_args().check
    changed = 0
    # A cache of its own: a probe that was changed a minute ago is asked again.
    with tempfile.TemporaryDirectory() as cache:
        for name, form, now in _everything(Path(cache)):
            if not (difference := differences(name, form, now)):
                continue
            changed += 1
            if only_compare:
                sys.stdout.write(difference)
            else:
                file = golden_file(name, form)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(now, "utf-8", newline="\n")
                print(file.relative_to(ROOT).as_posix())
    wanted = {golden_file(name, form) for name in deliveries() for form in FORMS}
    for file in sorted({file for file in GOLDEN.rglob("*") if file.is_file()} - wanted):
        changed += 1
        print(f"{file.relative_to(ROOT).as_posix()}: belongs to no delivery" + ("" if only_compare else ", deleted"))
        if not only_compare:
            file.unlink()
    return 1 if only_compare and changed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except RuntimeError as error:  # a delivery could not be checked at all
        sys.exit(str(error))
