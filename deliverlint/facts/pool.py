"""The threads that keep the workers busy: each owns one worker process at a time and takes tasks from one queue.

The threads live as long as the pool, not as long as a run: Linux kills a worker when the thread that started it ends.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from deliverlint.facts.answers import Answer, failed
from deliverlint.facts.model import Task
from deliverlint.facts.process import StartError, WorkerProcess
from deliverlint.facts.watchdog import Watchdog
from deliverlint.spec import Probe

# After so many failures in a row no more processes are tried: every task would wait for one in vain.
MAX_FAILED_STARTS = 3
_WAKE_SECONDS = 0.5


@dataclass(eq=False, slots=True)
class _Run:
    """One call of `Pool.run`: where its answers go, and whether anybody still waits for them."""

    answers: SimpleQueue[tuple[Task, Answer | None]] = field(default_factory=SimpleQueue)
    is_over: bool = False


class Pool:
    """Up to `jobs` workers, each started when a task first needs it."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._orders: SimpleQueue[tuple[_Run, Task] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._watchdog = Watchdog()
        self._starting = threading.Lock()
        self._is_closed = False
        self._failed_starts = 0
        self._start_problem = ""

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Answer | None]]:
        """Yield each task twice: with None when it is begun, and with its answer."""
        run = _Run()
        for task in tasks:
            self._orders.put((run, task))
        while len(self._threads) < min(self._jobs, len(tasks)):
            thread = threading.Thread(target=self._serve, name="deliverlint worker", daemon=True)
            self._threads.append(thread)
            thread.start()
        waiting = len(tasks)
        try:
            while waiting:
                try:
                    # Woken now and then: on Windows Ctrl-C does not interrupt a wait without end.
                    task, answer = run.answers.get(timeout=_WAKE_SECONDS)
                except Empty:
                    continue
                waiting -= answer is not None
                yield task, answer
        finally:
            run.is_over = True

    def close(self) -> None:
        """Kill the workers at once, whatever they are at, and wait until they are gone."""
        with self._starting:
            self._is_closed = True
        self._watchdog.close()
        for _ in self._threads:
            self._orders.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    def _serve(self) -> None:
        worker: WorkerProcess | None = None
        try:
            while (order := self._orders.get()) and not self._is_closed:
                run, task = order
                if run.is_over:
                    continue
                run.answers.put((task, None))
                try:
                    worker = self._worker_for(task.probe, worker)
                    answer = worker.ask(task)
                except StartError as problem:
                    worker, answer = None, failed(task, str(problem))
                except Exception as problem:  # whoever waits for this answer would wait for ever
                    answer = failed(task, f"could not be read: {type(problem).__name__}")
                    self._discard(worker)
                    worker = None
                run.answers.put((task, answer))
        finally:
            self._discard(worker)

    def _worker_for(self, probe: Probe, worker: WorkerProcess | None) -> WorkerProcess:
        """Return the worker at hand if it will do, else a fresh one in its place; raises StartError."""
        if worker and worker.fits(probe):
            return worker
        self._discard(worker)
        # One at a time, and none once the pool is closed: nothing may be started that nobody would end.
        with self._starting:
            if self._is_closed or self._failed_starts >= MAX_FAILED_STARTS:
                raise StartError(self._start_problem or "the run was ended")
            try:
                fresh = WorkerProcess()
                self._watchdog.watch(fresh)
            except StartError as problem:
                self._note_start(str(problem))
                raise
        try:
            fresh.greet()
        except StartError as problem:
            self._watchdog.forget(fresh)
            self._note_start(str(problem))
            raise
        self._note_start("")
        return fresh

    def _note_start(self, problem: str) -> None:
        self._failed_starts = self._failed_starts + 1 if problem else 0
        self._start_problem = problem

    def _discard(self, worker: WorkerProcess | None) -> None:
        if worker:
            self._watchdog.forget(worker)
            worker.close()
