"""The sample deliveries of provenance: one in order, one with every fault that papers have."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "corpus" / "provenance"


def checked(name: str) -> dict[str, Any]:
    """Return the checklist of a sample delivery, as JSON."""
    command = [sys.executable, "-m", "deliverlint", "check", str(CORPUS / name), "--format", "json", "--no-cache"]
    done = subprocess.run([*command, "--as-of", "2026-11-22"], capture_output=True, encoding="utf-8", check=False)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def failed(checklist: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for result in checklist["results"]:
        if result["status"] == "fail":
            found.setdefault(result["rule"], []).append(result["message"])
    return found


def test_the_papers_in_order_pass_whole() -> None:
    checklist = checked("ai-short")
    assert checklist["verdict"] == "pass"
    assert failed(checklist) == {}
    assert {result["status"] for result in checklist["results"]} <= {"pass", "not-applicable"}


def test_the_papers_in_disorder_fail_for_what_is_wrong_with_them() -> None:
    found = failed(checked("ai-short-unlogged"))
    expected = {
        "shots-logged": "SH040",
        "shots-recorded": "SH040",
        "log-used": "SH990",
        "log-models": "stray-lora",
        "models-declared": "grain-lora",
        "model-commercial-use": "barn-base: commercial use: no, expected yes",
        "model-training-rights": "barn-base",
        "model-hash": "barn-base",
        "lora-training-rights": "hens-lora",
        "licence-files": "licences/hens_lora.pdf",
        "licence-used": "licences/hens-lora.pdf",
        "licence-sound": "is a scan",
        "terms-sound": "is an HTML page, though its name ends in .pdf",
        "service-terms-date": "terms of 2026-03-01",
        "service-keeps-nothing": "voice service",
        "consent-named": "Performer A",
        "consent-sound": "is encrypted",
        "people-listed": "Performer B",
        "packet-complete": "lacks",
        "unit-reviewer": "SH010",
        "unit-seed": "SH020",
        "unit-inputs": "SH010",
        "budget-qc": "990, expected at least 10 %",
        "ai-statement": "FILL IN",
    }
    for rule, words in expected.items():
        assert any(words in message for message in found.get(rule, ())), (rule, found.get(rule))


def test_the_maker_writes_the_same_bytes_that_are_in_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "corpus"))
    sys.modules.pop("makers", None)
    from makers import provenance

    provenance.make(tmp_path)
    made = hashes(tmp_path / "provenance")
    assert len(made) > 20
    assert made.items() <= hashes(CORPUS).items()


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
