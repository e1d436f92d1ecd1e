"""What a probe may not do, refused by an audit hook: networking, starting programs, writing outside its folder.

This keeps honest libraries honest when a hostile file talks them into something; it is no prison for native code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NETWORK = frozenset(
    (
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
    )
)
_PROGRAMS = frozenset(
    (
        "_winapi.CreateProcess",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.kill",
        "os.killpg",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.startfile/2",
        "os.system",
        "pty.spawn",
        "subprocess.Popen",
    )
)
# Changes to the file system: which of the arguments are paths, and which say the folder that each is relative to.
_CHANGES: dict[str, tuple[tuple[int, int | None], ...]] = {
    "os.chflags": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.link": ((0, 2), (1, 3)),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.removexattr": ((0, None),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.setxattr": ((0, None),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.utime": ((0, 3),),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Refused(PermissionError):
    """A probe, or the library under it, tried what is not allowed."""


class Guard:
    """An audit hook (`sys.addaudithook`); `folder` is the only place that may be written to."""

    def __init__(self, folder: str) -> None:
        self._folder = os.path.realpath(folder) + os.sep
        self._allowed = (self._folder, os.path.realpath(os.devnull))
        self._on = True

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Let a plugin's module be imported: libraries look for their parts with compilers and write byte code."""
        self._on = False
        try:
            yield
        finally:
            self._on = True

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._on:
            return
        if event == "open":
            self._opening(args[0], args[1], args[2])
        elif event in _NETWORK:
            raise Refused(f"tried to use the network ({event}), which is not allowed")
        elif event in _PROGRAMS:
            raise Refused(f"tried to start or stop a program ({event}), which is not allowed")
        elif event in _CHANGES:
            self._changing(event, args)

    def _opening(self, path: Any, mode: Any, flags: Any) -> None:
        by_flags = isinstance(flags, int) and flags & _WRITING
        writes = by_flags or (isinstance(mode, str) and set(mode) & set("wax+"))
        # A number is a file that is open already.
        if writes and not isinstance(path, int) and not self._inside(path):
            raise Refused("tried to write a file outside its own folder, which is not allowed")

    def _changing(self, event: str, args: tuple[Any, ...]) -> None:
        for at, relative_to in _CHANGES[event]:
            folder = args[relative_to] if relative_to is not None and relative_to < len(args) else -1
            if not self._inside(args[at], folder if isinstance(folder, int) else -1):
                raise Refused(f"tried to change a file outside its own folder ({event}), which is not allowed")

    def _inside(self, path: Any, folder: int = -1) -> bool:
        if isinstance(path, int):  # whatever may be written was opened for writing under these rules
            path, folder = _path_of(path), -1
        try:
            name = os.fsdecode(path)
        except TypeError:
            return False
        if folder >= 0 and not Path(name).is_absolute():
            name = f"{_path_of(folder)}{os.sep}{name}"
        # The last part itself may be a link: what counts is where a write would land.
        real = os.path.realpath(name)
        return real.startswith(self._folder) or real in self._allowed


def _path_of(descriptor: int) -> str:
    """Return the path of an open folder or file; the root, which nothing may be written to, where it has no telling."""
    try:
        if sys.platform == "darwin":
            import fcntl

            return os.fsdecode(fcntl.fcntl(descriptor, 50, bytes(1024)).rstrip(b"\0"))  # 50: F_GETPATH
        return str(Path(f"/proc/self/fd/{descriptor}").readlink())
    except (OSError, ImportError):
        return os.sep
