"""What a phrase speaks of when it speaks of many: one element of a list, or the values of a group."""

from __future__ import annotations

import re
from dataclasses import replace

from deliverlint.spec import FactSpec, FactType

_ELEMENT: dict[FactType, FactType] = {"texts": "text", "numbers": "number"}
_TIME = re.compile(r"[\d.]\s*(s|ms|min|h|sec|seconds?|minutes?|hours?|frames?)\b")


def speaks_of_lengths(spec: FactSpec, phrase: str) -> bool:
    """Say whether a phrase over events means how long each is, and not the value that each has."""
    return spec.type == "events" and (not spec.unit or bool(_TIME.search(phrase)))


def element_spec(spec: FactSpec, lengths: bool) -> FactSpec:
    """Return the spec of one element of a list fact; `lengths` where events are asked how long they are."""
    if spec.type == "events":
        if lengths:
            return replace(spec, type="number", unit="s", decimals=None)
        return replace(spec, type="number")
    return replace(spec, type=_ELEMENT.get(spec.type, "text"))


def count_spec(spec: FactSpec) -> FactSpec:
    """Return the spec of the number of elements of a list fact."""
    return FactSpec(name=f"the count of {spec.name}", type="number", label=spec.label, meaning="", decimals=0)


def group_spec(spec: FactSpec) -> FactSpec | None:
    """Return the spec of the list of a fact's values over a group; None where the fact is itself a list."""
    if spec.type == "number":
        return replace(spec, type="numbers")
    if spec.type in ("text", "date"):
        return replace(spec, type="texts")
    if spec.type == "yes/no":
        return replace(spec, type="texts", values=("yes", "no"))
    return None
