"""Shapes of an answer: bounded lists, bounded texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from deliverlint.values import Json, Unmeasured
from deliverlint.wording import printable

Answer: TypeAlias = dict[str, Json | Unmeasured]
MAX_LISTED = 200


def listing(found: Iterable[str]) -> list[str]:
    """Return a list that people can read: bounded, with how many more there are."""
    items = list(found)
    more = len(items) - MAX_LISTED
    return items if more <= 0 else [*items[:MAX_LISTED], f"and {more} more"]


def text(value: str | None) -> str | None:
    """Return a text of bounded length that is safe to show; None for an empty one."""
    return printable(value, 1000) if value else None
