"""Starting a worker process, with nothing in its way that a delivery could have put there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import deliverlint

# The first line tells where else to import from than a bare Python would (which knows editable installs too).
_BOOT = (
    "import json, sys; greeting = json.loads(sys.stdin.buffer.readline()); given = greeting['import_from']; "
    "sys.path[:] = given + [entry for entry in sys.path if entry not in given]; "
    "from deliverlint.facts.worker import serve; serve(greeting)"
)


def start(folder: str) -> subprocess.Popen[bytes]:
    """Start one that lives in `folder`; it waits for its greeting. Raises OSError or ValueError."""
    flags = ["-I"]  # no PYTHON* variables, no user folder, no current folder
    if sys.flags.utf8_mode:
        flags += ["-X", "utf8"]
    if sys.dont_write_bytecode:
        flags.append("-B")
    return subprocess.Popen(
        [sys.executable, *flags, "-c", _BOOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "TMPDIR": folder, "TEMP": folder, "TMP": folder},
        # Of its own, so that Ctrl-C reaches only the parent and what native code starts can be ended with it.
        process_group=None if sys.platform == "win32" else 0,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def import_path() -> list[str]:
    """Return where the parent imports from, but not from the current folder: that may be the delivery.

    It stays where deliverlint itself was imported from it.
    """
    home = Path(deliverlint.__file__).resolve().parent.parent
    try:
        current = Path.cwd()
    except OSError:  # it was deleted
        current = home
    return [
        entry
        for entry in sys.path
        if Path(entry).is_absolute() and (Path(entry) != current or current.resolve() == home)
    ]
