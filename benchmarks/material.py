"""What is measured on: deliveries and rulesets that are made afresh for each run."""

from __future__ import annotations

from pathlib import Path

_HEAD = """\
ruleset: bench/{name}
version: 2026.11.0
title: Benchmark
based_on: {{spec: {{title: Benchmark, url: https://example.com, read: 2026-11-22}}}}
roles:
  {role}: {{media: {media}, match: ["{match}"]}}
rules:
"""
_RULE = """\
  rule-{number}:
    title: Rule {number} holds
    for: {role}
    {expect}
    severity: error
    cite: spec §{number}
    fix: Mend it.
    why: It is asked for.
"""
# In turn, as rulesets mix them: numbers with units, ranges, tolerances, words, lists, yes/no, patterns, conditions.
_EXPECTATIONS = (
    "expect: {image.width: at least %d px}",
    "expect: {image.height: %d px to 9000 px}",
    "expect: {image.format: [PNG, JPEG]}",
    "expect: {image.aspect_ratio: 1.778 ± 0.0%d}",
    "expect: {image.color_space: RGB, image.bit_depth: at most %d bit}",
    "where: {image.alpha: yes}\n    expect: {image.width: at least %d px}",
    "expect: {file.name: 'matches [a-z0-9-]{%d,40}[.]png'}",
    "expect: {image.animated: no}",
)


def image_rules(folder: Path, number: int, name: str = "pictures") -> Path:
    """Write a ruleset with that many rules for the role `picture`."""
    text = _HEAD.format(name=name, role="picture", media="image", match="**/*.png")
    for index in range(number):
        expect = _EXPECTATIONS[index % len(_EXPECTATIONS)]
        text += _RULE.format(
            number=index, role="picture", expect=expect % (index % 7 + 1) if "%d" in expect else expect
        )
    return _written(folder / "bench" / name / "ruleset.yaml", text)


def hash_rule(folder: Path) -> Path:
    """Write a ruleset whose one rule reads every byte of a file."""
    text = _HEAD.format(name="hash", role="master", media="document", match="**/*.txt")
    return _written(
        folder / "bench" / "hash" / "ruleset.yaml",
        text + _RULE.format(number=1, role="master", expect="expect: {file.sha256: present}"),
    )


def empty_delivery(folder: Path) -> Path:
    _written(folder / "delivery" / "notes.txt", "nothing that plays a role\n")
    return folder / "delivery"


def build(folder: Path, files: int) -> Path:
    """Write a game build of that many small files, 100 to a folder, with a pack that shows its engine."""
    root = folder / "content"
    for number in range(files - 1):
        place = root / "data" / f"{number // 100:04}"
        if number % 100 == 0:
            place.mkdir(parents=True)
        (place / f"asset-{number:05}.dat").write_bytes(number.to_bytes(4, "big") * 64)
    (root / "game.pck").write_bytes(b"GDPC" + bytes([2, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0]) + bytes(80))
    return root


def large_texts(folder: Path, files: int, megabytes: int) -> Path:
    """Write sparse files: long to read, though nothing is on the disk."""
    folder.mkdir(parents=True)
    for number in range(files):
        with (folder / f"master-{number}.txt").open("wb") as file:
            file.write(b"text\n" * 1000)
            file.truncate(megabytes * 1_000_000)
    return folder


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
