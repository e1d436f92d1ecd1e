"""Noise in place of a file: whatever is in it, the run is whole, and nothing is said of the file that was not seen."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import golden
from deliverlint.catalogue import Catalogue, load_catalogue
from deliverlint.delivery.open import open_delivery
from deliverlint.delivery.roles import cast
from deliverlint.facts.cache import Cache
from deliverlint.facts.measure import measure
from deliverlint.facts.model import Facts, Want
from deliverlint.facts.plan import delivery_facts, plan
from deliverlint.facts.workers import Workers
from deliverlint.judge.model import Checklist
from deliverlint.judge.run import gather_facts, judge_delivery, merged
from deliverlint.judge.scope import DELIVERY
from deliverlint.report.json import render
from deliverlint.report.view import View
from deliverlint.ruleset.load import load_ruleset
from deliverlint.values import Fact

CASES = [
    (name, file.relative_to(golden.HERE / name).as_posix())
    for name in golden.deliveries()
    for file in sorted((golden.HERE / name).rglob("*"))
    if file.is_file() and file.name != "delivery.yaml"
]


# What may be known of a file that is not what it should be.
SAYS_WHAT_IS_WRONG = {"ebook.damage", "document.problems", "document.state"}


@dataclass
class Bench:
    """One pool, one cache and a copy of the corpus for all cases: only the file that was replaced is measured."""

    catalogue: Catalogue
    workers: Workers
    cache: Cache
    corpus: Path

    def judged(self, name: str) -> tuple[Facts, Checklist]:
        with open_delivery(self.corpus / name, self.catalogue) as delivery:
            named = golden.RULESETS.get(name, delivery.rulesets)
            rulesets = [load_ruleset(each, self.catalogue) for each in named]
            casts = [cast(delivery, each.roles, self.catalogue.document_kinds, self.catalogue) for each in rulesets]

            def measured(wants: Iterable[Want], known: Facts) -> Facts:
                step = plan(wants, delivery, self.catalogue, known, golden.AS_OF)
                return merged(known, measure(step, self.workers, self.cache, self.catalogue.facts))

            start = {DELIVERY: delivery_facts(delivery, self.catalogue)}
            facts = gather_facts(rulesets, casts, self.catalogue, start, measured)
            return facts, judge_delivery(delivery, rulesets, casts, facts, self.catalogue, golden.AS_OF)

    def with_content(self, name: str, path: str, content: Callable[[bytes], bytes]) -> tuple[Facts, Checklist]:
        """Judge the delivery with other content in one file."""
        file = self.corpus / name / path
        kept = file.read_bytes()
        file.write_bytes(content(kept))
        try:
            return self.judged(name)
        finally:
            file.write_bytes(kept)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("noise")
    shutil.copytree(golden.HERE, folder / "corpus", ignore=shutil.ignore_patterns("makers", "golden", "__pycache__"))
    cache = Cache(folder / "cache")
    with Workers() as workers:
        yield Bench(load_catalogue(), workers, cache, folder / "corpus")
    cache.close()


def noise(case: tuple[str, str]) -> bytes:
    return random.Random("/".join(case)).randbytes(64)


def measured_facts(facts: Facts, path: str) -> dict[str, object]:
    """Return what was measured of a file, a stream of it or it as a document, beyond what any file has."""
    of_file: list[Mapping[str, object]] = [
        some for key, some in facts.items() if path in (key, key.partition("#")[0], key.partition(":")[2])
    ]
    return {
        name: fact.value
        for some in of_file
        for name, fact in some.items()
        if isinstance(fact, Fact) and fact.basis == "measured" and not name.startswith("file.")
    }


@pytest.mark.parametrize("case", CASES, ids="/".join)
def test_nothing_is_known_of_a_file_of_noise_but_name_and_size(case: tuple[str, str], bench: Bench) -> None:
    name, path = case
    facts, checklist = bench.with_content(name, path, lambda _: noise(case))
    known = measured_facts(facts, path)
    assert known.keys() <= SAYS_WHAT_IS_WRONG
    assert all(known.values())
    assert known.get("document.state") != "present"
    passed = [
        (result.rule.id, fact.name)
        for result in checklist.results
        if result.status == "pass" and path in (result.asset, result.asset.partition("#")[0])
        for fact in result.facts
        if fact.name in known
    ]
    assert passed == []
    # Where there are several of a kind, one good document serves.
    assert [each.kind for each in checklist.documents if each.files == (path,) and each.state == "present"] == []
    json.loads(render(checklist, View()))


@pytest.mark.parametrize("case", CASES, ids="/".join)
def test_a_file_that_is_empty_or_cut_in_half_never_breaks_the_run(case: tuple[str, str], bench: Bench) -> None:
    name, path = case
    facts, _ = bench.with_content(name, path, lambda _: b"")
    assert measured_facts(facts, path).keys() <= SAYS_WHAT_IS_WRONG
    _, checklist = bench.with_content(name, path, lambda kept: kept[: len(kept) // 2])
    json.loads(render(checklist, View()))
