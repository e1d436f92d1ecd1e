"""Papers that the tests write, and the probe asked as the engine asks it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from deliverlint_paperwork import facts, fields, file
from deliverlint_paperwork.kinds import ALL
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from deliverlint.spec import DocumentKind, Source
from deliverlint.values import Json, Unmeasured

KINDS: Mapping[str, DocumentKind] = {kind.id: kind for kind in ALL}
EVERY_FACT = frozenset(spec.name for spec in facts.ALL)
LETTER = "The undersigned grants all rights in the film The Egg Farmers to the company that delivers it."


def options(kind: DocumentKind | None, title: str = "The Egg Farmers", as_of: str = "2026-11-22") -> dict[str, Json]:
    """What the engine tells a probe of the kind that a file is to be."""
    if kind is None:
        return {}
    return {
        "kind": kind.id,
        "forms": list(kind.forms),
        "text_needed": kind.text_needed,
        "fields": dict(kind.fields),
        "title": title,
        "as_of": as_of,
    }


def source(path: Path, kind: str = "", **more: str) -> Source:
    return Source(path=path, name=path.name, options=options(KINDS[kind] if kind else None, **more))


def examined(path: Path, kind: str = "", **more: str) -> Mapping[str, Json | Unmeasured]:
    """Every `document.*` fact of a file, as the kind or as no kind at all."""
    return file.measure(source(path, kind, **more), EVERY_FACT)


def state(path: Path, kind: str, **more: str) -> tuple[str, str]:
    """The state of a file as a kind, and its problems in one string."""
    found = examined(path, kind, **more)
    return found["document.state"], "; ".join(found["document.problems"])


def fields_of(path: Path, kind: str, *names: str) -> dict[str, Json | Unmeasured]:
    return dict(fields.measure(source(path, kind), frozenset(names)))


# --- files -------------------------------------------------------------------------------------------


def pdf(path: Path, pages: Sequence[str] = (LETTER,), password: str = "", image_pages: int = 0, **more: Any) -> Path:
    """A PDF by pypdf: pages of text, then pages that hold only a picture; `signed=True` adds a filled field."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        lines = b"".join(b"(%s) Tj T*\n" % line.encode("latin-1") for line in text.splitlines())
        _content(writer, page, b"BT /F1 11 Tf 14 TL 50 780 Td\n" + lines + b"ET")
    for _ in range(image_pages):
        page = writer.add_blank_page(595, 842)
        picture = DecodedStreamObject()
        picture.set_data(bytes(100))
        picture.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Image"),
                NameObject("/Width"): NumberObject(10),
                NameObject("/Height"): NumberObject(10),
                NameObject("/ColorSpace"): NameObject("/DeviceGray"),
                NameObject("/BitsPerComponent"): NumberObject(8),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(picture)})}
        )
        _content(writer, page, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    if more.get("signed") is not None:
        field = DictionaryObject(
            {NameObject("/FT"): NameObject("/Sig"), NameObject("/T"): TextStringObject("Signature1")}
        )
        if more["signed"]:
            field[NameObject("/V")] = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
        form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
        writer._root_object[NameObject("/AcroForm")] = form
    if password or "owner" in more:
        writer.encrypt(password, more.get("owner", password), algorithm=more.get("cipher", "RC4-128"))
    with path.open("wb") as target:
        writer.write(target)
    return path


def pdf_with_aes(path: Path) -> Path:
    """Write a PDF that is encrypted with AES-256 (ISO 32000-2, revision 6) by a key that nobody has."""
    entries = " ".join(f"/{name} <{'5a' * size}>" for name, size in [("O", 48), ("U", 48), ("OE", 32), ("UE", 32)])
    cipher = "/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        f"<< /Filter /Standard /V 5 /R 6 /Length 256 /P -4 {cipher} {entries} /Perms <{'5a' * 16}> >>",
    ]
    text, offsets = "%PDF-2.0\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    table = f"xref\n0 5\n0000000000 65535 f \n{rows}"
    trailer = f"trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>] >>\nstartxref\n{len(text)}\n%%EOF\n"
    path.write_text(text + table + trailer)
    return path


def _content(writer: PdfWriter, page: Any, operators: bytes) -> None:
    stream = DecodedStreamObject()
    stream.set_data(operators)
    page[NameObject("/Contents")] = writer._add_object(stream)


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def docx(path: Path, paragraphs: Sequence[str], **parts: bytes) -> Path:
    """The smallest DOCX that office programs open; `parts` are put in beside, `__` in a name for a slash."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in paragraphs)
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def repacked(path: Path, replace: Mapping[str, bytes]) -> Path:
    """Put other parts into a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry not in replace:
                new.writestr(entry, old.read(entry))
        for name, content in replace.items():
            new.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path
