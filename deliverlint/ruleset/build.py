"""From merged fields to the frozen ruleset: every word is checked against the catalogue here, once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from deliverlint.catalogue import Catalogue
from deliverlint.ruleset import fields as plain
from deliverlint.ruleset.asked import Asking
from deliverlint.ruleset.head import check_head
from deliverlint.ruleset.inherit import ROLE_RULE, Merged
from deliverlint.ruleset.model import Rule, Ruleset
from deliverlint.ruleset.params import PhraseContext
from deliverlint.ruleset.raw import Problems
from deliverlint.ruleset.role import build_role, build_role_rule, check_optional
from deliverlint.ruleset.rule import RuleBuilder
from deliverlint.wording import printable


def build_ruleset(merged: Merged, catalogue: Catalogue, problems: Problems) -> Ruleset:
    """Build the ruleset; mistakes go to `problems`, and what they concern is left out."""
    check_head(merged, catalogue, problems)
    media = {name: plain.word(fields, "media") for name, fields in merged.roles.items()}
    asking = Asking(catalogue, PhraseContext(catalogue.facts, merged.params), media, problems)
    builder = RuleBuilder(merged, catalogue, problems, asking)
    roles = {name: build_role(name, fields, catalogue, problems) for name, fields in merged.roles.items() if fields}
    rules: dict[str, Rule] = {}
    for name, fields in merged.roles.items():
        if "count" in fields:
            rules[f"{ROLE_RULE}{name}"] = build_role_rule(name, fields, merged, asking, problems)
        elif f"{ROLE_RULE}{name}" not in merged.dropped:
            check_optional(fields, problems)
    for name, fields in merged.rules.items():
        if name in rules:
            problems.of(next(iter(fields.values())), f"rule '{name}' has the name of the rule that a role makes")
        elif fields:
            rules[name] = builder.rule(name, fields)
    _check_old_names(rules, merged, problems)
    return Ruleset(
        id=merged.raw.id,
        version=plain.word(merged.raw.head, "version"),
        title=plain.word(merged.raw.head, "title"),
        sha256=_digest(merged.contents),
        roles=roles,
        rules=rules,
        dropped={name: plain.word({"reason": reason}, "reason") for name, reason in merged.dropped.items()},
        based_on={key: plain.source(source) for key, source in merged.raw.based_on.items()},
        parents=merged.parents,
        files=tuple(merged.contents),
        paths=merged.paths,
    )


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for file in sorted(contents):
        digest.update(f"{len(contents[file])} ".encode() + contents[file])
    return digest.hexdigest()


def _check_old_names(rules: Mapping[str, Rule], merged: Merged, problems: Problems) -> None:
    """A waiver under an old name has to mean one rule."""
    owners: dict[str, str] = {}
    for rule in rules.values():
        for old in rule.renamed_from:
            fields = merged.rules.get(rule.id) or merged.roles[rule.id.removeprefix(ROLE_RULE)]
            if old in rules:
                message = f"'{printable(old, 60)}' is the name of a rule that is there"
                problems.of(fields["renamed_from"], message)
            elif owners.setdefault(old, rule.id) != rule.id:
                message = f"'{printable(old, 60)}' is already the old name of '{owners[old]}'"
                problems.of(fields["renamed_from"], message)
