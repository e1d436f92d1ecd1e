"""Running programs and taking the processor time that they and their children used."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run used: processor and wall time in seconds."""

    cpu: float
    wall: float


def run(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, ends: tuple[int, ...] = (0,)
) -> Cost:
    """Run a program once; raises SystemExit with what it said where it ends otherwise than expected."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [os.fspath(word) for word in command],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in ends:
        raise SystemExit(f"{command} ended with {done.returncode}:\n{done.stderr.decode(errors='replace')[-2000:]}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def typical(once: Callable[[], Cost], times: int) -> Cost:
    """Return the medians of several runs, after one that warms the system's own caches."""
    once()
    costs = [once() for _ in range(times)]
    return Cost(median(cost.cpu for cost in costs), median(cost.wall for cost in costs))


def side_by_side(one: Callable[[], Cost], other: Callable[[], Cost], times: int) -> tuple[Cost, Cost]:
    """Return the medians of two things that are run in turns, so that a busy machine is unfair to neither."""
    one(), other()
    pairs = [(one(), other()) for _ in range(times)]
    ones, others = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return (
        Cost(median(cost.cpu for cost in ones), median(cost.wall for cost in ones)),
        Cost(median(cost.cpu for cost in others), median(cost.wall for cost in others)),
    )
