"""The worker process: reads one request a line, measures with limits, writes one reply a line.

Its standard streams are replaced before any library is imported, so that nothing a library prints can get between
the replies. It ends when its parent does.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import stat
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from deliverlint.facts.answers import MAX_REPLY
from deliverlint.facts.guard import Guard
from deliverlint.facts.identity import stat_identity
from deliverlint.facts.limits import bound_process, bound_task, unbound_task
from deliverlint.facts.replies import Reply, all_failed, from_answer, reason_for
from deliverlint.spec import Source


def serve(greeting: Mapping[str, Any]) -> None:
    """Serve until the parent closes the pipe. `greeting` holds the parent's process id and a private folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(greeting["parent"])
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    _silence()
    bound_process()
    guard = Guard(greeting["folder"])
    sys.addaudithook(guard)
    inbox: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    _send(replies, b'{"ready":true}')
    while True:
        request = json.loads(inbox.get())
        reply = _answer(request, guard)
        _tidy(greeting["folder"])
        _send(replies, reply)


def _die_with(parent: int) -> None:
    """On Linux, have the kernel kill this process when its parent dies; elsewhere the closed pipe ends it."""
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1: PR_SET_PDEATHSIG
    except (ImportError, OSError, AttributeError):
        return
    if os.getppid() != parent:  # it died before the kernel was asked
        os._exit(0)


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)


def _listen(requests: BinaryIO, inbox: SimpleQueue[bytes]) -> None:
    """Hand on requests; a parent that is gone ends this process even while a probe is at work."""
    for line in requests:
        inbox.put(line)
    os._exit(0)


def _send(replies: BinaryIO, reply: bytes) -> None:
    try:
        replies.write(reply + b"\n")
        replies.flush()
    except OSError:
        os._exit(0)


def _tidy(folder: str) -> None:
    """Leave nothing of one task behind for the next."""
    try:
        os.chdir(folder)
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    import shutil  # slow to import, and hardly ever needed

                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink()
    except OSError:
        return  # the parent removes the folder in any case


def _answer(request: Mapping[str, Any], guard: Guard) -> bytes:
    wanted = frozenset(request["wanted"])
    location = request["source"]["path"]
    identity = ""
    try:
        identity = _identity(location)
        facts = _measure(request, wanted, guard)
        if _identity(location) != identity:
            facts, identity = all_failed(wanted, "changed while it was being read"), ""
    except FileNotFoundError:
        facts, identity = all_failed(wanted, "is no longer there"), ""
    except OSError as problem:
        facts = all_failed(wanted, f"cannot be opened: {problem.strerror}")
    line = _encode(request["number"], facts, identity)
    if len(line) >= MAX_REPLY:
        facts = all_failed(wanted, f"gives more than {MAX_REPLY // 2**20} MB of facts")
        line = _encode(request["number"], facts, identity)
    return line


def _encode(number: int, facts: Reply, identity: str) -> bytes:
    reply = {"number": number, "facts": facts, "identity": identity}
    return json.dumps(reply, separators=(",", ":")).encode()


def _identity(location: str) -> str:
    status = Path(location).stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise OSError(0, "it is neither a file nor a folder")
    return stat_identity(status)


def _measure(request: Mapping[str, Any], wanted: frozenset[str], guard: Guard) -> Reply:
    probe = request["probe"]
    source = Source(**{**request["source"], "path": Path(request["source"]["path"])})
    module, _, function = probe["run"].partition(":")
    try:
        bound_task(probe["cpu_s"], probe["address_space_mb"])
        with guard.lifted():
            run = getattr(importlib.import_module(module), function)
        return from_answer(run(source, wanted), wanted)
    except BaseException as problem:  # a probe that calls sys.exit is a probe that failed
        return all_failed(wanted, reason_for(problem, module, probe["extra"], probe["memory_mb"]))
    finally:
        unbound_task()
