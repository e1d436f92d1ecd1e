"""One line on a terminal's standard error that says how far measuring is."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType

from deliverlint.cli.console import is_terminal, shows_only_ascii, width_of
from deliverlint.facts.measure import Progress
from deliverlint.report.layout import display_width, safe

_EVERY_S = 0.1


class ProgressLine:
    """Says `measuring 12 of 140  audio/03.wav`, and wipes itself away at the end; silent off a terminal."""

    def __init__(self, quiet: bool = False) -> None:
        self._on = not quiet and is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        self._drawn_at = 0.0
        self._is_drawn = False

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def __call__(self, progress: Progress) -> None:
        """Draw the line anew, at most ten times a second."""
        now = time.monotonic()
        if not self._on or now - self._drawn_at < _EVERY_S:
            return
        self._drawn_at, self._is_drawn = now, True
        line = f"measuring {progress.done + 1} of {progress.total}"
        subject = safe(progress.subject, shows_only_ascii(sys.stderr), 120)
        if display_width(line) + 2 + display_width(subject) < width_of(sys.stderr):
            line += f"  {subject}"
        self._draw(line)

    def clear(self) -> None:
        if self._is_drawn:
            self._draw("")
            self._is_drawn = False

    def _draw(self, line: str) -> None:
        try:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
        except OSError:  # the terminal has gone
            self._on = False
