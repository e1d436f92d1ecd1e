"""Image file formats, recognised by their first bytes."""

from __future__ import annotations

from deliverlint.spec import FileType

# Brands of ISO base media files that hold still images (ISO/IEC 23008-12, AV1 Image File Format).
_AVIF_BRANDS = (b"avif", b"avis")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"miaf")
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)


def _brands(head: bytes) -> list[bytes]:
    """Return the major brand and the compatible ones; empty where the file does not begin with them."""
    if head[4:8] != b"ftyp":
        return []
    length = min(int.from_bytes(head[:4]), len(head), 256)
    return [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]


def is_avif(head: bytes) -> bool:
    brands = _brands(head)
    if brands and brands[0] in (b"mif1", b"msf1"):
        return any(brand in _AVIF_BRANDS for brand in brands)
    return bool(brands) and brands[0] in _AVIF_BRANDS


def is_heif(head: bytes) -> bool:
    brands = _brands(head)
    return bool(brands) and brands[0] in _HEIF_BRANDS and not is_avif(head)


def is_bmp(head: bytes) -> bool:
    """`BM` begins many a text: the size of the header that follows has to be one that exists."""
    return head[:2] == b"BM" and len(head) >= 18 and int.from_bytes(head[14:18], "little") in _BMP_HEADERS


def is_icon(head: bytes) -> bool:
    """A directory of one to 255 icons, the first of which lies behind it."""
    if head[:4] != b"\x00\x00\x01\x00" or len(head) < 22:
        return False
    count, first = int.from_bytes(head[4:6], "little"), int.from_bytes(head[18:22], "little")
    return 1 <= count <= 255 and head[9] == 0 and first >= 6 + 16 * count


FILE_TYPES = [
    FileType(media="image", format="JPEG", extensions=(".jpg", ".jpeg"), magic=(((0, b"\xff\xd8\xff"),),)),
    FileType(media="image", format="PNG", extensions=(".png",), magic=(((0, b"\x89PNG\r\n\x1a\n"),),)),
    FileType(media="image", format="GIF", extensions=(".gif",), magic=(((0, b"GIF87a"),), ((0, b"GIF89a"),))),
    FileType(media="image", format="WebP", extensions=(".webp",), magic=(((0, b"RIFF"), (8, b"WEBP")),)),
    FileType(
        media="image",
        format="TIFF",
        extensions=(".tif", ".tiff"),
        magic=(((0, b"II*\x00"),), ((0, b"MM\x00*"),), ((0, b"II+\x00"),), ((0, b"MM\x00+"),)),
    ),
    FileType(media="image", format="BMP", extensions=(".bmp",), accepts=is_bmp),
    FileType(media="image", format="AVIF", extensions=(".avif",), accepts=is_avif),
    FileType(media="image", format="HEIC", extensions=(".heic", ".heif"), accepts=is_heif),
    FileType(
        media="image",
        format="JPEG 2000",
        extensions=(".jp2", ".jpx", ".j2k", ".jpc"),
        magic=(((0, b"\x00\x00\x00\x0cjP  \r\n\x87\n"),), ((0, b"\xff\x4f\xff\x51"),)),
    ),
    FileType(
        media="image",
        format="JPEG XL",
        extensions=(".jxl",),
        magic=(((0, b"\xff\x0a"),), ((0, b"\x00\x00\x00\x0cJXL \r\n\x87\n"),)),
    ),
    FileType(
        media="image",
        format="PSD",
        extensions=(".psd", ".psb"),
        magic=(((0, b"8BPS\x00\x01"),), ((0, b"8BPS\x00\x02"),)),
    ),
    FileType(media="image", format="ICO", extensions=(".ico",), accepts=is_icon),
]
