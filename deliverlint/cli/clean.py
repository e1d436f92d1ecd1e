"""`deliverlint clean`: empties the cache of measured facts, and of what starts are made quick with."""

from __future__ import annotations

import os

from deliverlint.cli import compiled, console
from deliverlint.cli.arguments import Parser
from deliverlint.cli.errors import FINE, UserError, reason
from deliverlint.facts.cache import cache_folder, clear
from deliverlint.units import UNITS, shown
from deliverlint.wording import printable


def run(words: list[str]) -> int:
    parser = Parser(
        "clean",
        "Empty the cache of measured facts. Nothing is lost: what is needed again is measured again.\n"
        "It lies where DELIVERLINT_CACHE_DIR says, else in the user's cache folder.",
    )
    parser.parse(words)
    folder = cache_folder(os.environ)
    where = printable(str(folder)) if folder else "the user's cache folder"
    try:
        freed = clear(folder) + compiled.clear(folder)
    except OSError as error:
        raise UserError(f"the cache in {where} cannot be emptied: {reason(error)}") from None
    console.write(f"The cache in {where} is empty; {size(freed)} freed.\n")
    return FINE


def size(number: int) -> str:
    """Return a number of bytes in the unit that people would say."""
    for symbol in ("GB", "MB", "kB"):
        if number >= UNITS[symbol].factor:
            return shown(number / UNITS[symbol].factor, UNITS[symbol], 1)
    return shown(number, UNITS["B"])
