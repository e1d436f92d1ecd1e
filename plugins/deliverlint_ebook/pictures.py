"""Pictures: format, size and colour space from their first bytes; no pixel is decoded."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import GifImagePlugin, ImageFile, JpegImagePlugin, PngImagePlugin

_SPACES = {
    "1": "Bilevel", "L": "Greyscale", "LA": "Greyscale", "I": "Greyscale", "I;16": "Greyscale", "I;16B": "Greyscale",
    "P": "RGB", "PA": "RGB", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK", "YCbCr": "RGB", "LAB": "Lab",
}  # fmt: skip
_READERS: dict[str, Callable[[BytesIO], ImageFile.ImageFile]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "GIF": GifImagePlugin.GifImageFile,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's header; width, height (pixels) and colour space are None where its format has none."""

    format: str
    width: int | None = None
    height: int | None = None
    color_space: str | None = None

    @property
    def megapixels(self) -> float | None:
        return self.width * self.height / 1e6 if self.width and self.height else None


def picture_format(head: bytes) -> str:
    """Return the format that the first bytes show, or an empty text."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "TIFF"
    if head.startswith(b"BM"):
        return "BMP"
    return "SVG" if b"<svg" in head[:4096].replace(b"\0", b"") else ""


def read_picture(head: bytes) -> Picture | None:
    """Read a picture's header from its first bytes; None where they are no picture's, or the header is damaged."""
    form = picture_format(head)
    if form == "WebP":
        return _webp(head)
    if form in ("JPEG", "PNG", "GIF"):
        return _by_pillow(form, head)
    return Picture(form) if form else None


def _by_pillow(form: str, head: bytes) -> Picture | None:
    # The classes themselves, not Image.open: that one refuses large pictures, and their size is what is asked.
    try:
        picture = _READERS[form](BytesIO(head))
    except Exception:  # Pillow raises a dozen kinds over damaged headers
        return None
    width, height = picture.size
    return Picture(form, width, height, _SPACES.get(picture.mode))


def _webp(head: bytes) -> Picture | None:
    """Read the frame header of a WebP (RFC 9649); Pillow would set up a canvas of the stated size."""
    kind, data = head[12:16], head[20:30]
    if len(data) < 10:
        return None
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
    elif kind == b"VP8L" and data[0] == 0x2F:
        bits = int.from_bytes(data[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        width, height = (size & 0x3FFF for size in struct.unpack_from("<HH", data, 6))
    else:
        return None
    return Picture("WebP", width, height, "RGB")
