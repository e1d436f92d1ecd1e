"""Paperwork of generated material: logs, licences of models, terms of services, consents."""

from __future__ import annotations

from deliverlint_paperwork.kinds.build import (
    DATA,
    SIGNED,
    TABLE,
    TEXT,
    column,
    date,
    document,
    kind,
    rows,
    text,
    texts,
    yes_no,
)

_PROMPTS = document(
    ["prompts"],
    prompts=rows(
        "prompts",
        "Rows of the prompt log, one for each generation.",
        ["shot", "tool", "prompt"],
        shot=text("shot", "Id of the shot, asset, track or chapter that it was generated for."),
        take=text("take", "Number or name of the attempt."),
        status=text("status", "Whether this attempt is in the work; empty means yes.", "used", "tried"),
        tool=text("tool", "Program or service, with its version."),
        model=text("model", "Name of the model, as in provenance.yaml."),
        prompt=text("prompt", "Prompt, word for word."),
        negative_prompt=text("negative prompt", "What was asked to stay away."),
        seed=text("seed", "Seed, or 'not offered' where the service gives none."),
        inputs=texts("inputs", "Files that were fed in."),
        output=text("output", "File that came out."),
        sha256=text("SHA-256 of the output", "SHA-256 of the file that came out."),
        writer=text("writer", "Person who wrote the prompt."),
        date=date("date", "Day of the generation."),
    ),
    shots=column(
        "shots in the prompt log",
        "Ids of all shots that the prompt log has a row for.",
        "prompts.shot",
        fact="prompts.shots",
    ),
    used=column(
        "shots that the prompt log says are used",
        "Ids of the shots of which the prompt log has an attempt that is in the work.",
        "prompts.shot",
        fact="prompts.used",
        where={"status": ["used", None]},
    ),
    models=column(
        "models in the prompt log",
        "Names of the models that the prompt log speaks of.",
        "prompts.model",
        fact="prompts.models",
    ),
)

_SHOTS = document(
    ["shots"],
    shots=rows(
        "shots",
        "Rows of the shot list, one for each shot of the finished work.",
        ["id", "generated"],
        id=text("id", "Id of the shot, the same in every paper."),
        scene=text("scene", "Scene that it belongs to."),
        description=text("description", "What is seen."),
        start=text("start", "Timecode of its first frame in the finished work."),
        end=text("end", "Timecode of its last frame in the finished work."),
        generated=yes_no("generated", "Whether any of it was generated or changed by a model."),
        file=text("file", "Master or work file of the shot."),
    ),
    ids=column("shot ids", "Ids of all shots.", "shots.id", fact="shots.ids"),
    generated=column(
        "generated shots",
        "Ids of the shots that are generated.",
        "shots.id",
        fact="shots.generated",
        where={"generated": [True]},
    ),
)

_CONSENT = document(
    ["person", "scope", "signed"],
    person=text("person", "Person whose face, voice or body is rebuilt."),
    scope=text("scope", "What the person has agreed to."),
    signed=date("day of signature", "Day on which the person signed."),
    used_from=date("first use", "Day on which the replica was first made or used."),
    territory=texts("territory", "Countries that the consent is for, or WORLD."),
    expires=date("end of the consent", "Last day that the consent holds; left out where it has no end."),
)

KINDS = [
    kind(
        "prompt-log",
        "Prompt log",
        "Shows for each generated shot what was asked of which model, so that its making can be retraced.",
        TABLE,
        "prompt-log.csv",
        names=("prompts", "ai-register"),
        fields=_PROMPTS,
    ),
    kind(
        "shot-list",
        "Shot list",
        "Says of every shot whether it is generated; logs and consents are held against it.",
        TABLE,
        "shot-list.csv",
        names=("shots", "shot-map", "shot-disclosure-map"),
        fields=_SHOTS,
    ),
    kind(
        "model-licence",
        "Licence of a model",
        "What a model makes may be sold only if the licence of the model, and of each LoRA on it, says so.",
        TEXT,
        "model-licence.md",
        names=("model-license", "lora-licence", "lora-license"),
        text_needed=True,
    ),
    kind(
        "training-evidence",
        "Evidence of training rights",
        "Shows that what a model was trained on was owned or licensed: a contract, a data sheet, a statement.",
        (*TEXT, "YAML", "JSON", "CSV"),
        "training-evidence.md",
        names=("training-rights", "training-data"),
    ),
    kind(
        "tos-snapshot",
        "Snapshot of a service's terms",
        "Terms change: the copy, dated before the use, shows what the service allowed on the day.",
        TEXT,
        "tos-snapshot.md",
        names=("terms-of-service", "tos-"),
        text_needed=True,
    ),
    kind(
        "replica-consent",
        "Consent to a digital replica",
        "A rebuilt face, voice or body needs the person's own consent, given for this use and before it.",
        (*SIGNED, *DATA),
        "replica-consent.yaml",
        names=("likeness-consent", "voice-consent", "replica-rider"),
        fields=_CONSENT,
    ),
]
