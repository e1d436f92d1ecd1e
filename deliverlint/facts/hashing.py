"""The probe `file.hash`: SHA-256 of a file, or of a file tree."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint.wording import printable

_BUFFER = 1024 * 1024
# A name in the delivery may turn into a pipe or a link between being listed and being opened.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def measure(source: Source, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    """Measure `file.sha256` as 64 lower-case hexadecimal digits."""
    buffer = memoryview(bytearray(_BUFFER))
    digest = tree_sha256(source.path, buffer) if source.path.is_dir() else _sha256(source.path, _FLAGS, buffer)
    return {"file.sha256": digest}


def tree_sha256(root: Path, buffer: memoryview) -> str | Unmeasured:
    """Return the SHA-256 of the lines that `sha256sum` prints for every file of a tree, sorted by path.

    Paths are relative with slashes, sorted by their bytes; a name with a line break or backslash is written as
    `sha256sum` does. A link is not followed: what is hashed is the path that it holds.
    """
    lines = []
    for relative, entry in _files(os.fspath(root), ""):
        try:
            if entry.is_symlink():
                digest = hashlib.sha256(os.fsencode(Path(entry.path).readlink())).hexdigest()
            elif entry.is_file():
                digest = _sha256(entry.path, _FLAGS | _NO_LINK, buffer)
            else:
                continue
        except OSError as problem:
            return Unmeasured(f"'{printable(relative)}' in it cannot be read: {problem.strerror}")
        lines.append((os.fsencode(relative), digest))
    whole = hashlib.sha256()
    for path, digest in sorted(lines):
        escaped = path.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
        mark = b"\\" if escaped != path else b""
        whole.update(mark + digest.encode() + b"  " + escaped + b"\n")
    return whole.hexdigest()


def _files(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [(folder, prefix)]
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    yield prefix + entry.name, entry


def _sha256(path: str | Path, flags: int, buffer: memoryview) -> str:
    """Hash one file through a buffer that is used again for the next."""
    descriptor = os.open(path, flags)
    with io.FileIO(descriptor) as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not an ordinary file")
        digest = hashlib.sha256()
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
        return digest.hexdigest()
