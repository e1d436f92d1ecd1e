"""Reading MediaInfo's values: all of them are text or numbers of a hostile file."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

_TIMECODE = re.compile(r"\d\d:\d\d:\d\d[:;]\d\d\d?")
_LEVEL = re.compile(r"L?(\d{1,2}(?:\.\d)?)")
# MediaInfo prints three decimals: an NTSC rate is recognised within half of the last.
_NTSC = [Fraction(nominal * 1000, 1001) for nominal in (24, 30, 48, 60, 120)]


def number(value: Any) -> float | None:
    """Return a finite number above zero, else None."""
    try:
        found = float(str(value).split("/")[0].strip())
    except ValueError:
        return None
    return found if math.isfinite(found) and found > 0 else None


def frame_rate(track: dict[str, Any]) -> float | None:
    """Return frames a second, exact where the header holds a fraction."""
    top, bottom = number(track.get("framerate_num")), number(track.get("framerate_den"))
    if top and bottom:
        return top / bottom
    rate = number(track.get("frame_rate"))
    if rate is None:
        return None
    return next((float(exact) for exact in _NTSC if abs(rate - exact) <= 0.0006), rate)


def profile_and_level(value: Any) -> tuple[str, float | None, str]:
    """Split `High@L4.1`, `Main 10@L5.1@High`, `Main@High`: (profile, level as a number, level as it is named)."""
    parts = [part.strip() for part in str(value or "").split("@")]
    named = parts[1] if len(parts) > 1 else ""
    match = _LEVEL.fullmatch(named)
    return parts[0], float(match[1]) if match else None, named


def start_timecode(tracks: list[dict[str, Any]], picture: dict[str, Any]) -> str | None:
    """Return the first frame's timecode: a timecode track before the stream's own."""
    others = [track for track in tracks if track.get("track_type") == "Other" and track.get("type") == "Time code"]
    for track in (*others, picture):
        found = str(track.get("time_code_of_first_frame") or "")
        if _TIMECODE.fullmatch(found):
            return found
    return None
