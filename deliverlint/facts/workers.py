"""Worker processes that probes run in. None is started, and nothing for it imported, before the first task."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from deliverlint.facts.answers import Answer
from deliverlint.facts.model import Task

if TYPE_CHECKING:
    from deliverlint.facts.pool import Pool


def default_jobs() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """A context manager; leaving it, also by Ctrl-C, ends every process at once.

    A worker that hangs, eats memory or crashes is killed and replaced; its task is answered with the reason and is
    not tried again. Serves any number of runs, one after the other.
    """

    def __init__(self, jobs: int = 0) -> None:
        """Allow `jobs` processes at a time; 0: one for each processor."""
        self._jobs = jobs if jobs > 0 else default_jobs()
        self._pool: Pool | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.close()
            self._pool = None

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Answer | None]]:
        """Yield each task twice, in the order in which things happen: with None when it is begun, then answered."""
        if not tasks:
            return iter(())
        if self._pool is None:
            from deliverlint.facts.pool import Pool

            self._pool = Pool(self._jobs)
        return self._pool.run(tasks)
