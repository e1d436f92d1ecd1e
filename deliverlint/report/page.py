"""A page of text for a terminal, built line by line: marks, colours, two columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from deliverlint.report.layout import display_width, pad, safe, wrap
from deliverlint.report.view import View

Paint: TypeAlias = Literal["", "bold", "dim", "red", "green", "yellow", "blue", "cyan"]
Mark: TypeAlias = Literal["error", "warning", "advice", "pass", "waived", "unmeasured", "to review", "none"]

_CODES = {"bold": "1", "dim": "2", "red": "1;31", "green": "1;32", "yellow": "1;33", "blue": "1;34", "cyan": "36"}
_MARKS: dict[Mark, tuple[str, str, Paint]] = {  # typeset, ASCII, colour
    "error": ("✗", "x", "red"),
    "warning": ("▲", "!", "yellow"),
    "advice": ("•", "*", "blue"),
    "pass": ("✓", "+", "green"),
    "waived": ("~", "~", "cyan"),
    "unmeasured": ("?", "?", "yellow"),
    "to review": ("○", "o", "cyan"),
    "none": ("–", "-", "dim"),
}
LABEL = 14  # columns of the left column: two of margin, a mark and its word
_MOST_COLUMNS = 100
_LEAST = 30  # columns that a second column of text needs


@dataclass(slots=True)
class Page:
    """Lines so far, and how they are to look."""

    view: View
    lines: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(40, min(self.view.width, _MOST_COLUMNS))

    def text(self) -> str:
        return "\n".join(self.lines).strip("\n") + "\n" if self.lines else ""

    def safe(self, text: str, limit: int = 400) -> str:
        """Make text from outside showable here."""
        return safe(text, self.view.ascii, limit)

    def path(self, path: str) -> str:
        """Make an asset's path showable; a tree that is the whole delivery is a folder too."""
        return "./" if path == "." else self.safe(path)

    def prose(self, text: str) -> str:
        """Make a ruleset's sentence showable: its own line breaks do not count."""
        return self.safe(" ".join(text.split()), 2000)

    def paint(self, text: str, paint: Paint) -> str:
        return f"\x1b[{_CODES[paint]}m{text}\x1b[0m" if paint and text and self.view.colour else text

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, text: str, beside: str = "") -> None:
        """Write a heading, and beside it what is less important."""
        self.blank()
        room = self.width - display_width(text) - 2
        for number, line in enumerate(wrap(text, self.width)):
            fits = beside and not number and 0 < display_width(beside) <= room
            self.lines.append(self.paint(line, "bold") + (f"  {self.paint(beside, 'dim')}" if fits else ""))
        if beside and display_width(beside) > room:
            self.paragraph(beside, 2, "dim")

    def section(self, text: str) -> None:
        """Begin a part of the page, under a rule across it."""
        self.blank()
        stroke = "-" if self.view.ascii else "─"
        rest = max(3, self.width - display_width(text) - 4)
        self.lines.append(
            f"{self.paint(stroke * 2, 'dim')} {self.paint(text, 'bold')} {self.paint(stroke * rest, 'dim')}"
        )
        self.blank()

    def paragraph(self, text: str, indent: int = 0, paint: Paint = "") -> None:
        for line in wrap(text, self.width - indent):
            self.lines.append(" " * indent + self.paint(line, paint))

    def marked(self, mark: Mark, text: str, paint: Paint = "bold", word: str = "") -> None:
        """Write `✗ error   text` with the text in the right column."""
        typeset, plain, colour = _MARKS[mark]
        left = f"{plain if self.view.ascii else typeset} {word or mark}"
        self._two_columns("  " + self.paint(pad(left, LABEL - 3), colour) + " ", text, paint)

    def row(self, mark: Mark, word: str, name: str, columns: int, text: str) -> None:
        """Write a marked line of two further columns, the first `columns` wide."""
        typeset, plain, colour = _MARKS[mark]
        left = self.paint(pad(f"{plain if self.view.ascii else typeset} {word}", LABEL - 3), colour)
        if self.width - LABEL - columns < _LEAST:
            self._two_columns(f"  {left} ", name, "")
            self._two_columns(" " * LABEL, text, "")
        else:
            self._two_columns(f"  {left} {pad(name, columns)}   ", text, "", LABEL + columns + 3)

    def pair(self, name: str, columns: int, text: str, paint: Paint = "") -> None:
        """Write a name, `columns` wide, and what it is."""
        self._two_columns(f"  {pad(name, columns)}  ", text, paint, columns + 4)

    def labelled(self, label: str, text: str, paint: Paint = "") -> None:
        """Write `to do     text` with the label under the mark's word."""
        if text:
            self._two_columns(" " * 4 + self.paint(pad(label, LABEL - 4), "dim"), text, paint)

    def items(self, texts: Iterable[str], most: int, noun: str = "more", paint: Paint = "") -> None:
        """Write each text on a line of the right column; after `most` of them, how many are left."""
        shown = list(texts)
        dot = "-" if self.view.ascii else "·"
        for text in shown[:most]:
            self._two_columns(" " * LABEL + f"{dot} ", text, paint, LABEL + 2)
        if len(shown) > most:
            self._two_columns(" " * LABEL, f"and {len(shown) - most} {noun} (--verbose lists them)", "dim")

    def _two_columns(self, left: str, text: str, paint: Paint, indent: int = LABEL) -> None:
        lines = list(wrap(text, self.width - indent)) or [""]
        self.lines.append(left + self.paint(lines[0], paint))
        self.lines.extend(" " * indent + self.paint(line, paint) for line in lines[1:])
