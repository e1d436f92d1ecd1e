"""What is handed in is hostile: bombs, entities, lies and damage end in a sentence, in bounded time and memory."""

from __future__ import annotations

import random
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from deliverlint_paperwork import sniff
from papers import LETTER, docx, examined, fields_of, pdf, repacked, state, text, xlsx

STATES = {"present", "unfilled", "expired", "mismatched", "unreadable"}
ROWS = [["shot", "tool", "prompt"], ["A", "t", "p"]]


def test_a_spreadsheet_that_would_unpack_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    path = repacked(xlsx(tmp_path / "log.xlsx", ROWS), {"xl/worksheets/sheet1.xml": b"<a>" + b" " * 60_000_000})
    tracemalloc.start()
    found, problems = state(path, "prompt-log")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == "unreadable"
    assert "would unpack to more than 48 MB" in problems
    assert peak < 20_000_000


def test_a_part_packed_a_thousand_times_over_is_not_unpacked(tmp_path: Path) -> None:
    path = repacked(xlsx(tmp_path / "log.xlsx", ROWS), {"xl/worksheets/sheet1.xml": b"<a>" + b" " * 9_000_000})
    assert "packed too tightly" in state(path, "prompt-log")[1]


def test_a_part_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = docx(tmp_path / "rights.docx", ["word " * 5000])
    data = bytearray(path.read_bytes())
    # The size in the central directory: 24 bytes after the mark of the second entry.
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(data)
    assert state(path, "rights-statement")[0] == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_xml_entities_are_never_expanded(tmp_path: Path, encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'.encode(encoding)
    path = repacked(docx(tmp_path / "rights.docx", [LETTER]), {"word/document.xml": bomb})
    assert "declares XML entities" in state(path, "rights-statement")[1]
    path = repacked(xlsx(tmp_path / "log.xlsx", ROWS), {"xl/workbook.xml": bomb})
    assert "declares XML entities" in state(path, "prompt-log")[1]


def test_an_encrypted_word_file_says_so(tmp_path: Path) -> None:
    path = docx(tmp_path / "rights.docx", [LETTER])
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path.write_bytes(data)
    found = examined(path, "rights-statement")
    assert found["document.encrypted"] is True
    assert found["document.state"] == "unreadable"


def test_macros_in_a_word_file_are_left_alone(tmp_path: Path) -> None:
    path = docx(tmp_path / "rights.docx", [LETTER], word__vbaProject_bin=b"Sub AutoOpen()")
    assert state(path, "rights-statement") == ("present", "")


def test_a_zip_of_anything_is_no_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "rights.docx", "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert state(tmp_path / "rights.docx", "rights-statement") == ("unreadable", "is a ZIP archive, not a document")


def test_a_formula_is_never_worked_out(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "log.xlsx", [ROWS[0], ["A", "t", '=WEBSERVICE("https://example.com")']])
    record = fields_of(path, "prompt-log", "prompt-log.prompts")["prompt-log.prompts"][0]
    assert "prompt" not in record  # it was saved without a value


def test_a_sheet_that_claims_a_million_columns_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "log.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    path = repacked(path, {"xl/worksheets/sheet1.xml": sheet.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')})
    assert state(path, "prompt-log") == ("present", "")


def test_a_cell_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    path = text(tmp_path / "log.csv", "shot,tool,prompt\nA,t," + "x" * 10_000_000 + "\n")
    found, problems = state(path, "prompt-log")
    assert found == "unreadable"
    assert "cannot be read as CSV at line" in problems


def test_a_csv_with_an_endless_quotation_is_refused(tmp_path: Path) -> None:
    path = text(tmp_path / "log.csv", 'shot,tool,prompt\nA,t,"' + "x\n" * 200_000)
    assert state(path, "prompt-log")[0] == "unreadable"


def test_a_header_of_a_thousand_columns_is_refused(tmp_path: Path) -> None:
    header = ",".join(f"c{number}" for number in range(1000))
    assert "more than 256 columns" in state(text(tmp_path / "log.csv", f"{header}\n"), "prompt-log")[1]


def test_binary_data_named_csv_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(b"shot,tool\n" + b"A" * 5000 + b"\x00\x01\x02\n")
    assert state(tmp_path / "log.csv", "prompt-log")[0] == "unreadable"


def test_tags_without_an_end_take_linear_time(tmp_path: Path) -> None:
    page = text(tmp_path / "tos.html", "<html>" + "<" * 2_000_000 + "script " * 100_000)
    assert state(page, "tos-snapshot")[0] in STATES


def test_a_pdf_whose_pages_point_at_each_other_is_unreadable(tmp_path: Path) -> None:
    ring = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1 >>\nendobj\n"
        b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    )
    (tmp_path / "cot.pdf").write_bytes(ring)
    assert state(tmp_path / "cot.pdf", "chain-of-title")[0] == "unreadable"


def test_a_pdf_stream_that_inflates_to_a_gigabyte_is_bounded(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1000)) + packer.flush()
    body = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, content)
        for number, content in enumerate(
            (
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
                b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
            ),
            1,
        )
    )
    body += b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    (tmp_path / "cot.pdf").write_bytes(body)
    tracemalloc.start()
    found = examined(tmp_path / "cot.pdf", "chain-of-title")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found["document.state"] in {"unreadable", "unfilled"}
    assert peak < 500_000_000


def _pdf(path: Path) -> Path:
    return pdf(path, [LETTER, LETTER], image_pages=1, signed=True)


def _docx(path: Path) -> Path:
    return docx(path, [LETTER, "More words."])


def _xlsx(path: Path) -> Path:
    return xlsx(path, ROWS)


def _csv(path: Path) -> Path:
    return text(path, 'shot;tool;prompt\nA;t;"a; b"\nB;t;c\n')


def _yaml(path: Path) -> Path:
    return text(path, "prompts:\n  - {shot: A, tool: t, prompt: 'p'}\n  - shot: B\n    tool: x\n    prompt: y\n")


def _json(path: Path) -> Path:
    return text(path, '{"prompts": [{"shot": "A", "tool": "t", "prompt": "p", "inputs": ["a", "b"]}]}')


def _html(path: Path) -> Path:
    return text(path, f"<!DOCTYPE html><html><head><style>p {{}}</style></head><body><p>{LETTER}</p></body></html>")


def _rtf(path: Path) -> Path:
    return text(path, r"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1 Times;}}\f0 " + LETTER + r"\par}")


@pytest.mark.parametrize(
    ("write", "ending", "kind", "rounds"),
    [
        (_pdf, "pdf", "chain-of-title", 300),
        (_docx, "docx", "rights-statement", 300),
        (_xlsx, "xlsx", "prompt-log", 300),
        (_csv, "csv", "prompt-log", 500),
        (_yaml, "yaml", "prompt-log", 500),
        (_json, "json", "prompt-log", 500),
        (_html, "html", "tos-snapshot", 300),
        (_rtf, "rtf", "rights-statement", 300),
    ],
)
def test_a_damaged_document_gets_a_state_and_a_sentence(
    tmp_path: Path, write: Callable[[Path], Path], ending: str, kind: str, rounds: int
) -> None:
    chance = random.Random(ending)
    sound = write(tmp_path / f"sound.{ending}").read_bytes()
    damaged = tmp_path / f"damaged.{ending}"
    for _ in range(rounds):
        damaged.write_bytes(mutated(sound, chance))
        found = examined(damaged, kind)
        assert found["document.state"] in STATES
        assert all(isinstance(problem, str) and problem for problem in found["document.problems"])
        assert bool(found["document.problems"]) == (found["document.state"] != "present")
        fields_of(damaged, kind, f"{kind}.prompts", "prompts.shots")


def test_no_head_of_a_file_upsets_the_recognition_of_its_type() -> None:
    chance = random.Random(1)
    for _ in range(500):
        head = mutated(chance.randbytes(chance.randrange(60)) + b"a,b;c\n{}<html>%PDF-PK\x03\x04", chance)
        for kind in sniff.ALL:
            if kind.accepts:
                assert kind.accepts(head) in (True, False)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Flip, cut, double and put in a few bytes."""
    content = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20])):
        at = chance.randrange(len(content)) if content else 0
        match chance.randrange(5):
            case 0 if content:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randrange(1, 40)]
            case 2:
                content[at:at] = content[at : at + chance.randrange(1, 200)]
            case 3:
                content[at:at] = chance.choice([b"\x00", b"\xff\xfe", b'"', b"{", b"<<", b"]", b"9" * 400, b"\n", b"%"])
            case _:
                del content[at + 200 * chance.randrange(1, 5) :]
    return bytes(content)
