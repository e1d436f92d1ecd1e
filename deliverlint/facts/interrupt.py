"""SIGTERM (and a closed terminal) end a run as Ctrl-C does: workers stopped, nothing half-written."""

from __future__ import annotations

import signal
from types import FrameType


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def terminate_as_interrupt() -> None:
    """Make SIGTERM and SIGHUP raise KeyboardInterrupt in the main thread, which is where this must be called."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # A run under `nohup` ignores SIGHUP and is to go on ignoring it.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
