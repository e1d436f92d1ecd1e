"""How a worker process ended, in words."""

from __future__ import annotations

import signal

from deliverlint.spec import Probe

_SIGNALS = {
    "SIGSEGV": "segmentation fault",
    "SIGBUS": "bus error",
    "SIGABRT": "aborted itself",
    "SIGILL": "illegal instruction",
    "SIGFPE": "arithmetic error",
    "SIGTRAP": "trap",
    "SIGSYS": "bad system call",
}


def why_it_died(status: int, probe: Probe) -> str:
    """Return the reason for the facts of the task that it was at."""
    name = _signal_name(status)
    if name == "SIGXCPU":
        return f"stopped: reading it took more than {probe.cpu_s} s of computing time"
    if name == "SIGKILL":
        return "the reader was killed from outside, perhaps because the machine ran out of memory"
    return f"the {how_it_ended(status)}"


def how_it_ended(status: int) -> str:
    """Return what its exit status says; negative: the signal that ended it."""
    name = _signal_name(status)
    if name:
        return f"reader crashed ({_SIGNALS.get(name, name)})"
    if status in (0xC0000005, 0xC00000FD):  # access violation and stack overflow on Windows
        return "reader crashed (segmentation fault)"
    return f"reader ended by itself (exit status {status})"


def _signal_name(status: int) -> str:
    try:
        return signal.Signals(-status).name if status < 0 else ""
    except ValueError:
        return f"signal {-status}"
