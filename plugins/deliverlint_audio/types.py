"""Sound file formats, recognised by their first bytes."""

from __future__ import annotations

from deliverlint.spec import FileType

_BIT_RATES = {  # kb/s by (MPEG-1?, layer); ISO/IEC 11172-3 table 2.4.2.3 and 13818-3
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_SOUND = bytes.fromhex("409e69f84d5bcf11a8fd00805f5c442b")
_ASF_PICTURE = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def mpeg_frame(head: bytes, position: int) -> tuple[int, int] | None:
    """Return (layer, length in bytes) of the MPEG audio frame at `position`, or None. Layers II and III only."""
    if position < 0 or position + 4 > len(head) or head[position] != 0xFF or head[position + 1] & 0xE0 != 0xE0:
        return None
    flags, rates = head[position + 1], head[position + 2]
    version, layer = flags >> 3 & 3, 4 - (flags >> 1 & 3)
    rate_index, frequency_index, padding = rates >> 4, rates >> 2 & 3, rates >> 1 & 1
    if version == 1 or layer not in (2, 3) or rate_index in (0, 15) or frequency_index == 3:
        return None
    bit_rate = _BIT_RATES[version == 3, layer][rate_index - 1]
    samples = 144 if layer == 2 or version == 3 else 72
    return layer, samples * bit_rate * 1000 // _SAMPLE_RATES[version][frequency_index] + padding


def adts_frame(head: bytes, position: int) -> int | None:
    """Return the length in bytes of the ADTS frame at `position`, or None (ISO/IEC 13818-7, section 6.2)."""
    if position < 0 or position + 7 > len(head) or head[position] != 0xFF or head[position + 1] & 0xF6 != 0xF0:
        return None
    length = (head[position + 3] & 3) << 11 | head[position + 4] << 3 | head[position + 5] >> 5
    if head[position + 2] >> 2 & 15 > 12 or length < 7:
        return None
    return length


def is_mp3(head: bytes) -> bool:
    """Two frames in a row, after an ID3v2 tag if there is one; what follows a longer tag is taken for an MP3."""
    start = _after_id3(head)
    return (start > 0 and start + 4 > len(head)) or _frames_of_layer(head, start, 3)


def is_mp2(head: bytes) -> bool:
    return _frames_of_layer(head, 0, 2)


def is_adts(head: bytes) -> bool:
    start = _after_id3(head)
    length = adts_frame(head, start)
    if length is None:
        return False
    return start + length + 7 > len(head) or adts_frame(head, start + length) is not None


def is_ac3(head: bytes) -> bool:
    """A sync word and a bit stream identification that exists: AC-3 up to 10, E-AC-3 11 to 16 (ETSI TS 102 366)."""
    return head[:2] == b"\x0b\x77" and len(head) > 5 and head[5] >> 3 <= 16


def is_matroska_audio(head: bytes) -> bool:
    return _is_sound_of_ebml(head, b"matroska")


def is_webm_audio(head: bytes) -> bool:
    return _is_sound_of_ebml(head, b"webm")


def _is_sound_of_ebml(head: bytes, doc_type: bytes) -> bool:
    """The document type is named in the first bytes; codecs are named A_... for sound and V_... for pictures."""
    named = head.startswith(b"\x1aE\xdf\xa3") and b"\x42\x82" + bytes([0x80 | len(doc_type)]) + doc_type in head[:256]
    return named and b"\x86" in head and b"A_" in head and b"V_" not in head


def is_wma(head: bytes) -> bool:
    """An ASF file whose stream properties name sound and no picture."""
    return head.startswith(_ASF) and _ASF_SOUND in head and _ASF_PICTURE not in head


def is_tagged_flac(head: bytes) -> bool:
    start = _after_id3(head)
    return start > 0 and head[start : start + 4] == b"fLaC"


def _frames_of_layer(head: bytes, start: int, layer: int) -> bool:
    frame = mpeg_frame(head, start)
    if frame is None or frame[0] != layer:
        return False
    following = start + frame[1]
    if following + 4 > len(head):
        return True
    second = mpeg_frame(head, following)
    return second is not None and second[0] == layer


def _after_id3(head: bytes) -> int:
    """Where the ID3v2 tags at the beginning end; careless taggers write a second one in front of the first."""
    start = 0
    while head[start : start + 3] == b"ID3" and len(head) >= start + 10 and max(head[start + 6 : start + 10]) < 0x80:
        a, b, c, d = head[start + 6 : start + 10]
        start += 10 + (a << 21 | b << 14 | c << 7 | d)
    return start


def _ogg(payload: bytes) -> tuple[tuple[int, bytes], ...]:
    # The first page of an Ogg stream has one lacing value, so that its packet begins at byte 28.
    return ((0, b"OggS\x00"), (28, payload))


FILE_TYPES = [
    FileType(media="audio", format="WAV", extensions=(".wav", ".wave"), magic=(((0, b"RIFF"), (8, b"WAVE")),)),
    FileType(media="audio", format="RF64", extensions=(".wav", ".rf64"), magic=(((0, b"RF64"), (8, b"WAVE")),)),
    FileType(media="audio", format="BW64", extensions=(".wav", ".bw64"), magic=(((0, b"BW64"), (8, b"WAVE")),)),
    FileType(
        media="audio",
        format="Wave64",
        extensions=(".w64",),
        magic=(((0, bytes.fromhex("726966662E91CF11A5D628DB04C10000")),),),
    ),
    FileType(media="audio", format="AIFF", extensions=(".aif", ".aiff"), magic=(((0, b"FORM"), (8, b"AIFF")),)),
    FileType(
        media="audio", format="AIFF-C", extensions=(".aif", ".aifc", ".aiff"), magic=(((0, b"FORM"), (8, b"AIFC")),)
    ),
    FileType(media="audio", format="FLAC", extensions=(".flac",), magic=(((0, b"fLaC"),),)),
    FileType(media="audio", format="FLAC", extensions=(".flac",), accepts=is_tagged_flac),
    FileType(
        media="audio",
        format="M4A",
        extensions=(".m4a",),
        magic=(((4, b"ftypM4A "),), ((4, b"ftypM4P "),), ((4, b"ftypF4A "),)),
    ),
    FileType(media="audio", format="M4B", extensions=(".m4b",), magic=(((4, b"ftypM4B "),), ((4, b"ftypF4B "),))),
    FileType(media="audio", format="Ogg Vorbis", extensions=(".ogg", ".oga"), magic=(_ogg(b"\x01vorbis"),)),
    FileType(media="audio", format="Opus", extensions=(".opus",), magic=(_ogg(b"OpusHead"),)),
    FileType(media="audio", format="Ogg FLAC", extensions=(".oga", ".ogg"), magic=(_ogg(b"\x7fFLAC"),)),
    FileType(media="audio", format="Speex", extensions=(".spx",), magic=(_ogg(b"Speex   "),)),
    FileType(media="audio", format="WavPack", extensions=(".wv",), magic=(((0, b"wvpk"),),)),
    FileType(media="audio", format="Monkey's Audio", extensions=(".ape",), magic=(((0, b"MAC "),),)),
    FileType(media="audio", format="CAF", extensions=(".caf",), magic=(((0, b"caff\x00\x01"),),)),
    FileType(media="audio", format="DSF", extensions=(".dsf",), magic=(((0, b"DSD "), (28, b"fmt ")),)),
    FileType(media="audio", format="AC-3", extensions=(".ac3", ".eac3"), accepts=is_ac3),
    FileType(media="audio", format="Matroska audio", extensions=(".mka",), accepts=is_matroska_audio),
    FileType(media="audio", format="WebM audio", extensions=(".weba", ".webm"), accepts=is_webm_audio),
    FileType(media="audio", format="WMA", extensions=(".wma",), accepts=is_wma),
    FileType(media="audio", format="AAC", extensions=(".aac",), accepts=is_adts),
    FileType(media="audio", format="MP3", extensions=(".mp3",), accepts=is_mp3),
    FileType(media="audio", format="MP2", extensions=(".mp2",), accepts=is_mp2),
]
