"""Probe `image.header`: what the header of an image says. No pixel is decoded."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_image.ending import is_complete
from deliverlint_image.errors import Unreadable
from deliverlint_image.facts import FACTS
from deliverlint_image.icon import read_icon
from deliverlint_image.pixels import pixel_of
from deliverlint_image.profile import is_srgb, profile_name
from deliverlint_image.webp import read_webp

# Pillow's plugins for each format; nothing else is tried, whatever the bytes look like to it.
_PILLOW = {
    "JPEG": ("JPEG",), "PNG": ("PNG",), "GIF": ("GIF",), "TIFF": ("TIFF",), "BMP": ("BMP",), "AVIF": ("AVIF",),
    "JPEG 2000": ("JPEG2000",),
}  # fmt: skip
# Formats that Pillow reads whole to open them.
_READ_WHOLE, _MAX_WHOLE = ("AVIF", "JPEG 2000"), 128 << 20
# Of an icon: all but the file as such.
_FACTS = {spec.name for spec in FACTS} - {"image.format", "image.complete"}
_ORIENTATION_TAG, _EXIF_TAG = 274, 34665
# (offsets, lengths) of a TIFF's strips and tiles
_PIECES = ((273, 279), (324, 325))
# What Pillow raises over damaged files, besides its own UnidentifiedImageError (an OSError).
_PILLOWS_COMPLAINTS = (
    OSError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, RuntimeError, EOFError, struct.error,
)  # fmt: skip


def measure(source: Source, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    """Measure the wanted facts of one image; `image.format` and `image.complete` also where the rest is unreadable."""
    if not source.format:
        return dict.fromkeys(wanted, Unmeasured("its first bytes show no known format: it is damaged or misnamed"))
    facts: dict[str, Json | Unmeasured] = {"image.format": source.format}
    with source.path.open("rb") as stream, warnings.catch_warnings(action="ignore"):
        try:
            complete = is_complete(stream, source.format)
            unknown = Unmeasured(f"is {source.format}, whose end is not looked for here")
            facts["image.complete"] = unknown if complete is None else complete
            stream.seek(0)
            facts |= _read(stream, source.format, wanted)
        except Unreadable as problem:
            reason = Unmeasured(str(problem))
            if facts["image.complete"] is True:  # what has no header has no end either
                facts["image.complete"] = reason
            return {name: facts.get(name, reason) for name in wanted}
    return {name: facts.get(name) for name in wanted}


def _read(stream: BinaryIO, form: str, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    if form == "WebP":
        return _of_webp(stream)
    if form == "ICO":
        return _of_icon(stream)
    return _of_pillow(stream, form, wanted)


def _of_pillow(stream: BinaryIO, form: str, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    if form not in _PILLOW:
        raise Unreadable(f"is {form}, which is recognised but not read; hand over a flat JPEG, PNG or TIFF")
    head = stream.read(64)
    if form in _READ_WHOLE and stream.seek(0, 2) > _MAX_WHOLE:
        raise Unreadable(f"is a {form} image of more than {_MAX_WHOLE >> 20} MiB, which is not read")
    stream.seek(0)
    with _opened(stream, form) as image:
        pixel = pixel_of(image, form, head)
        unknown = Unmeasured(f"has pixels of a kind that is not known here ({image.mode})")
        name = profile_name(image.info.get("icc_profile"))
        frames = _frames(image, form) if wanted & {"image.frames", "image.animated"} else 1
        exif = image.info.get("exif")
        orientation = image.tag_v2.get(_ORIENTATION_TAG) if form == "TIFF" else _orientation(exif)
        complete = {"image.complete": _tiff_is_complete(image, stream.seek(0, 2))} if form == "TIFF" else {}
        return (
            _of_size(*image.size)
            | complete
            | {
                "image.color_space": pixel.color_space if pixel else unknown,
                "image.bit_depth": pixel.bit_depth if pixel else unknown,
                "image.bits_per_pixel": pixel.bits_per_pixel if pixel else unknown,
                "image.alpha": pixel.alpha if pixel else unknown,
                "image.icc_profile": name,
                "image.srgb": is_srgb(pixel.color_space, name) if pixel else unknown,
                "image.orientation": orientation if isinstance(orientation, int) else None,
                "image.exif": bool(exif) or (form == "TIFF" and _EXIF_TAG in image.tag_v2),
                "image.frames": frames,
                "image.animated": frames > 1,
                "image.progressive": bool(image.info.get("progressive") or image.info.get("interlace")),
                "image.dpi": _dpi(image.info.get("dpi")),
            }
        )


def _of_webp(stream: BinaryIO) -> dict[str, Json | Unmeasured]:
    found = read_webp(stream)
    name = profile_name(found.icc_profile)
    return _of_size(found.width, found.height) | {
        "image.color_space": "RGB",
        "image.bit_depth": 8,
        "image.bits_per_pixel": 32 if found.alpha else 24,
        "image.alpha": found.alpha,
        "image.icc_profile": name,
        "image.srgb": is_srgb("RGB", name),
        "image.orientation": _orientation(found.exif),
        "image.exif": found.exif is not None,
        "image.frames": found.frames,
        "image.animated": found.frames > 1,
        "image.progressive": False,
        "image.dpi": None,
    }


def _of_icon(stream: BinaryIO) -> dict[str, Json | Unmeasured]:
    icon = read_icon(stream)
    inside = Unmeasured("is an icon: this stands inside its pictures, which are not read")
    return (
        dict.fromkeys(_FACTS, inside)
        | _of_size(icon.width, icon.height)
        | {
            "image.frames": icon.pictures,
            "image.animated": False,
        }
    )


def _of_size(width: int, height: int) -> dict[str, Json | Unmeasured]:
    if width <= 0 or height <= 0:
        raise Unreadable(f"is damaged: its header says {width} × {height} pixels")
    return {
        "image.width": width,
        "image.height": height,
        "image.long_side": max(width, height),
        "image.short_side": min(width, height),
        "image.megapixels": width * height / 1e6,
        "image.aspect_ratio": width / height,
    }


@contextmanager
def _opened(stream: BinaryIO, form: str) -> Iterator[Any]:
    """Open an image by Pillow, its complaints turned into Unreadable.

    Pillow refuses very large images because they might be decoded; here they are not, so their size is told.
    """
    from PIL import Image

    bound, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with Image.open(stream, formats=_PILLOW[form]) as image:
            yield image
    except _PILLOWS_COMPLAINTS as problem:
        if "Decompressed data too large" in str(problem):
            raise Unreadable("hides more compressed metadata than an honest image has") from problem
        raise Unreadable(f"is damaged or cut short: its {form} header cannot be read") from problem
    finally:
        Image.MAX_IMAGE_PIXELS = bound


def _frames(image: Any, form: str) -> int:
    # Pillow takes the second picture of a stereo or motion photo for a frame of the JPEG.
    return 1 if form == "JPEG" else int(getattr(image, "n_frames", 1) or 1)


def _tiff_is_complete(image: Any, size: int) -> bool:
    """All strips or tiles of the first picture lie inside the file."""
    for offsets_tag, lengths_tag in _PIECES:
        offsets, lengths = (_tuple(image.tag_v2.get(tag)) for tag in (offsets_tag, lengths_tag))
        if offsets and len(offsets) == len(lengths):
            return all(offset + length <= size for offset, length in zip(offsets, lengths, strict=True))
    return False


def _tuple(value: Any) -> tuple[int, ...]:
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(item for item in values if isinstance(item, int))


def _orientation(exif: bytes | None) -> int | None:
    if not exif:
        return None
    from PIL import Image

    tags = Image.Exif()
    try:
        tags.load(exif)
        value = tags.get(_ORIENTATION_TAG)
    except _PILLOWS_COMPLAINTS:
        return None  # Exif that cannot be read turns no image
    return value if isinstance(value, int) else None


def _dpi(stated: Any) -> float | None:
    try:
        horizontal = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return horizontal if 1 < horizontal < 1e6 else None
