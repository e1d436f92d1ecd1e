"""Engines: right, or unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from game_builds import facts, gamemaker_data, put, unity_data, with_version_resource

from corpus.makers.executables import godot_pack, linux_program, windows_program, with_embedded_pack
from deliverlint.values import Json, Unmeasured


def engine(root: Path) -> tuple[Json, Json, Json]:
    """Return engine, version and kind of build; an unmeasured one is None."""
    found = facts(root, "game.engine", "game.engine_version", "game.build_kind")
    values = (found[name] for name in ("game.engine", "game.engine_version", "game.build_kind"))
    first, second, third = (None if isinstance(value, Unmeasured) else value for value in values)
    return first, second, third


@pytest.mark.parametrize(("version", "written"), [("5.6.7f1", 17), ("2021.3.16f1", 22), ("6000.0.23f1", 22)])
def test_unity_states_its_version_in_its_first_data_file(tmp_path: Path, version: str, written: int) -> None:
    root = put(tmp_path, {"game_Data/globalgamemanagers": unity_data(version, written)})
    assert engine(root) == ("Unity", version, "unknown")


def test_unity_in_a_bundle_states_its_version_after_its_signature(tmp_path: Path) -> None:
    bundle = b"UnityFS\0" + b"\0\0\0\7" + b"5.x.x\0" + b"2022.3.5f1\0" + bytes(40)
    assert engine(put(tmp_path, {"game_Data/data.unity3d": bundle})) == ("Unity", "2022.3.5f1", "unknown")


@pytest.mark.parametrize(
    ("folder", "kind"), [("Win64_VS2019_nondev_i_r", "release"), ("Win64_VS2019_dev_m_r", "development")]
)
def test_the_stub_of_unity_tells_the_kind_of_build(tmp_path: Path, folder: str, kind: str) -> None:
    pdb = f"C:\\build\\output\\unity\\unity\\artifacts\\WindowsPlayer\\{folder}\\WindowsPlayer_x64.pdb"
    root = put(
        tmp_path,
        {"game.exe": windows_program(pdb=pdb), "game_Data/globalgamemanagers": unity_data("2021.3.16f1", 22)},
    )
    assert engine(root) == ("Unity", "2021.3.16f1", kind)


def test_a_unity_player_that_can_be_connected_to_is_a_development_build(tmp_path: Path) -> None:
    root = put(
        tmp_path,
        {
            "game_Data/globalgamemanagers": unity_data("2021.3.16f1", 22),
            "game_Data/boot.config": b"gfx-enable-gfx-jobs=1\nplayer-connection-debug=1\n",
        },
    )
    assert engine(root)[2] == "development"


@pytest.mark.parametrize(
    ("version", "written"), [((2, 1, 6), 0), ((3, 5, 3), 1), ((4, 2, 1), 2), ((4, 4, 1), 3), ((4, 6, 0), 4)]
)
def test_godot_states_its_version_in_its_pack(tmp_path: Path, version: tuple[int, int, int], written: int) -> None:
    root = put(tmp_path, {"game.pck": godot_pack(version, written)})
    assert engine(root) == ("Godot", ".".join(map(str, version)), "unknown")


def test_a_pack_of_godot_in_a_program_is_found_by_its_trailer(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.x86_64": with_embedded_pack(linux_program(), godot_pack((4, 1, 3)))})
    assert engine(root)[:2] == ("Godot", "4.1.3")


def test_a_pack_of_an_unknown_format_has_no_version(tmp_path: Path) -> None:
    assert engine(put(tmp_path, {"game.pck": godot_pack((5, 0, 0), 9)}))[:2] == ("Godot", None)


def test_packs_of_two_versions_have_no_version(tmp_path: Path) -> None:
    root = put(tmp_path, {"a.pck": godot_pack((4, 1, 3)), "b.pck": godot_pack((4, 2, 1))})
    assert engine(root)[:2] == ("Godot", None)


def test_a_pack_of_another_maker_is_not_godot(tmp_path: Path) -> None:
    assert engine(put(tmp_path, {"sounds.pck": b"AKPK" + bytes(60)})) == ("unknown", None, "unknown")


def test_gamemaker_1_states_its_version(tmp_path: Path) -> None:
    assert engine(put(tmp_path, {"data.win": gamemaker_data((1, 4, 1757, 0))})) == (
        "GameMaker",
        "1.4.1757.0",
        "unknown",
    )


def test_gamemaker_2_states_none_that_could_be_trusted(tmp_path: Path) -> None:
    assert engine(put(tmp_path, {"game.unx": gamemaker_data((2, 0, 0, 0), bytecode=17)}))[:2] == ("GameMaker", None)


def test_gamemaker_with_its_debugger_on_is_a_development_build(tmp_path: Path) -> None:
    assert engine(put(tmp_path, {"data.win": gamemaker_data((1, 4, 1757, 0), debugger_off=0)}))[2] == "development"


def test_renpy_states_its_version(tmp_path: Path) -> None:
    files = {"renpy/vc_version.py": b"branch = 'fix'\nversion = u'8.1.3.23091805'\n", "game/a.rpa": b"RPA-3.0 00 00\n"}
    assert engine(put(tmp_path, files)) == ("Ren'Py", "8.1.3", "unknown")


def test_a_renpy_for_two_pythons_states_two_versions_and_so_none(tmp_path: Path) -> None:
    source = b"if PY2:\n    version_tuple = (7, 5, 0, vc_version)\nelse:\n    version_tuple = (8, 0, 0, vc_version)\n"
    files = {"renpy/__init__.py": source, "game/script.rpyc": b"RENPY RPC2" + bytes(60)}
    assert engine(put(tmp_path, files)) == ("Ren'Py", None, "unknown")
    put(tmp_path, {"game/script_version.txt": b"(8, 0, 0)"})
    assert engine(tmp_path)[1] == "8.0.0"


@pytest.mark.parametrize(("name", "file"), [("MV", "www/js/rpg_core.js"), ("MZ", "js/rmmz_core.js")])
def test_rpg_maker_wins_over_the_browser_that_carries_it(tmp_path: Path, name: str, file: str) -> None:
    core = f"Utils.RPGMAKER_NAME = '{name}';\nUtils.RPGMAKER_VERSION = \"1.6.2\";\n".encode()
    root = put(tmp_path, {file: core, "nw.dll": windows_program(is_dll=True), "nw_100_percent.pak": b"x"})
    assert engine(root)[:2] == ("RPG Maker", "1.6.2")


def test_unreal_is_known_by_its_containers_and_states_its_branch(tmp_path: Path) -> None:
    program = with_version_resource(ProductVersion="++UE5+Release-5.3-CL-29314046")
    root = put(
        tmp_path,
        {
            "Egg/Content/Paks/Egg-Windows.utoc": b"-==--==--==--==-" + bytes(80),
            "Egg/Binaries/Win64/Egg-Win64-Shipping.exe": program,
            "Egg.exe": windows_program(),
        },
    )
    assert engine(root) == ("Unreal Engine", "5.3", "release")


def test_an_unreal_program_for_debugging_is_a_development_build(tmp_path: Path) -> None:
    files = {
        "Egg/Content/Paks/Egg.pak": bytes(400) + b"\xe1\x12\x6f\x5a" + bytes(40),
        "Egg/Binaries/Win64/Egg-Win64-DebugGame.exe": windows_program(),
    }
    assert engine(put(tmp_path, files)) == ("Unreal Engine", None, "development")


def test_a_pak_of_another_maker_is_not_unreal(tmp_path: Path) -> None:
    assert engine(put(tmp_path, {"Content/Paks/quake.pak": b"PACK" + bytes(600)}))[0] == "unknown"


def test_love_is_known_by_its_library(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.x86_64": linux_program(), "lib/liblove-11.5.so": linux_program()})
    assert engine(root)[:2] == ("LÖVE", "11.5")


@pytest.mark.parametrize(("name", "title"), [("MonoGame.Framework.dll", "MonoGame"), ("FNA.dll", "FNA")])
def test_an_assembly_states_its_version(tmp_path: Path, name: str, title: str) -> None:
    assert engine(put(tmp_path, {name: with_version_resource(FileVersion="3.8.1.303")}))[:2] == (title, "3.8.1.303")


def test_electron_states_its_version_in_a_file(tmp_path: Path) -> None:
    files = {"resources/app.asar": b"x", "chrome_100_percent.pak": b"x", "version": b"28.1.0"}
    assert engine(put(tmp_path, files))[:2] == ("Electron", "28.1.0")


def test_java_is_known_by_its_runtime(tmp_path: Path) -> None:
    files = {
        "game.jar": b"PK\3\4" + bytes(60),
        "jre/lib/server/libjvm.so": linux_program(),
        "jre/release": b'JAVA_VERSION="17.0.2"\n',
    }
    assert engine(put(tmp_path, files))[:2] == ("Java", "17.0.2")


def test_pygame_is_known_by_its_modules(tmp_path: Path) -> None:
    files = {
        "_internal/pygame/base.cpython-311-x86_64-linux-gnu.so": linux_program(),
        "_internal/pygame-2.5.2.dist-info/METADATA": b"Name: pygame",
    }
    assert engine(put(tmp_path, files))[:2] == ("pygame", "2.5.2")


def test_names_alone_make_no_engine(tmp_path: Path) -> None:
    names = ["game.pck", "data.win", "UnityPlayer.dll", "renpy/readme.txt", "love.dll", "www/index.html", "FNA.dll"]
    root = put(tmp_path, dict.fromkeys(names, b"nothing of the kind"))
    assert engine(root) == ("unknown", None, "unknown")


def test_two_engines_in_one_build_are_for_a_person_to_say(tmp_path: Path) -> None:
    root = put(tmp_path, {"a.pck": godot_pack(), "x_Data/globalgamemanagers": unity_data("2021.3.16f1", 22)})
    found = facts(root, "game.engine")["game.engine"]
    assert found == Unmeasured("shows signs of several engines: Godot, Unity")
