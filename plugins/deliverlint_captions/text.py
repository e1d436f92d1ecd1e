"""Bytes to characters, and characters to lengths."""

from __future__ import annotations

import re
import unicodedata

from deliverlint_captions.model import Problem

_CJK = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")
# UTF-8 bytes that were once read as Windows-1252 or Latin-1 and written again.
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ\u009d˜“”¦]|\ufffd")


def decode(data: bytes) -> tuple[str, str]:
    """Return (text, encoding as the fact `captions.encoding` names it). Never fails."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace"), "UTF-8 with BOM"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "8-bit code page"


def garbled(text: str) -> list[Problem]:
    """Find characters that went through a wrong encoding."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if match := _GARBLED.search(line):
            found.append(Problem(f"holds '{match[0]}', the mark of text that was read in a wrong encoding", number))
    return found


def length(text: str) -> float:
    """Count the characters that a viewer reads.

    Marks that combine with their letter and invisible format characters count nothing. In a text with CJK characters
    those that are half as wide count 0.5 (Netflix timed text style guides for Japanese, Korean and Chinese).
    """
    seen = [char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf", "Cc")]
    if not _CJK.search(text):
        return len(seen)
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in seen)
