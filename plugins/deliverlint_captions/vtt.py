"""WebVTT (W3C), read tolerantly: every cue, and every departure with its line."""

from __future__ import annotations

import html
import re

from deliverlint_captions.model import MAX_CUES, Captions, Cue, Problem, Unreadable
from deliverlint_captions.tags import VTT_TAGS, strip_tags

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})([.,])(\d{1,3})"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(.*)", re.ASCII)
_STRICT = re.compile(r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}", re.ASCII)
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4})\s*", re.IGNORECASE)
_PLACING = re.compile(r"\b(region|line|position|vertical):(\S+)")
_BLOCKS = ("NOTE", "STYLE", "REGION")


def read_vtt(text: str, encoding: str) -> Captions:
    """Read WebVTT text; raises Unreadable where there are too many cues."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    errors: list[Problem] = []
    tags: list[Problem] = []
    cues: list[Cue] = []
    if encoding not in ("UTF-8", "UTF-8 with BOM"):
        errors.append(Problem(f"is {encoding}; WebVTT is always UTF-8", 1))
    header, language = _header(lines)
    for first, block in _blocks(lines, header):
        if block[0].split(" ")[0].strip() in _BLOCKS:
            continue
        at = next((index for index, line in enumerate(block) if "-->" in line), -1)
        if at < 0:
            errors.append(Problem("a block is neither a caption nor NOTE, STYLE or REGION", first))
            continue
        if len(cues) >= MAX_CUES:
            raise Unreadable(f"holds more than {MAX_CUES} captions", fault=False)
        number = len(cues) + 1
        if at > 1:
            errors.append(Problem("more than one line stands above the timing line", first, number))
        match = _TIMING.match(block[at])
        if not match:
            message = "the timing cannot be read, expected 00:01.000 --> 00:03.000"
            errors.append(Problem(message, first + at, number))
            continue
        body = "\n".join(line.strip() for line in block[at + 1 :])
        if "-->" in body:
            errors.append(Problem("an empty line between two captions is missing", first + at + 1, number))
        start, end = _seconds(match.group(1, 2, 3, 5)), _seconds(match.group(6, 7, 8, 10))
        errors += [Problem(message, first + at, number) for message in _timing_errors(block[at], match, start, end)]
        shown, problems = strip_tags(body, VTT_TAGS)
        tags += [Problem(message, first + at + 1, number) for message in problems]
        place = " ".join(sorted(found[0] for found in _PLACING.finditer(match[11])))
        shown_lines = tuple(html.unescape(line) for line in shown.split("\n")) if shown else ()
        cues.append(Cue(start, end, shown_lines, first + at, place))
    return Captions("WebVTT", encoding, tuple(cues), language, tuple(errors), (), tuple(tags))


def _header(lines: list[str]) -> tuple[int, str]:
    """Return (how many lines the header takes, the language it states)."""
    end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    cue = next((index for index, line in enumerate(lines[:end]) if "-->" in line), end)
    language = next((match[1] for line in lines[1:cue] if (match := _LANGUAGE.fullmatch(line))), "")
    return min(cue, end), language


def _blocks(lines: list[str], start: int) -> list[tuple[int, list[str]]]:
    """Return blocks of non-empty lines, each with the number of its first line (from 1)."""
    found: list[tuple[int, list[str]]] = []
    open_block = False
    for number, line in enumerate(lines[start:], start + 1):
        if not line.strip():
            open_block = False
        elif open_block:
            found[-1][1].append(line)
        else:
            found.append((number, [line]))
            open_block = True
    return found


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    milliseconds = int(fraction.ljust(3, "0"))
    return (int(hours or 0) * 3_600_000 + int(minutes) * 60_000 + int(seconds) * 1000 + milliseconds) / 1000


def _timing_errors(line: str, match: re.Match[str], start: float, end: float) -> list[str]:
    found = []
    if not _STRICT.match(line.strip()):
        comma = "," in (match[4], match[9])
        found.append(
            "milliseconds are set off by a comma, WebVTT has a dot"
            if comma
            else "the timing is not written as 00:01.000 --> 00:03.000"
        )
    if end <= start:
        found.append("the caption ends before it begins" if end < start else "the caption lasts no time")
    return found
