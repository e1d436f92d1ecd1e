"""Probe `document.schema`: a structured document held against the JSON Schema of one rule."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_paperwork import derive, fields, validate
from deliverlint_paperwork.structured import Loaded
from deliverlint_paperwork.trouble import UnreadableError


def measure(source: Source, wanted: frozenset[str]) -> Mapping[str, Json | Unmeasured]:
    """Measure what is wrong: a list of {message, path, line}, empty where the document fits the schema.

    The document is read by the fields of its kind where the rule's schema does not say how.
    """
    schema: Mapping[str, Json] = source.options.get("schema") or {}
    own: Mapping[str, Json] = source.options.get("fields") or {}
    try:
        loaded = fields.read(source, own if own.get("properties") else schema)
        filled = Loaded(derive.with_defaults(loaded.data, own), loaded.lines)
        found = validate.problems(filled, schema)
    except UnreadableError as problem:
        return dict.fromkeys(wanted, Unmeasured(str(problem)))
    except validate.SchemaError as problem:
        return dict.fromkeys(wanted, Unmeasured(f"the rule's schema {problem}"))
    records = [
        {"message": problem.message, "path": problem.path, **({"line": problem.line} if problem.line else {})}
        for problem in found
    ]
    return dict.fromkeys(wanted, records)
