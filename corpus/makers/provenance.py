"""Writes the provenance sample deliveries: papers of a generated short film, in order and in disorder.

The same bytes every time. There is no picture in them: this is what the papers alone are judged by.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from .pdf import locked_pdf, scan_pdf, text_pdf
from .xlsx import sheet

_HEADER = ("shot", "take", "status", "tool", "model", "prompt", "seed", "output", "writer", "date")


def make(folder: Path) -> None:
    """Write `provenance/ai-short` and `provenance/ai-short-unlogged` into the folder of the corpus."""
    _in_order(folder / "provenance" / "ai-short")
    _in_disorder(folder / "provenance" / "ai-short-unlogged")


def _in_order(folder: Path) -> None:
    for name in ("licences", "papers", "training"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write(folder / "delivery.yaml", _DELIVERY)
    _write(folder / "provenance.yaml", _PROVENANCE.format(**_hashes()))
    _table(
        folder / "papers" / "prompt-log.csv",
        _HEADER,
        (
            _log("SH010", "1", "tried", "barn-base", "a farm yard before sunrise, mist", "4101"),
            _log("SH010", "2", "used", "barn-base", "a farm yard before sunrise, mist, low camera", "4102"),
            _log("SH020", "1", "used", "hens-lora", "hens leave the barn one by one", "977"),
            _log("SH040", "1", "used", "barn-base", "an egg rolls over a wooden table", "31337"),
            _log("VO1", "1", "used", "voice service", "the narration, as in the script", "not offered"),
        ),
    )
    _table(
        folder / "papers" / "shot-list.csv",
        ("id", "scene", "description", "start", "end", "generated"),
        (
            ("SH010", "1", "farm yard at dawn", "10:00:00:00", "10:00:04:11", "yes"),
            ("SH020", "1", "hens leave the barn", "10:00:04:12", "10:00:09:00", "yes"),
            ("SH030", "2", "hands at a kitchen table", "10:00:09:01", "10:00:15:20", "no"),
            ("SH040", "2", "an egg rolls", "10:00:15:21", "10:00:18:02", "yes"),
            ("VO1", "1", "narration", "10:00:00:00", "10:00:18:02", "yes"),
        ),
    )
    _budget(folder / "papers" / "budget.xlsx", quality_control=1200, generation=4100)
    _write(folder / "papers" / "ai-statement.md", _STATEMENT)
    _write(folder / "papers" / "terms-voice-service.html", _TERMS)
    text_pdf(folder / "papers" / "consent-narrator.pdf", _CONSENT_LETTER)
    _write(folder / "papers" / "consent-narrator.yaml", _CONSENT)
    text_pdf(folder / "licences" / "barn-base.pdf", _licence("barn-base", "may be sold without limit"))
    _write(folder / "licences" / "hens-lora.txt", "\n".join(_licence("hens-lora", "may be sold")) + "\n")
    text_pdf(folder / "licences" / "voice-service.pdf", _licence("voice service", "may be sold under plan Studio"))
    _write(folder / "training" / "hens-lora.md", _TRAINING)


def _in_disorder(folder: Path) -> None:
    for name in ("licences", "papers"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write(folder / "delivery.yaml", _DELIVERY_IN_DISORDER)
    _write(folder / "provenance.yaml", _PROVENANCE_IN_DISORDER.format(**_hashes()))
    # SH040 was never logged, SH990 was cut; exported for a German Excel: semicolons, Windows-1252.
    log = (
        _log("SH010", "1", "", "barn-base", "a farm yard before sunrise, café in the back", "4101"),
        _log("SH020", "1", "", "hens-lora", "hens leave the barn one by one", ""),
        _log("SH990", "1", "", "stray-lora", "the farmer's face, smiling", "5"),
    )
    _table(folder / "papers" / "prompt-log.csv", _HEADER, log, separator=";", encoding="cp1252")
    _table(
        folder / "papers" / "shot-list.csv",
        ("ID", "Description", "Generated"),
        (
            ("SH010", "farm yard at dawn", "yes"),
            ("SH020", "hens leave the barn", "yes"),
            ("SH030", "hands at a kitchen table", "no"),
            ("SH040", "an egg rolls", "yes"),
        ),
    )
    _budget(folder / "papers" / "budget.xlsx", quality_control=990, generation=4310)
    _write(folder / "papers" / "ai-statement.md", _STATEMENT_TEMPLATE)
    _write(folder / "papers" / "terms-voice-service.pdf", _TERMS)  # a web page saved under the wrong ending
    locked_pdf(folder / "papers" / "consent-narrator.pdf", _CONSENT_LETTER, "hen house")
    _write(folder / "papers" / "consent-extra.yaml", _CONSENT + "expires: 2026-06-30\n")
    text_pdf(folder / "licences" / "barn-base.pdf", _licence("barn-base", "must not be sold; research only"))
    scan_pdf(folder / "licences" / "hens-lora.pdf", pages=2)


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.lstrip("\n").encode())


def _table(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    separator: str = ",",
    encoding: str = "utf-8",
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows((header, *rows))
    path.write_bytes(text.getvalue().encode(encoding))


def _log(shot: str, take: str, status: str, model: str, prompt: str, seed: str) -> tuple[str, ...]:
    is_voice = model == "voice service"
    tool, ending = ("voice service 2026-02", "wav") if is_voice else ("ComfyUI 0.3.60", "png")
    output = f"renders/{shot}_{take}.{ending}"
    return (shot, take, status, tool, model, prompt, seed, output, "Artist A", "2026-02-12")


def _budget(path: Path, quality_control: int, generation: int) -> None:
    lines = (
        ("item", "category", "amount", "currency"),
        ("script and rights", "rights", 900, "EUR"),
        ("narrator", "cast", 1500, "EUR"),
        ("generation, computing", "generation", generation, "EUR"),
        ("editing and sound", "post", 2300, "EUR"),
        ("checking of every generated shot", "qc", quality_control, "EUR"),
    )
    sheet(path, lines, title="Budget")


def _hashes() -> dict[str, str]:
    """Stand-ins for the hashes of files that are not in this delivery."""
    names = ("sh010", "sh020", "sh040", "vo1", "base", "lora")
    return {name: f"sha256:{hashlib.sha256(name.encode()).hexdigest()}" for name in names}


def _licence(model: str, clause: str) -> list[str]:
    return [
        f"Licence of the model {model}, version 1",
        "",
        "1. The model may be run, on one's own computers, for any work.",
        f"2. What the model makes {clause}.",
        "3. The maker names the works that the model was trained on when asked.",
        "4. This licence was copied on 2026-01-05.",
    ]


_DELIVERY = """
title: The Egg Farmers
id: EGG-001
rulesets: [provenance/base]
uses_ai: yes
territories: [DE, US]
documents:
  provenance: provenance.yaml
  prompt-log: papers/prompt-log.csv
  shot-list: papers/shot-list.csv
  budget: papers/budget.xlsx
  ai-statement: papers/ai-statement.md
  tos-snapshot: papers/terms-voice-service.html
  replica-consent: [papers/consent-narrator.pdf, papers/consent-narrator.yaml]
  model-licence: [licences/barn-base.pdf, licences/hens-lora.txt, licences/voice-service.pdf]
  training-evidence: training/hens-lora.md
"""

_PROVENANCE = """
title: The Egg Farmers
contact: Producer A

defaults:
  tool: ComfyUI
  input_rights: no inputs
  human_edits: composited and graded by hand
  reviewer: Reviewer A
  holder: Egg Farmers Film
  territory: [WORLD]
  term: perpetual

tools:
  - {{name: ComfyUI, version: 0.3.60, service: no}}
  - name: voice service
    version: 2026-02
    service: yes
    plan: Studio
    terms: papers/terms-voice-service.html
    terms_dated: 2026-01-05
    first_used: 2026-02-10
    keeps_inputs: no
    trains_on_inputs: no

models:
  - name: barn-base
    kind: checkpoint
    version: 1
    hash: {base}
    licence: {{name: Barn Licence 1, file: licences/barn-base.pdf, commercial_use: yes}}
    training_rights: {{status: licensed}}
  - name: hens-lora
    kind: lora
    version: 1
    hash: {lora}
    licence: {{name: own model, file: licences/hens-lora.txt, commercial_use: yes}}
    training_rights: {{status: own, evidence: training/hens-lora.md}}
  - name: voice service
    kind: service
    licence: {{name: plan Studio, file: licences/voice-service.pdf, commercial_use: yes}}
    training_rights: {{status: undisclosed}}

people:
  - name: Performer A
    likeness: [voice]
    consent: papers/consent-narrator.pdf
    signed: 2026-01-20
    used_from: 2026-02-10
    scope: narration of this film
    territory: [WORLD]

units:
  - {{id: SH010, kind: shot, models: [barn-base], prompt: papers/prompt-log.csv, seed: 4102, hash: "{sh010}"}}
  - {{id: SH020, kind: shot, models: [barn-base, hens-lora], prompt: papers/prompt-log.csv, seed: 977, hash: "{sh020}"}}
  - {{id: SH040, kind: shot, models: [barn-base], prompt: papers/prompt-log.csv, seed: 31337, hash: "{sh040}"}}
  - id: VO1
    kind: asset
    tool: voice service
    models: [voice service]
    prompt: papers/prompt-log.csv
    seed: not offered
    inputs: [papers/script.txt]
    input_rights: own
    human_edits: cut and mixed
    people: [Performer A]
    hash: {vo1}
"""

_STATEMENT = """
# Statement on the use of AI

Three shots of The Egg Farmers (SH010, SH020, SH040) were generated with ComfyUI and two models, and composited and
graded by hand. The narration is a replica of the voice of Performer A, made with Performer A's consent. Script,
editing and music were made by people without such tools. Reviewer A has looked at every generated shot and answers
for this statement.
"""

_STATEMENT_TEMPLATE = """
# Statement on the use of AI

- What was generated: FILL IN
- Tools and models, with versions: FILL IN
- Person who answers for this statement: FILL IN
"""

_TERMS = """
<!DOCTYPE html>
<html lang="en">
<head><title>Terms of the voice service</title></head>
<body>
<h1>Terms of the voice service, plan Studio</h1>
<p>Copied on 2026-01-05.</p>
<p>What customers make belongs to them and may be sold.</p>
<p>What they put in is deleted within a day; nobody trains on it.</p>
</body>
</html>
"""

_CONSENT_LETTER = [
    "Consent to a digital replica",
    "",
    "I, Performer A, agree that a replica of my voice speaks the narration of the film",
    "The Egg Farmers, worldwide and without end. It must not be used for anything else.",
    "",
    "Signed on 2026-01-20 by Performer A.",
]

_CONSENT = """
person: Performer A
scope: replica of the voice for the narration of The Egg Farmers, nothing else
signed: 2026-01-20
used_from: 2026-02-10
territory: [WORLD]
"""

_TRAINING = """
# Evidence of training rights: hens-lora

The model was trained on 212 photographs of hens that the production took itself between 2025-11-03 and 2025-11-07.
The negatives are kept with the production; a list with hashes is handed over on request.
"""

_DELIVERY_IN_DISORDER = """
title: The Egg Farmers
id: EGG-001
rulesets: [provenance/base]
uses_ai: yes
documents:
  provenance: provenance.yaml
  prompt-log: papers/prompt-log.csv
  shot-list: papers/shot-list.csv
  budget: papers/budget.xlsx
  ai-statement: papers/ai-statement.md
  tos-snapshot: papers/terms-voice-service.pdf
  replica-consent: [papers/consent-narrator.pdf, papers/consent-extra.yaml]
  model-licence: [licences/barn-base.pdf, licences/hens-lora.pdf]
"""

_PROVENANCE_IN_DISORDER = """
title: The Egg Farmers

defaults:
  tool: ComfyUI
  input_rights: unknown
  human_edits: none
  holder: Egg Farmers Film
  territory: [WORLD]

tools:
  - {{name: ComfyUI, version: 0.3.60}}
  - name: voice service
    service: yes
    terms: papers/terms-voice-service.pdf
    terms_dated: 2026-03-01
    first_used: 2026-02-10
    keeps_inputs: yes
    trains_on_inputs: no

models:
  - name: barn-base
    kind: checkpoint
    licence: {{file: licences/barn-base.pdf, commercial_use: no}}
    training_rights: {{status: unknown}}
  - name: hens-lora
    kind: lora
    hash: {lora}
    licence: {{file: licences/hens_lora.pdf, commercial_use: yes}}
    training_rights: {{status: undisclosed}}

people:
  - {{name: Performer A, consent: papers/consent-narrator.pdf}}

units:
  - {{id: SH010, kind: shot, models: [barn-base], prompt: a farm yard before sunrise, seed: 4101, hash: "{sh010}"}}
  - {{id: SH020, kind: shot, models: [barn-base, hens-lora, grain-lora], prompt: hens leave the barn}}
  - {{id: SH990, kind: shot, models: [barn-base], people: [Performer A, Performer B], seed: 5, reviewer: Reviewer A}}
"""
