"""DOCX and XLSX: ZIPs of XML, looked through before any of it is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from deliverlint.wording import printable
from deliverlint_paperwork import trouble
from deliverlint_paperwork.trouble import LockedError, UnreadableError

MAX_ENTRIES = 5_000
MAX_XML = 48_000_000  # bytes of XML unpacked; openpyxl takes several times as much memory
MAX_RATIO = 200
_SMALL = 1_000_000  # a ratio says nothing about a small part
_PARTS = {"DOCX": "word/document.xml", "XLSX": "xl/workbook.xml"}
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def form_of_zip(path: Path) -> str:
    """Return DOCX, XLSX or an empty string for a ZIP, by its main part."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    return next((form for form, part in _PARTS.items() if part in names), "")


def has_pictures(path: Path) -> bool:
    """Say whether a DOCX holds pictures; it has been opened before."""
    with zipfile.ZipFile(path) as archive:
        return any(name.startswith("word/media/") for name in archive.namelist())


def refuse_hostile(path: Path, form: str) -> None:
    """Raise UnreadableError for a bomb, an encrypted or damaged ZIP, or XML that declares entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse(archive, form)
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise UnreadableError(f"is a damaged {form}: {printable(str(problem), 120)}") from None
    except Exception as problem:  # zlib.error, struct.error and what else decompression brings
        raise UnreadableError(f"is a damaged {form}: {type(problem).__name__}") from None


def _refuse(archive: zipfile.ZipFile, form: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnreadableError(f"holds {len(entries)} parts; more than {MAX_ENTRIES} are not opened")
    if any(entry.flag_bits & 1 for entry in entries):
        raise LockedError("is encrypted: it cannot be opened without a password")
    if _PARTS[form] not in {entry.filename for entry in entries}:
        raise UnreadableError(f"is no {form}: its part {_PARTS[form]} is missing")
    xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels", ".vml"))]
    if sum(entry.file_size for entry in xml) > MAX_XML:
        raise UnreadableError(f"would unpack to more than {MAX_XML // 1_000_000} MB of XML")
    for entry in xml:
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise UnreadableError("is packed too tightly to be honest: it is not unpacked")
        _refuse_entities(archive, entry)


def _refuse_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read one part through, which also checks its CRC, and never more of it than it says it has."""
    kept = b""
    with archive.open(entry) as part:
        left = entry.file_size + 1
        while left > 0 and (chunk := part.read(min(1 << 20, left))):
            left -= len(chunk)
            window = kept + chunk
            if any(mark in window for mark in _ENTITIES):
                raise UnreadableError("declares XML entities, which no office program writes: it is not opened")
            kept = window[-32:]
    if left <= 0:
        raise UnreadableError("holds a part that is larger than it says")


def docx_text(path: Path) -> str:
    """Return the words of a DOCX, one line a paragraph."""
    refuse_hostile(path, "DOCX")
    from xml.etree import ElementTree

    paragraphs: list[str] = []
    length = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PARTS["DOCX"]) as part:
            line: list[str] = []
            for _, element in ElementTree.iterparse(part):
                name = element.tag.rpartition("}")[2]
                if name == "t":
                    line.append(element.text or "")
                elif name == "tab":
                    line.append("\t")
                elif name == "p":
                    paragraphs.append("".join(line))
                    length += len(paragraphs[-1]) + 1
                    line = []
                    element.clear()
                    if length > trouble.MAX_TEXT:
                        break
    except ElementTree.ParseError as problem:
        raise UnreadableError(f"is a damaged DOCX: {problem}") from None
    except Exception as problem:
        raise UnreadableError(f"is a damaged DOCX: {type(problem).__name__}") from None
    return "\n".join(paragraphs)[: trouble.MAX_TEXT]
