"""One role, and the rule that it makes where it says how many files it wants."""

from __future__ import annotations

import re

from deliverlint.catalogue import Catalogue
from deliverlint.ruleset import fields as plain
from deliverlint.ruleset.asked import Asking
from deliverlint.ruleset.inherit import ROLE_RULE, Merged
from deliverlint.ruleset.model import Role, Rule
from deliverlint.ruleset.patterns import mistake_in
from deliverlint.ruleset.raw import Problems, RawFields
from deliverlint.wording import did_you_mean, listed, printable

NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
MAX_NAME = 100
_OF_THE_RULE = ("severity", "overridable", "from", "when", "renamed_from", "tags")


def build_role(name: str, fields: RawFields, catalogue: Catalogue, problems: Problems) -> Role:
    """Build a role."""
    any_field = next(iter(fields.values()))
    if not NAME.fullmatch(name) or len(name) > MAX_NAME:
        problems.of(any_field, f"'{printable(name, 60)}' is no name of a role; write a-z, 0-9, '.' and '-'")
    if name in catalogue.document_kinds:
        problems.of(any_field, f"'{name}' is a document kind; a role needs another name")
    media = plain.text(fields, "media", problems)
    if media and media not in catalogue.media:
        hint = did_you_mean(media, catalogue.media) or f"; there are {listed(sorted(catalogue.media))}"
        problems.of(fields["media"], f"'{printable(media, 60)}' is no medium{hint}")
    match = plain.texts(fields, "match", problems)
    for pattern in match:
        if mistake := mistake_in(pattern):
            problems.of(fields["match"], f"the pattern '{printable(pattern, 80)}' {mistake}")
    title = plain.text(fields, "title", problems) or name.replace("-", " ").replace(".", " ")
    return Role(name=name, title=title, media=media, match=match, origin=any_field.origin)


def check_optional(fields: RawFields, problems: Problems) -> None:
    """Report what a role says of the rule that it does not make."""
    for key in _OF_THE_RULE:
        if key in fields:
            problems.of(fields[key], f"`{key}:` is about how many files are wanted, and the role has no `count:`")


def build_role_rule(name: str, fields: RawFields, merged: Merged, asking: Asking, problems: Problems) -> Rule:
    """Build the rule `role.<name>`."""
    title = plain.word(fields, "title") or name
    if title[:1].islower():  # a name, not yet a sentence
        title = f"{title[:1].upper()}{title[1:]} is delivered"
    return Rule(
        id=f"{ROLE_RULE}{name}",
        title=title,
        severity=plain.severity(fields, problems),
        needs=name,
        count=asking.count(fields["count"]),
        when=asking.conditions(fields),
        overridable=plain.yes_no(fields, "overridable", True, problems),
        starts=plain.day(fields, "from", problems),
        cite=plain.cite(fields, merged.sources, problems),
        fix=plain.text(fields, "fix", problems),
        why=plain.text(fields, "why", problems),
        tags=plain.texts(fields, "tags", problems),
        renamed_from=tuple(f"{ROLE_RULE}{old}" for old in plain.texts(fields, "renamed_from", problems)),
        origins={key: field.origin for key, field in fields.items()},
    )
