"""From merged fields to the frozen ruleset: every word is checked against the catalogue here, once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from deliverlint import __version__
from deliverlint.catalogue import Catalogue
from deliverlint.ruleset.inherit import ROLE_RULE, Merged
from deliverlint.ruleset.model import (
    Cite,
    Expectation,
    Expectations,
    FactRef,
    Phrase,
    Role,
    Rule,
    Ruleset,
    Severity,
)
from deliverlint.ruleset.phrases import PhraseContext, PhraseError, parse_phrase
from deliverlint.ruleset.raw import Problems, RawField, RawFields
from deliverlint.ruleset.walk import refs_in
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, Node, Scalar, Sequence, to_json
from deliverlint.wording import did_you_mean, listed, printable

_ID = re.compile(r"[a-z0-9-]+/[a-z0-9.-]+")
_VERSION = re.compile(r"\d+(\.(0|[1-9]\d*)){1,3}")
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
_PARAM_NAME = re.compile(r"[a-z0-9_.]+")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_SEVERITIES = ("error", "warning", "advice")
_ASKS = ("expect", "any_of", "needs", "attest", "schema", "check")
_COUNT = FactSpec(name="count", type="number", label="number of files", meaning="How many there are.", decimals=0)

_Value = TypeVar("_Value")


def build_ruleset(merged: Merged, catalogue: Catalogue, problems: Problems) -> Ruleset:
    """Build the ruleset; mistakes go to `problems`, and what they concern is left out."""
    builder = _Builder(merged, catalogue, problems)
    builder.check_head()
    roles = {name: builder.role(name, fields) for name, fields in merged.roles.items()}
    rules: dict[str, Rule] = {}
    for name, fields in merged.roles.items():
        if "count" in fields:
            rules[f"{ROLE_RULE}{name}"] = builder.role_rule(name, fields)
    for name, fields in merged.rules.items():
        if name in rules:
            problems.of(next(iter(fields.values())), f"rule '{name}' has the name of the rule that a role makes")
        elif fields:
            rules[name] = builder.rule(name, fields)
    digest = hashlib.sha256()
    for file in sorted(merged.contents):
        digest.update(f"{len(merged.contents[file])} ".encode() + merged.contents[file])
    return Ruleset(
        id=merged.raw.id,
        version=merged.raw.version,
        title=merged.raw.title,
        sha256=digest.hexdigest(),
        roles=roles,
        rules=rules,
        dropped=merged.dropped,
        based_on={
            key: Cite(title=source.get("title", ""), url=source.get("url", ""), read=source.get("read", ""))
            for key, source in merged.raw.based_on.items()
        },
        parents=merged.parents,
        files=tuple(merged.contents),
        paths=merged.paths,
    )


class _Builder:
    """What every step needs to hand: the merged fields, the catalogue and where mistakes go."""

    def __init__(self, merged: Merged, catalogue: Catalogue, problems: Problems) -> None:
        self.merged = merged
        self.catalogue = catalogue
        self.problems = problems
        self.context = PhraseContext(catalogue.facts, {name: param.node for name, param in merged.params.items()})
        self.subjects = {**merged.roles, **catalogue.document_kinds}

    # -- head ------------------------------------------------------------------------------------------

    def check_head(self) -> None:
        raw = self.merged.raw
        file = next(iter(raw.contents), "")
        if raw.id and not _ID.fullmatch(raw.id):
            self.problems.at(file, None, f"'{printable(raw.id, 60)}' is no ruleset id; write kind/name in lower case")
        if raw.version and not _VERSION.fullmatch(raw.version):
            self.problems.at(
                file,
                None,
                f"'{printable(raw.version, 60)}' is no version; write year.month.number, unpadded, such as 2026.11.0",
            )
        for name, param in raw.params.items():
            if not _PARAM_NAME.fullmatch(name):
                self.problems.of(param, f"'{printable(name, 60)}' is no name for a parameter (a-z 0-9 _ .)")
        for key, source in raw.based_on.items():
            for missing in ("title", "url", "read"):
                if missing not in source:
                    self.problems.at(file, None, f"source '{key}' does not say its `{missing}:`")
            if "read" in source and not _DATE.fullmatch(source["read"]):
                self.problems.at(file, None, f"source '{key}' was read on '{source['read']}'; write it as 2026-11-30")
        installed = {plugin.name for plugin in self.catalogue.plugins if not plugin.problem}
        for plugin in self.merged.plugins:
            if isinstance(plugin.node, Scalar) and plugin.node.text not in installed:
                name = plugin.node.text
                hint = did_you_mean(name, installed)
                self.problems.of(plugin, f"needs the plugin '{name}', which is not installed{hint}")
        if raw.engine and isinstance(raw.engine.node, Scalar) and not _satisfies(raw.engine.node.text):
            self.problems.of(raw.engine, f"needs deliverlint {raw.engine.node.text}; this is {__version__}")

    # -- roles -----------------------------------------------------------------------------------------

    def role(self, name: str, fields: RawFields) -> Role:
        any_field = next(iter(fields.values()))
        if not _NAME.fullmatch(name):
            self.problems.of(any_field, f"'{printable(name, 60)}' is no name for a role (a-z 0-9 . -)")
        if name in self.catalogue.document_kinds:
            self.problems.of(any_field, f"'{name}' is a document kind; a role needs another name")
        media = self.text(fields, "media")
        if media and media not in self.catalogue.media:
            self.problems.of(fields["media"], f"'{media}' is no medium{did_you_mean(media, self.catalogue.media)}")
        return Role(
            name=name,
            title=self.text(fields, "title") or name.replace("-", " ").replace(".", " "),
            media=media,
            match=self.texts(fields, "match"),
            origin=any_field.origin,
        )

    def role_rule(self, name: str, fields: RawFields) -> Rule:
        title = self.text(fields, "title") or name
        if title[:1].islower():  # a name, not yet a sentence
            title = f"{title[:1].upper()}{title[1:]} is delivered"
        return Rule(
            id=f"{ROLE_RULE}{name}",
            title=title,
            severity=self.severity(fields),
            needs=name,
            count=self.phrase(fields["count"], fields["count"].node, _COUNT),
            when=self.conditions(fields),
            overridable=self.yes_no(fields, "overridable", True),
            starts=self.date(fields, "from"),
            cite=self.cite(fields),
            fix=self.text(fields, "fix"),
            why=self.text(fields, "why"),
            origins={key: field.origin for key, field in fields.items()},
        )

    # -- rules -----------------------------------------------------------------------------------------

    def rule(self, name: str, fields: RawFields) -> Rule:
        any_field = next(iter(fields.values()))
        if not _NAME.fullmatch(name):
            self.problems.of(any_field, f"'{printable(name, 60)}' is no name for a rule (a-z 0-9 . -)")
        if not any(key in fields for key in _ASKS):
            self.problems.of(any_field, f"rule '{name}' asks nothing: it needs one of {listed(_ASKS, 'or')}")
        subject = self.subject(fields, "for")
        if "for" not in fields:
            for key in ("where", "per", "each", "schema"):
                if key in fields:
                    self.problems.of(fields[key], f"`{key}:` needs `for:`, the role or document it is about")
        elements = self.elements(fields, subject)
        if (fields.keys() & {"for"} and not subject) or (fields.keys() & {"each"} and not elements):
            # What the other keys ask cannot be understood without it; one mistake is one message.
            fields = {key: field for key, field in fields.items() if key not in ("where", "expect", "any_of", "per")}
        per = self.per(fields)
        return Rule(
            id=name,
            title=self.text(fields, "title") or name.replace("-", " ").capitalize(),
            severity=self.severity(fields),
            subject=subject,
            per=per,
            each=elements.name if elements else "",
            when=self.conditions(fields),
            where=self.expectations(fields, "where", subject, elements),
            expect=self.expectations(fields, "expect", subject, elements, grouped=bool(per)),
            any_of=self.branches(fields, subject, elements, grouped=bool(per)),
            needs=self.subject(fields, "needs"),
            attest=self.text(fields, "attest"),
            schema=self.schema(fields),
            check=self.check(fields, subject),
            overridable=self.yes_no(fields, "overridable", True),
            starts=self.date(fields, "from"),
            cite=self.cite(fields),
            fix=self.text(fields, "fix"),
            why=self.text(fields, "why"),
            tags=self.texts(fields, "tags"),
            renamed_from=self.texts(fields, "renamed_from"),
            origins={key: field.origin for key, field in fields.items()},
        )

    def subject(self, fields: RawFields, key: str) -> str:
        name = self.text(fields, key)
        if name and name not in self.subjects:
            hint = did_you_mean(name, self.subjects)
            self.problems.of(
                fields[key], f"'{printable(name, 60)}' is neither a role of this ruleset nor a document kind{hint}"
            )
            return ""
        return name

    def per(self, fields: RawFields) -> str:
        per = self.text(fields, "per")
        if per and per != "role" and per not in self.catalogue.facts:
            self.problems.of(
                fields["per"],
                f"'{printable(per, 60)}' is neither `role` nor a fact{did_you_mean(per, self.catalogue.facts)}",
            )
            return ""
        return per

    def elements(self, fields: RawFields, subject: str) -> FactSpec | None:
        """The list of records that `each:` goes through: `<for>.<each>`, or a fact by its whole name."""
        each = self.text(fields, "each")
        if not each:
            return None
        spec = self.catalogue.facts.get(f"{subject}.{each}") or self.catalogue.facts.get(each)
        lists = [name for name, fact in self.catalogue.facts.items() if fact.type == "records"]
        if spec is None:
            hint = did_you_mean(f"{subject}.{each}", lists)
            self.problems.of(fields["each"], f"'{printable(each, 60)}' is no list of '{subject}'{hint}")
            return None
        if spec.type != "records":
            self.problems.of(fields["each"], f"{spec.name} is of type {spec.type}; `each:` goes through records")
            return None
        return spec

    def conditions(self, fields: RawFields) -> Expectations:
        """`when`: asked of the delivery."""
        found = self.expectations(fields, "when", "", None)
        for expectation in found:
            if not expectation.fact.startswith("delivery."):
                self.problems.of(
                    fields["when"],
                    f"`when` is asked of the delivery, and {expectation.fact} is none of its facts; use `where`",
                )
        return found

    def expectations(
        self, fields: RawFields, key: str, subject: str, elements: FactSpec | None, grouped: bool = False
    ) -> Expectations:
        if key not in fields:
            return ()
        return tuple(self._expectations(fields[key], fields[key].node, key, subject, elements, grouped))

    def branches(
        self, fields: RawFields, subject: str, elements: FactSpec | None, grouped: bool
    ) -> tuple[Expectations, ...]:
        if "any_of" not in fields:
            return ()
        field = fields["any_of"]
        if not isinstance(field.node, Sequence) or len(field.node.items) < 2:
            self.problems.of(field, "`any_of:` has to be a list of two or more sets of expectations")
            return ()
        return tuple(
            tuple(self._expectations(field, branch, "any_of", subject, elements, grouped))
            for branch in field.node.items
        )

    def _expectations(
        self, field: RawField, node: Node, key: str, subject: str, elements: FactSpec | None, grouped: bool
    ) -> Iterator[Expectation]:
        if not isinstance(node, Map):
            self.problems.of(field, f"`{key}:` has to be a mapping of facts and phrases", node)
            return
        for fact, phrase_node in node.items.items():
            spec = self.fact(field, node.keys[fact], elements)
            if spec is None:
                continue
            if (
                not subject
                and not spec.name.startswith("delivery.")
                and key not in ("when", "where")
                and elements is None
            ):
                self.problems.of(
                    field,
                    f"{fact} is a fact of an asset: say `for:` which role it is asked of",
                    node.keys[fact],
                )
                continue
            phrase = self.phrase(field, phrase_node, spec, grouped)
            if phrase is not None:
                yield Expectation(fact, phrase)

    def fact(self, field: RawField, key: Scalar, elements: FactSpec | None) -> FactSpec | None:
        inner = {spec.name: spec for spec in elements.fields} if elements else {}
        if key.text in inner:
            return inner[key.text]
        spec = self.catalogue.facts.get(key.text)
        if spec is None:
            known = [*inner, *self.catalogue.facts]
            self.problems.of(field, f"'{printable(key.text, 60)}' is no fact{did_you_mean(key.text, known)}", key)
        return spec

    def phrase(self, field: RawField, node: Node, spec: FactSpec, grouped: bool = False) -> Phrase | None:
        try:
            phrase = parse_phrase(node, spec, self.context, grouped)
        except PhraseError as error:
            where = error.node
            # A parameter that was written elsewhere is reported where it is used.
            self.problems.of(field, str(error), where if where and field.node.line <= where.line else node)
            return None
        for ref in refs_in(phrase):
            self._check_ref(field, node, ref)
        return phrase

    def _check_ref(self, field: RawField, node: Node, ref: FactRef) -> None:
        if ref.role and ref.role not in self.subjects:
            hint = did_you_mean(ref.role, self.subjects)
            self.problems.of(field, f"'{ref.role}' in '{ref}' is neither a role nor a document kind{hint}", node)

    # -- plain fields ----------------------------------------------------------------------------------

    def text(self, fields: RawFields, key: str) -> str:
        if key not in fields:
            return ""
        node = fields[key].node
        if not isinstance(node, Scalar):
            self.problems.of(fields[key], f"`{key}:` has to be a text")
            return ""
        return node.text.strip()

    def texts(self, fields: RawFields, key: str) -> tuple[str, ...]:
        if key not in fields:
            return ()
        node = fields[key].node
        items = node.items if isinstance(node, Sequence) else (node,)
        if not all(isinstance(item, Scalar) for item in items):
            self.problems.of(fields[key], f"`{key}:` has to be a text or a list of texts")
        return tuple(item.text for item in items if isinstance(item, Scalar))

    def _one_of(self, fields: RawFields, key: str, known: Mapping[str, _Value], default: _Value) -> _Value:
        word = self.text(fields, key)
        if not word:
            return default
        if word not in known:
            self.problems.of(
                fields[key],
                f"`{key}:` is '{printable(word, 40)}'; it can be {listed(known, 'or')}{did_you_mean(word, known)}",
            )
            return default
        return known[word]

    def severity(self, fields: RawFields) -> Severity:
        known: dict[str, Severity] = {"error": "error", "warning": "warning", "advice": "advice"}
        return self._one_of(fields, "severity", known, known["error"])

    def yes_no(self, fields: RawFields, key: str, default: bool) -> bool:
        return self._one_of(fields, key, {"yes": True, "no": False}, default)

    def date(self, fields: RawFields, key: str) -> str:
        date = self.text(fields, key)
        if date and not _DATE.fullmatch(date):
            self.problems.of(
                fields[key], f"`{key}:` is '{printable(date, 40)}', which is no date; write it as 2027-01-31"
            )
            return ""
        return date

    def cite(self, fields: RawFields) -> Cite:
        if "cite" not in fields:
            return Cite()
        field = fields["cite"]
        key, _, clause = self.text(fields, "cite").partition(" ")
        known = self.merged.sources.get(field.origin.ruleset, {})
        if key not in known:
            self.problems.of(field, f"'{printable(key, 60)}' is no source under `based_on:`{did_you_mean(key, known)}")
            return Cite()
        source = known[key]
        return Cite(source.get("title", ""), clause.strip(), source.get("url", ""), source.get("read", ""))

    def schema(self, fields: RawFields) -> Mapping[str, object] | None:
        if "schema" not in fields:
            return None
        schema = to_json(fields["schema"].node)
        if not isinstance(schema, dict):
            self.problems.of(fields["schema"], "`schema:` has to be a JSON Schema (a mapping)")
            return None
        for ref in _remote_refs(schema):
            self.problems.of(
                fields["schema"],
                f"`$ref: {printable(ref, 60)}` is not inside the schema; only '#...' is followed",
            )
        return schema

    def check(self, fields: RawFields, subject: str) -> str:
        name = self.text(fields, "check")
        if name and name not in self.catalogue.checks:
            hint = did_you_mean(name, self.catalogue.checks) or "; `deliverlint plugins` lists them"
            self.problems.of(fields["check"], f"'{printable(name, 60)}' is no check{hint}")
            return ""
        if name and not subject:
            foreign = [fact for fact in self.catalogue.checks[name].facts if not fact.startswith("delivery.")]
            if foreign:
                self.problems.of(
                    fields["check"], f"the check '{name}' looks at {listed(foreign)}: say `for:` which role"
                )
        return name


def _remote_refs(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        ref = schema.get("$ref")
        if isinstance(ref, str) and not ref.startswith("#"):
            yield ref
        for value in schema.values():
            yield from _remote_refs(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _remote_refs(value)


_COMPARE: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": lambda ours, theirs: ours >= theirs,
    "<=": lambda ours, theirs: ours <= theirs,
    "==": lambda ours, theirs: ours == theirs,
    ">": lambda ours, theirs: ours > theirs,
    "<": lambda ours, theirs: ours < theirs,
}


def _satisfies(wanted: str) -> bool:
    """Say whether this version keeps to `>=1.0,<2`; what cannot be read is not kept to."""
    ours = tuple(int(part) for part in re.findall(r"\d+", __version__)[:3])
    for part in wanted.split(","):
        match = re.fullmatch(r"\s*(>=|<=|==|>|<)\s*(\d+(?:\.\d+){0,2})\s*", part)
        if not match:
            return False
        theirs = tuple(int(number) for number in match[2].split("."))
        if not _COMPARE[match[1]](ours, theirs + (0,) * (3 - len(theirs))):
            return False
    return True
