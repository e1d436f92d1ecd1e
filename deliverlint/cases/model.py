"""A delivery that exists only as facts, and the changes that make a rule pass or fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deliverlint.frozen import frozen
from deliverlint.problem import Problem
from deliverlint.strictyaml import Map, Node

DAY = "2026-11-22"  # on which cases are judged, unless good.yaml says `as_of`
SCHEMA_PREFIX = "schema:"


class CaseError(Exception):
    """A case file that cannot be read; `problem` says where."""

    def __init__(self, file: str, node: Node | None, message: str) -> None:
        self.problem = Problem(file, node.line if node else 0, node.column if node else 0, message)
        super().__init__(str(self.problem))


@frozen
class Actor:
    """One asset or document of a case, with its facts as they were written."""

    path: str
    roles: tuple[str, ...] = ()
    kind: str = ""
    of: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Node] = field(default_factory=dict)
    node: Node | None = None


@frozen
class Scene:
    """A delivery that exists only as facts."""

    file: str
    as_of: str = DAY
    delivery: Mapping[str, Node] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)


@frozen
class Case:
    """What makes one rule pass or fail: changes to the good delivery."""

    rule: str
    passes: tuple[Map, ...]
    fails: tuple[Map, ...]
    line: int
