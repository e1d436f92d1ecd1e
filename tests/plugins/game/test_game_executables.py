"""What is read from the headers of Windows, Linux and macOS executables."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from deliverlint_game.bounded import BoundedFile
from deliverlint_game.executables import format_of, read
from deliverlint_game.executables.pe_version import version_strings
from game_builds import fact, facts, mac_program, put, universal, with_version_resource

from corpus.makers.executables import DYNAMIC_BASE, GUARD_CF, HARDENED, linux_program, windows_program
from deliverlint.values import Unmeasured


def only(root: Path) -> dict[str, object]:
    records = fact(root, "game.executables")
    assert isinstance(records, list), records
    assert len(records) == 1
    return dict(records[0])


def test_a_hardened_windows_program_says_so(tmp_path: Path) -> None:
    record = only(put(tmp_path, {"game.exe": windows_program(flags=HARDENED | GUARD_CF)}))
    assert record["format"] == "PE"
    assert (record["architecture"], record["bits"], record["kind"]) == ("x86-64", 64, "exe")
    assert record["aslr"] and record["high_entropy_va"] and record["nx"] and record["cfg"]
    assert record["managed"] is False


def test_a_windows_program_without_flags_has_no_hardening(tmp_path: Path) -> None:
    record = only(put(tmp_path, {"game.exe": windows_program(bits=32, flags=0)}))
    assert (record["architecture"], record["bits"]) == ("x86", 32)
    assert not record["aslr"] and not record["nx"] and not record["cfg"]
    assert "high_entropy_va" not in record, "a 32-bit program has no 64-bit address space to use"


def test_a_library_is_told_from_a_program(tmp_path: Path) -> None:
    assert only(put(tmp_path, {"engine.dll": windows_program(is_dll=True)}))["kind"] == "dll"


def test_the_path_of_the_program_database_is_read(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.exe": windows_program(pdb="C:\\Users\\sam\\game.pdb")})
    assert only(root)["pdb"] == "C:\\Users\\sam\\game.pdb"
    assert fact(root, "game.executables.with_home_path") == ["game.exe"]


def test_a_program_database_of_a_build_machine_names_nobody(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.exe": windows_program(pdb="D:\\agent\\_work\\1\\game.pdb")})
    assert fact(root, "game.executables.with_home_path") == []


@pytest.mark.parametrize("runtime", ["MSVCP140D.dll", "VCRUNTIME140D.dll", "VCRUNTIME140_1D.dll", "ucrtbased.dll"])
def test_a_debug_runtime_is_found_among_the_imports(tmp_path: Path, runtime: str) -> None:
    root = put(tmp_path, {"game.exe": windows_program(imports=(("KERNEL32.dll", "ExitProcess"), (runtime, "f")))})
    assert only(root)["debug_runtime"] == runtime
    assert fact(root, "game.executables.debug_runtime") == ["game.exe"]


@pytest.mark.parametrize("runtime", ["MSVCP140.dll", "VCRUNTIME140.dll", "ucrtbase.dll", "d3d11.dll"])
def test_a_release_runtime_is_no_debug_runtime(tmp_path: Path, runtime: str) -> None:
    root = put(tmp_path, {"game.exe": windows_program(imports=((runtime, "f"),))})
    assert fact(root, "game.executables.debug_runtime") == []


def test_an_incrementally_linked_program_has_a_textbss_section(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.exe": windows_program(text_name=b".textbss")})
    assert fact(root, "game.executables.incremental") == ["game.exe"]


def test_a_program_of_dos_is_16_bit(tmp_path: Path) -> None:
    record = only(put(tmp_path, {"setup.exe": b"MZ" + bytes(126)}))
    assert (record["format"], record["bits"]) == ("DOS", 16)


def test_the_version_resource_is_read_without_loading_the_file(tmp_path: Path) -> None:
    put(tmp_path, {"engine.dll": with_version_resource(ProductName="Some Engine", FileVersion="3.8.1.303")})
    with BoundedFile(tmp_path / "engine.dll") as file:
        assert version_strings(file) == {"ProductName": "Some Engine", "FileVersion": "3.8.1.303"}


def test_a_position_independent_linux_program_has_aslr(tmp_path: Path) -> None:
    record = only(put(tmp_path, {"game.x86_64": linux_program()}))
    assert (record["format"], record["architecture"], record["bits"]) == ("ELF", "x86-64", 64)
    assert (record["kind"], record["aslr"], record["nx"], record["debug_info"]) == ("exe", True, True, False)


def test_a_linux_program_at_a_fixed_address_with_a_program_stack_is_weak(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.x86_64": linux_program(pie=False, nx=False, debug_info=True)})
    found = facts(root)
    for weakness in ("without_aslr", "without_nx", "with_debug_info"):
        assert found[f"game.executables.{weakness}"] == ["game.x86_64"]


def test_a_mac_program_is_read(tmp_path: Path) -> None:
    record = only(put(tmp_path, {"game": mac_program()}))
    assert (record["format"], record["architecture"], record["kind"]) == ("Mach-O", "x86-64", "exe")
    assert record["aslr"] and record["nx"] and record["signed"]


def test_a_mac_program_at_a_fixed_address_has_no_aslr(tmp_path: Path) -> None:
    assert fact(put(tmp_path, {"game": mac_program(pie=False)}), "game.executables.without_aslr") == ["game"]


def test_a_universal_program_counts_once_for_each_processor(tmp_path: Path) -> None:
    root = put(tmp_path, {"game": universal(mac_program(), mac_program(arm=True))})
    assert fact(root, "game.architectures") == ["ARM64", "x86-64"]


def test_a_java_class_is_no_universal_program() -> None:
    assert format_of(b"\xca\xfe\xba\xbe\x00\x00\x00\x34") is None


def test_the_launchers_of_distlib_agree_with_their_names() -> None:
    distlib = pytest.importorskip("distlib")
    names = {"32": ("x86", 32), "64": ("x86-64", 64), "64-arm": ("ARM64", 64)}
    for path in Path(distlib.__file__).parent.glob("[tw]*.exe"):
        (record,) = read(path, "PE")
        assert (record.architecture, record.bits) == names[path.stem[1:]], path
        assert record.kind == "exe" and record.aslr and record.nx
        assert record.pdb is not None and record.pdb.endswith(f"{path.stem}.pdb")


def test_the_launchers_of_setuptools_are_without_aslr() -> None:
    setuptools = pytest.importorskip("setuptools")
    path = Path(setuptools.__file__).parent / "cli-32.exe"
    if not path.exists():
        pytest.skip("this setuptools brings no launchers")
    (record,) = read(path, "PE")
    assert (record.architecture, record.aslr, record.nx) == ("x86", False, False)


@pytest.mark.skipif(sys.platform != "linux", reason="needs the ELF files of this Python")
def test_the_extension_modules_of_this_python_are_libraries_for_this_processor() -> None:
    import lxml

    modules = list(Path(lxml.__file__).parent.glob("*.so"))
    assert modules
    (python,) = read(Path(sys.executable).resolve(), "ELF")
    for path in modules:
        (record,) = read(path, "ELF")
        assert (record.kind, record.aslr, record.nx, record.architecture) == ("dll", True, True, python.architecture)
    assert python.kind == "exe"


def test_executables_that_engines_hand_out_are_not_the_developers_weakness(tmp_path: Path) -> None:
    weak = windows_program(bits=32, flags=0, is_dll=True)
    names = ["UnityPlayer.dll", "steam_api.dll", "redist/vcredist_x86.exe", "D3DCompiler_47.dll", "own.dll"]
    root = put(tmp_path, dict.fromkeys(names, weak))
    assert fact(root, "game.executables.not_64_bit") == ["own.dll"]
    assert fact(root, "game.executables.without_aslr") == ["own.dll"]


@pytest.mark.parametrize("name", ["libEGL.so", "libGLESv2.so", "libffmpeg.so", "chrome-sandbox", "libvulkan.so.1"])
def test_the_browser_that_a_game_carries_is_not_the_developers_weakness(tmp_path: Path, name: str) -> None:
    weak = linux_program(debug_info=True)
    root = put(tmp_path, {name: weak, "game": weak})
    assert fact(root, "game.executables.with_debug_info") == ["game"]


def test_an_executable_that_cannot_be_read_is_named_and_leaves_the_rest_open(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.exe": bytes(range(64)), "good.dll": windows_program(is_dll=True)})
    found = facts(root)
    assert found["game.executables.unreadable"] == ["game.exe is no executable, whatever its name says"]
    assert found["game.executables.without_aslr"] == Unmeasured("game.exe is no executable, whatever its name says")
    assert isinstance(found["game.executables"], Unmeasured)


@pytest.mark.parametrize(
    ("name", "whole", "where"),
    [
        ("game.exe", windows_program(), "its last section"),
        ("libgame.so", linux_program(debug_info=True), "its table of sections"),
    ],
)
def test_an_executable_that_lacks_its_end_is_cut_short(tmp_path: Path, name: str, whole: bytes, where: str) -> None:
    cut = whole[:-100] if name == "game.exe" else whole[:-300]
    root = put(tmp_path, {name: cut})
    assert fact(root, "game.executables.unreadable") == [f"{name} is cut short: it ends before {where}"]
    assert fact(put(tmp_path, {name: whole}), "game.executables.unreadable") == []


def test_a_weakness_that_was_found_stays_true_beside_an_unreadable_file(tmp_path: Path) -> None:
    root = put(tmp_path, {"game.exe": b"", "weak.exe": windows_program(flags=DYNAMIC_BASE)})
    found = facts(root)
    assert found["game.executables.unreadable"] == ["game.exe is empty"]
    assert found["game.executables.without_nx"] == ["weak.exe"]


def test_a_pointer_in_place_of_a_program_is_no_broken_program(tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    root = put(tmp_path, {"game.exe": pointer})
    assert fact(root, "game.executables.unreadable") == ["game.exe is a Git LFS pointer, not the file itself"]
