"""The rules that the rule language is explained with: each loads, and is judged right in all four ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.cases import changed, judge_scene
from deliverlint.ruleset.model import Ruleset
from deliverlint.strictyaml import Map, parse
from tests.engine import world

BASE = """\
ruleset: streamer/base
version: 2026.11.0
title: Base
based_on: {guide: {title: Guide, url: https://example.com/guide, read: 2026-11-22}}
roles:
  picture: {media: video, match: ["video/*.mov"], count: 1, cite: guide §1, fix: Add the picture master.}
rules:
  picture-codec:
    {for: picture, expect: {video.codec: ProRes 422 HQ}, cite: guide §2, fix: Export again.}
  artwork-poster:
    {expect: {delivery.title: present}, cite: guide §3, fix: Add it.}
"""
EXAMPLE = """\
ruleset: acme/feature
version: 2026.11.0
title: Acme feature delivery
requires: {deliverlint: ">=1.0", plugins: [video, audio]}
based_on: {spec: {title: Acme Delivery Specification 9.2, url: https://example.com/spec, read: 2026-11-22}}
extends: [streamer/base]
params:
  loudness_target: -27 LUFS
  side_max: {pick: [vinyl.size, vinyl.speed], 12 in @ 33: 22 min, 7 in @ 45: 5 min}
roles:
  picture:    {media: video, match: ["video/*.mov"], count: 1, cite: spec §2, fix: Add the picture master.}
  mix.stereo: {media: audio, match: ["audio/*_{lang}_20.wav"], count: at least 1, cite: spec §5}
  track:      {media: audio, match: ["tracks/*.wav"]}
  cpl:        {match: ["CPL*.xml"]}
  build:      {media: game, match: ["build/"]}
rules:
  picture-frame-rate:
    title: Picture runs at a native cinema rate        # a positive sentence
    for: picture                                       # judged once per asset that plays the role
    expect: {video.frame_rate: [23.976 fps, 24 fps]}    # NTSC names are 24000/1001 and so on, ± 10 ppm
    severity: error                                    # error | warning | advice
    cite: spec §3.1                                    # resolves in based_on
    fix: Conform to the native camera rate; never blend frames.
  mix-loudness:
    title: Loudness is on target
    for: mix.stereo
    where: {audio.dialogue.share: at least 15 %}       # else not-applicable for this asset
    expect:
      audio.loudness.dialogue: $loudness_target ± 2 LU
      audio.true_peak: at most -2 dBTP
  mix-sync:     {for: mix.stereo, expect: {audio.duration: same as picture/video.duration ± 1 frame}}
  black-head:   {for: picture, expect: {video.black.head: 1 frame to 1 s}}
  black-inside: {for: picture, expect: {video.black.internal: each at most 2 s}}
  one-language: {for: cpl, expect: {cpl.audio_languages: count 1}}
  isrc-unique:  {for: track, per: role, expect: {audio.isrc: unique}}
  side-length:  {for: track, per: track.side, expect: {audio.duration: sum at most $side_max}}
  lora-licence: {for: provenance, each: models, where: {kind: lora}, expect: {licence.commercial_use: yes}}
  shots-logged: {for: shot-list, expect: {shots.generated: all in prompt-log/prompts.shots}}
  qc-line:      {for: budget, expect: {budget.qc: at least 10 % of budget.total}}
  captions-us:  {needs: captions, when: {delivery.territories: contains US}}
  mechanical:   {for: track, where: {track.is_cover: yes}, needs: mechanical-licence}   # one for each
  xr-045:       {for: build, attest: qa-tester}        # a person must vouch; to-review until then
change: {picture-codec: {severity: warning}}           # patch an inherited rule by field
drop:   {artwork-poster: Acme takes no artwork}        # with a reason
"""
GOOD = """\
delivery: {territories: [US]}
assets:
  - path: video/egg.mov
    roles: [picture]
    facts: {video.frame_rate: 23.976 fps, video.duration: 100, video.black.head: 0.5, video.codec: ProRes 422 HQ,
            video.black.internal: [{start: 10, end: 11.5}]}
  - path: audio/egg_en_20.wav
    roles: [mix.stereo]
    lang: en
    facts: {audio.dialogue.share: 40, audio.loudness.dialogue: -27.4, audio.true_peak: -2.1, audio.duration: 100.04}
  - {path: CPL.xml, roles: [cpl], facts: {cpl.audio_languages: [en]}}
  - path: tracks/1.wav
    roles: [track]
    facts: {audio.isrc: DEA012600001, track.side: A, audio.duration: 660, vinyl.size: 12, vinyl.speed: "33",
            track.is_cover: yes}
  - path: tracks/2.wav
    roles: [track]
    facts: {audio.isrc: DEA012600002, track.side: A, audio.duration: 660, vinyl.size: 12, vinyl.speed: "33",
            track.is_cover: no}
  - {path: build, roles: [build]}
documents:
  - {kind: captions, path: egg.srt}
  - {kind: mechanical-licence, path: docs/mechanical-1.pdf, of: tracks/1.wav}
  - {kind: provenance, path: provenance.yaml,
     facts: {provenance.models: [{name: m, kind: checkpoint}, {name: l, kind: lora, licence.commercial_use: yes}]}}
  - {kind: shot-list, path: shots.csv, facts: {shots.generated: [s1, s2]}}
  - {kind: prompt-log, path: prompts.csv, facts: {prompts.shots: [s1, s2, s3]}}
  - {kind: budget, path: budget.xlsx, facts: {budget.qc: 10, budget.total: 100}}
  - {kind: attestations, path: attestations.yaml,
     facts: {attestations.lines: [{rule: xr-045, outcome: pass, person: Ann Example, date: 2026-11-20}]}}
"""

# rule: what makes it fail, what leaves it unmeasured, what takes it out of application
WAYS = {
    "picture-frame-rate": (
        "video/egg.mov: {video.frame_rate: 23.98104}",
        "video/egg.mov: {video.frame_rate: unmeasured}",
        "video/egg.mov: missing",
    ),
    "mix-loudness": (
        "audio/egg_en_20.wav: {audio.loudness.dialogue: -24.9}",
        "audio/egg_en_20.wav: {audio.dialogue.share: unmeasured}",
        "audio/egg_en_20.wav: {audio.dialogue.share: 14.9}",
    ),
    "mix-sync": (
        "audio/egg_en_20.wav: {audio.duration: 100.05}",
        "video/egg.mov: {video.duration: unmeasured}",
        "audio/egg_en_20.wav: missing",
    ),
    "black-head": (
        "video/egg.mov: {video.black.head: 0.02}",
        "video/egg.mov: {video.frame_rate: unmeasured}",
        "video/egg.mov: missing",
    ),
    "black-inside": (
        "video/egg.mov: {video.black.internal: [{start: 1, end: 2}, {start: 10, end: 12.1}]}",
        "video/egg.mov: {video.black.internal: unmeasured}",
        "video/egg.mov: missing",
    ),
    "one-language": (
        "CPL.xml: {cpl.audio_languages: [en, de]}",
        "CPL.xml: {cpl.audio_languages: unmeasured}",
        "CPL.xml: missing",
    ),
    "isrc-unique": (
        "tracks/2.wav: {audio.isrc: DEA012600001}",
        "tracks/2.wav: {audio.isrc: unmeasured}",
        "{tracks/1.wav: missing, tracks/2.wav: missing}",
    ),
    "side-length": (
        "tracks/2.wav: {audio.duration: 660.1}",
        "{tracks/1.wav: {vinyl.speed: '78'}, tracks/2.wav: {vinyl.speed: '78'}}",
        "{tracks/1.wav: missing, tracks/2.wav: missing}",
    ),
    "lora-licence": (
        "provenance.yaml: {provenance.models: [{name: l, kind: lora, licence.commercial_use: no}]}",
        "provenance.yaml: {provenance.models: unmeasured}",
        "provenance.yaml: {provenance.models: [{name: m, kind: checkpoint}]}",
    ),
    "shots-logged": ("shots.csv: {shots.generated: [s1, s9]}", "prompts.csv: missing", "shots.csv: missing"),
    "qc-line": (
        "budget.xlsx: {budget.qc: 9.9}",
        "budget.xlsx: {budget.total: unmeasured}",
        "budget.xlsx: missing",
    ),
    "captions-us": (
        "egg.srt: missing",
        "delivery: {territories: unmeasured}",
        "delivery: {territories: [DE]}",
    ),
    "mechanical": (
        "docs/mechanical-1.pdf: missing",
        "tracks/1.wav: {track.is_cover: unmeasured}",
        "tracks/1.wav: {track.is_cover: no}",
    ),
    "picture-codec": (
        "video/egg.mov: {video.codec: H.264}",
        "video/egg.mov: {video.codec: unmeasured}",
        "video/egg.mov: missing",
    ),
}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    folder = tmp_path_factory.mktemp("rulesets")
    parent = folder / "streamer" / "base"
    parent.mkdir(parents=True)
    (parent / "ruleset.yaml").write_text(BASE, encoding="utf-8")
    child = folder / "acme" / "feature"
    child.mkdir(parents=True)
    return world.load(child, EXAMPLE, world.catalogue(folder))


def statuses(example: Ruleset, folder: Path, rule: str, change: str = "") -> set[str]:
    made = world.scene(folder, GOOD)
    if change:
        node = parse(change, "change")
        assert isinstance(node, Map)
        made = changed(made, node, "change")
    return {result.status for result in judge_scene(made, example, world.catalogue()) if result.rule.id == rule}


def test_the_whole_example_loads(example: Ruleset) -> None:
    assert set(WAYS) | {"xr-045", "role.picture", "role.mix.stereo"} == set(example.rules)
    assert example.rules["picture-codec"].severity == "warning"
    assert example.dropped == {"artwork-poster": "Acme takes no artwork"}
    assert example.rules["picture-frame-rate"].cite.clause == "§3.1"


def test_the_good_delivery_passes_every_rule(example: Ruleset, tmp_path: Path) -> None:
    results = judge_scene(world.scene(tmp_path, GOOD), example, world.catalogue())
    for result in results:
        assert result.status in ("pass", "not-applicable"), f"{result.rule.id}: {result.status} {result.message}"
    assert {result.rule.id for result in results if result.status == "pass"} == set(example.rules)


@pytest.mark.parametrize("rule", WAYS)
def test_each_rule_fails_on_facts_that_fail(example: Ruleset, tmp_path: Path, rule: str) -> None:
    assert "fail" in statuses(example, tmp_path, rule, WAYS[rule][0])


@pytest.mark.parametrize("rule", WAYS)
def test_each_rule_is_unmeasured_where_its_facts_are(example: Ruleset, tmp_path: Path, rule: str) -> None:
    assert statuses(example, tmp_path, rule, WAYS[rule][1]) - {"not-applicable", "pass"} == {"unmeasured"}


@pytest.mark.parametrize("rule", WAYS)
def test_each_rule_does_not_apply_where_it_is_about_nothing(example: Ruleset, tmp_path: Path, rule: str) -> None:
    assert statuses(example, tmp_path, rule, WAYS[rule][2]) == {"not-applicable"}


def test_what_a_person_must_vouch_for_is_to_review_until_somebody_does(example: Ruleset, tmp_path: Path) -> None:
    assert statuses(example, tmp_path, "xr-045") == {"pass"}
    assert statuses(example, tmp_path, "xr-045", "attestations.yaml: missing") == {"to-review"}
    refused = "attestations.yaml: {attestations.lines: [{rule: xr-045, outcome: fail, person: A, date: 2026-11-20}]}"
    assert statuses(example, tmp_path, "xr-045", refused) == {"fail"}
    anonymous = "attestations.yaml: {attestations.lines: [{rule: xr-045, outcome: pass, date: 2026-11-20}]}"
    assert statuses(example, tmp_path, "xr-045", anonymous) == {"to-review"}
    assert statuses(example, tmp_path, "xr-045", "build: missing") == {"not-applicable"}


def test_an_attestation_of_another_version_of_the_file_does_not_count(example: Ruleset, tmp_path: Path) -> None:
    line = "{rule: xr-045, outcome: pass, person: A, date: 2026-11-20, sha256: aa}"
    change = f"{{attestations.yaml: {{attestations.lines: [{line}]}}, build: {{file.sha256: %s}}}}"
    assert statuses(example, tmp_path, "xr-045", change % "aa") == {"pass"}
    assert statuses(example, tmp_path, "xr-045", change % "bb") == {"to-review"}


def test_the_message_says_what_is_and_what_was_expected_with_its_range(example: Ruleset, tmp_path: Path) -> None:
    change = parse("audio/egg_en_20.wav: {audio.loudness.dialogue: -21.9}", "change")
    assert isinstance(change, Map)
    results = judge_scene(changed(world.scene(tmp_path, GOOD), change, "x"), example, world.catalogue())
    message = next(result.message for result in results if result.rule.id == "mix-loudness")
    assert message == "dialogue loudness is -21.9 LUFS, expected -27 LUFS ± 2 LU (-29 to -25)"
