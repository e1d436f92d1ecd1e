"""A ruleset as it was written: one file's fields, each with the place it came from, before inheritance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deliverlint.problem import Problem
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.model import Origin
from deliverlint.strictyaml import Map, Node, Scalar, Sequence, YamlError, parse
from deliverlint.wording import did_you_mean, printable

TOP_KEYS = (
    "ruleset", "version", "title", "requires", "based_on", "extends", "params", "roles", "rules", "change", "drop",
)  # fmt: skip
RULE_KEYS = (
    "title", "for", "per", "each", "when", "where", "expect", "any_of", "needs", "attest", "schema", "check",
    "severity", "overridable", "from", "cite", "fix", "why", "tags", "renamed_from",
)  # fmt: skip
ROLE_KEYS = (
    "media",
    "match",
    "count",
    "title",
    "severity",
    "overridable",
    "from",
    "cite",
    "fix",
    "why",
    "when",
)
CITE_KEYS = ("title", "url", "read")
MAX_FILE_BYTES = 4_000_000
MAX_FILES = 200


@dataclass(frozen=True, slots=True)
class RawField:
    node: Node
    origin: Origin


RawFields = Mapping[str, RawField]


@dataclass(frozen=True, slots=True)
class RawRuleset:
    """One ruleset's own words: what it extends is named, not yet merged."""

    id: str
    version: str
    title: str
    extends: tuple[RawField, ...] = ()
    plugins: tuple[RawField, ...] = ()
    engine: RawField | None = None
    based_on: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    params: Mapping[str, RawField] = field(default_factory=dict)
    roles: Mapping[str, RawFields] = field(default_factory=dict)
    rules: Mapping[str, RawFields] = field(default_factory=dict)
    change: Mapping[str, RawFields] = field(default_factory=dict)
    drop: Mapping[str, RawField] = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)  # by shown file name
    paths: tuple[str, ...] = ()


class Problems:
    """Collects mistakes, so that a person sees all of them at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def at(self, file: str, node: Node | None, message: str) -> None:
        line, column = (node.line, node.column) if node else (0, 0)
        self.found.append(Problem(file, line, column, message))

    def of(self, field: RawField, message: str, node: Node | None = None) -> None:
        self.at(field.origin.file, node or field.node, message)

    def raise_any(self) -> None:
        if self.found:
            raise RulesetError(sorted(self.found, key=lambda problem: (problem.file, problem.line, problem.column)))


def read_ruleset(path: Path, shown: str) -> RawRuleset:
    """Read `ruleset.yaml` and the files of `rules/` beside it; raises RulesetError.

    path   the file itself
    shown  the name under which problems report it
    """
    problems = Problems()
    text = _read(path, shown, problems)
    problems.raise_any()
    contents = {shown: text.encode()}
    reader = _Reader(problems)
    raw = reader.top(_parse(text, shown, problems), shown, contents)
    folder = path.parent.absolute() / "rules"
    more = sorted(folder.glob("*.yaml"))[:MAX_FILES] if path.name == "ruleset.yaml" else []
    rules = dict(raw.rules)
    for chapter in more:
        chapter_shown = f"{shown.rsplit('/', 1)[0]}/rules/{chapter.name}" if "/" in shown else f"rules/{chapter.name}"
        chapter_text = _read(chapter, chapter_shown, problems)
        if not chapter_text:
            continue
        contents[chapter_shown] = chapter_text.encode()
        for rule, fields in reader.chapter(
            _parse(chapter_text, chapter_shown, problems), chapter_shown, raw.id
        ).items():
            if rule in rules:
                first = next(iter(rules[rule].values())).origin
                problems.at(
                    chapter_shown,
                    _first(fields),
                    f"rule '{rule}' is already defined in {first.file}:{first.line}",
                )
            rules[rule] = fields
    problems.raise_any()
    return RawRuleset(
        id=raw.id, version=raw.version, title=raw.title, extends=raw.extends, plugins=raw.plugins, engine=raw.engine,
        based_on=raw.based_on, params=raw.params, roles=raw.roles, rules=rules, change=raw.change, drop=raw.drop,
        contents=contents, paths=(str(path.absolute()), str(folder), *(str(chapter.absolute()) for chapter in more)),
    )  # fmt: skip


def _first(fields: RawFields) -> Node | None:
    return next(iter(fields.values())).node if fields else None


def _read(path: Path, shown: str, problems: Problems) -> str:
    try:
        if not path.is_file():
            problems.at(shown, None, "is not there, or is no file")
            return ""
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problems.at(shown, None, f"cannot be read: {error.strerror}")
        return ""
    if len(data) > MAX_FILE_BYTES:
        problems.at(shown, None, f"is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.found.append(Problem(shown, line, 0, "is not UTF-8 text"))
        return ""


def _parse(text: str, shown: str, problems: Problems) -> Map:
    try:
        node = parse(text, shown)
    except YamlError as error:
        raise RulesetError([error.problem]) from None
    if not isinstance(node, Map):
        raise RulesetError([Problem(shown, node.line, node.column, "is not a mapping of keys (ruleset:, rules:, ...)")])
    return node


class _Reader:
    """Reads the tree into fields, noting every key that does not belong."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.file = ""
        self.ruleset = ""

    def top(self, tree: Map, file: str, contents: Mapping[str, bytes]) -> RawRuleset:
        self.file = file
        ruleset = tree.items.get("ruleset")
        self.ruleset = ruleset.text if isinstance(ruleset, Scalar) else ""
        self.known_keys(tree, TOP_KEYS, "a ruleset")
        for key in ("ruleset", "version", "title"):
            if key not in tree.items:
                self.problems.at(file, tree, f"the key `{key}:` is missing")
        requires = self.fields(tree.items.get("requires"), ("deliverlint", "plugins"), "`requires`")
        plugins = requires.get("plugins")
        return RawRuleset(
            id=self.ruleset,
            version=self.text(tree.items.get("version"), "version"),
            title=self.text(tree.items.get("title"), "title"),
            extends=self.each(tree.items.get("extends"), "extends"),
            plugins=self.each(plugins.node if plugins else None, "plugins"),
            engine=requires.get("deliverlint"),
            based_on=self.sources(tree.items.get("based_on")),
            params=self.fields(tree.items.get("params"), None, "`params`"),
            roles=self.table(tree.items.get("roles"), ROLE_KEYS, "role"),
            rules=self.table(tree.items.get("rules"), RULE_KEYS, "rule"),
            change=self.table(tree.items.get("change"), (*RULE_KEYS, "count"), "changed rule"),
            drop=self.fields(tree.items.get("drop"), None, "`drop`"),
            contents=contents,
        )

    def chapter(self, tree: Map, file: str, ruleset: str) -> Mapping[str, RawFields]:
        self.file, self.ruleset = file, ruleset
        self.known_keys(tree, ("rules",), "a file of rules")
        return self.table(tree.items.get("rules"), RULE_KEYS, "rule")

    def known_keys(self, tree: Map, known: tuple[str, ...], what: str) -> None:
        for key, written in tree.keys.items():
            if key not in known:
                self.problems.at(
                    self.file,
                    written,
                    f"'{printable(key, 60)}' is no key of {what}{did_you_mean(key, known)}",
                )

    def text(self, node: Node | None, what: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.problems.at(self.file, node, f"`{what}:` has to be a text")
            return ""
        return node.text

    def each(self, node: Node | None, what: str) -> tuple[RawField, ...]:
        """A list of words; a single word is a list of one."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        words = [item for item in items if isinstance(item, Scalar)]
        if len(words) != len(tuple(items)):
            self.problems.at(self.file, node, f"`{what}:` has to be a list of words")
        return tuple(self.field(word) for word in words)

    def field(self, node: Node) -> RawField:
        return RawField(node, Origin(self.ruleset, self.file, node.line))

    def fields(self, node: Node | None, known: tuple[str, ...] | None, what: str) -> dict[str, RawField]:
        if node is None:
            return {}
        if not isinstance(node, Map):
            self.problems.at(self.file, node, f"{what} has to be a mapping (key: value)")
            return {}
        if known is not None:
            self.known_keys(node, known, what)
        return {key: self.field(value) for key, value in node.items.items() if known is None or key in known}

    def table(self, node: Node | None, known: tuple[str, ...], what: str) -> dict[str, RawFields]:
        if node is None:
            return {}
        if not isinstance(node, Map):
            self.problems.at(self.file, node, f"the {what}s have to be a mapping (name: {{...}})")
            return {}
        table: dict[str, RawFields] = {}
        for name, value in node.items.items():
            table[name] = self.fields(value, known, f"{what} '{printable(name, 60)}'")
            if isinstance(value, Map) and not value.items:
                self.problems.at(self.file, value, f"{what} '{printable(name, 60)}' says nothing")
        return table

    def sources(self, node: Node | None) -> dict[str, dict[str, str]]:
        found = {}
        for name, source in self.fields(node, None, "`based_on`").items():
            if not isinstance(source.node, Map):
                self.problems.of(source, f"the source '{name}' has to say title, url and read (the day it was read)")
                continue
            self.known_keys(source.node, CITE_KEYS, f"source '{name}'")
            found[name] = {key: self.text(value, key) for key, value in source.node.items.items()}
        return found
