"""Facts that a supplier declares: the words of delivery.yaml as values of the catalogue's types."""

from __future__ import annotations

import math
from collections.abc import Mapping

from deliverlint.catalogue.names import STAT_FACTS
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, Node, Scalar, Sequence, to_json
from deliverlint.units import comparable, normalise, quantity
from deliverlint.values import Json, is_day
from deliverlint.wording import did_you_mean, listed, printable

_YES, _NO = ("yes", "true"), ("no", "false")
_ARTICLES = {"number": "a number", "yes/no": "yes or no", "date": "a date (YYYY-MM-DD)"}


class DeclaredError(Exception):
    """The value is not one of the fact's type; `node` is where it stands."""

    def __init__(self, message: str, node: Node) -> None:
        super().__init__(message)
        self.node = node


def is_measured(spec: FactSpec) -> bool:
    """Say whether a fact comes from a probe or the file system: such a fact cannot be declared."""
    return bool(spec.probe) or spec.name in STAT_FACTS


def declared_value(spec: FactSpec, node: Node) -> Json:
    """Convert what was written to the fact's type and unit; raise DeclaredError where it does not fit.

    A list of one may be written without the list.
    """
    if spec.type in ("texts", "numbers"):
        items = node.items if isinstance(node, Sequence) else (node,)
        return [_scalar(spec, item, spec.type[:-1]) for item in items]
    if spec.type in ("events", "records"):
        if not isinstance(node, Sequence):
            raise DeclaredError(f"'{spec.name}' has to be a list", node)
        return [_record(spec, item) for item in node.items]
    return _scalar(spec, node, spec.type)


def _record(spec: FactSpec, node: Node) -> Json:
    if not isinstance(node, Map):
        raise DeclaredError(f"each element of '{spec.name}' has to be a mapping", node)
    if not spec.fields:
        return to_json(node)
    return _fields({field.name: field for field in spec.fields}, node, "")


def _fields(known: Mapping[str, FactSpec], node: Map, prefix: str) -> Json:
    record = {}
    for key, value in node.items.items():
        name = prefix + key
        if name in known:
            record[key] = declared_value(known[name], value)
        elif isinstance(value, Map) and any(field.startswith(f"{name}.") for field in known):
            record[key] = _fields(known, value, f"{name}.")
        else:
            raise DeclaredError(f"unknown field '{printable(name, 80)}'{did_you_mean(name, known)}", node.keys[key])
    return record


def _scalar(spec: FactSpec, node: Node, kind: str) -> Json:
    if not isinstance(node, Scalar):
        raise DeclaredError(f"'{spec.name}' has to be {_ARTICLES.get(kind, 'a text')}", node)
    text = node.text
    if kind == "number":
        return _number(spec, node)
    if kind == "yes/no" and text.lower() in (*_YES, *_NO):
        return text.lower() in _YES
    if kind == "date" and is_day(text):
        return text
    if kind == "text":
        return _one_of(spec, node) if spec.values else text
    raise DeclaredError(f"'{spec.name}' is '{printable(text, 80)}', which is not {_ARTICLES[kind]}", node)


def _number(spec: FactSpec, node: Scalar) -> Json:
    found = quantity(normalise(node.text), spec.unit_of)
    wanted = f"a number in {spec.unit}" if spec.unit else "a number"
    if found is None or not math.isfinite(found.number):
        raise DeclaredError(f"'{spec.name}' is '{printable(node.text, 80)}', which is not {wanted}", node)
    if not comparable(found.unit, spec.unit_of):
        raise DeclaredError(f"'{spec.name}' is '{printable(node.text, 80)}', expected {wanted}", node)
    number = found.to(spec.unit_of)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _one_of(spec: FactSpec, node: Scalar) -> str:
    by_fold = {value.casefold(): value for value in spec.values}
    if value := by_fold.get(node.text.casefold()):
        return value
    hint = did_you_mean(node.text, spec.values) or f"; it is one of {listed(spec.values[:12], 'or')}"
    raise DeclaredError(f"'{spec.name}' is '{printable(node.text, 80)}', which it cannot be{hint}", node)
