"""The facts cache: one sqlite file that outlives the run. It may fail in any way without anything else failing.

A row holds what is known under one key (see memory.py): a digest of content, probe, version and options. Two runs
may use the file at once; each write is one short transaction.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from deliverlint.facts.cacherows import Entry, decode, encode
from deliverlint.wording import printable

if TYPE_CHECKING:
    import sqlite3

FOLDER_VARIABLE = "DELIVERLINT_CACHE_DIR"
# Another layout of rows is another file, so that two versions of deliverlint can live side by side.
SCHEMA_VERSION = 1
MAX_BYTES = 200_000_000
MAX_ROW = 16_000_000
BUSY_SECONDS = 2.0
_DAY = 86_400
# What Python's sqlite3 itself trips over in a damaged file: texts that are not UTF-8, values of another type.
_DAMAGE = (ValueError, TypeError, OverflowError)
_CHUNK = 900  # sqlite before 3.32 takes at most 999 parameters
_TAG = """Signature: 8a477f597d28d172789f06886806bc55
# This folder holds the facts cache of deliverlint; backups can leave it out.
# `deliverlint clean` empties it.
"""


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Return where the cache lies: what DELIVERLINT_CACHE_DIR says, else the platform's place; None without a home."""
    if chosen := environ.get(FOLDER_VARIABLE):
        return Path(chosen).absolute()
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "deliverlint" / "Cache"
    if platform == "darwin":
        return home / "Library" / "Caches" / "deliverlint"
    base = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    # The XDG specification has relative paths ignored.
    return (base if base.is_absolute() else home / ".cache") / "deliverlint"


def clear(folder: Path | None) -> int:
    """Delete the cache's own files, whatever else lies there; return how many bytes that frees.

    Raises OSError where a file cannot be deleted.
    """
    freed = 0
    for file in folder.glob("facts-*.sqlite*") if folder else ():
        freed += file.stat().st_size
        file.unlink()
    return freed


class Cache:
    """A context manager over the cache file, opened at the first use.

    `problem` is empty until something goes wrong: then it is one sentence for the user, and the cache neither
    answers nor remembers any more.
    """

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self.problem = ""
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._has_written = False

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def look_up(self, keys: Collection[bytes]) -> dict[bytes, Entry]:
        """Return what is known under those of the keys that are there."""
        import sqlite3

        found: dict[bytes, Entry] = {}
        with self._lock:
            try:
                if keys and (connection := self._open()):
                    self._look_up(connection, list(keys), found)
            except (sqlite3.Error, OSError, *_DAMAGE) as problem:
                self._give_up(problem)
        return found

    def store(self, entries: Mapping[bytes, Entry]) -> None:
        """Add facts to what is known under each key."""
        import sqlite3

        with self._lock:
            try:
                if entries and (connection := self._open()):
                    self._store(connection, entries)
            except (sqlite3.Error, OSError, *_DAMAGE) as problem:
                self._give_up(problem)

    def close(self) -> None:
        """Bound the size of the file and close it."""
        if self._connection is None:
            return
        import sqlite3

        with self._lock:
            try:
                if self._has_written:
                    self._prune(self._connection)
                self._connection.close()
            except (sqlite3.Error, OSError, *_DAMAGE) as problem:
                self._give_up(problem)
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        import sqlite3

        if self._connection or self.problem:
            return self._connection
        if self._folder is None:
            raise OSError(0, "there is no home folder to keep it in")
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tag = self._folder / "CACHEDIR.TAG"
        if not tag.exists():
            tag.write_text(_TAG, encoding="utf-8")
        connection = sqlite3.connect(
            self._folder / f"facts-{SCHEMA_VERSION}.sqlite",
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        self._connection = connection
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'known'").fetchone():
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            # Another run may be at it this moment, or the file system have no shared memory: slower, not wrong.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS known (key BLOB PRIMARY KEY, facts BLOB NOT NULL, used INTEGER NOT NULL)"
                " WITHOUT ROWID"
            )
        # Losing the last facts in a power cut costs a measurement, not the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _look_up(self, connection: sqlite3.Connection, keys: list[bytes], found: dict[bytes, Entry]) -> None:
        now = int(time.time())
        long_unused = []
        for key, row, used in _rows(connection, keys):
            entry = decode(key, row)
            if entry is not None:
                found[key] = entry
                # Once a day is often enough to tell old from new, and a warm run writes nothing.
                if now - used > _DAY:
                    long_unused.append((now, key))
        if long_unused:
            with _transaction(connection):
                connection.executemany("UPDATE known SET used = ? WHERE key = ?", long_unused)

    def _store(self, connection: sqlite3.Connection, entries: Mapping[bytes, Entry]) -> None:
        now = int(time.time())
        with _transaction(connection):
            there = {key: decode(key, row) or {} for key, row, _ in _rows(connection, list(entries))}
            rows = [(key, encode(key, {**there.get(key, {}), **entry}), now) for key, entry in entries.items()]
            connection.executemany(
                "INSERT OR REPLACE INTO known (key, facts, used) VALUES (?, ?, ?)",
                [row for row in rows if len(row[1]) <= MAX_ROW],
            )
        self._has_written = True

    def _prune(self, connection: sqlite3.Connection) -> None:
        """Drop what was longest not used, a quarter of the rows at a time, until the file is small enough."""
        while self._size(connection) > self._max_bytes:
            with _transaction(connection):
                dropped = connection.execute(
                    "DELETE FROM known WHERE key IN"
                    " (SELECT key FROM known ORDER BY used LIMIT (SELECT (count(*) + 3) / 4 FROM known))"
                ).rowcount
            connection.executescript("PRAGMA incremental_vacuum")  # `execute` would give back one page only
            if not dropped:
                return

    def _size(self, connection: sqlite3.Connection) -> int:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def _give_up(self, problem: Exception) -> None:
        what = "it is damaged" if isinstance(problem, _DAMAGE) else getattr(problem, "strerror", None) or str(problem)
        self.problem = (
            f"the facts cache in {self._folder} cannot be used ({printable(what, 200)}); everything is measured afresh"
            " (`deliverlint clean` starts a new cache, --no-cache does without)"
        )
        connection, self._connection = self._connection, None
        if connection:
            import sqlite3

            with suppress(sqlite3.Error, *_DAMAGE):
                connection.close()


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:  # Ctrl-C too must not leave it half done for whoever writes next
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _rows(connection: sqlite3.Connection, keys: list[bytes]) -> Iterator[tuple[bytes, object, int]]:
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        yield from connection.execute(f"SELECT key, facts, used FROM known WHERE key IN ({marks})", chunk)
