"""File formats, the shape of a build's folder, and Steam's upload scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliverlint_game import facts as facts_module
from deliverlint_game import plugin
from deliverlint_game.executables.weaknesses import WEAKNESSES
from deliverlint_game.steampipe import measure
from deliverlint_game.types import FILE_TYPES, is_build, is_bundle
from game_builds import facts, gamemaker_data, mac_program, put

from corpus.makers.executables import godot_pack, linux_program, windows_program
from deliverlint.catalogue import load_catalogue
from deliverlint.delivery.sniff import Sniffer
from deliverlint.spec import Source
from deliverlint.values import Unmeasured

SNIFFER = Sniffer(load_catalogue().file_types)


@pytest.mark.parametrize(
    ("name", "head", "media", "form"),
    [
        ("game.exe", windows_program(), "executable", "PE"),
        ("game", linux_program(), "executable", "ELF"),
        ("game", mac_program(), "executable", "Mach-O"),
        ("game.pck", godot_pack(), "game", "Godot pack"),
        ("data.win", gamemaker_data((1, 4, 0, 0)), "game", "GameMaker data"),
        ("archive.rpa", b"RPA-3.0 0000000000000000 00000000\n", "game", "Ren'Py archive"),
        ("game.apk", b"PK\3\4" + bytes(26) + b"AndroidManifest.xml", "game", "Android package"),
        ("app_build.vdf", b'"AppBuild"\n{\n', "game", "SteamPipe script"),
        ("game.pdb", b"Microsoft C/C++ MSF 7.00\r\n\x1aDS\0\0\0", "symbols", "PDB"),
    ],
)
def test_a_format_is_known_by_its_first_bytes(name: str, head: bytes, media: str, form: str) -> None:
    found = SNIFFER.recognise(head[:4096], name)
    assert found is not None
    assert (found.media, found.format) == (media, form)


def test_every_recogniser_bears_any_bytes() -> None:
    for kind in FILE_TYPES:
        for head in (b"", b"M", b"MZ", b"MZ" + b"\xff" * 62, bytes(4096), b"\xca\xfe\xba\xbe", b"\xff" * 4096):
            if kind.accepts:
                assert kind.accepts(head) in (True, False)


@pytest.mark.parametrize(
    "inside",
    [
        {"game.exe", "game_Data/", "UnityPlayer.dll"},
        {"Game.app/"},
        {"windows/", "linux/", "macos/"},
        {"game.x86_64", "game.pck"},
        {"renpy/", "game/", "lib/", "game.py"},
        {"Engine/", "Binaries/", "Content/"},
        {"index.html", "Build/", "TemplateData/"},
        {"index.html", "html5game/"},
        {"index.html", "game.js", "game.wasm"},
        {"Game-x86_64.AppImage"},
        {"game.jar", "jre/"},
    ],
)
def test_a_folder_of_a_build_is_known_by_the_names_in_it(inside: set[str]) -> None:
    assert is_build(frozenset(inside))


@pytest.mark.parametrize(
    "inside",
    [
        {"build/", "store/", "docs/", "delivery.yaml"},
        {"video/", "audio/", "film.mov"},
        {"book.epub", "cover.jpg"},
        set(),
    ],
)
def test_a_folder_of_something_else_is_no_build(inside: set[str]) -> None:
    assert not is_build(frozenset(inside))


def test_the_inside_of_a_mac_bundle_is_known() -> None:
    assert is_bundle(frozenset({"Contents/"}))
    assert not is_bundle(frozenset({"Contents/", "readme.txt"}))


def test_every_weakness_is_a_fact() -> None:
    assert set(WEAKNESSES) <= {spec.name for spec in plugin.facts()}


def test_what_the_probe_answers_is_in_the_catalogue(tmp_path: Path) -> None:
    put(tmp_path, {".git/config": b"x", "a.tmp": b"x", "a.dmp": b"x", "a.ilk": b"x", "b.exe": windows_program()})
    put(tmp_path, {".idea/x": b"x", "Thumbs.db": b"x", ".env": b"x", "g.pck": godot_pack()})
    specs = {spec.name: spec for spec in plugin.facts()}
    for name, value in facts(tmp_path).items():
        assert not specs[name].values or value in specs[name].values
        for record in value if specs[name].type == "records" else ():
            known = {field.name: field for field in specs[name].fields}
            assert set(record) <= set(known)
            assert all(not known[key].values or word in known[key].values for key, word in record.items())


def test_every_fact_has_a_label_that_reads_in_a_sentence() -> None:
    for spec in (*facts_module.TREE_FACTS, *facts_module.STEAMPIPE_FACTS):
        assert spec.label and not spec.label.endswith(".")
        assert spec.meaning.endswith(".")


def script(tmp_path: Path, text: str) -> dict[str, object]:
    path = tmp_path / "app_build.vdf"
    path.write_text(text, encoding="utf-8")
    wanted = frozenset(spec.name for spec in facts_module.STEAMPIPE_FACTS)
    return measure(Source(path=path, name=path.name), wanted)


def test_an_upload_script_is_read(tmp_path: Path) -> None:
    found = script(
        tmp_path,
        '"AppBuild" // a comment\n{ "AppID" "1000" "SetLive" "beta" "preview" "1"\n'
        ' "Depots" { "1002" "b.vdf" "1001" { "FileMapping" { "LocalPath" "http://x" } } } }',
    )
    assert found == {
        "steampipe.app_id": "1000",
        "steampipe.description": None,
        "steampipe.set_live": "beta",
        "steampipe.sets_default_live": False,
        "steampipe.preview": True,
        "steampipe.depots": ["1001", "1002"],
    }


@pytest.mark.parametrize("branch", ["default", "Default", "public"])
def test_a_script_that_goes_live_for_everybody_is_found(tmp_path: Path, branch: str) -> None:
    found = script(tmp_path, f'appbuild {{ AppID 1000 setlive "{branch}" }}')
    assert found["steampipe.sets_default_live"] is True


def test_a_script_with_an_open_bracket_is_unmeasured_with_the_reason(tmp_path: Path) -> None:
    found = script(tmp_path, '"AppBuild" { "AppID" "1000"')
    assert found["steampipe.app_id"] == Unmeasured("is no upload script: a bracket is not closed")


def test_a_script_for_one_depot_is_not_taken_for_one_of_an_app(tmp_path: Path) -> None:
    found = script(tmp_path, '"DepotBuild" { "DepotID" "1001" }')
    assert found["steampipe.set_live"] == Unmeasured("is a script for one depot, not for an app")
