"""Tags in one form, whichever of the four families a file has them in: names as Vorbis comments have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# ID3v2.4 frame, INFO chunk of a WAVE file, MPEG-4 atom, APEv2 key -> field
ID3_FRAMES = {
    "TIT2": "title", "TPE1": "artist", "TALB": "album", "TPE2": "albumartist", "TDRC": "date", "TCON": "genre",
    "TCOM": "composer", "TCOP": "copyright", "TPUB": "organization", "COMM": "comment", "TRCK": "tracknumber",
    "TPOS": "discnumber", "TSRC": "isrc", "TSSE": "encoder", "TENC": "encoder",
}  # fmt: skip
INFO_CHUNKS = {
    b"INAM": "title", b"IART": "artist", b"IPRD": "album", b"ICRD": "date", b"IGNR": "genre", b"IMUS": "composer",
    b"ICOP": "copyright", b"ICMT": "comment", b"ITRK": "tracknumber", b"IPRT": "tracknumber", b"ISFT": "encoder",
}  # fmt: skip
MP4_ATOMS = {
    "\xa9nam": "title", "\xa9ART": "artist", "\xa9alb": "album", "aART": "albumartist", "\xa9day": "date",
    "\xa9gen": "genre", "\xa9wrt": "composer", "cprt": "copyright", "\xa9cmt": "comment", "trkn": "tracknumber",
    "disk": "discnumber", "\xa9too": "encoder", "----:com.apple.iTunes:ISRC": "isrc",
    "----:com.apple.iTunes:LABEL": "organization", "----:com.apple.iTunes:iTunSMPB": "encoder",
}  # fmt: skip
APE_KEYS = {
    "album artist": "albumartist", "year": "date", "track": "tracknumber", "disc": "discnumber",
    "label": "organization", "publisher": "organization",
}  # fmt: skip
AIFF_TEXTS = {b"NAME": "title", b"AUTH": "artist", b"(c) ": "copyright", b"ANNO": "comment"}


@dataclass(frozen=True, slots=True)
class Tags:
    """Fields by name, each with its values, and whether a picture is embedded."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has_art: bool = False

    def text(self, name: str, limit: int) -> str | None:
        """Return a field's values joined, at most `limit` characters; None where there is none."""
        joined = "; ".join(value[:limit] for value in self.fields.get(name, ())[:20])
        return joined[:limit].strip() or None

    def __or__(self, other: Tags) -> Tags:
        """Put two tags of one file together; the fields of the left one win."""
        return Tags({**other.fields, **self.fields}, self.has_art or other.has_art)


def none() -> Tags:
    return Tags()


def of_pairs(pairs: Iterable[tuple[str, Any]], has_art: bool = False) -> Tags:
    """Make Tags of (name, value) pairs; empty values are left out."""
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        text = str(value).strip("\x00 \t\r\n")
        if text:
            fields[name] = (*fields.get(name, ()), text)
    return Tags(fields, has_art)


def of_id3(tag: Any) -> Tags:
    """Make Tags of mutagen's ID3 (its frames brought to version 2.4 by mutagen)."""
    pairs = []
    for frame in tag.values() if tag else ():
        name = ID3_FRAMES.get(frame.FrameID, f"id3:{frame.FrameID.lower()}")
        pairs += [(name, text) for text in getattr(frame, "text", None) or ["-"]]
    return of_pairs(pairs, has_art=bool(tag) and bool(tag.getall("APIC")))


def of_vorbis(tag: Any, pictures: bool = False) -> Tags:
    """Make Tags of mutagen's Vorbis comments."""
    pairs = [(re.sub(r"[ _]", "", key.lower()), value) for key, value in tag or ()]
    names = {name for name, _ in pairs}
    art = pictures or bool(names & {"metadatablockpicture", "coverart"})
    return of_pairs(pairs, has_art=art)


def of_mp4(tag: Any) -> Tags:
    """Make Tags of mutagen's MP4 atoms."""
    pairs = []
    for key, values in (tag or {}).items():
        name = MP4_ATOMS.get(key, f"mp4:{key.lower()}")
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, tuple):
                value = value[0]  # (number, of how many)
            pairs.append((name, value.decode("utf-8", "replace") if isinstance(value, bytes) else value))
    return of_pairs([pair for pair in pairs if pair[0] != "mp4:covr"], has_art=bool(tag) and "covr" in tag)


def of_ape(tag: Any) -> Tags:
    """Make Tags of mutagen's APEv2 items."""
    pairs, art = [], False
    for key, value in (tag or {}).items():
        lower = key.lower()
        if lower.startswith("cover art"):
            art = True
        else:
            pairs.append((APE_KEYS.get(lower, lower), str(value).replace("\x00", "; ")))
    return of_pairs(pairs, has_art=art)
