"""Quick starts: the catalogue and rulesets as they were last built, while nothing that they came from has changed.

One file for each under `compiled/` in the cache folder. It holds stamps (path, time and size of everything that
the value was made of) and the value, pickled. Only this program's own frozen values are unpickled; functions of
plugins are kept by name and imported when they are called. Anything odd is a miss, never an error.
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import pickle
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import FunctionType
from typing import Any, TypeAlias

from deliverlint import __version__
from deliverlint.frozen import frozen

FOLDER = "compiled"
_SUFFIX = ".value"
# A file this young may change again within one tick of its clock, and look the same.
_SETTLED_NS = 2_000_000_000
_MAX_FILES = 200
_VALUES = (
    "deliverlint.spec",
    "deliverlint.units",
    "deliverlint.catalogue.model",
    "deliverlint.ruleset.model",
    "deliverlint.cli.compiled",
)

Stamp: TypeAlias = tuple[str, int, int]


@frozen
class Named:
    """A function of a plugin, imported when it is called."""

    module: str
    name: str

    def __call__(self, *arguments: Any) -> Any:
        return getattr(importlib.import_module(self.module), self.name)(*arguments)


def stamp(path: str | Path) -> Stamp:
    """Return what a file or folder looks like from outside; -1 where it is not there."""
    try:
        found = Path(path).stat()
    except OSError:
        return (str(path), -1, -1)
    return (str(path), found.st_mtime_ns, found.st_size)


def environment_stamps() -> list[Stamp]:
    """Stamps of everything that the catalogue came from: import folders (an install changes them) and modules."""
    tops = {"deliverlint"}
    with suppress(ImportError):
        from importlib.metadata import entry_points

        tops |= {point.module.partition(".")[0] for point in entry_points(group="deliverlint")}
    files = {
        module.__file__
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in tops and getattr(module, "__file__", None)
    }
    return [stamp(folder or os.curdir) for folder in sys.path] + [stamp(file) for file in sorted(filter(None, files))]


def digest(stamps: Iterable[Stamp]) -> str:
    return blake2b(repr(sorted(stamps)).encode(), digest_size=16).hexdigest()


def recall(folder: Path | None, key: str) -> Any:
    """Return the value kept under a key, if everything that it was made of is as it was; else None."""
    if folder is None:
        return None
    try:
        data = _place(folder, key).read_bytes()
        split = 16 + int.from_bytes(data[:8], "big")
        head = json.loads(data[16:split])
        stamps = [(path, modified, size) for path, modified, size in head["stamps"]]
        if head["key"] != _full(key) or data[8:16] != _sum(data[16:]) or any(stamp(each[0]) != each for each in stamps):
            return None
        gc.disable()  # thousands of small values at once, none of them garbage
        try:
            return _Unpickler(io.BytesIO(data[split:])).load()
        finally:
            gc.enable()
    except Exception:  # absent, damaged, of another version: it is built anew
        return None


def keep(folder: Path | None, key: str, stamps: list[Stamp], value: Any) -> None:
    """Keep a value for the next run; where that is not possible the next run builds it again."""
    now = time.time_ns()
    if folder is None or any(now - each[1] < _SETTLED_NS for each in stamps):
        return
    try:
        head = json.dumps({"stamps": stamps, "key": _full(key)}).encode()
        body = io.BytesIO()
        _Pickler(body, protocol=5).dump(value)
        data = head + body.getvalue()
        place = _place(folder, key)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = place.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(len(head).to_bytes(8, "big") + _sum(data) + data)
        temporary.replace(place)
        _prune(place.parent)
    except (OSError, pickle.PicklingError, AttributeError, TypeError):
        return


def clear(folder: Path | None) -> int:
    """Delete what was kept and return how many bytes that frees; raises OSError where it cannot be deleted."""
    freed = 0
    for file in (folder / FOLDER).glob("*") if folder else ():
        freed += file.stat().st_size
        file.unlink()
    return freed


def _prune(folder: Path) -> None:
    files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime)
    for file in files[:-_MAX_FILES]:
        file.unlink(missing_ok=True)


def _full(key: str) -> str:
    # Two environments may share one cache folder: each has its own plugins.
    return f"{__version__} {sys.version_info[:3]} {sys.path} {key}"


def _place(folder: Path, key: str) -> Path:
    return folder / FOLDER / (blake2b(_full(key).encode(), digest_size=16).hexdigest() + _SUFFIX)


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).digest()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, FunctionType):
            if "<" in value.__qualname__:
                raise pickle.PicklingError("a function without a name")
            return Named, (value.__module__, value.__qualname__)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Let nothing in but the frozen values of this program, and paths."""
        if "." not in name and (module in _VALUES or module == "pathlib"):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of this program")
