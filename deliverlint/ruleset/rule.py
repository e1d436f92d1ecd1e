"""One rule: its keys as a whole, and each of them, checked against the roles, the kinds and the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deliverlint.catalogue import Catalogue
from deliverlint.frozen import frozen
from deliverlint.ruleset import fields as plain
from deliverlint.ruleset.asked import DELIVERY, Asking, Subject
from deliverlint.ruleset.inherit import Merged
from deliverlint.ruleset.model import Rule
from deliverlint.ruleset.raw import Problems, RawFields
from deliverlint.ruleset.role import MAX_NAME, NAME
from deliverlint.ruleset.schemas import mistakes_in
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, to_json
from deliverlint.values import Json
from deliverlint.wording import did_you_mean, listed, printable

_ASKS = ("expect", "any_of", "needs", "attest", "schema", "check")
# What a group has no single answer for.
_NOT_PER = ("each", "schema", "check")
_GROUPING = ("text", "number", "yes/no", "date")


@frozen
class RuleBuilder:
    """What every step needs to hand: the merged fields, the catalogue and where mistakes go."""

    merged: Merged
    catalogue: Catalogue
    problems: Problems
    asking: Asking

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
            attest=self.attest(fields),
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
        if not NAME.fullmatch(name) or len(name) > MAX_NAME:
            message = f"'{printable(name, 60)}' is no name of a rule; write a-z, 0-9, '.' and '-'"
            suggested = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")[:MAX_NAME]
            self.problems.of(any_field, message + (f", such as '{suggested}'" if NAME.fullmatch(suggested) else ""))
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

    def attest(self, fields: RawFields) -> str:
        who = plain.text(fields, "attest", self.problems)
        if who.lower() in ("yes", "no", "true", "false"):
            self.problems.of(fields["attest"], "`attest:` says who has to vouch, such as the person who did the check")
        return who

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
