"""A small delivery and a ruleset over nothing but the engine's own facts, and two ways to run a command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent

RULESET = """\
ruleset: acme/notes
version: 2026.11.0
title: Acme's notes
based_on: {spec: {title: Acme Delivery Specification 9.2, url: https://example.com/spec, read: 2026-11-22}}
roles:
  note:
    match: ["notes/*.txt"]
    count: at least 1
    title: A note
    cite: spec §2
    fix: Write a note.
    why: Somebody reads it.
rules:
  note-size:
    title: Notes are short
    for: note
    expect: {file.size: at most 100 B}
    severity: error
    cite: spec §3.1
    fix: Cut it down.
    why: Long ones stay unread.
  note-name:
    title: Notes have plain names
    for: note
    expect: {file.name: "matches [a-z]+[.]txt"}
    severity: warning
    cite: spec §3.2
    fix: Rename it.
    why: The intake is picky.
"""
SECOND = RULESET.replace("acme/notes", "acme/strict").replace("at most 100 B", "at most 50 B")
TITLED = """
  titled:
    title: The work has a title
    when: {delivery.territories: contains US}
    expect: {delivery.title: present}
    severity: error
    cite: spec §1
    fix: Write it into delivery.yaml.
    why: A work without one cannot be found.
"""
VOUCHED = """
  read-by-somebody:
    title: Somebody has read the notes
    for: note
    attest: reader
    severity: error
    cite: spec §4
    fix: Let somebody read them.
    why: Two pairs of eyes see more.
"""
HASHED = """
  not-the-old-one:
    title: The note is not the old one
    for: note
    expect: {file.sha256: present}
    severity: error
    cite: spec §5
    fix: Write a new one.
    why: The old one is known.
"""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


class World:
    """A folder with rulesets and deliveries, which is the current one while a command runs."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys
        self.ruleset("acme/notes", RULESET)
        self.ruleset("acme/strict", SECOND)

    def ruleset(self, name: str, text: str) -> str:
        path = self.root / "rules" / name / "ruleset.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path.parent)

    def delivery(self, name: str = "delivery", manifest: str | None = None, **notes: str) -> Path:
        """Make a delivery; `a="text"` is notes/a.txt."""
        folder = self.root / name
        (folder / "notes").mkdir(parents=True, exist_ok=True)
        for note, text in notes.items():
            (folder / "notes" / f"{note}.txt").write_text(text, encoding="utf-8")
        if manifest is not None:
            (folder / "delivery.yaml").write_text(manifest, encoding="utf-8")
        return folder

    def run(self, *words: object) -> Ran:
        """Run a command in this process."""
        from deliverlint.cli.main import run

        self.capsys.readouterr()
        code = run([str(word) for word in words])
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    def start(self, *words: object, cwd: Path | None = None, **more: object) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "deliverlint", *map(str, words)],
            cwd=cwd or self.root,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": self.environ(), **more},  # type: ignore[call-overload]
        )

    def apart(self, *words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
        """Run a command in a process of its own to its end."""
        process = self.start(*words, cwd=cwd, env={**self.environ(), **(env or {})})
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err
        return Ran(process.returncode, out, err)

    def environ(self) -> dict[str, str]:
        path = os.pathsep.join(map(str, [REPOSITORY, REPOSITORY / "plugins"]))
        keep = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "TERM")}
        return {**keep, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> World:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DELIVERLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("DELIVERLINT_DEBUG", raising=False)
    # Signals belong to whoever runs the tests.
    monkeypatch.setattr("deliverlint.cli.measuring.terminate_as_interrupt", lambda: None)
    return World(tmp_path, capsys)
