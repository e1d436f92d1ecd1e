"""`init` knows what a named check of this plugin needs."""

from __future__ import annotations

from pathlib import Path

from deliverlint.cli.main import run

RULESET = """\
ruleset: acme/release
version: 2026.11.0
title: A release
based_on: {spec: {title: Acme Delivery Specification 9.2, url: https://example.com/spec, read: 2026-11-22}}
roles: {track: {media: audio, match: ["*.wav"]}}
rules:
  barcode:
    title: The barcode is right
    check: gtin
    cite: spec §1
    fix: Copy the number from its certificate.
"""


def test_init_asks_for_what_a_named_check_needs(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    (tmp_path / "release").mkdir()
    assert run(["init", str(tmp_path / "release"), "-r", str(tmp_path / "ruleset.yaml")]) == 0
    assert "# upc: text" in (tmp_path / "release" / "delivery.yaml").read_text(encoding="utf-8")
