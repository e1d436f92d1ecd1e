"""Lines of YAML for people to fill in: values that read back as they were, comments, and examples."""

from __future__ import annotations

import json
import re
import textwrap

from deliverlint.spec import FactSpec
from deliverlint.values import Json

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./()+ -]*", re.ASCII)
_WIDTH = 100
_EXAMPLES = {
    "text": "text",
    "number": "1",
    "yes/no": "yes or no",
    "date": "2026-11-30",
    "texts": "[one, two]",
    "numbers": "[1, 2]",
}


def quoted(text: str) -> str:
    """Return a text as YAML reads it back."""
    if not text.isprintable():
        return json.dumps(text)
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() != "null":
        return text
    return "'" + text.replace("'", "''") + "'"


def yaml_value(value: Json) -> str:
    """Return a declared value in one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return f"[{', '.join(yaml_value(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {yaml_value(item)}" for key, item in value.items()) + "}"
    return quoted(str(value))


def comment(text: str, indent: str = "", inner: str = "") -> list[str]:
    """Return a comment on lines of its own, wrapped."""
    before = f"{indent}# {inner}"
    return textwrap.wrap(
        " ".join(text.split()), _WIDTH, initial_indent=before, subsequent_indent=before,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def example(spec: FactSpec) -> str:
    """Return what a value of a fact may look like."""
    if spec.values:
        return f"[{', '.join(spec.values[:3])}]" if spec.type == "texts" else " or ".join(spec.values[:4])
    return _EXAMPLES.get(spec.type, "...") + (f" {spec.unit}" if spec.unit else "")
