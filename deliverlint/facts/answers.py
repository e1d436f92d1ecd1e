"""What a worker answers, as it goes over the pipe and as a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from deliverlint.frozen import frozen
from deliverlint.values import Json, Unmeasured
from deliverlint.wording import printable

if TYPE_CHECKING:  # a worker has no use for the delivery's model
    from deliverlint.facts.model import Task

# A longer reply is refused by the worker, and by the parent if the worker does not.
MAX_REPLY = 64 * 1024 * 1024

# How one fact stands in a reply: measured; the probe's own reason why not; the engine's reason why not.
Kind: TypeAlias = Literal["value", "unmeasured", "failed"]


class BadReply(Exception):
    """The worker said something that is no answer to what it was asked."""


@frozen
class Answer:
    """The answer to one task: for each wanted fact its value, or the reason why there is none.

    final     the facts that the probe itself answered: for the same content it would answer the same again
    identity  stat identity of what was read; empty where nothing was
    asked_ns  wall clock, in nanoseconds, before reading began
    """

    facts: Mapping[str, Json | Unmeasured]
    final: frozenset[str] = frozenset()
    identity: str = ""
    asked_ns: int = 0


def failed(task: Task, reason: str) -> Answer:
    """Return the answer to a task that nobody could carry out."""
    return Answer({name: Unmeasured(reason) for name in task.wanted})


def decode(line: bytes, task: Task, number: int, asked_ns: int) -> Answer:
    """Read the reply to request `number`; raise BadReply where it is none."""
    try:
        reply = json.loads(line, parse_constant=_refuse)
        if reply["number"] != number:
            raise BadReply
        facts: dict[str, Json | Unmeasured] = {}
        final = set()
        for name in task.wanted:
            kind, content = reply["facts"][name]
            if kind != "value" and not isinstance(content, str):
                raise BadReply
            facts[name] = content if kind == "value" else Unmeasured(printable(content))
            if kind in ("value", "unmeasured"):
                final.add(name)
        return Answer(facts, frozenset(final), str(reply["identity"]), asked_ns)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadReply from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and the infinities are no JSON, and no measurement


def for_json(value: object) -> Json:
    """Serve `json` as `default`: options may hold read-only mappings, sets and paths."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no JSON")
