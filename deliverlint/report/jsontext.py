"""Values as JSON text that is safe to print: no raw control, direction-changing or half characters."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import TypeAlias

from deliverlint.values import Json

Encode: TypeAlias = Callable[[Json], str]

# A name may hold a byte that is no UTF-8 (a lone surrogate here) or a sign that turns the text around.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def encoder(ascii_only: bool) -> Encode:
    """Return a function from a value to JSON; what JSON has no word for (infinity) becomes text."""
    dumps = json.JSONEncoder(ensure_ascii=ascii_only, allow_nan=False, default=str).encode

    def encode(value: Json) -> str:
        try:
            text = dumps(value)
        except ValueError:
            text = dumps(_finite(value))
        return text if text.isascii() and "\x7f" not in text else _UNSAFE.sub(_escape, text)

    return encode


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _finite(value: Json) -> Json:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def indented(value: Json, encode: Encode, depth: int = 0, open_to: int = 3) -> str:
    """Write mappings and lists one item a line down to the level `open_to`, the deeper ones on one line."""
    pad = "  " * (depth + 1)
    if depth < open_to and isinstance(value, dict) and value:
        items = [
            f"{pad}{encode(str(key))}: {indented(item, encode, depth + 1, open_to)}" for key, item in value.items()
        ]
        return "{\n" + ",\n".join(items) + "\n" + "  " * depth + "}"
    if depth < open_to and isinstance(value, list) and value:
        items = [f"{pad}{indented(item, encode, depth + 1, open_to)}" for item in value]
        return "[\n" + ",\n".join(items) + "\n" + "  " * depth + "]"
    return encode(value)
