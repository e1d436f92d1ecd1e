"""Waivers: a buyer's written exceptions, as a list in delivery.yaml or in a file that it names."""

from __future__ import annotations

from deliverlint.delivery.inventory import Inventory
from deliverlint.delivery.listed import find
from deliverlint.delivery.model import Waiver
from deliverlint.delivery.notebook import Notebook
from deliverlint.delivery.written import read_yaml
from deliverlint.strictyaml import Map, Node, Scalar
from deliverlint.values import is_day
from deliverlint.wording import listed, printable

_NEEDED = ("ruleset", "rule", "reason", "approved_by")
_KEYS = ["ruleset", "rule", "asset", "reason", "approved_by", "expires"]
_LIKE = "{ruleset: ..., rule: ..., asset: ..., reason: ..., approved_by: ..., expires: 2027-01-31}"


def read_waivers(node: Node, inventory: Inventory, notes: Notebook) -> tuple[tuple[Waiver, ...], str]:
    """Return the waivers that are complete, and the file that they were read from."""
    if not isinstance(node, Scalar):
        return _waivers(node, notes), notes.file
    place = find(node, inventory, notes, trees=False)
    if place is None:
        return (), ""
    there = Notebook(place.path)
    content = read_yaml(place.file, there)
    waivers = _waivers(content, there) if content else ()
    notes.notes += there.notes
    return waivers, place.path


def _waivers(node: Node, notes: Notebook) -> tuple[Waiver, ...]:
    found = (_waiver(entry, notes) for entry in notes.mappings(node, "waivers", _LIKE))
    return tuple(waiver for waiver in found if waiver)


def _waiver(entry: Map, notes: Notebook) -> Waiver | None:
    """Return one waiver; none where it does not say who grants what, or until when it holds."""
    for key in entry.keys.values():
        if key.text not in _KEYS:
            notes.unknown(key, _KEYS)
    values = {key: notes.text(entry.items[key], key).strip() for key in _KEYS if key in entry.items}
    missing = [key for key in _NEEDED if not values.get(key)]
    if missing:
        notes.add(f"is a waiver without {listed(missing)}; it does not count", entry)
        return None
    expires = values.get("expires", "")
    if "expires" in values and not is_day(expires):
        place = entry.items["expires"]
        notes.add(f"'{printable(expires, 40)}' is no date (YYYY-MM-DD); the waiver does not count", place)
        return None
    return Waiver(
        values["ruleset"],
        values["rule"],
        values.get("asset", ""),
        values["reason"],
        values["approved_by"],
        expires,
        f"{notes.file}:{entry.line}",
    )
