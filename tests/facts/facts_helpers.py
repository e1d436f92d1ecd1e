"""Small builders for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from deliverlint.catalogue.builtin import facts as builtin_facts
from deliverlint.delivery.model import File
from deliverlint.facts.cache import Cache
from deliverlint.facts.identity import stat_identity
from deliverlint.facts.measure import measure
from deliverlint.facts.model import Plan, Task
from deliverlint.facts.workers import Workers
from deliverlint.spec import Cost, FactSpec, FactType, Probe
from deliverlint.values import Fact, Unmeasured

_TYPES: dict[str, FactType] = {
    "test.bytes": "text",
    "test.decode": "text",
    "test.endless": "texts",
    "test.events": "events",
    "test.flag": "yes/no",
    "test.good": "records",
    "test.header": "text",
    "test.huge": "number",
    "test.infinity": "records",
    "test.keys": "records",
    "test.nan": "number",
    "test.nobody": "text",
    "test.not_asked_for": "text",
    "test.number": "number",
    "test.scan": "text",
    "test.set": "texts",
    "test.text": "text",
}
_COSTS: dict[str, Cost] = {"test.scan": "scan", "test.decode": "decode"}


def _spec(name: str) -> FactSpec:
    unit = "s" if name == "test.number" else ""
    cost = _COSTS.get(name, "header")
    return FactSpec(name=name, type=_TYPES[name], label=name, meaning=name, unit=unit, cost=cost, probe="test.probe")


CATALOGUE: Mapping[str, FactSpec] = {
    **{spec.name: spec for spec in builtin_facts()},
    **{name: _spec(name) for name in _TYPES},
}


def untyped(*names: str) -> Mapping[str, FactSpec]:
    """Return the catalogue without these: their values are taken as they come."""
    return {name: spec for name, spec in CATALOGUE.items() if name not in names}


def file_at(location: Path, **changes: Any) -> File:
    """Return the file as a delivery would hold it."""
    status = location.stat()
    file = File(location.name, str(location), status.st_size, identity=stat_identity(status), is_tree=location.is_dir())
    return file._replace(**changes)


def probe(function: str, **changes: Any) -> Probe:
    run = function if ":" in function else f"facts_test_probes:{function}"
    given = {"id": "test.probe", "version": "1", "run": run, "wall_s": 20, "cpu_s": 20, "memory_mb": 300}
    return Probe(**{**given, **changes})


def task(file: File, by: Probe | str, *wanted: str, **changes: Any) -> Task:
    by = probe(by) if isinstance(by, str) else by
    names = frozenset(wanted or ("test.text",))
    return replace(Task(file.path, file, "", by, names), **changes)


def measured(
    workers: Workers, *tasks: Task, cache: Cache | None = None, facts: Mapping[str, FactSpec] = CATALOGUE
) -> dict[str, dict[str, Fact | Unmeasured]]:
    facts_found = measure(Plan({}, tasks), workers, cache, facts)
    return {subject: dict(found) for subject, found in facts_found.items()}


def the_fact(workers: Workers, one: Task, cache: Cache | None = None) -> Any:
    """Return the value of the one fact of one task, or the reason why there is none."""
    (answer,) = measured(workers, one, cache=cache)[one.subject].values()
    return f"UNMEASURED {answer.reason}" if isinstance(answer, Unmeasured) else answer.value
