"""Measuring: a plan goes in, the facts of the whole delivery come out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from deliverlint.catalogue.names import HASH_PROBE
from deliverlint.delivery.model import File
from deliverlint.facts.cache import Cache
from deliverlint.facts.cacherows import Entry
from deliverlint.facts.fit import misfit
from deliverlint.facts.memory import Memory
from deliverlint.facts.model import Facts, Plan, Task
from deliverlint.facts.workers import Workers
from deliverlint.frozen import frozen
from deliverlint.spec import FactSpec, Probe
from deliverlint.values import Fact, Json, Unmeasured
from deliverlint.wording import listed, printable

# The longest tasks first, so that no worker is left with one at the end.
_COSTS = ("header", "scan", "hash", "decode")
_SAVE_EVERY_S = 1.0


@frozen
class Progress:
    """How far measuring is, and the subject that was begun last."""

    done: int
    total: int
    subject: str


def measure(
    plan: Plan,
    workers: Workers,
    cache: Cache | None,
    facts: Mapping[str, FactSpec],
    progress: Callable[[Progress], None] | None = None,
) -> Facts:
    """Return every fact of the plan, measured or with the reason why not.

    `facts` is the catalogue's. What the cache knows is taken from it; no worker is started when it knows everything.
    `progress` is called in this thread.
    """
    measured = _Measured(plan.known, facts)
    tasks = []
    for task in plan.tasks:
        reason = task.file.obstacle or wrong_medium(task.file, task.probe)
        if reason:
            measured.add(task, dict.fromkeys(task.wanted, Unmeasured(reason)))
        else:
            tasks.append(task)
    memory = Memory(cache, facts)
    tasks = _recall(tasks, memory, measured)
    run = _Run(workers, memory, measured, progress, len(plan.tasks) - len(tasks), len(plan.tasks))
    try:
        if to_hash := memory.to_hash(tasks):
            own = [task for task in tasks if task.probe.id == HASH_PROBE]
            asked = {task.file.identity for task in own}
            extra = [task for task in to_hash if task.file.identity not in asked]
            run.total += len(extra)
            run.carry_out(_longest_first([*own, *extra], facts), only_for_memory=extra)
            before = len(tasks) - len(own)
            tasks = _recall([task for task in tasks if task.probe.id != HASH_PROBE], memory, measured)
            run.done += before - len(tasks)
        run.carry_out(_longest_first(tasks, facts))
    finally:
        memory.save()
    return measured.by_subject


def wrong_medium(file: File, probe: Probe) -> str:
    """Return why a probe cannot read a file of this medium: "is a PNG image, not video"; empty where it can."""
    if not probe.media or not file.media or file.media in probe.media:
        return ""
    what = " ".join(part for part in (file.format, file.media) if part)
    return f"is {_article(what)} {printable(what, 80)}, not {listed(probe.media, 'or')}"


def _article(noun: str) -> str:
    """Return `a` or `an` by sound: an MP3, an EPUB, a FLAC, a Unity project."""
    word = noun.split()[0]
    spelt_out = word.upper() == word and not re.search("[AEIOU]", word)
    if spelt_out:
        return "an" if word[0] in "FHLMNRSX8" else "a"
    return "an" if re.match("(?i)[aeio]|u(?!ni|se|t)", word) else "a"


def _recall(tasks: Sequence[Task], memory: Memory, measured: _Measured) -> list[Task]:
    """Add what is remembered; return the tasks that are left, each with only the facts that are still wanted."""
    left = []
    for task, known in zip(tasks, memory.recall(tasks), strict=True):
        measured.add(task, known)
        if len(known) < len(task.wanted):
            wanted = task.wanted - known.keys()
            left.append(Task(task.subject, task.file, task.stream, task.probe, wanted, task.options))
    return left


def _longest_first(tasks: Sequence[Task], facts: Mapping[str, FactSpec]) -> list[Task]:
    def cost(task: Task) -> tuple[int, int]:
        costs = [_COSTS.index(spec.cost) for name in task.wanted if (spec := facts.get(name))]
        return -max(costs, default=0), -task.file.size

    return sorted(tasks, key=cost)


class _Measured:
    """The facts gathered so far, by subject and name."""

    def __init__(self, known: Facts, facts: Mapping[str, FactSpec]) -> None:
        self.by_subject: dict[str, dict[str, Fact | Unmeasured]] = {key: dict(some) for key, some in known.items()}
        self._facts = facts

    def add(self, task: Task, entry: Entry) -> None:
        into = self.by_subject.setdefault(task.subject, {})
        for name, value in entry.items():
            into[name] = self._fact(name, value)

    def _fact(self, name: str, value: Json | Unmeasured) -> Fact | Unmeasured:
        if isinstance(value, Unmeasured):
            return value
        spec = self._facts.get(name)
        if spec is None:  # what a ruleset's own JSON Schema finds has no entry in the catalogue
            return Fact(name, value)
        reason = misfit(spec, value)
        return Unmeasured(reason) if reason else Fact(name, value, spec.unit)


@dataclass(slots=True)
class _Run:
    """Carries out tasks and keeps count."""

    workers: Workers
    memory: Memory
    measured: _Measured
    progress: Callable[[Progress], None] | None
    done: int
    total: int

    def carry_out(self, tasks: Sequence[Task], only_for_memory: Sequence[Task] = ()) -> None:
        unasked = {id(task) for task in only_for_memory}
        saved = time.monotonic()
        for task, answer in self.workers.run(tasks):
            if answer:
                self.done += 1
                self.memory.learn(task, answer)
                if id(task) not in unasked:
                    self.measured.add(task, answer.facts)
                # A run that is broken off keeps what it has found out.
                if time.monotonic() - saved > _SAVE_EVERY_S:
                    self.memory.save()
                    saved = time.monotonic()
            if self.progress:
                self.progress(Progress(self.done, self.total, task.subject))
