"""What codings, channel layouts and sample formats are called here, and in the files."""

from __future__ import annotations

OTHER = "other"
CODECS = (
    "PCM", "ADPCM", "A-law", "µ-law", "DSD",
    "FLAC", "ALAC", "WavPack", "Monkey's Audio", "TTA",
    "MP1", "MP2", "MP3", "AAC", "Vorbis", "Opus", "Speex", "WMA", "AMR", "MPEG-H 3D Audio", "USAC",
    "AC-3", "E-AC-3", "AC-4", "DTS", "Dolby TrueHD",
    OTHER,
)  # fmt: skip
INTEGER, FLOAT = "integer", "float"
SAMPLE_FORMATS = (INTEGER, FLOAT)

# wFormatTag of a WAVE file: RFC 2361 and the registry of Windows' mmreg.h.
WAVE_EXTENSIBLE = 0xFFFE
WAVE_TAGS = {
    0x0001: ("WAVE_FORMAT_PCM", "PCM"),
    0x0002: ("WAVE_FORMAT_ADPCM", "ADPCM"),
    0x0003: ("WAVE_FORMAT_IEEE_FLOAT", "PCM"),
    0x0006: ("WAVE_FORMAT_ALAW", "A-law"),
    0x0007: ("WAVE_FORMAT_MULAW", "µ-law"),
    0x0011: ("WAVE_FORMAT_DVI_ADPCM", "ADPCM"),
    0x0050: ("WAVE_FORMAT_MPEG", "MP2"),
    0x0055: ("WAVE_FORMAT_MPEGLAYER3", "MP3"),
    0x00FF: ("WAVE_FORMAT_RAW_AAC1", "AAC"),
    0x2000: ("WAVE_FORMAT_DOLBY_AC3", "AC-3"),
    0x2001: ("WAVE_FORMAT_DTS", "DTS"),
    0xF1AC: ("WAVE_FORMAT_FLAC", "FLAC"),
    WAVE_EXTENSIBLE: ("WAVE_FORMAT_EXTENSIBLE", OTHER),
}

# Compression types of AIFF-C; an AIFF file without one is NONE.
AIFC_TYPES = {
    b"NONE": ("PCM", INTEGER), b"twos": ("PCM", INTEGER), b"sowt": ("PCM", INTEGER),
    b"raw ": ("PCM", INTEGER), b"in24": ("PCM", INTEGER), b"in32": ("PCM", INTEGER),
    b"fl32": ("PCM", FLOAT), b"FL32": ("PCM", FLOAT), b"fl64": ("PCM", FLOAT), b"FL64": ("PCM", FLOAT),
    b"alaw": ("A-law", None), b"ALAW": ("A-law", None), b"ulaw": ("µ-law", None), b"ULAW": ("µ-law", None),
    b"ima4": ("ADPCM", None),
}  # fmt: skip

# Format as MediaInfo names it; MPEG audio is told apart by its layer.
MEDIAINFO_FORMATS = {
    "PCM": "PCM", "ADPCM": "ADPCM", "DSD": "DSD", "FLAC": "FLAC", "ALAC": "ALAC", "WavPack": "WavPack",
    "Monkey's Audio": "Monkey's Audio", "TTA": "TTA", "AAC": "AAC", "Vorbis": "Vorbis", "Opus": "Opus",
    "Speex": "Speex", "WMA": "WMA", "AMR": "AMR", "MPEG-H 3D Audio": "MPEG-H 3D Audio", "USAC": "USAC",
    "AC-3": "AC-3", "E-AC-3": "E-AC-3", "AC-4": "AC-4", "DTS": "DTS", "MLP FBA": "Dolby TrueHD",
}  # fmt: skip
MPEG_LAYERS = {"Layer 1": "MP1", "Layer 2": "MP2", "Layer 3": "MP3"}

LAYOUTS = (
    "mono", "stereo", "2.1", "3.0", "3.1", "4.0", "quad", "5.0", "5.1", "6.1", "7.0", "7.1", "5.1.2", "5.1.4",
    "7.1.2", "7.1.4", OTHER,
)  # fmt: skip

# Speaker positions of a WAVE channel mask, in the order of its bits (Microsoft, WAVEFORMATEXTENSIBLE).
_SPEAKERS = ("L", "R", "C", "LFE", "Lb", "Rb", "Lc", "Rc", "Cb", "Ls", "Rs",
             "Tc", "Tfl", "Tfc", "Tfr", "Tbl", "Tbc", "Tbr")  # fmt: skip
_LAYOUT_OF = {
    frozenset(speakers.split()): layout
    for speakers, layout in [
        ("C", "mono"), ("M", "mono"), ("L R", "stereo"), ("L R LFE", "2.1"), ("L R C", "3.0"), ("L R C LFE", "3.1"),
        ("L R C Cb", "4.0"), ("L R C Cs", "4.0"), ("L R Ls Rs", "quad"), ("L R Lb Rb", "quad"),
        ("L R C Ls Rs", "5.0"), ("L R C Lb Rb", "5.0"), ("L R C LFE Ls Rs", "5.1"), ("L R C LFE Lb Rb", "5.1"),
        ("L R C LFE Cb Ls Rs", "6.1"), ("L R C LFE Cs Ls Rs", "6.1"),
        ("L R C Ls Rs Lb Rb", "7.0"), ("L R C LFE Ls Rs Lb Rb", "7.1"),
        ("L R C LFE Ls Rs Tfl Tfr", "5.1.2"), ("L R C LFE Ls Rs Tfl Tfr Tbl Tbr", "5.1.4"),
        ("L R C LFE Ls Rs Lb Rb Tfl Tfr", "7.1.2"), ("L R C LFE Ls Rs Lb Rb Tfl Tfr Tbl Tbr", "7.1.4"),
    ]
}  # fmt: skip
# Channel assignments that FLAC fixes by number (RFC 9639, section 9.1.3).
FLAC_LAYOUTS = {1: "mono", 2: "stereo", 3: "3.0", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}


def layout_of_speakers(speakers: frozenset[str]) -> str:
    """Name a set of speakers; `other` where it has no usual name."""
    return _LAYOUT_OF.get(speakers, OTHER)


def layout_of_mask(mask: int) -> str:
    """Name the speakers of a WAVE channel mask."""
    return layout_of_speakers(frozenset(name for bit, name in enumerate(_SPEAKERS) if mask >> bit & 1))


def layout_of_count(channels: int) -> str | None:
    """Name the layout of a file that does not state one: certain only for one and two channels."""
    return {1: "mono", 2: "stereo"}.get(channels)
