"""A ruleset as it was written: its fields, each with the place it came from, before inheritance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deliverlint.frozen import frozen
from deliverlint.problem import Problem
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.hints import about_key, about_mapping
from deliverlint.ruleset.model import Origin
from deliverlint.strictyaml import Map, Node, Scalar, Sequence
from deliverlint.wording import did_you_mean, printable

TOP_KEYS = (
    "ruleset", "version", "title", "requires", "based_on", "extends", "params", "roles", "rules", "change", "drop",
)  # fmt: skip
RULE_KEYS = (
    "title", "for", "per", "each", "when", "where", "expect", "any_of", "needs", "attest", "schema", "check",
    "severity", "overridable", "from", "cite", "fix", "why", "tags", "renamed_from",
)  # fmt: skip
ROLE_KEYS = (
    "media", "match", "count", "title", "severity", "overridable", "from", "cite", "fix", "why", "when", "tags",
    "renamed_from",
)  # fmt: skip
CITE_KEYS = ("title", "url", "read")
_HEAD = ("ruleset", "version", "title")
# More than anybody mends at one go; each costs a search for what was meant.
_MAX_PROBLEMS = 100
_MAX_MESSAGE = 500


@frozen
class RawField:
    node: Node
    origin: Origin


RawFields = Mapping[str, RawField]


@frozen
class RawRuleset:
    """One ruleset's own words: what it extends is named, not yet merged."""

    id: str
    head: RawFields  # ruleset, version, title
    extends: tuple[RawField, ...] = ()
    plugins: tuple[RawField, ...] = ()
    engine: tuple[RawField, ...] = ()
    based_on: Mapping[str, RawFields] = field(default_factory=dict)
    params: Mapping[str, RawField] = field(default_factory=dict)
    roles: Mapping[str, RawFields] = field(default_factory=dict)
    rules: Mapping[str, RawFields] = field(default_factory=dict)
    change: Mapping[str, RawFields] = field(default_factory=dict)
    drop: Mapping[str, RawField] = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)  # by shown file name
    paths: tuple[str, ...] = ()


class Problems:
    """Collects mistakes, so that a person sees all of them at once; raises RulesetError where there are too many."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def at(self, file: str, node: Node | None, message: str) -> None:
        shown = printable(message, _MAX_MESSAGE)
        self.found.append(Problem(file, node.line if node else 0, node.column if node else 0, shown))
        if len(self.found) >= _MAX_PROBLEMS:
            self.found.append(Problem(file, 0, 0, f"has more than {_MAX_PROBLEMS} mistakes; these are the first"))
            self.raise_any()

    def of(self, field: RawField, message: str, node: Node | None = None) -> None:
        self.at(field.origin.file, node or field.node, message)

    def raise_any(self) -> None:
        if self.found:
            raise RulesetError(sorted(self.found, key=_place))


def _place(problem: Problem) -> tuple[str, bool, int, int]:
    return problem.file, not problem.line, problem.line, problem.column


class Reader:
    """Reads the tree of one file into fields, noting every key that does not belong."""

    def __init__(self, file: str, ruleset: str, problems: Problems) -> None:
        self.file = file
        self.ruleset = ruleset
        self.problems = problems

    def top(self, tree: Map) -> RawRuleset:
        """Read the whole of `ruleset.yaml`."""
        ruleset = tree.items.get("ruleset")
        self.ruleset = ruleset.text if isinstance(ruleset, Scalar) else ""
        self.known_keys(tree, TOP_KEYS, "a ruleset")
        for key in _HEAD:
            if key not in tree.items:
                self.problems.at(self.file, tree, f"the key `{key}:` is missing")
        requires = self.fields(tree.items.get("requires"), ("deliverlint", "plugins"), "`requires:`")
        plugins = requires.get("plugins")
        return RawRuleset(
            id=self.ruleset,
            head={key: self.field(tree.items[key]) for key in _HEAD if key in tree.items},
            extends=self.each(tree.items.get("extends"), "extends"),
            plugins=self.each(plugins.node if plugins else None, "plugins"),
            engine=tuple(requires[key] for key in ("deliverlint",) if key in requires),
            based_on=self.table(tree.items.get("based_on"), CITE_KEYS, "source"),
            params=self.fields(tree.items.get("params"), None, "`params:`"),
            roles=self.table(tree.items.get("roles"), ROLE_KEYS, "role"),
            rules=self.table(tree.items.get("rules"), RULE_KEYS, "rule"),
            change=self.table(tree.items.get("change"), (*RULE_KEYS, "count"), "changed rule"),
            drop=self.fields(tree.items.get("drop"), None, "`drop:`"),
        )

    def chapter(self, tree: Map) -> Mapping[str, RawFields]:
        """Read one file of `rules/`."""
        self.known_keys(tree, ("rules",), "a file of rules")
        return self.table(tree.items.get("rules"), RULE_KEYS, "rule")

    def known_keys(self, tree: Map, known: tuple[str, ...], what: str) -> None:
        for key, written in tree.keys.items():
            if key not in known:
                hint = about_key(key, known) or did_you_mean(key, known)
                self.problems.at(self.file, written, f"'{printable(key, 60)}' is no key of {what}{hint}")

    def each(self, node: Node | None, what: str) -> tuple[RawField, ...]:
        """A list of words; a single word is a list of one."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        words = [item for item in items if isinstance(item, Scalar)]
        if len(words) != len(items):
            self.problems.at(self.file, node, f"`{what}:` has to be a list of words")
        return tuple(self.field(word) for word in words)

    def field(self, node: Node) -> RawField:
        return RawField(node, Origin(self.ruleset, self.file, node.line))

    def fields(self, node: Node | None, known: tuple[str, ...] | None, what: str) -> dict[str, RawField]:
        if node is None:
            return {}
        if not isinstance(node, Map):
            self.problems.at(self.file, node, f"{what} has to be a mapping (key: value){about_mapping(node)}")
            return {}
        if known is not None:
            self.known_keys(node, known, what)
        return {key: self.field(value) for key, value in node.items.items() if known is None or key in known}

    def table(self, node: Node | None, known: tuple[str, ...], what: str) -> dict[str, RawFields]:
        if node is None:
            return {}
        if not isinstance(node, Map):
            message = f"the {what}s have to be a mapping (name: {{key: value}}){about_mapping(node)}"
            self.problems.at(self.file, node, message)
            return {}
        table: dict[str, RawFields] = {}
        for name, value in node.items.items():
            table[name] = self.fields(value, known, f"{what} '{printable(name, 60)}'")
            if isinstance(value, Map) and not value.items:
                self.problems.at(self.file, node.keys[name], f"{what} '{printable(name, 60)}' says nothing")
        return table
