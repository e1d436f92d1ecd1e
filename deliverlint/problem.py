"""A mistake in a file that a person wrote."""

from __future__ import annotations

from deliverlint.frozen import frozen


@frozen
class Problem:
    """One mistake in a file that a person wrote: where it stands, what is wrong, and what may be meant."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"
