"""Names of files as hostile text: what is wrong with one, how it is shown, and when two are the same."""

from __future__ import annotations

import re
import unicodedata

# Control characters, line and paragraph separators, direction marks and overrides, half characters.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
# Not compiled yet: hardly any delivery has such a name.
_UNSAFE = f"[{_DIRECTION}{_CONTROL}\ud800-\udfff]"
_KINDS = (
    ("[\udc80-\udcff]", "has a name that is not UTF-8: rename it"),
    ("[\ud800-\udfff]", "has a name with half a character in it: rename it"),
    (f"[{_DIRECTION}]", "has a name with characters that change the direction of writing: rename it"),
    (f"[{_CONTROL}]", "has a name with control characters in it: rename it"),
)


def name_problem(name: str) -> str:
    """Say what keeps a name from being written or shown everywhere; empty where nothing does."""
    if name.isascii() and name.isprintable() and "\\" not in name:
        return ""
    if "\\" in name:
        return "has a name with a backslash, which separates folders on Windows: rename it"
    return next((problem for pattern, problem in _KINDS if re.search(pattern, name)), "")


def shown_name(name: str) -> str:
    """Return a name with its unsafe characters escaped, so that it can be printed, stored and compared."""
    return name if name.isascii() and name.isprintable() else re.sub(_UNSAFE, _escape, name)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # one byte that is not UTF-8, as `os.fsdecode` keeps it
        return f"\\x{code - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode()


def fold(name: str) -> str:
    """Return what two names share that a file system without case, or of a Mac, takes for one."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
