"""Style sheets: what they fetch from elsewhere."""

from __future__ import annotations

import re
from bisect import bisect

from deliverlint_ebook.archive import is_remote

_REFERENCE = re.compile(r"""url\(\s*["']?([^"')\s]{1,2000})|@import\s+["']([^"'\n]{1,2000})""", re.IGNORECASE)


def remote_in_styles(css: str, first_line: int = 1) -> list[tuple[int, str]]:
    """Return (line, address) of everything that a style sheet would load from another computer."""
    plain = _without_comments(css)
    breaks = [match.start() for match in re.finditer("\n", plain)]
    return [
        (first_line + bisect(breaks, match.start()), match[1] or match[2])
        for match in _REFERENCE.finditer(plain)
        if is_remote(match[1] or match[2])
    ]


def _without_comments(css: str) -> str:
    """Drop comments but keep their line breaks, so that the lines stay right."""
    kept, place = [], 0
    while (start := css.find("/*", place)) >= 0:
        end = css.find("*/", start + 2)
        end = len(css) if end < 0 else end + 2
        kept += [css[place:start], "\n" * css.count("\n", start, end)]
        place = end
    return "".join([*kept, css[place:]])
