"""A small catalogue of its own, so that the engine is tested without any plugin, and short ways to load and judge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deliverlint.cases import Scene, changed, judge_scene, read_scene
from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.builtin import document_kinds as engine_kinds
from deliverlint.catalogue.builtin import facts as engine_facts
from deliverlint.catalogue.builtin import probes as engine_probes
from deliverlint.catalogue.model import PluginInfo, build_catalogue
from deliverlint.delivery.model import Asset, Cast, File
from deliverlint.judge.model import Result
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.subjects import Sight
from deliverlint.ruleset.load import load_ruleset
from deliverlint.ruleset.model import Ruleset
from deliverlint.spec import Check, DocumentKind, FactSpec, FileType, Probe
from deliverlint.strictyaml import Map, parse
from deliverlint.values import Fact, Json

KINDS = ("video", "audio", "game")


def fact(name: str, kind: str, label: str = "", **more: object) -> FactSpec:
    return FactSpec(name=name, type=kind, label=label or name, meaning=f"Meaning of {name}.", **more)  # type: ignore[arg-type]


def even_channels(facts: Mapping[str, object]) -> str | None:
    """The named check of the tests."""
    channels = facts["audio.channels"]
    return None if channels % 2 == 0 else f"{channels} channels are an odd number"


def broken_check(facts: Mapping[str, object]) -> str | None:
    raise RuntimeError("a plugin's mistake")


MODEL = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "kind": {"type": "string", "enum": ["checkpoint", "lora"]},
        "licence": {
            "type": "object",
            "properties": {
                "commercial_use": {"type": "boolean", "title": "commercial use"},
                "holder": {"type": "string"},
            },
        },
    },
}


def catalogue(*folders: Path) -> Catalogue:
    """Every fact that the example of the rule language names, and a few more."""
    text = {"type": "array", "items": {"type": "string"}}
    return build_catalogue(
        facts=[
            *engine_facts(),
            fact("video.codec", "text", "video codec", values=("H.264", "HEVC", "ProRes 422 HQ")),
            fact("video.width", "number", "width", unit="px"),
            fact("video.frame_rate", "number", "frame rate", unit="fps"),
            fact("video.duration", "number", "picture length", unit="s", frame_rate="video.frame_rate"),
            fact("video.black.head", "number", "black at the head", unit="s", frame_rate="video.frame_rate"),
            fact("video.black.internal", "events", "black inside", frame_rate="video.frame_rate"),
            fact("video.levels.out_of_range", "events", "out of range area", unit="%"),
            fact("audio.duration", "number", "sound length", unit="s", frame_rate="video.frame_rate"),
            fact("audio.loudness.integrated", "number", "integrated loudness", unit="LUFS"),
            fact("audio.loudness.dialogue", "number", "dialogue loudness", unit="LUFS"),
            fact("audio.dialogue.share", "number", "share of dialogue", unit="%"),
            fact("audio.true_peak", "number", "true peak", unit="dBTP"),
            fact("audio.channels", "number", "channels", decimals=0),
            fact("audio.sample_rate", "number", "sample rate", unit="Hz"),
            fact("audio.isrc", "text", "ISRC"),
            fact("audio.languages", "texts", "languages"),
            fact("audio.levels", "numbers", "levels", unit="dBFS"),
            fact("cpl.audio_languages", "texts", "sound languages of the CPL"),
            fact("track.side", "text", "side"),
            fact("track.is_cover", "yes/no", "cover version"),
            fact("vinyl.size", "number", "record size", unit="in"),
            fact("vinyl.speed", "text", "speed", values=("33", "45", "78")),
            fact("release.date", "date", "release date"),
            fact("delivery.has_music", "yes/no", "music"),
            fact(
                "document.state", "text", "state", values=("present", "unfilled", "expired", "mismatched", "unreadable")
            ),
            fact("document.problems", "texts", "problems"),
        ],
        probes=[
            *engine_probes(),
            Probe(id="document.fields", version="1", run="none:none", subject="document"),
            Probe(id="document.schema", version="1", run="none:none", subject="document"),
        ],
        file_types=[
            FileType(media="video", format="MP4", extensions=(".mp4",), magic=(((4, b"ftyp"),),)),
            FileType(media="audio", format="WAV", extensions=(".wav",), magic=(((0, b"RIFF"), (8, b"WAVE")),)),
            FileType(media="game", format="pack", extensions=(".pak",), magic=(((0, b"PACK"),),)),
        ],
        document_kinds=[
            *engine_kinds(),
            *(
                DocumentKind(
                    id=name,
                    title=name,
                    why="The buyer asks.",
                    forms=forms,
                    match=match,
                    fields={"type": "object", "properties": fields},
                )
                for name, forms, match, fields in (
                    ("captions", ("text",), ("**/*.srt",), {}),
                    ("mechanical-licence", ("PDF",), ("**/mechanical*.pdf",), {}),
                    ("provenance", ("YAML",), ("**/provenance.yaml",), {"models": {"type": "array", "items": MODEL}}),
                    (
                        "shot-list",
                        ("CSV",),
                        ("**/shots.csv",),
                        {"generated": {**text, "x-fact": "shots.generated", "title": "generated shots"}},
                    ),
                    (
                        "prompt-log",
                        ("CSV",),
                        ("**/prompts.csv",),
                        {"shots": {**text, "x-fact": "prompts.shots", "title": "logged shots"}},
                    ),
                    (
                        "budget",
                        ("XLSX",),
                        ("**/budget.xlsx",),
                        {"qc": {"type": "number", "title": "QC line"}, "total": {"type": "number", "title": "total"}},
                    ),
                )
            ),
        ],
        checks=[
            Check(
                id="even-channels",
                title="an even number of channels",
                facts=("audio.channels",),
                run="tests.engine.world:even_channels",
            ),
            Check(id="broken-check", title="never", facts=("audio.channels",), run="tests.engine.world:broken_check"),
        ],
        ruleset_folders=folders,
        plugins=[PluginInfo(name, name, "1") for name in KINDS],
    )


HEAD = """\
ruleset: acme/feature
version: 2026.11.0
title: Acme feature delivery
based_on: {spec: {title: Acme Delivery Specification 9.2, url: https://example.com/spec, read: 2026-11-22}}
"""
ROLES = """\
roles:
  picture:    {media: video, match: ["video/*.mp4"]}
  mix.stereo: {media: audio, match: ["audio/*_{lang}_20.wav"]}
  track:      {media: audio, match: ["*.wav"]}
  cpl:        {match: ["CPL*.xml"]}
  build:      {media: game, match: ["build/"]}
"""


def load(folder: Path, text: str, known: Catalogue | None = None) -> Ruleset:
    """Load a ruleset from its text; the usual head and roles are added where the text has none."""
    if "ruleset:" not in text:
        text = HEAD + text
    if "roles:" not in text:
        text = text + ROLES
    path = folder / "ruleset.yaml"
    path.write_text(text, encoding="utf-8")
    return load_ruleset(str(path), known or catalogue())


def scene(folder: Path, text: str, change: str = "") -> Scene:
    path = folder / "good.yaml"
    path.write_text(text, encoding="utf-8")
    made = read_scene(path)
    if change:
        node = parse(change, "change")
        assert isinstance(node, Map)
        made = changed(made, node, "change")
    return made


def judge(folder: Path, rules: str, facts: str, known: Catalogue | None = None) -> list[Result]:
    """Judge the facts of a scene by rules, both written as YAML."""
    known = known or catalogue()
    return judge_scene(scene(folder, facts), load(folder, rules, known), known)


def one(folder: Path, expect: str, value: str, fact_name: str = "audio.true_peak", more: str = "") -> Result:
    """Judge one fact of one file by one phrase; `more` are facts that the phrase compares with."""
    role = "picture" if fact_name.startswith("video.") else "track"
    rules = f"rules: {{r: {{for: {role}, expect: {{{fact_name}: {expect}}}}}}}\n"
    facts = f"{fact_name}: {value}" + (f", {more}" if more and not more.startswith(f"{fact_name}:") else "")
    results = judge(folder, rules, f"assets: [{{path: a.wav, roles: [{role}], facts: {{{facts}}}}}]\n")
    assert len(results) == 1
    return results[0]


def known(folder: Path, expect: str, value: Json, fact_name: str) -> Result:
    """Judge a value that no case file could write, but a probe can say."""
    ruleset, specs = load(folder, f"rules: {{r: {{for: track, expect: {{{fact_name}: {expect}}}}}}}\n"), catalogue()
    track = Asset("a.wav", File("a.wav", "a.wav", 9), roles=("track",))
    sight = Sight(Cast({"track": (track,)}), {"a.wav": {fact_name: Fact(fact_name, value)}}, specs.facts)
    (result,) = judge_rules(ruleset, sight, specs, "2026-11-22")
    return result
