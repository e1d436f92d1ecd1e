"""delivery.yaml: what it says, and what happens to each mistake in it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from deliverlint.delivery.model import Delivery, Note
from tests.delivery.world import MP4, PDF, WAV, lay, only_note, opened, paths, told, with_manifest

GOOD = """\
title: The Egg Farmers
id: EGG-001
rulesets: [streamer/youtube, provenance/base]
territories: [US, NO]
has_music: yes
premiere: 2026-12-24
running_time: 90 min
assets:
  - {path: video/egg.mov, roles: [picture]}
  - {path: "video/egg.mov#audio:1", roles: [mix.stereo], lang: en}
  - {path: audio/a1.wav, roles: [track, master], reel: 2, track.side: a, track.length: 3 min}
documents:
  contract: docs/contract.pdf
  licence:
    - docs/l1.pdf
    - {path: docs/l2.pdf, for: audio/a1.wav}
waivers: waivers.yaml
"""
WAIVERS = """\
- {ruleset: streamer/youtube, rule: picture-codec, asset: video/egg.mov, reason: Old master, approved_by: A. Buyer,
   expires: 2027-01-31}
"""
FILES: dict[str, bytes | str] = {
    "video/egg.mov": MP4,
    "audio/a1.wav": WAV,
    "docs/contract.pdf": PDF,
    "docs/l1.pdf": PDF,
    "docs/l2.pdf": PDF,
    "waivers.yaml": WAIVERS,
}


def listing(root: Path, *entries: str) -> Delivery:
    """Open a delivery whose manifest lists these assets, each as a mapping in braces."""
    return with_manifest(root, "assets:\n" + "".join(f"  - {entry}\n" for entry in entries), FILES)


def mistake(delivery: Delivery) -> Note:
    note = only_note(delivery)
    assert (note.trouble, note.path) == ("manifest-valid", "delivery.yaml")
    return note


def test_everything_in_a_good_manifest_is_understood(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, GOOD, FILES)
    assert not delivery.notes
    assert delivery.has_manifest
    assert delivery.title == "The Egg Farmers"
    assert delivery.rulesets == ("streamer/youtube", "provenance/base")
    assert delivery.declared == {
        "delivery.title": "The Egg Farmers",
        "delivery.id": "EGG-001",
        "delivery.territories": ["US", "NO"],
        "delivery.has_music": True,
        "delivery.premiere": "2026-12-24",
        "delivery.running_time": 5400,
    }
    picture, mix, track = delivery.assets
    assert (picture.path, picture.roles, picture.stream) == ("video/egg.mov", ("picture",), "")
    assert (mix.path, mix.roles, mix.stream) == ("video/egg.mov#audio:1", ("mix.stereo",), "audio:1")
    assert mix.parts == {"lang": "en"}
    assert mix.file.path == "video/egg.mov"
    assert (track.roles, track.parts) == (("track", "master"), {"reel": "2"})
    assert track.declared == {"track.side": "A", "track.length": 180}
    assert track.file.media == "audio"
    assert [(paper.kind, paper.file.path, paper.of) for paper in delivery.documents] == [
        ("contract", "docs/contract.pdf", ""),
        ("licence", "docs/l1.pdf", ""),
        ("licence", "docs/l2.pdf", "audio/a1.wav"),
    ]
    (waiver,) = delivery.waivers
    assert (waiver.rule, waiver.expires, waiver.source) == ("picture-codec", "2027-01-31", "waivers.yaml:1")


def test_a_typo_in_a_key_is_told_with_its_line_and_the_rest_counts(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "title: Egg\nteritories: [US]\nid: E1\n")
    assert mistake(delivery).line == 2
    assert mistake(delivery).message == "unknown key 'teritories'; did you mean 'territories'?"
    assert delivery.declared == {"delivery.title": "Egg", "delivery.id": "E1"}


def test_a_measured_fact_of_the_delivery_cannot_be_declared(tmp_path: Path) -> None:
    assert "is measured, not declared" in mistake(with_manifest(tmp_path, "uses_ai: no\n")).message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("has_music: maybe", "yes or no"),
        ("premiere: 24.12.2026", "a date (YYYY-MM-DD)"),
        ("premiere: 2026-02-30", "a date (YYYY-MM-DD)"),
        ("running_time: long", "a number in s"),
        ("running_time: 90 dB", "expected a number in s"),
        ("running_time: 1" + "0" * 400, "a number in s"),
        ("title: [a, b]", "a text"),
        ("assets: video/egg.mov", "a list"),
        ("documents: [docs/contract.pdf]", "a mapping"),
        ("rulesets: [[a]]", "a list of texts"),
    ],
)
def test_a_value_of_the_wrong_type_is_told(tmp_path: Path, line: str, says: str) -> None:
    delivery = with_manifest(tmp_path, f"{line}\nid: E1\n")
    assert says in mistake(delivery).message
    assert delivery.declared == {"delivery.id": "E1"}


def test_one_territory_may_be_written_without_a_list(tmp_path: Path) -> None:
    assert with_manifest(tmp_path, "territories: NO\n").declared == {"delivery.territories": ["NO"]}


@pytest.mark.parametrize(
    ("manifest", "line", "says"),
    [
        (b"title: Egg\nassets: [\n", 3, "is not valid YAML"),
        (b"title: Egg\ntitle: Hen\n", 2, "is written twice"),
        (b"title: &a Egg\nid: *a\n", 1, "anchor"),
        (b"title: Egg\nid: \xe9\n", 2, "UTF-8"),
        (b"- title\n", 1, "has to hold keys"),
        (b"title: !!python/object:os.system x\n", 1, "tag"),
        (b"", 0, "is empty"),
        (b"title: \x00\n", 1, "is not valid YAML"),
    ],
)
def test_an_unreadable_manifest_is_one_note_and_counts_as_none(
    tmp_path: Path, manifest: bytes, line: int, says: str
) -> None:
    delivery = opened(lay(tmp_path, {"delivery.yaml": manifest, "film.mov": MP4}))
    assert mistake(delivery).line == line
    assert says in mistake(delivery).message
    assert not delivery.has_manifest
    assert len(delivery.files) == 2


def test_a_manifest_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    delivery = opened(lay(tmp_path, {"delivery.yaml": b"\xef\xbb\xbftitle: Egg\n"}))
    assert (delivery.title, delivery.notes) == ("Egg", ())


@pytest.mark.parametrize("name", ["delivery.yml", "Delivery.yaml"])
def test_a_manifest_by_nearly_the_right_name_is_not_overlooked(tmp_path: Path, name: str) -> None:
    delivery = opened(lay(tmp_path, {name: "title: Egg\n"}))
    if delivery.has_manifest:
        pytest.skip("case does not count on this file system")
    assert only_note(delivery).message == "is not read: name it 'delivery.yaml'"


def test_a_missing_file_is_told_with_the_nearest_one_there_is(tmp_path: Path) -> None:
    delivery = listing(tmp_path, "{path: video/eg.mov, roles: [picture]}", "{path: audio/a1.wav}")
    note = only_note(delivery)
    assert (note.trouble, note.path, note.line) == ("asset-exists", "delivery.yaml", 2)
    assert note.message == "lists 'video/eg.mov', which is not there; did you mean 'video/egg.mov'?"
    assert paths(delivery.assets) == ["audio/a1.wav"]


def test_a_file_in_another_folder_or_case_is_suggested(tmp_path: Path) -> None:
    message = only_note(listing(tmp_path, "{path: Egg.MOV}")).message
    assert message.endswith("did you mean 'video/egg.mov'?")


def test_a_missing_document_is_told(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "documents: {contract: docs/contrct.pdf}\n", FILES)
    assert told(delivery) == [("asset-exists", "delivery.yaml")]
    assert "did you mean 'docs/contract.pdf'?" in only_note(delivery).message


def test_accents_written_in_the_other_way_of_unicode_are_the_same_file(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "assets: [{path: cafe\u0301.mov}]\n", {"caf\u00e9.mov": MP4})
    assert not delivery.notes
    assert len(delivery.assets) == 1


@pytest.mark.parametrize("path", ["../egg.mov", "video/../../egg.mov", "/etc/passwd", "'C:\\egg.mov'", "..\\egg.mov"])
def test_a_path_out_of_the_delivery_is_refused(tmp_path: Path, path: str) -> None:
    delivery = listing(tmp_path / "in", f"{{path: {path}}}")
    assert told(delivery) == [("path-safe", "delivery.yaml")]
    assert "leads out of the delivery" in only_note(delivery).message
    assert not delivery.assets


def test_a_file_listed_twice_is_told_and_plays_both_roles(tmp_path: Path) -> None:
    delivery = listing(tmp_path, "{path: video/egg.mov, roles: [picture]}", "{path: ./video//egg.mov, roles: trailer}")
    note = only_note(delivery)
    assert (note.trouble, note.line) == ("asset-listed-once", 3)
    assert [asset.roles for asset in delivery.assets] == [("picture", "trailer")]


def test_two_streams_of_one_file_are_two_assets(tmp_path: Path) -> None:
    delivery = listing(
        tmp_path, "{path: video/egg.mov}", '{path: "video/egg.mov#audio:1"}', '{path: "video/egg.mov#audio:2"}'
    )
    assert not delivery.notes
    assert paths(delivery.assets) == ["video/egg.mov", "video/egg.mov#audio:1", "video/egg.mov#audio:2"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("video/egg.mov#audio", "write 'video/egg.mov#audio:1'"),
        ("video/egg.mov#audio:0", "is no stream"),
        ("video/egg.mov#audo:1", "did you mean 'audio'?"),
    ],
)
def test_a_stream_that_is_misspelt_is_told(tmp_path: Path, path: str, says: str) -> None:
    delivery = listing(tmp_path, f'{{path: "{path}"}}')
    assert says in mistake(delivery).message
    assert not delivery.assets


def test_a_file_whose_name_has_a_hash_in_it_is_a_file(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, 'assets: [{path: "egg#audio:1"}]\n', {"egg#audio:1": MP4})
    assert [(asset.path, asset.stream) for asset in delivery.assets] == [("egg#audio:1", "")]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{path: audio/a1.wav, role: track}", "did you mean 'roles'?"),
        ("{path: audio/a1.wav, roles: [Track]}", "cannot be a role"),
        ("{path: audio/a1.wav, roles: {a: b}}", "a list of texts"),
        ("{path: audio/a1.wav, Reel: 2}", "cannot name a part"),
        ("{path: audio/a1.wav, reel: [1, 2]}", "has to be a text"),
        ("{path: audio/a1.wav, track.sid: A}", "did you mean 'track.side'?"),
        ("{path: audio/a1.wav, track.side: C}", "it is one of A or B"),
        ("{path: audio/a1.wav, audio.codec: PCM}", "'audio.codec' is measured, not declared"),
        ("{path: audio/a1.wav, file.size: 3}", "'file.size' is measured, not declared"),
        ("{path: audio/a1.wav, delivery.has_music: no}", "write it as 'has_music' at the top"),
        ("{path: audio/a1.wav, media: vidio}", "did you mean 'video'?"),
        ("{path: audio/a1.wav, track.splits: [{writer: A, shares: 5}]}", "did you mean 'share'?"),
    ],
)
def test_a_mistake_in_an_asset_costs_only_itself(tmp_path: Path, entry: str, says: str) -> None:
    delivery = listing(tmp_path, entry)
    assert says in mistake(delivery).message
    assert mistake(delivery).line == 2
    assert paths(delivery.assets) == ["audio/a1.wav"]


@pytest.mark.parametrize("entry", ["{file: a.mov}", "audio/a1.wav"])
def test_an_entry_without_a_path_is_told_what_one_looks_like(tmp_path: Path, entry: str) -> None:
    assert "{path: video/film.mov, roles: [picture]}" in mistake(listing(tmp_path, entry)).message


def test_declared_lists_and_records_have_their_types(tmp_path: Path) -> None:
    delivery = listing(
        tmp_path,
        "{path: audio/a1.wav, track.writers: Ada, track.is_cover: no, track.splits: [{writer: Ada, share: 50 %}]}",
    )
    assert not delivery.notes
    assert delivery.assets[0].declared == {
        "track.writers": ["Ada"],
        "track.is_cover": False,
        "track.splits": [{"writer": "Ada", "share": 50}],
    }


def test_a_medium_may_be_given(tmp_path: Path) -> None:
    delivery = listing(tmp_path, "{path: audio/a1.wav, media: video}")
    assert delivery.assets[0].file.media == "video"


def test_a_folder_is_an_asset_as_a_tree(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"build/game.exe": b"MZ", "build/data/a.bin": b"12345"}
    delivery = with_manifest(tmp_path, "assets: [{path: build/, roles: [build]}]\n", files)
    (asset,) = delivery.assets
    assert (asset.path, asset.file.is_tree, asset.file.media) == ("build", True, "game")
    assert asset.file.size == 7
    assert asset.file.location.is_dir()


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    assert (
        "is a folder: list its files"
        in mistake(with_manifest(tmp_path, "documents: {contract: docs}\n", FILES)).message
    )


def test_an_unknown_kind_of_document_is_told_and_kept(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "documents: {contrat: docs/contract.pdf}\n", FILES)
    assert "did you mean 'contract'?" in mistake(delivery).message
    assert [paper.kind for paper in delivery.documents] == ["contrat"]


def test_a_document_listed_twice_is_told(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "documents: {licence: [docs/l1.pdf, docs/l1.pdf]}\n", FILES)
    assert told(delivery) == [("asset-listed-once", "delivery.yaml")]
    assert len(delivery.documents) == 1


def test_one_document_for_two_assets_is_listed_once_for_each(tmp_path: Path) -> None:
    manifest = (
        "documents: {licence: [{path: docs/l1.pdf, for: audio/a1.wav}, {path: docs/l1.pdf, for: video/egg.mov}]}\n"
    )
    delivery = with_manifest(tmp_path, manifest, FILES)
    assert not delivery.notes
    assert [paper.of for paper in delivery.documents] == ["audio/a1.wav", "video/egg.mov"]


def test_a_document_for_an_asset_that_is_not_there_is_told(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, "documents: {licence: {path: docs/l1.pdf, for: audio/a9.wav}}\n", FILES)
    assert told(delivery) == [("asset-exists", "delivery.yaml")]
    assert len(delivery.documents) == 1


WAIVER = "ruleset: a/b, rule: r, reason: old, approved_by: A. Buyer"


def test_waivers_may_stand_in_the_manifest_itself(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, f"title: Egg\nwaivers:\n  - {{{WAIVER}}}\n")
    assert [waiver.source for waiver in delivery.waivers] == ["delivery.yaml:3"]
    assert delivery.waivers[0].expires == ""


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{ruleset: a/b, rule: r, reason: old}", "without approved_by"),
        ("{rule: r}", "without ruleset, reason and approved_by"),
        ("{" + WAIVER + ", expires: 31.1.2027}", "is no date"),
        ("just a text", "is like"),
    ],
)
def test_an_incomplete_waiver_excuses_nothing(tmp_path: Path, entry: str, says: str) -> None:
    delivery = with_manifest(tmp_path, "waivers: waivers.yaml\n", {"waivers.yaml": f"- {entry}\n"})
    assert not delivery.waivers
    note = only_note(delivery)
    assert (note.trouble, note.path, note.line) == ("manifest-valid", "waivers.yaml", 1)
    assert says in note.message


def test_a_typo_in_a_waiver_is_told(tmp_path: Path) -> None:
    delivery = with_manifest(tmp_path, f"waivers: [{{{WAIVER}, expire: 2027-01-31}}]\n")
    assert "did you mean 'expires'?" in mistake(delivery).message


def test_a_missing_waivers_file_is_told(tmp_path: Path) -> None:
    assert told(with_manifest(tmp_path, "waivers: waivers.yml\n")) == [("asset-exists", "delivery.yaml")]


def test_a_manifest_full_of_mistakes_ends(tmp_path: Path) -> None:
    entries = "".join(f"  - {{path: nowhere/{number}.mov}}\n" for number in range(5000))
    delivery = with_manifest(tmp_path, f"assets:\n{entries}", {f"video/{number}.mov": b"x" for number in range(300)})
    assert len(delivery.notes) == 501
    assert delivery.notes[-1].message == "has more mistakes than are shown here"


def test_a_manifest_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    assert "nested" in mistake(with_manifest(tmp_path, "title: " + "[" * 5000)).message


def test_mutated_manifests_never_raise(tmp_path: Path) -> None:
    source = random.Random(20261122)
    lay(tmp_path, FILES)
    signs = "[]{}:,-#&*!|>'\"%@`\t\n \\/.\0é\u202e0"
    for _ in range(300):
        text = list(GOOD)
        for _ in range(source.choice((1, 2, 5))):
            place = source.randrange(len(text))
            change = source.random()
            if change < 0.4:
                text[place] = source.choice(signs)
            elif change < 0.7:
                text.insert(place, source.choice(signs))
            else:
                del text[place : place + source.randrange(1, 12)]
        (tmp_path / "delivery.yaml").write_text("".join(text), encoding="utf-8", newline="")
        delivery = opened(tmp_path)
        assert {asset.file.path for asset in delivery.assets} <= set(FILES) | {".", "video", "audio", "docs"} | {
            "delivery.yaml"
        }
        assert all(note.message for note in delivery.notes)


def test_the_manifest_and_the_waivers_are_the_deliverys_own(tmp_path: Path) -> None:
    assert with_manifest(tmp_path, GOOD, FILES).own == ("delivery.yaml", "waivers.yaml")
