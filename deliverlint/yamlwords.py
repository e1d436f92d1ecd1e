"""What a YAML parser objects to, in words for people who have never heard of scalars and tokens."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from deliverlint.problem import Problem
from deliverlint.wording import printable


def explained(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Return where a text stops being YAML, and why in plain words."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Problem(file, line, 0, f"is not valid YAML: a control character (U+{_code(error):04X}) stands here")
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(file, 0, 0, f"is not valid YAML: {printable(str(error), 120)}")
    problem, context = error.problem_mark, error.context_mark
    here = problem or context
    if here is None:
        return Problem(file, 0, 0, f"is not valid YAML: {printable(str(error), 120)}")
    mark, words = here, _words(f"{error.problem or ''}", f"{error.context or ''}", here, text.splitlines())
    # What is never closed is mended where it opens.
    if context is not None and ("closed" in words or "':' is missing" in words):
        mark = context
    return Problem(file, mark.line + 1, mark.column + 1, f"is not valid YAML: {words}")


def _code(error: yaml.reader.ReaderError) -> int:
    character = error.character
    return character if isinstance(character, int) else ord(character[:1] or "\0")


def _words(problem: str, context: str, mark: yaml.Mark, lines: Sequence[str]) -> str:
    line = lines[mark.line] if mark.line < len(lines) else ""
    character = line[mark.column : mark.column + 1]
    if "tab" in problem or character == "\t":
        return "lines are indented with spaces, and here is a tab"
    if "comment or line break" in problem:
        return "a text that begins with '>' or '|' has to stand in quotes"
    if "cannot start any token" in problem or "mapping keys are not allowed" in problem or "directive" in problem:
        return f"a text that begins with '{printable(character or '%')}' has to stand in quotes"
    if "alias" in context or "anchor" in context:
        return "a text that begins with '*' or '&' has to stand in quotes"
    if "mapping values are not allowed" in problem:
        if ": " in line[: mark.column]:
            return "text that contains ': ' has to stand in quotes"
        return "this line is deeper than the line above, which has a value already or lacks the space behind its ':'"
    if "expected key" in problem or "expected <block end>" in problem:
        if line[: mark.column].strip():
            return (
                "text goes on behind a closing quote or bracket: put the whole of it in quotes (a ' inside '...' twice)"
            )
        return "this line is not indented like the lines that it belongs to"
    if "quoted scalar" in context and "end of stream" in problem:
        return "the quote that opens here is never closed"
    if "flow mapping" in context or "flow sequence" in context:
        bracket = "{" if "mapping" in context else "["
        return f"a ',' is missing behind a value, or the '{bracket}' that opens here is never closed"
    if "flow node" in context:
        return "a value is missing here, or a ',' is too many"
    if "block sequence entries" in problem:
        return "a '-' with a space behind it begins a list: write -27 without the space, or put the text in quotes"
    if "expected '-' indicator" in problem:
        return "a list and keys are mixed: each entry of a list begins with '- '"
    if "expected ':'" in problem:
        return "a ':' is missing behind this word, or the text above goes on here and has to stand in quotes"
    if "escape" in problem:
        return "inside \"...\" a '\\' means something of its own: use '...' instead"
    return printable(problem or context, 160)
