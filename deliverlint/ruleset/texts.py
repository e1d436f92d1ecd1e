"""Phrases about texts: a value, a part of one, a regular expression; and yes or no."""

from __future__ import annotations

from collections.abc import Container

from deliverlint.ruleset import hints
from deliverlint.ruleset.errors import PhraseError
from deliverlint.ruleset.model import Contains, Is, Matches, Phrase, YesNo
from deliverlint.spec import FactSpec
from deliverlint.wording import did_you_mean, listed, printable

_MAX_PATTERN = 500


def matching(text: str, spec: FactSpec) -> Phrase:
    """Parse `matches <regex>`."""
    pattern = text[len("matches") :].strip()
    if spec.type not in ("text", "date"):
        aim = "say `each matches ...`" if spec.type == "texts" else f"{spec.name} is of type {spec.type}"
        raise PhraseError(f"`matches` looks at a text; {aim}")
    if len(pattern) > _MAX_PATTERN:
        raise PhraseError(f"the regular expression is longer than {_MAX_PATTERN} characters")
    from deliverlint.ruleset.regex import PatternError, compiled

    try:
        compiled(pattern)
    except PatternError as error:
        raise PhraseError(f"'{printable(pattern, 80)}' is no regular expression that can be used: {error}") from None
    return Matches(text, pattern)


def containing(text: str, spec: FactSpec) -> Phrase:
    """Parse `contains <text>`, of a text or a list of texts."""
    value = text[len("contains ") :].strip()
    if spec.type not in ("text", "texts"):
        raise PhraseError(f"`contains` looks into a text or a list of texts; {spec.name} is of type {spec.type}")
    if spec.type == "texts":
        _enumerated(value, spec)
    return Contains(text, value)


def yes_or_no(text: str, spec: FactSpec) -> Phrase:
    """Parse `yes` or `no`."""
    if text.lower() not in ("yes", "no", "true", "false"):
        raise PhraseError(f"'{printable(text, 60)}' is neither yes nor no; {spec.name} is a yes-or-no fact")
    return YesNo(text, text.lower() in ("yes", "true"))


def value(text: str, spec: FactSpec, params: Container[str], quoted: bool) -> Phrase:
    """Parse the value itself; words of the language are values only in quotes."""
    if not text:
        raise PhraseError("an empty text; say `absent` where nothing may be there")
    _enumerated(text, spec)
    if quoted:
        return Is(text, text)
    if text in params:
        raise PhraseError(f"'{text}' is a parameter; put the word in quotes if it is the value")
    hint = hints.about_text(text)
    if hint or (text == text.lower() and hints.begins_like_a_phrase(text)):
        raise PhraseError(f"'{printable(text, 60)}' is no phrase for {spec.name}, which is a text{hint}")
    return Is(text, text)


def _enumerated(text: str, spec: FactSpec) -> None:
    if spec.values and text not in spec.values:
        hint = hints.about_choice(text, spec.values) or did_you_mean(text, spec.values)
        raise PhraseError(
            f"'{printable(text, 60)}' is no value of {spec.name}{hint}"
            + ("" if hint else f"; it is one of {listed(spec.values[:12], 'or')}")
        )
