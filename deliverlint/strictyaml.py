"""YAML read strictly: every scalar stays the words that were written, and every node knows its line.

No tags, anchors, aliases, duplicate keys or empty values; size and depth are bounded. `NO`, `3.10` and
`10:00:00` stay text: whoever knows the expected type converts them (see `to_json`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import yaml

from deliverlint.frozen import frozen
from deliverlint.problem import Problem
from deliverlint.values import Json
from deliverlint.wording import printable
from deliverlint.yamlwords import explained

__all__ = ["Map", "Node", "Problem", "Scalar", "Sequence", "YamlError", "parse", "scalar_to_json", "scalars", "to_json"]

MAX_CHARACTERS = 4_000_000
MAX_SCALAR = 20_000
MAX_DEPTH = 24
MAX_NODES = 400_000
_MAX_DIGITS = 300
_COMMENT = re.compile(r" #|\s+#[^\s#!]")

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)


class YamlError(Exception):
    """The text is not the YAML that is read here; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@frozen
class Scalar:
    text: str
    line: int
    column: int
    quoted: bool = False


@frozen
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int


@frozen
class Map:
    """A mapping; `keys` holds each key as it was written, with its place."""

    items: Mapping[str, Node]
    keys: Mapping[str, Scalar]
    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Map


def parse(text: str, file: str, max_nodes: int = MAX_NODES) -> Node:
    """Parse one YAML document; raise YamlError at the first thing that is not allowed."""
    if len(text) > MAX_CHARACTERS:
        raise YamlError(Problem(file, 0, 0, f"is larger than {MAX_CHARACTERS // 1_000_000} million characters"))
    try:
        return _Composer(text, file, max_nodes).document()
    except yaml.YAMLError as error:
        raise YamlError(explained(error, text, file)) from None


def _is_nothing(event: Any) -> bool:
    if not isinstance(event, yaml.ScalarEvent) or event.style or event.tag or event.anchor:
        return False
    return event.value in ("", "~", "null", "Null", "NULL")


class _Composer:
    """Builds nodes from parser events; one event of look-ahead."""

    def __init__(self, text: str, file: str, max_nodes: int) -> None:
        self.file = file
        self.max_nodes = max_nodes
        self.lines = text.splitlines()
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
        self.nodes = 0

    def fail(self, mark: Any, message: str) -> YamlError:
        return YamlError(Problem(self.file, mark.line + 1, mark.column + 1, message))

    def document(self) -> Node:
        for event in self.events:
            if isinstance(event, yaml.StreamEndEvent):
                raise YamlError(Problem(self.file, 0, 0, "is empty"))
            if isinstance(event, yaml.DocumentStartEvent):
                break
        node = self.node(next(self.events), 0)
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self.fail(event.start_mark, "a second document starts here ('---'); only one is read")
        return node

    def node(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise self.fail(mark, f"is nested more than {MAX_DEPTH} levels deep")
        if self.nodes > self.max_nodes:
            raise self.fail(mark, f"holds more than {self.max_nodes} values")
        if isinstance(event, yaml.AliasEvent):
            raise self.fail(mark, f"'*{event.anchor}' is an alias; aliases are not read: write the value out")
        if event.anchor:
            raise self.fail(mark, f"'&{event.anchor}' is an anchor; anchors are not read")
        if event.tag:
            raise self.fail(mark, f"'{printable(event.tag, 60)}' is a tag; tags are not read")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(inner, depth + 1))
            return Sequence(tuple(items), mark.line + 1, mark.column + 1)
        return self.mapping(mark, depth)

    def mapping(self, mark: Any, depth: int) -> Map:
        items: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self.fail(event.start_mark, "a key has to be a single word or text")
            key = self.scalar(event)
            if key.text == "<<" and not key.quoted:
                raise self.fail(event.start_mark, "'<<' merges are not read: write the values out")
            if key.text in keys:
                first = keys[key.text].line
                raise self.fail(
                    event.start_mark, f"'{printable(key.text, 80)}' is written twice (first on line {first})"
                )
            keys[key.text] = key
            value = next(self.events)
            if _is_nothing(value):
                hint = "; is a space missing behind the ':'?" if ":" in key.text else ""
                raise self.fail(
                    event.start_mark,
                    f"`{printable(key.text, 80)}:` has no value; write one or leave the key out{hint}",
                )
            items[key.text] = self.node(value, depth + 1)
        return Map(items, keys, mark.line + 1, mark.column + 1)

    def scalar(self, event: Any) -> Scalar:
        text, mark = event.value, event.start_mark
        quoted = event.style in ("'", '"')
        if len(text) > MAX_SCALAR:
            raise self.fail(mark, f"is a text of more than {MAX_SCALAR} characters")
        if not event.style:
            if _is_nothing(event):
                raise self.fail(mark, "an entry of the list has no value; write one or leave it out")
            self.refuse_swallowed_text(event)
        return Scalar(text, mark.line + 1, mark.column + 1, quoted)

    def refuse_swallowed_text(self, event: Any) -> None:
        """`fix: See note #3 below` would lose `#3 below` without a word; comments stand two spaces apart."""
        end = event.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        # Not sliced before it is looked at: a line may hold a hundred thousand values.
        swallowed = _COMMENT.match(line, end.column)
        if swallowed and (" " in event.value or not line.startswith("  ", end.column)):
            lost = printable(line[end.column :].strip(), 60)
            raise self.fail(
                end, f"'{lost}' would be lost as a comment: put the text in quotes, or the comment two spaces apart"
            )


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every scalar of a tree, keys included."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.items.items():
            yield node.keys[key]
            yield from scalars(value)


_TRUE, _FALSE = ("true", "yes"), ("false", "no")
_NUMBER = re.compile(r"[+-]?(\d+)(\.\d+)?([eE][+-]?\d+)?")


def to_json(node: Node, schema: Mapping[str, Json] | None = None) -> Json:
    """Return a node as JSON values, each converted to the type that its JSON Schema asks for.

    A scalar whose schema says text stays text; without a schema `yes no true false` and plain numbers convert.
    What does not fit stays text, so that validation can say so.
    """
    schema = schema or {}
    if isinstance(node, Map):
        properties = schema.get("properties", {})
        other = schema.get("additionalProperties")
        fallback = other if isinstance(other, dict) else None
        return {key: to_json(value, properties.get(key, fallback)) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [to_json(item, schema.get("items")) for item in node.items]
    return scalar_to_json(node.text, schema, node.quoted)


def scalar_to_json(text: str, schema: Mapping[str, Json], quoted: bool = False) -> Json:
    """Convert one text to what its JSON Schema asks for (also for cells of CSV and spreadsheets)."""
    wanted = schema.get("type")
    kinds = wanted if isinstance(wanted, list) else [wanted] if wanted else []
    if "string" in kinds or (quoted and not kinds):
        return text
    guess = not kinds and "enum" not in schema and "const" not in schema
    if (guess or "boolean" in kinds) and text.lower() in (*_TRUE, *_FALSE) and (kinds or text.islower()):
        return text.lower() in _TRUE
    if (guess or "integer" in kinds or "number" in kinds) and (match := _NUMBER.fullmatch(text)):
        return _number(text, bool(match[2] or match[3]))
    return text


def _number(text: str, is_fraction: bool) -> Json:
    """The number that a text writes; the text itself where no computer's number is meant."""
    if len(text) > _MAX_DIGITS:
        return text
    number = float(text)
    if not math.isfinite(number):
        return text
    return number if is_fraction else int(text)
