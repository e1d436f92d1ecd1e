"""A delivery that comes as a ZIP, honest or hostile."""

from __future__ import annotations

import io
import os
import random
import shutil
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from deliverlint.delivery.archive import Limits, content, list_archive
from deliverlint.delivery.open import open_delivery
from deliverlint.delivery.ziptable import ArchiveError
from tests.delivery.world import CATALOGUE, MP4, NOISE, PNG, cast_in, file_of, lay, only_note, opened, paths, role, told
from tests.delivery.zips import EXECUTABLE, PIPE, SYMLINK, Member, zipped

FILM = Member(b"film.mov", MP4)


def deliver(tmp_path: Path, data: bytes, name: str = "egg.zip") -> Path:
    return lay(tmp_path, {name: data}) / name


def problems(*members: Member, limits: Limits | None = None) -> dict[str, str]:
    listing = list_archive(io.BytesIO(zipped(*members)), limits or Limits())
    return {problem.name: problem.message for problem in listing.problems}


def test_a_zip_is_read_as_the_folder_that_it_holds(tmp_path: Path) -> None:
    place = tmp_path / "egg.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("video/film.mov", MP4)
        archive.writestr("art/cover.png", PNG)
        archive.writestr(
            "delivery.yaml", "title: The Egg Farmers\nassets:\n  - {path: video/film.mov, roles: [picture]}\n"
        )
    with open_delivery(place, CATALOGUE) as delivery:
        assert delivery.title == "The Egg Farmers"
        assert [file.path for file in delivery.files] == ["art/cover.png", "delivery.yaml", "video/film.mov"]
        assert paths(delivery.assets) == ["video/film.mov"]
        assert file_of(delivery, "video/film.mov").location.read_bytes() == MP4
        assert not delivery.notes


def test_the_unpacked_files_are_private_and_gone_at_the_end(tmp_path: Path) -> None:
    with open_delivery(deliver(tmp_path, zipped(FILM)), CATALOGUE) as delivery:
        place = file_of(delivery, "film.mov").location
        assert delivery.root is not None
        if os.name != "nt":
            assert stat.S_IMODE(delivery.root.stat().st_mode) == 0o700
        assert tmp_path not in place.parents
    assert not place.exists()
    assert not delivery.root.exists()


def test_the_private_folder_is_gone_when_the_run_breaks_off(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_delivery(deliver(tmp_path, zipped(FILM)), CATALOGUE) as delivery:
        raise KeyboardInterrupt
    assert delivery.root is not None
    assert not delivery.root.exists()


@pytest.mark.parametrize("with_manifest", [True, False])
def test_one_folder_around_everything_is_the_delivery(tmp_path: Path, with_manifest: bool) -> None:
    members = [Member(b"egg/", method=0), Member(b"egg/video/film.mov", MP4), Member(b"__MACOSX/._egg", b"x")]
    if with_manifest:
        members.append(Member(b"egg/delivery.yaml", b"title: Egg\n"))
    delivery = opened(deliver(tmp_path, zipped(*members), "final.zip" if with_manifest else "Egg.zip"))
    assert "video/film.mov" in [file.path for file in delivery.files]
    assert delivery.title == ("Egg" if with_manifest else "")


def test_a_folder_of_another_name_stays(tmp_path: Path) -> None:
    delivery = opened(deliver(tmp_path, zipped(Member(b"build/game.exe", b"MZ")), "game-1.0.zip"))
    assert [file.path for file in delivery.files] == ["build/game.exe"]


def test_an_empty_zip_is_a_delivery_of_nothing(tmp_path: Path) -> None:
    delivery = opened(deliver(tmp_path, zipped()))
    assert (delivery.files, delivery.notes) == ((), ())


def test_a_zip_after_other_bytes_and_with_a_comment_is_read(tmp_path: Path) -> None:
    data = zipped(FILM, Member(b"cover.png", PNG), before=b"PK\3\4" + NOISE, comment=b"by the egg farm PK\5\6")
    delivery = opened(deliver(tmp_path, data))
    assert [file.media for file in delivery.files] == ["image", "video"]


def test_a_zip64_archive_is_read(tmp_path: Path) -> None:
    place = tmp_path / "egg.zip"
    with zipfile.ZipFile(place, "w") as archive, archive.open("film.mov", "w", force_zip64=True) as target:
        target.write(MP4)
    assert opened(place).files[0].media == "video"


def test_names_in_utf_8_and_in_the_old_code_page_are_read(tmp_path: Path) -> None:
    members = [Member("é.mov".encode(), MP4, flags=0x800), Member("ü.mov".encode(), MP4), Member(b"caf\x82.mov", MP4)]
    delivery = opened(deliver(tmp_path, zipped(*members)))
    assert [file.path for file in delivery.files] == ["café.mov", "é.mov", "ü.mov"]
    assert not delivery.notes


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such right")
def test_what_may_be_executed_stays_so(tmp_path: Path) -> None:
    data = zipped(Member(b"run.sh", b"#!", attributes=EXECUTABLE), Member(b"read.txt", b"x"))
    with open_delivery(deliver(tmp_path, data), CATALOGUE) as delivery:
        modes = {file.path: stat.S_IMODE(file.location.stat().st_mode) for file in delivery.files}
    assert modes == {"run.sh": 0o700, "read.txt": 0o600}


def test_the_same_zip_gives_the_same_identities_and_each_entry_its_own(tmp_path: Path) -> None:
    place = deliver(tmp_path, zipped(FILM, Member(b"cover.png", PNG)))
    os.utime(place, (1_000_000_000, 1_000_000_000))
    first, second = opened(place), opened(place)
    assert [file.identity for file in first.files] == [file.identity for file in second.files]
    # The change time cannot be set, so a file this young has no identity yet.
    assert all(file.identity == "" or file.identity.endswith(f"!{file.path}") for file in first.files)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (b"../evil.mov", "leads out of the delivery"),
        (b"video/../../evil.mov", "leads out of the delivery"),
        (b"/etc/evil.mov", "absolute path"),
        (b"C:/evil.mov", "absolute path"),
        (b"C:evil.mov", "absolute path"),
        (b"..\\evil.mov", "backslashes"),
        (b"\\\\server\\evil.mov", "backslashes"),
        (b"film.mov\0.txt", "zero byte"),
        (b"a//evil.mov", "empty part"),
        (b"./evil.mov", "'.'"),
        (b"", "empty part"),
        (b"d/" * 100 + b"evil.mov", "nested more than"),
    ],
)
def test_an_entry_that_leads_elsewhere_is_left_and_the_others_are_read(tmp_path: Path, name: bytes, says: str) -> None:
    delivery = opened(deliver(tmp_path / "in", zipped(Member(name, MP4), Member(b"cover.png", PNG))))
    assert [file.path for file in delivery.files] == ["cover.png"]
    note = only_note(delivery)
    assert note.trouble == "archive-safe"
    assert says in note.message
    assert not list(tmp_path.rglob("*evil*"))
    assert not (Path(tempfile.gettempdir()) / "evil.mov").exists()


@pytest.mark.parametrize(
    ("member", "says"),
    [
        (Member(b"film.mov", MP4, flags=1), "is encrypted"),
        (Member(b"film.mov", MP4, method=9), "is packed with Deflate64"),
        (Member(b"film.mov", MP4, method=93), "is packed with Zstandard"),
        (Member(b"film.mov", b"/etc/passwd", method=0, attributes=SYMLINK), "is a symbolic link"),
        (Member(b"film.mov", b"", method=0, attributes=PIPE), "is a special file"),
        (Member(b"film.mov", MP4, method=0, size=5), "two sizes that contradict"),
        (Member(b"film.mov", bytes(20_000_000)), "looks like a ZIP bomb"),
        (Member(b"film.mov", MP4, size=len(MP4) - 3), "holds more than"),
        (Member(b"film.mov", MP4, size=len(MP4) + 3), "is cut short"),
        (Member(b"film.mov", MP4, crc=1), "its checksum does not match"),
        (Member(b"film.mov", MP4, packed=b"\xff\xff\xff"), "is damaged"),
        (Member(b"film.mov", MP4, local_name=b"else.mov"), "another name"),
    ],
)
def test_an_entry_whose_content_cannot_be_had_is_a_file_with_the_reason(
    tmp_path: Path, member: Member, says: str
) -> None:
    delivery = opened(deliver(tmp_path, zipped(member, Member(b"cover.png", PNG))))
    assert told(delivery) == [("archive-safe", "film.mov")]
    assert says in only_note(delivery).message
    assert says in file_of(delivery, "film.mov").obstacle
    assert file_of(delivery, "cover.png").media == "image"
    # It still plays its part, so that the report does not call it missing.
    assert paths(cast_in(delivery, role("picture", "video", "**/*.mov")).roles["picture"]) == ["film.mov"]


def test_an_entry_packed_without_compression_is_read(tmp_path: Path) -> None:
    assert opened(deliver(tmp_path, zipped(Member(b"film.mov", MP4, method=0)))).files[0].media == "video"


def test_a_name_that_comes_twice_is_noted_and_the_first_is_taken(tmp_path: Path) -> None:
    delivery = opened(deliver(tmp_path, zipped(Member(b"a.bin", MP4), Member(b"a.bin", PNG))))
    assert file_of(delivery, "a.bin").media == "video"
    assert "twice" in only_note(delivery).message


@pytest.mark.parametrize(("one", "other"), [("Film.mov", "film.MOV"), ("caf\u00e9.mov", "cafe\u0301.mov")])
def test_names_that_only_some_systems_tell_apart_are_noted(one: str, other: str) -> None:
    found = problems(Member(one.encode(), MP4, flags=0x800), Member(other.encode(), MP4, flags=0x800))
    assert list(found) == [other]
    assert "only in case or accents" in found[other]


def test_names_that_this_system_tells_apart_are_two_files_as_they_are_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    if (tmp_path / "X").exists():
        pytest.skip("this system does not tell them apart")
    delivery = opened(deliver(tmp_path, zipped(Member(b"Film.mov", MP4), Member(b"film.MOV", PNG))))
    assert [(file.path, file.media) for file in delivery.files] == [("Film.mov", "video"), ("film.MOV", "image")]
    assert delivery.notes == ()


@pytest.mark.parametrize("names", [(b"a", b"a/b"), (b"a/b", b"a"), (b"A", b"a/b")])
def test_a_name_that_is_file_and_folder_at_once_is_noted(names: tuple[bytes, bytes]) -> None:
    found = problems(*(Member(name, MP4) for name in names))
    assert list(found.values()) == ["is a file and a folder at once; the first was taken"]


def test_entries_that_share_bytes_are_no_quiet_bomb(tmp_path: Path) -> None:
    kernel = Member(b"one.bin", NOISE)
    sharing = [Member(f"{count}.bin".encode(), NOISE, at=0) for count in range(50)]
    listing = list_archive(io.BytesIO(zipped(kernel, *sharing)))
    assert len(listing.entries) <= 1
    assert all("overlaps" in problem.message for problem in listing.problems)


def test_an_entry_that_runs_into_the_table_of_contents_is_noted() -> None:
    data = bytearray(zipped(Member(b"film.mov", NOISE, method=0)))
    place = data.index(b"PK\1\2")
    data[place + 20 : place + 28] = (10_000).to_bytes(4, "little") * 2
    listing = list_archive(io.BytesIO(bytes(data)))
    assert [problem.message for problem in listing.problems] == ["overlaps with another entry or the table of contents"]


def test_no_more_entries_are_read_than_allowed() -> None:
    data = zipped(*(Member(f"{count}.txt".encode(), b"x") for count in range(30)))
    listing = list_archive(io.BytesIO(data), Limits(entries=20))
    assert len(listing.entries) == 20
    assert "more than 20 entries" in listing.problems[0].message


def test_no_more_bytes_are_unpacked_than_allowed() -> None:
    data = zipped(*(Member(f"{count}.bin".encode(), bytes(1000)) for count in range(5)))
    listing = list_archive(io.BytesIO(data), Limits(total=3500))
    assert [entry.name for entry in listing.entries] == ["0.bin", "1.bin", "2.bin"]
    assert len(listing.problems) == 2


def test_a_full_disk_is_noted_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=0))
    delivery = opened(deliver(tmp_path, zipped(FILM)))
    assert told(delivery) == [("archive-safe", "film.mov")]
    assert file_of(delivery, "film.mov").obstacle


@pytest.mark.parametrize("kept", [4, 40, 200])
def test_a_zip_that_is_cut_short_is_noted(tmp_path: Path, kept: int) -> None:
    delivery = opened(deliver(tmp_path, zipped(FILM, Member(b"noise.bin", NOISE * 20, method=0))[:kept]))
    assert delivery.files == ()
    assert told(delivery) == [("archive-safe", "egg.zip")]
    assert "cut short or damaged" in only_note(delivery).message


def test_a_zip_in_several_parts_is_noted(tmp_path: Path) -> None:
    delivery = opened(deliver(tmp_path, zipped(FILM, disk=3)))
    assert "several parts" in only_note(delivery).message


def test_a_file_that_only_calls_itself_zip_is_a_single_file(tmp_path: Path) -> None:
    delivery = opened(deliver(tmp_path, NOISE))
    assert [file.path for file in delivery.files] == ["egg.zip"]
    assert "is none" in only_note(delivery).message


def test_many_bad_entries_are_counted_not_listed(tmp_path: Path) -> None:
    data = zipped(*(Member(f"../{count}".encode(), b"x") for count in range(1000)))
    delivery = opened(deliver(tmp_path, data))
    assert len(delivery.notes) == 201
    assert delivery.notes[-1].message == "has 800 more entries that are not safe"


def test_mutated_zips_never_raise_and_never_leave_the_folder() -> None:
    source = random.Random(20261122)
    good = zipped(
        FILM, Member(b"docs/", method=0), Member(b"docs/a.txt", b"word " * 400), Member(b"n.bin", NOISE, method=0)
    )
    for _ in range(600):
        data = bytearray(good)
        for _ in range(source.choice((1, 2, 8))):
            data[source.randrange(len(data))] = source.randrange(256)
        if source.random() < 0.3:
            del data[source.randrange(len(data)) :]
        file = io.BytesIO(bytes(data))
        for entry in list_archive(file).entries:
            assert ".." not in entry.name.split("/")
            assert not entry.name.startswith("/")
            try:
                size = sum(len(piece) for piece in content(file, entry))
            except ArchiveError:
                continue
            assert size == entry.size


def test_mutated_zips_are_opened_whole(tmp_path: Path) -> None:
    source = random.Random(7)
    good = zipped(FILM, Member(b"docs/a.txt", b"word " * 400))
    for count in range(60):
        data = bytearray(good)
        for _ in range(3):
            data[source.randrange(4, len(data))] = source.randrange(256)
        delivery = opened(deliver(tmp_path, bytes(data), f"{count}.zip"))
        assert delivery.files or delivery.notes
