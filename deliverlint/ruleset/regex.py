"""Regular expressions of rulesets: RE2, which runs in linear time whatever a stranger writes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


class PatternError(Exception):
    """The pattern is not one that RE2 takes."""


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> Any:
    """Compile a pattern (imports RE2 at first use); raises PatternError."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        detail = error.args[0] if error.args else "?"
        text = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
        if "perl operator" in text:
            text += " (look-around and back-references are not available)"
        raise PatternError(text) from None


def matches(pattern: str, text: str) -> bool:
    """Say whether the pattern matches the whole text."""
    # A file's name may hold bytes that are no text; RE2 takes only what is. Bytes, as it reads no others.
    return compiled(pattern).fullmatch(text.encode("utf-8", "replace")) is not None
