"""`deliverlint init`: writes a delivery.yaml and templates of the documents that are missing."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path, PurePosixPath

from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.names import ATTESTATIONS
from deliverlint.cli import console
from deliverlint.cli.arguments import Parser
from deliverlint.cli.draft import Draft, Paper
from deliverlint.cli.errors import FINE, UserError, reason
from deliverlint.cli.loading import catalogue_here, rulesets_by_name
from deliverlint.cli.manifest import write_manifest
from deliverlint.cli.measuring import existing, measuring, opened
from deliverlint.cli.output import write_file
from deliverlint.cli.suggest import suggestions
from deliverlint.delivery.model import Cast, Delivery
from deliverlint.delivery.roles import cast
from deliverlint.frozen import frozen
from deliverlint.judge.model import Checklist
from deliverlint.judge.run import check_delivery
from deliverlint.ruleset.model import Ruleset
from deliverlint.spec import DocumentKind
from deliverlint.wording import counted, listed, printable

MANIFEST = "delivery.yaml"
FOLDER = "docs"
_MOST_OF_A_KIND = 50
_EPILOG = "example:\n  deliverlint init my-film/ -r youtube"


@frozen
class New:
    """A file to write: its path in the delivery, its text, and what it is."""

    path: str
    text: str
    what: str


def run(words: list[str]) -> int:
    parser = Parser(
        "init",
        "Write a delivery.yaml that says what plays which role, and a template of each document that is missing.\n"
        "Nothing that is there is overwritten.",
        _EPILOG,
    )
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default=".", help="folder of the delivery (default: this one)"
    )
    parser.add_argument(
        "-r", "--ruleset", metavar="RULESET", action="append", default=[], help="what the buyer wants; may be repeated"
    )
    parser.add_argument("--force", action="store_true", help="write delivery.yaml anew where there is one")
    arguments = parser.parse(words)
    folder = _folder(arguments.path)
    _refuse_overwriting(folder, arguments.force)
    catalogue = catalogue_here()
    with opened(str(folder), catalogue) as delivery:
        named = arguments.ruleset or delivery.rulesets
        rulesets = rulesets_by_name(named, catalogue)
        casts = [cast(delivery, ruleset.roles, catalogue.document_kinds, catalogue) for ruleset in rulesets]
        checklist = _checked(delivery, rulesets, catalogue)
        papers, templates = _papers(delivery, rulesets, casts, checklist, catalogue)
        fitting = () if rulesets else tuple(fit.ruleset.id for fit in suggestions(delivery, catalogue))
        draft = Draft(delivery, tuple(named), rulesets, tuple(casts), papers, fitting)
    manifest = New(MANIFEST, write_manifest(draft, catalogue), _about(draft))
    written = _write(folder, [manifest, *templates])
    console.write(_what_next(arguments.path, folder, written, bool(rulesets)))
    return FINE


def _folder(path: str) -> Path:
    folder = Path(existing(path))
    if folder.name == MANIFEST and not folder.is_dir():
        folder = folder.parent
    if not folder.is_dir():
        raise UserError(f"{printable(path)} is no folder; init writes into the folder of a delivery")
    return folder


def _refuse_overwriting(folder: Path, force: bool) -> None:
    manifest = folder / MANIFEST
    if manifest.is_symlink():
        raise UserError(f"{printable(str(manifest))} is a link; init writes no file through a link")
    if manifest.exists() and not force:
        raise UserError(
            f"{printable(str(manifest))} is there already, and nothing was written",
            hint="--force writes it anew, with the titles, roles and documents that it names",
        )


def _checked(delivery: Delivery, rulesets: Sequence[Ruleset], catalogue: Catalogue) -> Checklist | None:
    """Judge the delivery as it is: what is missing is what there have to be templates for."""
    if not rulesets:
        return None
    with measuring(0, True, False) as tools:
        today = datetime.date.today().isoformat()
        return check_delivery(delivery, rulesets, catalogue, tools.workers, tools.cache, today, progress=tools.progress)


def _papers(
    delivery: Delivery,
    rulesets: Sequence[Ruleset],
    casts: Sequence[Cast],
    checklist: Checklist | None,
    catalogue: Catalogue,
) -> tuple[tuple[Paper, ...], list[New]]:
    """Return the documents that the rulesets ask for, and templates of those that are missing."""
    documents = {document.kind: document for document in checklist.documents} if checklist else {}
    by_kind = {kind: papers for members in casts for kind, papers in members.documents.items()}
    taken = {file.path.casefold() for file in delivery.files}
    papers, templates = [], []
    for kind_id in dict.fromkeys([*documents, *_attested(rulesets), *by_kind]):
        kind, told = catalogue.document_kinds[kind_id], documents.get(kind_id)
        there = [(paper.file.path, paper.of) for paper in by_kind.get(kind_id, ())]
        new = []
        for of in _lacking(kind_id, checklist, is_attested=told is None and not there):
            path = _template_path(kind, of)
            if kind.template and path.casefold() not in taken:
                taken.add(path.casefold())
                new.append((path, of))
                about = f" for {printable(of, 80)}" if of else ""
                templates.append(New(path, _template(kind.template), f"template: {kind.title}{about}"))
        is_missing = bool(new) or (told is not None and told.state == "missing")
        papers.append(Paper(kind, tuple(dict.fromkeys([*there, *new])), is_missing, told.fix if told else ""))
    return tuple(papers), templates


def _lacking(kind: str, checklist: Checklist | None, is_attested: bool) -> list[str]:
    """Return the assets that lack a document of a kind; an empty path is the delivery as a whole."""
    if is_attested:
        return [""]
    failed = [result for result in checklist.results if result.status == "fail"] if checklist else []
    missing = [result.asset for result in failed if result.rule.needs == kind and not result.at]
    return list(dict.fromkeys(missing))[:_MOST_OF_A_KIND]


def _template_path(kind: DocumentKind, of: str) -> str:
    """Return where a template goes: `docs/mechanical-licence-01-intro.yaml` for audio/01 intro.wav."""
    suffix = PurePosixPath(kind.template.rpartition(":")[2]).suffix
    name = re.sub("[^a-z0-9]+", "-", PurePosixPath(of.partition("#")[0]).stem.lower()).strip("-")
    return f"{FOLDER}/{kind.id}{f'-{name}' if name else ''}{suffix}"


def _attested(rulesets: Sequence[Ruleset]) -> list[str]:
    return [ATTESTATIONS] if any(rule.attest for ruleset in rulesets for rule in ruleset.rules.values()) else []


def _template(name: str) -> str:
    package, _, path = name.partition(":")
    return files(package).joinpath(path).read_text(encoding="utf-8")


def _write(folder: Path, new: Sequence[New]) -> list[New]:
    """Write the files; the folder for templates is made where it is needed, and never reached through a link."""
    place = folder / FOLDER
    if any("/" in file.path for file in new):
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise UserError(f"{printable(str(place))} is no plain folder; templates would go there")
        try:
            place.mkdir(exist_ok=True)
        except OSError as error:
            raise UserError(f"{printable(str(place))} cannot be made: {reason(error)}") from None
    for file in new[1:]:
        if not os.path.lexists(folder / file.path):
            write_file(folder / file.path, file.text)
    write_file(folder / new[0].path, new[0].text)
    return list(new)


def _about(draft: Draft) -> str:
    assets = {asset.path for members in draft.casts for assets in members.roles.values() for asset in assets}
    roles = {role for members in draft.casts for role, playing in members.roles.items() if playing}
    return f"{counted(len(assets), 'asset')} in {counted(len(roles), 'role')}" if draft.rulesets else "an outline"


def _what_next(path: str, folder: Path, written: Sequence[New], has_rulesets: bool) -> str:
    shown = [printable(str(folder / file.path)) for file in written]
    width = max(map(len, shown))
    lines = ["Wrote", *(f"  {name:<{width}}  {file.what}" for name, file in zip(shown, written, strict=True)), ""]
    lines += ["What to do next", "  1. Open delivery.yaml and fill in what its comments ask for."]
    if not has_rulesets:
        lines += ["     Name the buyer under 'rulesets:'; 'deliverlint rulesets' lists them."]
    if len(written) > 1:
        lines += [f"  2. Replace every FILL IN in {FOLDER}/, or put the real document in the template's place."]
    last = 3 if len(written) > 1 else 2
    lines += [f"  {last}. deliverlint check {printable(path)}", "", f"To undo, delete {listed(shown)}."]
    return "\n".join(lines) + "\n"
