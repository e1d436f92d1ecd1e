"""MediaInfo, asked in a way that a hostile file cannot lead astray.

It is given bytes and never a name, so that it cannot open what a file refers to, and only the parser of the format
that was recognised. Its reading is metered: a file that sends it round in circles comes to an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

# MediaInfo's parser for each format; what is not listed it may recognise by itself.
_PARSERS = {
    "MP3": "Mpega", "MP2": "Mpega", "AAC": "Adts", "M4A": "Mpeg4", "M4B": "Mpeg4", "AC-3": "Ac3", "CAF": "Caf",
    "DSF": "Dsf", "Monkey's Audio": "Ape", "WavPack": "Wvpk", "Wave64": "Riff", "WMA": "Wm",
    "Ogg Vorbis": "Ogg", "Opus": "Ogg", "Ogg FLAC": "Ogg", "Speex": "Ogg",
    "Matroska audio": "Mk", "WebM audio": "Mk",
    "MP4": "Mpeg4", "QuickTime": "Mpeg4", "3GP": "Mpeg4", "Matroska": "Mk", "WebM": "Mk", "MXF": "Mxf", "AVI": "Riff",
    "MPEG-TS": "MpegTs", "MPEG-PS": "MpegPs", "FLV": "Flv", "ASF": "Wm",
}  # fmt: skip
_MAX_BYTES = 256 << 20
_MAX_SEEKS = 20_000


class _Metered:
    """A file that is at its end for a reader who has had enough of it."""

    mode = "rb"

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._bytes_left = _MAX_BYTES
        self._seeks_left = _MAX_SEEKS

    def read(self, size: int) -> bytes:
        if self._bytes_left <= 0 or self._seeks_left <= 0:
            return b""
        data = self._stream.read(size)
        self._bytes_left -= len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        self._seeks_left -= 1
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


def tracks_of(stream: BinaryIO, form: str) -> list[Mapping[str, Any]]:
    """Return MediaInfo's tracks of an open file of the recognised format `form`."""
    from pymediainfo import MediaInfo

    options = {"File_TestContinuousFileNames": "0", "File_TestDirectory": "0"}
    if form in _PARSERS:
        options["File_ForceParser"] = _PARSERS[form]
    parsed = MediaInfo.parse(_Metered(stream), parse_speed=0.5, mediainfo_options=options)
    return [track.to_data() for track in parsed.tracks]
