"""Paperwork of a game."""

from __future__ import annotations

from deliverlint_paperwork.kinds.build import (
    DATA,
    TABLE,
    TEXT,
    column,
    document,
    kind,
    rows,
    text,
    texts,
    yes_no,
)

_MIDDLEWARE = document(
    ["middleware"],
    middleware=rows(
        "middleware",
        "Rows of the list, one for each library or service in the build.",
        ["name", "licence"],
        name=text("name", "Name of the library or service."),
        version=text("version", "Version."),
        vendor=text("vendor", "Who makes it."),
        licence=text("licence", "Licence: an SPDX id, or the contract."),
        file=text("file", "Copy of the licence in the delivery."),
        notice=yes_no("notice", "Whether the licence asks for a notice in the game."),
        files=texts("files", "Files of the build that belong to it."),
    ),
    names=column("middleware", "Names of the libraries that the list speaks of.", "middleware.name"),
)

_SBOM = document(
    ["bomFormat", "specVersion"],
    bomFormat={**text("format of the SBOM", "CycloneDX.", "CycloneDX"), "x-fact": "sbom.format"},
    specVersion={**text("version of the format", "Version of CycloneDX."), "x-fact": "sbom.format_version"},
    components={
        "type": "array",
        "title": "components",
        "description": "Libraries that the SBOM lists.",
        "items": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": text("name", "Name of the library."),
                "version": text("version", "Version."),
                "type": text("type", "library, framework, file, ..."),
                "purl": text("package URL", "Where it comes from."),
            },
        },
    },
    names=column("components", "Names of the libraries that the SBOM lists.", "components.name"),
)

_RATINGS = document(
    ["ratings"],
    ratings=rows(
        "ratings",
        "Rows of the list, one for each rating.",
        ["board", "rating"],
        board=text("board", "ESRB, PEGI, USK, IARC, CERO, ClassInd, GRAC, ACB, ..."),
        rating=text("rating", "Rating, as the board writes it."),
        territory=texts("territory", "Countries that it holds in."),
        certificate=text("certificate", "Number of the certificate."),
    ),
    boards=column("rating boards", "Boards that have rated the game.", "ratings.board"),
)

_SURVEY = document(
    ["generative_ai"],
    generative_ai=text(
        "generated content",
        "Whether players meet generated content.",
        *("none", "pre-generated", "live-generated", "both"),
    ),
    description=text("description", "What is generated and with which tools, as players will read it."),
    guardrails=text("guardrails", "What keeps live generation from making what is not allowed."),
    mature_content=yes_no("mature content", "Whether the game has mature content, reachable or not."),
    mature_description=text("description of mature content", "What it is."),
)

KINDS = [
    kind(
        "engine-licence",
        "Licence of the engine",
        "Shows that the engine's terms for this platform and this income are met.",
        (*TEXT, "image"),
        "engine-licence.md",
        names=("engine-license", "engine-release-form"),
    ),
    kind(
        "middleware-list",
        "List of middleware",
        "Each library in the build comes with terms; the publisher has to know them before release.",
        TABLE,
        "middleware-list.csv",
        names=("middleware",),
        fields=_MIDDLEWARE,
    ),
    kind(
        "third-party-notices",
        "Third-party notices",
        "Most licences only ask that their text is handed on with the game.",
        TEXT,
        "third-party-notices.md",
        names=("third-party-licences", "third-party-licenses", "notices", "thirdpartynotices"),
        text_needed=True,
    ),
    kind(
        "sbom",
        "Software bill of materials",
        "Lists every library in the build by name and version, so that a flaw in one can be found later.",
        ("JSON",),
        "sbom.json",
        names=("bom", "cyclonedx"),
        fields=_SBOM,
    ),
    kind(
        "age-rating",
        "Age rating",
        "Stores and countries sell a game only with a rating of their board.",
        ("PDF", *TABLE),
        "age-rating.csv",
        names=("ratings", "iarc"),
        fields=_RATINGS,
    ),
    kind(
        "content-survey",
        "Content survey",
        "The store shows the answers to players; wrong answers take a game down.",
        DATA,
        "content-survey.yaml",
        fields=_SURVEY,
    ),
    kind(
        "validator-log",
        "Log of the platform's validator",
        "Goes with the submission: shows that the platform's own tool has passed this build.",
        ("text", "HTML", "JSON", "PDF"),
        "validator-log.md",
        names=("submission-validator", "subval"),
    ),
    kind(
        "qa-report",
        "Report of the testers",
        "Says which build was tested on which hardware, and what is still open.",
        (*TEXT, "XLSX", "CSV"),
        "qa-report.md",
        names=("test-report",),
    ),
    kind(
        "test-accounts",
        "Accounts for testers",
        "The buyer's testers cannot get past a log-in without them.",
        (*TEXT, "CSV", "YAML"),
        "test-accounts.md",
        names=("test-account",),
    ),
    kind(
        "player-terms",
        "Terms of use, privacy and rules for players' content",
        "Platforms check what the publisher promises to players and how it deals with what they make.",
        TEXT,
        "player-terms.md",
        names=("privacy-policy", "terms-of-use", "ugc-guidelines", "eula"),
    ),
]
