"""Damaged copies of a file, measured in a process of their own as the engine does.

`python mutants.py FILE FORM FIRST LAST` prints the number of each copy before it is measured.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

_NUMBERS = (bytes(4), b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\0\0\0\x08")
_SECONDS = 20


def mutant(data: bytes, seed: int) -> bytes:
    """Return a copy with a few bytes changed, removed, repeated, or cut off."""
    dice, copy = random.Random(seed), bytearray(data)
    for _ in range(dice.choice((1, 2, 5, 20))):
        if len(copy) < 64:
            break
        near_start, near_end = dice.randrange(min(len(copy), 4096)), max(0, len(copy) - 1 - dice.randrange(4096))
        at = dice.choice((near_start, near_end, dice.randrange(len(copy))))
        match dice.randrange(5):
            case 0:
                copy[at] = dice.randrange(256)
            case 1:
                copy[at : at + 4] = dice.choice(_NUMBERS)
            case 2:
                del copy[at : at + dice.randrange(1, 64)]
            case 3:
                copy[at:at] = copy[max(0, at - dice.randrange(1, 200)) : at]
            case _ if dice.random() < 0.3:
                del copy[max(16, dice.randrange(len(copy))) :]
    return bytes(copy)


def deaths(path: Path, form: str, copies: int) -> list[int]:
    """Measure mutants; return the numbers of those that MediaInfo crashed or hung on. A Python error fails at once."""
    dead, first = [], 0
    while first < copies:
        command = [sys.executable, __file__, str(path), form, str(first), str(copies)]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
            output, code, errors = run.stdout, run.returncode, run.stderr
        except subprocess.TimeoutExpired as stopped:
            output, code, errors = (stopped.stdout or b"").decode(), -9, ""
        if code == 0:
            break
        assert code < 0, f"{form} {output.split()[-1:]}: {errors[-2000:]}"
        dead.append(int(output.split()[-1]))
        first = dead[-1] + 1
    return dead


def main(file: str, form: str, first: int, last: int) -> None:
    from clips import ALL
    from deliverlint_video.header import measure

    from deliverlint.spec import Source
    from deliverlint.values import Unmeasured

    data = Path(file).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for number in range(first, last):
            print(number, flush=True)
            copy.write_bytes(mutant(data, number))
            found = measure(Source(path=copy, name="copy", format=form), ALL)
            assert found.keys() == ALL
            json.dumps(
                {key: value for key, value in found.items() if not isinstance(value, Unmeasured)}, allow_nan=False
            )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
