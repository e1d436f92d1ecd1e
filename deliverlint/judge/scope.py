"""What a phrase can see while one asset is judged: its own facts, and those of other roles and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deliverlint.delivery.model import Asset, Cast, Document
from deliverlint.facts.model import Facts
from deliverlint.ruleset.model import FactRef
from deliverlint.spec import FactSpec
from deliverlint.values import Fact, Json, Unmeasured

DELIVERY = ""
_NOTHING: Mapping[str, Fact | Unmeasured] = {}


class Scope:
    """The facts in sight of one subject; `facts` of other subjects are looked up through the cast."""

    __slots__ = ("_cast", "_facts", "_own", "_parts", "_specs")
    members: Sequence[str] = ()  # of a group, whose file each value of a list is

    def __init__(
        self,
        own: Mapping[str, Fact | Unmeasured],
        parts: Mapping[str, str],
        cast: Cast,
        facts: Facts,
        specs: Mapping[str, FactSpec],
    ) -> None:
        self._own = own
        self._parts = parts
        self._cast = cast
        self._facts = facts
        self._specs = specs

    def spec(self, name: str) -> FactSpec:
        return self._specs[name]

    def fact(self, name: str) -> Fact | Unmeasured:
        """Return a fact of this subject, or of the delivery."""
        found = self._own.get(name)
        if found is None:
            found = self._facts.get(DELIVERY, _NOTHING).get(name)
        return Unmeasured(_not_said(name)) if found is None else found

    def value(self, ref: FactRef) -> Json | Unmeasured:
        """Return the value that `[role/]fact` means: of the sole asset of the role, or the one with equal parts."""
        if not ref.role:
            found = self.fact(ref.fact)
        else:
            subject = self._partner(ref.role)
            if isinstance(subject, Unmeasured):
                return subject
            found = self._of(subject, ref.fact)
        if isinstance(found, Unmeasured):
            return Unmeasured(f"{ref} is unmeasured: {found.reason}")
        return found.value

    def number(self, ref: FactRef, spec: FactSpec) -> float | Unmeasured:
        """Return the number that a ref means, in the unit of `spec`."""
        value = self.value(ref)
        if isinstance(value, Unmeasured):
            return value
        if value is None:
            return Unmeasured(f"{ref} is absent")
        return float(value) * self._specs[ref.fact].unit_of.factor / spec.unit_of.factor

    def frame_rate(self, spec: FactSpec, other: FactRef | None) -> float | Unmeasured:
        """Return the frames per second by which a fact is counted: those of the picture it is compared with, if any."""
        name = self._specs[other.fact].frame_rate if other else ""
        ref = FactRef(other.role, name) if other and name else FactRef("", spec.frame_rate)
        rate = self.value(ref)
        if isinstance(rate, Unmeasured):
            return rate
        return float(rate) if rate else Unmeasured(f"{ref} is absent")

    def pool(self, ref: FactRef) -> set[Json] | Unmeasured:
        """Return all texts of a fact over every asset or document of a role."""
        if not ref.role:
            value = self.value(ref)
            return value if isinstance(value, Unmeasured) else set(_as_list(value))
        pool: set[Json] = set()
        subjects = self._subjects(ref.role)
        if not subjects:
            return Unmeasured(f"there is no {ref.role} to compare with")
        for subject in subjects:
            found = self._of(subject, ref.fact)
            if isinstance(found, Unmeasured):
                return Unmeasured(f"{ref} is unmeasured: {found.reason}")
            pool.update(_as_list(found.value))
        return pool

    def rests_on(self, ref: FactRef) -> list[Fact]:
        """Return the known facts of other assets or documents that an answer about `ref` rests on."""
        found = [self._of(subject, ref.fact) for subject in self._subjects(ref.role)]
        return [fact for fact in found if isinstance(fact, Fact)]

    def _of(self, subject: Asset | Document, name: str) -> Fact | Unmeasured:
        return self._facts.get(subject.key, _NOTHING).get(name) or Unmeasured(_not_said(name))

    def _subjects(self, role: str) -> Sequence[Asset | Document]:
        return self._cast.roles.get(role) or self._cast.documents.get(role) or ()

    def _partner(self, role: str) -> Asset | Document | Unmeasured:
        subjects = self._subjects(role)
        if not subjects:
            return Unmeasured(f"there is no {role} to compare with")
        if len(subjects) == 1:
            return subjects[0]
        equal = [
            subject
            for subject in subjects
            if isinstance(subject, Asset)
            and any(self._parts.get(name) == value for name, value in subject.parts.items())
            and all(self._parts.get(name, value) == value for name, value in subject.parts.items())
        ]
        if len(equal) == 1:
            return equal[0]
        return Unmeasured(f"several files play {role}, and none can be told to be the one")


class GroupScope(Scope):
    """What can be seen from a group that is judged at once.

    lists  what is asked of the group: each fact as the list of its members' values
    own    what all members share; a phrase that compares with a fact of the group means this
    """

    __slots__ = ("_lists", "members")

    def __init__(
        self,
        members: Sequence[str],
        lists: Mapping[str, Fact | Unmeasured],
        own: Mapping[str, Fact | Unmeasured],
        parts: Mapping[str, str],
        cast: Cast,
        facts: Facts,
        specs: Mapping[str, FactSpec],
    ) -> None:
        super().__init__(own, parts, cast, facts, specs)
        self._lists = lists
        self.members = members

    def fact(self, name: str) -> Fact | Unmeasured:
        return self._lists.get(name) or super().fact(name)

    def value(self, ref: FactRef) -> Json | Unmeasured:
        if ref.role:
            return super().value(ref)
        found = super().fact(ref.fact)
        return Unmeasured(f"{ref} is unmeasured: {found.reason}") if isinstance(found, Unmeasured) else found.value


def _as_list(value: Json) -> list[Json]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _not_said(name: str) -> str:
    if name.startswith("delivery."):
        return f"delivery.yaml does not say `{name.removeprefix('delivery.')}`"
    return f"nothing measures {name} here, and delivery.yaml does not say it"
