"""A stranger's plugin whose probes misbehave, installed as pip would: a module and its dist-info in a folder."""

from __future__ import annotations

from pathlib import Path

WAYS = ("hang", "eat", "crash", "raise")

_PLUGIN = """\
from deliverlint.hookspecs import hookimpl
from deliverlint.spec import FactSpec, Probe

WAYS = {ways!r}

@hookimpl
def facts():
    return [
        FactSpec(
            name=f"misbehave.{{way}}", type="number", label=f"what {{way}} finds", meaning="Nothing.", decimals=0,
            probe=f"misbehave.{{way}}",
        )
        for way in WAYS
    ]

@hookimpl
def probes():
    return [
        Probe(id=f"misbehave.{{way}}", version="1", run=f"misbehave.probes:{{way}}_", wall_s={wall_s}, cpu_s=60, memory_mb=200)
        for way in WAYS
    ]
"""
_PROBES = """\
import ctypes
import time

def hang_(source, wanted):
    time.sleep(600)

def eat_(source, wanted):
    hoard = []
    while True:
        hoard.append(b"x" * 5_000_000)

def crash_(source, wanted):
    ctypes.string_at(0)

def raise_(source, wanted):
    raise KeyError("nobody has thought of this")
"""
_RULESET = """\
ruleset: test/misbehave
version: 2026.11.0
title: What strangers' probes find
based_on: {{spec: {{title: A test, url: https://example.com, read: 2026-11-22}}}}
roles:
  note: {{match: ["*.txt"], count: at least 1, cite: spec §1, fix: Add a note.}}
rules:
  small:
    title: Notes are small
    for: note
    expect: {{file.size: at most 10 B}}
    cite: spec §2
    fix: Shorten it.
"""
_RULE = """\
  {way}:
    title: The probe that does {way} has an answer
    for: note
    expect: {{misbehave.{way}: at least 0}}
    cite: spec §3
    fix: Ask the maker of the plugin.
"""


def install(folder: Path, wall_s: int) -> Path:
    """Write the plugin into a folder for PYTHONPATH and return the folder; a probe may take `wall_s` seconds."""
    package = folder / "misbehave"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "plugin.py").write_text(_PLUGIN.format(ways=WAYS, wall_s=wall_s))
    (package / "probes.py").write_text(_PROBES)
    told = folder / "misbehave-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: misbehave\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[deliverlint]\nmisbehave = misbehave.plugin\n")
    return folder


def ruleset(folder: Path, *ways: str) -> str:
    """Write a ruleset that asks for what the probes find, and return its path."""
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(_RULESET.format() + "".join(_RULE.format(way=way) for way in ways))
    return str(folder)
