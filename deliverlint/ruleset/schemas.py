"""JSON Schemas in rulesets: a misspelt keyword would be passed over without a word, so the words are checked here."""

from __future__ import annotations

from collections.abc import Iterator

from deliverlint.strictyaml import Map, Node, Scalar, Sequence
from deliverlint.wording import did_you_mean, listed, printable

_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")
# JSON Schema 2020-12, core, applicators, validation, annotations: where a schema stands inside a schema.
_SCHEMA = (
    "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then",
    "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
_SCHEMAS = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED_SCHEMAS = ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties")
_OTHER = (
    "$anchor", "$comment", "$id", "$ref", "$schema", "const", "contentEncoding", "contentMediaType", "default",
    "dependentRequired", "deprecated", "description", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum",
    "format", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems",
    "minLength", "minProperties", "minimum", "multipleOf", "pattern", "readOnly", "required", "title", "type",
    "uniqueItems", "writeOnly",
)  # fmt: skip
_KEYWORDS = (*_SCHEMA, *_SCHEMAS, *_NAMED_SCHEMAS, *_OTHER)


def mistakes_in(schema: Map) -> Iterator[tuple[Node, str]]:
    """Yield each mistake in the words of a schema, and where it stands."""
    yield from _schema(schema, schema)


def _schema(node: Node, root: Map) -> Iterator[tuple[Node, str]]:
    if isinstance(node, Scalar) and node.text in ("true", "false", "yes", "no"):
        return
    if not isinstance(node, Map):
        yield node, "a JSON Schema is a mapping of keywords"
        return
    for key, value in node.items.items():
        if key in _SCHEMA:
            yield from _schema(value, root)
        elif key in _SCHEMAS:
            yield from _several(value, key, root)
        elif key in _NAMED_SCHEMAS:
            yield from _named(value, key, root)
        elif key == "type":
            yield from _types(value)
        elif key == "$ref":
            yield from _ref(value, root)
        elif key == "required" and not (isinstance(value, Sequence) and _all_words(value)):
            yield value, "`required` is a list of names, beside `properties`"
        elif key not in _OTHER and not key.startswith("x-"):
            message = f"'{printable(key, 60)}' is no keyword of JSON Schema{did_you_mean(key, _KEYWORDS)}"
            yield node.keys[key], message


def _several(node: Node, key: str, root: Map) -> Iterator[tuple[Node, str]]:
    if not isinstance(node, Sequence) or not node.items:
        yield node, f"`{key}` is a list of schemas"
        return
    for item in node.items:
        yield from _schema(item, root)


def _named(node: Node, key: str, root: Map) -> Iterator[tuple[Node, str]]:
    if not isinstance(node, Map):
        yield node, f"`{key}` is a mapping of names and schemas"
        return
    for item in node.items.values():
        yield from _schema(item, root)


def _types(node: Node) -> Iterator[tuple[Node, str]]:
    for item in node.items if isinstance(node, Sequence) else (node,):
        word = item.text if isinstance(item, Scalar) else ""
        if word not in _TYPES:
            yield item, f"'{printable(word, 40)}' is no type of JSON Schema{did_you_mean(word, _TYPES)}; {_all_types()}"


def _all_types() -> str:
    return f"there are {listed(_TYPES)}"


def _ref(node: Node, root: Map) -> Iterator[tuple[Node, str]]:
    target = node.text if isinstance(node, Scalar) else ""
    if not target.startswith("#"):
        yield node, f"`$ref: {printable(target, 60)}` is not inside the schema; only '#...' is followed"
    elif target.startswith("#/") and not _is_there(target[2:].split("/"), root):
        yield node, f"`$ref: {printable(target, 60)}` leads nowhere in the schema"


def _is_there(steps: list[str], node: Node) -> bool:
    for step in steps:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, Map) and key in node.items:
            node = node.items[key]
        elif isinstance(node, Sequence) and key.isdecimal() and len(key) < 6 and int(key) < len(node.items):
            node = node.items[int(key)]
        else:
            return False
    return True


def _all_words(node: Sequence) -> bool:
    return all(isinstance(item, Scalar) for item in node.items)
