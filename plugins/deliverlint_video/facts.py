"""Facts of containers and of the pictures in them, as their headers state them."""

from __future__ import annotations

from deliverlint.spec import FactSpec, FactType
from deliverlint_video.names import (
    CODECS,
    HDR_SYSTEMS,
    MATRICES,
    PRIMARIES,
    RESOLUTIONS,
    TRANSFERS,
)
from deliverlint_video.types import FILE_TYPES

HEADER_PROBE = "video.header"


def _fact(
    name: str,
    type: FactType,
    label: str,
    meaning: str,
    unit: str = "",
    decimals: int | None = None,
    values: tuple[str, ...] = (),
    frame_rate: str = "",
) -> FactSpec:
    return FactSpec(
        name=name,
        type=type,
        label=label,
        meaning=meaning,
        unit=unit,
        decimals=decimals,
        values=values,
        probe=HEADER_PROBE,
        frame_rate=frame_rate,
    )


CONTAINER_FACTS = (
    _fact(
        "container.format",
        "text",
        "container",
        "Container format, recognised from the first bytes, not from the name.",
        values=tuple(kind.format for kind in FILE_TYPES),
    ),
    _fact(
        "container.brand",
        "text",
        "container brand",
        "Major brand of an MP4, QuickTime or 3GP file (`isom`, `mp42`, `qt`); absent where it has none.",
    ),
    _fact(
        "container.duration",
        "number",
        "duration",
        "Running time of the whole file as its header states it.",
        "s",
        frame_rate="video.frame_rate",
    ),
    _fact(
        "container.bit_rate",
        "number",
        "overall bit rate",
        "File size over running time: all streams and the container itself.",
        "Mb/s",
        decimals=3,
    ),
    _fact(
        "container.truncated",
        "yes/no",
        "file cut short",
        "Whether the file ends before its own structure says it does, as after a broken upload.",
    ),
    _fact(
        "container.self_contained",
        "yes/no",
        "file that holds all its media",
        "Whether all picture and sound lie in the file itself; a reference movie points to other files instead.",
    ),
    _fact(
        "container.faststart",
        "yes/no",
        "movie header before the media",
        "Whether the moov box of an MP4 or QuickTime file stands before its media; absent in other containers.",
    ),
    _fact(
        "container.fragmented",
        "yes/no",
        "fragmented MP4",
        "Whether an MP4 or QuickTime file is written in fragments (moof boxes); absent in other containers.",
    ),
    _fact(
        "container.edit_lists",
        "number",
        "number of edit lists",
        "How many streams of an MP4 or QuickTime file carry an edit list (elst box); absent in other containers.",
    ),
    _fact(
        "container.edits",
        "number",
        "number of streams that an edit list changes",
        "How many streams have an edit list that delays, trims, repeats or speeds up what is shown; "
        "a list that only skips the encoder's priming is none. Absent outside MP4 and QuickTime.",
    ),
    _fact("container.video_streams", "number", "number of picture streams", "Picture streams in the file."),
    _fact("container.audio_streams", "number", "number of sound streams", "Sound streams in the file."),
    _fact(
        "container.text_streams",
        "number",
        "number of caption streams",
        "Caption and subtitle streams in the file, embedded line-21 captions included where the header shows them.",
    ),
)

PICTURE_FACTS = (
    _fact(
        "video.codec",
        "text",
        "picture codec",
        "Codec of the picture, with its flavour where that has a name.",
        values=CODECS,
    ),
    _fact(
        "video.profile",
        "text",
        "codec profile",
        "Profile of the codec: `High`, `High 4:2:2`, `Main 10`; absent where the codec has none.",
    ),
    _fact(
        "video.level",
        "number",
        "codec level",
        "Level of H.264, HEVC, AV1 or VP9 as a number; absent where the codec has none.",
        decimals=1,
    ),
    _fact(
        "video.entropy_coding",
        "text",
        "entropy coding",
        "CABAC or CAVLC of an H.264 picture; absent in other codecs.",
        values=("CABAC", "CAVLC"),
    ),
    _fact(
        "video.width", "number", "picture width", "Coded width that is shown, before pixel aspect and rotation.", "px"
    ),
    _fact(
        "video.height",
        "number",
        "picture height",
        "Coded height that is shown, before pixel aspect and rotation.",
        "px",
    ),
    _fact(
        "video.resolution",
        "text",
        "resolution",
        "Standard size that the picture belongs to: the smallest that holds it, upright or across; a cropped "
        "1920 × 804 belongs to 1080 lines.",
        values=tuple(RESOLUTIONS),
    ),
    _fact(
        "video.frame_rate", "number", "frame rate", "Frames a second; the NTSC rates are the exact n·1000/1001.", "fps"
    ),
    _fact(
        "video.frame_rate_mode",
        "text",
        "frame rate mode",
        "Whether all frames last equally long.",
        values=("constant", "variable"),
    ),
    _fact(
        "video.scan_type",
        "text",
        "scan type",
        "Whether a frame is one picture or two fields.",
        values=("progressive", "interlaced"),
    ),
    _fact(
        "video.field_order",
        "text",
        "field order",
        "Which field of an interlaced frame comes first; absent in progressive pictures.",
        values=("top field first", "bottom field first"),
    ),
    _fact("video.bit_depth", "number", "picture bit depth", "Bits of each sample.", "bit"),
    _fact(
        "video.chroma",
        "text",
        "chroma subsampling",
        "Resolution of colour against brightness; RGB where the picture is not YCbCr.",
        values=("4:0:0", "4:1:0", "4:1:1", "4:2:0", "4:2:2", "4:4:0", "4:4:4", "RGB"),
    ),
    _fact(
        "video.bit_rate", "number", "picture bit rate", "Average bit rate of the picture stream.", "Mb/s", decimals=3
    ),
    _fact(
        "video.duration",
        "number",
        "picture duration",
        "Running time of the picture stream.",
        "s",
        frame_rate="video.frame_rate",
    ),
    _fact(
        "video.start_timecode",
        "text",
        "start timecode",
        "Timecode of the first frame, HH:MM:SS:FF (`;` if drop frame); absent where there is none.",
    ),
    _fact(
        "video.color.primaries",
        "text",
        "colour primaries",
        "Primaries that the stream or container is tagged with; absent where it is untagged.",
        values=PRIMARIES,
    ),
    _fact(
        "video.color.transfer",
        "text",
        "transfer function",
        "Transfer function that the picture is tagged with; absent where it is untagged.",
        values=TRANSFERS,
    ),
    _fact(
        "video.color.matrix",
        "text",
        "colour matrix",
        "Matrix coefficients that the picture is tagged with; absent where it is untagged.",
        values=MATRICES,
    ),
    _fact(
        "video.color.range",
        "text",
        "signal range",
        "Limited (video levels) or full range as tagged; absent where it is untagged.",
        values=("limited", "full"),
    ),
    _fact(
        "video.hdr",
        "text",
        "HDR system",
        "High dynamic range system that is signalled; absent where none is.",
        values=HDR_SYSTEMS,
    ),
    _fact(
        "video.pixel_aspect",
        "number",
        "pixel aspect ratio",
        "Width of a pixel over its height: 1 for square pixels.",
        decimals=3,
    ),
    _fact(
        "video.display_aspect",
        "number",
        "display aspect ratio",
        "Width of the shown picture over its height: 1.778 for 16:9.",
        decimals=3,
    ),
    _fact(
        "video.rotation",
        "number",
        "rotation",
        "Degrees by which a player is told to turn the picture, clockwise.",
        decimals=0,
    ),
)
