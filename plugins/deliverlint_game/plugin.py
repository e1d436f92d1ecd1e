"""deliverlint-game: game builds at file and header level."""

from __future__ import annotations

from deliverlint.hookspecs import FactSpec, FileType, Probe, TreeType, hookimpl
from deliverlint_game.facts import STEAMPIPE_FACTS, STEAMPIPE_PROBE, TREE_FACTS, TREE_PROBE
from deliverlint_game.types import FILE_TYPES, TREE_TYPES


@hookimpl
def facts() -> list[FactSpec]:
    return [*TREE_FACTS, *STEAMPIPE_FACTS]


@hookimpl
def probes() -> list[Probe]:
    return [
        Probe(
            id=TREE_PROBE,
            version="3",
            run="deliverlint_game.probe:measure",
            media=("game",),
            subject="tree",
            cpu_s=300,
            wall_s=900,
        ),
        Probe(id=STEAMPIPE_PROBE, version="1", run="deliverlint_game.steampipe:measure", media=("game",)),
    ]


@hookimpl
def file_types() -> list[FileType]:
    return list(FILE_TYPES)


@hookimpl
def tree_types() -> list[TreeType]:
    return list(TREE_TYPES)
