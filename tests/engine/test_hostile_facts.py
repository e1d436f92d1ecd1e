"""Whatever a delivery holds, every phrase answers with a status and a sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from deliverlint.catalogue import Catalogue
from deliverlint.delivery.model import Asset, Cast, Document, File
from deliverlint.facts.fit import misfit
from deliverlint.judge.documents import judge_documents
from deliverlint.judge.model import STATUSES
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.subjects import Sight
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.model import Ruleset
from deliverlint.values import Fact, Json, Unmeasured
from tests.engine import world

VALUES: list[Json] = [
    None, True, False, 0, 1, -1, 25, 24000 / 1001, 1e99, -1e99, "", "yes", "present", "\u202e\x1b[31m" * 5, "a" * 200_000,
    "\udcff\udc00", "2026-11-30", "2026-11-30T10:00:00Z", [], ["a"], ["a", "a"], ["en", "de"], [1.5, 2.5], ["x"] * 5_000,
    [{"start": 0, "end": 1}], [{"start": 0, "end": 1, "value": 3}, {"start": 5, "end": 2, "value": None}], [{}],
    [{"name": "m" * 999, "kind": "lora", "licence": {"commercial_use": "maybe"}}], [{"name": ["x"], "kind": 3}],
    [{"kind": "lora", "licence": []}], [{"rule": ["r"], "outcome": {}, "person": 4, "date": None}], "H.264", "lora",
]  # fmt: skip
PHRASES = [
    "present", "absent", "unique", "all equal", "yes", "1", "2 to 3", "2 ± 1", "at most 3", "at least 10 % of {fact}",
    "at most {fact}", "matches [a-z]+", "contains a", "same as {fact}", "same as picture/{fact}", "same as {fact} ± 1",
    "all in {fact}", "all in picture/{fact}", "each {phrase}", "any {phrase}", "none {phrase}", "count {phrase}",
    "sum {phrase}", "a value", "at most 2 s", "1 frame to 2 s", "each at most 2 frames", "at most 2026-01-01",
    "2026-01-01 to 2027-01-01", "$pick", "23.976 fps", "at most 3 %", "-27 LUFS ± 2 LU", "none above 1 %", "H.264",
]  # fmt: skip
ROLES = ("track", "picture", "cpl")
KINDS = ("provenance", "budget", "shot-list", "prompt-log", "attestations")
PARAMS = "params: {pick: {pick: track.side, A: at most 3 s, a: present, x: unique, yes: a}}\n"


def phrase(generator: random.Random, names: list[str], depth: int = 0) -> str:
    inner = phrase(generator, names, depth + 1) if depth < 2 else "a"
    return generator.choice(PHRASES).replace("{phrase}", inner).replace("{fact}", generator.choice(names))


def rule(generator: random.Random, names: list[str]) -> str:
    """A rule as somebody who understands nothing might write it; most are refused."""
    subject, fact = generator.choice([*ROLES, *KINDS]), generator.choice(names)
    keys = [f"for: {subject}"]
    if subject == "provenance":
        keys.append("each: models")
        fact = generator.choice(["kind", "name", "licence.commercial_use", fact])
    elif generator.random() < 0.4:
        keys.append(f"per: {generator.choice(['role', 'track.side', 'audio.channels', 'track.is_cover'])}")
    if generator.random() < 0.2:
        keys.append(f"where: {{{generator.choice(names)}: '{phrase(generator, names)}'}}")
    if generator.random() < 0.1:
        keys.append("attest: somebody")
    if generator.random() < 0.1:
        keys.append("needs: picture")
    asked = [f"{{{name}: '{phrase(generator, names)}'}}" for name in (fact, generator.choice(names))]
    keys.append(f"any_of: [{', '.join(asked)}]" if generator.random() < 0.3 else f"expect: {asked[0]}")
    return f"{{{', '.join(keys)}}}"


def rules(folder: Path, generator: random.Random, catalogue: Catalogue, most: int) -> Ruleset:
    """A ruleset of all the rules, among many, that the language takes."""
    names = [*catalogue.facts]
    candidates = [rule(generator, names) for _ in range(most)]
    while True:
        text = PARAMS + "rules:\n" + "".join(f"  r{index}: {each}\n" for index, each in enumerate(candidates))
        try:
            return world.load(folder, text, catalogue)
        except RulesetError as error:
            first = text[: text.index("  r0:")].count("\n") + 1 + world.HEAD.count("\n")
            wrong = {problem.line - first for problem in error.problems if problem.line}
            candidates = [each for index, each in enumerate(candidates) if index not in wrong]


def facts(generator: random.Random, catalogue: Catalogue) -> dict[str, Fact | Unmeasured]:
    """A value for most facts that the facts' types let through, as hostile as it can be."""
    found: dict[str, Fact | Unmeasured] = {}
    for name, spec in catalogue.facts.items():
        value = generator.choice([value for value in VALUES if not misfit(spec, value)])
        found[name] = Fact(name, value, spec.unit) if generator.random() < 0.9 else Unmeasured("because")
    return found


@pytest.mark.parametrize("seed", range(2))
def test_every_rule_has_an_answer_in_words_whatever_the_facts_are(tmp_path: Path, seed: int) -> None:
    generator, catalogue = random.Random(seed), world.catalogue()
    ruleset = rules(tmp_path, generator, catalogue, 1200)
    assert len(ruleset.rules) > 50
    for _ in range(6):
        assets = [
            Asset(path, File(path, path, 9), roles=(role,), parts=parts)
            for path, role, parts in (
                ("a.wav", "track", {}), ("1\u202e.wav", "track", {"lang": "en"}), ("\udcff.wav", "track", {"lang": "de"}),
                ("v.mp4", "picture", {"lang": "en"}), ("w.mp4", "picture", {"lang": "de"}), ("c.xml", "cpl", {}),
            )
            if generator.random() < 0.9
        ]  # fmt: skip
        papers = [Document(kind, File(kind, kind, 9)) for kind in KINDS if generator.random() < 0.9]
        cast = Cast(
            {role: tuple(asset for asset in assets if role in asset.roles) for role in ruleset.roles},
            {paper.kind: (paper,) for paper in papers},
        )
        known = {subject.key: facts(generator, catalogue) for subject in (*assets, *papers)}
        sight = Sight(cast, known, catalogue.facts)
        results = judge_rules(ruleset, sight, catalogue, "2026-11-22")
        judge_documents(ruleset, results, sight, catalogue)
        for result in results:
            assert result.status in STATUSES
            assert len(result.message) < 3_000
            assert result.message or result.status == "pass"
