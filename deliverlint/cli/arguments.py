"""Reading the command line: argparse with house manners."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterable
from functools import partial
from typing import NoReturn

from deliverlint.cli.console import width_of
from deliverlint.cli.errors import UserError
from deliverlint.wording import did_you_mean, listed, printable


class Parser(argparse.ArgumentParser):
    """Raises UserError where argparse would print and exit, and suggests the option that was meant."""

    def __init__(self, command: str, about: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"deliverlint {command}".rstrip(),
            description=about,
            epilog=epilog,
            allow_abbrev=False,
            # Without a width argparse imports what finds one, at every start and not only where help is asked for.
            formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=width_of(sys.stdout) - 2),
        )

    def error(self, message: str) -> NoReturn:
        raise UserError(printable(message), hint=f"'{self.prog} --help' shows what it takes")

    def parse(self, words: list[str]) -> argparse.Namespace:
        """Parse; raises UserError for what is not known here."""
        found, unknown = self.parse_known_args(words)
        if unknown:
            options = [option for option in self._option_string_actions if option.startswith("--")]
            word = unknown[0].partition("=")[0]
            kind = "option" if word.startswith("-") else "argument"
            self.error(f"'{word}' is no {kind} of {self.prog}{did_you_mean(word, options)}")
        return found


def iso_date(text: str) -> str:
    """Take a day as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{printable(text)}' is no day; write it as 2026-11-30") from None


def positive(text: str) -> int:
    """Take a whole number from 1."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= 1024:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{printable(text)}' is no number from 1 to 1024")


def names(texts: Iterable[str]) -> list[str]:
    """Split what was given several times, or with commas, into single names."""
    return [name.strip() for text in texts for name in text.split(",") if name.strip()]


def choice(word: str, known: Iterable[str], what: str) -> str:
    """Return `word` where it is known; raises UserError with what is."""
    options = list(known)
    if word in options:
        return word
    raise UserError(
        f"there is no {what} '{printable(word)}'{did_you_mean(word, options)}", hint=f"known: {listed(options)}"
    )


def add_verbosity(parser: Parser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help="one line for each finding, and the verdict")
    group.add_argument("-v", "--verbose", action="store_true", help="what passes too, and no list cut short")
