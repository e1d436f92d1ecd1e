"""What one pixel is made of: colour space, bits and transparency, as the file stores it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Pillow's modes: colour space, channels without transparency, transparency, bits of a channel.
_MODES = {
    "1": ("Bilevel", 1, False, 1), "L": ("Greyscale", 1, False, 8), "LA": ("Greyscale", 1, True, 8),
    "La": ("Greyscale", 1, True, 8), "I": ("Greyscale", 1, False, 32), "F": ("Greyscale", 1, False, 32),
    "I;16": ("Greyscale", 1, False, 16), "I;16B": ("Greyscale", 1, False, 16), "I;16L": ("Greyscale", 1, False, 16),
    "P": ("RGB", 1, False, 8), "PA": ("RGB", 1, True, 8), "RGB": ("RGB", 3, False, 8), "RGBA": ("RGB", 3, True, 8),
    "RGBa": ("RGB", 3, True, 8), "RGBX": ("RGB", 3, False, 8), "CMYK": ("CMYK", 4, False, 8),
    "YCbCr": ("YCbCr", 3, False, 8), "LAB": ("Lab", 3, False, 8),
}  # fmt: skip
# Colour types of PNG (ISO/IEC 15948, table 11.1) and photometric interpretations of TIFF (TIFF 6.0, tag 262).
_PNG_TYPES = {0: ("Greyscale", 1, False), 2: ("RGB", 3, False), 3: ("RGB", 1, False), 4: ("Greyscale", 1, True),
              6: ("RGB", 3, True)}  # fmt: skip
_PHOTOMETRIC = {0: "Greyscale", 1: "Greyscale", 2: "RGB", 3: "RGB", 5: "CMYK", 6: "YCbCr", 8: "Lab", 9: "Lab"}
_BITS_PER_SAMPLE, _PHOTOMETRIC_TAG, _SAMPLES, _EXTRA_SAMPLES = 258, 262, 277, 338


@dataclass(frozen=True, slots=True)
class Pixel:
    """Bits of one channel, bits of all of them, and what they stand for."""

    color_space: str
    bit_depth: int
    bits_per_pixel: int
    alpha: bool


def pixel_of(image: Any, form: str, head: bytes) -> Pixel | None:
    """Describe a pixel of an image that Pillow has opened; None where its mode is unknown."""
    if form == "PNG" and len(head) > 25 and head[25] in _PNG_TYPES:
        space, channels, alpha = _PNG_TYPES[head[25]]
        return _pixel(space, channels, alpha, head[24], transparent="transparency" in image.info)
    if form == "TIFF":
        return _of_tiff(image)
    known = _MODES.get(image.mode)
    if known is None:
        return None
    space, channels, alpha, bits = known
    if form == "BMP" and len(head) >= 30 and image.mode == "RGB":
        stored = int.from_bytes(head[28:30], "little")
        return Pixel(space, 8, stored if stored in (24, 32) else 24, alpha)
    return _pixel(space, channels, alpha, bits, transparent="transparency" in image.info)


def _pixel(space: str, channels: int, alpha: bool, bits: int, transparent: bool) -> Pixel:
    if space == "Greyscale" and bits == 1:
        space = "Bilevel"
    return Pixel(space, bits, bits * (channels + alpha), alpha or transparent)


def _of_tiff(image: Any) -> Pixel | None:
    tags = image.tag_v2
    depths = tags.get(_BITS_PER_SAMPLE) or (1,)
    depths = depths if isinstance(depths, tuple) else (depths,)
    space = _PHOTOMETRIC.get(tags.get(_PHOTOMETRIC_TAG, -1))
    samples = tags.get(_SAMPLES, len(depths))
    if space is None or not isinstance(samples, int) or not 1 <= samples <= 32:
        return None
    if space == "Greyscale" and depths[0] == 1:
        space = "Bilevel"
    bits = sum(depths) if len(depths) == samples else depths[0] * samples
    extra = tags.get(_EXTRA_SAMPLES) or ()
    extra = extra if isinstance(extra, tuple) else (extra,)
    return Pixel(space, depths[0], bits, any(kind in (1, 2) for kind in extra))
