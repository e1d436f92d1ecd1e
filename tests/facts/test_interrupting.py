"""Ctrl-C, a polite and an impolite kill: the run ends at once and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")

SCRIPT = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(Path(__file__).parents[2])!r}]
from facts_helpers import file_at, measured, probe, task
from deliverlint.facts.interrupt import terminate_as_interrupt
from deliverlint.facts.workers import Workers
terminate_as_interrupt()
film = Path(sys.argv[1])
tasks = [task(file_at(film, path=str(number)), probe(sys.argv[2], wall_s=60, cpu_s=60)) for number in range(6)]
try:
    with Workers(2) as workers:
        print("begun", flush=True)
        measured(workers, *tasks)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(130)
"""


def begin(film: Path, function: str) -> tuple[subprocess.Popen[str], list[psutil.Process]]:
    """Start a run whose two workers are busy for a minute; return it and them."""
    film.write_bytes(b"film")
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(film), function],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(film.parent)},
    )
    parent = psutil.Process(run.pid)
    wait_for(lambda: len(parent.children()) == 2)
    time.sleep(0.4)  # until the probes are at work
    return run, parent.children()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def all_gone(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("function", ["hang", "spin"])
def test_a_signal_ends_run_and_workers_at_once(tmp_path: Path, function: str, number: signal.Signals) -> None:
    run, workers = begin(tmp_path / "film.mov", function)
    begun = time.monotonic()
    run.send_signal(number)
    output, errors = run.communicate(timeout=15)
    assert (run.returncode, output.split(), errors) == (130, ["begun", "interrupted"], "")
    assert all_gone(workers)
    assert time.monotonic() - begun < 5
    assert [path.name for path in tmp_path.iterdir()] == ["film.mov"]


@pytest.mark.parametrize("function", ["hang", "spin"])
def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path, function: str) -> None:
    run, workers = begin(tmp_path / "film.mov", function)
    run.kill()
    run.communicate(timeout=15)
    wait_for(lambda: all_gone(workers))


def test_workers_that_are_idle_do_not_outlive_a_parent_that_forgets_to_end_them(tmp_path: Path) -> None:
    (tmp_path / "film.mov").write_bytes(b"film")
    script = SCRIPT.partition("try:")[0] + "w = Workers(2); print(measured(w, *tasks)); print(w._pool is not None)"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "film.mov"), "process_id"],
        capture_output=True,
        text=True,
        timeout=15,
    )
    assert done.stderr == ""
    assert done.stdout.endswith("True\n")
