"""One worker process, as its parent sees it: started, asked, stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable

import psutil

from deliverlint.facts.answers import MAX_REPLY, Answer, BadReply, decode, failed, for_json
from deliverlint.facts.endings import how_it_ended, why_it_died
from deliverlint.facts.launch import import_path, start
from deliverlint.facts.model import Task
from deliverlint.frozen import frozen
from deliverlint.spec import Probe
from deliverlint.wording import printable

START_SECONDS = 60
# Asking for the children of a process is slow; a probe has none unless native code starts them.
_CHILDREN_EVERY_S = 1.0


class StartError(Exception):
    """No worker process could be started; the message says why."""


@frozen
class _Limit:
    """How long the process may take from now on, and how much memory (0: not watched)."""

    deadline: float
    wall_s: float
    memory_mb: int


class WorkerProcess:
    """A worker that serves one task at a time; used by one thread and watched by another.

    Raises StartError where the system starts no process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = ""  # why the watchdog ended it
        self._is_killed = False  # though the system may take a moment to do so
        self._number = 0
        self._children_seen = 0.0
        self._limit: _Limit | None = _Limit(time.monotonic() + START_SECONDS, START_SECONDS, 0)
        try:
            self._folder = tempfile.mkdtemp(prefix="deliverlint-")
        except OSError as problem:
            raise StartError(f"no reader could be started: no temporary folder ({problem.strerror})") from None
        try:
            self._process = start(self._folder)
        except (OSError, ValueError) as problem:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise StartError(f"no reader could be started: {printable(str(problem))}") from None
        try:
            self._watched = psutil.Process(self._process.pid)
        except psutil.Error as problem:
            self.close()
            raise StartError(f"no reader could be started: {printable(str(problem))}") from None

    def greet(self) -> None:
        """Tell the worker where it lives and wait until it is ready; raises StartError where it never is."""
        greeting = {"import_from": import_path(), "parent": os.getpid(), "folder": self._folder}
        line = self._exchange(greeting)
        with self._lock:
            self._limit = None
        if b"ready" not in line:
            reason = self._why_no_reply(line, how_it_ended)
            self.close()
            raise StartError(f"no reader could be started: {reason}")

    def ask(self, task: Task) -> Answer:
        """Have one task carried out; whatever happens, there is an answer."""
        self._number += 1
        probe = task.probe
        asked_ns = time.time_ns()
        with self._lock:
            self._limit = _Limit(time.monotonic() + probe.wall_s, probe.wall_s, probe.memory_mb)
        line = self._exchange(_request(task, self._number))
        with self._lock:
            self._limit = None
        if not line.endswith(b"\n"):
            return failed(task, self._why_no_reply(line, lambda status: why_it_died(status, probe)))
        try:
            return decode(line, task, self._number, asked_ns)
        except BadReply:
            self.kill()
            return failed(task, "the reader gave an answer that cannot be understood")

    def fits(self, probe: Probe) -> bool:
        """Say whether it still runs and does not already hold much of the memory that this probe may take."""
        with self._lock:
            if self._is_killed or self._process.poll() is not None:
                return False
        return self._memory(with_children=False) <= probe.memory_mb * 1_000_000 / 2

    def enforce(self, now: float) -> None:
        """End the process if it is over a limit (called by the watchdog)."""
        with self._lock:
            limit = self._limit
            if limit is None or self._stopped:
                return
            if now > limit.deadline:
                self._stopped = f"stopped after {limit.wall_s:g} s: reading it took too long"
            elif limit.memory_mb:
                with_children = now - self._children_seen > _CHILDREN_EVERY_S
                if with_children:
                    self._children_seen = now
                if self._memory(with_children) > limit.memory_mb * 1_000_000:
                    self._stopped = f"stopped: it took more than {limit.memory_mb} MB of memory"
            if self._stopped:
                self._kill(also=self._children())

    def kill(self) -> None:
        """End the process at once, from any thread."""
        with self._lock:
            self._kill()

    def close(self) -> None:
        """End the process and remove its folder."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                pass  # what was still to be written to a dead process
        shutil.rmtree(self._folder, ignore_errors=True)

    def _exchange(self, message: object) -> bytes:
        """Send a line and return the one that comes back; it has no end where the worker died or goes on and on."""
        to_worker, from_worker = self._process.stdin, self._process.stdout
        assert to_worker and from_worker
        try:
            to_worker.write(json.dumps(message, separators=(",", ":"), default=for_json).encode() + b"\n")
            to_worker.flush()
            return from_worker.readline(MAX_REPLY)
        except (OSError, ValueError):
            return b""

    def _why_no_reply(self, line: bytes, of_status: Callable[[int], str]) -> str:
        """End the process, if it has not ended, and say why there was no whole reply."""
        try:
            # One that crashed closes its pipe a moment before it is gone.
            status = None if len(line) >= MAX_REPLY else self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            status = None
        self.kill()
        if self._stopped:
            return self._stopped
        return "the reader broke off in the middle of its answer" if status is None else of_status(status)

    def _memory(self, with_children: bool) -> int:
        """Return resident memory in bytes; 0 where the process is gone."""
        total = 0
        for process in (self._watched, *(self._children() if with_children else ())):
            try:
                total += process.memory_info().rss
            except psutil.Error:
                continue
        return total

    def _children(self) -> list[psutil.Process]:
        try:
            return self._watched.children(recursive=True)
        except psutil.Error:
            return []

    def _kill(self, also: list[psutil.Process] | None = None) -> None:
        self._is_killed = True
        if self._process.poll() is not None:
            return
        try:
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        except OSError:
            self._process.kill()
        for process in also or ():
            try:
                process.kill()
            except psutil.Error:
                continue


def _request(task: Task, number: int) -> dict[str, object]:
    probe = task.probe
    return {
        "number": number,
        "wanted": sorted(task.wanted),
        "source": {
            "path": str(task.file.location.absolute()),
            "name": task.file.path,
            "stream": task.stream,
            "format": task.file.format,
            "options": dict(task.options),
        },
        "probe": {
            "run": probe.run,
            "extra": probe.extra,
            "cpu_s": probe.cpu_s,
            "memory_mb": probe.memory_mb,
            "address_space_mb": probe.memory_mb if probe.limit_address_space else 0,
        },
    }
