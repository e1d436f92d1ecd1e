"""A file of which only so much may be read: what keeps header parsers quick on hostile input."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import TracebackType

READS = 20_000
BYTES = 8_000_000
# No header structure is larger; a parser that asks for more wants contents, which are none of our business.
LARGEST_READ = 1_000_000


class Malformed(Exception):
    """The file is not what its head says; the message completes `this file ...`."""


class BoundedFile(io.RawIOBase):
    """A read-only file that counts: at most READS reads and BYTES bytes in all.

    A single read of more than LARGEST_READ bytes yields nothing. Raises Malformed when the budget is spent or
    a position is impossible, so that a parser sent in circles ends.
    """

    def __init__(self, path: Path, reads: int = READS, budget: int = BYTES) -> None:
        super().__init__()
        self._file = path.open("rb", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size
        self._position = 0
        self._reads = reads
        self._budget = budget

    def __enter__(self) -> BoundedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()
        super().close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        position = offset + (0, self._position, self.size)[whence]
        if position < 0:
            raise Malformed("points before its own beginning")
        self._position = position
        return position

    def read(self, size: int | None = -1) -> bytes:
        wanted = self.size - self._position if size is None or size < 0 else size
        if wanted > LARGEST_READ or wanted <= 0 or self._position >= self.size:
            return b""
        self._reads -= 1
        self._budget -= wanted
        if self._reads < 0 or self._budget < 0:
            raise Malformed("has headers that are too large or lead in circles")
        self._file.seek(self._position)
        data = self._file.read(wanted) or b""
        self._position += len(data)
        return data

    def at(self, offset: int, size: int) -> bytes:
        """Return exactly `size` bytes from `offset`; raise Malformed where the file ends before."""
        self.seek(offset)
        data = self.read(size)
        if len(data) != size:
            raise Malformed("is cut short")
        return data

    def text_at(self, offset: int, longest: int) -> str:
        """Return the NUL-terminated text at `offset`, at most `longest` bytes of it."""
        self.seek(offset)
        return self.read(longest).split(b"\0", 1)[0].decode("utf-8", "replace")
