"""What a worker may use up, as far as the system can bound it: computing time, address space, open files, writes.

Resident memory and wall time are watched by the parent (see watchdog.py). Windows has no `resource` module; there
the wall time bounds the computing time too.
"""

from __future__ import annotations

import math

OPEN_FILES = 512
WRITTEN_BYTES = 512 * 1024 * 1024


def bound_process() -> None:
    """Bound what no task may use more of, for as long as this process lives."""
    try:
        import resource
    except ImportError:
        return
    _set_soft(resource.RLIMIT_CORE, 0)
    _set_soft(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set_soft(resource.RLIMIT_FSIZE, WRITTEN_BYTES)


def bound_task(cpu_s: int, address_space_mb: int) -> None:
    """Allow `cpu_s` more seconds of computing; bound the address space unless `address_space_mb` is 0."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _set_soft(resource.RLIMIT_CPU, math.ceil(usage.ru_utime + usage.ru_stime + cpu_s))
    if address_space_mb:
        _set_soft(resource.RLIMIT_AS, address_space_mb * 1_000_000)


def unbound_task() -> None:
    """Take back what `bound_task` did, so that the next task begins with limits of its own."""
    try:
        import resource
    except ImportError:
        return
    for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS):
        _set_soft(kind, resource.getrlimit(kind)[1])


def _set_soft(kind: int, value: int) -> None:
    """Set the soft limit, at most the hard one; the hard one stays, so that the next task can have another."""
    import resource

    hard = resource.getrlimit(kind)[1]
    wanted = min(value, hard) if hard >= 0 and value >= 0 else value
    try:
        resource.setrlimit(kind, (wanted, hard))
    except (ValueError, OSError):
        return  # macOS refuses some; the parent still watches
