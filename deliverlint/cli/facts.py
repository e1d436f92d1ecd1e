"""`deliverlint facts`: what can be measured of a delivery, without judging it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping

from deliverlint.catalogue import Catalogue
from deliverlint.cli import console
from deliverlint.cli.arguments import Parser, choice, names, positive
from deliverlint.cli.errors import FINE
from deliverlint.cli.inspecting import DELIVERY_PREFIX, Subjects, check_names, is_asked, subjects_of, wanted
from deliverlint.cli.loading import catalogue_here
from deliverlint.cli.measuring import measuring, opened
from deliverlint.delivery.model import Delivery
from deliverlint.facts.measure import measure
from deliverlint.facts.model import Facts
from deliverlint.facts.plan import delivery_facts, plan
from deliverlint.judge.wording import describe_value
from deliverlint.report.jsontext import encoder, indented
from deliverlint.report.page import Page
from deliverlint.values import Fact, Json, Unmeasured

_EPILOG = "example:\n  deliverlint facts film.mov --only 'video.*' --format json"


def run(words: list[str]) -> int:
    parser = Parser("facts", "Show what can be measured of each file of a delivery. No ruleset is needed.", _EPILOG)
    parser.add_argument("path", metavar="PATH", help="a folder, a ZIP or a single file")
    parser.add_argument("--only", metavar="NAME", nargs="+", action="extend", default=[],
        help="only these facts (names or patterns), also those that need the whole file decoded")  # fmt: skip
    parser.add_argument("--format", metavar="FORMAT", default="text", help="text (default) or json")
    parser.add_argument("--jobs", metavar="N", type=positive, default=0, help="processes that measure")
    parser.add_argument("--no-cache", action="store_true", help="measure everything afresh")
    arguments = parser.parse(words)
    choice(arguments.format, ("text", "json"), "format")
    catalogue = catalogue_here(not arguments.no_cache)
    only = tuple(names(arguments.only))
    check_names(only, catalogue)
    with (
        measuring(arguments.jobs, not arguments.no_cache, False) as tools,
        opened(arguments.path, catalogue) as delivery,
    ):
        subjects = subjects_of(delivery, catalogue)
        known = {"": delivery_facts(delivery, catalogue)}
        step = plan(wanted(subjects, only, catalogue), delivery, catalogue, known, datetime.date.today().isoformat())
        measured = measure(step, tools.workers, tools.cache, catalogue.facts, tools.progress)
        tools.finish()
        sheet = as_json(delivery, subjects, {**measured, **known}, only, catalogue)
    if arguments.format == "json":
        console.write(indented(sheet, encoder(console.shows_only_ascii(sys.stdout)), open_to=4) + "\n")
    else:
        console.write(as_text(sheet, catalogue))
    return FINE


def as_json(
    delivery: Delivery, subjects: Subjects, facts: Facts, only: tuple[str, ...], catalogue: Catalogue
) -> dict[str, Json]:
    """Return `assets`, `documents` and `delivery`, each with its facts and what is unmeasured."""
    declared = dict(facts[""])
    for name in catalogue.facts:
        if name.startswith(DELIVERY_PREFIX) and name not in declared and is_asked(name, only):
            key = name.removeprefix(DELIVERY_PREFIX)
            declared[name] = Unmeasured(f"delivery.yaml does not say `{key}`")
    shown = {name: fact for name, fact in declared.items() if not only or is_asked(name, only)}
    return {
        "assets": [
            {
                "path": asset.path,
                "role": ", ".join(asset.roles),
                "media": asset.file.media,
                **_split(facts.get(asset.key, {}), catalogue),
            }
            for asset in subjects.assets
        ],
        "documents": [
            {
                "path": document.file.path,
                "kind": document.kind,
                "media": document.file.media,
                **_split(facts.get(document.key, {}), catalogue),
            }
            for document in subjects.documents
        ],
        "delivery": {"path": str(delivery.path), "title": delivery.title, **_split(shown, catalogue)},
    }


def _split(facts: Mapping[str, Fact | Unmeasured], catalogue: Catalogue) -> dict[str, Json]:
    """Return facts and reasons apart, both in the order of the catalogue."""
    order = {name: position for position, name in enumerate(catalogue.facts)}
    known = sorted(facts.items(), key=lambda pair: order.get(pair[0], len(order)))
    return {
        "facts": {
            name: {"value": fact.value, "unit": fact.unit, "basis": fact.basis}
            for name, fact in known
            if isinstance(fact, Fact)
        },
        "unmeasured": {name: fact.reason for name, fact in known if isinstance(fact, Unmeasured)},
    }


def as_text(sheet: Mapping[str, Json], catalogue: Catalogue) -> str:
    """Write the facts as a page: a heading for each file, a line for each fact."""
    page = Page(console.view_of(sys.stdout))
    delivery = sheet["delivery"]
    if delivery["facts"] or delivery["unmeasured"]:
        page.heading(page.safe(delivery["path"]), "the delivery as a whole")
        _write(page, delivery, catalogue)
    for asset in sheet["assets"]:
        page.heading(page.safe(asset["path"]), page.safe(asset["role"] or asset["media"]))
        _write(page, asset, catalogue)
    for document in sheet["documents"]:
        page.heading(page.safe(document["path"]), page.safe(document["kind"]))
        _write(page, document, catalogue)
    return page.text() or "There is nothing to measure here.\n"


def _write(page: Page, subject: Mapping[str, Json], catalogue: Catalogue) -> None:
    there = {name: fact for name, fact in subject["facts"].items() if fact["value"] is not None}
    absent = [name for name, fact in subject["facts"].items() if fact["value"] is None]
    reasons: dict[str, list[str]] = {}
    for name, reason in subject["unmeasured"].items():
        reasons.setdefault(reason, []).append(name)
    width = max(map(len, [*there, "unmeasured"]))
    for name, fact in there.items():
        basis = "" if fact["basis"] == "measured" else f" ({fact['basis']})"
        page.pair(name, width, page.safe(describe_value(fact["value"], catalogue.facts[name])) + basis)
    if absent:
        page.pair("absent", width, ", ".join(absent), "dim")
    for reason, unknown in reasons.items():
        page.pair("unmeasured", width, f"{page.safe(reason)} ({', '.join(unknown)})", "dim")
