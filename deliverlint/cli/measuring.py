"""What commands that measure share: workers, cache, progress, and opening a delivery."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deliverlint.catalogue import Catalogue
from deliverlint.cli import console
from deliverlint.cli.errors import UserError, reason
from deliverlint.cli.progress import ProgressLine
from deliverlint.delivery.model import Delivery
from deliverlint.delivery.open import open_delivery
from deliverlint.facts.cache import Cache, cache_folder
from deliverlint.facts.interrupt import terminate_as_interrupt
from deliverlint.facts.workers import Workers
from deliverlint.frozen import frozen
from deliverlint.wording import did_you_mean, printable


@frozen
class Measuring:
    """The tools to measure with, for any number of deliveries."""

    workers: Workers
    cache: Cache | None
    progress: ProgressLine

    def finish(self) -> None:
        """Wipe the progress line away before a report is written."""
        self.progress.clear()


@contextmanager
def measuring(jobs: int, with_cache: bool, quiet: bool) -> Iterator[Measuring]:
    """Give workers and cache; however the run ends, no process is left and the terminal's line is clean."""
    terminate_as_interrupt()
    cache = Cache(cache_folder(os.environ)) if with_cache else None
    with ProgressLine(quiet) as progress, Workers(jobs) as workers:
        try:
            yield Measuring(workers, cache, progress)
        finally:
            if cache:
                cache.close()
    if cache and cache.problem and not quiet:
        console.complain(f"deliverlint: {printable(cache.problem, 600)}")


@contextmanager
def opened(path: str, catalogue: Catalogue) -> Iterator[Delivery]:
    """Open a delivery; raises UserError where there is none."""
    try:
        with open_delivery(Path(existing(path)), catalogue) as delivery:
            yield delivery
    except OSError as error:
        raise UserError(f"{printable(path)} cannot be opened: {reason(error)}") from None


def existing(path: str) -> str:
    """Return the path; raises UserError where nothing is there."""
    if os.path.lexists(path):
        return path
    wanted = Path(path)
    try:
        near = did_you_mean(wanted.name, [beside.name for beside in wanted.parent.iterdir()])
    except OSError:
        near = ""
    raise UserError(f"there is no file or folder '{printable(path)}'{near}")
