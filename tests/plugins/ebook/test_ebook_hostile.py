"""Books that are damaged or made to do harm: each is answered, in words, within bounds."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from deliverlint_ebook.formats import FILE_TYPES

from tests.plugins.ebook.books import MANIFEST, SOUND, fact, facts_of, package, page, png, reason, write

OPF = "OEBPS/content.opf"

LIMITED = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from deliverlint.values import Unmeasured
from tests.plugins.ebook.books import facts_of
facts = facts_of(Path(sys.argv[1]))
shown = {name: {"unmeasured": v.reason} if isinstance(v, Unmeasured) else v for name, v in facts.items()}
# Not ru_maxrss where it can be helped: on Linux a child begins with its parent's.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
peak = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1000 if sys.platform == "darwin" else 1)
print(json.dumps({"facts": shown, "peak_mb": peak / 1000}))
"""


def within_bounds(path: Path) -> dict[str, Any]:
    """Measure in a process of its own with 10 s of processor time; fail where it took more than 200 MB."""
    pytest.importorskip("resource")
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        text=True,
        cwd=root,
        env={"PYTHONPATH": f"{root}:{root / 'plugins'}"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["peak_mb"] < 200
    return answer["facts"]  # type: ignore[no-any-return]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.epub"


# --- damaged


def test_what_is_no_zip_says_so(book: Path) -> None:
    book.write_bytes(b"%PDF-1.7 nothing of a ZIP")
    assert fact(book, "damage") == ["is no ZIP archive: the directory at its end is not there"]


def test_a_truncated_book_says_that_it_is_cut_short(book: Path) -> None:
    book.write_bytes(write(book).read_bytes()[:-100])
    facts = facts_of(book)
    assert "is cut short" in facts["damage"][0]
    assert all(reason(value) == facts["damage"][0] for name, value in facts.items() if name != "damage")


def test_a_changed_byte_in_a_page_is_found_by_its_checksum(book: Path) -> None:
    data = bytearray(write(book).read_bytes())
    place = data.index(b"OEBPS/text/one.xhtml") + len("OEBPS/text/one.xhtml") + 40
    data[place] ^= 0xFF
    book.write_bytes(data)
    facts = facts_of(book)
    assert [line.partition(":")[0] for line in facts["damaged_files"]] == ["OEBPS/text/one.xhtml"]
    assert "OEBPS/text/one.xhtml is damaged" in reason(facts["words"])


def test_an_empty_zip_has_no_package(book: Path) -> None:
    zipfile.ZipFile(book, "w").close()
    assert fact(book, "damage") == ["has no package document: META-INF/container.xml is not in the book"]


def test_a_password_is_said(book: Path) -> None:
    data = bytearray(write(book).read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(signature, at + 4)
    book.write_bytes(data)
    facts = facts_of(book)
    assert facts["damage"] == ["is protected by a ZIP password"]
    assert facts["encrypted"] is True
    assert reason(facts["title"]) == "is protected by a ZIP password"


def test_a_second_container_xml_is_not_believed(book: Path) -> None:
    write(book)
    with zipfile.ZipFile(book, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("META-INF/container.xml", "<container/>")
    facts = facts_of(book)
    assert facts["unsafe_entries"] == ["'META-INF/container.xml' is there twice"]
    assert facts["title"] == "The Lamp on the Quay"


# --- names


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../outside.xhtml", "would be written outside the book"),
        ("/etc/passwd", "is an absolute path"),
        ("C:/autoexec.bat", "is an absolute path"),
        ("OEBPS\\page.xhtml", "has a backslash in its name"),
        ("OEBPS/\u202elmthx.exe", "has invisible characters in its name"),
        ("OEBPS/" + "ä" * 130, "has a name of more than 255 bytes"),
        ("oebps/CONTENT.opf", "has the name of 'OEBPS/content.opf' in other letters"),
    ],
)
def test_an_unsafe_name_is_named_and_the_rest_is_read(book: Path, name: str, said: str) -> None:
    facts = facts_of(write(book, {name: "x"}))
    assert len(facts["unsafe_entries"]) == 1
    assert said in facts["unsafe_entries"][0]
    assert facts["title"] == "The Lamp on the Quay"


def test_a_link_is_not_followed(book: Path) -> None:
    write(book, {"OEBPS/book.css": None})
    with zipfile.ZipFile(book, "a") as archive:
        info = zipfile.ZipInfo("OEBPS/book.css")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert fact(book, "unsafe_entries") == ["'OEBPS/book.css' is a link, not a file"]


def test_a_method_that_epub_does_not_know_is_not_unpacked(book: Path) -> None:
    write(book)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("OEBPS/x.txt", "x")
    assert "compressed in a way that an EPUB may not use" in fact(book, "unsafe_entries")[0]


# --- bombs


def test_a_bomb_is_refused_by_its_ratio(book: Path) -> None:
    facts = within_bounds(write(book, {"OEBPS/book.css": b" " * 30_000_000}))
    assert facts["damage"] == [
        "is not opened: 'OEBPS/book.css' would unpack to more than 200 times its size, as a ZIP bomb does"
    ]


def test_overlapping_entries_are_refused(book: Path) -> None:
    data = bytearray(write(book).read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    third = data.index(b"PK\x01\x02", second + 4)
    data[third + 42 : third + 46] = data[second + 42 : second + 46]  # two names, one place
    book.write_bytes(data)
    assert "overlaps another entry" in fact(book, "damage")[0]


def test_a_size_beyond_the_end_is_refused(book: Path) -> None:
    data = bytearray(write(book).read_bytes())
    last = data.rindex(b"PK\x01\x02")
    struct.pack_into("<II", data, last + 20, 50_000_000, 60_000_000)
    book.write_bytes(data)
    assert "would lie beyond the end of the file" in fact(book, "damage")[0]


def test_a_stated_size_that_is_too_small_is_damage_and_not_believed(book: Path) -> None:
    data = bytearray(write(book, {"OEBPS/book.css": "p {}\n" * 5000}).read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    assert b"OEBPS/book.css" in data[entry:]
    struct.pack_into("<I", data, entry + 24, 10)
    book.write_bytes(data)
    assert [line.partition(":")[0] for line in fact(book, "damaged_files")] == ["OEBPS/book.css"]


def test_a_huge_directory_is_refused_before_it_is_read(book: Path) -> None:
    data = bytearray(write(book).read_bytes())
    struct.pack_into("<I", data, data.rindex(b"PK\x05\x06") + 12, 500_000_000)
    book.write_bytes(data)
    assert fact(book, "damage") == ["is not opened: its ZIP directory is larger than any book's"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
BOMB = f'<?xml version="1.0"?><!DOCTYPE package [<!ENTITY l0 "ha">{LAUGHS}]><package>&l8;</package>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><package>&x;</package>'


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_the_package_are_refused_before_parsing(book: Path, xml: str, encoding: str) -> None:
    facts = within_bounds(write(book, {OPF: xml.encode(encoding)}))
    assert facts["damage"] == [
        "cannot be read: OEBPS/content.opf declares entities or other DTD parts, which are not read:"
        " they can expand without end"
    ]


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_in_a_page_leave_that_page_unread(book: Path, xml: str) -> None:
    facts = within_bounds(write(book, {"OEBPS/text/one.xhtml": xml}))
    assert facts["not_well_formed"][0].startswith("OEBPS/text/one.xhtml declares entities")
    assert facts["words"]["unmeasured"] == facts["not_well_formed"][0]
    assert facts["title"] == "The Lamp on the Quay"
    assert "root:" not in json.dumps(facts)


@pytest.mark.parametrize("file", ["META-INF/container.xml", "META-INF/encryption.xml", "OEBPS/nav.xhtml"])
def test_entities_elsewhere_are_refused_too(book: Path, file: str) -> None:
    facts = within_bounds(write(book, {file: OUTSIDE}))
    assert f"{file} declares entities" in json.dumps(facts)


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-7", "in the encoding 'utf-7'"), ("cp037", "does not begin with '<'")]
)
def test_an_encoding_that_could_hide_a_declaration_is_refused(book: Path, encoding: str, said: str) -> None:
    xml = BOMB.replace('"1.0"', f'"1.0" encoding="{encoding}"')
    head, rest = xml.split("?>", 1)
    data = xml.encode(encoding) if encoding == "cp037" else (head + "?>").encode() + rest.encode(encoding)
    assert said in fact(write(book, {OPF: data}), "damage")[0]


def test_deep_nesting_is_bounded(book: Path) -> None:
    rng = random.Random(1)
    deep = "".join(f'<b id="{rng.random()}">' for _ in range(50_000))
    facts = within_bounds(write(book, {"OEBPS/text/one.xhtml": page(deep)}))
    assert facts["not_well_formed"][0].startswith("OEBPS/text/one.xhtml:")


def test_comments_without_end_in_a_style_sheet_cost_nothing(book: Path) -> None:
    rng = random.Random(2)
    css = "".join(f"/*{rng.random()} url(" for _ in range(100_000))
    assert within_bounds(write(book, {"OEBPS/book.css": css}))["remote_resources"] == []


def test_ten_thousand_chapters_are_read(book: Path) -> None:
    rng = random.Random(3)
    numbers = range(10_000)
    manifest = MANIFEST + "".join(
        f'<item id="x{n}" href="x{n}.xhtml" media-type="application/xhtml+xml"/>\n' for n in numbers
    )
    spine = "".join(f'<itemref idref="x{n}"/>' for n in numbers)
    chapters = {f"OEBPS/x{n}.xhtml": page(f"<p>{rng.random()} words <a href='no{n}'>here</a></p>") for n in numbers}
    facts = within_bounds(write(book, {OPF: package(manifest=manifest, spine=spine), **chapters}))
    assert facts["chapters"] == 10_000
    assert facts["words"] == 30_000
    assert facts["links.broken"][-1] == "and 9800 more"


def test_a_cover_of_200_megapixels_is_measured_by_its_head(book: Path) -> None:
    facts = within_bounds(write(book, {"OEBPS/images/cover.png": png(10_000, 20_000)}))
    assert (facts["cover.width"], facts["cover.height"]) == (10_000, 20_000)


def test_a_title_of_a_million_letters_is_shortened(book: Path) -> None:
    rng = random.Random(4)
    title = "".join(chr(rng.randrange(97, 123)) for _ in range(1_000_000))
    facts = within_bounds(write(book, {OPF: package(f"<dc:title>{title}</dc:title>")}))
    assert len(facts["title"]) == 1000


# --- mutations


def test_mutated_books_are_answered_without_a_traceback(book: Path) -> None:
    rng = random.Random(20261122)
    sound = write(book).read_bytes()
    for _ in range(300):
        data = bytearray(sound)
        for _ in range(rng.randint(1, 12)):
            place = rng.randrange(len(data))
            change = rng.random()
            if change < 0.6:
                data[place] = rng.randrange(256)
            elif change < 0.8:
                del data[place : place + rng.randrange(1, 40)]
            else:
                data[place:place] = rng.randbytes(rng.randrange(1, 40))
        book.write_bytes(data)
        facts_of(book)
        assert all(isinstance(kind.accepts and kind.accepts(bytes(data[:4096])), bool) for kind in FILE_TYPES)


def test_mutated_texts_inside_sound_zips_are_answered_without_a_traceback(book: Path) -> None:
    rng = random.Random(20261123)
    names = [name for name in SOUND if name != "mimetype"]
    for _ in range(300):
        changes: dict[str, str | bytes | None] = {}
        for name in rng.sample(names, rng.randint(1, 3)):
            content = SOUND[name]
            data = bytearray(content.encode() if isinstance(content, str) else content)
            for _ in range(rng.randint(1, 6)):
                place = rng.randrange(len(data))
                data[place : place + rng.randrange(0, 8)] = rng.choice(
                    [rng.randbytes(3), b"<", b'"', b"&#0;", b"//", b"[::", b"\0"]
                )
            changes[name] = bytes(data)
        facts_of(write(book, changes))
