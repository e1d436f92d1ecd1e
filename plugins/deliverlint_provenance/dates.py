"""Named checks: a consent and a service's terms have to be older than the use that rests on them."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.values import Json
from deliverlint.wording import listed, printable

_SHOWN = 5


def consent_before_use(facts: Mapping[str, Json]) -> str | None:
    """Return who signed after the use began; None where nobody did. A missing date is another rule's matter."""
    return _late(facts["provenance.people"], "signed", "used_from", "signed on {}, but the likeness was used from {}")


def terms_before_use(facts: Mapping[str, Json]) -> str | None:
    """Return of which tools the terms were saved after the first use; None where of none."""
    return _late(facts["provenance.tools"], "terms_dated", "first_used", "has terms of {}, but was used from {}")


def _late(records: Json, before: str, after: str, words: str) -> str | None:
    found = [
        f"{printable(str(record.get('name', '')), 60)} {words.format(record[before], record[after])}"
        for record in records or ()
        if record.get(before) and record.get(after) and record[before] > record[after]
    ]
    more = f" (and {len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
    return listed(found[:_SHOWN]) + more if found else None
