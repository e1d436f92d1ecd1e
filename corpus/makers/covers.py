"""Cover art: one for screens, and one that a printer has sent."""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageCms, ImageDraw


def cover() -> bytes:
    """Return a square RGB cover: a sun over water, in flat colours that compress well."""
    image = Image.new("RGB", (3000, 3000), (28, 63, 84))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 1900, 3000, 3000), fill=(14, 36, 51))
    draw.ellipse((1050, 700, 1950, 1600), fill=(238, 187, 98))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def print_cover() -> bytes:
    """Return what a printer has sent: an oblong CMYK image with a colour profile and an orientation tag."""
    exif = Image.Exif()
    exif[274] = 6
    out = io.BytesIO()
    Image.new("CMYK", (1200, 900), (40, 10, 0, 20)).save(out, "JPEG", quality=85, icc_profile=_profile(), exif=exif)
    return out.getvalue()


def _profile() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = struct.pack(">6H", 2026, 11, 1, 0, 0, 0)  # else the day on which it was made
    return bytes(profile)
