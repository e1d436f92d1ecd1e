"""What lies in a build: junk, debug files, sources, secrets, names, empty and false files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from deliverlint_game.names import escaping_links
from game_builds import fact, facts, put

from corpus.makers.executables import windows_program

NO_KEY = b"-----BEGIN RSA PRIVATE KEY-----\nnot a key\n-----END RSA PRIVATE KEY-----\n"


def paths(root: Path, name: str) -> list[str]:
    records = fact(root, name)
    assert isinstance(records, list)
    return [record["path"] for record in records]


def test_files_and_bytes_are_counted_also_in_folders_that_are_not_looked_into(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.pck": bytes(1_500_000), ".git/objects/ab": bytes(500_000)})
    assert facts(root, "game.files", "game.size") == {"game.files": 2, "game.size": 2.0}


@pytest.mark.parametrize(
    "path",
    ["Thumbs.db", "a/.DS_Store", "desktop.ini", "data/level.bak", "crash.dmp", "notes.txt~", ".gitignore", "game.ilk"],
)
def test_what_is_no_part_of_a_game_is_junk(tmp_path: Path, path: str) -> None:
    assert paths(put(tmp_path, {path: b"x", "game.pck": b"GDPC"}), "game.junk") == [path]


@pytest.mark.parametrize("folder", [".git", ".svn", ".vs", ".idea", "__MACOSX"])
def test_a_folder_of_junk_is_one_piece(tmp_path: Path, folder: str) -> None:
    root = put(tmp_path, {f"{folder}/a": b"x", f"{folder}/b/c.cpp": b"x", f"{folder}/key.pem": NO_KEY})
    found = facts(root)
    assert [record["path"] for record in found["game.junk"]] == [f"{folder}/"]
    assert found["game.source_files"] == [] and found["game.secrets"] == []


def test_the_folders_that_unity_says_not_to_ship_are_junk(tmp_path: Path) -> None:
    root = put(tmp_path, {"Game_BackUpThisFolder_ButDontShipItWithYourGame/il2cpp.txt": b"x"})
    assert paths(root, "game.junk") == ["Game_BackUpThisFolder_ButDontShipItWithYourGame/"]


def test_a_3d_model_is_no_object_file(tmp_path: Path) -> None:
    root = put(tmp_path, {"egg.obj": b"# an egg\nv 0 0 0\n", "main.obj": b"\x64\x86\x03\x00" + bytes(60)})
    assert paths(root, "game.junk") == ["main.obj"]


def test_debug_files_are_found_by_their_names(tmp_path: Path) -> None:
    names = ["game.pdb", "libgame.so.debug", "game.app.dSYM/Contents/Info.plist", "bundle.js.map", "Mod.dll.mdb"]
    root = put(tmp_path, {**dict.fromkeys(names, b"x"), "maps/cave.map": b"x", "data.mdb": b"x"})
    assert fact(root, "game.debug_files") == [
        "Mod.dll.mdb",
        "bundle.js.map",
        "game.app.dSYM/",
        "game.pdb",
        "libgame.so.debug",
    ]


def test_sources_are_found_and_scripts_that_the_engine_runs_are_none(tmp_path: Path) -> None:
    sources = ["src/main.cpp", "Player.cs", "art/hero.psd", "game.sln", "project.godot"]
    scripts = ["game/script.rpy", "main.lua", "js/plugins.js", "lib/os.py", "shader.hlsl"]
    root = put(tmp_path, dict.fromkeys(sources + scripts, b"x"))
    assert fact(root, "game.source_files") == sorted(sources)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("server.pem", NO_KEY, "private key"),
        ("id_ed25519", b"-----BEGIN OPENSSH PRIVATE KEY-----\nx", "private key"),
        ("key.ppk", b"PuTTY-User-Key-File-3: ssh-ed25519\n", "private key"),
        ("release.jks", b"\xfe\xed\xfe\xed" + bytes(60), "key store"),
        ("sign.pfx", b"\x30\x82\x09\x00" + bytes(60), "key store"),
        (".env", b"TOKEN=1\n", "credentials"),
    ],
)
def test_keys_and_passwords_are_found(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    records = fact(put(tmp_path, {name: data}), "game.secrets")
    assert [(record["path"], record["kind"]) for record in records] == [(name, kind)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cacert.pem", b"-----BEGIN CERTIFICATE-----\nMIID"),
        ("server.pub", b"-----BEGIN PUBLIC KEY-----\nMIIB"),
        ("manual.txt", b"A file that says BEGIN RSA PRIVATE KEY is no key"),
        ("dialogue.p12", b"Hello, this is a dialogue"),
        (".env", b""),
    ],
)
def test_certificates_and_texts_are_no_secrets(tmp_path: Path, name: str, data: bytes) -> None:
    assert fact(put(tmp_path, {name: data}), "game.secrets") == []


def test_pointers_of_git_lfs_are_named(tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    root = put(tmp_path, {"music/theme.ogg": pointer, "music/real.ogg": b"OggS" + bytes(60)})
    found = facts(root)
    assert found["game.lfs_pointers"] == ["music/theme.ogg"]
    assert found["game.mislabelled_files"] == []
    assert "1 of 2 files" in found["game.engine"].reason


def test_a_text_under_the_name_of_a_picture_is_mislabelled(tmp_path: Path) -> None:
    root = put(tmp_path, {"a.png": b"todo", "b.png": b"\x89PNG\r\n\x1a\n", "c.png": b"", "notes.txt": b"todo"})
    assert fact(root, "game.mislabelled_files") == ["a.png"]
    assert fact(root, "game.empty_files") == ["c.png"]


def test_a_pack_of_random_bytes_is_mislabelled(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.pck": bytes(range(64)), "sounds.pck": b"AKPK" + bytes(60), "data.win": b"no"})
    assert fact(root, "game.mislabelled_files") == ["data.win", "game.pck"]


def test_markers_may_be_empty(tmp_path: Path) -> None:
    assert fact(put(tmp_path, {"lib/__init__.py": b"", ".nomedia": b""}), "game.empty_files") == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that tells case apart")
def test_names_that_differ_by_case_or_unicode_form_are_twins(tmp_path: Path) -> None:
    root = put(tmp_path, {"a/Level.dat": b"x", "a/level.dat": b"x", "b/level.dat": b"x"})
    put(tmp_path, {"caf\u00e9.dat": b"x", "cafe\u0301.dat": b"x"})
    found = fact(root, "game.case_twins")
    assert found == ["a/Level.dat and a/level.dat", "cafe\u0301.dat and caf\u00e9.dat"]


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot create them, which is the point")
@pytest.mark.parametrize("name", ["aux.txt", "CON", "nul.dat", "com1", "what?.dat", "a:b", "end.", "end ", "tab\t.dat"])
def test_names_that_windows_refuses_are_found(tmp_path: Path, name: str) -> None:
    assert fact(put(tmp_path, {name: b"x"}), "game.reserved_names") == [name]


@pytest.mark.parametrize("name", ["console.dat", "auxiliary", "com10", "null", "\u00fcber.dat", "egg\U0001f95a.dat"])
def test_names_that_windows_takes_are_not(tmp_path: Path, name: str) -> None:
    assert fact(put(tmp_path, {name: b"x"}), "game.reserved_names") == []


def test_the_longest_path_is_counted_as_windows_counts(tmp_path: Path) -> None:
    assert fact(put(tmp_path, {"ab/egg\U0001f95a.dat": b"x"}), "game.path_length_max") == 12


@pytest.mark.parametrize(
    ("path", "target", "escapes"),
    [
        ("Current", "Versions/A", False),
        ("a/b", "../c", False),
        ("a/b", "../../c", True),
        ("a", "/etc/passwd", True),
        ("a", "C:\\Windows", True),
        ("a/b/c", "../../d/../../e", True),
        ("a", "./b/../c", False),
    ],
)
def test_links_out_of_the_build_are_told_from_links_within(path: str, target: str, escapes: bool) -> None:
    assert list(escaping_links([(path, target)])) == ([path] if escapes else [])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who can be refused")
def test_a_file_without_read_permission_is_named(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.pck": b"GDPC"})
    (root / "game.pck").chmod(0)
    assert fact(root, "game.unreadable_files") == ["game.pck: Permission denied"]


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("steam_api64.dll", "Steamworks SDK"),
        ("libsteam_api.so", "Steamworks SDK"),
        ("fmodstudio.dll", "FMOD"),
        ("libfmod.so.13.2", "FMOD"),
        ("AkSoundEngine.dll", "Wwise"),
        ("bink2w64.dll", "Bink Video"),
        ("SDL2.dll", "SDL"),
        ("libSDL2-2.0.so.0", "SDL"),
        ("EOSSDK-Win64-Shipping.dll", "Epic Online Services SDK"),
        ("libz.so.1", "zlib"),
        ("PhysX3_x64.dll", "NVIDIA PhysX"),
        ("libFLAC-8.dll", "libFLAC"),
        ("libmpg123-0.dll", "mpg123"),
        ("libwavpack-1.dll", "WavPack"),
        ("libwebpdemux-2.dll", "libwebp"),
        ("libxmp.dll", "libxmp"),
        ("cgD3D9.dll", "NVIDIA Cg"),
    ],
)
def test_middleware_is_known_by_its_files(tmp_path: Path, name: str, product: str) -> None:
    assert fact(put(tmp_path, {name: windows_program(is_dll=True)}), "game.libraries") == [product]


@pytest.mark.parametrize("name", ["game.dll", "steam_api64.txt", "sdl2.png", "zebra.dll", "party_hat.dll", "lua.lua"])
def test_other_files_name_no_middleware(tmp_path: Path, name: str) -> None:
    assert fact(put(tmp_path, {name: b"x"}), "game.libraries") == []


def test_only_what_is_wanted_is_measured(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.exe": windows_program()})
    assert set(facts(root, "game.files", "game.junk")) == {"game.files", "game.junk"}
