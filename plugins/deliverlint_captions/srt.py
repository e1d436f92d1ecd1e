"""SubRip (SRT), read tolerantly: every cue that a player would show, and every departure with its line."""

from __future__ import annotations

import re

from deliverlint_captions.model import MAX_CUES, Captions, Cue, Problem, Unreadable
from deliverlint_captions.tags import SRT_TAGS, strip_tags

_CLOCK = r"(\d{1,3}):(\d{1,2}):(\d{1,2})(?:([,.:;])(\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*(-{{1,2}}>)\s*{_CLOCK}(?=\s|$)(.*)", re.ASCII)
_STRICT = re.compile(r"\d{2,}:[0-5]\d:[0-5]\d,\d{3} --> \d{2,}:[0-5]\d:[0-5]\d,\d{3}\s*", re.ASCII)
_ARROW = re.compile(r"--?>")
_DIGITS = re.compile(r"\s*\d{1,9}\s*", re.ASCII)
_COORDINATES = re.compile(r"\s*(?:[XY][12]:\d+\s*)+", re.ASCII)
_PLACE = re.compile(r"\{\\an?(\d{1,2})\}", re.ASCII)


def read_srt(text: str, encoding: str) -> Captions:
    """Read SRT text; raises Unreadable where no timing line is found or there are too many."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    timings = [number for number, line in enumerate(lines) if _is_timing(line)]
    if not any(_TIMING.match(lines[number]) for number in timings):
        raise Unreadable("holds no timing line like 00:00:01,000 --> 00:00:03,000")
    if len(timings) > MAX_CUES:
        raise Unreadable(f"holds more than {MAX_CUES} captions", fault=False)
    errors: list[Problem] = []
    numbering: list[Problem] = []
    tags: list[Problem] = []
    cues: list[Cue] = []
    starts = [_counter_line(lines, number) for number in timings]
    _text_before(lines[: starts[0]], errors)
    previous = 0
    for index, (at, start) in enumerate(zip(timings, starts, strict=True)):
        stop = starts[index + 1] if index + 1 < len(starts) else len(lines)
        previous = _counter(lines, start, at, previous, index + 1, errors, numbering)
        times = _times(lines[at], at + 1, index + 1, errors)
        body = _body(lines[at + 1 : stop], at + 2, index + 1, errors)
        if times is None:
            continue
        shown, problems = strip_tags(body, SRT_TAGS)
        tags += [Problem(message, at + 2, index + 1) for message in problems]
        place = _PLACE.search(body)
        cues.append(Cue(*times, tuple(shown.split("\n")) if shown else (), at + 1, place[1] if place else ""))
    return Captions("SRT", encoding, tuple(cues), "", tuple(errors), tuple(numbering), tuple(tags))


def _is_timing(line: str) -> bool:
    """A line with an arrow between numbers is meant as timing, readable or not."""
    arrow = _ARROW.search(line)
    return arrow is not None and (
        _TIMING.match(line) is not None or (line.lstrip()[:1].isdigit() and ":" in line[: arrow.start()])
    )


def _counter_line(lines: list[str], timing: int) -> int:
    """Return where a cue begins: its counter line, or the timing line where there is none."""
    return timing - 1 if timing and _DIGITS.fullmatch(lines[timing - 1]) else timing


def _text_before(head: list[str], errors: list[Problem]) -> None:
    for number, line in enumerate(head, 1):
        if line.strip():
            errors.append(Problem("text stands before the first caption", number))
            return


def _counter(
    lines: list[str],
    start: int,
    timing: int,
    previous: int,
    cue: int,
    errors: list[Problem],
    numbering: list[Problem],
) -> int:
    if start == timing:
        errors.append(Problem("the counter above the timing line is missing", timing + 1, cue))
        return previous + 1
    number = int(lines[start])
    if number != previous + 1:
        numbering.append(Problem(f"the counter is {number}, expected {previous + 1}", start + 1, cue))
    if start and lines[start - 1].strip():
        errors.append(Problem("an empty line between two captions is missing", start + 1, cue))
    return number


def _times(line: str, number: int, cue: int, errors: list[Problem]) -> tuple[float, float] | None:
    """Return (start, end) in seconds; None where the line cannot be read."""
    match = _TIMING.match(line)
    if not match:
        errors.append(Problem("the timing cannot be read, expected 00:00:01,000 --> 00:00:03,000", number, cue))
        return None
    start, end = _seconds(match.group(1, 2, 3, 5)), _seconds(match.group(7, 8, 9, 11))
    if not _STRICT.fullmatch(line):
        errors.append(Problem(_what_is_odd(match), number, cue))
    if end <= start:
        errors.append(
            Problem("the caption ends before it begins" if end < start else "the caption lasts no time", number, cue)
        )
    return start, end


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    milliseconds = int((fraction or "0").ljust(3, "0"))
    return (int(hours) * 3_600_000 + int(minutes) * 60_000 + int(seconds) * 1000 + milliseconds) / 1000


def _what_is_odd(match: re.Match[str]) -> str:
    if match[6] != "-->":
        return "the arrow is '->', SRT has '-->'"
    for mark, digits in ((match[4], match[5]), (match[10], match[11])):
        if mark is None:
            return "the milliseconds are missing"
        if mark != ",":
            return f"milliseconds are set off by '{mark}', SRT has a comma"
        if len(digits) != 3:
            return f"milliseconds have {len(digits)} digits, SRT has 3"
    if any(int(match[part]) > 59 for part in (2, 3, 8, 9)):
        return "minutes and seconds go to 59"
    if match[12].strip() and not _COORDINATES.fullmatch(match[12]):
        return "text stands behind the timing"
    if match[12].strip():
        return "coordinates stand behind the timing; most players ignore them"
    return "hours, minutes and seconds have two digits each, with one space on either side of the arrow"


def _body(lines: list[str], first: int, cue: int, errors: list[Problem]) -> str:
    """Return a cue's text; an empty line inside it, after which players drop the rest, is an error."""
    while lines and not lines[-1].strip():
        lines.pop()
    for offset, line in enumerate(lines):
        if not line.strip():
            what = "the text begins with an empty line" if offset == 0 else "an empty line cuts the text in two"
            errors.append(Problem(what, first + offset, cue))
            break
    if any("\0" in line for line in lines):
        errors.append(Problem("the text holds a NUL character", first, cue))
    return "\n".join(line.strip() for line in lines if line.strip())
