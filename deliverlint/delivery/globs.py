"""Patterns of paths, as rulesets write them, and finding what they match among many paths.

`*` and `?` stay within one folder, `**/` is any number of folders, `{lang}` captures a named part within one
folder, a trailing `/` means a folder, `./` the root, `#audio:1` a stream of the file. Case does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from deliverlint.delivery.names import fold
from deliverlint.frozen import frozen

STREAM = re.compile(r"#([a-z]+):([1-9][0-9]{0,3})$")
_WILD = re.compile(r"((?:(?<![^/])\*\*/)|\*+|\?|\{[a-z][a-z0-9_]*\})")
# With more wildcards Python's backtracking could take long on a hostile name; RE2 takes linear time.
_BACKTRACKABLE = 2


@frozen
class Glob:
    """One pattern, taken apart; everything in it is folded as paths are for comparing.

    pieces      literal text and wildcards by turns
    stream      `audio:1`
    is_plain    without any wildcard
    folder      the folders in front that are written out: "docs/" of `docs/**/*.pdf`
    ending      what the file's name ends with after its last dot; None where the pattern leaves it open
    """

    text: str
    pieces: tuple[str, ...]
    stream: str
    is_folder: bool
    is_plain: bool
    folder: str
    ending: str | None

    @property
    def is_root(self) -> bool:
        return self.is_folder and self.pieces == ("",)

    @property
    def literal(self) -> str:
        """The longest piece that stands in every path that matches."""
        return max(self.pieces[::2], key=len)

    def match(self, path: str) -> dict[str, str] | None:
        """Return the named parts, as the path writes them, where a path (a folder without its `/`) matches."""
        folded = fold(path)
        if not folded.endswith(self.pieces[-1]):
            return None
        expression, names = _compiled(self.pieces)
        found = expression.fullmatch(folded)
        if not found:
            return None
        values = found.groups()
        if len(folded) == len(path):
            values = tuple(path[found.start(index + 1) : found.end(index + 1)] for index in range(len(values)))
        parts: dict[str, str] = {}
        for name, value in zip(names, values, strict=True):
            if fold(parts.setdefault(name, value)) != fold(value):
                return None  # one part, written twice, has two values
        return parts


@lru_cache(maxsize=8192)
def parse_glob(text: str) -> Glob:
    """Take a pattern apart; any text is one."""
    path, stream = text, ""
    if "#" in text and (found := STREAM.search(text)):
        path, stream = text[: found.start()], found[0][1:]
    path = fold(path)
    while path.startswith("./"):
        path = path[2:]
    is_folder = path.endswith("/") or not path
    path = path.rstrip("/")
    pieces = tuple(_WILD.split(path))
    is_plain, first, last = len(pieces) == 1, pieces[0], pieces[-1]
    ending = None
    has_whole_name = is_plain or "/" in last or pieces[-2] == "**/"
    if "." in last.rpartition("/")[2] or (has_whole_name and last):
        ending = ending_of(last)
    return Glob(text, pieces, stream, is_folder, is_plain, first[: first.rfind("/") + 1], ending)


def ending_of(path: str) -> str:
    """Return what stands after the last dot of the file's name."""
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending if dot else ""


@lru_cache(maxsize=8192)
def _compiled(pieces: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """Return a pattern as a regular expression, and the names of its groups."""
    expression, names, wildcards = "", [], 0
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            expression += re.escape(piece)
            continue
        wildcards += not (piece == "**/" and index == 1)
        if piece == "**/":
            expression += "(?:.*/)?"
        elif piece.startswith("{"):
            names.append(piece[1:-1])
            expression += "([^/]+?)"
        else:
            expression += "[^/]" if piece == "?" else "[^/]*"
    if wildcards <= _BACKTRACKABLE:
        return re.compile(expression, re.DOTALL), tuple(names)
    import re2

    return re2.compile(f"(?s){expression}"), tuple(names)


class Paths:
    """Many paths, sorted by their endings, so that thousands of patterns find theirs quickly."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._by_ending: dict[str, list[str]] = {}
        for path in paths:
            self._by_ending.setdefault(fold(ending_of(path)), []).append(path)
        self._texts: dict[str | None, _Text] = {}

    def rules_out(self, pattern: str) -> bool:
        """Say quickly of some patterns that they match no path: their ending, written out, is no path's."""
        _, dot, ending = pattern.rpartition(".")
        return bool(dot) and ending.isalnum() and fold(ending) not in self._by_ending

    def matching(self, glob: Glob) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each path that the pattern matches, with its named parts, in the order given."""
        paths = self._paths if glob.ending is None else self._by_ending.get(glob.ending)
        if not paths:
            return
        if glob.ending not in self._texts:
            self._texts[glob.ending] = _Text(paths)
        for path in self._texts[glob.ending].holding(glob.literal):
            parts = glob.match(path)
            if parts is not None:
                yield path, parts


class _Text:
    """Paths joined to one text, so that those that hold a word are found without a look at each."""

    def __init__(self, paths: Sequence[str]) -> None:
        folded = [fold(path) for path in paths]
        self._paths = paths
        self._text = "\0".join(folded)
        self._starts = [0, *accumulate(len(path) + 1 for path in folded)]

    def holding(self, literal: str) -> Iterator[str]:
        if not literal:
            yield from self._paths
            return
        at = self._text.find(literal)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            yield self._paths[index]
            at = self._text.find(literal, self._starts[index + 1])
