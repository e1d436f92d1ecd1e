"""A row of the facts cache: facts and reasons as JSON, with a checksum in front."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import TypeAlias

from deliverlint.values import Json, Unmeasured

Entry: TypeAlias = Mapping[str, Json | Unmeasured]

_CHECKSUM = 8


def encode(key: bytes, entry: Entry) -> bytes:
    """Return the row of what is known under a key."""
    values = {name: value for name, value in entry.items() if not isinstance(value, Unmeasured)}
    reasons = {name: value.reason for name, value in entry.items() if isinstance(value, Unmeasured)}
    content = json.dumps([values, reasons], separators=(",", ":")).encode()
    return _checksum(key, content) + content


def decode(key: bytes, row: object) -> Entry | None:
    """Return a row's facts; None where it is damaged, as if it were not there."""
    if not isinstance(row, bytes) or row[:_CHECKSUM] != _checksum(key, content := row[_CHECKSUM:]):
        return None
    values, reasons = json.loads(content)
    return {**values, **{name: Unmeasured(reason) for name, reason in reasons.items()}}


def _checksum(key: bytes, content: bytes) -> bytes:
    """sqlite notices a damaged page only where its structure suffers; one flipped bit in a number is a wrong fact."""
    return blake2b(key + content, digest_size=_CHECKSUM).digest()
