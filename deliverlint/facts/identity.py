"""Content ids: what a fact is remembered under, so that a changed file is never answered from memory.

A fact that needs the head of a file (cost `header`) or is itself a hash is remembered under `File.identity`, the
stat tuple that was taken when the delivery was opened: nothing has to be read to find it again. A fact that needs
more (`scan`, `decode`) is remembered under the SHA-256 of the content, so that a copied or touched file is known
too; that SHA-256 is the fact `file.sha256`, itself remembered under the identity. A tree's content id is its
identity for every fact: hashing a whole build to save a walk would cost more than it saves.

An identity is believed only where all of this holds; otherwise a file is measured and nothing is remembered:
- it is not empty (whoever opened the delivery leaves it empty where it cannot be trusted);
- it is a stat tuple of the very file that the worker read, before and after reading (of a ZIP's entry and of a
  tree, whose identities are made differently, only "the same before and after" can be asked);
- neither time in it is younger than the grain of the clock was when it was measured: a second change within one tick
  would not show.

On Windows `st_ctime` is the time of creation, not of the last change. There a file that is overwritten in place
with equally many bytes, and whose time of modification is then set back, is not seen to have changed.
"""

from __future__ import annotations

import os

# FAT counts in two seconds; every other file system in use is finer.
GRAIN_NS = 2_000_000_000


def stat_identity(status: os.stat_result) -> str:
    """Return (device, inode, size, mtime_ns, ctime_ns) as text."""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def stat_tuple(identity: str) -> tuple[int, ...] | None:
    """Return the five numbers of a stat tuple; None for an identity of another make."""
    parts = identity.split(":") if len(identity) < 200 else []
    is_one = len(parts) == 5 and all(part.isascii() and part.isdigit() for part in parts)
    return tuple(map(int, parts)) if is_one else None


def is_settled(identity: str, now_ns: int) -> bool:
    """Say whether a file is old enough for any further change to show in its stat tuple."""
    times = stat_tuple(identity)
    return times is None or max(times[3:]) <= now_ns - GRAIN_NS


def is_trusted(identity: str, seen: str, is_tree: bool, asked_ns: int) -> bool:
    """Say whether what was measured may be remembered under `identity`.

    `seen` is the stat identity of what the worker read; `asked_ns` the wall clock before it began to.
    """
    if not identity or not seen:
        return False
    expected = stat_tuple(identity)
    if expected is None or is_tree:
        return True
    return expected == stat_tuple(seen) and is_settled(identity, asked_ns)
