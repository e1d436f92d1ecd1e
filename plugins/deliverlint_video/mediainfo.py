"""MediaInfo, asked in a way that a hostile file cannot lead astray.

It is given bytes, never a name, and only the parser of the format that was recognised: left to itself it opens what
a playlist or a reference movie points to, and what lies beside the file. Reads are counted, so that a file that sends
it round in circles comes to an end.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from pymediainfo import MediaInfo

# The name of MediaInfo's parser for each format that is recognised.
PARSERS = {
    "MP4": "Mpeg4",
    "QuickTime": "Mpeg4",
    "3GP": "Mpeg4",
    "Matroska": "Mk",
    "WebM": "Mk",
    "MXF": "Mxf",
    "AVI": "Riff",
    "MPEG-TS": "MpegTs",
    "MPEG-PS": "MpegPs",
    "MPEG video": "Mpegv",
    "Ogg": "Ogg",
    "FLV": "Flv",
    "ASF": "Wm",
    "DV": "DvDif",
    "IVF": "Ivf",
}

# Far more than any header and index: only a reader that goes round in circles gets there.
_MAX_BYTES = 384 * 2**20
_MAX_SEEKS = 20_000

# Marks of the messages in which x264 and x265 leave their settings. MediaInfo 24.12 never comes back from one that is
# damaged, and nothing here needs them: a changed mark makes it pass them over.
_ENCODER_NOTES = (
    bytes.fromhex("dc45e9bde6d948b7962cd820d923eeef"),
    bytes.fromhex("2ca2de09b51747dbbb55a4fe7fc2fc4e"),
)


class _Metered:
    """A file that ends early for a reader who never stops."""

    mode = "rb"

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file = file
        self.size = size
        self.bytes_left = _MAX_BYTES
        self.seeks_left = _MAX_SEEKS

    def read(self, size: int) -> bytes:
        if self.bytes_left <= 0 or self.seeks_left <= 0:
            return b""
        data = self.file.read(size)
        self.bytes_left -= len(data)
        for mark in _ENCODER_NOTES:
            if mark in data:
                data = data.replace(mark, bytes(15) + b"\x80")
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        self.seeks_left -= 1
        return self.file.seek(min(offset, self.size), whence)

    def tell(self) -> int:
        return self.file.tell()


def read_tracks(file: BinaryIO, size: int, form: str) -> list[dict[str, Any]]:
    """Return MediaInfo's tracks of a file of `size` bytes and a recognised format; empty where there is nothing."""
    options = {
        "File_ForceParser": PARSERS[form],
        "File_TestContinuousFileNames": "0",
        "File_TestDirectory": "0",
    }
    parsed = MediaInfo.parse(_Metered(file, size), parse_speed=0.5, mediainfo_options=options)
    return [track.to_data() for track in parsed.tracks]
