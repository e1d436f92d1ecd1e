"""Facts of one picture stream, from MediaInfo's track."""

from __future__ import annotations

from typing import Any

from deliverlint.values import Json, Unmeasured
from deliverlint_video.facts import PICTURE_FACTS
from deliverlint_video.isobmff import Movie
from deliverlint_video.names import MATRICES, PRIMARIES, TRANSFERS, codec_name, hdr_system, resolution
from deliverlint_video.readings import frame_rate, number, profile_and_level, start_timecode

_NO_SCAN_TYPE = Unmeasured("the header does not say whether the picture is progressive or interlaced")
# Codecs that cannot code fields.
_ALWAYS_PROGRESSIVE = ("VP8", "VP9", "AV1", "JPEG XS")
# Codecs that name their profiles and levels; elsewhere there is none.
_LEVELLED = ("H.264", "HEVC", "VVC", "AV1", "VP9", "MPEG-2", "MPEG-4 Part 2", "VC-1", "H.263")
_SCANS = {"Progressive": "progressive", "Interlaced": "interlaced", "MBAFF": "interlaced", "PAFF": "interlaced"}
_ORDERS = {"TFF": "top field first", "BFF": "bottom field first"}


def picture_facts(
    tracks: list[dict[str, Any]], stream: str, form: str, movie: Movie | None
) -> dict[str, Json | Unmeasured]:
    """Return all `video.*` facts of the first picture stream, or of the one that `stream` (`video:2`) names."""
    pictures = [track for track in tracks if track.get("track_type") == "Video"]
    kind, _, place = stream.partition(":")
    index = int(place) - 1 if kind == "video" and place.isdigit() else 0
    if kind not in ("", "video"):
        return _nothing(f"{stream} is no picture stream")
    if not pictures:
        return _nothing("the file has no picture stream")
    if not 0 <= index < len(pictures):
        return _nothing(f"the file has no picture stream {place}")
    track = pictures[index]
    boxed = [box for box in movie.tracks if box.handler == "vide"] if movie else []
    codec = codec_name(track)
    return {
        "video.codec": codec,
        **_profile(track, codec),
        **_frames(track, codec, form),
        **_scan(track, codec, boxed[index].scan if index < len(boxed) else ""),
        **_samples(track, codec),
        **_colour(track, codec),
        **_amount(track),
        "video.start_timecode": start_timecode(tracks, track),
    }


def _nothing(reason: str) -> dict[str, Json | Unmeasured]:
    return {spec.name: Unmeasured(reason) for spec in PICTURE_FACTS}


def _profile(track: dict[str, Any], codec: str) -> dict[str, Json | Unmeasured]:
    if codec not in _LEVELLED:
        return {"video.profile": None, "video.level": None, "video.entropy_coding": None}
    profile, level, named = profile_and_level(track.get("format_profile"))
    shown: Json | Unmeasured = level
    if level is None:
        shown = Unmeasured(f"the level is the name '{named}', not a number" if named else "the header states no level")
    entropy: Json | Unmeasured = None
    if codec == "H.264":
        told = {"Yes": "CABAC", "No": "CAVLC"}
        entropy = told.get(str(track.get("format_settings__cabac")), Unmeasured("no picture parameter set was found"))
    return {
        "video.profile": profile or Unmeasured("the header states no profile"),
        "video.level": shown,
        "video.entropy_coding": entropy,
    }


def _frames(track: dict[str, Any], codec: str, form: str) -> dict[str, Json | Unmeasured]:
    width, height = number(track.get("width")), number(track.get("height"))
    rate = frame_rate(track)
    mode = {"CFR": "constant", "VFR": "variable"}.get(str(track.get("frame_rate_mode")))
    if form in ("AVI", "MXF") and mode is None and rate:
        mode = "constant"  # both containers count frames at one edit rate
    if form == "MPEG-TS" and mode == "variable":
        mode = None  # said of any H.264 whose fixed-frame-rate flag is unset, as it nearly always is
    return {
        "video.width": int(width) if width else Unmeasured("the header states no picture size"),
        "video.height": int(height) if height else Unmeasured("the header states no picture size"),
        "video.resolution": resolution(width, height)
        if width and height
        else Unmeasured("the header states no picture size"),
        "video.frame_rate": rate or Unmeasured(f"this {form} file's header does not state a frame rate"),
        "video.frame_rate_mode": mode
        or Unmeasured("the header does not say whether all frames last equally long; the frames have to be read"),
        "video.pixel_aspect": number(track.get("pixel_aspect_ratio"))
        or Unmeasured("the header states no pixel aspect"),
        "video.display_aspect": number(track.get("display_aspect_ratio"))
        or Unmeasured("the header states no display aspect"),
        "video.rotation": _rotation(track),
    }


def _rotation(track: dict[str, Any]) -> float:
    """Containers without a rotation do not turn the picture."""
    return (number(track.get("rotation")) or 0) % 360


def _scan(track: dict[str, Any], codec: str, stated: str) -> dict[str, Json | Unmeasured]:
    """`stated` is what an MP4's HEVC configuration says."""
    scan = _SCANS.get(str(track.get("scan_type"))) or stated
    if not scan and codec in _ALWAYS_PROGRESSIVE:
        scan = "progressive"
    if scan == "progressive":
        return {"video.scan_type": scan, "video.field_order": None}
    order = _ORDERS.get(str(track.get("scan_order")))
    if scan == "interlaced":
        told = order or Unmeasured("the header does not say which field comes first")
        return {"video.scan_type": scan, "video.field_order": told}
    return {"video.scan_type": _NO_SCAN_TYPE, "video.field_order": _NO_SCAN_TYPE}


def _samples(track: dict[str, Any], codec: str) -> dict[str, Json | Unmeasured]:
    depth = number(track.get("bit_depth")) or _bit_depth_by_design(codec)
    chroma = str(track.get("chroma_subsampling") or "").split(" ")[0]
    if not chroma and str(track.get("color_space") or "").startswith(("RGB", "XYZ")):
        chroma = "RGB"
    return {
        "video.bit_depth": int(depth) if depth else Unmeasured("the header does not state the bit depth"),
        "video.chroma": chroma or Unmeasured("the header does not state the chroma subsampling"),
    }


def _bit_depth_by_design(codec: str) -> float | None:
    """ProRes states no depth: the 422 family carries 10 bits, the 4444 family 12 (Apple ProRes White Paper)."""
    if codec.startswith("ProRes 4444"):
        return 12
    return 10 if codec.startswith("ProRes 422") else None


def _colour(track: dict[str, Any], codec: str) -> dict[str, Json | Unmeasured]:
    def tagged(key: str, known: tuple[str, ...]) -> str | None:
        found = str(track.get(key) or "")
        return found if found in known else None

    signal_range: Json | Unmeasured = {"Limited": "limited", "Full": "full"}.get(str(track.get("color_range")))
    if codec.startswith("ProRes"):
        # Encoders write it without regard to the levels; only the picture itself tells.
        signal_range = Unmeasured("the range flag of ProRes says nothing; only the levels of the picture do")
    return {
        "video.color.primaries": tagged("color_primaries", PRIMARIES),
        "video.color.transfer": tagged("transfer_characteristics", TRANSFERS),
        "video.color.matrix": tagged("matrix_coefficients", MATRICES),
        "video.color.range": signal_range,
        "video.hdr": hdr_system(track),
    }


def _amount(track: dict[str, Any]) -> dict[str, Json | Unmeasured]:
    duration, bit_rate = number(track.get("duration")), number(track.get("bit_rate"))
    return {
        "video.duration": duration / 1000
        if duration
        else Unmeasured("the header does not state how long the picture is"),
        "video.bit_rate": bit_rate / 1e6
        if bit_rate
        else Unmeasured("the header does not state the picture's bit rate; the stream has to be read"),
    }
