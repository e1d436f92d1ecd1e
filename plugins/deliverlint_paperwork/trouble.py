"""Why a document cannot be read, and how much of one is read at most."""

from __future__ import annotations

from pathlib import Path

MAX_BYTES = 64_000_000
MAX_TEXT = 100_000  # characters kept of a document's words
MAX_ROWS = 100_000
MAX_COLUMNS = 256
MAX_CELL = 100_000
MAX_DEPTH = 30  # a fact may be nested 32 deep
MAX_PROBLEMS = 25


class UnreadableError(Exception):
    """The document cannot be read; the message says why, as a sentence goes on after the file's name."""


class LockedError(UnreadableError):
    """It cannot be read because a password keeps it."""


def content(path: Path) -> bytes:
    """Return the whole file; raise UnreadableError where it is too large to be paperwork or cannot be opened."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise UnreadableError(f"cannot be opened: {problem.strerror or 'unknown reason'}") from None
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"is larger than {MAX_BYTES // 1_000_000} MB, too large for paperwork")
    return data
