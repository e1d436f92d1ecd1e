"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from deliverlint.cli.errors import UserError, reason


def write_file(path: Path, text: str) -> None:
    """Write a UTF-8 file beside its place and rename it: whoever reads it sees the old one or the new one.

    What is no ordinary file (a pipe, /dev/stderr) is written to directly. Raises UserError.
    """
    try:
        if path.exists() and not path.is_file():
            if path.is_dir():
                raise UserError(f"{path} is a folder; -o takes the name of a file")
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        _replace(path.resolve(), text)  # a link stays a link
    except OSError as error:
        raise UserError(f"{path} cannot be written: {reason(error)}") from None


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
        part.chmod(_mode_of(path))
        part.replace(path)
    except BaseException:  # Ctrl-C too
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _mode_of(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file would get."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
