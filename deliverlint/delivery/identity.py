"""What tells whether bytes are still the same without reading them."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence

from deliverlint.delivery.model import File

# FAT counts in two seconds; every other file system in use is finer.
_GRAIN_NS = 2_000_000_000


def identity_of(status: os.stat_result, now_ns: int | None = None) -> str:
    """Return device, inode, size and times as text; empty where the file is younger than a clock's grain.

    Such a file could be written again without any of the five changing. The same goes for times in the future.
    """
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    newest = modified if modified > changed else changed
    if (time.time_ns() if now_ns is None else now_ns) - newest < _GRAIN_NS:
        return ""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{modified}:{changed}"


def identity_of_tree(own: str, files: Sequence[File]) -> str:
    """Return a digest of the folder's own identity and those of its files, in the order given; empty where one is.

    The folder's own changes with the entries directly in it, also with those that are no part of the delivery.
    """
    identities = [file.identity for file in files]
    if not own or "" in identities:
        return ""
    # There is no line's end in a path as it is shown.
    lines = [own, *[file.path for file in files], *identities]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
