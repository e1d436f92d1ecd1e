"""Judging a scene: its actors become assets and documents, its words facts."""

from __future__ import annotations

from collections.abc import Iterable

from deliverlint.cases.model import SCHEMA_PREFIX, Actor, CaseError, Scene
from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.names import DOCUMENT_FACTS, STAT_FACTS
from deliverlint.delivery.declared import DeclaredError, declared_value
from deliverlint.delivery.model import Asset, Cast, Document, File
from deliverlint.facts.plan import stat_value
from deliverlint.judge.model import Result
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.scope import DELIVERY
from deliverlint.judge.subjects import Sight
from deliverlint.ruleset.model import Rule, Ruleset
from deliverlint.strictyaml import Node, Scalar, to_json
from deliverlint.values import Fact, Unmeasured
from deliverlint.wording import did_you_mean, printable

# What a case does not say of a file is not known; these three follow from its path.
_FROM_PATH = STAT_FACTS - {"file.size", "file.media", "file.format"}
_UNMEASURED = Unmeasured("the case says so")


def judge_scene(scene: Scene, ruleset: Ruleset, catalogue: Catalogue) -> list[Result]:
    """Judge a scene by a ruleset; raises CaseError where it names what is not there."""
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
        path, _, stream = actor.path.partition("#")
        file = File(path, path, 1)
        subject: Asset | Document
        if actor.kind:
            _known(actor.kind, catalogue.document_kinds, "document kind", actor, scene.file)
            subject = Document(actor.kind, file, actor.of)
            documents.setdefault(actor.kind, []).append(subject)
        else:
            subject = Asset(actor.path, file, stream, actor.roles, actor.parts)
            for role in actor.roles:
                _known(role, ruleset.roles, "role of the ruleset", actor, scene.file)
                roles[role].append(subject)
        facts[subject.key] = _facts(actor, file, schemas, catalogue, scene.file)
    cast = Cast(
        {name: tuple(assets) for name, assets in roles.items()},
        {kind: tuple(found) for kind, found in documents.items()},
    )
    return judge_rules(ruleset, Sight(cast, facts, catalogue.facts), catalogue, scene.as_of)


def _known(name: str, known: Iterable[str], what: str, actor: Actor, file: str) -> None:
    if name not in known:
        raise CaseError(file, actor.node, f"'{printable(name, 60)}' is no {what}{did_you_mean(name, known)}")


def _facts(
    actor: Actor, file: File, schemas: dict[str, Rule], catalogue: Catalogue, shown: str
) -> dict[str, Fact | Unmeasured]:
    """What is known of one actor: a document is present, sound and meets schemas, unless the case says otherwise."""
    known: dict[str, Fact | Unmeasured] = {name: Fact(name, stat_value(name, file)) for name in _FROM_PATH}
    if actor.kind:
        state, problems = DOCUMENT_FACTS
        known |= {state: Fact(state, "present"), problems: Fact(problems, [])}
    for name, rule in schemas.items():
        if rule.subject in (actor.kind, *actor.roles):
            known[rule.schema_fact] = Fact(name, [])
    for name, node in actor.facts.items():
        if name in schemas:
            known[schemas[name].schema_fact] = Fact(name, to_json(node))
        else:
            known[name] = _fact(name, node, catalogue, shown)
    return known


def _fact(name: str, node: Node, catalogue: Catalogue, file: str) -> Fact | Unmeasured:
    spec = catalogue.facts.get(name)
    if spec is None:
        raise CaseError(file, node, f"'{printable(name, 60)}' is no fact{did_you_mean(name, catalogue.facts)}")
    word = node.text if isinstance(node, Scalar) else ""
    if word == "unmeasured":
        return _UNMEASURED
    basis = "measured" if spec.probe else "declared"
    try:
        return Fact(name, None if word == "absent" else declared_value(spec, node), spec.unit, basis)  # type: ignore[arg-type]
    except DeclaredError as error:
        raise CaseError(file, error.node, str(error)) from None
