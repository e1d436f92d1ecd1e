"""Names of codecs and colour systems: the field's own, from what headers hold."""

from __future__ import annotations

from collections.abc import Mapping

_PRORES = {
    "apco": "ProRes 422 Proxy",
    "apcs": "ProRes 422 LT",
    "apcn": "ProRes 422",
    "apch": "ProRes 422 HQ",
    "ap4h": "ProRes 4444",
    "ap4x": "ProRes 4444 XQ",
    "aprn": "ProRes RAW",
    "aprh": "ProRes RAW HQ",
}
_PRORES_PROFILES = {
    "422 Proxy": "ProRes 422 Proxy",
    "422 LT": "ProRes 422 LT",
    "422": "ProRes 422",
    "422 HQ": "ProRes 422 HQ",
    "4444": "ProRes 4444",
    "4444 XQ": "ProRes 4444 XQ",
    "RAW": "ProRes RAW",
    "RAW HQ": "ProRes RAW HQ",
}
# The resolution-independent profiles of VC-3 (SMPTE ST 2019-1) are DNxHR; the rest is DNxHD.
_DNXHR_PROFILES = ("LB", "SQ", "HQ", "HQX", "444")

_FORMATS = {
    "AVC": "H.264",
    "HEVC": "HEVC",
    "VVC": "VVC",
    "AV1": "AV1",
    "VP8": "VP8",
    "VP9": "VP9",
    "MPEG-4 Visual": "MPEG-4 Part 2",
    "H.263": "H.263",
    "Sorenson Spark": "Sorenson Spark",
    "Sorenson 3": "Sorenson Video 3",
    "DV": "DV",
    "JPEG": "Motion JPEG",
    "M-JPEG": "Motion JPEG",
    "JPEG 2000": "JPEG 2000",
    "JPEG XS": "JPEG XS",
    "CineForm": "CineForm",
    "FFV1": "FFV1",
    "HuffYUV": "HuffYUV",
    "Lagarith": "Lagarith",
    "VC-1": "VC-1",
    "WMV1": "Windows Media Video",
    "WMV2": "Windows Media Video",
    "Theora": "Theora",
    "Dirac": "Dirac",
    "VC-2": "VC-2",
    "YUV": "uncompressed",
    "RGB": "uncompressed",
    "RGBA": "uncompressed",
    "Raw": "uncompressed",
    "v210": "uncompressed",
    "PNG": "PNG",
    "Animation": "QuickTime Animation",
    "RLE": "QuickTime Animation",
    "Cinepak": "Cinepak",
    "AIC": "Apple Intermediate",
    "Canopus HQ": "Canopus HQ",
    "Hap": "Hap",
    "AVS": "AVS",
    "RealVideo 4": "RealVideo",
}
OTHER_CODEC = "other"
CODECS = tuple(
    dict.fromkeys(
        (
            *_FORMATS.values(),
            "MPEG-1",
            "MPEG-2",
            *_PRORES.values(),
            "ProRes",
            "DNxHD",
            *(f"DNxHR {profile}" for profile in _DNXHR_PROFILES),
            "DNxHR",
            OTHER_CODEC,
        )
    )
)

# ITU-T H.273 code points under the names that MediaInfo and delivery specifications use.
PRIMARIES = (
    "BT.709",
    "BT.470 System M",
    "BT.601 PAL",
    "BT.601 NTSC",
    "SMPTE 240M",
    "Generic film",
    "BT.2020",
    "XYZ",
    "DCI P3",
    "Display P3",
    "EBU Tech 3213",
)
TRANSFERS = (
    "BT.709",
    "BT.470 System M",
    "BT.470 System B/G",
    "BT.601",
    "SMPTE 240M",
    "Linear",
    "Logarithmic (100:1)",
    "Logarithmic (316.22777:1)",
    "xvYCC",
    "BT.1361",
    "sRGB/sYCC",
    "BT.2020 (10-bit)",
    "BT.2020 (12-bit)",
    "PQ",
    "SMPTE 428M",
    "HLG",
)
MATRICES = (
    "Identity",
    "BT.709",
    "FCC 73.682",
    "BT.470 System B/G",
    "BT.601",
    "SMPTE 240M",
    "YCgCo",
    "BT.2020 non-constant",
    "BT.2020 constant",
    "Y'D'zD'x",
    "Chromaticity-derived non-constant",
    "Chromaticity-derived constant",
    "ICtCp",
)
# Width and height of the standard sizes; the wider ones of digital cinema belong to their television neighbours.
RESOLUTIONS = {
    "360 lines": (640, 360),
    "480 lines": (854, 480),
    "576 lines": (1024, 576),
    "720 lines": (1280, 720),
    "1080 lines": (2048, 1080),
    "1440 lines": (2560, 1440),
    "2160 lines": (4096, 2160),
    "4320 lines": (8192, 4320),
}
HDR_SYSTEMS = ("HDR10", "HDR10+", "Dolby Vision", "HLG", "PQ")


def codec_name(track: Mapping[str, object]) -> str:
    """Name the codec of a MediaInfo picture track, flavour included."""
    form, profile, code = (str(track.get(key) or "") for key in ("format", "format_profile", "codec_id"))
    if form == "ProRes" or form.startswith("ProRes"):
        return _PRORES.get(code) or _PRORES_PROFILES.get(profile.split("@")[0].strip()) or "ProRes"
    if form == "VC-3":
        kind, _, flavour = profile.partition("@")
        if kind == "RI" or kind.startswith("HR"):
            return f"DNxHR {flavour}" if flavour in _DNXHR_PROFILES else "DNxHR"
        return "DNxHD"
    if form == "MPEG Video":
        return "MPEG-1" if "1" in str(track.get("format_version") or "") else "MPEG-2"
    return _FORMATS.get(form, OTHER_CODEC)


def resolution(width: float, height: float) -> str:
    """Return the smallest standard size that holds the picture; the largest holds all that are larger."""
    long, short = max(width, height), min(width, height)
    return next((name for name, box in RESOLUTIONS.items() if long <= box[0] and short <= box[1]), [*RESOLUTIONS][-1])


def hdr_system(track: Mapping[str, object]) -> str | None:
    """Name the HDR system that is signalled; the transfer function alone gives `PQ` or `HLG`."""
    told = " ".join(
        str(track.get(key) or "") for key in ("hdr_format", "hdr_format_commercial", "hdr_format_compatibility")
    )
    transfer = str(track.get("transfer_characteristics") or "")
    for mark, name in (
        ("Dolby Vision", "Dolby Vision"),
        ("HDR10+", "HDR10+"),
        ("2094", "HDR10+"),
        ("HDR10", "HDR10"),
        ("2086", "HDR10" if transfer == "PQ" else ""),
    ):
        if name and mark in told:
            return name
    return transfer if transfer in ("PQ", "HLG") else None
