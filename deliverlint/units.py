"""Quantities with units, as delivery specifications write them."""

from __future__ import annotations

import re

from deliverlint.frozen import frozen

_NTSC = {"23.976": 24, "23.98": 24, "29.97": 30, "47.952": 48, "47.95": 48, "59.94": 60, "119.88": 120}


@frozen
class Unit:
    """A unit, the dimension it measures and its size in that dimension's base unit."""

    symbol: str
    dimension: str
    factor: float = 1.0
    decimals: int = 0  # how many a value in this unit is shown, and therefore judged, with


@frozen
class Quantity:
    """A number with a unit, and the text it was written as."""

    number: float
    unit: Unit
    text: str

    def to(self, unit: Unit) -> float:
        """Return the number in another unit of the same dimension."""
        if unit.symbol == self.unit.symbol:
            return self.number
        return self.number * self.unit.factor / unit.factor


NO_UNIT = Unit("", "number")
FRAME = Unit("frame", "frames")

_TABLE: list[tuple[Unit, tuple[str, ...]]] = [
    (NO_UNIT, ()),
    (FRAME, ("frames",)),
    (Unit("s", "time", 1, 3), ("sec", "second", "seconds")),
    (Unit("ms", "time", 1e-3, 0), ()),
    (Unit("min", "time", 60, 3), ("minute", "minutes")),
    (Unit("h", "time", 3600, 4), ("hour", "hours")),
    (Unit("days", "days", 1, 0), ("day",)),
    (Unit("Hz", "frequency", 1, 0), ()),
    (Unit("kHz", "frequency", 1e3, 3), ()),
    (Unit("fps", "frame rate", 1, 3), ()),
    (Unit("b/s", "bit rate", 1, 0), ("bps", "bit/s")),
    (Unit("kb/s", "bit rate", 1e3, 0), ("kbps", "kbit/s")),
    (Unit("Mb/s", "bit rate", 1e6, 2), ("Mbps", "Mbit/s")),
    (Unit("B", "size", 1, 0), ("byte", "bytes")),
    (Unit("kB", "size", 1e3, 1), ("KB",)),
    (Unit("MB", "size", 1e6, 2), ()),
    (Unit("GB", "size", 1e9, 3), ()),
    (Unit("KiB", "size", 2**10, 1), ()),
    (Unit("MiB", "size", 2**20, 2), ()),
    (Unit("GiB", "size", 2**30, 3), ()),
    (Unit("LUFS", "loudness", 1, 1), ("LKFS",)),
    (Unit("LU", "loudness difference", 1, 1), ()),
    (Unit("dBTP", "true peak", 1, 1), ()),
    (Unit("dBFS", "level", 1, 1), ()),
    (Unit("dB", "level difference", 1, 1), ()),
    (Unit("%", "share", 1, 1), ("percent",)),
    (Unit("px", "pixels", 1, 0), ("pixel", "pixels")),
    (Unit("MP", "picture area", 1, 2), ("megapixels",)),
    (Unit("bit", "bit depth", 1, 0), ("bits", "bpp")),
    (Unit("dpi", "resolution", 1, 0), ("ppi",)),
    (Unit("in", "length", 25.4, 3), ("inch", "inches")),
    (Unit("mm", "length", 1, 2), ()),
    (Unit("pt", "length", 25.4 / 72, 2), ()),
    (Unit("cps", "reading speed", 1, 1), ()),
    (Unit("cd/m²", "luminance", 1, 1), ("nits", "nit", "cd/m2")),
    (Unit("rpm", "speed", 1, 2), ()),
    (Unit("words", "words", 1, 0), ("word",)),
    (Unit("characters", "characters", 1, 0), ("character",)),
    (Unit("lines", "lines", 1, 0), ("line",)),
]
UNITS: dict[str, Unit] = {name: unit for unit, aliases in _TABLE for name in (unit.symbol, *aliases)}

# A difference between two values of the first dimension is measured in the second.
_DIFFERENCE = {
    "loudness": ("loudness difference", "level difference"),
    "true peak": ("level difference", "loudness difference"),
    "level": ("level difference",),
}

# Thousands may be set apart by commas, spaces or `_`, in groups of three: `0,5` is no number here, and never 5.
_QUANTITY = re.compile(
    r"([+-]?(?:[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+|(?:_\d{3})+)|\d+)(?:\.\d+)?|[+-]?\.\d+)\s*([^\d\s].*)?", re.ASCII
)
_GROUPING = str.maketrans("", "", ",_ ")
# No figure of a delivery is longer; beyond, arithmetic would overflow.
_MAX_DIGITS = 40
_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Fold the signs and spaces that specifications are typeset with into the plain ones."""
    for typeset, plain in (("−", "-"), ("≥", ">="), ("≤", "<="), ("+/-", "±"), ("+-", "±")):
        text = text.replace(typeset, plain)
    return _SPACES.sub(" ", text).strip()


def quantity(text: str, default: Unit = NO_UNIT) -> Quantity | None:
    """Read `-2 dBTP`, `23.976 fps`, `10 %`, `1,920`; None where the text is no number with a known unit.

    A number without a unit is in `default`. NTSC frame rates are the exact n·1000/1001.
    """
    match = _QUANTITY.fullmatch(text)
    if not match or len(match[1]) > _MAX_DIGITS:
        return None
    digits, symbol = match[1].translate(_GROUPING), match[2]
    unit = UNITS.get(symbol.strip()) if symbol else default
    if unit is None or (unit.dimension == "frame rate" and "," in match[1]):  # `23,976 fps` is no rate of thousands
        return None
    number = float(digits)
    if unit.dimension == "frame rate" and digits in _NTSC:
        number = _NTSC[digits] * 1000 / 1001
    return Quantity(number, unit, text)


def comparable(unit: Unit, fact_unit: Unit) -> bool:
    """Say whether a quantity in `unit` can be held against a fact in `fact_unit`."""
    return unit.dimension == fact_unit.dimension


def is_difference(unit: Unit, fact_unit: Unit) -> bool:
    """Say whether `unit` can measure the tolerance of a fact in `fact_unit` (LU for LUFS, dB for dBTP)."""
    return unit.dimension == fact_unit.dimension or unit.dimension in _DIFFERENCE.get(fact_unit.dimension, ())


def shown(number: float, unit: Unit, decimals: int | None = None) -> str:
    """Print a number as it is judged: rounded to its decimals, without trailing zeros, with its unit."""
    places = unit.decimals if decimals is None else decimals
    text = f"{number:.{places}f}"
    if "." in text and places > 1:
        text = text.rstrip("0").rstrip(".")
    if float(text) == 0:
        text = text.lstrip("-")
    return f"{text} {unit.symbol}".rstrip()
