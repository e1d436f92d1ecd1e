"""The files of a ruleset: `ruleset.yaml` and the chapters in `rules/` beside it, bounded and read as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from deliverlint.problem import Problem
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.find import FILE
from deliverlint.ruleset.raw import Problems, RawFields, RawRuleset, Reader
from deliverlint.strictyaml import Map, Node, YamlError, parse, scalars
from deliverlint.wording import printable

MAX_BYTES = 4_000_000  # of all files together
MAX_CHAPTERS = 200
MAX_RULES = 5_000
MAX_NODES = 120_000  # of one file
# Control characters, and those that turn the direction of text: what a person reads would not be what is there.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


def read_ruleset(path: Path, shown: str) -> RawRuleset:
    """Read a ruleset's own files; raises RulesetError with every mistake in how they are written.

    path   the file itself
    shown  the name under which problems report it
    """
    problems = Problems()
    data = _read(path, shown, MAX_BYTES)
    raw = Reader(shown, "", problems).top(_tree(data, shown, problems))
    folder = path.parent.absolute() / "rules"
    chapters = _chapters(folder, f"{shown.rpartition('/')[0]}/rules".lstrip("/"), problems) if path.name == FILE else {}
    contents, rules, left = {shown: data}, dict(raw.rules), MAX_BYTES - len(data)
    for name, chapter in chapters.items():
        contents[name] = _read(chapter, name, left)
        left -= len(contents[name])
        tree = _tree(contents[name], name, problems)
        _add(rules, Reader(name, raw.id, problems).chapter(tree), name, problems)
    if len(rules) > MAX_RULES:
        problems.at(shown, None, f"has {len(rules)} rules; {MAX_RULES} are the most that are read")
    problems.raise_any()
    paths = (str(path.absolute()), str(folder), *(str(chapter.absolute()) for chapter in chapters.values()))
    return replace(raw, rules=rules, contents=contents, paths=paths)


def _add(rules: dict[str, RawFields], more: Mapping[str, RawFields], file: str, problems: Problems) -> None:
    for rule, fields in more.items():
        if rule in rules and fields and rules[rule]:
            first = next(iter(rules[rule].values())).origin
            message = f"rule '{printable(rule, 60)}' is already defined in {first.file}:{first.line}"
            problems.at(file, next(iter(fields.values())).node, message)
        rules[rule] = fields


def _chapters(folder: Path, shown: str, problems: Problems) -> dict[str, Path]:
    """Return the files of `rules/` by their shown names; one that would be passed over is a mistake."""
    if not folder.is_dir():
        return {}
    home = folder.parent.resolve()
    chapters = {}
    for file in sorted(folder.iterdir()):
        name = f"{shown}/{printable(file.name, 80)}"
        if file.name.startswith("."):
            continue
        if file.suffix == ".yaml" and not file.resolve().is_relative_to(home):
            problems.at(name, None, "is a link that leaves the ruleset; put the file itself there")
        elif file.suffix == ".yaml":
            chapters[name] = file
        elif file.suffix.lower() in (".yaml", ".yml") or file.is_dir():
            problems.at(name, None, "is not read: chapters are files in `rules/` itself, and end in .yaml")
    if len(chapters) > MAX_CHAPTERS:
        problems.at(shown, None, f"holds {len(chapters)} files; {MAX_CHAPTERS} are the most that are read")
    problems.raise_any()
    return chapters


def _read(path: Path, shown: str, left: int) -> bytes:
    try:
        if not path.is_file():
            raise RulesetError([Problem(shown, 0, 0, "is not there, or is no file")])
        with path.open("rb") as stream:
            data = stream.read(left + 1)
    except OSError as error:
        raise RulesetError([Problem(shown, 0, 0, f"cannot be read: {error.strerror}")]) from None
    if len(data) > left:
        message = f"is too large: a ruleset is at most {MAX_BYTES // 1_000_000} MB, all its files together"
        raise RulesetError([Problem(shown, 0, 0, message)])
    return data


def _tree(data: bytes, shown: str, problems: Problems) -> Map:
    try:
        text = data.decode("utf-8-sig")
        node = parse(text, shown, MAX_NODES)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RulesetError([Problem(shown, line, 0, "is not UTF-8 text; save the file as UTF-8")]) from None
    except YamlError as error:
        raise RulesetError([error.problem]) from None
    if not isinstance(node, Map):
        message = "is not a mapping of keys (ruleset:, title:, rules:, ...)"
        raise RulesetError([Problem(shown, node.line, node.column, message)])
    _refuse_hidden(text, node, shown, problems)
    return node


def _refuse_hidden(text: str, node: Node, shown: str, problems: Problems) -> None:
    if "\\" not in text and not _HIDDEN.search(text):
        return
    for scalar in scalars(node):
        if found := _HIDDEN.search(scalar.text):
            code = f"U+{ord(found[0]):04X}"
            problems.at(shown, scalar, f"'{printable(scalar.text, 60)}' holds a character that nobody sees ({code})")
