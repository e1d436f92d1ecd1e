"""What bad input gets: a clear line, an honest status and a whole run, through the command and with the real plugins."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.delivery.zips import Member, zipped
from tests.shown import misbehaving
from tests.shown.conftest import ROOT, Desk, ended

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX links, names, signals or limits")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux has capabilities, and names of any bytes")
YOUTUBE = ("-r", "youtube")
SRT = (ROOT / "corpus/streamer/short-film/captions/egg-farmers.en.srt").read_bytes()
FILM = (ROOT / "corpus/streamer/short-film/video/egg-farmers.mp4").read_bytes()
PICTURE = "video/egg-farmers.mp4"
# Where it lies: of a copy that is younger than two seconds nothing would be remembered.
OLD = str(ROOT / "corpus/streamer/short-film")


def test_the_film_that_is_spoilt_below_is_good_as_it_is(desk: Desk) -> None:
    desk.film()
    ran = desk.check("film")
    assert (ran.code, ran.err) == (0, "")
    assert "Ready to hand over." in ran.out


def test_a_path_that_does_not_exist(desk: Desk) -> None:
    desk.film("egg-farmers")
    ran = desk.check("egg-famers")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "deliverlint: there is no file or folder 'egg-famers'; did you mean 'egg-farmers'?\n"


def test_an_empty_folder(desk: Desk) -> None:
    (desk.root / "empty").mkdir()
    ran = desk.check("empty", *YOUTUBE)
    assert ran.code == 1
    assert "no file for the role 'picture', expected at least 1" in ran.said
    assert "Add the film as a video file." in ran.said
    unnamed = desk.check("empty")
    assert (unnamed.code, unnamed.out) == (2, "")
    assert "no ruleset is named for empty: say with -r what to check against" in unnamed.err


def test_a_zero_byte_file(desk: Desk) -> None:
    (desk.film() / PICTURE).write_bytes(b"")
    ran = desk.check("film")
    assert ran.code == 1
    assert "Every file that is handed over has something in it" in ran.said
    assert "requirements: is empty (0 bytes)" in ran.said
    statuses = desk.check("film", "--format", "json").statuses()
    assert statuses["picture-codec"] == {"unmeasured"}
    assert statuses["captions-syntax"] == {"pass"}  # the rest of the delivery is judged


def test_a_truncated_file(desk: Desk) -> None:
    (desk.film() / PICTURE).write_bytes(FILM[:200_000])
    ran = desk.check("film")
    assert ran.code == 1
    assert "file cut short" in ran.said
    assert "yes, expected no" in ran.said
    assert f"the file is cut short: {len(FILM) - 200_000} bytes that its header promises are missing" in ran.said


def test_a_misnamed_file(desk: Desk) -> None:
    shutil.copy(ROOT / "corpus/label/single/cover.jpg", desk.film() / PICTURE)
    ran = desk.check("film")
    assert ran.code == 3
    assert "is a JPEG image, not video" in ran.said


def test_a_git_lfs_pointer(desk: Desk) -> None:
    shutil.copy(ROOT / "corpus/console/jam-build/data/theme.ogg", desk.film() / PICTURE)
    ran = desk.check("film")
    assert ran.code == 3
    assert "is a Git LFS pointer: fetch the real file with `git lfs pull`" in ran.said


def test_an_encrypted_zip(desk: Desk) -> None:
    (desk.root / "film.zip").write_bytes(zipped(Member(b"film.mp4", FILM, flags=1), Member(b"film.en.srt", SRT)))
    ran = desk.check("film.zip", *YOUTUBE)
    assert ran.code == 1
    assert "film.mp4" in ran.said
    assert "is encrypted: pack it without a password" in ran.said
    assert desk.check("film.zip", *YOUTUBE, "--format", "json").statuses()["captions-syntax"] == {"pass"}


def test_a_bombed_zip(desk: Desk) -> None:
    bomb = Member(b"film.mp4", bytes(300_000_000))
    liar = Member(b"other.mp4", bytes(5_000_000), size=100)
    (desk.root / "film.zip").write_bytes(zipped(bomb, liar, Member(b"film.en.srt", SRT)))
    ran = desk.check("film.zip", *YOUTUBE)
    assert ran.code == 1
    assert "would unpack to 300,000,000 bytes from" in ran.said
    assert "it looks like a ZIP bomb" in ran.said
    assert "holds more than the 100 bytes that it declares" in ran.said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (b"../../escaped.mp4", "leads out of the delivery ('..')"),
        (b"/tmp/escaped.mp4", "has an absolute path: pack it relative to the delivery"),
        (b"C:/escaped.mp4", "has an absolute path: pack it relative to the delivery"),
        (b"..\\escaped.mp4", "has a name with backslashes"),
    ],
)
def test_a_zip_with_a_name_that_leads_out_of_it(desk: Desk, name: bytes, words: str) -> None:
    (desk.root / "deep" / "er").mkdir(parents=True)
    (desk.root / "deep/er/film.zip").write_bytes(zipped(Member(b"film.mp4", FILM), Member(name, FILM)))
    ran = desk.check("deep/er/film.zip", *YOUTUBE, env={"TMPDIR": str(desk.root / "deep" / "er")})
    assert ran.code == 1
    assert words in ran.said
    assert [path for path in desk.root.rglob("*") if "escaped" in path.name] == []
    assert [path.name for path in (desk.root / "deep" / "er").iterdir()] == ["film.zip"]


@pytest.mark.parametrize("path", ["../secret.mp4", "{root}/secret.mp4"])
def test_a_manifest_with_a_name_that_leads_out_of_the_delivery(desk: Desk, path: str) -> None:
    (desk.root / "secret.mp4").write_bytes(FILM)
    manifest = desk.film() / "delivery.yaml"
    manifest.write_text(manifest.read_text().replace(PICTURE, path.format(root=desk.root.as_posix())))
    ran = desk.check("film")
    assert ran.code == 1
    assert "leads out of the delivery: write a path inside it" in ran.said
    assert "delivery.yaml, line 6" in ran.said


@POSIX
def test_a_symlink_out_of_the_delivery(desk: Desk) -> None:
    (desk.root / "secret.mp4").write_bytes(FILM)
    picture = desk.film() / PICTURE
    picture.unlink()
    picture.symlink_to(desk.root / "secret.mp4")
    ran = desk.check("film")
    assert ran.code == 1
    assert "is a link out of the delivery" in ran.said
    assert "put the file itself there" in ran.said
    assert desk.check("film", "--format", "json").statuses()["picture-codec"] == {"unmeasured"}


def test_a_manifest_with_a_typo_a_missing_file_and_one_that_is_listed_twice(desk: Desk) -> None:
    manifest = desk.film() / "delivery.yaml"
    lines = manifest.read_text().replace("territories:", "teritories:").replace(".de.vtt", ".fr.vtt").splitlines()
    manifest.write_text("\n".join([*lines, lines[5]]) + "\n")
    ran = desk.check("film")
    assert ran.code == 1
    for words, line in (
        ("unknown key 'teritories'; did you mean 'territories'?", 4),
        ("lists 'captions/egg-farmers.fr.vtt', which is not there", 8),
        ("lists 'video/egg-farmers.mp4' twice: write one entry with all its roles", 9),
    ):
        assert words in ran.said
        assert f"delivery.yaml, line {line}" in ran.said
    assert desk.check("film", "--format", "json").statuses()["picture-codec"] == {"pass"}


@POSIX
@pytest.mark.parametrize(
    "name",
    ["my best film.en.srt", "egg 🥚 farmers.en.srt", "x" * 248 + ".en.srt"],
    ids=["spaces", "emoji", "255 bytes"],
)
def test_a_name_that_is_unusual_is_read_like_any_other(desk: Desk, name: str) -> None:
    assert len(os.fsencode(name)) <= 255
    folder = desk.root / "film"
    folder.mkdir()
    (folder / "film.mp4").write_bytes(FILM)
    (folder / name).write_bytes(SRT)
    ran = desk.check("film", *YOUTUBE, "--format", "json")
    assert ran.code == 0
    of_captions = [result["status"] for result in ran.json["results"] if result["asset"] == name]
    assert "pass" in of_captions
    assert "unmeasured" not in of_captions
    shown = desk.check("film", *YOUTUBE, "-v")
    assert name in shown.out


@LINUX
@pytest.mark.parametrize(
    ("name", "shown", "words"),
    [
        ("evil\u202etrs.en.srt".encode(), r"evil\u202etrs.en.srt", "characters that change the direction of writing"),
        ("café.en.srt".encode("latin-1"), r"caf\xe9.en.srt", "has a name that is not UTF-8: rename it"),
    ],
    ids=["RTL override", "Latin-1"],
)
def test_a_name_that_deceives_or_is_not_text_is_shown_safely_and_the_file_is_read(
    desk: Desk, name: bytes, shown: str, words: str
) -> None:
    folder = desk.root / "film"
    folder.mkdir()
    (folder / "film.mp4").write_bytes(FILM)
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(SRT)
    ran = desk.check("film", *YOUTUBE)
    assert ran.code == 1
    assert shown in ran.said
    assert words in ran.said
    assert "\u202e" not in ran.out
    assert desk.check("film", *YOUTUBE, "--format", "json").statuses()["captions-syntax"] == {"pass"}


def without_roots_rights() -> None:
    """Make even root ask for permission: nothing that is executed from here has these capabilities."""
    libc, drop, read_anything = ctypes.CDLL(None), 24, (1, 2)
    for capability in read_anything:
        libc.prctl(drop, capability, 0, 0, 0)


@LINUX
def test_an_unreadable_file(desk: Desk) -> None:
    (desk.film() / PICTURE).chmod(0)
    ran = desk.check("film", before=without_roots_rights)
    assert ran.code == 1
    assert "cannot be read: permission denied" in ran.said
    assert PICTURE in ran.said
    ran = desk.check("film", "--format", "json", before=without_roots_rights)
    assert ran.statuses()["picture-codec"] == {"unmeasured"}
    assert ran.statuses()["captions-syntax"] == {"pass"}


@pytest.fixture
def misbehaving_desk(desk: Desk) -> Desk:
    desk.plugins.append(misbehaving.install(desk.root / "site", wall_s=2))
    folder = desk.root / "notes"
    folder.mkdir()
    (folder / "a.txt").write_text("short")
    return desk


@POSIX
def test_probes_that_hang_eat_memory_crash_and_raise(misbehaving_desk: Desk) -> None:
    desk = misbehaving_desk
    ran = desk.check("notes", "-r", misbehaving.ruleset(desk.root / "rules", *misbehaving.WAYS), "-v")
    assert ran.code == 3
    for reason in (
        "stopped after 2 s: reading it took too long",
        "stopped: it took more than 200 MB of memory",
        "the reader crashed (segmentation fault)",
        "KeyError",
    ):
        assert reason in ran.said
    assert "Notes are small" in ran.said  # the run went on
    assert "4 not measured, 2 passed" in ran.said


def test_a_probe_that_raises_beside_a_finding(misbehaving_desk: Desk) -> None:
    desk = misbehaving_desk
    (desk.root / "notes" / "a.txt").write_text("too long for this rule")
    ran = desk.check("notes", "-r", misbehaving.ruleset(desk.root / "rules", "raise"))
    assert ran.code == 1
    assert "file size is 22 B, expected at most 10 B" in ran.said
    assert "Could not be judged (1)" in ran.said


@POSIX
def test_a_full_disk_under_the_cache(desk: Desk) -> None:
    import resource

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

    ran = desk.check(OLD, before=small_disk)
    assert ran.code == 0
    assert "Ready to hand over." in ran.out
    (line,) = ran.err.splitlines()
    assert line.startswith("deliverlint: the facts cache in ")
    assert "everything is measured afresh" in line


def test_a_cache_that_cannot_be_written(desk: Desk) -> None:
    (desk.root / "cache").write_text("a file where the folder should be")
    ran = desk.check(OLD)
    assert ran.code == 0
    assert "Ready to hand over." in ran.out
    (line,) = ran.err.splitlines()
    assert "cannot be used" in line
    assert "everything is measured afresh" in line


def test_two_runs_at_once_on_one_cache(desk: Desk) -> None:
    words = ("check", OLD, "--format", "json", "--as-of", "2026-11-22")
    both = [desk.start(*words), desk.start(*words)]
    first, second = (ended(process) for process in both)
    assert (first.code, first.err, second.code, second.err) == (0, "", 0, "")
    assert first.out == second.out == desk.run(*words).out
    assert list((desk.root / "cache").glob("facts-*.sqlite"))


@POSIX
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "ZIP"])
def test_ctrl_c_leaves_no_orphan_no_output_and_no_temporary_folder(desk: Desk, packed: bool) -> None:
    desk.plugins.append(misbehaving.install(desk.root / "site", wall_s=60))
    rules = misbehaving.ruleset(desk.root / "rules", "hang")
    (desk.root / "notes").mkdir()
    (desk.root / "notes" / "a.txt").write_text("short")
    (desk.root / "notes.zip").write_bytes(zipped(Member(b"a.txt", b"short")))
    temporary = desk.root / "tmp"
    temporary.mkdir()
    delivery = "notes.zip" if packed else "notes"
    process = desk.start(
        "check", delivery, "-r", rules, "--format", "json", "-o", "report.json", env={"TMPDIR": str(temporary)}
    )
    workers = busy_workers(process.pid)
    process.send_signal(signal.SIGINT)
    ran = ended(process)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == "deliverlint: interrupted\n"
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []
    assert not (desk.root / "report.json").exists()
    assert [path.name for path in desk.root.glob(".*")] == []
    assert list(temporary.iterdir()) == []


def busy_workers(pid: int) -> list[psutil.Process]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if children := psutil.Process(pid).children(recursive=True):
            time.sleep(0.5)  # its probe hangs by now
            return children
        time.sleep(0.05)
    raise AssertionError("no worker was started")
