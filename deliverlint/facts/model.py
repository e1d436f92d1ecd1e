"""Facts of a whole delivery, and the plan of what is to be measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deliverlint.delivery.model import Asset, Document, File
from deliverlint.frozen import frozen
from deliverlint.spec import Probe
from deliverlint.values import Fact, Json, Unmeasured

# A subject is the reported path of an asset or document (`film.mov`, `film.mov#audio:1`); "" is the delivery.
Facts = Mapping[str, Mapping[str, Fact | Unmeasured]]


@frozen
class Task:
    """One call of one probe: the facts wanted of one subject.

    subject  reported path, with the stream
    options  what else the answer depends on; part of the cache key
    """

    subject: str
    file: File
    stream: str
    probe: Probe
    wanted: frozenset[str]
    options: Mapping[str, Json] = field(default_factory=dict)


@frozen
class Plan:
    """Exactly what the rules need: facts known without measuring, and tasks for the rest."""

    known: Facts = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()


@frozen
class Want:
    """Facts that rules need of one asset or document; `schemas` are JSON Schemas by the fact they yield."""

    subject: Asset | Document
    names: set[str]
    schemas: dict[str, Mapping[str, Json]]
