"""What a buyer wants, as values: rules, expectations and the phrases in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from typing import Literal, NamedTuple, TypeAlias

from deliverlint.frozen import frozen
from deliverlint.units import Quantity
from deliverlint.values import Json

Severity: TypeAlias = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = ("advice", "warning", "error")


# --- phrases -----------------------------------------------------------------------------------------
# `text` is always the phrase as the buyer wrote it.


@frozen
class FactRef:
    """`[role/]fact`: another fact of the same asset, or a fact of another role or document kind."""

    role: str
    fact: str

    def __str__(self) -> str:
        return f"{self.role}/{self.fact}" if self.role else self.fact


@frozen
class Is:
    """The value itself: a text, a number or a date."""

    text: str
    value: str | Quantity


@frozen
class YesNo:
    text: str
    value: bool


@frozen
class Compare:
    """`at most`, `at least`, `below`, `above` and a quantity, a date, or a share of another fact."""

    text: str
    operator: Literal["<=", ">=", "<", ">"]
    limit: Quantity | str  # a date is text
    share_of: FactRef | None = None  # then `limit` is in percent


@frozen
class Between:
    """`a to b`, both ends included."""

    text: str
    low: Quantity | str  # dates are text
    high: Quantity | str


@frozen
class Within:
    """`a ± b`, both ends included."""

    text: str
    target: Quantity
    tolerance: Quantity


@frozen
class OneOf:
    text: str
    phrases: tuple[Phrase, ...]


@frozen
class Present:
    text: str = "present"


@frozen
class Absent:
    text: str = "absent"


@frozen
class Matches:
    """A regular expression (RE2: linear time) that must match the whole text."""

    text: str
    pattern: str


@frozen
class Contains:
    text: str
    value: str


@frozen
class SameAs:
    text: str
    other: FactRef
    tolerance: Quantity | None = None


@frozen
class AllIn:
    text: str
    other: FactRef


@frozen
class Quantified:
    """`each|any|none <phrase>` over a list, the events or the group."""

    text: str
    how: Literal["each", "any", "none"]
    phrase: Phrase
    lengths: bool = False  # of events: how long they are, and not their values


@frozen
class Aggregate:
    """`count <phrase>` or `sum <phrase>` over a list, the events or the group."""

    text: str
    how: Literal["count", "sum"]
    phrase: Phrase
    lengths: bool = False


@frozen
class Unique:
    text: str = "unique"


@frozen
class AllEqual:
    """Every value of the list or group is the same."""

    text: str = "all equal"


@frozen
class Pick:
    """One phrase of several, chosen by facts (`params: {x: {pick: [fact, fact], a @ b: value}}`)."""

    text: str
    facts: tuple[str, ...]
    branches: tuple[tuple[tuple[Phrase, ...], Phrase], ...]


Phrase: TypeAlias = (
    Is | YesNo | Compare | Between | Within | OneOf | Present | Absent | Matches | Contains | SameAs | AllIn
    | Quantified | Aggregate | Unique | AllEqual | Pick
)  # fmt: skip


# --- rules -------------------------------------------------------------------------------------------


class Origin(NamedTuple):
    """Where a field was written: `ruleset` is the id, `file` a path as it is shown."""

    ruleset: str
    file: str
    line: int


class Cite(NamedTuple):
    title: str = ""
    clause: str = ""
    url: str = ""
    read: str = ""


NO_CITE = Cite()


@frozen
class Expectation:
    """One fact and the phrase that it has to satisfy."""

    fact: str
    phrase: Phrase


Expectations: TypeAlias = tuple[Expectation, ...]


@frozen
class Role:
    """A part that an asset can play: which medium it is and which names it goes by."""

    name: str
    title: str
    media: str
    match: tuple[str, ...]
    origin: Origin


@frozen
class Rule:
    """One requirement; the field names are the keys of a rule in YAML (`subject` is `for`, `starts` is `from`)."""

    id: str
    title: str
    severity: Severity
    subject: str = ""  # role or document kind; empty: the delivery itself
    per: str = ""  # "role" or a fact: judge groups at once
    each: str = ""  # records fact: judge each element
    when: Expectations = ()
    where: Expectations = ()
    expect: Expectations = ()
    any_of: tuple[Expectations, ...] = ()
    needs: str = ""  # role or document kind that must be there
    count: Phrase | None = None  # how many, where `needs` names a role
    attest: str = ""  # who must vouch
    schema: Mapping[str, Json] | None = None
    check: str = ""
    overridable: bool = True
    starts: str = ""  # ISO date; a warning before
    cite: Cite = NO_CITE
    fix: str = ""
    why: str = ""
    tags: tuple[str, ...] = ()
    renamed_from: tuple[str, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)  # by field

    @property
    def schema_fact(self) -> str:
        """Name of the fact that holds what the JSON Schema finds wrong."""
        return f"schema:{hashlib.sha256(json.dumps(self.schema, sort_keys=True).encode()).hexdigest()[:16]}"


@frozen
class Ruleset:
    """What one buyer wants, inheritance resolved."""

    id: str  # kind/name
    version: str
    title: str
    sha256: str  # of all files that it was read from, parents included
    roles: Mapping[str, Role] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)  # rule -> reason
    based_on: Mapping[str, Cite] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # as they are shown
    paths: tuple[str, ...] = ()  # where they lie, with the folders that could hold more of them
