"""Inheritance: a ruleset's own words laid over those of the rulesets that it extends, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import TypeVar

from deliverlint.frozen import frozen
from deliverlint.ruleset.model import Origin
from deliverlint.ruleset.raw import Problems, RawField, RawFields, RawRuleset
from deliverlint.strictyaml import Scalar, Sequence
from deliverlint.wording import did_you_mean, listed, printable

ROLE_RULE = "role."  # `role.picture`: the rule that a role with `count` makes
_ROLE_RULE_KEYS = (
    "title", "severity", "overridable", "from", "cite", "fix", "why", "count", "when", "tags", "renamed_from",
)  # fmt: skip
MAX_DEPTH = 16

Table = Mapping[str, RawFields]
_Value = TypeVar("_Value")


@frozen
class Merged:
    """A ruleset with all that it inherits; every field still knows where it was written."""

    raw: RawRuleset
    params: Mapping[str, RawField] = field(default_factory=dict)
    roles: Table = field(default_factory=dict)
    rules: Table = field(default_factory=dict)
    dropped: Mapping[str, RawField] = field(default_factory=dict)  # rule -> reason
    sources: Mapping[str, Mapping[str, RawFields]] = field(default_factory=dict)  # ruleset -> key -> source
    plugins: tuple[RawField, ...] = ()
    engine: tuple[RawField, ...] = ()
    parents: tuple[str, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)
    paths: tuple[str, ...] = ()


Parent = Callable[[RawField], RawRuleset]


def merge(raw: RawRuleset, parent: Parent, problems: Problems) -> Merged:
    """Lay `raw` over everything it extends; mistakes go to `problems`.

    parent  reads one ruleset that `extends` names
    """
    return _merge(raw, parent, problems, (), {})


def _merge(
    raw: RawRuleset, parent: Parent, problems: Problems, chain: tuple[str, ...], done: dict[str, Merged]
) -> Merged:
    chain = (*chain, raw.id)
    parents: list[Merged] = []
    for name in raw.extends:
        upper = parent(name)
        if upper.id in chain:
            problems.of(name, f"'{upper.id}' extends itself: {' → '.join((*chain, upper.id))}")
        elif len(chain) > MAX_DEPTH:
            problems.of(name, f"inheritance is more than {MAX_DEPTH} levels deep")
        elif upper.id in [each.raw.id for each in parents]:
            problems.of(name, f"'{upper.id}' is named twice")
        else:
            if upper.id not in done:  # one ancestor by many ways is merged once
                done[upper.id] = _merge(upper, parent, problems, chain, done)
            parents.append(done[upper.id])
    rules, roles = _rules(raw, parents, problems), _roles(raw, parents, problems)
    return Merged(
        raw=raw,
        params={**_params(raw, parents, problems), **raw.params},
        roles=roles,
        rules=rules,
        dropped=_dropped(raw, parents, rules, roles, problems),
        sources=_sources(raw, parents),
        plugins=(*raw.plugins, *(plugin for upper in parents for plugin in upper.plugins)),
        engine=(*raw.engine, *(engine for upper in parents for engine in upper.engine)),
        parents=tuple(dict.fromkeys(name for upper in parents for name in (upper.raw.id, *upper.parents))),
        contents={**_union(upper.contents for upper in parents), **raw.contents},
        paths=tuple(dict.fromkeys((*raw.paths, *(path for upper in parents for path in upper.paths)))),
    )


def _union(tables: Iterable[Mapping[str, _Value]]) -> dict[str, _Value]:
    return {name: value for table in tables for name, value in table.items()}


def _sources(raw: RawRuleset, parents: list[Merged]) -> dict[str, dict[str, RawFields]]:
    """The sources that each ruleset may cite: its own, and those of its parents where they agree on the name."""
    sources = {name: dict(keys) for upper in parents for name, keys in upper.sources.items()}
    inherited: dict[str, RawFields] = {}
    unclear = set()
    for upper in parents:
        for key, source in sources[upper.raw.id].items():
            if _said(inherited.setdefault(key, source)) != _said(source):
                unclear.add(key)
    clear = {key: source for key, source in inherited.items() if key not in unclear}
    return {**sources, raw.id: {**clear, **raw.based_on}}


def _said(source: RawFields) -> dict[str, str]:
    return {key: field.node.text for key, field in source.items() if isinstance(field.node, Scalar)}


def _params(raw: RawRuleset, parents: list[Merged], problems: Problems) -> dict[str, RawField]:
    """What parents define; two different definitions of one name are the child's to decide."""
    union: dict[str, RawField] = {}
    for upper in parents:
        for name, value in upper.params.items():
            if union.setdefault(name, value) != value and name not in raw.params:
                problems.of(raw.extends[0], _conflict("parameter", name, union[name].origin, value.origin))
    return union


def _conflict(what: str, name: str, one: Origin, other: Origin) -> str:
    places = listed([f"{one.file}:{one.line}", f"{other.file}:{other.line}"])
    mend = "define it here" if what == "parameter" else "define it here, or drop it"
    return f"two parents define the {what} '{name}' differently ({places}): {mend}"


def _from_parents(
    raw: RawRuleset, what: str, tables: list[Table], decided: Mapping[str, object], problems: Problems
) -> tuple[dict[str, RawFields], set[str]]:
    """Union of the parents' roles or rules, and the names on which they disagree."""
    union: dict[str, RawFields] = {}
    contested: set[str] = set()
    for table in tables:
        for name, fields in table.items():
            if name in union and dict(union[name]) != dict(fields):
                contested.add(name)
                if name not in decided:
                    problems.of(raw.extends[0], _conflict(what, name, _origin(union[name]), _origin(fields)))
            union.setdefault(name, fields)
    return union, contested


def _origin(fields: RawFields) -> Origin:
    return next(iter(fields.values())).origin if fields else Origin("", "", 0)


def _at(fields: RawFields, problems: Problems, message: str) -> None:
    """Report a mistake at the first field of a rule or role; one without any field has been reported before."""
    if fields:
        problems.of(next(iter(fields.values())), message)


def _rules(raw: RawRuleset, parents: list[Merged], problems: Problems) -> dict[str, RawFields]:
    decided = {**raw.rules, **raw.drop}
    rules, contested = _from_parents(raw, "rule", [upper.rules for upper in parents], decided, problems)
    contested |= _kept_by_some(raw, parents, rules, {**decided, **raw.change}, problems)
    for name, fields in raw.rules.items():
        if name in raw.drop:
            problems.of(raw.drop[name], f"rule '{name}' is both defined and dropped here")
        elif name in rules and name not in contested:
            origin = _origin(rules[name]).ruleset
            _at(fields, problems, f"rule '{name}' is inherited from {origin}: write what differs under `change:`")
        rules[name] = fields
    for name, patch in raw.change.items():
        if name.startswith(ROLE_RULE):
            continue
        if name not in rules:
            _at(patch, problems, f"there is no rule '{printable(name, 60)}' to change{_hint(name, rules, parents)}")
            continue
        if "count" in patch:
            problems.of(patch["count"], "'count' belongs to a role; the rule of a role is changed as `role.<name>`")
        if name in raw.drop:
            _at(patch, problems, f"rule '{name}' is both changed and dropped here")
        rules[name] = {**rules[name], **{key: value for key, value in patch.items() if key != "count"}}
    for name, reason in raw.drop.items():
        if name in rules:
            del rules[name]
        elif not name.startswith(ROLE_RULE):
            problems.of(reason, f"there is no rule '{printable(name, 60)}' to drop{_hint(name, rules, parents)}")
    return rules


def _kept_by_some(
    raw: RawRuleset, parents: list[Merged], rules: Table, decided: Mapping[str, object], problems: Problems
) -> set[str]:
    """Return the rules that one parent drops and another keeps; the child has to decide."""
    contested = set()
    for upper in parents:
        for name, reason in upper.dropped.items():
            if name not in rules:
                continue
            contested.add(name)
            if name not in decided:
                keeper = next(each.raw.id for each in parents if name in each.rules)
                place = f"{reason.origin.file}:{reason.origin.line}"
                message = f"{upper.raw.id} drops the rule '{name}' ({place}) and {keeper} keeps it"
                problems.of(raw.extends[0], f"{message}: drop it here too, or define or change it")
    return contested


def _hint(name: str, rules: Table, parents: list[Merged]) -> str:
    """What may have become of a rule that is not there: dropped, renamed, or another was meant."""
    for upper in parents:
        if name in upper.dropped:
            return f": {upper.raw.id} has dropped it"
    for new, fields in rules.items():
        if "renamed_from" in fields and name in _words(fields["renamed_from"]):
            return f": it is called '{new}' now"
    return did_you_mean(name, rules)


def _words(field: RawField) -> list[str]:
    items = field.node.items if isinstance(field.node, Sequence) else (field.node,)
    return [item.text for item in items if isinstance(item, Scalar)]


def _roles(raw: RawRuleset, parents: list[Merged], problems: Problems) -> dict[str, RawFields]:
    """Roles are patched by field where a child names an inherited one; `role.<name>` changes its rule."""
    roles, _ = _from_parents(raw, "role", [upper.roles for upper in parents], raw.roles, problems)
    for name, fields in raw.roles.items():
        roles[name] = {**roles.get(name, {}), **fields}
    for rule, patch in raw.change.items():
        name = rule.removeprefix(ROLE_RULE)
        if not rule.startswith(ROLE_RULE):
            continue
        if name not in roles:
            _at(patch, problems, f"there is no role '{printable(name, 60)}'{did_you_mean(name, roles)}")
            continue
        for key in patch:
            if key not in _ROLE_RULE_KEYS:
                problems.of(patch[key], f"'{key}' cannot be changed in the rule of a role")
        roles[name] = {**roles[name], **patch}
        if "count" not in roles[name]:
            _at(patch, problems, f"the role '{name}' has no `count:`, so it makes no rule that could be changed")
    for rule, reason in raw.drop.items():
        name = rule.removeprefix(ROLE_RULE)
        if not rule.startswith(ROLE_RULE):
            continue
        if name not in roles:
            problems.of(reason, f"there is no role '{printable(name, 60)}'{did_you_mean(name, roles)}")
        elif "count" not in roles[name]:
            problems.of(reason, f"the role '{name}' has no `count:`, so it makes no rule that could be dropped")
        else:
            roles[name] = {key: value for key, value in roles[name].items() if key != "count"}
    return roles


def _dropped(
    raw: RawRuleset, parents: list[Merged], rules: Table, roles: Table, problems: Problems
) -> dict[str, RawField]:
    """The rules that are dropped here or above and were not defined again, with the reason."""
    for name, reason in raw.drop.items():
        if not isinstance(reason.node, Scalar) or not reason.node.text.strip():
            problems.of(reason, f"dropping '{printable(name, 60)}' needs a reason in words")
    there = {*rules, *(f"{ROLE_RULE}{name}" for name, fields in roles.items() if "count" in fields)}
    dropped = {**_union(upper.dropped for upper in parents), **raw.drop}
    return {name: reason for name, reason in dropped.items() if name not in there}
