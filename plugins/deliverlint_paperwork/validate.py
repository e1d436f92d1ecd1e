"""A document held against a JSON Schema (draft 2020-12), in plain sentences with lines.

Nothing is fetched: a `$ref` out of the schema is an error. `pattern` is matched by RE2, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema
import re2
from jsonschema import validators
from referencing import Registry
from referencing.exceptions import Unresolvable

from deliverlint.values import Json
from deliverlint.wording import printable
from deliverlint_paperwork import sayings, trouble
from deliverlint_paperwork.structured import Loaded, Place

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class SchemaError(Exception):
    """The schema itself cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where (`prompts.3.seed`, line), in words; `missing` where a field is not there."""

    path: str
    message: str
    line: int = 0
    missing: bool = False

    def sentence(self) -> str:
        """Return it as a sentence that stands alone."""
        return f"line {self.line}: {self.message}" if self.line else self.message


def _pattern(_: Any, pattern: str, instance: Json, __: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not re2.search(pattern, instance):
        yield jsonschema.ValidationError(f"does not match {pattern}")


def _all_required(_: Any, required: list[str], instance: Json, __: Any) -> Iterator[jsonschema.ValidationError]:
    """One error for all that is missing, where the library has one for each."""
    if isinstance(instance, dict) and not instance.keys() >= set(required):
        yield jsonschema.ValidationError("lacks required fields")


_FORMATS = jsonschema.FormatChecker(formats=())


@_FORMATS.checks("date")
def _is_day(value: object) -> bool:
    import datetime

    if not isinstance(value, str):
        return True
    try:
        return bool(_DAY.fullmatch(value)) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


_extend: Any = validators.extend
_Validator: Any = _extend(jsonschema.Draft202012Validator, {"pattern": _pattern, "required": _all_required})


def problems(loaded: Loaded, schema: Mapping[str, Json]) -> list[Problem]:
    """Return what is wrong with a document, at most 25 things, the same thing on several rows once.

    Raises SchemaError where the schema is none, points outside itself or runs in a ring.
    """
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = _Validator(schema, registry=Registry(), format_checker=_FORMATS)
        return _gathered(validator.iter_errors(loaded.data), loaded)
    except jsonschema.SchemaError as error:
        where = ".".join(map(str, error.absolute_path))
        raise SchemaError(f"is not a valid JSON Schema at '{where}': {printable(error.message, 120)}") from None
    except Unresolvable as error:
        raise SchemaError(
            f"points to '{printable(str(error.ref), 80)}', which is not in it; nothing is fetched"
        ) from None
    except RecursionError:
        raise SchemaError("refers to itself without end") from None
    except re2.error as error:
        raise SchemaError(f"has a pattern that RE2 cannot read: {printable(str(error), 120)}") from None


def _gathered(errors: Iterator[jsonschema.ValidationError], loaded: Loaded) -> list[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    more: dict[tuple[str, str], int] = {}
    for error in errors:
        text = sayings.say(error)
        problem = _problem(error, text, loaded)
        # The same mistake in the same column of many rows is one thing to mend.
        key = (re.sub(r"\.\d+(?=\.|$)", "", problem.path), text)
        if key in found:
            more[key] = more.get(key, 0) + 1
            continue
        if len(found) >= trouble.MAX_PROBLEMS:
            break
        found[key] = problem
    return [_with_more(problem, more.get(key, 0)) for key, problem in found.items()]


def _with_more(problem: Problem, more: int) -> Problem:
    if not more:
        return problem
    rest = "1 more time" if more == 1 else f"{more} more times"
    return Problem(problem.path, f"{problem.message} (and {rest})", problem.line, problem.missing)


def _problem(error: Any, text: str, loaded: Loaded) -> Problem:
    place: Place = tuple(error.absolute_path)
    name = _called(place, error.instance)
    message = f"{name} {text}" if name else text
    path = ".".join(map(str, place))
    return Problem(path, printable(message, 300), loaded.line(place), error.validator == "required")


def _called(place: Place, value: Json) -> str:
    """Return what people call a place: its field, or the id, name or number of an entry in a list."""
    field = next((part for part in reversed(place) if isinstance(part, str)), "")
    last = place[-1] if place else None
    if not isinstance(last, int):
        return field
    for key in ("id", "name", "shot", "title"):
        if isinstance(value, dict) and isinstance(value.get(key), str):
            return f"'{printable(value[key], 60)}'"
    return f"entry {last + 1} of {field}" if field else f"entry {last + 1}"
