"""Video file formats, recognised by their first 4 KiB."""

from __future__ import annotations

from deliverlint.spec import FileType

# ISO base media brands (ftyp) that are something else than video.
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B ", b"aax ", b"aaxc")
_STILL_BRANDS = (
    b"heic",
    b"heix",
    b"heim",
    b"heis",
    b"hevc",
    b"hevx",
    b"mif1",
    b"msf1",
    b"avif",
    b"avis",
    b"crx ",
    b"miaf",
)
# Boxes that a QuickTime file without ftyp begins with.
_CLASSIC_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")

# The handler box of a picture's track (ISO/IEC 14496-12 §8.4.3), where the head reaches as far.
_PICTURE_HANDLER = b"hdlr" + bytes(8) + b"vide"
_MXF_PARTITION = bytes.fromhex("060e2b34020501010d010201 01".replace(" ", ""))
_ASF_VIDEO_STREAM = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_EBML = b"\x1aE\xdf\xa3"


def brand(head: bytes) -> bytes:
    """Return the major brand of an ISO base media file; empty where it has none."""
    return head[8:12] if head[4:8] == b"ftyp" and len(head) >= 12 else b""


def is_quicktime(head: bytes) -> bool:
    if head[4:8] == b"ftyp":
        return brand(head) == b"qt  "
    return head[4:8] in _CLASSIC_BOXES and head[0] < 0x80 and _plausible_box(head)


def _plausible_box(head: bytes) -> bool:
    """Tell a box from text that happens to hold `free` or `skip`: sizes are 0, 1 (64 bit) or at least the header."""
    size = int.from_bytes(head[:4], "big")
    return size in (0, 1) or (size >= 8 and (head[0] == 0 or head[4:8] in (b"mdat", b"moov")))


def is_3gp(head: bytes) -> bool:
    return brand(head)[:3] in (b"3gp", b"3g2", b"3gg", b"3gr", b"3gs")


def is_mp4(head: bytes) -> bool:
    found = brand(head)
    if not found or is_quicktime(head) or is_3gp(head):
        return False
    return found not in _SOUND_BRANDS and found not in _STILL_BRANDS


def is_mp4_without_picture(head: bytes) -> bool:
    """An MP4 whose brand does not tell sound from video, as many encoders of sound write it (`mp42`, `isom`)."""
    return is_mp4(head) and _PICTURE_HANDLER not in head


def _doc_type(head: bytes) -> bytes:
    """Return the EBML DocType (element 0x4282) of a Matroska or WebM file."""
    if not head.startswith(_EBML):
        return b""
    at = head.find(b"\x42\x82", 4, 256)
    if at < 0 or at + 3 > len(head) or head[at + 2] & 0x80 == 0:
        return b""
    return head[at + 3 : at + 3 + (head[at + 2] & 0x7F)].rstrip(b"\0")


def _has_sound_only(head: bytes) -> bool:
    """CodecIDs begin with V_ or A_; a head that shows only sound is a .mka or .weba."""
    return b"\x86" in head and (b"A_" in head and b"V_" not in head)


def is_matroska(head: bytes) -> bool:
    return _doc_type(head) == b"matroska" and not _has_sound_only(head)


def is_webm(head: bytes) -> bool:
    return _doc_type(head) == b"webm" and not _has_sound_only(head)


def is_mxf(head: bytes) -> bool:
    """A partition pack (SMPTE ST 377-1), possibly behind a run-in that must not hold its first 11 bytes."""
    return _MXF_PARTITION[:11] in head


def is_mpeg_ts(head: bytes) -> bool:
    """Sync bytes 188 apart, or 192 apart behind a four-byte time stamp (Blu-ray, AVCHD)."""
    for first, step in ((0, 188), (4, 192)):
        marks = head[first : first + 8 * step : step]
        if len(marks) >= 3 and marks == b"\x47" * len(marks):
            return True
    return False


def is_ogg_video(head: bytes) -> bool:
    return head.startswith(b"OggS") and any(
        mark in head for mark in (b"\x80theora", b"OVP80", b"BBCD\0", b"\x01video\0")
    )


def is_asf_video(head: bytes) -> bool:
    return head.startswith(_ASF) and _ASF_VIDEO_STREAM in head


FILE_TYPES = (
    FileType(media="video", format="MP4", extensions=(".mp4", ".m4v"), accepts=is_mp4),
    FileType(media="video", format="QuickTime", extensions=(".mov", ".qt"), accepts=is_quicktime),
    FileType(media="video", format="3GP", extensions=(".3gp", ".3g2"), accepts=is_3gp),
    FileType(media="video", format="Matroska", extensions=(".mkv",), accepts=is_matroska),
    FileType(media="video", format="WebM", extensions=(".webm",), accepts=is_webm),
    FileType(media="video", format="MXF", extensions=(".mxf",), accepts=is_mxf),
    FileType(media="video", format="AVI", extensions=(".avi",), magic=(((0, b"RIFF"), (8, b"AVI ")),)),
    FileType(media="video", format="MPEG-TS", extensions=(".ts", ".m2ts", ".mts", ".m2t"), accepts=is_mpeg_ts),
    FileType(
        media="video",
        format="MPEG-PS",
        extensions=(".mpg", ".mpeg", ".vob", ".m2p"),
        magic=(((0, b"\x00\x00\x01\xba"),),),
    ),
    FileType(
        media="video",
        format="MPEG video",
        extensions=(".m2v", ".mpv", ".m1v", ".mpg"),
        magic=(((0, b"\x00\x00\x01\xb3"),),),
    ),
    FileType(media="video", format="Ogg", extensions=(".ogv", ".ogg", ".ogm"), accepts=is_ogg_video),
    FileType(media="video", format="FLV", extensions=(".flv", ".f4v"), magic=(((0, b"FLV\x01"),),)),
    FileType(media="video", format="ASF", extensions=(".wmv", ".asf"), accepts=is_asf_video),
    FileType(
        media="video",
        format="DV",
        extensions=(".dv", ".dif"),
        magic=(((0, b"\x1f\x07\x00\x3f"),), ((0, b"\x1f\x07\x00\xbf"),)),
    ),
    FileType(media="video", format="IVF", extensions=(".ivf",), magic=(((0, b"DKIF\0\0"),),)),
)

# Behind the types of video, so that only a name that ends so makes sound of an MP4.
SOUND_BY_NAME = (
    FileType(media="audio", format="M4A", extensions=(".m4a",), accepts=is_mp4_without_picture),
    FileType(media="audio", format="M4B", extensions=(".m4b",), accepts=is_mp4_without_picture),
)
