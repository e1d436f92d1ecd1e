"""One thread that looks at every busy worker twenty times a second and ends those that are over a limit."""

from __future__ import annotations

import threading
import time

from deliverlint.facts.process import WorkerProcess

POLL_SECONDS = 0.05


class Watchdog:
    """Watches workers from `watch` to `forget`; `close` ends it."""

    def __init__(self) -> None:
        self._watched: set[WorkerProcess] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="deliverlint watchdog", daemon=True).start()

    def watch(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._watched.add(worker)

    def forget(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._watched.discard(worker)

    def close(self) -> None:
        """Kill every worker that is still watched, and stop watching."""
        self._closed.set()
        for worker in self._now_watched():
            worker.kill()

    def _now_watched(self) -> list[WorkerProcess]:
        with self._lock:
            return list(self._watched)

    def _run(self) -> None:
        while not self._closed.wait(POLL_SECONDS):
            now = time.monotonic()
            for worker in self._now_watched():
                worker.enforce(now)
