"""What is measured of captions once they are read, whatever their format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from math import ceil

from deliverlint.values import Json
from deliverlint_captions.model import MAX_PROBLEMS, Captions, Cue, Problem
from deliverlint_captions.text import length

# Times are written in milliseconds; less is rounding.
_ROUNDING_S = 0.0005


def captions_facts(captions: Captions) -> dict[str, Json]:
    """Return all facts that follow from the cues and problems of a file."""
    cues = captions.cues
    shown = [(number, cue) for number, cue in enumerate(cues, 1) if cue.end > cue.start]
    speeds = _each(((n, cue) for n, cue in shown if cue.lines), _reading_speed)
    widths = _each(
        ((n, cue) for n, cue in enumerate(cues, 1) if cue.lines), lambda cue: ceil(max(map(length, cue.lines)))
    )
    heights = _each(((n, cue) for n, cue in enumerate(cues, 1) if cue.lines), lambda cue: len(cue.lines))
    times = _each(shown)
    gaps, overlaps = _neighbours(shown)
    return {
        "captions.format": captions.format,
        "captions.encoding": captions.encoding,
        "captions.language": captions.language or None,
        "captions.cues": len(cues),
        "captions.first_cue": min((cue.start for cue in cues), default=None),
        "captions.last_cue": max((cue.end for cue in cues), default=None),
        "captions.reading_speed": speeds,
        "captions.reading_speed_max": _largest(speeds),
        "captions.line_length": widths,
        "captions.line_length_max": _largest(widths),
        "captions.lines": heights,
        "captions.lines_max": _largest(heights),
        "captions.cue_duration": times,
        "captions.cue_duration_min": min(map(_lasts, times), default=None),
        "captions.cue_duration_max": max(map(_lasts, times), default=None),
        "captions.gaps": gaps,
        "captions.gap_min": min(map(_lasts, gaps), default=None),
        "captions.overlaps": overlaps,
        "captions.out_of_order": _out_of_order(cues),
        "captions.empty_cues": _each(((n, cue) for n, cue in enumerate(cues, 1) if not cue.lines)),
        "captions.syntax_errors": records(captions.errors),
        "captions.numbering": records(captions.numbering),
        "captions.unbalanced_tags": records(captions.tags),
    }


def records(problems: Iterable[Problem]) -> list[Json]:
    """Return problems as records in the order of the file; what the format does not have (line, cue) is left out."""
    ordered = sorted(problems, key=lambda problem: (problem.line, problem.cue))[:MAX_PROBLEMS]
    return [
        {
            **({"line": problem.line} if problem.line else {}),
            **({"cue": problem.cue} if problem.cue else {}),
            "message": problem.message,
        }
        for problem in ordered
    ]


def _event(number: int, cue: Cue, value: float | None = None) -> dict[str, Json]:
    event: dict[str, Json] = {"start": cue.start, "end": max(cue.start, cue.end), "cue": number}
    if cue.line:
        event["line"] = cue.line
    if value is not None:
        event["value"] = value
    return event


def _each(cues: Iterable[tuple[int, Cue]], value: Callable[[Cue], float] | None = None) -> list[Json]:
    return [_event(number, cue, value(cue) if value else None) for number, cue in cues]


def _reading_speed(cue: Cue) -> float:
    return round(sum(map(length, cue.lines)) / (cue.end - cue.start), 3)


def _neighbours(cues: list[tuple[int, Cue]]) -> tuple[list[Json], list[Json]]:
    """Return (gaps, overlaps) between captions that are shown in the same place."""
    gaps, overlaps = [], []
    until: dict[str, float] = {}
    for number, cue in sorted(cues, key=lambda pair: (pair[1].start, pair[0])):
        end = until.get(cue.place)
        if end is not None:
            if cue.start - end < -_ROUNDING_S:
                overlaps.append(_event(number, cue) | {"end": min(end, cue.end)})
            else:
                gaps.append(_event(number, cue) | {"start": min(end, cue.start), "end": cue.start})
        until[cue.place] = max(cue.end, end or 0.0)
    return gaps, overlaps


def _out_of_order(cues: tuple[Cue, ...]) -> list[Json]:
    return [_event(number, cue) for number, (above, cue) in enumerate(pairwise(cues), 2) if cue.start < above.start]


def _largest(events: list[Json]) -> float | None:
    return max((event["value"] for event in events), default=None)


def _lasts(event: Mapping[str, Json]) -> float:
    return round(float(event["end"] - event["start"]), 6)
