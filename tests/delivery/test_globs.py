"""Patterns of paths."""

from __future__ import annotations

import time

import pytest

from deliverlint.delivery.globs import Paths, parse_glob

CASES = [
    ("*.mov", "film.mov", {}),
    ("*.mov", "video/film.mov", None),
    ("*.mov", "film.mov.txt", None),
    ("**/*.mov", "film.mov", {}),
    ("**/*.mov", "a/b/film.mov", {}),
    ("video/**/*.mov", "video/film.mov", {}),
    ("video/**/*.mov", "video/a/b/film.mov", {}),
    ("video/**/*.mov", "audio/film.mov", None),
    ("./film.mov", "film.mov", {}),
    ("./film.mov", "a/film.mov", None),
    ("FILM.*", "film.Mov", {}),
    ("É*.mov", "e\u0301gg.mov", {}),
    ("film?.mov", "film1.mov", {}),
    ("film?.mov", "film/.mov", None),
    ("film?.mov", "film.mov", None),
    ("a.b", "axb", None),
    ("[ab]+(c).mov", "[ab]+(c).mov", {}),
    ("**/readme", "docs/README", {}),
    ("{lang}/{reel}.wav", "en/r1.wav", {"lang": "en", "reel": "r1"}),
    ("*_{lang}_20.wav", "egg_farm_pt-BR_20.wav", {"lang": "pt-BR"}),
    ("*_{lang}_20.wav", "egg__20.wav", None),
    ("{lang}/{lang}.srt", "en/EN.srt", {"lang": "en"}),
    ("{lang}/{lang}.srt", "en/no.srt", None),
    ("{a}_{b}_{c}_*.wav", "É_2_3_x.wav", {"a": "É", "b": "2", "c": "3"}),
    ("build/", "build", {}),
    ("builds/*/", "builds/win64", {}),
    ("builds/*/", "builds/win64/data", None),
    ("*.mp4#audio:1", "film.mp4", {}),
]


@pytest.mark.parametrize(("pattern", "path", "parts"), CASES)
def test_what_a_pattern_matches(pattern: str, path: str, parts: dict[str, str] | None) -> None:
    assert parse_glob(pattern).match(path) == parts


@pytest.mark.parametrize(("pattern", "path", "parts"), CASES)
def test_among_many_paths_the_same_are_found(pattern: str, path: str, parts: dict[str, str] | None) -> None:
    others = ["zz/other.bin", "zz/no-ending", "unlike.mov.bak"]
    found = dict(Paths([*others[:2], path, others[2]]).matching(parse_glob(pattern)))
    assert found == ({} if parts is None else {path: parts})


def test_a_stream_a_folder_and_the_root_are_told_apart() -> None:
    assert parse_glob("*.mp4#audio:12").stream == "audio:12"
    assert parse_glob("build/").is_folder
    assert not parse_glob("build/").is_root
    assert parse_glob("./").is_root


@pytest.mark.parametrize(
    "pattern", ["", "/", "**", "**/", "***", "{", "{}", "{A}", "#", "a#audio:0", "((", "\\", "*" * 300]
)
def test_any_text_is_a_pattern(pattern: str) -> None:
    glob = parse_glob(pattern)
    assert glob.match("video/film.mov") in (None, {})
    assert list(Paths(["video/film.mov"]).matching(glob)) is not None


def test_a_hostile_pattern_meets_a_hostile_name_in_no_time() -> None:
    started = time.process_time()
    glob = parse_glob("*a" * 40 + "*{lang}*b.mov")
    assert glob.match("a" * 250 + ".mov") is None
    assert glob.match(("a" * 250 + "b/") * 10 + "x.mov") is None
    assert time.process_time() - started < 5
