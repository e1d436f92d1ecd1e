"""A desk with a copy of the good short film on it, and the command as a user runs it, with the real plugins."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AS_OF = ("--as-of", "2026-11-22")


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it said as one line: where a line of the report breaks is not what is asked here."""
        return " ".join((self.out + " " + self.err).split())

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def statuses(self) -> dict[str, set[str]]:
        """Return the statuses of each rule of a JSON checklist."""
        found: dict[str, set[str]] = {}
        for result in self.json["results"]:
            found.setdefault(result["rule"], set()).add(result["status"])
        return found


class Desk:
    """A folder in which every command runs, with a cache of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.plugins: list[Path] = []

    def film(self, name: str = "film") -> Path:
        """Copy the good short film, which passes streamer/youtube."""
        return Path(shutil.copytree(ROOT / "corpus" / "streamer" / "short-film", self.root / name))

    def start(
        self, *words: str, env: Mapping[str, str] | None = None, before: Callable[[], None] | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "deliverlint", *words],
            cwd=self.root,
            env={**self.environ(), **(env or {})},
            preexec_fn=before,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *words: str, env: Mapping[str, str] | None = None, before: Callable[[], None] | None = None) -> Ran:
        return ended(self.start(*words, env=env, before=before))

    def check(self, *words: str, **more: Any) -> Ran:
        return self.run("check", *words, *AS_OF, **more)

    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
        paths = os.pathsep.join(map(str, (ROOT, ROOT / "plugins", *self.plugins)))
        cache = str(self.root / "cache")
        return {**kept, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", "DELIVERLINT_CACHE_DIR": cache}


def ended(process: subprocess.Popen[str]) -> Ran:
    """Wait for the end; whatever happened, nobody is shown a traceback."""
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in out + err
    assert "internal error" not in out + err
    return Ran(process.returncode, out, err)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
