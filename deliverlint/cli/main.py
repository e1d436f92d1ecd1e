"""Finding the command, running it, and ending with its exit code whatever happens."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from deliverlint import __version__
from deliverlint.cli import console
from deliverlint.cli.errors import COULD_NOT_RUN, FINE, INTERRUPTED, UserError
from deliverlint.wording import did_you_mean, printable

DEBUG_VARIABLE = "DELIVERLINT_DEBUG"

# Each command is the module of its name in this package: `ruleset lint` is ruleset_lint.
COMMANDS: Mapping[str, str] = {
    "check": "check deliveries against the rules of their buyers",
    "init": "write a delivery.yaml and templates of the documents that are missing",
    "facts": "show what can be measured of a delivery, without judging it",
    "explain": "say what a rule, a fact or a kind of document is",
    "rulesets": "list the rulesets that are installed",
    "ruleset lint": "find mistakes in rulesets",
    "plugins": "list the plugins that are installed, and what they bring",
    "clean": "empty the cache of measured facts",
}


class Command(Protocol):
    """What a command's module offers."""

    def run(self, words: list[str]) -> int:
        """Run with what stands after the command's name, and return the exit code."""


def run(argv: list[str]) -> int:
    """Run one command line; never raises."""
    console.prepare()
    try:
        return _dispatch(argv)
    except UserError as error:
        _tell(error, as_json=_wants_json(argv))
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        console.complain("deliverlint: interrupted")
        return INTERRUPTED
    except SystemExit as end:  # argparse after --help
        return end.code if isinstance(end.code, int) else COULD_NOT_RUN
    except Exception as error:  # a mistake of ours: one line, unless somebody wants to mend it
        if os.environ.get(DEBUG_VARIABLE):
            raise
        what = printable(f"{type(error).__name__}: {error}".rstrip(": "))
        mistake = UserError(
            f"internal error: {what}", hint=f"set {DEBUG_VARIABLE}=1 to see where it happened, and please report it"
        )
        _tell(mistake, as_json=_wants_json(argv))
        return COULD_NOT_RUN


def _dispatch(argv: list[str]) -> int:
    if not argv or argv[0] in ("-h", "--help", "help"):
        console.write(_help())
        return FINE if argv else COULD_NOT_RUN
    if argv[0] in ("-V", "--version"):
        console.write(f"deliverlint {__version__}\n")
        return FINE
    name, rest = _split(argv)
    module: Command = importlib.import_module(f"deliverlint.cli.{name.replace(' ', '_')}")
    return module.run(rest)


def _split(argv: list[str]) -> tuple[str, list[str]]:
    """Return the command's name, of one word or two, and the words after it."""
    for words in (2, 1):
        if (name := " ".join(argv[:words])) in COMMANDS and len(argv) >= words:
            return name, argv[words:]
    word = printable(argv[0])
    group = [name for name in COMMANDS if name.startswith(f"{argv[0]} ")]
    if group:
        beside = f"'{printable(argv[1])}'" if len(argv) > 1 else "nothing"
        raise UserError(f"after '{word}' a word is needed, and there is {beside}", hint=f"try: deliverlint {group[0]}")
    if word.startswith("-"):
        raise UserError(f"'{word}' has to stand after a command", hint="'deliverlint --help' lists the commands")
    if Path(argv[0]).exists():
        raise UserError(f"'{word}' is no command but a path", hint=f"to check it: deliverlint check {word}")
    near = did_you_mean(argv[0], COMMANDS)
    raise UserError(f"there is no command '{word}'{near}", hint="'deliverlint --help' lists the commands")


def _help() -> str:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{width}}  {about}" for name, about in COMMANDS.items())
    return f"""\
deliverlint {__version__}: checks a delivery against the buyer's rules before it is handed over

usage: deliverlint COMMAND ...

{commands}

'deliverlint COMMAND --help' shows what a command takes; 'deliverlint --version' the version.
To begin:  deliverlint rulesets
           deliverlint check FOLDER -r RULESET
"""


def _wants_json(argv: list[str]) -> bool:
    """Say whether the caller is a program; read by hand, because the command line may be the mistake."""
    formats = [word.partition("=")[2] for word in argv if word.startswith("--format=")]
    formats += [after for word, after in pairwise(argv) if word == "--format"]
    return bool(formats) and formats[-1] in ("json", "jsonl")


def _tell(error: UserError, as_json: bool) -> None:
    """Say what went wrong: a line on standard error, and an error object for a program that reads JSON."""
    from deliverlint.report.layout import safe

    ascii_only = console.shows_only_ascii(sys.stderr)
    for problem in error.problems:
        console.complain(safe(str(problem), ascii_only, 1000))
    console.complain(safe(f"deliverlint: {error.message}", ascii_only, 1000))
    if error.hint:
        for line in error.hint.splitlines():
            console.complain(safe(f"  {line}", ascii_only, 1000))
    if as_json:
        try:
            console.write(_as_json(error))
        except UserError:  # standard output is what failed
            return


def _as_json(error: UserError) -> str:
    from deliverlint.report.jsontext import encoder, indented

    keys = ("file", "line", "column", "message")
    problems = [
        {key: getattr(problem, key) for key in keys} if hasattr(problem, "file") else {"message": str(problem)}
        for problem in error.problems
    ]
    value = {"error": {"message": error.message, "problems": problems}}
    return indented(value, encoder(console.shows_only_ascii(sys.stdout))) + "\n"
