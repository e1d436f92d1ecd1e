"""Reading case files, and laying changes over the good delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from deliverlint.cases.model import DAY, Actor, Case, CaseError, Scene
from deliverlint.strictyaml import MAX_CHARACTERS, Map, Node, Scalar, Sequence, parse
from deliverlint.values import is_day
from deliverlint.wording import did_you_mean, printable

_KEYS = ("as_of", "delivery", "assets", "documents")
_MISSING = "missing"


def read_scene(path: Path) -> Scene:
    """Read good.yaml; raises CaseError or YamlError."""
    node, file = _load(path)
    for key, written in node.keys.items():
        if key not in _KEYS:
            raise CaseError(file, written, f"'{printable(key, 60)}' is no key of a case{did_you_mean(key, _KEYS)}")
    actors: dict[str, Actor] = {}
    for key in ("assets", "documents"):
        listing = node.items.get(key)
        if listing is not None and not isinstance(listing, Sequence):
            raise CaseError(file, listing, f"`{key}:` has to be a list, each entry with '- ' in front")
        for entry in listing.items if listing else ():
            actor = _actor(entry, file)
            if actor.path in actors:
                raise CaseError(file, entry, f"'{actor.path}' is there twice")
            actors[actor.path] = actor
    return Scene(file, _day(node.items.get("as_of"), file), _mapping(node.items.get("delivery"), file), actors)


def _load(path: Path) -> tuple[Map, str]:
    file = f"{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8-sig") as stream:
            text = stream.read(MAX_CHARACTERS + 1)
    except OSError as error:
        raise CaseError(file, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CaseError(file, None, "is not UTF-8 text; save the file as UTF-8") from None
    node = parse(text, file)
    if not isinstance(node, Map):
        raise CaseError(file, node, "has to be a mapping")
    return node, file


def _day(node: Node | None, file: str) -> str:
    if node is None:
        return DAY
    if not isinstance(node, Scalar) or not is_day(node.text):
        raise CaseError(file, node, f"`as_of:` is the day of judging, such as {DAY}")
    return node.text


def _mapping(node: Node | None, file: str) -> Mapping[str, Node]:
    if node is None:
        return {}
    if not isinstance(node, Map):
        raise CaseError(file, node, "facts have to be a mapping: {fact: value}")
    return node.items


def _actor(entry: Node, file: str, path: str = "") -> Actor:
    if not isinstance(entry, Map):
        raise CaseError(file, entry, "an asset or document is a mapping: {path, roles or kind, facts}")
    words: dict[str, str] = {}
    for key, value in entry.items.items():
        if key in ("facts", "state", "roles"):
            continue
        if not isinstance(value, Scalar):
            hint = did_you_mean(key, ("facts", "roles"))
            raise CaseError(file, value, f"`{printable(key, 60)}:` of an asset or document is a word{hint}")
        words[key] = value.text
    path = words.pop("path", "") or path
    kind, of = words.pop("kind", ""), words.pop("of", "")
    roles, state = entry.items.get("roles"), entry.items.get("state")
    if not path or (roles is None and not kind):
        raise CaseError(file, entry, "an asset needs `path` and `roles`, a document `path` and `kind`")
    facts = {**_mapping(entry.items.get("facts"), file), **({"document.state": state} if state else {})}
    played = roles.items if isinstance(roles, Sequence) else (roles,) if roles else ()
    names = tuple(role.text for role in played if isinstance(role, Scalar))
    return Actor(path, names, kind, of, words, facts, entry)


def read_cases(path: Path) -> dict[str, Case]:
    """Read rules.yaml; raises CaseError or YamlError."""
    node, file = _load(path)
    cases = {}
    for rule, entry in node.items.items():
        if not isinstance(entry, Map) or set(entry.items) - {"pass", "fail"}:
            shown = printable(rule, 60)
            raise CaseError(file, entry, f"the cases of '{shown}' have to be {{pass: changes, fail: changes}}")
        cases[rule] = Case(rule, _changes(entry, "pass", file), _changes(entry, "fail", file), node.keys[rule].line)
    return cases


def _changes(entry: Map, key: str, file: str) -> tuple[Map, ...]:
    node = entry.items.get(key)
    if node is None:
        return ()
    sets = node.items if isinstance(node, Sequence) else (node,)
    changes = []
    for change in sets:
        if not isinstance(change, Map) or not change.items:
            raise CaseError(file, change, "changes have to be a mapping: {path: {fact: value}} or {path: missing}")
        changes.append(change)
    return tuple(changes)


def changed(scene: Scene, change: Map, file: str) -> Scene:
    """Return the scene with changes applied: facts replaced, assets removed (`missing`) or added."""
    delivery, actors = dict(scene.delivery), dict(scene.actors)
    for path, what in change.items.items():
        if path == "delivery" and isinstance(what, Map):
            delivery.update(what.items)
        elif isinstance(what, Map) and ({"roles", "kind"} & set(what.items)):
            actors[path] = _actor(what, file, path)
        elif path not in actors:
            hint = did_you_mean(path, [*actors, "delivery"])
            raise CaseError(file, what, f"'{printable(path, 80)}' is not in good.yaml{hint}")
        elif isinstance(what, Scalar) and what.text == _MISSING:
            del actors[path]
        elif isinstance(what, Map):
            actors[path] = replace(actors[path], facts={**actors[path].facts, **what.items})
        else:
            raise CaseError(file, what, f"what changes of '{path}' is a mapping of facts, or the word `{_MISSING}`")
    return Scene(scene.file, scene.as_of, delivery, actors)
