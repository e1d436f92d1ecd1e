"""Which facts there are to measure of a delivery when no ruleset says which are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from deliverlint.catalogue import Catalogue
from deliverlint.catalogue.fields import FIELDS_PROBE, facts_of_kind
from deliverlint.catalogue.names import STAT_FACTS
from deliverlint.cli.errors import UserError
from deliverlint.delivery.inventory import ROOT, Inventory, inventory_of
from deliverlint.delivery.model import Asset, Delivery, Document, File
from deliverlint.delivery.roles import cast
from deliverlint.facts.model import Want
from deliverlint.frozen import frozen
from deliverlint.spec import FactSpec
from deliverlint.wording import did_you_mean, printable

DELIVERY_PREFIX = "delivery."
_COSTS = ("header", "scan")


@frozen
class Subjects:
    """What facts can be measured of: files, file trees and streams, and documents."""

    assets: tuple[Asset, ...]
    documents: tuple[Document, ...]


def subjects_of(delivery: Delivery, catalogue: Catalogue) -> Subjects:
    """Return everything that was handed over; the files of a tree that is recognised as one are left to the tree."""
    inventory = inventory_of(delivery, catalogue)
    papers = cast(delivery, {}, catalogue.document_kinds, catalogue).documents
    documents = tuple(document for kind in papers.values() for document in kind)
    listed = {asset.path: asset for asset in delivery.assets}
    trees = [asset.file.path for asset in listed.values() if asset.file.is_tree]
    for tree in _recognised(inventory, trees):
        listed[tree.path] = tree
        trees.append(tree.path)
    inside = tuple(f"{tree}/" for tree in trees if tree != ROOT)
    paper_paths = {document.file.path for document in documents}
    for file in () if ROOT in trees else delivery.files:
        skip = file.path in paper_paths or file.path in delivery.own or file.path.startswith(inside)
        if not skip and file.path not in listed:
            listed[file.path] = Asset(file.path, inventory.file(file.path) or file)
    return Subjects(tuple(sorted(listed.values(), key=lambda asset: asset.path)), documents)


def _recognised(inventory: Inventory, known: Iterable[str]) -> Iterator[Asset]:
    """Yield the outermost folders that are a tree of some kind."""
    if inventory.root is None:
        return
    found = list(known)
    for folder in sorted(inventory.folders, key=lambda path: (path != ROOT, path.count("/"), path)):
        if any(tree == ROOT or folder == tree or folder.startswith(f"{tree}/") for tree in found):
            continue
        tree = inventory.tree(folder)
        if tree and tree.media:
            found.append(folder)
            yield Asset(tree.path, tree)


def wanted(subjects: Subjects, only: Iterable[str], catalogue: Catalogue) -> list[Want]:
    """Return what to measure of each subject: what can be without decoding, or exactly what `only` names."""
    patterns = tuple(only)
    wants = [Want(asset, names_of_asset(asset, patterns, catalogue), {}) for asset in subjects.assets]
    for document in subjects.documents:
        wants.append(Want(document, _names_of_document(document, patterns, catalogue), {}))
    return wants


def check_names(only: Iterable[str], catalogue: Catalogue) -> None:
    """Raise UserError for a name or pattern that fits no fact."""
    for pattern in only:
        if not any(fnmatchcase(name, pattern) for name in catalogue.facts):
            near = did_you_mean(pattern, catalogue.facts)
            raise UserError(f"there is no fact '{printable(pattern)}'{near}", hint="'*' stands for any text: video.*")


def is_asked(name: str, only: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in only)


def names_of_asset(asset: Asset, only: tuple[str, ...], catalogue: Catalogue) -> set[str]:
    """Return the facts of an asset that a probe of its medium measures, or that the manifest declares."""
    names = set()
    for name, spec in catalogue.facts.items():
        if is_asked(name, only) if only else spec.cost in _COSTS:
            if spec.probe == FIELDS_PROBE or name.startswith(DELIVERY_PREFIX):
                continue
            if _is_measurable(asset, spec, catalogue) or name in STAT_FACTS or name in asset.declared:
                names.add(name)
    return names


def _is_measurable(asset: Asset, spec: FactSpec, catalogue: Catalogue) -> bool:
    probe = catalogue.probes.get(spec.probe)
    if probe is None:
        return False
    if probe.subject == "document":  # of a file that is no known kind of paperwork
        return (
            asset.file.media == "document"
            and not asset.file.is_tree
            and not spec.name.endswith((".state", ".problems"))
        )
    if (probe.subject == "tree") != asset.file.is_tree and (probe.media or not asset.file.is_tree):
        return False
    return not probe.media or not media_of(asset.file, catalogue).isdisjoint(probe.media)


def media_of(file: File, catalogue: Catalogue) -> set[str]:
    """Return a file's medium; of one that is not recognised, those that its name promises: why it is not is a fact."""
    if file.media or file.is_tree:
        return {file.media}
    ending = PurePosixPath(file.path).suffix.lower()
    return {kind.media for kind in catalogue.file_types if ending in kind.extensions}


def _names_of_document(document: Document, only: tuple[str, ...], catalogue: Catalogue) -> set[str]:
    own = {spec.name for spec in facts_of_kind(catalogue.document_kinds[document.kind])}
    names = set()
    for name, spec in catalogue.facts.items():
        probe = catalogue.probes.get(spec.probe)
        is_of_documents = probe is not None and probe.subject == "document"
        fits = name in STAT_FACTS or (name in own if spec.probe == FIELDS_PROBE else is_of_documents)
        fits = fits or bool(only and probe is not None and not probe.media and probe.subject == "file")
        if fits and (is_asked(name, only) if only else spec.cost in _COSTS):
            names.add(name)
    return names
