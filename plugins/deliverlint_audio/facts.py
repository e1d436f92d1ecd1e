"""Facts that are measured of sound files and sound streams."""

from __future__ import annotations

from deliverlint.spec import FactSpec
from deliverlint_audio.codecs import CODECS, LAYOUTS, OTHER, SAMPLE_FORMATS, WAVE_TAGS

HEADER = "audio.header"
TAGS = "audio.tags"

HEADER_FACTS = [
    FactSpec(
        name="audio.codec",
        type="text",
        label="sound codec",
        meaning="How the sound is coded: PCM, FLAC, AAC, MP3, ...; 'other' for what has no name here.",
        values=CODECS,
        probe=HEADER,
    ),
    FactSpec(
        name="audio.profile",
        type="text",
        label="codec profile",
        meaning="Profile of an AAC stream; absent for codecs without profiles.",
        values=("LC", "HE-AAC", "HE-AACv2", "Main", "LTP", "SSR", OTHER),
        probe=HEADER,
    ),
    FactSpec(
        name="audio.sample_format",
        type="text",
        label="sample format",
        meaning="Whether uncompressed samples are integers or floating-point numbers; absent for other codecs.",
        values=SAMPLE_FORMATS,
        probe=HEADER,
    ),
    FactSpec(
        name="audio.sample_rate",
        type="number",
        unit="Hz",
        label="sample rate",
        meaning="Samples a second and channel.",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.bit_depth",
        type="number",
        unit="bit",
        label="bit depth",
        meaning="Valid bits of a sample; absent for codecs that have none, such as AAC or MP3.",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.channels",
        type="number",
        label="number of channels",
        meaning="How many channels the sound has.",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.layout",
        type="text",
        label="channel layout",
        meaning="Name of the speaker layout; absent where more than two channels are not labelled.",
        values=LAYOUTS,
        probe=HEADER,
    ),
    FactSpec(
        name="audio.duration",
        type="number",
        unit="s",
        label="duration of the sound",
        meaning="How long the sound is, by its header; of a file that is cut short, what is there of it.",
        frame_rate="video.frame_rate",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.bit_rate",
        type="number",
        unit="kb/s",
        label="sound bit rate",
        meaning="Bits a second of the sound stream: stated, or its size divided by its duration.",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.bit_rate_mode",
        type="text",
        label="bit rate mode",
        meaning="Whether the bit rate is constant or variable; absent where the file does not show it.",
        values=("constant", "variable"),
        probe=HEADER,
    ),
    FactSpec(
        name="audio.language",
        type="text",
        label="sound language",
        meaning="Language that the stream is labelled with (BCP 47); absent where it has no label.",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.streams",
        type="number",
        label="number of sound streams",
        meaning="How many sound streams the file has.",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.format_tag",
        type="text",
        label="WAVE format tag",
        meaning="wFormatTag of a WAVE file's 'fmt ' chunk; absent for other files.",
        values=(*(name for name, _ in WAVE_TAGS.values()), OTHER),
        probe=HEADER,
    ),
    FactSpec(
        name="audio.extensible",
        type="yes/no",
        label="WAVE_FORMAT_EXTENSIBLE header",
        meaning="Whether it is a WAVE file with an extensible 'fmt ' chunk (tag FFFE).",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.trailing_bytes",
        type="number",
        unit="B",
        label="bytes after the sound data",
        meaning="Bytes that follow the sound data chunk of a WAVE or AIFF file.",
        probe=HEADER,
    ),
    FactSpec(
        name="audio.data_complete",
        type="yes/no",
        label="complete sound data",
        meaning="Whether the file is as long as its header promises: no where it is cut short or unfinished.",
        probe=HEADER,
    ),
]

TAG_FACTS = [
    FactSpec(
        name="audio.isrc",
        type="text",
        label="embedded ISRC",
        meaning="ISRC in the file's tags, without hyphens, in capitals.",
        probe=TAGS,
    ),
    FactSpec(
        name="audio.embedded_tags",
        type="yes/no",
        label="embedded tags",
        meaning="Whether the file carries tags of any kind; the encoder's own signature is not counted.",
        probe=TAGS,
    ),
    FactSpec(
        name="audio.embedded_art",
        type="yes/no",
        label="embedded artwork",
        meaning="Whether a picture is embedded in the file's tags.",
        probe=TAGS,
    ),
    *(
        FactSpec(name=f"audio.tags.{key}", type="text", label=f"{label} in the tags", meaning=meaning, probe=TAGS)
        for key, label, meaning in [
            ("title", "title", "Title in the file's tags."),
            ("artist", "artist", "Artists in the file's tags, joined by '; '."),
            ("album", "album", "Album in the file's tags."),
            ("album_artist", "album artist", "Artist of the whole album in the file's tags."),
            ("date", "date", "Date or year in the file's tags, as it is written there."),
            ("genre", "genre", "Genre in the file's tags."),
            ("composer", "composer", "Composers in the file's tags, joined by '; '."),
            ("copyright", "copyright line", "Copyright line in the file's tags."),
            ("label", "label", "Label or publisher in the file's tags."),
            ("comment", "comment", "Comment in the file's tags."),
        ]
    ),
    FactSpec(
        name="audio.tags.track",
        type="number",
        label="track number in the tags",
        meaning="Track number in the file's tags, without the total.",
        probe=TAGS,
    ),
    FactSpec(
        name="audio.tags.disc",
        type="number",
        label="disc number in the tags",
        meaning="Disc number in the file's tags, without the total.",
        probe=TAGS,
    ),
]
