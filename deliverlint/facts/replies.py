"""What a probe returned, or raised, as the reply that goes back: every wanted fact gets a value or a reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from deliverlint.facts.answers import Kind
from deliverlint.facts.guard import Refused
from deliverlint.values import Json, Unmeasured
from deliverlint.wording import printable

MAX_DEPTH = 32
Reply = dict[str, tuple[Kind, Json]]


class NoJson(Exception):
    """A value that cannot be written as JSON; the message ends the sentence "the reader answered with ..."."""


def all_failed(wanted: Iterable[str], reason: str) -> Reply:
    """Return the reply that gives every wanted fact the same reason."""
    return dict.fromkeys(wanted, ("failed", reason))


def from_answer(answer: Any, wanted: Iterable[str]) -> Reply:
    """Return the reply for what a probe returned; facts that nobody asked for are left out."""
    if not isinstance(answer, Mapping):
        return all_failed(wanted, f"the reader answered with {_type(answer)} instead of facts; this is a mistake in it")
    return {name: _fact(answer, name) for name in wanted}


def _fact(answer: Mapping[Any, Any], name: str) -> tuple[Kind, Json]:
    if name not in answer:
        return "failed", "the reader gave no answer for it; this is a mistake in it"
    value = answer[name]
    if isinstance(value, Unmeasured):
        reason = printable(str(value.reason))
        # What is installed may change while the file stays the same.
        return ("failed" if reason.startswith("needs the ") else "unmeasured"), reason
    try:
        return "value", plain(value)
    except NoJson as problem:
        return "failed", f"the reader answered with {problem}"


def plain(value: Any, depth: int = 0) -> Json:
    """Return a value as plain JSON (tuples as lists); raise NoJson where it is none."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        if not _is_number(value):
            raise NoJson(f"what is not a number ({value if isinstance(value, float) else 'too large'})")
        return value
    if depth > MAX_DEPTH:
        raise NoJson(f"a value that is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NoJson("a mapping whose keys are no text; this is a mistake in it")
        return {key: plain(item, depth + 1) for key, item in value.items()}
    raise NoJson(f"{_type(value)}, which cannot be a fact; this is a mistake in it")


def _is_number(value: int | float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer beyond every float
        return False


def _type(value: Any) -> str:
    return f"a value of type '{printable(type(value).__name__, 60)}'"


def reason_for(problem: BaseException, module: str, extra: str, memory_mb: int) -> str:
    """Say in plain words why a probe that raised `problem` has no answer."""
    if isinstance(problem, Refused):
        return f"the reader {problem}"
    if isinstance(problem, ImportError):
        return _missing(problem, module, extra)
    if isinstance(problem, MemoryError):
        return f"needs more than {memory_mb} MB of memory to be read"
    if isinstance(problem, RecursionError):
        return "is nested too deeply to be read"
    if isinstance(problem, OSError) and problem.strerror:
        return f"could not be read: {printable(problem.strerror)}"  # without the path of the machine
    try:
        message = printable(str(problem), 300)
    except Exception:
        message = ""
    kind = printable(type(problem).__name__, 60)
    return f"could not be read: {kind}: {message}" if message else f"could not be read: {kind}"


def _missing(problem: ImportError, module: str, extra: str) -> str:
    name = printable(problem.name or "", 60)
    if name and (module == name or module.startswith(f"{name}.")):
        return f"the reader '{module}' is not installed"
    if extra:
        return f"needs the extra '{extra}': pip install 'deliverlint[{extra}]'"
    if isinstance(problem, ModuleNotFoundError) and name:
        return f"needs the library '{name}', which is not installed"
    return f"needs the library '{name}', which cannot be loaded: {printable(str(problem), 200)}"
