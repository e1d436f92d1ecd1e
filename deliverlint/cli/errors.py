"""What stops a command, in words for whoever typed it."""

from __future__ import annotations

from collections.abc import Sequence

from deliverlint.wording import printable

# Exit codes of `check`; every command uses the first three.
FINE, FINDINGS, COULD_NOT_RUN, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130


class UserError(Exception):
    """The command cannot run as it was asked to.

    message   one sentence
    problems  mistakes in files, each with its place (deliverlint.strictyaml.Problem)
    hint      what to do next
    """

    def __init__(self, message: str, problems: Sequence[object] = (), hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)
        self.hint = hint


def reason(error: OSError) -> str:
    """Return why the system refused, without numbers and paths: `no such file or directory`."""
    text = error.strerror or type(error).__name__
    return printable(text[:1].lower() + text[1:])
