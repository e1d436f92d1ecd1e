"""Mutated rulesets: what slips of the pen, of the mouse and of bad will make of a text."""

from __future__ import annotations

import random
import re

_CHARACTERS = "{}[]:,#&*!|>'\"%@`$ \n\t-?~\x00\u202eé\u2028ab1.±=<≥/\\_"
_WORDS = [
    "at most", "at least", "below", "above", "present", "absent", "unique", "all equal", "each", "any", "none", "count",
    "sum", "same as", "all in", "matches", "contains", "yes", "no", "$x", "$loudness_target", "0", "-1", "9" * 50, "1e9",
    "NaN", "inf", "2 s", "10 %", "1 frame", "± 2 LU", "to", "null", "~", "", "role", "for", "per", "expect", "where",
    "delivery.territories", "video.frame_rate", "picture", "same as picture/video.duration", "10 % of budget.total",
    "2026-02-30", "2026-01-01", "<<", "*a", "&a", "!t", "|", ">", "- ", "? ", "x" * 3000, "(a+)+$", "matches (((", "\x1b",
]  # fmt: skip
_TOKEN = re.compile(r"[A-Za-z0-9_.$%-]+|[{}\[\],:]")


def mutated(text: str, generator: random.Random) -> str:
    """Return the text with one to four things changed in it."""
    for _ in range(generator.randint(1, 4)):
        text = generator.choice((_typed, _deleted, _line_moved, _word_changed, _word_changed, _copied))(text, generator)
    return text


def _typed(text: str, generator: random.Random) -> str:
    at = generator.randrange(len(text) + 1)
    return text[:at] + "".join(generator.choices(_CHARACTERS, k=generator.randint(1, 3))) + text[at:]


def _deleted(text: str, generator: random.Random) -> str:
    at = generator.randrange(len(text))
    return text[:at] + text[at + generator.randint(1, 8) :]


def _line_moved(text: str, generator: random.Random) -> str:
    lines = text.split("\n")
    at, to = generator.randrange(len(lines)), generator.randrange(len(lines))
    match generator.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at] = " " * generator.randint(0, 6) + lines[at].strip()
        case _:
            lines[at], lines[to] = lines[to], lines[at]
    return "\n".join(lines) or "x"


def _word_changed(text: str, generator: random.Random) -> str:
    tokens = list(_TOKEN.finditer(text))
    if not tokens:
        return text
    token = generator.choice(tokens)
    word = generator.choice(_WORDS) if generator.random() < 0.6 else generator.choice(tokens)[0]
    return text[: token.start()] + word + text[token.end() :] or "x"


def _copied(text: str, generator: random.Random) -> str:
    at, to = generator.randrange(len(text)), generator.randrange(len(text) + 1)
    return text[:to] + text[at : at + generator.randint(1, 60)] + text[to:]
