"""Images made for the tests, and the probe asked about them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from deliverlint_image import header
from deliverlint_image.facts import FACTS
from deliverlint_image.types import FILE_TYPES
from PIL import Image, ImageCms

from deliverlint.hookspecs import Source
from deliverlint.values import Json, Unmeasured

NAMES = frozenset(spec.name for spec in FACTS)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def sniffed(head: bytes) -> str:
    """Return the format that the plugin's file types recognise; empty where none does."""
    for kind in FILE_TYPES:
        if any(all(head[at : at + len(magic)] == magic for at, magic in way) for way in kind.magic):
            return kind.format
        if kind.accepts and kind.accepts(head):
            return kind.format
    return ""


def facts_of(folder: Path, content: bytes, form: str = "") -> dict[str, Json | Unmeasured]:
    """Save an image and ask the probe for everything."""
    path = folder / "image"
    path.write_bytes(content)
    return header.measure(Source(path=path, name="image", format=form or sniffed(content[:4096])), NAMES)


def image(mode: str, form: str, size: tuple[int, int] = (48, 32), **options: Any) -> bytes:
    """Return an image of one colour, saved by Pillow."""
    out = BytesIO()
    Image.new(mode, size).save(out, form, **options)
    return out.getvalue()


def png(width: int, height: int, *chunks: bytes, depth: int = 8, color_type: int = 2, pixels: bytes = b"") -> bytes:
    """Return a PNG written by hand; without pixels it has a header and an end only."""
    head = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, 0)
    parts = [png_chunk(b"IHDR", head), *chunks, png_chunk(b"IDAT", zlib.compress(pixels)), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def exif(orientation: int) -> bytes:
    """Return Exif metadata with an orientation tag."""
    tags = Image.Exif()
    tags[274] = orientation
    return tags.tobytes()
