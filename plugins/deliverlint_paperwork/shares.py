"""Named checks: the shares in each piece of music add up to 100 %."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.units import UNITS, shown
from deliverlint.values import Json
from deliverlint.wording import listed, printable

_TOLERANCE = 0.05  # thirds are written 33.33


def cue_sheet(facts: Mapping[str, Json]) -> str | None:
    """Return which cues' shares do not add up, over all capacities; None where all do."""
    return _off(facts["cue-sheet.cues"], ("cue",), "cue")


def split_sheet(facts: Mapping[str, Json]) -> str | None:
    """Return which works' shares do not add up; recordings (producers, performers) are counted apart."""
    return _off(facts["split-sheet.splits"], ("work",), "")


def _off(records: Json, keys: tuple[str, ...], word: str) -> str | None:
    sums: dict[str, float] = {}
    for record in records or ():
        label = " ".join(str(record.get(key, "")) for key in keys)
        if record.get("capacity") in ("producer", "performer"):
            label = f"{label} (recording)"
        sums[label] = sums.get(label, 0) + float(record.get("share") or 0)
    wrong = [(label, total) for label, total in sums.items() if abs(total - 100) > _TOLERANCE]
    if not wrong:
        return None
    parts = [
        f"shares of {word} {printable(label, 60)}".replace("  ", " ") + f" add up to {shown(total, UNITS['%'], 2)}"
        for label, total in wrong[:5]
    ]
    more = f" (and {len(wrong) - 5} more)" if len(wrong) > 5 else ""
    return f"{listed(parts)}{more}; each has to make 100 %"
