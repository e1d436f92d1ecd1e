"""Who plays which role, which paper is of which kind, and what is left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.delivery.world import (
    FLAC,
    KINDS,
    M4A,
    MP4,
    NOISE,
    PDF,
    PNG,
    SRT,
    WAV,
    cast_in,
    lay,
    opened,
    paths,
    role,
    with_manifest,
)

PICTURE = role("picture", "video", "**/*.mp4", "**/*.mov")
TRACK = role("track", "audio", "**/*.flac", "**/*.wav")
COVER = role("cover", "image", "art/*")
BUILD = role("build", "game", "build/", "*/", "./")


def test_a_role_is_filled_by_name_and_medium(tmp_path: Path) -> None:
    delivery = opened(
        lay(tmp_path, {"film.MP4": MP4, "extra/trailer.mov": MP4, "art/cover.png": PNG, "art/x.txt": "x"})
    )
    cast = cast_in(delivery, PICTURE, COVER)
    assert paths(cast.roles["picture"]) == ["film.MP4", "extra/trailer.mov"]
    assert paths(cast.roles["cover"]) == ["art/cover.png"]
    assert cast.roles["picture"][0].roles == ("picture",)
    assert [file.path for file in cast.extras] == ["art/x.txt"]


def test_a_single_file_plays_its_role(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"film.mov": MP4}) / "film.mov")
    assert paths(cast_in(delivery, PICTURE).roles["picture"]) == ["film.mov"]


def test_a_single_file_is_no_tree(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"game.exe": b"MZ"}) / "game.exe")
    assert cast_in(delivery, BUILD).roles["build"] == ()


def test_a_role_that_nobody_plays_is_empty(tmp_path: Path) -> None:
    assert cast_in(opened(tmp_path), PICTURE).roles == {"picture": ()}


@pytest.mark.parametrize(
    ("name", "content", "plays"),
    [
        ("egg.mp4", NOISE, True),  # nothing known: its facts will be unmeasured
        ("egg.mp4", b"", True),
        ("egg.mp4", PNG, True),  # an image never goes by .mp4
        ("egg.mp4", M4A, False),  # a song that goes by .mp4 is a song
        ("egg.mp4", MP4, True),
        ("egg.mkv", MP4, False),
    ],
)
def test_what_a_broken_or_misnamed_file_plays(tmp_path: Path, name: str, content: bytes, plays: bool) -> None:
    delivery = opened(lay(tmp_path, {name: content}))
    assert paths(cast_in(delivery, PICTURE).roles["picture"]) == ([name] if plays else [])


def test_a_picture_named_song_is_still_the_track(tmp_path: Path) -> None:
    (track,) = cast_in(opened(lay(tmp_path, {"song.flac": PNG})), TRACK).roles["track"]
    assert track.file.media == "image"


def test_a_pattern_without_an_ending_takes_only_its_medium(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"a.bin": NOISE, "b.bin": MP4, "c.png": PNG, "d": MP4}))
    cast = cast_in(delivery, role("any", "video", "**/*"))
    assert paths(cast.roles["any"]) == ["b.bin", "d"]


@pytest.mark.parametrize("content", [NOISE, b"", PDF])
def test_a_broken_cover_is_the_cover_where_the_pattern_leaves_the_ending_open(tmp_path: Path, content: bytes) -> None:
    delivery = opened(lay(tmp_path, {"cover.png": content, "cover.bin": NOISE}))
    assert paths(cast_in(delivery, role("cover", "image", "**/cover*")).roles["cover"]) == ["cover.png"]


def test_captions_are_recognised_by_what_they_say(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"subs/en.srt": SRT, "subs/notes.txt": "x"}))
    assert paths(cast_in(delivery, role("captions", "captions", "subs/*")).roles["captions"]) == ["subs/en.srt"]


def test_named_parts_are_taken_from_the_name(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"audio/egg_farm_EN_20.wav": WAV, "audio/egg_farm_no_20.wav": WAV}))
    tracks = cast_in(delivery, role("mix", "audio", "audio/*_{lang}_20.wav")).roles["mix"]
    assert [track.parts for track in tracks] == [{"lang": "EN"}, {"lang": "no"}]


def test_a_stream_of_a_file_plays_a_role_of_its_own(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"film.mp4": MP4}))
    cast = cast_in(delivery, PICTURE, role("mix", "audio", "*.mp4#audio:2"))
    assert paths(cast.roles["picture"]) == ["film.mp4"]
    (mix,) = cast.roles["mix"]
    assert (mix.path, mix.stream, mix.file.path) == ("film.mp4#audio:2", "audio:2", "film.mp4")
    assert not cast.extras


def test_one_file_plays_several_roles_as_one_asset(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"film.mp4": MP4}))
    cast = cast_in(delivery, PICTURE, role("trailer", "video", "*.mp4"))
    assert cast.roles["picture"] == cast.roles["trailer"]
    assert cast.roles["picture"][0].roles == ("picture", "trailer")


def test_two_patterns_that_match_one_file_make_one_asset(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"film.mp4": MP4}))
    assert len(cast_in(delivery, role("picture", "video", "*.mp4", "**/*.mp4")).roles["picture"]) == 1


def test_the_manifest_settles_a_role(tmp_path: Path) -> None:
    delivery = with_manifest(
        tmp_path,
        "assets:\n  - {path: b.mp4, roles: [picture]}\n",
        {"a.mp4": MP4, "b.mp4": MP4, "s.wav": WAV},
    )
    cast = cast_in(delivery, PICTURE, TRACK)
    assert paths(cast.roles["picture"]) == ["b.mp4"]
    assert paths(cast.roles["track"]) == ["s.wav"]
    assert [file.path for file in cast.extras] == ["a.mp4"]


def test_a_role_whose_only_file_is_missing_is_filled_by_its_patterns(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "assets: [{path: flim.mp4, roles: [picture]}]\n", {"film.mp4": MP4})
    assert paths(cast_in(delivery, PICTURE).roles["picture"]) == ["film.mp4"]


def test_what_the_manifest_says_of_a_file_holds_for_a_role_found_by_name(tmp_path: Path) -> None:
    delivery = with_manifest(
        tmp_path,
        "assets: [{path: s.wav, roles: [master], lang: no, track.side: B}]\n",
        {"s.wav": WAV},
    )
    (track,) = cast_in(delivery, TRACK).roles["track"]
    assert (track.roles, track.parts, track.declared) == (("master", "track"), {"lang": "no"}, {"track.side": "B"})


def test_roles_of_other_buyers_stand_aside(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "assets: [{path: a.mp4, roles: [feature]}]\n", {"a.mp4": MP4})
    cast = cast_in(delivery, COVER)
    assert cast.roles == {"cover": ()}
    assert [file.path for file in cast.extras] == ["a.mp4"]


GAME: dict[str, bytes | str] = {"game.exe": b"MZ", "data/a.png": PNG, "data/contract.pdf": PDF, "intro.mp4": MP4}


def _below(folder: str) -> dict[str, bytes | str]:
    return {f"{folder}/{name}": content for name, content in GAME.items()}


def test_a_folder_that_is_recognised_plays_a_role_as_one_tree(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {**_below("windows"), "docs/contract.pdf": PDF, "readme.txt": "x"}))
    cast = cast_in(delivery, role("build", "game", "*/"), PICTURE)
    (build,) = cast.roles["build"]
    assert (build.path, build.file.is_tree, build.file.media, build.file.format) == (
        "windows",
        True,
        "game",
        "PC build",
    )
    assert build.file.size == sum(len(content) for content in GAME.values())
    assert cast.roles["picture"] == ()
    assert [paper.file.path for paper in cast.documents["contract"]] == ["docs/contract.pdf"]
    assert [file.path for file in cast.extras] == ["readme.txt"]


def test_a_folder_named_by_the_pattern_is_taken_whatever_is_in_it(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"build/readme.txt": "x"}))
    (build,) = cast_in(delivery, BUILD).roles["build"]
    assert (build.path, build.file.media, build.file.format) == ("build", "game", "")


def test_the_root_is_a_tree_only_where_it_is_recognised(tmp_path: Path) -> None:
    root = role("build", "game", "./")
    assert paths(cast_in(opened(lay(tmp_path / "game", GAME)), root).roles["build"]) == ["."]
    assert cast_in(opened(lay(tmp_path / "film", {"film.mp4": MP4})), root).roles["build"] == ()


def test_any_folder_may_play_where_no_tree_type_has_the_medium(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"symbols/game.pdb": b"x"}))
    assert paths(cast_in(delivery, role("symbols", "debug", "sym*/")).roles["symbols"]) == ["symbols"]


def test_a_folder_inside_the_tree_is_not_a_second_tree(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {**_below("build"), **_below("build/nested")}))
    assert paths(cast_in(delivery, role("build", "game", "**/*/", "./")).roles["build"]) == ["build"]


def test_nothing_in_the_root_tree_is_left_over(tmp_path: Path) -> None:
    assert cast_in(opened(lay(tmp_path, GAME)), BUILD).extras == ()


def test_a_paper_beside_the_game_in_the_root_is_still_found(tmp_path: Path) -> None:
    cast = cast_in(opened(lay(tmp_path, {**GAME, "docs/contract.pdf": PDF})), BUILD)
    assert "docs/contract.pdf" in [paper.file.path for paper in cast.documents["contract"]]


def test_a_pattern_that_names_the_trees_folder_looks_into_it(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, _below("build")))
    cast = cast_in(delivery, BUILD, role("intro", "video", "Build/*.mp4"))
    assert paths(cast.roles["intro"]) == ["build/intro.mp4"]


def test_a_tree_of_the_manifest_keeps_its_files(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "assets: [{path: pack, roles: [build]}]\n", _below("pack"))
    cast = cast_in(delivery, PICTURE, kinds=KINDS)
    assert cast.roles["picture"] == ()
    assert cast.documents == {}
    assert [(file.path, file.is_tree) for file in cast.extras] == [("pack", True)]


def test_documents_are_found_by_their_names(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"x/Contract final.pdf": PDF, "docs/licence-1.pdf": PDF, "docs/licence-2.md": "x"}))
    documents = cast_in(delivery).documents
    assert [paper.file.path for paper in documents["contract"]] == ["x/Contract final.pdf"]
    assert [paper.file.path for paper in documents["licence"]] == ["docs/licence-1.pdf", "docs/licence-2.md"]
    assert documents["contract"][0].file.format == "PDF"


def test_the_manifest_settles_a_kind_of_document(tmp_path: Path) -> None:
    delivery = with_manifest(
        tmp_path,
        "documents: {contract: signed.pdf, unheard-of: a.pdf}\n",
        {"signed.pdf": PDF, "contract-draft.pdf": PDF, "docs/licence.pdf": PDF, "a.pdf": PDF},
    )
    cast = cast_in(delivery)
    assert {kind: [paper.file.path for paper in papers] for kind, papers in cast.documents.items()} == {
        "contract": ["signed.pdf"],
        "unheard-of": ["a.pdf"],
        "licence": ["docs/licence.pdf"],
    }
    assert [file.path for file in cast.extras] == ["contract-draft.pdf"]


def test_what_describes_the_delivery_is_never_left_over_and_plays_nothing(tmp_path: Path) -> None:
    delivery = with_manifest(
        tmp_path,
        "waivers: waivers.yaml\n",
        {
            "waivers.yaml": "- {ruleset: a/b, rule: r, reason: x, approved_by: y}\n",
            ".gitattributes": "x",
            "sub/.DS_Store": "x",
        },
    )
    cast = cast_in(delivery, role("notes", "document", "**/*.yaml"))
    assert cast.roles["notes"] == ()
    assert cast.extras == ()


def test_a_large_delivery_is_looked_into_where_a_role_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliverlint.delivery.open.MOST_LOOKED_INTO", 3)
    files: dict[str, bytes | str] = {f"{number}.bin": NOISE for number in range(9)}
    delivery = opened(lay(tmp_path, {**files, "z/film.mp4": MP4, "z/song.flac": FLAC}))
    assert [file.media for file in delivery.files if file.path.startswith("z/")] == ["", ""]
    (picture,) = cast_in(delivery, PICTURE).roles["picture"]
    assert (picture.file.media, picture.file.format) == ("video", "MP4")


def test_files_of_a_large_tree_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliverlint.delivery.open.MOST_LOOKED_INTO", 2)
    opened_heads: list[str] = []
    monkeypatch.setattr(
        "deliverlint.delivery.sniff.read_head", lambda path: opened_heads.append(Path(path).name) or b""
    )
    delivery = opened(lay(tmp_path, {**_below("build"), "cover.png": PNG}))
    cast_in(delivery, BUILD, COVER, PICTURE)
    assert set(opened_heads) == {"cover.png"}
