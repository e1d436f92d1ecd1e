"""Cases: a ruleset judged on facts that somebody wrote down, without any media.

`cases/good.yaml` is a delivery that passes; `cases/rules.yaml` says for each rule which change makes it fail
(and, where the good delivery does not show it, which change makes it pass). A failing case has to fail that
rule and no other: a rule that fires for its neighbour's mistake would send a supplier looking in the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.names import DOCUMENT_FACTS, STAT_FACTS
from deliverlint.delivery.model import Asset, Cast, Document, File
from deliverlint.facts.plan import stat_value
from deliverlint.judge.model import Result
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.scope import DELIVERY
from deliverlint.judge.subjects import Sight
from deliverlint.ruleset.model import Ruleset
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import (
    Map,
    Node,
    Problem,
    Scalar,
    YamlError,
    parse,
    scalar_to_json,
    to_json,
)
from deliverlint.strictyaml import (
    Sequence as Items,
)
from deliverlint.units import quantity
from deliverlint.values import Fact, Json, Unmeasured
from deliverlint.wording import did_you_mean, listed

DAY = "2026-11-22"  # on which cases are judged, unless good.yaml says `as_of`
SCHEMA_PREFIX = "schema:"
_UNMEASURED = Unmeasured("the case says so")


class CaseError(Exception):
    """A case file that cannot be read; `problem` says where."""

    def __init__(self, file: str, node: Node | None, message: str) -> None:
        self.problem = Problem(file, node.line if node else 0, node.column if node else 0, message)
        super().__init__(str(self.problem))


@dataclass(frozen=True, slots=True)
class Actor:
    """One asset or document of a case, with its facts as they were written."""

    path: str
    roles: tuple[str, ...] = ()
    kind: str = ""
    of: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """A delivery that exists only as facts."""

    file: str
    as_of: str = DAY
    delivery: Mapping[str, Node] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """What makes one rule pass or fail: changes to the good delivery."""

    rule: str
    passes: tuple[Map, ...]
    fails: tuple[Map, ...]
    line: int


def run_cases(folder: Path, ruleset: Ruleset, catalogue: Catalogue) -> list[Problem]:
    """Judge every case of `folder` and return what is not as it should be; empty where all is well.

    Rules that are inherited unchanged have their cases where they were written.
    """
    try:
        good = read_scene(folder / "good.yaml")
        cases = read_cases(folder / "rules.yaml")
        return list(_problems(good, cases, ruleset, catalogue, f"{folder.name}/rules.yaml"))
    except CaseError as error:
        return [error.problem]
    except YamlError as error:
        return [error.problem]


def own_rules(ruleset: Ruleset) -> list[str]:
    """Return the rules of which at least one field was written in the ruleset itself."""
    return [
        name
        for name, rule in ruleset.rules.items()
        if any(origin.ruleset == ruleset.id for origin in rule.origins.values())
    ]


def _problems(
    good: Scene, cases: Mapping[str, Case], ruleset: Ruleset, catalogue: Catalogue, file: str
) -> Iterable[Problem]:
    at_first = judge_scene(good, ruleset, catalogue)
    for result in at_first:
        if result.status not in ("pass", "not-applicable"):
            yield Problem(good.file, 0, 0, f"{result.rule.id}: {result.status} on the good delivery ({result.message})")
    passing = {result.rule.id for result in at_first if result.status == "pass"}
    for name, case in cases.items():
        if name not in ruleset.rules:
            yield Problem(file, case.line, 0, f"there is no rule '{name}'{did_you_mean(name, ruleset.rules)}")
    for name in own_rules(ruleset):
        given = cases.get(name)
        if given is None or not given.fails:
            yield Problem(file, given.line if given else 0, 0, f"rule '{name}' has no failing case")
        if name not in passing and not (given and given.passes):
            yield Problem(
                file,
                given.line if given else 0,
                0,
                f"rule '{name}' has no passing case, and does not pass in good.yaml",
            )
        if given is not None:
            yield from _judge_case(given, good, ruleset, catalogue, file)


def _judge_case(case: Case, good: Scene, ruleset: Ruleset, catalogue: Catalogue, file: str) -> Iterable[Problem]:
    for change in case.passes:
        results = judge_scene(changed(good, change, file), ruleset, catalogue)
        if "pass" not in {result.status for result in results if result.rule.id == case.rule}:
            found = listed(
                sorted({f"{result.status} ({result.message})" for result in results if result.rule.id == case.rule})
            )
            yield Problem(file, change.line, 0, f"rule '{case.rule}' does not pass in its passing case: {found}")
        yield from _others(results, case.rule, file, change.line, "passing")
    for change in case.fails:
        results = judge_scene(changed(good, change, file), ruleset, catalogue)
        if "fail" not in {result.status for result in results if result.rule.id == case.rule}:
            found = listed(
                sorted({f"{result.status} ({result.message})" for result in results if result.rule.id == case.rule})
            )
            yield Problem(file, change.line, 0, f"rule '{case.rule}' does not fail in its failing case: {found}")
        yield from _others(results, case.rule, file, change.line, "failing")


def _others(results: Sequence[Result], rule: str, file: str, line: int, which: str) -> Iterable[Problem]:
    for result in results:
        if result.status == "fail" and (result.rule.id != rule or which == "passing"):
            yield Problem(
                file, line, 0, f"the {which} case of '{rule}' also fails '{result.rule.id}': {result.message}"
            )


# --- reading -----------------------------------------------------------------------------------------


def _load(path: Path) -> Map:
    shown = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(shown, None, f"cannot be read: {error}") from None
    node = parse(text, shown)
    if not isinstance(node, Map):
        raise CaseError(shown, node, "has to be a mapping")
    return node


def read_scene(path: Path) -> Scene:
    """Read good.yaml; raises CaseError or YamlError."""
    node, file = _load(path), f"{path.parent.name}/{path.name}"
    for key, written in node.keys.items():
        if key not in ("as_of", "delivery", "assets", "documents"):
            raise CaseError(
                file,
                written,
                f"'{key}' is no key of a case{did_you_mean(key, ('as_of', 'delivery', 'assets', 'documents'))}",
            )
    actors: dict[str, Actor] = {}
    for key in ("assets", "documents"):
        listing = node.items.get(key)
        for entry in listing.items if isinstance(listing, Items) else ():
            actor = _actor(entry, file)
            if actor.path in actors:
                raise CaseError(file, entry, f"'{actor.path}' is there twice")
            actors[actor.path] = actor
    as_of = node.items.get("as_of")
    delivery = node.items.get("delivery")
    return Scene(
        file=file,
        as_of=as_of.text if isinstance(as_of, Scalar) else DAY,
        delivery=delivery.items if isinstance(delivery, Map) else {},
        actors=actors,
    )


def _actor(entry: Node, file: str, path: str = "") -> Actor:
    if not isinstance(entry, Map):
        raise CaseError(file, entry, "an asset or document is a mapping: {path, roles or kind, facts}")
    items = dict(entry.items)
    facts = items.pop("facts", None)
    state = items.pop("state", None)
    roles = items.pop("roles", None)
    words = {key: value.text for key, value in items.items() if isinstance(value, Scalar)}
    given = dict(facts.items) if isinstance(facts, Map) else {}
    if state is not None:
        given["document.state"] = state
    path = path or words.pop("path", "")
    kind, of = words.pop("kind", ""), words.pop("of", "")
    if not path or (roles is None and not kind):
        raise CaseError(file, entry, "an asset needs `path` and `roles`, a document `path` and `kind`")
    played = roles.items if isinstance(roles, Items) else (roles,) if roles else ()
    return Actor(path, tuple(role.text for role in played if isinstance(role, Scalar)), kind, of, words, given)


def read_cases(path: Path) -> dict[str, Case]:
    """Read rules.yaml; raises CaseError or YamlError."""
    node, file = _load(path), f"{path.parent.name}/{path.name}"
    cases = {}
    for rule, entry in node.items.items():
        if not isinstance(entry, Map) or set(entry.items) - {"pass", "fail"}:
            raise CaseError(file, entry, f"the cases of '{rule}' have to be {{pass: changes, fail: changes}}")
        cases[rule] = Case(rule, _changes(entry, "pass", file), _changes(entry, "fail", file), entry.line)
    return cases


def _changes(entry: Map, key: str, file: str) -> tuple[Map, ...]:
    node = entry.items.get(key)
    if node is None:
        return ()
    sets = node.items if isinstance(node, Items) else (node,)
    for change in sets:
        if not isinstance(change, Map):
            raise CaseError(file, change, "changes have to be a mapping: {path: {fact: value}} or {path: missing}")
    return tuple(change for change in sets if isinstance(change, Map))


def changed(scene: Scene, change: Map, file: str) -> Scene:
    """Return the scene with changes applied: facts replaced, assets removed (`missing`) or added."""
    delivery, actors = dict(scene.delivery), dict(scene.actors)
    for path, what in change.items.items():
        if path == "delivery" and isinstance(what, Map):
            delivery.update(what.items)
        elif isinstance(what, Scalar) and what.text == "missing":
            if path not in actors:
                raise CaseError(file, what, f"'{path}' is not in good.yaml{did_you_mean(path, actors)}")
            del actors[path]
        elif isinstance(what, Map) and ({"roles", "kind"} & set(what.items)):
            actors[path] = _actor(what, file, path)
        elif isinstance(what, Map) and path in actors:
            old = actors[path]
            actors[path] = Actor(path, old.roles, old.kind, old.of, old.parts, {**old.facts, **what.items})
        else:
            raise CaseError(file, what, f"'{path}' is not in good.yaml{did_you_mean(path, actors)}")
    return Scene(scene.file, scene.as_of, delivery, actors)


# --- judging -----------------------------------------------------------------------------------------


def judge_scene(scene: Scene, ruleset: Ruleset, catalogue: Catalogue) -> list[Result]:
    """Judge a scene by a ruleset."""
    facts: dict[str, dict[str, Fact | Unmeasured]] = {
        DELIVERY: {
            f"delivery.{name}": _fact(f"delivery.{name}", node, catalogue, scene.file)
            for name, node in scene.delivery.items()
        }
    }
    roles: dict[str, list[Asset]] = {name: [] for name in ruleset.roles}
    documents: dict[str, list[Document]] = {}
    schemas = {f"{SCHEMA_PREFIX}{name}": rule for name, rule in ruleset.rules.items() if rule.schema is not None}
    for actor in scene.actors.values():
        base, _, stream = actor.path.partition("#")
        file = File(base, base, 1)
        subject: Asset | Document
        if actor.kind:
            subject = Document(actor.kind, file, actor.of)
            documents.setdefault(actor.kind, []).append(subject)
        else:
            subject = Asset(actor.path, file, stream, actor.roles, actor.parts)
            for role in actor.roles:
                roles.setdefault(role, []).append(subject)
        known: dict[str, Fact | Unmeasured] = {
            name: Fact(name, stat_value(name, file))
            for name in STAT_FACTS
            if name not in ("file.size", "file.media", "file.format")
        }
        if actor.kind:
            known |= {
                DOCUMENT_FACTS[0]: Fact(DOCUMENT_FACTS[0], "present"),
                DOCUMENT_FACTS[1]: Fact(DOCUMENT_FACTS[1], []),
            }
        known |= {
            rule.schema_fact: Fact(name, [])
            for name, rule in schemas.items()
            if rule.subject in (actor.kind, *actor.roles)
        }
        for name, node in actor.facts.items():
            if name in schemas:
                known[schemas[name].schema_fact] = Fact(name, to_json(node))
            else:
                known[name] = _fact(name, node, catalogue, scene.file)
        facts[subject.key] = known
    cast = Cast(
        {name: tuple(assets) for name, assets in roles.items()},
        {kind: tuple(found) for kind, found in documents.items()},
    )
    return judge_rules(ruleset, Sight(cast, facts, catalogue.facts), catalogue, scene.as_of)


def _fact(name: str, node: Node, catalogue: Catalogue, file: str) -> Fact | Unmeasured:
    spec = catalogue.facts.get(name)
    if spec is None:
        raise CaseError(file, node, f"'{name}' is no fact{did_you_mean(name, catalogue.facts)}")
    if isinstance(node, Scalar) and node.text == "unmeasured":
        return _UNMEASURED
    return Fact(name, fact_value(node, spec, file), spec.unit, "measured" if spec.probe else "declared")


def fact_value(node: Node, spec: FactSpec, file: str) -> Json:
    """Return a written value as the fact's type has it; raises CaseError where it does not fit."""
    if isinstance(node, Scalar) and node.text == "absent":
        return None
    if isinstance(node, Items):
        if spec.type == "records":
            return [_record(item, spec, file) for item in node.items]
        if spec.type == "events":
            return [to_json(item) for item in node.items]
        if spec.type in ("texts", "numbers"):
            return [_scalar(item, "number" if spec.type == "numbers" else "text", spec, file) for item in node.items]
        raise CaseError(file, node, f"{spec.name} is a single {spec.type}, not a list")
    if spec.type in ("records", "events", "texts", "numbers"):
        raise CaseError(file, node, f"{spec.name} is a list ({spec.type})")
    return _scalar(node, spec.type, spec, file)


def _record(node: Node, spec: FactSpec, file: str) -> Json:
    if not isinstance(node, Map):
        raise CaseError(file, node, f"an entry of {spec.name} is a mapping")
    inner = {field.name: field for field in spec.fields}
    return {
        key: fact_value(value, inner[key], file) if key in inner else to_json(value)
        for key, value in node.items.items()
    }


def _scalar(node: Node, kind: str, spec: FactSpec, file: str) -> Json:
    if not isinstance(node, Scalar):
        raise CaseError(file, node, f"{spec.name} is a {kind}")
    if kind == "number":
        found = quantity(node.text, default=spec.unit_of)
        if found is None or found.unit.dimension != spec.unit_of.dimension:
            raise CaseError(file, node, f"'{node.text}' is no number" + (f" in {spec.unit}" if spec.unit else ""))
        number = found.to(spec.unit_of)
        return int(number) if number == int(number) else number
    if kind == "yes/no":
        value = scalar_to_json(node.text, {"type": "boolean"})
        if not isinstance(value, bool):
            raise CaseError(file, node, f"'{node.text}' is neither yes nor no")
        return value
    if spec.values and spec.type == "text" and node.text not in spec.values:
        raise CaseError(file, node, f"'{node.text}' is no value of {spec.name}{did_you_mean(node.text, spec.values)}")
    return node.text
