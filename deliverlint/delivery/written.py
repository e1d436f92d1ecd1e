"""Reading a small YAML file of the delivery, whatever it holds."""

from __future__ import annotations

from deliverlint.delivery.model import File, Note
from deliverlint.delivery.notebook import Notebook
from deliverlint.delivery.sniff import open_regular
from deliverlint.strictyaml import MAX_CHARACTERS, Node, YamlError, parse

_MOST_BYTES = 4 * MAX_CHARACTERS


def read_yaml(file: File, notes: Notebook) -> Node | None:
    """Return what the file says; where it cannot be read, note why, with the line, and return nothing."""
    if file.obstacle:
        notes.add(file.obstacle)
        return None
    try:
        text = _content(file.place).decode("utf-8-sig")
        return parse(text, notes.file)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        notes.notes.append(Note("manifest-valid", notes.file, "is not UTF-8 text: save it as UTF-8", line))
    except YamlError as error:
        problem = error.problem
        notes.notes.append(Note("manifest-valid", notes.file, problem.message, problem.line))
    except OSError as problem_:
        notes.add(f"cannot be read: {(problem_.strerror or 'unknown error').lower()}")
    return None


def _content(path: str) -> bytes:
    with open_regular(path) as source:
        return source.read(_MOST_BYTES)
