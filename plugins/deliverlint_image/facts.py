"""Facts that are measured of still images."""

from __future__ import annotations

from deliverlint.spec import FactSpec
from deliverlint_image.types import FILE_TYPES

HEADER = "image.header"
COLOR_SPACES = ("RGB", "Greyscale", "CMYK", "YCbCr", "Lab", "Bilevel")
FORMATS = tuple(dict.fromkeys(kind.format for kind in FILE_TYPES))


def _number(name: str, unit: str, label: str, meaning: str, decimals: int | None = None) -> FactSpec:
    return FactSpec(name=name, type="number", unit=unit, decimals=decimals, label=label, meaning=meaning, probe=HEADER)


def _yes_no(name: str, label: str, meaning: str) -> FactSpec:
    return FactSpec(name=name, type="yes/no", label=label, meaning=meaning, probe=HEADER)


FACTS = [
    FactSpec(
        name="image.format",
        type="text",
        label="image format",
        meaning="File format of the image.",
        values=FORMATS,
        probe=HEADER,
    ),
    _number("image.width", "px", "width", "Pixels across, as stored (before any orientation tag)."),
    _number("image.height", "px", "height", "Pixels down, as stored (before any orientation tag)."),
    _number("image.long_side", "px", "longer side", "Pixels of the longer side."),
    _number("image.short_side", "px", "shorter side", "Pixels of the shorter side."),
    _number("image.megapixels", "MP", "picture area", "Width times height, in millions of pixels."),
    _number("image.aspect_ratio", "", "aspect ratio", "Width divided by height, to three decimals.", decimals=3),
    FactSpec(
        name="image.color_space",
        type="text",
        label="colour space",
        meaning="What the channels stand for; pixels that point into a palette count as RGB.",
        values=COLOR_SPACES,
        probe=HEADER,
    ),
    _number("image.bit_depth", "bit", "bits per channel", "Bits of one channel, or of a palette's index."),
    _number("image.bits_per_pixel", "bit", "bits per pixel", "Bits of all channels of a pixel, as stored."),
    FactSpec(
        name="image.icc_profile",
        type="text",
        label="colour profile",
        meaning="Name of the embedded ICC profile; absent where none is embedded.",
        probe=HEADER,
    ),
    _yes_no(
        "image.srgb",
        "sRGB colours",
        "Whether the colours are sRGB: RGB with an sRGB profile or with none, which readers take for sRGB.",
    ),
    _number(
        "image.orientation",
        "",
        "orientation tag",
        "Exif orientation, 1 (upright) to 8; absent where there is no such tag.",
        decimals=0,
    ),
    _yes_no("image.alpha", "transparency", "Whether pixels can be transparent."),
    _yes_no("image.animated", "animation", "Whether there is more than one frame or page."),
    _number("image.frames", "", "number of frames", "How many frames or pages there are.", decimals=0),
    _yes_no("image.progressive", "progressive coding", "Whether a JPEG or PNG is coded to appear in passes."),
    _number("image.dpi", "dpi", "resolution", "Horizontal resolution that is stated; absent where none is."),
    _yes_no("image.complete", "complete file", "Whether the file reaches the end that its format marks."),
    _yes_no("image.exif", "Exif metadata", "Whether Exif metadata is embedded."),
]
