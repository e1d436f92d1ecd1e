"""Tags: one set of facts, whichever family of tags a file has."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import mutagen
import mutagen.flac
import mutagen.id3
import mutagen.mp4
import pytest
from sounds import aiff, chunk, encode, fmt, riff, tags_of, wav

from deliverlint.catalogue import load_catalogue
from deliverlint.delivery.model import File
from deliverlint.facts.measure import measure
from deliverlint.facts.model import Plan, Task
from deliverlint.facts.workers import Workers
from deliverlint.values import Unmeasured

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def id3(*extra: mutagen.id3.Frame) -> bytes:
    """Return an ID3v2.4 tag with title, artist, track 3 of 9, ISRC and a date."""
    tag = mutagen.id3.ID3()
    for frame in (
        mutagen.id3.TIT2(encoding=3, text="Écluse"),
        mutagen.id3.TPE1(encoding=3, text=["One", "Two"]),
        mutagen.id3.TRCK(encoding=3, text="3/9"),
        mutagen.id3.TSRC(encoding=3, text="aa-6q7-26-00011"),
        mutagen.id3.TDRC(encoding=3, text="2026-11-22"),
        *extra,
    ):
        tag.add(frame)
    out = BytesIO()
    tag.save(out)
    return out.getvalue()


def tagged_mp3(folder: Path) -> Path:
    path = encode(folder / "a.mp3", "libmp3lame", seconds=0.3)
    path.write_bytes(id3() + path.read_bytes())
    return path


def tagged_wav(folder: Path) -> Path:
    path = folder / "a.wav"
    path.write_bytes(wav(trailer=chunk(b"id3 ", id3())))
    return path


def tagged_aiff(folder: Path) -> Path:
    path = folder / "a.aiff"
    path.write_bytes(aiff(extra=chunk(b"ID3 ", id3(), ">")))
    return path


def tagged_flac(folder: Path) -> Path:
    path = encode(folder / "a.flac", "flac", seconds=0.3)
    return _easy(path)


def tagged_opus(folder: Path) -> Path:
    return _easy(encode(folder / "a.opus", "libopus", seconds=0.3, rate=48000))


def tagged_wavpack(folder: Path) -> Path:
    path = encode(folder / "a.wv", "wavpack", seconds=0.3)
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    for key, value in (("Title", "Écluse"), ("Artist", "One\0Two"), ("Track", "3/9"), ("ISRC", "AA6Q72600011"),
                       ("Year", "2026-11-22")):  # fmt: skip
        file.tags[key] = value
    file.save()
    return path


def _easy(path: Path) -> Path:
    file = mutagen.File(path)
    file["title"], file["artist"], file["tracknumber"] = "Écluse", ["One", "Two"], "3/9"
    file["isrc"], file["date"] = "AA6Q72600011", "2026-11-22"
    file.save()
    return path


def tagged_m4a(folder: Path) -> Path:
    path = encode(folder / "a.m4a", "aac", seconds=0.3)
    file = mutagen.mp4.MP4(path)
    file["\xa9nam"], file["\xa9ART"], file["trkn"], file["\xa9day"] = "Écluse", ["One", "Two"], [(3, 9)], "2026-11-22"
    file["----:com.apple.iTunes:ISRC"] = b"AA6Q72600011"
    file.save()
    return path


@pytest.mark.parametrize(
    "make", [tagged_mp3, tagged_wav, tagged_aiff, tagged_flac, tagged_opus, tagged_wavpack, tagged_m4a]
)
def test_the_same_tags_are_the_same_facts_in_every_format(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    facts = tags_of(make(tmp_path))
    assert facts["audio.tags.title"] == "Écluse"
    assert facts["audio.tags.artist"] == "One; Two"
    assert facts["audio.tags.track"] == 3
    assert facts["audio.tags.date"] == "2026-11-22"
    assert facts["audio.isrc"] == "AA6Q72600011"
    assert (facts["audio.embedded_tags"], facts["audio.embedded_art"]) == (True, False)
    assert facts["audio.tags.album"] is None


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.wav", "pcm_s16le", 44100), ("a.flac", "flac", 44100), ("a.m4a", "aac", 44100), ("a.mp3", "libmp3lame", 44100),
     ("a.opus", "libopus", 48000), ("a.aiff", "pcm_s16be", 44100)],
)  # fmt: skip
def test_the_encoders_own_signature_is_no_tag(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    facts = tags_of(encode(tmp_path / name, codec, seconds=0.3, rate=rate))
    assert (facts["audio.embedded_tags"], facts["audio.embedded_art"]) == (False, False)
    assert facts["audio.isrc"] is None


def test_art_in_an_id3_tag_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(trailer=chunk(b"id3 ", id3(mutagen.id3.APIC(data=PNG, mime="image/png")))))
    assert tags_of(path)["audio.embedded_art"] is True


def test_art_in_flac_is_a_tag_even_when_it_is_the_only_one(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.flac", "flac", seconds=0.3)
    file, picture = mutagen.flac.FLAC(path), mutagen.flac.Picture()
    picture.data, picture.mime = PNG, "image/png"
    file.add_picture(picture)
    file.save()
    facts = tags_of(path)
    assert (facts["audio.embedded_tags"], facts["audio.embedded_art"]) == (True, True)


def test_art_in_an_m4a_is_seen(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.m4a", "aac", seconds=0.3)
    file = mutagen.mp4.MP4(path)
    file["covr"] = [mutagen.mp4.MP4Cover(PNG, mutagen.mp4.MP4Cover.FORMAT_PNG)]
    file.save()
    assert tags_of(path)["audio.embedded_art"] is True


def test_the_info_list_of_a_wave_file_is_a_tag(tmp_path: Path) -> None:
    info = b"INFO" + chunk(b"INAM", b"Sluice\0") + chunk(b"IART", b"Keepers\0") + chunk(b"ITRK", b"7\0")
    path = tmp_path / "a.wav"
    path.write_bytes(riff(chunk(b"fmt ", fmt()), chunk(b"LIST", info), chunk(b"data", bytes(400))))
    facts = tags_of(path)
    assert (facts["audio.tags.title"], facts["audio.tags.artist"], facts["audio.tags.track"]) == (
        "Sluice",
        "Keepers",
        7,
    )
    assert facts["audio.embedded_tags"] is True


def test_the_isrc_of_a_broadcast_wave_stands_in_its_axml_chunk(tmp_path: Path) -> None:
    core = b'<ebuCoreMain><coreMetadata><identifier typeLabel="GUID" typeDefinition="ISRC"><dc:identifier>ISRC:AA6Q72600011'
    path = tmp_path / "a.wav"
    path.write_bytes(wav(trailer=chunk(b"axml", core)))
    assert tags_of(path)["audio.isrc"] == "AA6Q72600011"


def test_the_text_chunks_of_an_aiff_file_are_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.aiff"
    path.write_bytes(aiff(extra=chunk(b"NAME", b"Sluice", ">") + chunk(b"AUTH", b"Keepers", ">")))
    facts = tags_of(path)
    assert (facts["audio.tags.title"], facts["audio.tags.artist"]) == ("Sluice", "Keepers")


def test_an_id3v1_tag_is_read_too(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.mp3", "libmp3lame", seconds=0.3)
    old = b"TAG" + b"Sluice".ljust(30, b"\0") + b"Keepers".ljust(30, b"\0") + bytes(65)
    whole = path.read_bytes()
    path.write_bytes(whole[whole.index(b"\xff\xfb") :] + old)
    assert tags_of(path)["audio.tags.title"] == "Sluice"


def test_a_very_long_tag_is_shortened(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(trailer=chunk(b"id3 ", id3(mutagen.id3.TCOP(encoding=3, text="x" * 1_000_000)))))
    assert tags_of(path)["audio.tags.copyright"] == "x" * 1000


def test_damaged_tags_are_unmeasured_with_the_reason(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.flac", "flac", seconds=0.3)
    path.write_bytes(path.read_bytes()[:60])
    assert tags_of(path)["audio.isrc"] == Unmeasured("has damaged tags, or its structure cannot be read")


def test_tags_of_a_format_that_is_not_read_are_unmeasured(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.ac3", "ac3", seconds=0.3)
    assert tags_of(path)["audio.isrc"] == Unmeasured("is AC-3, whose tags are not read here")


def bomb(unpacked: int) -> bytes:
    """Return an ID3v2.4 tag whose one frame unpacks to `unpacked` bytes."""
    packed = zlib.compress(b"\x03" + bytes(unpacked))

    def syncsafe(number: int) -> bytes:
        return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))

    content = syncsafe(min(unpacked + 1, (1 << 28) - 1)) + packed
    frame = b"TIT2" + syncsafe(len(content)) + struct.pack(">H", 0x0009) + content
    return b"ID3\x04\0\0" + syncsafe(len(frame)) + frame


def test_a_tag_that_unpacks_to_a_gigabyte_costs_its_own_facts_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "bomb.mp3"
    path.write_bytes(bomb(300_000_000) + bytes(100))
    catalogue = load_catalogue()
    asset = File(path.name, str(path), path.stat().st_size, "audio", "MP3")
    task = Task(path.name, asset, "", catalogue.probes["audio.tags"], frozenset({"audio.tags.title"}))
    with Workers(1) as workers:
        facts = measure(Plan(tasks=(task,)), workers, None, catalogue.facts)
    found = facts[path.name]["audio.tags.title"]
    assert isinstance(found, Unmeasured)
    assert "memory" in found.reason or "damaged tags" in found.reason
