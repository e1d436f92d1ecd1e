"""What people write where the rule language has another word for it."""

from __future__ import annotations

import re

from deliverlint.strictyaml import Node, Scalar, Sequence
from deliverlint.wording import did_you_mean

# Longer texts are no slip of the pen, and these patterns are not made for them.
_LONGEST = 120
_NUMBER = r"([+-]?[\d.,]+[^-–]*?)"

# What is written, and how a phrase says it. The first that fits is told.
_REPHRASED = [
    (re.compile(pattern, re.IGNORECASE), phrase)
    for pattern, phrase in (
        (r"(?:max|maximum|max\.|no more than|not more than|up to|at maximum|not above|not over)\s+(.+)", r"at most \1"),
        (r"(?:min|minimum|min\.|no less than|not less than|at minimum|not below|not under)\s+(.+)", r"at least \1"),
        (r"(?:less than|smaller than|lower than|shorter than|under|before)\s+(.+)", r"below \1"),
        (r"(?:more than|greater than|larger than|higher than|longer than|over|after)\s+(.+)", r"above \1"),
        (r"(?:between|from)\s+(.+?)\s+(?:and|to)\s+(.+)", r"\1 to \2"),
        (r"(?:equals?|equal to|is|exactly|=|==)\s*(.+)", r"\1"),
        (r"(.+?),?\s+(?:max|maximum|at most|or less|or fewer|or lower)\.?", r"at most \1"),
        (r"(.+?),?\s+(?:min|minimum|at least|or more|or higher)\.?", r"at least \1"),
        (r"(\d[\d.,]*)\s*\+", r"at least \1"),
        (rf"{_NUMBER}\s*(?:-|–|\.\.+)\s*{_NUMBER}", r"\1 to \2"),
        (r"([\d.]+\s*%\s+of\s+\S+)", r"at least \1"),
        (r"(?:one of|any of)\s+(.+)", r"[\1]"),
    )
]
_PHRASE_WORDS = (
    "at most", "at least", "below", "above", "matches", "contains", "same as", "all in", "each", "any", "none",
    "count", "sum", "present", "absent", "unique", "all equal",
)  # fmt: skip
_BEGINS_LIKE_A_PHRASE = re.compile(rf"(?:{'|'.join(_PHRASE_WORDS)})(?:\s|\Z)|[<>±]", re.IGNORECASE)
_WORDS_WITH_MORE = ("matches", "contains", "same as", "all in", "each", "sum", "count")
_ABSENT = ("none", "empty", "missing", "null", "nothing", "n/a", "na", "nil", "blank", "not present", "not there")
_PRESENT = (
    "any", "required", "exists", "exist", "mandatory", "set", "filled", "not empty", "available", "there", "not absent",
    "everything", "anything", "given",
)  # fmt: skip
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)(?!\d)")
_CLOCK = re.compile(r"\d+:\d\d(?::\d\d)?(?:[:.;]\d+)?")
_TWO_UNITS = re.compile(r"\d+\s*(?:h|min|hours?|minutes?)\s*\d+\s*(?:min|s|sec|seconds?|minutes?)?")
_NO_SPACE = re.compile(r"[A-Za-z_]+:\S")
# Keys that other languages of rules have, and ours under another name.
_KEYS = {
    "if": "conditions are `when` (asked of the delivery) and `where` (asked of each file)",
    "condition": "conditions are `when` (asked of the delivery) and `where` (asked of each file)",
    "unless": "there are only conditions that have to hold: `when` and `where`",
    "applies_to": "whom a rule is for stands under `for`",
    "role": "whom a rule is for stands under `for`",
    "asset": "whom a rule is for stands under `for`",
    "description": "what is required is the `title`, the reason is `why`",
    "name": "what is required is the `title`",
    "message": "what is required is the `title`, what to do is `fix`",
    "id": "the id of a rule is the word in front of its keys",
    "level": "how much a rule counts is its `severity`",
    "priority": "how much a rule counts is its `severity`",
    "require": "what has to be so stands under `expect`, what has to be there under `needs`",
    "requires": "what has to be so stands under `expect`, what has to be there under `needs`",
    "must": "what has to be so stands under `expect`",
    "assert": "what has to be so stands under `expect`",
    "facts": "what has to be so stands under `expect`",
    "reference": "where a requirement stands is told by `cite`",
    "source": "where a requirement stands is told by `cite`",
    "sources": "sources stand under `based_on`",
    "reason": "why the buyer cares is told by `why`",
    "help": "what to do is told by `fix`",
    "optional": "a role without `count` is optional",
    "required": "how many are wanted is told by `count`: 1, at least 1",
    "path": "which files play a role is told by `match`",
    "paths": "which files play a role is told by `match`",
    "pattern": "which files play a role is told by `match`",
    "type": "the medium of a role is told by `media`",
    "variables": "values that phrases use stand under `params`",
    "vars": "values that phrases use stand under `params`",
    "override": "inherited rules are patched under `change`",
    "overrides": "inherited rules are patched under `change`",
}
_PARTED = re.compile(r",\s*(?:or\s+)?|\s+or\s+|\s*\|\s*")


def begins_like_a_phrase(text: str) -> bool:
    """Say whether a text begins with the words of a phrase: then it is a mistyped one, and no value."""
    return _BEGINS_LIKE_A_PHRASE.match(text) is not None


def rephrased(text: str) -> str:
    """Return `; write 'at most 3 s'` for a text that says in other words what a phrase says."""
    if len(text) > _LONGEST:
        return ""
    lowered = text[:1].lower() + text[1:]
    if lowered != text and begins_like_a_phrase(text):
        return f"; phrases are written in lower case: '{lowered}'"
    words = lowered.split(maxsplit=2)
    if len(words) == 3 and words[0] == "at" and (near := did_you_mean(" ".join(words[:2]), ("at most", "at least"))):
        return near
    for pattern, phrase in _REPHRASED:
        if found := pattern.fullmatch(text):
            return f"; write '{found.expand(phrase)}'"
    return ""


def about_number(text: str) -> str:
    """Return what may be wrong with the way a number is written."""
    if len(text) > _LONGEST:
        return ""
    if found := rephrased(text):
        return found
    if _CLOCK.search(text):
        return "; write a time as one number with its unit, such as 90 s or 1.5 min"
    if _TWO_UNITS.search(text):
        return "; write one number with one unit, such as 90 s"
    if comma := _DECIMAL_COMMA.search(text):
        return f"; decimals are written with a point: {comma[1]}.{comma[2]}"
    return ""


def about_text(text: str) -> str:
    """Return what may be meant by a text that is a word of the language, or nearly, and no value."""
    lowered = text.lower()
    if lowered in _WORDS_WITH_MORE:
        return f"; `{lowered}` needs something behind it"
    if lowered.startswith("at ") and (found := rephrased(text)):
        return found
    if lowered in _ABSENT:
        return "; say `absent` where nothing may be there, or put the word in quotes if it is the value"
    if lowered in _PRESENT:
        return "; say `present` where any value will do, or put the word in quotes if it is the value"
    return ""


def about_choice(text: str, values: tuple[str, ...]) -> str:
    """Return what may be meant by a text that is none of the values there are."""
    if text.lower().startswith(("not ", "!=", "no ")):
        return "; nothing says `not`: list the values that are allowed"
    words = [word for word in _PARTED.split(text[:_LONGEST]) if word]
    if len(words) > 1 and all(word in values for word in words):
        return f"; write a list: [{', '.join(words)}]"
    return about_text(text) if len(text) <= _LONGEST else ""


def about_key(key: str, known: tuple[str, ...]) -> str:
    """Return which key is meant by a word that other languages of rules have."""
    told = _KEYS.get(key.lower().replace("-", "_"), "")
    return f"; {told}" if told and any(f"`{name}`" in told for name in known) else ""


def about_mapping(node: Node) -> str:
    """Return what may be wrong with something that should be a mapping."""
    if isinstance(node, Sequence):
        return "; write it without the '-' or '[' of a list"
    if isinstance(node, Scalar) and _NO_SPACE.match(node.text):
        return "; a space is missing behind the colon"
    return ""
