"""Lists in findings, told line by line: in one sentence five of them are hard to read, and the rest is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deliverlint.frozen import frozen
from deliverlint.judge.model import Result
from deliverlint.judge.records import name_of
from deliverlint.values import Json

_NONE_EXPECTED = "; expected none"
_CUT = "…"


@frozen
class Listing:
    """What a finding speaks of (`broken links, expected none`) and each of them; `placed` where an entry says where."""

    sentence: str
    entries: tuple[Json, ...]
    placed: bool = False


def listing_of(result: Result) -> Listing | None:
    """Return the list that a finding is about; None where its sentence says it as well."""
    lists = [fact.value for fact in result.facts if isinstance(fact.value, list) and fact.value]
    if len(lists) != 1 or (len(lists[0]) == 1 and _CUT not in result.message):
        return None
    entries = lists[0]
    label, told, _ = result.message.partition(": ")
    if told and result.message.endswith(_NONE_EXPECTED) and _are_named(entries):
        return Listing(f"{label}, expected none", tuple(entries))
    counted, bracket, rest = result.message.partition(" (")
    if bracket and counted.startswith(f"{label}: there ") and _are_messages(entries):
        return Listing(f"{counted}, {rest.rpartition('), ')[2]}", tuple(entries), placed=True)
    return None


def name_of_entry(entry: Json, index: int) -> str:
    """Return what an entry is called, or the message that it is."""
    return name_of(entry, index) if isinstance(entry, Mapping) else str(entry)


def _are_named(entries: Sequence[Json]) -> bool:
    return all(isinstance(entry, (str, Mapping)) for entry in entries)


def _are_messages(entries: Sequence[Json]) -> bool:
    return all(isinstance(entry, Mapping) and isinstance(entry.get("message"), str) for entry in entries)
