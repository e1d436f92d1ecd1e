"""From merged fields to the frozen ruleset: every word is checked against the catalogue here, once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from deliverlint.catalogue import Catalogue
from deliverlint.ruleset import fields as plain
from deliverlint.ruleset.asked import DELIVERY, Asking, Subject
from deliverlint.ruleset.head import check_head
from deliverlint.ruleset.inherit import ROLE_RULE, Merged
from deliverlint.ruleset.model import Role, Rule, Ruleset
from deliverlint.ruleset.params import PhraseContext
from deliverlint.ruleset.patterns import mistake_in
from deliverlint.ruleset.raw import Problems, RawFields
from deliverlint.ruleset.schemas import mistakes_in
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, Scalar, to_json
from deliverlint.values import Json
from deliverlint.wording import did_you_mean, listed, printable

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
_MAX_NAME = 100
_ASKS = ("expect", "any_of", "needs", "attest", "schema", "check")
# What a group has no single answer for.
_NOT_PER = ("each", "schema", "check")
_GROUPING = ("text", "number", "yes/no", "date")


def build_ruleset(merged: Merged, catalogue: Catalogue, problems: Problems) -> Ruleset:
    """Build the ruleset; mistakes go to `problems`, and what they concern is left out."""
    check_head(merged, catalogue, problems)
    media = {name: _word(fields, "media") for name, fields in merged.roles.items()}
    asking = Asking(catalogue, PhraseContext(catalogue.facts, merged.params), media, problems)
    builder = _Builder(merged, catalogue, problems, asking)
    roles = {name: builder.role(name, fields) for name, fields in merged.roles.items() if fields}
    rules: dict[str, Rule] = {}
    for name, fields in merged.roles.items():
        if "count" in fields:
            rules[f"{ROLE_RULE}{name}"] = builder.role_rule(name, fields)
    for name, fields in merged.rules.items():
        if name in rules:
            problems.of(next(iter(fields.values())), f"rule '{name}' has the name of the rule that a role makes")
        elif fields:
            rules[name] = builder.rule(name, fields)
    builder.check_old_names(rules)
    return Ruleset(
        id=merged.raw.id,
        version=_word(merged.raw.head, "version"),
        title=_word(merged.raw.head, "title"),
        sha256=_digest(merged.contents),
        roles=roles,
        rules=rules,
        dropped={name: _word({"reason": reason}, "reason") for name, reason in merged.dropped.items()},
        based_on={key: plain.source(source) for key, source in merged.raw.based_on.items()},
        parents=merged.parents,
        files=tuple(merged.contents),
        paths=merged.paths,
    )


def _word(fields: RawFields, key: str) -> str:
    node = fields[key].node if key in fields else None
    return node.text.strip() if isinstance(node, Scalar) else ""


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for file in sorted(contents):
        digest.update(f"{len(contents[file])} ".encode() + contents[file])
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Builder:
    """What every step needs to hand: the merged fields, the catalogue and where mistakes go."""

    merged: Merged
    catalogue: Catalogue
    problems: Problems
    asking: Asking

    # -- roles ------------------------------------------------------------------------------------------

    def role(self, name: str, fields: RawFields) -> Role:
        any_field = next(iter(fields.values()))
        if not _NAME.fullmatch(name) or len(name) > _MAX_NAME:
            self.problems.of(any_field, f"'{printable(name, 60)}' is no name of a role; write a-z, 0-9, '.' and '-'")
        if name in self.catalogue.document_kinds:
            self.problems.of(any_field, f"'{name}' is a document kind; a role needs another name")
        media = plain.text(fields, "media", self.problems)
        if media and media not in self.catalogue.media:
            hint = did_you_mean(media, self.catalogue.media) or f"; there are {listed(sorted(self.catalogue.media))}"
            self.problems.of(fields["media"], f"'{printable(media, 60)}' is no medium{hint}")
        match = plain.texts(fields, "match", self.problems)
        for pattern in match:
            if mistake := mistake_in(pattern):
                self.problems.of(fields["match"], f"the pattern '{printable(pattern, 80)}' {mistake}")
        title = plain.text(fields, "title", self.problems) or name.replace("-", " ").replace(".", " ")
        return Role(name=name, title=title, media=media, match=match, origin=any_field.origin)

    def role_rule(self, name: str, fields: RawFields) -> Rule:
        title = _word(fields, "title") or name
        if title[:1].islower():  # a name, not yet a sentence
            title = f"{title[:1].upper()}{title[1:]} is delivered"
        return Rule(
            id=f"{ROLE_RULE}{name}",
            title=title,
            severity=plain.severity(fields, self.problems),
            needs=name,
            count=self.asking.count(fields["count"]),
            when=self.asking.conditions(fields),
            overridable=plain.yes_no(fields, "overridable", True, self.problems),
            starts=plain.day(fields, "from", self.problems),
            cite=plain.cite(fields, self.merged.sources, self.problems),
            fix=plain.text(fields, "fix", self.problems),
            why=plain.text(fields, "why", self.problems),
            tags=plain.texts(fields, "tags", self.problems),
            renamed_from=tuple(f"{ROLE_RULE}{old}" for old in plain.texts(fields, "renamed_from", self.problems)),
            origins={key: field.origin for key, field in fields.items()},
        )

    # -- rules ------------------------------------------------------------------------------------------

    def rule(self, name: str, fields: RawFields) -> Rule:
        self.check_rule(name, fields)
        subject_name = self.subject(fields, "for")
        elements = self.elements(fields, subject_name)
        per = self.per(fields)
        subject = Subject(subject_name, elements, grouped=bool(per))
        asked = {key: field for key, field in fields.items() if subject_name or key != "where"}
        lost = {"for": subject_name, "each": elements, "per": per}
        if any(key in fields and not found for key, found in lost.items()) or {"each", "per"} <= fields.keys():
            # What the other keys ask cannot be understood without it; one mistake is one message.
            asked = {key: field for key, field in fields.items() if key not in ("where", "expect", "any_of")}
        return Rule(
            id=name,
            title=plain.text(fields, "title", self.problems) or name.replace("-", " ").capitalize(),
            severity=plain.severity(fields, self.problems),
            subject=subject_name,
            per=per,
            each=elements.name if elements else "",
            when=self.asking.conditions(fields),
            where=self.asking.expectations(asked, "where", Subject(subject_name, elements)),
            expect=self.asking.expectations(asked, "expect", subject),
            any_of=self.asking.branches(asked, subject),
            needs=self.subject(fields, "needs"),
            attest=plain.text(fields, "attest", self.problems),
            schema=self.schema(fields),
            check=self.check(fields, subject_name),
            overridable=plain.yes_no(fields, "overridable", True, self.problems),
            starts=plain.day(fields, "from", self.problems),
            cite=plain.cite(fields, self.merged.sources, self.problems),
            fix=plain.text(fields, "fix", self.problems),
            why=plain.text(fields, "why", self.problems),
            tags=plain.texts(fields, "tags", self.problems),
            renamed_from=plain.texts(fields, "renamed_from", self.problems),
            origins={key: field.origin for key, field in fields.items()},
        )

    def check_rule(self, name: str, fields: RawFields) -> None:
        """Report what is wrong with the keys as a whole."""
        any_field = next(iter(fields.values()))
        if not _NAME.fullmatch(name) or len(name) > _MAX_NAME:
            message = f"'{printable(name, 60)}' is no name of a rule; write a-z, 0-9, '.' and '-'"
            suggested = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")[:_MAX_NAME]
            self.problems.of(any_field, message + (f", such as '{suggested}'" if _NAME.fullmatch(suggested) else ""))
        if not any(key in fields for key in _ASKS):
            self.problems.of(any_field, f"rule '{name}' asks nothing: it needs one of {listed(_ASKS, 'or')}")
        if "for" not in fields:
            for key in ("where", "per", "each", "schema"):
                if key in fields:
                    self.problems.of(fields[key], f"`{key}:` needs `for:`, the role or document it is about")
        for key in _NOT_PER:
            if "per" in fields and key in fields:
                self.problems.of(
                    fields[key], f"`{key}:` asks single files, and `per:` judges many at once; make two rules"
                )
        if "each" in fields and "schema" in fields:
            self.problems.of(fields["schema"], "`schema:` is about the whole document, and `each:` about its entries")

    def check_old_names(self, rules: Mapping[str, Rule]) -> None:
        """A waiver under an old name has to mean one rule."""
        owners: dict[str, str] = {}
        for rule in rules.values():
            for old in rule.renamed_from:
                fields = self.merged.rules.get(rule.id) or self.merged.roles[rule.id.removeprefix(ROLE_RULE)]
                if old in rules:
                    message = f"'{printable(old, 60)}' is the name of a rule that is there"
                    self.problems.of(fields["renamed_from"], message)
                elif owners.setdefault(old, rule.id) != rule.id:
                    message = f"'{printable(old, 60)}' is already the old name of '{owners[old]}'"
                    self.problems.of(fields["renamed_from"], message)

    def subject(self, fields: RawFields, key: str) -> str:
        name = plain.text(fields, key, self.problems)
        known = [*self.merged.roles, *self.catalogue.document_kinds]
        if name and name not in known:
            hint = did_you_mean(name, known)
            message = f"'{printable(name, 60)}' is neither a role of this ruleset nor a document kind{hint}"
            self.problems.of(fields[key], message)
            return ""
        return name

    def per(self, fields: RawFields) -> str:
        per = plain.text(fields, "per", self.problems)
        if not per or per == "role":
            return per
        spec = self.catalogue.facts.get(per)
        if spec is None:
            hint = did_you_mean(per, self.catalogue.facts)
            self.problems.of(fields["per"], f"'{printable(per, 60)}' is neither `role` nor a fact{hint}")
            return ""
        if spec.type not in _GROUPING:
            self.problems.of(fields["per"], f"{per} is a list ({spec.type}); groups have a single value in common")
            return ""
        return per

    def elements(self, fields: RawFields, subject: str) -> FactSpec | None:
        """The list of records that `each:` goes through: `<for>.<each>`, or a fact by its whole name."""
        each = plain.text(fields, "each", self.problems)
        if not each or not subject:
            return None
        spec = self.catalogue.facts.get(f"{subject}.{each}") or self.catalogue.facts.get(each)
        if spec is None:
            lists = [name for name, fact in self.catalogue.facts.items() if fact.type == "records"]
            hint = did_you_mean(f"{subject}.{each}", lists)
            self.problems.of(fields["each"], f"'{printable(each, 60)}' is no list of '{subject}'{hint}")
            return None
        if spec.type != "records":
            message = f"{spec.name} is of type {spec.type}; `each:` goes through a list of records"
            self.problems.of(fields["each"], message)
            return None
        return spec

    def schema(self, fields: RawFields) -> Mapping[str, Json] | None:
        if "schema" not in fields:
            return None
        field = fields["schema"]
        if not isinstance(field.node, Map) or not field.node.items:
            self.problems.of(field, "`schema:` has to be a JSON Schema (a mapping)")
            return None
        for node, mistake in mistakes_in(field.node):
            self.problems.of(field, mistake, node)
        schema: Mapping[str, Json] = to_json(field.node)
        return schema

    def check(self, fields: RawFields, subject: str) -> str:
        name = plain.text(fields, "check", self.problems)
        if name and name not in self.catalogue.checks:
            hint = did_you_mean(name, self.catalogue.checks) or "; `deliverlint plugins` lists them"
            self.problems.of(fields["check"], f"'{printable(name, 60)}' is no check{hint}")
            return ""
        if name and not subject:
            foreign = [fact for fact in self.catalogue.checks[name].facts if not fact.startswith(DELIVERY)]
            if foreign:
                self.problems.of(
                    fields["check"], f"the check '{name}' looks at {listed(foreign)}: say `for:` which role"
                )
        return name
