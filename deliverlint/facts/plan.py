"""The plan: which probe is asked for which facts of which file; nothing more than is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.names import STAT_FACTS
from deliverlint.delivery.model import Asset, Delivery, Document, File
from deliverlint.facts.model import Facts, Plan, Task, Want
from deliverlint.values import Fact, Json, Unmeasured

SCHEMA_PROBE = "document.schema"
# Only a kind that has one of these fields can expire; the day is then part of what the answer depends on.
_EXPIRING = ("expires", "valid_until")


def plan(wants: Iterable[Want], delivery: Delivery, catalogue: Catalogue, known: Facts, as_of: str) -> Plan:
    """Turn wanted facts into tasks, leaving out what is `known`.

    Facts that only the directory entry or the manifest can give are answered at once.
    """
    answered: dict[str, dict[str, Fact | Unmeasured]] = {}
    tasks: list[Task] = []
    for want in wants:
        key = want.subject.key
        before = known.get(key, {})
        here = answered.setdefault(key, {})
        by_probe: dict[str, set[str]] = {}
        for name in want.names:
            if name in before or name in here:
                continue
            spec = catalogue.facts[name]
            if name in STAT_FACTS:
                here[name] = Fact(name, stat_value(name, want.subject.file), spec.unit)
            elif spec.probe:
                by_probe.setdefault(spec.probe, set()).add(name)
            elif isinstance(want.subject, Asset) and name in want.subject.declared:
                here[name] = Fact(name, want.subject.declared[name], spec.unit, "declared")
        for probe_id in sorted(by_probe):
            tasks.append(_task(want.subject, probe_id, frozenset(by_probe[probe_id]), delivery, catalogue, as_of))
        for name, schema in want.schemas.items():
            if name not in before:
                options = document_options(want.subject, delivery, catalogue, as_of)
                tasks += _schema_task(want, name, {**options, "schema": schema, "fact": name}, catalogue, here)
    return Plan(answered, tuple(tasks))


def _task(
    subject: Asset | Document,
    probe_id: str,
    wanted: frozenset[str],
    delivery: Delivery,
    catalogue: Catalogue,
    as_of: str,
) -> Task:
    probe = catalogue.probes[probe_id]
    options: dict[str, Json] = {}
    if probe.subject == "document":
        options = document_options(subject, delivery, catalogue, as_of)
    stream = subject.stream if isinstance(subject, Asset) else ""
    return Task(subject.key, subject.file, stream, probe, wanted, options)


def _schema_task(
    want: Want, name: str, options: Mapping[str, Json], catalogue: Catalogue, here: dict[str, Fact | Unmeasured]
) -> list[Task]:
    probe = catalogue.probes.get(SCHEMA_PROBE)
    if probe is None:
        here[name] = Unmeasured("no plugin that reads structured documents is installed")
        return []
    return [Task(want.subject.key, want.subject.file, "", probe, frozenset([name]), options)]


def document_options(
    subject: Asset | Document, delivery: Delivery, catalogue: Catalogue, as_of: str
) -> dict[str, Json]:
    """What a document probe is told of the kind that it reads a file as; nothing for a file of no kind."""
    kind = catalogue.document_kinds.get(subject.kind) if isinstance(subject, Document) else None
    if kind is None:
        return {}
    options: dict[str, Json] = {
        "kind": kind.id,
        "forms": list(kind.forms),
        "text_needed": kind.text_needed,
        "fields": dict(kind.fields),
        "title": delivery.title,
    }
    if any(name in kind.fields.get("properties", {}) for name in _EXPIRING):
        options["as_of"] = as_of
    return options


def stat_value(name: str, file: File) -> Json:
    """Return a fact that is known without opening the file."""
    path = PurePosixPath(file.path)
    return {
        "file.name": path.name,
        "file.path": file.path,
        "file.extension": path.suffix.lower(),
        "file.size": file.size,
        "file.media": file.media or None,
        "file.format": file.format or None,
    }[name]


def delivery_facts(delivery: Delivery, catalogue: Catalogue) -> dict[str, Fact | Unmeasured]:
    """Return what delivery.yaml declares of the delivery itself."""
    return {
        name: Fact(name, value, catalogue.facts[name].unit, "declared")
        for name, value in delivery.declared.items()
        if name in catalogue.facts
    }
