"""Parameters: `$name` in a phrase stands for a value, a list of values, or one that facts pick from a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from deliverlint.frozen import frozen
from deliverlint.ruleset.errors import PhraseError
from deliverlint.ruleset.raw import RawField
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, Node, Scalar, Sequence
from deliverlint.wording import did_you_mean, listed, printable

NAME = re.compile(r"[a-z0-9_.]+")
# Wider than a name may be, so that `$Loudness` and `$loudness-target` are mistakes and no literals.
_USE = re.compile(r"\$([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)")
_MAX_TEXT = 2_000
_MAX_CHAIN = 3  # a table in a list in a table
_MAX_VALUES = 16  # a value that uses a value that uses ...
_MAX_PHRASES = 20_000


@dataclass(slots=True)
class _Budget:
    """How many phrases a ruleset may still come to: tables in tables multiply."""

    left: int = _MAX_PHRASES


@frozen
class PhraseContext:
    """What a phrase may refer to: all facts, and the parameters of the ruleset.

    chain   the lists and tables that are being written out
    values  the text of each plain parameter with those that it uses in place
    """

    facts: Mapping[str, FactSpec]
    params: Mapping[str, RawField]
    chain: tuple[str, ...] = ()
    budget: _Budget = field(default_factory=_Budget)
    values: dict[str, str] = field(default_factory=dict)

    def knowing(self, more: Mapping[str, FactSpec]) -> PhraseContext:
        """Return the context in which the fields of an entry can be referred to as well."""
        return replace(self, facts={**self.facts, **more})

    def inside(self, name: str) -> PhraseContext:
        """Return the context of what stands in the list or table `name`."""
        if name in self.chain:
            raise PhraseError(f"the parameter '{name}' refers to itself: {' → '.join((*self.chain, name))}")
        if len(self.chain) >= _MAX_CHAIN:
            raise PhraseError(f"parameters are nested too deep: {' → '.join((*self.chain, name))}")
        return replace(self, chain=(*self.chain, name))

    def spend(self) -> None:
        """Count one phrase."""
        self.budget.left -= 1
        if self.budget.left < 0:
            raise PhraseError(f"the ruleset comes to more than {_MAX_PHRASES} phrases")


@frozen
class ListParam:
    """A parameter that is a list: one of its items."""

    name: str
    param: RawField
    items: Sequence


@frozen
class Table:
    """A parameter that is a table: for each line the keys of its facts, and the phrase with its value in place."""

    name: str
    param: RawField
    facts: tuple[str, ...]
    lines: tuple[tuple[Scalar, tuple[str, ...], Node], ...]


Filled: TypeAlias = str | ListParam | Table


def fill(node: Scalar, context: PhraseContext) -> Filled:
    """Put the values of parameters into a phrase; raises PhraseError for what is no parameter, or a circle."""
    text = _with_values(node.text, context, ())
    for found in _USE.finditer(text):
        param = context.params[found[1]]
        if isinstance(param.node, Sequence):
            if text.strip() != found[0]:
                raise PhraseError(f"'{found[0]}' is a list: it can only stand alone, not in '{printable(text, 60)}'")
            return ListParam(found[1], param, param.node)
        if isinstance(param.node, Map):
            return _table(node, text, found[1], param, param.node, context)
    return text


def values_of(text: str, context: PhraseContext) -> str:
    """Return `; $limit is '-2 LUFS' (file:line)` for the plain parameters of a phrase in which something is wrong."""
    used = {found[1]: context.params[found[1]] for found in _USE.finditer(text) if found[1] in context.params}
    told = [
        f"${name} is '{printable(param.node.text, 60)}' ({param.origin.file}:{param.origin.line})"
        for name, param in used.items()
        if isinstance(param.node, Scalar)
    ]
    return f"; {listed(told[:3])}" if told else ""


def _with_values(text: str, context: PhraseContext, chain: tuple[str, ...]) -> str:
    """Replace parameters that are plain values, those in values too; lists and tables stay."""
    if "$" not in text:
        return text
    if len(text) > _MAX_TEXT:
        raise PhraseError(f"a phrase with parameters is longer than {_MAX_TEXT} characters")

    def value(found: re.Match[str]) -> str:
        name = found[1]
        param = context.params.get(name)
        if param is None:
            raise PhraseError(f"'${name}' is no parameter{did_you_mean(name, context.params) or _none(context)}")
        if not isinstance(param.node, Scalar):
            return found[0]
        if name not in context.values:
            if name in chain or len(chain) > _MAX_VALUES:
                raise PhraseError(f"parameters that use each other without end: {' → '.join((*chain, name))}")
            context.values[name] = _with_values(param.node.text, context, (*chain, name))
        return context.values[name]

    filled = _USE.sub(value, text)
    if len(filled) > _MAX_TEXT:
        raise PhraseError(f"with its parameters the phrase is longer than {_MAX_TEXT} characters")
    return filled


def _none(context: PhraseContext) -> str:
    if not context.params:
        return ": the ruleset has no `params:`"
    return f"; `params:` has {listed(sorted(context.params)[:8])}"


def _table(node: Scalar, text: str, name: str, param: RawField, table: Map, context: PhraseContext) -> Table:
    chooser = table.items.get("pick")
    if chooser is None:
        message = f"the parameter '{name}' is a table without `pick:`, the facts that its lines are picked by"
        raise PhraseError(message, table, param)
    items = chooser.items if isinstance(chooser, Sequence) else (chooser,)
    facts = tuple(item.text for item in items if isinstance(item, Scalar))
    if not facts or len(facts) != len(items):
        raise PhraseError("`pick:` has to be a fact or a list of facts", chooser, param)
    for fact in facts:
        if fact not in context.facts:
            hint = did_you_mean(fact, context.facts)
            raise PhraseError(f"'{printable(fact, 60)}' is no fact{hint}", chooser, param)
    lines = []
    for key, value in table.items.items():
        if key == "pick":
            continue
        written = table.keys[key]
        parts = tuple(part.strip() for part in key.split("@")) if len(facts) > 1 else (key.strip(),)
        if len(parts) != len(facts):
            message = f"'{printable(key, 60)}' does not give one value for each of {listed(facts)}, parted by '@'"
            raise PhraseError(message, written, param)
        lines.append((written, parts, _in_place(node, text, name, param, value)))
    if not lines:
        raise PhraseError(f"the parameter '{name}' has nothing to pick from", table, param)
    return Table(name, param, facts, tuple(lines))


def _in_place(node: Scalar, text: str, name: str, param: RawField, value: Node) -> Node:
    """The phrase with one line's value instead of the table."""
    if isinstance(value, Scalar):
        return replace(node, text=_USE.sub(lambda found: value.text if found[1] == name else found[0], text))
    if isinstance(value, Sequence) and text.strip() == f"${name}":
        return value
    message = "a line of the table is a single value" if isinstance(value, Map) else "a list can only stand alone"
    raise PhraseError(f"{message}, not in '{printable(text, 60)}'", value, param)
