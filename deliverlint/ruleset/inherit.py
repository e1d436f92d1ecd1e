"""Inheritance: a ruleset's own words laid over those of the rulesets that it extends, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deliverlint.ruleset.model import Origin
from deliverlint.ruleset.raw import Problems, RawField, RawFields, RawRuleset
from deliverlint.strictyaml import Scalar
from deliverlint.wording import did_you_mean, listed

ROLE_RULE = "role."  # `role.picture`: the rule that a role with `count` makes
_ROLE_RULE_KEYS = ("title", "severity", "overridable", "from", "cite", "fix", "why", "count", "when")
MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Merged:
    """A ruleset with all that it inherits; every field still knows where it was written."""

    raw: RawRuleset
    params: Mapping[str, RawField] = field(default_factory=dict)
    roles: Mapping[str, RawFields] = field(default_factory=dict)
    rules: Mapping[str, RawFields] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)  # ruleset -> key -> cite
    plugins: tuple[RawField, ...] = ()
    parents: tuple[str, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)
    paths: tuple[str, ...] = ()


def merge(
    raw: RawRuleset, parent: Callable[[RawField], RawRuleset], problems: Problems, chain: tuple[str, ...] = ()
) -> Merged:
    """Lay `raw` over everything it extends; mistakes go to `problems`.

    parent  reads one ruleset that `extends` names
    """
    chain = (*chain, raw.id)
    parents: list[Merged] = []
    for name in raw.extends:
        upper = parent(name)
        if upper.id in chain:
            problems.of(name, f"'{upper.id}' extends itself: {' → '.join((*chain, upper.id))}")
        elif len(chain) > MAX_DEPTH:
            problems.of(name, f"inheritance is more than {MAX_DEPTH} levels deep")
        else:
            parents.append(merge(upper, parent, problems, chain))
    dropped = {name: reason for upper in parents for name, reason in upper.dropped.items()}
    return Merged(
        raw=raw,
        params={
            **_from_parents(raw, "parameter", [upper.params for upper in parents], raw.params, problems),
            **raw.params,
        },
        roles=_roles(raw, parents, problems),
        rules=_rules(raw, parents, problems),
        dropped={**dropped, **_reasons(raw, problems)},
        sources={
            **{name: keys for upper in parents for name, keys in upper.sources.items()},
            raw.id: raw.based_on,
        },
        plugins=(*raw.plugins, *(plugin for upper in parents for plugin in upper.plugins)),
        parents=tuple(dict.fromkeys(name for upper in parents for name in (upper.raw.id, *upper.parents))),
        contents={
            **{file: data for upper in parents for file, data in upper.contents.items()},
            **raw.contents,
        },
        paths=tuple(dict.fromkeys((*raw.paths, *(path for upper in parents for path in upper.paths)))),
    )


def _from_parents(
    raw: RawRuleset,
    what: str,
    tables: list[Mapping[str, RawField]],
    own: Mapping[str, object],
    problems: Problems,
) -> dict[str, RawField]:
    """Union of what parents define; two different definitions of one name are the child's to decide."""
    union: dict[str, RawField] = {}
    for table in tables:
        for name, value in table.items():
            if name in union and union[name] != value and name not in own:
                problems.of(raw.extends[0], _conflict(what, name, union[name].origin, value.origin))
            union.setdefault(name, value)
    return union


def _conflict(what: str, name: str, one: Origin, other: Origin) -> str:
    places = listed([f"{one.file}:{one.line}", f"{other.file}:{other.line}"])
    return f"two parents define the {what} '{name}' differently ({places}): define it here, or drop it"


def _tables(
    raw: RawRuleset,
    what: str,
    tables: list[Mapping[str, RawFields]],
    decided: Mapping[str, object],
    problems: Problems,
) -> tuple[dict[str, RawFields], set[str]]:
    """Union of the parents' roles or rules, and the names on which they disagree."""
    union: dict[str, RawFields] = {}
    contested: set[str] = set()
    for table in tables:
        for name, fields in table.items():
            if name in union and dict(union[name]) != dict(fields):
                contested.add(name)
                if name not in decided:
                    one, other = _origin(union[name]), _origin(fields)
                    problems.of(raw.extends[0], _conflict(what, name, one, other))
            union.setdefault(name, fields)
    return union, contested


def _origin(fields: RawFields) -> Origin:
    return next(iter(fields.values())).origin if fields else Origin("", "", 0)


def _rules(raw: RawRuleset, parents: list[Merged], problems: Problems) -> dict[str, RawFields]:
    decided = {**raw.rules, **raw.drop}
    rules, contested = _tables(raw, "rule", [upper.rules for upper in parents], decided, problems)
    for name, fields in raw.rules.items():
        if name in rules and name not in contested:
            message = f"rule '{name}' is inherited ({_origin(rules[name]).ruleset}): write what differs under `change:`"
            problems.at(_origin(fields).file or next(iter(raw.contents)), _node(fields), message)
        rules[name] = fields
    for name, patch in raw.change.items():
        if name.startswith(ROLE_RULE):
            continue
        if name not in rules:
            problems.at(
                _origin(patch).file,
                _node(patch),
                f"there is no rule '{name}' to change{did_you_mean(name, rules)}",
            )
            continue
        if "count" in patch:
            problems.of(patch["count"], "'count' belongs to a role; the rule of a role is changed as `role.<name>`")
        rules[name] = {**rules[name], **{key: value for key, value in patch.items() if key != "count"}}
    for name, reason in raw.drop.items():
        if name in rules:
            del rules[name]
        elif not name.startswith(ROLE_RULE):
            problems.of(reason, f"there is no rule '{name}' to drop{did_you_mean(name, rules)}")
    return rules


def _node(fields: RawFields) -> Scalar | None:
    first = next(iter(fields.values()), None)
    return Scalar("", first.node.line, first.node.column) if first else None


def _roles(raw: RawRuleset, parents: list[Merged], problems: Problems) -> dict[str, RawFields]:
    """Roles are patched by field where a child names an inherited one; `role.<name>` changes its rule."""
    roles, _ = _tables(raw, "role", [upper.roles for upper in parents], raw.roles, problems)
    for name, fields in raw.roles.items():
        roles[name] = {**roles.get(name, {}), **fields}
    for rule, patch in raw.change.items():
        name = rule.removeprefix(ROLE_RULE)
        if not rule.startswith(ROLE_RULE):
            continue
        if name not in roles:
            problems.at(_origin(patch).file, _node(patch), f"there is no role '{name}'{did_you_mean(name, roles)}")
            continue
        for key in patch:
            if key not in _ROLE_RULE_KEYS:
                problems.of(patch[key], f"'{key}' cannot be changed in the rule of a role")
        roles[name] = {**roles[name], **patch}
    for rule, reason in raw.drop.items():
        name = rule.removeprefix(ROLE_RULE)
        if rule.startswith(ROLE_RULE):
            if name not in roles:
                problems.of(reason, f"there is no role '{name}'{did_you_mean(name, roles)}")
            else:
                roles[name] = {key: value for key, value in roles[name].items() if key != "count"}
    return roles


def _reasons(raw: RawRuleset, problems: Problems) -> dict[str, str]:
    reasons = {}
    for name, reason in raw.drop.items():
        if isinstance(reason.node, Scalar):
            reasons[name] = reason.node.text
        else:
            problems.of(reason, f"dropping '{name}' needs a reason in words")
    return reasons
