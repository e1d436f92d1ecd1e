"""Facts of caption files."""

from __future__ import annotations

from deliverlint.spec import FactSpec, FactType
from deliverlint_captions.types import FILE_TYPES

READ_PROBE = "captions.read"
ENCODINGS = ("UTF-8", "UTF-8 with BOM", "UTF-16", "8-bit code page", "ASCII", "ISO 6937", "ISO 8859")

_PLACE = (
    FactSpec(name="line", type="number", label="line", meaning="Line of the file, counted from 1."),
    FactSpec(name="cue", type="number", label="cue", meaning="Place of the cue in the file, counted from 1."),
    FactSpec(name="message", type="text", label="problem", meaning="What is wrong, in a sentence."),
)


def _fact(
    name: str, type: FactType, label: str, meaning: str, unit: str = "", values: tuple[str, ...] = ()
) -> FactSpec:
    return FactSpec(
        name=f"captions.{name}",
        type=type,
        label=label,
        meaning=meaning,
        unit=unit,
        values=values,
        cost="scan",
        probe=READ_PROBE,
        fields=_PLACE if type == "records" else (),
    )


FACTS = (
    _fact(
        "format",
        "text",
        "caption format",
        "Caption format, recognised from the content, not from the name.",
        values=tuple(kind.format for kind in FILE_TYPES),
    ),
    _fact("encoding", "text", "character encoding", "How characters are written as bytes.", values=ENCODINGS),
    _fact(
        "language",
        "text",
        "caption language",
        "Language that the file itself states (xml:lang, WebVTT header, STL language code); absent where none is.",
    ),
    _fact("cues", "number", "number of captions", "How many captions the file holds."),
    _fact("first_cue", "number", "start of the first caption", "Time at which the first caption appears.", "s"),
    _fact("last_cue", "number", "end of the last caption", "Time at which the last caption disappears.", "s"),
    _fact(
        "reading_speed",
        "events",
        "reading speed",
        "Characters a second of each caption: spaces and punctuation count, tags and line breaks do not; "
        "beside CJK characters a half-width one counts half.",
        "cps",
    ),
    _fact("reading_speed_max", "number", "highest reading speed", "Reading speed of the fastest caption.", "cps"),
    _fact(
        "line_length",
        "events",
        "line length",
        "Characters of the longest line of each caption, counted as for reading speed, halves rounded up.",
        "characters",
    ),
    _fact("line_length_max", "number", "longest line", "Characters of the longest line of the file.", "characters"),
    _fact("lines", "events", "number of lines", "Lines of each caption.", "lines"),
    _fact("lines_max", "number", "most lines in one caption", "Lines of the caption that has most.", "lines"),
    _fact("cue_duration", "events", "time on screen", "How long each caption stays."),
    _fact("cue_duration_min", "number", "shortest time on screen", "How long the shortest caption stays.", "s"),
    _fact("cue_duration_max", "number", "longest time on screen", "How long the longest caption stays.", "s"),
    _fact(
        "gaps", "events", "gaps between captions", "Time between each caption and the one before; overlaps are none."
    ),
    _fact(
        "gap_min",
        "number",
        "smallest gap between captions",
        "Smallest time between two captions that do not overlap.",
        "s",
    ),
    _fact(
        "overlaps",
        "events",
        "overlapping captions",
        "Times at which two captions are shown in the same place; `cue` and `line` are those of the later one.",
    ),
    _fact(
        "out_of_order",
        "events",
        "captions out of order",
        "Captions that begin before the one that stands above them in the file.",
    ),
    _fact(
        "syntax_errors",
        "records",
        "syntax errors",
        "Places where the file does not keep to its format, with line and reason.",
    ),
    _fact(
        "numbering", "records", "numbering errors", "SRT counters that do not go on by one; players mostly bear them."
    ),
    _fact(
        "unbalanced_tags",
        "records",
        "unbalanced tags",
        "Formatting tags that are opened and not closed, or the other way round.",
    ),
    _fact("empty_cues", "events", "empty captions", "Captions that show no text."),
    _fact(
        "garbled",
        "records",
        "garbled characters",
        "Characters that were read in the wrong encoding before: `Ã©` for `é`.",
    ),
)
