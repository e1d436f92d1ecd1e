"""Damaged and lying files: an answer or a plain reason, quickly, and never another exception."""

from __future__ import annotations

import os
import random
import struct
import sys
import time
from pathlib import Path

import pytest
from deliverlint_game.bounded import BoundedFile, Malformed
from deliverlint_game.executables import format_of, read
from deliverlint_game.executables.pe_version import version_strings
from deliverlint_game.steampipe import parse
from game_builds import (
    facts,
    gamemaker_data,
    mac_program,
    put,
    unity_data,
    universal,
    with_version_resource,
)

from corpus.makers.executables import godot_pack, linux_program, windows_program, with_embedded_pack
from deliverlint.values import Unmeasured

SAMPLES = {
    "windows-64": windows_program(pdb="C:\\a.pdb"),
    "windows-32": windows_program(bits=32),
    "version": with_version_resource(ProductName="Engine"),
    "linux": linux_program(debug_info=True),
    "mac": mac_program(),
    "universal": universal(mac_program(), mac_program(arm=True)),
}


def mutants(data: bytes, number: int, seed: str) -> list[bytes]:
    """Return damaged copies: bytes changed, runs overwritten, numbers made huge, ends cut off."""
    chance = random.Random(seed)
    made = []
    for _ in range(number):
        copy = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(min(len(copy), 640))
            kind = chance.randrange(4)
            if kind == 0:
                copy[at] = chance.randrange(256)
            elif kind == 1:
                copy[at : at + 4] = struct.pack("<I", chance.choice([0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]))
            elif kind == 2:
                copy[at : at + 8] = bytes(8)
            elif len(copy) > 80:
                del copy[chance.randrange(64, len(copy)) :]
        made.append(bytes(copy))
    return made


@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_executable_is_read_or_refused_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sample"
    begun = time.process_time()
    for data in mutants(SAMPLES[name], 400, name):
        path.write_bytes(data)
        kind = format_of(data[:64])
        if kind is None:
            continue
        try:
            read(path, kind)
        except Malformed as problem:
            assert str(problem)
        if kind == "PE":
            with BoundedFile(path) as file:
                try:
                    version_strings(file)
                except Malformed:
                    continue
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("game.pck", godot_pack()),
        ("game.x86_64", with_embedded_pack(linux_program(), godot_pack())),
        ("data.win", gamemaker_data((1, 4, 9999, 0))),
        ("game_Data/globalgamemanagers", unity_data("2021.3.1f1", 22)),
        ("Game/Content/Paks/game.pak", bytes(200) + b"\xe1\x12\x6f\x5a" + bytes(100)),
        ("Game.rgss3a", b"RGSSAD\0\3" + bytes(64)),
    ],
)
def test_damaged_engine_files_never_stop_the_probe(tmp_path: Path, name: str, sample: bytes) -> None:
    for data in mutants(sample, 150, name):
        put(tmp_path, {name: data})
        found = facts(tmp_path, "game.engine", "game.engine_version", "game.build_kind")
        engine, version = found["game.engine"], found["game.engine_version"]
        assert isinstance(engine, str)
        assert isinstance(version, Unmeasured) or (len(version) < 32 and version.isprintable())


def test_random_bytes_are_nothing(tmp_path: Path) -> None:
    chance = random.Random(7)
    names = ["game.exe", "game.pck", "data.win", "a/globalgamemanagers", "game.so", "x.png", "key.pem", "game.vdf"]
    root = put(tmp_path, {name: chance.randbytes(64) for name in names})
    found = facts(root)
    assert found["game.engine"] == "unknown"
    assert found["game.secrets"] == []
    assert found["game.mislabelled_files"] == ["data.win", "game.pck", "x.png"]
    assert isinstance(found["game.architectures"], Unmeasured)


def test_a_program_that_claims_65535_sections_is_refused_at_once(tmp_path: Path) -> None:
    data = bytearray(windows_program())
    struct.pack_into("<H", data, 0x40 + 6, 65535)
    put(tmp_path, {"game.exe": bytes(data)})
    with pytest.raises(Malformed, match="65535 sections"):
        read(tmp_path / "game.exe", "PE")


def test_an_elf_file_that_claims_65535_headers_is_refused_at_once(tmp_path: Path) -> None:
    data = bytearray(linux_program())
    struct.pack_into("<H", data, 56, 65535)
    put(tmp_path, {"game": bytes(data)})
    with pytest.raises(Malformed, match="program headers"):
        read(tmp_path / "game", "ELF")


def test_a_mac_file_that_claims_four_thousand_million_commands_ends(tmp_path: Path) -> None:
    data = bytearray(mac_program())
    struct.pack_into("<I", data, 16, 0xFFFFFFFF)
    put(tmp_path, {"game": bytes(data) + struct.pack("<II", 0x7777, 8) * 200_000})
    with pytest.raises(Malformed):
        read(tmp_path / "game", "Mach-O")


def test_a_resource_directory_that_leads_to_itself_ends(tmp_path: Path) -> None:
    data = bytearray(with_version_resource(ProductName="Engine"))
    struct.pack_into("<I", data, 0x200 + 20, 0x80000000)
    put(tmp_path, {"game.exe": bytes(data)})
    with BoundedFile(tmp_path / "game.exe") as file:
        assert version_strings(file) == {}


def test_a_file_may_only_be_read_so_often(tmp_path: Path) -> None:
    put(tmp_path, {"file": bytes(100)})
    with BoundedFile(tmp_path / "file", reads=10) as file:
        for _ in range(10):
            file.at(0, 4)
        with pytest.raises(Malformed):
            file.at(0, 4)


def test_an_upload_script_of_brackets_ends(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nested"):
        parse('"a" {' * 100_000)


def test_damaged_upload_scripts_are_read_or_refused_in_words() -> None:
    script = b'"AppBuild" { "AppID" "1000" "Depots" { "1001" { "FileMapping" { "LocalPath" "*" } } } } // end'
    for data in mutants(script, 400, "script"):
        try:
            parse(data.decode("utf-8", "replace"))
        except ValueError as problem:
            assert str(problem)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_in_a_circle_are_noted_and_not_followed(tmp_path: Path) -> None:
    root = put(tmp_path, {"data/level.dat": b"level"})
    (root / "data" / "again").symlink_to(root / "data")
    (root / "self").symlink_to("self")
    found = facts(root)
    assert found["game.files"] == 1
    assert found["game.symlinks"] == ["data/again", "self"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.pck": godot_pack()})
    os.mkfifo(root / "pipe")
    assert facts(root)["game.unreadable_files"] == ["pipe: is neither a file nor a folder"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text_are_shown_with_their_bytes(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.dat", "wb") as file:  # noqa: PTH123
        file.write(b"latin")
    found = facts(tmp_path)
    assert found["game.reserved_names"] == ["caf\\xe9.dat"]
    assert found["game.files"] == 1


def test_twenty_thousand_files_take_seconds(tmp_path: Path) -> None:
    for folder in range(200):
        (tmp_path / f"{folder:03}").mkdir()
        for number in range(100):
            (tmp_path / f"{folder:03}" / f"{number:03}.dat").write_bytes(b"data")
    begun = time.process_time()
    found = facts(tmp_path)
    assert found["game.files"] == 20_000
    assert found["game.junk"] == []
    assert time.process_time() - begun < 10


def test_a_tree_without_end_is_unmeasured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliverlint_game.tree.MOST_FILES", 10)
    root = put(tmp_path, {f"{number}.dat": b"x" for number in range(20)})
    assert facts(root)["game.files"] == Unmeasured("holds more than 10 files and folders")


def test_a_build_that_is_gone_is_unmeasured(tmp_path: Path) -> None:
    found = facts(tmp_path / "gone")
    assert found["game.files"] == Unmeasured("cannot be opened: No such file or directory")
