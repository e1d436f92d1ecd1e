"""Formatting tags inside caption text: taken out, and checked for balance."""

from __future__ import annotations

import re

SRT_TAGS = frozenset({"b", "i", "u", "s", "font"})
VTT_TAGS = frozenset({"b", "i", "u", "c", "v", "lang", "ruby", "rt"})

_TAG = re.compile(r"<(/?)([A-Za-z]{1,12})(?:[.\s][^<>]{0,300})?>")
_TIME_TAG = re.compile(r"<[\d:.]{5,20}>")
_OVERRIDE = re.compile(r"\{\\[^{}]{1,200}\}|\{/?[biuyBIUY](?::[^{}]{0,40})?\}")


def strip_tags(text: str, known: frozenset[str]) -> tuple[str, list[str]]:
    """Return (text without tags, what is unbalanced). Tags that the format does not know stay text."""
    problems: list[str] = []
    stack: list[str] = []

    def take(match: re.Match[str]) -> str:
        closing, name = match[1], match[2].lower()
        if name not in known:
            return match[0]
        if not closing:
            stack.append(name)
        elif name in stack:
            while (inner := stack.pop()) != name:
                problems.append(f"<{inner}> is still open where </{name}> closes")
        else:
            problems.append(f"</{name}> closes what was not opened")
        return ""

    plain = _OVERRIDE.sub("", _TIME_TAG.sub("", _TAG.sub(take, text)))
    # WebVTT lets a voice that spans the whole cue go unclosed.
    problems += [f"<{name}> is not closed" for name in stack if name != "v"]
    return "\n".join(line for line in plain.split("\n") if line.strip()), problems
