"""Standard output and error: what they can show, and writing to them without surprises."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TextIO

from deliverlint.cli.errors import UserError, reason
from deliverlint.report.view import View

_TYPESET = "✗▲•✓○–─·§±…"
_DEFAULT_WIDTH = 100


def prepare() -> None:
    """Let both streams show what they cannot encode as escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def shows_only_ascii(stream: TextIO | None) -> bool:
    """Say whether the stream's encoding lacks the signs that reports are set with."""
    try:
        _TYPESET.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def wants_colour(stream: TextIO | None) -> bool:
    """Colour is for terminals, and not where NO_COLOR is set or the terminal is dumb."""
    environ = os.environ
    if not is_terminal(stream) or environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    # The old Windows console prints the codes themselves.
    return os.name != "nt" or "WT_SESSION" in environ or "TERM" in environ


def width_of(stream: TextIO | None) -> int:
    """Return the columns of a terminal; elsewhere a page's."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        return int(columns)
    if stream is not None and is_terminal(stream):
        with contextlib.suppress(OSError, ValueError):
            return os.get_terminal_size(stream.fileno()).columns or _DEFAULT_WIDTH
    return _DEFAULT_WIDTH


def view_of(stream: TextIO | None, quiet: bool = False, verbose: bool = False, statistics: bool = False) -> View:
    """Return how a report is to look on a stream."""
    return View(
        width=width_of(stream),
        colour=wants_colour(stream),
        ascii=shows_only_ascii(stream),
        quiet=quiet,
        verbose=verbose,
        statistics=statistics,
    )


def write(text: str) -> None:
    """Write to standard output; a reader that has gone away is no error, a full disk is one."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        raise UserError(f"standard output cannot be written to: {reason(error)}") from None


def complain(text: str) -> None:
    """Write a line to standard error, if there is one."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def _silence(stream: TextIO) -> None:
    """Send what is left in the stream's buffer nowhere, so that the interpreter can end quietly."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
