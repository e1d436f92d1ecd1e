"""Probes that behave, and probes that misbehave in every way that we could think of. Imported only in workers."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

from deliverlint.spec import Source
from deliverlint.values import Unmeasured


def size(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, source.path.stat().st_size)


def first_byte_and_option(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    first = source.path.read_bytes()[:1].decode() + str(source.options.get("suffix", ""))
    return dict.fromkeys(wanted, first)


def count_calls(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    """Answer with something new at each call, so that a remembered answer can be told from a fresh one."""
    return dict.fromkeys(wanted, f"{time.time_ns()}-{os.getpid()}")


def process_id(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, os.getpid())


def told(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return {"test.text": f"{source.name}|{source.stream}|{source.format}|{source.options['a']['b']}"}


def where(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    import decoy_from_the_delivery

    return dict.fromkeys(wanted, decoy_from_the_delivery.__file__)


def reason(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, Unmeasured("is cut short: the mp4 has no moov box"))


def missing_extra(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, Unmeasured("needs the extra 'x': pip install 'deliverlint[x]'"))


def hang(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    time.sleep(600)
    return {}


def spin(source: Source, wanted: frozenset[str]) -> NoReturn:
    while True:
        pass


def compute_for_0_4_s(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    end = time.process_time() + 0.4
    while time.process_time() < end:
        pass
    return dict.fromkeys(wanted, "done")


def eat_memory(source: Source, wanted: frozenset[str]) -> NoReturn:
    hoard = []
    while True:
        hoard.append(b"x" * 5_000_000)
        time.sleep(0.005)


def eat_address_space(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, len(bytearray(4_000_000_000)))


def crash(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    ctypes.string_at(0)
    return {}


def exit_silently(source: Source, wanted: frozenset[str]) -> NoReturn:
    os._exit(7)


def exit_politely(source: Source, wanted: frozenset[str]) -> NoReturn:
    sys.exit("good bye")


def close_every_pipe(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    os.closerange(0, 64)
    return dict.fromkeys(wanted, 1)


def fail(source: Source, wanted: frozenset[str]) -> NoReturn:
    raise ValueError("\x1b[31mthe \u202emoov box\n is missing" + "!" * 10_000)


def fail_to_print(source: Source, wanted: frozenset[str]) -> NoReturn:
    class Rude(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    raise Rude


def recurse(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return recurse(source, wanted)


def missing_library(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    import library_that_nobody_has  # noqa: F401

    return {}


def no_mapping(source: Source, wanted: frozenset[str]) -> Any:
    return ["no", "facts"]


def nonsense(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    endless: list[Any] = []
    endless.append(endless)
    return {
        "test.nan": float("nan"),
        "test.infinity": [1.0, {"a": float("-inf")}],
        "test.bytes": b"bytes",
        "test.set": {1, 2},
        "test.keys": {1: "one"},
        "test.endless": endless,
        "test.huge": 10**5000,
        "test.number": "twelve",
        "test.text": 12,
        "test.flag": 1,
        "test.events": [{"start": "now"}],
        "test.good": (1, [None, "x", {"y": True}]),
        "test.not_asked_for": "surprise",
    }


def too_much(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, "x" * (64 * 2**20))


def print_a_lot(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    print('{"number": 1, "facts": {}}' * 10_000, flush=True)
    print("noise", file=sys.stderr, flush=True)
    os.write(1, b"more noise\n")
    read = sys.stdin.read() if sys.stdin else ""
    return dict.fromkeys(wanted, f"printed, and read '{read}'")


def open_socket(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    with socket.socket() as phone:
        phone.connect(("127.0.0.1", 9))
    return {}


def resolve_name(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, socket.getaddrinfo("localhost", 80))


def start_program(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, subprocess.run([sys.executable, "-V"], capture_output=True).stdout)


def fork(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    os.fork()
    return {}


def kill_parent(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    os.kill(os.getppid(), 15)
    return {}


def overwrite(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    source.path.write_text("gotcha")
    return {}


def delete(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    source.path.unlink()
    return {}


def rename_away(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    source.path.rename(Path("here"))
    return {}


def write_through_a_link(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    Path("link").symlink_to(source.path)
    Path("link").write_text("gotcha")
    return {}


def use_temporary_files(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "deep").mkdir()
        (Path(folder) / "deep" / "note").write_text("x")
        (Path(folder) / "deep" / "note").rename(Path(folder) / "other")
    Path("left behind").write_text("x")
    with Path(os.devnull).open("w") as nowhere:
        nowhere.write("x")
    return dict.fromkeys(wanted, "done")


def list_own_folder(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, ", ".join(path.name for path in Path().iterdir()))


def read_slowly(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    text = source.path.read_text()
    time.sleep(1)
    return dict.fromkeys(wanted, text)


def wanted_facts(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    return dict.fromkeys(wanted, ", ".join(sorted(wanted)))


def _pipes() -> list[int]:
    """Return the pipes of this worker that can be written to; standard output is none of them."""
    import fcntl
    import stat

    return [
        number
        for number in range(3, 64)
        if _is_open(number)
        and stat.S_ISFIFO(os.fstat(number).st_mode)
        and fcntl.fcntl(number, fcntl.F_GETFL) & os.O_WRONLY
    ]


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def write_into_the_answers(source: Source, wanted: frozenset[str]) -> dict[str, Any]:
    for number in _pipes():
        os.write(number, b"decoding frame 1 of 100\n")
    return dict.fromkeys(wanted, "x")


def write_without_end(source: Source, wanted: frozenset[str]) -> NoReturn:
    (number,) = _pipes()
    while True:
        os.write(number, b"x" * 2**20)
