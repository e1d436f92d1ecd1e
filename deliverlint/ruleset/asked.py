"""What a rule asks of facts: expectations and conditions, each fact looked up and each phrase parsed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.fields import FIELDS_PROBE, names_of_fields
from deliverlint.frozen import frozen
from deliverlint.ruleset.errors import PhraseError
from deliverlint.ruleset.model import Expectation, Expectations, FactRef, Phrase
from deliverlint.ruleset.phrases import PhraseContext, parse_count, parse_phrase
from deliverlint.ruleset.raw import Problems, RawField, RawFields
from deliverlint.ruleset.walk import refs_in
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, Node, Sequence
from deliverlint.wording import did_you_mean, listed, printable

DELIVERY = "delivery."


@frozen
class Subject:
    """Whom the facts of a rule are asked of.

    name      role or document kind; empty: the delivery
    elements  the list of records that `each:` goes through
    grouped   a whole group at once
    """

    name: str = ""
    elements: FactSpec | None = None
    grouped: bool = False


@frozen
class Asking:
    """Turns written expectations into phrases, for any rule of one ruleset.

    roles  medium of each role
    """

    catalogue: Catalogue
    context: PhraseContext
    roles: Mapping[str, str]
    problems: Problems

    def expectations(self, fields: RawFields, key: str, subject: Subject) -> Expectations:
        """Return a set of expectations; none where the key is not there."""
        return self._set(fields[key], fields[key].node, key, subject) if key in fields else ()

    def conditions(self, fields: RawFields) -> Expectations:
        """Return `when`, which is asked of the delivery."""
        return self.expectations(fields, "when", Subject())

    def branches(self, fields: RawFields, subject: Subject) -> tuple[Expectations, ...]:
        """Return the sets of `any_of`."""
        if "any_of" not in fields:
            return ()
        field = fields["any_of"]
        if not isinstance(field.node, Sequence) or len(field.node.items) < 2:
            self.problems.of(field, "`any_of:` has to be a list of two or more sets of expectations")
            return ()
        return tuple(self._set(field, branch, "any_of", subject) for branch in field.node.items)

    def count(self, field: RawField) -> Phrase | None:
        """Return how many files a role wants."""
        try:
            return parse_count(field.node, self.context)
        except PhraseError as error:
            self.problems.of(error.param or field, str(error), error.node or field.node)
            return None

    def _set(self, field: RawField, node: Node, key: str, subject: Subject) -> Expectations:
        if not isinstance(node, Map):
            message = f"`{key}:` has to be a mapping of facts and phrases, such as {{file.size: at most 4 GB}}"
            self.problems.of(field, message, node)
            return ()
        if not node.items:
            self.problems.of(field, f"`{key}:` asks nothing; name a fact and what it has to be", node)
        return tuple(self._asked(field, node, key, subject))

    def _asked(self, field: RawField, node: Map, key: str, subject: Subject) -> Iterator[Expectation]:
        inner = {spec.name: spec for spec in subject.elements.fields} if subject.elements else {}
        for fact, phrase_node in node.items.items():
            written = node.keys[fact]
            spec = inner.get(fact) or self.catalogue.facts.get(fact)
            if spec is None:
                hint = self._other(fact, subject) or did_you_mean(fact, [*inner, *self.catalogue.facts])
                self.problems.of(field, f"'{printable(fact, 60)}' is no fact{hint}", written)
                continue
            misfit = "" if fact in inner else self._misfit(spec, key, subject)
            if misfit:
                self.problems.of(field, misfit, written)
                continue
            phrase = self._phrase(field, phrase_node, spec, subject, inner)
            if phrase is None:
                continue
            if key == "when" and any(ref.role for ref in refs_in(phrase)):
                self.problems.of(field, "`when` compares only with what delivery.yaml says; use `where`", phrase_node)
            yield Expectation(fact, phrase)

    def _phrase(
        self, field: RawField, node: Node, spec: FactSpec, subject: Subject, inner: Mapping[str, FactSpec]
    ) -> Phrase | None:
        context = self.context.knowing(inner) if inner else self.context
        try:
            phrase = parse_phrase(node, spec, context, subject.grouped)
        except PhraseError as error:
            self.problems.of(error.param or field, str(error), error.node or node)
            return None
        for ref in refs_in(phrase):
            if (ref.role or ref.fact not in inner) and (mistake := self._ref_mistake(ref, subject)):
                self.problems.of(field, mistake, node)
        return phrase

    # -- whether a fact can be asked of somebody ---------------------------------------------------------

    def _misfit(self, spec: FactSpec, key: str, subject: Subject) -> str:
        """Why a fact cannot be asked here; empty where it can."""
        if spec.name.startswith(DELIVERY):
            return ""
        if key == "when":
            return f"`when` is asked of the delivery, and {spec.name} is none of its facts; use `where`"
        if not subject.name:
            return f"{spec.name} is a fact of an asset: say `for:` which role it is asked of"
        return self._cannot_have(subject.name, spec)

    def _ref_mistake(self, ref: FactRef, subject: Subject) -> str:
        spec = self.catalogue.facts.get(ref.fact)
        if spec is None:
            return f"'{ref.fact}' in '{ref}' is a field of an entry, and no fact of its own"
        if not ref.role:
            return self._misfit(spec, "", subject)
        if ref.role not in self.roles and ref.role not in self.catalogue.document_kinds:
            hint = did_you_mean(ref.role, [*self.roles, *self.catalogue.document_kinds])
            return f"'{ref.role}' in '{ref}' is neither a role nor a document kind{hint}"
        return self._cannot_have(ref.role, spec)

    def _cannot_have(self, subject: str, spec: FactSpec) -> str:
        """Why nothing that plays a role, or no document of a kind, ever has a fact."""
        if spec.probe == FIELDS_PROBE:
            kinds = [kind.id for kind in self.catalogue.document_kinds.values() if spec.name in names_of_fields(kind)]
            if subject not in kinds:
                return f"{spec.name} is a field of the document {listed(kinds, 'or')}; '{subject}' does not have it"
            return ""
        if not spec.probe:
            return ""
        media, probe = self.roles.get(subject, ""), self.catalogue.probes[spec.probe]
        if media and probe.media and media not in probe.media:
            return f"{spec.name} is measured of {listed(probe.media, 'or')}, and '{subject}' is {media}"
        return ""

    def _other(self, fact: str, subject: Subject) -> str:
        """`role/fact`, and fields of an entry without `each:`, are names that are right elsewhere."""
        role, parted, name = fact.partition("/")
        if parted and name in self.catalogue.facts:
            return f"; say `for: {printable(role, 40)}` and ask for {name}"
        full = f"{subject.name}.{fact}"
        return f"; did you mean '{full}'?" if subject.name and full in self.catalogue.facts else ""
