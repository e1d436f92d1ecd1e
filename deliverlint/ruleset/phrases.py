"""Phrases: from the words a buyer writes to frozen values, checked against the fact that they are about.

Grammar, after normalising signs and spaces (`≥`, `−`, `+/-`, non-breaking spaces):

    phrase   = present | absent | unique | all equal | yes | no
             | (each | any | none | count | sum) phrase
             | (at most | at least | below | above | <= | >= | < | >) (quantity | date | n % of ref | ref)
             | quantity to quantity | quantity ± quantity
             | matches regex | contains text | same as ref [± quantity] | all in ref
             | a value | a YAML list of phrases (one of them) | any of it with $param
    ref      = [role/]fact
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from deliverlint.ruleset.model import (
    Absent,
    Aggregate,
    AllEqual,
    AllIn,
    Between,
    Compare,
    Contains,
    FactRef,
    Is,
    Matches,
    OneOf,
    Phrase,
    Pick,
    Present,
    Quantified,
    SameAs,
    Unique,
    Within,
    YesNo,
)
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, Node, Scalar, Sequence
from deliverlint.units import (
    FRAME,
    NO_UNIT,
    UNITS,
    Quantity,
    Unit,
    comparable,
    is_difference,
    normalise,
    quantity,
)
from deliverlint.wording import did_you_mean, listed, printable

_OPERATORS = {
    "at most": "<=",
    "at least": ">=",
    "below": "<",
    "above": ">",
    "<=": "<=",
    ">=": ">=",
    "<": "<",
    ">": ">",
}
_COMPARISON = re.compile(r"(at most|at least|below|above|<=|>=|<|>)\s*(.*)", re.DOTALL)
_OVER = re.compile(r"(each|any|none|count|sum)\s+(.+)", re.DOTALL)
_SHARE = re.compile(r"([\d.]+)\s*%\s+of\s+(\S+)")
_REF = re.compile(r"(?:([a-z0-9.-]+)/)?([a-z][a-z0-9_.-]*)")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_PARAM = re.compile(r"\$([a-z0-9_.]+[a-z0-9_])")
_FIRST_WORDS = (
    "at most", "at least", "below ", "above ", "matches ", "contains ", "same as ", "all in ", "each ", "any ",
    "none ", "count ", "sum ", "<", ">", "±",
)  # fmt: skip
_ELEMENT = {"texts": "text", "numbers": "number"}
# Deep enough for `none contains x`; each level is one word in front.
_MAX_DEPTH = 4
_MAX_PATTERN = 500


class PhraseError(Exception):
    """The words are no phrase for this fact; `node` is where they stand."""

    def __init__(self, message: str, node: Node | None = None) -> None:
        super().__init__(message)
        self.node = node


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What a phrase may refer to: all facts, and the parameters of the ruleset."""

    facts: Mapping[str, FactSpec]
    params: Mapping[str, Node]


def parse_phrase(node: Node, spec: FactSpec, context: PhraseContext, grouped: bool = False) -> Phrase:
    """Parse the phrase at `node` for the fact `spec`; `grouped` where a whole group is judged at once.

    Raises PhraseError with what is wrong and what would be right.
    """
    if grouped:
        spec = _as_list(spec)
    if isinstance(node, Map):
        raise PhraseError("a mapping is no phrase; write words, a value or a list of values", node)
    if isinstance(node, Sequence):
        phrases = tuple(parse_phrase(item, spec, context) for item in node.items)
        if not phrases:
            raise PhraseError("an empty list allows nothing", node)
        return OneOf(listed([phrase.text for phrase in phrases], "or"), phrases)
    try:
        return _with_params(node, spec, context)
    except PhraseError as error:
        raise PhraseError(str(error), error.node or node) from None


def _as_list(spec: FactSpec) -> FactSpec:
    if spec.type in ("text", "date"):
        return replace(spec, type="texts")
    if spec.type == "number":
        return replace(spec, type="numbers")
    if spec.type == "yes/no":
        return replace(spec, type="texts", values=("yes", "no"))
    raise PhraseError(f"{spec.name} is itself a list; it cannot be judged `per` group")


def params_in(text: str) -> list[str]:
    """Return the names of the parameters that a text uses."""
    return _PARAM.findall(text)


def _with_params(node: Scalar, spec: FactSpec, context: PhraseContext) -> Phrase:
    text = node.text
    if text.lstrip().startswith("matches "):
        return _phrase(text.strip(), spec, context, 0)  # `$` is the regular expression's own
    for name in params_in(text):
        value = context.params.get(name)
        if value is None:
            raise PhraseError(f"'${name}' is no parameter{did_you_mean(name, context.params)}")
        if isinstance(value, Map):
            return _pick(node, name, value, spec, context)
        if isinstance(value, Sequence):
            if text.strip() != f"${name}":
                raise PhraseError(f"'${name}' is a list; it can only stand alone", node)
            return parse_phrase(value, spec, context)
        text = re.sub(rf"\${re.escape(name)}(?![a-z0-9_])", lambda _, value=value: value.text, text)  # type: ignore[misc]
    return _phrase(normalise(text), spec, context, 0)


def _pick(node: Scalar, name: str, table: Map, spec: FactSpec, context: PhraseContext) -> Phrase:
    """A parameter whose value depends on facts: one branch for each line of its table."""
    chooser = table.items.get("pick")
    if chooser is None:
        raise PhraseError(f"parameter '{name}' is a mapping without `pick:`", table)
    names = [
        item.text
        for item in (chooser.items if isinstance(chooser, Sequence) else (chooser,))
        if isinstance(item, Scalar)
    ]
    specs = []
    for fact in names:
        if fact not in context.facts:
            raise PhraseError(f"'{fact}' is no fact{did_you_mean(fact, context.facts)}", chooser)
        specs.append(context.facts[fact])
    branches = []
    for key, value in table.items.items():
        if key == "pick":
            continue
        parts = [part.strip() for part in key.split("@")]
        if len(parts) != len(specs) or not isinstance(value, Scalar):
            raise PhraseError(
                f"'{key}' does not give one value for each of {listed(names)}, parted by '@'", table.keys[key]
            )
        conditions = tuple(_choice(normalise(part), chosen, context) for part, chosen in zip(parts, specs, strict=True))
        others = {**context.params, name: value}
        branches.append((conditions, _with_params(node, spec, PhraseContext(context.facts, others))))
    if not branches:
        raise PhraseError(f"parameter '{name}' has nothing to pick from", table)
    return Pick(node.text, tuple(names), tuple(branches))


def _choice(text: str, spec: FactSpec, context: PhraseContext) -> Phrase:
    """One key of a `pick` table: any phrase, and numbers may go without their unit (`12 in @ 33`)."""
    if spec.type == "number" and (bare := quantity(text, default=spec.unit_of)):
        return Is(text, _checked(bare, spec, text))
    return _phrase(text, spec, context, 0)


def _phrase(text: str, spec: FactSpec, context: PhraseContext, depth: int) -> Phrase:
    if depth > _MAX_DEPTH:
        raise PhraseError(f"'{printable(text, 60)}' nests too many words")
    if text == "present":
        return Present()
    if text == "absent":
        return Absent()
    if match := _OVER.fullmatch(text):
        return _over(text, match[1], match[2], spec, context, depth)
    if text in ("unique", "all equal"):
        _require(spec, ("texts", "numbers"), f"`{text}` compares the values of a list or, with `per:`, of a group")
        return Unique() if text == "unique" else AllEqual()
    if text.startswith("all in "):
        other = _ref(text[len("all in ") :], context)
        _require(spec, ("text", "texts"), "`all in` compares texts")
        return AllIn(text, other)
    if text.startswith("same as "):
        return _same_as(text, spec, context)
    if text.startswith("matches ") or text == "matches":
        return _matches(text, spec)
    if text.startswith("contains "):
        return _contains(text, spec)
    if match := _COMPARISON.fullmatch(text):
        return _compare(text, match[1], match[2].strip(), spec, context)
    if spec.type == "number":
        return _number(text, spec)
    return _value(text, spec)


def _over(text: str, how: str, rest: str, spec: FactSpec, context: PhraseContext, depth: int) -> Phrase:
    _require(
        spec,
        ("texts", "numbers", "events", "records"),
        f"`{how}` speaks of a list, and {spec.name} is a single {spec.type}; for several assets add `per: role`",
    )
    if how == "count":
        number = FactSpec(name=f"the count of {spec.name}", type="number", label="", meaning="", decimals=0)
        return Aggregate(text, "count", _phrase(rest, number, context, depth + 1))
    element = _element(spec, rest)
    if how == "sum":
        if element.type != "number":
            raise PhraseError(f"`sum` adds numbers, and {spec.name} is a list of {spec.type}")
        return Aggregate(text, "sum", _phrase(rest, element, context, depth + 1))
    if spec.type == "records":
        raise PhraseError(f"`{how}` cannot look into the entries of {spec.name}; use the key `each:` of the rule")
    return Quantified(text, how, _phrase(rest, element, context, depth + 1))  # type: ignore[arg-type]


def _element(spec: FactSpec, phrase: str) -> FactSpec:
    """The fact that one element of a list is: an event is its length where the phrase speaks of time."""
    if spec.type == "events":
        timed = re.search(r"[\d.]\s*(s|ms|min|h|sec|seconds?|minutes?|hours?|frames?)\b", phrase)
        unit, decimals = ("s", 3) if timed or not spec.unit else (spec.unit, spec.decimals)
        return replace(spec, type="number", unit=unit, decimals=decimals)
    return replace(spec, type=_ELEMENT.get(spec.type, "text"))  # type: ignore[arg-type]


def _require(spec: FactSpec, types: tuple[str, ...], otherwise: str) -> None:
    if spec.type not in types:
        raise PhraseError(f"{otherwise} ({spec.name} is of type {spec.type})")


def _ref(text: str, context: PhraseContext) -> FactRef:
    match = _REF.fullmatch(text.strip())
    if not match:
        raise PhraseError(f"'{printable(text, 60)}' is not the name of a fact, or role/fact")
    if match[2] not in context.facts:
        raise PhraseError(f"'{match[2]}' is no fact{did_you_mean(match[2], context.facts)}")
    return FactRef(match[1] or "", match[2])


def _same_as(text: str, spec: FactSpec, context: PhraseContext) -> Phrase:
    body, _, tolerance_text = text[len("same as ") :].partition("±")
    other = _ref(body, context)
    other_spec = context.facts[other.fact]
    if other_spec.type != spec.type:
        raise PhraseError(f"{other.fact} is of type {other_spec.type} and {spec.name} of type {spec.type}")
    if other_spec.unit_of.dimension != spec.unit_of.dimension:
        raise PhraseError(
            f"{other.fact} is in {other_spec.unit or 'no unit'} and {spec.name} in {spec.unit or 'no unit'}"
        )
    if not tolerance_text:
        return SameAs(text, other)
    if spec.type != "number":
        raise PhraseError(f"only numbers have a tolerance, and {spec.name} is of type {spec.type}")
    return SameAs(text, other, _tolerance(tolerance_text.strip(), spec, None))


def _matches(text: str, spec: FactSpec) -> Phrase:
    pattern = text[len("matches") :].strip()
    _require(spec, ("text", "date"), "`matches` looks at a text; for a list say `each matches ...`")
    if not pattern:
        raise PhraseError("`matches` needs a regular expression")
    if len(pattern) > _MAX_PATTERN:
        raise PhraseError(f"the regular expression is longer than {_MAX_PATTERN} characters")
    from deliverlint.ruleset.regex import PatternError, compiled

    try:
        compiled(pattern)
    except PatternError as error:
        raise PhraseError(f"'{printable(pattern, 80)}' is no regular expression that can be used: {error}") from None
    return Matches(text, pattern)


def _contains(text: str, spec: FactSpec) -> Phrase:
    value = text[len("contains ") :].strip()
    _require(spec, ("text", "texts"), "`contains` looks into a text or a list of texts")
    if spec.type == "texts":
        _enumerated(value, spec)
    return Contains(text, value)


def _compare(text: str, words: str, rest: str, spec: FactSpec, context: PhraseContext) -> Phrase:
    operator = _OPERATORS[words]
    if spec.type == "date":
        if not _DATE.fullmatch(rest):
            raise PhraseError(f"'{printable(rest, 60)}' is no date; write it as 2026-11-30")
        return Compare(text, operator, rest)  # type: ignore[arg-type]
    _require(
        spec,
        ("number",),
        f"`{words}` compares numbers or dates; for a list say `each`, `count` or `sum` first",
    )
    if match := _SHARE.fullmatch(rest):
        share = quantity(f"{match[1]} %")
        other = _ref(match[2], context)
        _same_dimension(other, spec, context)
        if share is None:
            raise PhraseError(f"'{match[1]}' is no number")
        return Compare(text, operator, share, other)  # type: ignore[arg-type]
    if not rest or (not (rest[0].isdigit() or rest[0] in "+-.") and _REF.fullmatch(rest) and rest in context.facts):
        if not rest:
            raise PhraseError(f"`{words}` needs a number behind it")
        other = _ref(rest, context)
        _same_dimension(other, spec, context)
        return Compare(text, operator, Quantity(100.0, UNITS["%"], "100 %"), other)  # type: ignore[arg-type]
    return Compare(text, operator, _quantity(rest, spec))  # type: ignore[arg-type]


def _same_dimension(other: FactRef, spec: FactSpec, context: PhraseContext) -> None:
    other_spec = context.facts[other.fact]
    if other_spec.type != "number" or other_spec.unit_of.dimension != spec.unit_of.dimension:
        raise PhraseError(f"{other.fact} cannot be compared with {spec.name}: other type or unit")


def _number(text: str, spec: FactSpec) -> Phrase:
    if "±" in text:
        target_text, _, tolerance_text = (part.strip() for part in text.partition("±"))
        tolerance_unit = quantity(tolerance_text)
        if quantity(target_text) and tolerance_unit and not quantity(target_text).unit.symbol:  # type: ignore[union-attr]
            target_text = f"{target_text} {spec.unit}"
        target = _quantity(target_text, spec)
        return Within(text, target, _tolerance(tolerance_text, spec, target))
    low_text, parted, high_text = text.partition(" to ")
    if parted:
        high = _quantity(high_text.strip(), spec)
        low = quantity(low_text.strip(), default=high.unit)
        low = _quantity(low_text.strip(), spec) if low is None else _checked(low, spec, low_text)
        if low.unit == high.unit and low.number > high.number:
            raise PhraseError(f"'{text}' runs from the larger to the smaller number")
        return Between(text, low, high)
    return Is(text, _quantity(text, spec))


def _tolerance(text: str, spec: FactSpec, target: Quantity | None) -> Quantity:
    tolerance = quantity(text)
    if tolerance is None:
        raise PhraseError(f"'{printable(text, 60)}' is no tolerance; write a number and its unit")
    if tolerance.number < 0:
        raise PhraseError(f"the tolerance '{text}' is negative")
    if not tolerance.unit.symbol:
        return Quantity(tolerance.number, target.unit if target else spec.unit_of, text)
    if tolerance.unit.dimension == "share" and spec.unit_of.dimension != "share" and target is not None:
        return Quantity(abs(target.number) * tolerance.number / 100, target.unit, text)
    if tolerance.unit == FRAME:
        return _checked(tolerance, spec, text)
    if not is_difference(tolerance.unit, spec.unit_of):
        raise PhraseError(f"'{text}' cannot be the tolerance of {spec.name}, which is in {spec.unit or 'no unit'}")
    return tolerance


def _quantity(text: str, spec: FactSpec) -> Quantity:
    found = quantity(text)
    if found is None:
        number = quantity(re.split(r"[^\d.+-]", text, maxsplit=1)[0]) if text else None
        if number is not None:
            symbol = text[len(number.text) :].strip()
            raise PhraseError(f"'{printable(symbol, 40)}' is no unit{did_you_mean(symbol, UNITS)}")
        raise PhraseError(
            f"'{printable(text, 60)}' is no number{_phrase_hint(text)}; {spec.name} is a number"
            + (f" in {spec.unit}" if spec.unit else "")
        )
    return _checked(found, spec, text)


def _checked(found: Quantity, spec: FactSpec, text: str) -> Quantity:
    unit: Unit = spec.unit_of
    if found.unit == FRAME:
        if not spec.frame_rate:
            raise PhraseError(f"{spec.name} cannot be counted in frames")
        return found
    if found.unit == NO_UNIT and unit != NO_UNIT:
        if found.number == 0:
            return Quantity(0.0, unit, found.text)
        raise PhraseError(
            f"'{text.strip()}' needs a unit: {spec.name} is in {unit.symbol}, so write '{text.strip()} {unit.symbol}'"
        )
    if not comparable(found.unit, unit):
        raise PhraseError(f"'{text.strip()}' is a {found.unit.dimension}; {spec.name} is in {unit.symbol or 'no unit'}")
    return found


def _value(text: str, spec: FactSpec) -> Phrase:
    """The value itself."""
    if spec.type == "yes/no":
        if text.lower() not in ("yes", "no", "true", "false"):
            raise PhraseError(f"'{printable(text, 60)}' is neither yes nor no; {spec.name} is a yes-or-no fact")
        return YesNo(text, text.lower() in ("yes", "true"))
    if spec.type == "date":
        if not _DATE.fullmatch(text):
            raise PhraseError(f"'{printable(text, 60)}' is no date; write it as 2026-11-30, or `at most 2026-11-30`")
        return Is(text, text)
    if spec.type != "text":
        raise PhraseError(
            f"{spec.name} is a list ({spec.type}); say what of it: `each`, `any`, `none`, `count`, `contains`, "
            "`present` or `absent`"
        )
    if not text:
        raise PhraseError("an empty text; say `absent` where nothing may be there")
    if hint := _phrase_hint(text):
        raise PhraseError(f"'{printable(text, 60)}' is no phrase for {spec.name}, which is a text{hint}")
    _enumerated(text, spec)
    return Is(text, text)


def _phrase_hint(text: str) -> str:
    """Words that begin or nearly begin like a phrase are a mistyped phrase, not a value."""
    lowered = text.lower()
    if lowered.startswith(_FIRST_WORDS):
        return (
            "" if text != lowered and lowered.startswith(("any ", "each ", "none ")) else " (it begins like a phrase)"
        )
    words = lowered.split()
    if len(words) >= 3 and words[0] == "at":
        return did_you_mean(" ".join(words[:2]), ("at most", "at least"))
    return ""


def _enumerated(text: str, spec: FactSpec) -> None:
    if spec.values and text not in spec.values:
        hint = did_you_mean(text, spec.values)
        raise PhraseError(
            f"'{printable(text, 60)}' is no value of {spec.name}{hint}"
            + ("" if hint else f"; it is one of {listed(spec.values[:12], 'or')}")
        )
