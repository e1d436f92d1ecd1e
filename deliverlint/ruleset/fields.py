"""The plain fields of a rule or role: texts, lists of texts, choices, days and citations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from deliverlint.ruleset.model import Cite, Severity
from deliverlint.ruleset.raw import Problems, RawFields
from deliverlint.strictyaml import Scalar, Sequence
from deliverlint.values import is_day
from deliverlint.wording import did_you_mean, listed, printable

_SEVERITIES: Mapping[str, Severity] = {"error": "error", "warning": "warning", "advice": "advice"}
# A title stands in every line that speaks of its rule.
_MAX_TITLE = 300

_Value = TypeVar("_Value")


def word(fields: RawFields, key: str) -> str:
    """Return a field that is one text, whatever is wrong with it; empty where it is none."""
    node = fields[key].node if key in fields else None
    return node.text.strip() if isinstance(node, Scalar) else ""


def text(fields: RawFields, key: str, problems: Problems) -> str:
    """Return a field that is one text; empty where it is not there."""
    if key not in fields:
        return ""
    node = fields[key].node
    if not isinstance(node, Scalar):
        several = "; write one rule for each" if key in ("for", "needs") and isinstance(node, Sequence) else ""
        problems.of(fields[key], f"`{key}:` has to be a single text{several}")
        return ""
    words = node.text.strip()
    if not words:
        problems.of(fields[key], f"`{key}:` is empty; write something or leave the key out")
    if key == "title" and len(words) > _MAX_TITLE:
        problems.of(fields[key], f"`title:` has {len(words)} characters; {_MAX_TITLE} are the most")
        return ""
    return words


def texts(fields: RawFields, key: str, problems: Problems) -> tuple[str, ...]:
    """Return a field that is a text or a list of texts."""
    if key not in fields:
        return ()
    node = fields[key].node
    items = node.items if isinstance(node, Sequence) else (node,)
    words = tuple(item.text.strip() for item in items if isinstance(item, Scalar))
    if len(words) != len(items):
        problems.of(fields[key], f"`{key}:` has to be a text or a list of texts")
    elif not all(words):
        problems.of(fields[key], f"`{key}:` holds an empty text")
    return words


def choice(fields: RawFields, key: str, known: Mapping[str, _Value], default: _Value, problems: Problems) -> _Value:
    """Return what a field chooses; `default` where it is not there."""
    word = text(fields, key, problems)
    if not word:
        return default
    if word not in known:
        hint = did_you_mean(word, known)
        problems.of(fields[key], f"`{key}:` is '{printable(word, 40)}'; it can be {listed(known, 'or')}{hint}")
        return default
    return known[word]


def severity(fields: RawFields, problems: Problems) -> Severity:
    """Return how much a rule counts."""
    return choice(fields, "severity", _SEVERITIES, "error", problems)


def yes_no(fields: RawFields, key: str, default: bool, problems: Problems) -> bool:
    """Return a field that is yes or no."""
    return choice(fields, key, {"yes": True, "no": False}, default, problems)


def day(fields: RawFields, key: str, problems: Problems) -> str:
    """Return a field that is a day, as it is written: 2027-01-31."""
    words = text(fields, key, problems)
    if words and not is_day(words):
        problems.of(fields[key], f"`{key}:` is '{printable(words, 40)}', which is no date; write it as 2027-01-31")
        return ""
    return words


def cite(fields: RawFields, sources: Mapping[str, Mapping[str, RawFields]], problems: Problems) -> Cite:
    """Return where a rule says that it stands; `sources` are those of each ruleset, by key."""
    key, _, clause = text(fields, "cite", problems).partition(" ")
    if not key:
        return Cite()
    field = fields["cite"]
    known = sources.get(field.origin.ruleset, {})
    if key not in known:
        hint = did_you_mean(key, known) or (
            f"; it has {listed(sorted(known)[:8])}" if known else ", which is not there"
        )
        problems.of(field, f"'{printable(key, 60)}' is no source under `based_on:`{hint}")
        return Cite()
    return source(known[key])._replace(clause=clause.strip())


def source(fields: RawFields) -> Cite:
    """Return a source of `based_on:` as a citation without a clause."""
    return Cite(title=word(fields, "title"), url=word(fields, "url"), read=word(fields, "read"))
