"""Which executables of a build are weak in which way, as lists of paths that a rule can ask to be empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from deliverlint.values import Json

Record = Mapping[str, Json]

# Builds by people leave their name in these; build machines usually do not.
_HOME = re.compile(r"([a-z]:)?[\\/](users|home|documents and settings)[\\/]", re.I)


def _is(field: str, value: Json) -> Callable[[Record], bool]:
    return lambda record: record.get(field) == value


def _is_native(record: Record) -> bool:
    return not record.get("managed")


WEAKNESSES: Mapping[str, Callable[[Record], bool]] = {
    "game.executables.without_aslr": lambda record: record.get("aslr") is False and _is_native(record),
    "game.executables.without_high_entropy_va": lambda record: (
        record.get("high_entropy_va") is False and _is_native(record)
    ),
    "game.executables.without_nx": lambda record: record.get("nx") is False and _is_native(record),
    "game.executables.without_cfg": lambda record: record.get("cfg") is False and _is_native(record),
    "game.executables.not_64_bit": lambda record: record.get("bits") in (16, 32),
    "game.executables.debug_runtime": lambda record: "debug_runtime" in record,
    "game.executables.incremental": _is("incremental", True),
    "game.executables.with_debug_info": _is("debug_info", True),
    "game.executables.with_home_path": lambda record: bool(_HOME.match(record.get("pdb", ""))),
}


def weak(name: str, records: Sequence[Record]) -> list[str]:
    """Return the paths of executables with that weakness; those that vendors hand out ready-made do not count."""
    is_weak = WEAKNESSES[name]
    return sorted({record["path"] for record in records if not record.get("ready_made") and is_weak(record)})
