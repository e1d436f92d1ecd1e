"""A small catalogue and small deliveries for the tests of opening and casting; no plugin is needed."""

from __future__ import annotations

from pathlib import Path

from deliverlint.catalogue import builtin
from deliverlint.catalogue.model import Catalogue, build_catalogue
from deliverlint.delivery.model import Asset, Cast, Delivery, File, Note
from deliverlint.delivery.open import open_delivery
from deliverlint.delivery.roles import cast
from deliverlint.ruleset.model import Origin, Role
from deliverlint.spec import DocumentKind, FactSpec, FileType, Probe, TreeType

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt "
FLAC = b"fLaC\x00\x00\x00\x22"
PDF = b"%PDF-1.7\n"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\nHello\n"
EPUB = b"PK\x03\x04\x0a\x00\x00\x00\x00\x00" + bytes(20) + b"mimetypeapplication/epub+zip"
NOISE = bytes((index * 97 + 161) % 256 for index in range(64))


def _text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


FILE_TYPES = [
    FileType(media="archive", format="ZIP", extensions=(".zip",), magic=(((0, b"PK\x03\x04"),), ((0, b"PK\x05\x06"),))),
    FileType(
        media="audio",
        format="M4A",
        extensions=(".m4a", ".mp4"),
        magic=(((4, b"ftyp"),),),
        accepts=lambda head: head[8:12] == b"M4A ",
    ),
    FileType(media="video", format="MP4", extensions=(".mp4", ".mov"), magic=(((4, b"ftyp"),),)),
    FileType(media="audio", format="WAV", extensions=(".wav",), magic=(((0, b"RIFF"), (8, b"WAVE")),)),
    FileType(media="audio", format="FLAC", extensions=(".flac",), magic=(((0, b"fLaC"),),)),
    FileType(media="image", format="PNG", extensions=(".png",), magic=(((0, b"\x89PNG\r\n\x1a\n"),),)),
    FileType(
        media="ebook",
        format="EPUB",
        extensions=(".epub",),
        magic=(((0, b"PK\x03\x04"), (30, b"mimetypeapplication/epub+zip")),),
    ),
    FileType(media="document", format="PDF", extensions=(".pdf",), magic=(((0, b"%PDF-"),),)),
    FileType(media="captions", format="SRT", extensions=(".srt",), accepts=lambda head: b"-->" in head),
    FileType(media="document", format="text", extensions=(".txt", ".md", ".csv", ".yaml"), accepts=_text),
]

FACTS = [
    FactSpec(name="delivery.has_music", type="yes/no", label="has music", meaning="Music is heard."),
    FactSpec(name="delivery.premiere", type="date", label="premiere", meaning="Day of the premiere."),
    FactSpec(name="delivery.running_time", type="number", unit="s", label="running time", meaning="As announced."),
    FactSpec(name="delivery.uses_ai", type="yes/no", label="uses AI", meaning="Derived.", probe="marks"),
    FactSpec(name="track.side", type="text", label="side", meaning="Side of the record.", values=("A", "B")),
    FactSpec(name="track.is_cover", type="yes/no", label="is a cover", meaning="Written by others."),
    FactSpec(name="track.length", type="number", unit="s", label="length", meaning="As announced."),
    FactSpec(name="track.writers", type="texts", label="writers", meaning="Who wrote it."),
    FactSpec(
        name="track.splits",
        type="records",
        label="splits",
        meaning="Who owns how much.",
        fields=(
            FactSpec(name="writer", type="text", label="writer", meaning="Writer."),
            FactSpec(name="share", type="number", unit="%", label="share", meaning="Share."),
        ),
    ),
    FactSpec(name="audio.codec", type="text", label="codec", meaning="Codec.", probe="marks"),
]

CONTRACT = DocumentKind(id="contract", title="Contract", why="It binds.", forms=("PDF",), match=("**/*contract*.pdf",))
LICENCE = DocumentKind(id="licence", title="Licence", why="It allows.", forms=("PDF",), match=("docs/licence*.*",))
KINDS = {kind.id: kind for kind in (CONTRACT, LICENCE)}


def catalogue(**more: object) -> Catalogue:
    declared: dict[str, object] = {
        "facts": [*builtin.facts(), *FACTS],
        "probes": [*builtin.probes(), Probe(id="marks", version="1", run="nowhere:measure")],
        "file_types": FILE_TYPES,
        "tree_types": [TreeType(media="game", format="PC build", accepts=lambda names: "game.exe" in names)],
        "document_kinds": [CONTRACT, LICENCE],
    }
    return build_catalogue(**{**declared, **more})  # type: ignore[arg-type]


CATALOGUE = catalogue()


def lay(root: Path, files: dict[str, bytes | str]) -> Path:
    """Write files below a folder and return it."""
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def opened(path: Path) -> Delivery:
    """Open and close a delivery; a ZIP's files are gone then, what was found stays."""
    with open_delivery(path, CATALOGUE) as delivery:
        return delivery


def with_manifest(root: Path, manifest: str, files: dict[str, bytes | str] | None = None) -> Delivery:
    return opened(lay(root, {**(files or {}), "delivery.yaml": manifest}))


def role(name: str, media: str, *match: str) -> Role:
    return Role(name, name, media, match, Origin("test/roles", "ruleset.yaml", 1))


def cast_in(delivery: Delivery, *roles: Role, kinds: dict[str, DocumentKind] | None = None) -> Cast:
    return cast(delivery, {each.name: each for each in roles}, KINDS if kinds is None else kinds, CATALOGUE)


def paths(assets: tuple[Asset, ...]) -> list[str]:
    return [asset.path for asset in assets]


def file_of(delivery: Delivery, path: str) -> File:
    return next(file for file in delivery.files if file.path == path)


def told(delivery: Delivery) -> list[tuple[str, str]]:
    """Each note as its kind and where it points to."""
    return [(note.trouble, note.path) for note in delivery.notes]


def only_note(delivery: Delivery) -> Note:
    (note,) = delivery.notes
    return note
