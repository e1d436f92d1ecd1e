"""Phrases: from the words a buyer writes to frozen values, checked against the fact that they are about.

Grammar, after normalising signs and spaces (`≥`, `−`, `+/-`, non-breaking spaces):

    phrase   = present | absent | unique | all equal | yes | no
             | (each | any | none | count | sum) phrase
             | (at most | at least | below | above | <= | >= | < | >) (quantity | date | n % of ref | ref)
             | quantity to quantity | date to date | quantity ± quantity
             | matches regex | contains text | same as ref [± quantity] | all in ref
             | a value | a YAML list of phrases (one of them) | any of it with $param
    ref      = [role/]fact
"""

from __future__ import annotations

import re

from deliverlint.ruleset import numbers, texts
from deliverlint.ruleset.elements import count_spec, element_spec, group_spec, speaks_of_lengths
from deliverlint.ruleset.errors import PhraseError
from deliverlint.ruleset.model import (
    Absent,
    Aggregate,
    AllEqual,
    AllIn,
    Is,
    OneOf,
    Phrase,
    Pick,
    Present,
    Quantified,
    SameAs,
    Unique,
)
from deliverlint.ruleset.params import ListParam, PhraseContext, Table, fill, values_of
from deliverlint.ruleset.refs import fact_ref
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map, Node, Scalar, Sequence
from deliverlint.units import NO_UNIT, normalise, quantity
from deliverlint.wording import listed, printable

__all__ = ["PhraseContext", "parse_count", "parse_phrase"]

_COMPARISON = re.compile(r"(at most|at least|below|above|<=|>=|<|>)(?:\s+(.*)|\s*((?<=[<>=]).*)|)", re.DOTALL)
_OVER = re.compile(r"(each|any|none|count|sum)\s+(.+)", re.DOTALL)
# `$` and spaces are the regular expression's own.
_PATTERN = re.compile(r"\s*((?:(?:each|any|none)\s+)*matches)\s+(.*)", re.DOTALL)
_PARAM_ALONE = re.compile(r"\$([a-z0-9_.]+)")
_LISTS = ("texts", "numbers", "events", "records")
_MAX_DEPTH = 4  # deep enough for `none contains x`; each level is one word in front
_COUNT = FactSpec(name="count", type="number", label="number of files", meaning="How many there are.", decimals=0)


def parse_phrase(node: Node, spec: FactSpec, context: PhraseContext, grouped: bool = False) -> Phrase:
    """Parse the phrase at `node` for the fact `spec`; `grouped` where a whole group is judged at once.

    Raises PhraseError with what is wrong and what would be right.
    """
    if grouped:
        group = group_spec(spec)
        if group is None:
            raise PhraseError(f"{spec.name} is itself a list; it cannot be judged `per` group", node)
        spec = group
    return _node(node, spec, context)


def parse_count(node: Node, context: PhraseContext) -> Phrase:
    """Parse how many files a role wants."""
    phrase = _node(node, _COUNT, context)
    _is_number(phrase, "count:", node)
    return phrase


def _node(node: Node, spec: FactSpec, context: PhraseContext) -> Phrase:
    if isinstance(node, Map):
        raise PhraseError("a mapping is no phrase; write words, a value or a list of values", node)
    if isinstance(node, Sequence):
        return _one_of(node, spec, context)
    try:
        context.spend()
        return _scalar(node, spec, context)
    except PhraseError as error:
        hint = "" if error.node else values_of(node.text, context) or _without_dollar(node.text, context)
        raise PhraseError(f"{error}{hint}", error.node or node, error.param) from None


def _without_dollar(text: str, context: PhraseContext) -> str:
    """A phrase that is none, and holds the name of a parameter as a plain word."""
    names = [word for word in text.split()[:20] if word in context.params]
    return f"; the parameter is written ${names[0]}" if names else ""


def _one_of(node: Sequence, spec: FactSpec, context: PhraseContext) -> Phrase:
    if not node.items:
        raise PhraseError("an empty list allows nothing", node)
    phrases = tuple(_node(item, spec, context) for item in node.items)
    return OneOf(listed([phrase.text for phrase in phrases], "or"), phrases)


def _scalar(node: Scalar, spec: FactSpec, context: PhraseContext) -> Phrase:
    if found := _PATTERN.fullmatch(node.text):
        pattern = found[2]
        if (alone := _PARAM_ALONE.fullmatch(pattern)) and alone[1] in context.params:
            param = context.params[alone[1]].node
            pattern = param.text if isinstance(param, Scalar) else pattern
        return _text(f"{normalise(found[1])} {pattern.strip()}", spec, context)
    filled = fill(node, context)
    if isinstance(filled, ListParam):
        return _in_param(filled, filled.items, spec, context)
    if isinstance(filled, Table):
        return _pick(node, filled, spec, context)
    quoted = node.quoted and filled == node.text
    return _text(normalise(filled), spec, context, quoted=quoted)


def _in_param(holder: ListParam | Table, node: Node, spec: FactSpec, context: PhraseContext) -> Phrase:
    """Parse what stands in a parameter; a mistake in it is told where it stands."""
    try:
        return _node(node, spec, context.inside(holder.name))
    except PhraseError as error:
        raise PhraseError(str(error), error.node, error.param or (holder.param if error.node else None)) from None


def _pick(node: Scalar, table: Table, spec: FactSpec, context: PhraseContext) -> Phrase:
    branches = []
    for key, parts, value in table.lines:
        try:
            chosen = zip(table.facts, parts, strict=True)
            conditions = tuple(_choice(normalise(part), context.facts[fact], context) for fact, part in chosen)
        except PhraseError as error:
            raise PhraseError(str(error), key, table.param) from None
        branches.append((conditions, _in_param(table, value, spec, context)))
    return Pick(node.text, table.facts, tuple(branches))


def _choice(text: str, spec: FactSpec, context: PhraseContext) -> Phrase:
    """One key of a `pick` table: any phrase, and numbers may go without their unit (`12 in @ 33`)."""
    context.spend()
    bare = quantity(text) if spec.type == "number" else None
    return _text(f"{text} {spec.unit}" if bare and bare.unit == NO_UNIT else text, spec, context)


def _text(text: str, spec: FactSpec, context: PhraseContext, depth: int = 0, quoted: bool = False) -> Phrase:
    if depth > _MAX_DEPTH:
        raise PhraseError(f"'{printable(text, 60)}' nests too many words")
    if spec.type == "text" and text in spec.values:
        return Is(text, text)  # also where a value is called `none` or `present`
    if text == "present":
        return Present()
    if text == "absent":
        return Absent()
    if match := _OVER.fullmatch(text):
        return _over(text, match[1], match[2], spec, context, depth)
    if text in ("unique", "all equal"):
        if spec.type not in ("texts", "numbers"):
            raise PhraseError(f"`{text}` compares the values of a list or, with `per:`, of a group; {_single(spec)}")
        return Unique() if text == "unique" else AllEqual()
    if text.startswith("all in "):
        return _all_in(text, spec, context)
    if text.startswith("same as "):
        return _same_as(text, spec, context)
    if text.startswith("matches "):
        return texts.matching(text, spec)
    if text.startswith("contains "):
        return texts.containing(text, spec)
    if match := _COMPARISON.fullmatch(text):
        return numbers.limit(text, match[1], (match[2] or match[3] or "").strip(), spec, context.facts)
    if spec.type == "number":
        return numbers.number(text, spec)
    if spec.type == "date":
        return numbers.date(text, spec)
    if spec.type == "yes/no":
        return texts.yes_or_no(text, spec)
    if spec.type in _LISTS:
        words = "`each`, `any`, `none`, `count`, `contains`, `present` or `absent`"
        raise PhraseError(f"{spec.name} is a list ({spec.type}); say what of it: {words}")
    return texts.value(text, spec, context.params, quoted)


def _over(text: str, how: str, rest: str, spec: FactSpec, context: PhraseContext, depth: int) -> Phrase:
    if spec.type not in _LISTS:
        raise PhraseError(f"`{how}` speaks of a list, and {_single(spec)}; for several files together add `per: role`")
    if how == "count":
        counted = _text(rest, count_spec(spec), context, depth + 1)
        _is_number(counted, "count")
        return Aggregate(text, "count", counted)
    lengths = speaks_of_lengths(spec, rest)
    element = element_spec(spec, lengths)
    if how == "sum":
        if element.type != "number":
            raise PhraseError(f"`sum` adds numbers, and {spec.name} is a list of {spec.type}")
        total = _text(rest, element, context, depth + 1)
        _is_number(total, "sum")
        return Aggregate(text, "sum", total, lengths)
    if spec.type == "records":
        raise PhraseError(f"`{how}` cannot look into the entries of {spec.name}; use the key `each:` of the rule")
    return Quantified(text, how, _text(rest, element, context, depth + 1), lengths)  # type: ignore[arg-type]


def _is_number(phrase: Phrase, word: str, node: Node | None = None) -> None:
    """Refuse `count present`, which every count is."""
    if isinstance(phrase, OneOf):
        for inner in phrase.phrases:
            _is_number(inner, word, node)
    if isinstance(phrase, (Present, Absent)):
        raise PhraseError(f"`{word}` asks for a number, such as `{word} 1` or `{word} at least 2`", node)


def _single(spec: FactSpec) -> str:
    return f"{spec.name} is a single {'value' if spec.type == 'yes/no' else spec.type}"


def _all_in(text: str, spec: FactSpec, context: PhraseContext) -> Phrase:
    other = fact_ref(text[len("all in ") :], context.facts)
    for each in (spec, context.facts[other.fact]):
        if each.type not in ("text", "texts"):
            raise PhraseError(f"`all in` compares texts, and {each.name} is of type {each.type}")
    return AllIn(text, other)


def _same_as(text: str, spec: FactSpec, context: PhraseContext) -> Phrase:
    body, _, tolerance_text = text[len("same as ") :].partition("±")
    other = fact_ref(body, context.facts)
    other_spec = context.facts[other.fact]
    if other_spec.type != spec.type:
        raise PhraseError(f"{other.fact} is of type {other_spec.type} and {spec.name} of type {spec.type}")
    if spec.type in ("events", "records"):
        raise PhraseError(f"`same as` compares single values and lists of them; {spec.name} is a list of {spec.type}")
    if other_spec.unit_of.dimension != spec.unit_of.dimension:
        units = [each.unit or "no unit" for each in (other_spec, spec)]
        raise PhraseError(f"{other.fact} is in {units[0]} and {spec.name} in {units[1]}")
    if not tolerance_text:
        return SameAs(text, other)
    if spec.type != "number":
        raise PhraseError(f"only numbers have a tolerance, and {spec.name} is of type {spec.type}")
    return SameAs(text, other, numbers.tolerance_for(tolerance_text.strip(), spec, None))
