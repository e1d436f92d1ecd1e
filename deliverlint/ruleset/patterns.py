"""Patterns of paths in `match:`: what no path of a delivery can be is a mistake."""

from __future__ import annotations

import re

_NAMED = re.compile(r"\{[a-z][a-z0-9_]*\}")
_STREAM = re.compile(r"#[a-z]+(:[1-9][0-9]{0,3})?[^/.]*$")
_CLASS = re.compile(r"\[!|\[[^\]/]*-[^\]/]*\]")


def mistake_in(pattern: str) -> str:
    """Return what is wrong with a pattern; empty where nothing is."""
    if "\\" in pattern:
        return "parts folders with '\\'; write '/'"
    if pattern.startswith(("/", "~")) or re.match(r"[A-Za-z]:", pattern):
        return "begins outside the delivery; patterns start at its root, such as video/*.mov"
    if ".." in pattern.split("/"):
        return "leads out of the delivery"
    rest = _NAMED.sub("", pattern)
    if "{" in rest or "}" in rest:
        if "," in rest:
            return "has alternatives in braces; write one pattern for each, as a list"
        return "has braces that name no part; a part is written {lang}, in a-z 0-9 _"
    if _CLASS.search(rest):
        return "has a range in brackets; patterns know only *, ?, **/ and {name}"
    if re.search(r"\*\*(?!/)|(?<=[^/])\*\*", rest):
        return "has '**' inside a name; write **/ for any folders, and * within one"
    if (stream := _STREAM.search(pattern)) and not stream[0].endswith(stream[1] or ":"):
        return "does not say which stream; write #audio:1, counted from 1 within its kind"
    return ""
