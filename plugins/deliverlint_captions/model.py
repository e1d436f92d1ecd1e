"""Captions as every format's reader hands them over."""

from __future__ import annotations

from dataclasses import dataclass

MAX_CUES = 50_000
MAX_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: seconds, its lines as they are read on screen, and where it stands."""

    start: float
    end: float
    lines: tuple[str, ...]
    line: int = 0  # of the file, from 1; 0 where the format has none
    place: str = ""  # where on screen: captions in different places may be shown at once


@dataclass(frozen=True, slots=True)
class Problem:
    message: str
    line: int = 0
    cue: int = 0


@dataclass(frozen=True, slots=True)
class Captions:
    """A whole file. None for a kind of problem means that the format cannot have it or it is not looked for."""

    format: str
    encoding: str
    cues: tuple[Cue, ...]
    language: str = ""
    errors: tuple[Problem, ...] = ()
    numbering: tuple[Problem, ...] = ()
    tags: tuple[Problem, ...] = ()


class Unreadable(Exception):
    """No caption can be read; the text says why, in words for the person who made the file.

    fault  whether the file is to blame, rather than a limit of what is read here
    line   where, from 1; 0 where that is not known
    """

    def __init__(self, reason: str, fault: bool = True, line: int = 0) -> None:
        super().__init__(reason)
        self.fault = fault
        self.line = line
