"""Opening what was handed over: a folder, a ZIP or a single file becomes a Delivery, whatever is wrong with it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deliverlint.catalogue.model import Catalogue
from deliverlint.delivery.identity import identity_of
from deliverlint.delivery.inventory import ROOT, Inventory
from deliverlint.delivery.manifest import MANIFEST, Manifest, read_manifest
from deliverlint.delivery.model import Delivery, File, Note
from deliverlint.delivery.names import name_problem, shown_name
from deliverlint.delivery.sniff import Sniffer, is_zip, read_head
from deliverlint.delivery.walk import walk

# So many files are looked into at once; of a larger delivery only what a manifest or a ruleset asks for.
MOST_LOOKED_INTO = 2000


@contextmanager
def open_delivery(path: Path, catalogue: Catalogue) -> Iterator[Delivery]:
    """Open a folder, a ZIP or a single file; a ZIP's private folder is gone at the end.

    Raises FileNotFoundError, NotADirectoryError or PermissionError where `path` itself cannot be opened;
    whatever else is wrong stands in the delivery's notes and its files' obstacles.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        raise
    except (OSError, ValueError) as problem:  # too long, a loop of links, a zero byte in it
        raise FileNotFoundError(errno.ENOENT, str(problem), str(path)) from None
    place = Path(os.path.realpath(path))
    if stat.S_ISREG(status.st_mode) and place.name == MANIFEST:
        place = place.parent
    elif not stat.S_ISDIR(status.st_mode):
        if _holds_a_delivery(place, status, catalogue):
            # Only a ZIP needs what reads one: a warm check of a folder starts without it.
            from deliverlint.delivery.zipped import unpacked

            with unpacked(place, identity_of(status)) as (folder, files, notes):
                yield _delivery(path, Inventory(files, folder, catalogue), notes)
        else:
            yield _open_file(path, place, status, catalogue)
        return
    yield _open_folder(path, place, catalogue)


def _open_folder(path: Path, folder: Path, catalogue: Catalogue) -> Delivery:
    files, notes = walk(folder)
    return _delivery(path, Inventory(files, folder, catalogue), notes)


def _open_file(path: Path, place: Path, status: os.stat_result, catalogue: Catalogue) -> Delivery:
    name = shown_name(path.name or place.name)
    notes = []
    if problem := name_problem(path.name):
        notes.append(Note("path-safe", name, problem))
    file = File(name, str(place), status.st_size, identity=identity_of(status))
    if not stat.S_ISREG(status.st_mode):
        file = file._replace(obstacle="is neither a file nor a folder; it was not opened")
    elif name.lower().endswith(".zip") and not is_zip(read_head(place)):
        notes.append(Note("archive-safe", name, "is named like a ZIP archive and is none"))
    inventory = Inventory([file], None, catalogue)
    looked_into = inventory.file(name) or file
    return Delivery(path=path, files=(looked_into,), notes=tuple(notes), inventory=inventory)


def _holds_a_delivery(place: Path, status: os.stat_result, catalogue: Catalogue) -> bool:
    """Say whether a file is a plain ZIP, and not a book, a document or an app that happens to be one inside."""
    if not stat.S_ISREG(status.st_mode):
        return False
    head = read_head(place)
    if not is_zip(head):
        return False
    kind = Sniffer(catalogue.file_types).recognise(head, place.name)
    return kind is None or kind.format.upper() == "ZIP"


def _delivery(path: Path, inventory: Inventory, notes: list[Note]) -> Delivery:
    manifest = read_manifest(inventory)
    for name in _worth_a_look(inventory, manifest):
        inventory.file(name)
    seen = {(note.path, note.trouble) for note in notes}
    unreadable = [
        Note("file-readable", file.path, file.obstacle)
        for file in sorted(inventory.looked_into)
        if file.obstacle.startswith("cannot be read") and (file.path, "file-readable") not in seen
    ]
    title = manifest.declared.get("delivery.title", "")
    return Delivery(
        path=path,
        title=title if isinstance(title, str) else "",
        has_manifest=manifest.is_there,
        rulesets=manifest.rulesets,
        declared=manifest.declared,
        files=inventory.files,
        assets=manifest.assets,
        documents=manifest.documents,
        waivers=manifest.waivers,
        notes=(*notes, *unreadable, *manifest.notes),
        root=inventory.root,
        own=manifest.own,
        inventory=inventory,
    )


def _worth_a_look(inventory: Inventory, manifest: Manifest) -> list[str]:
    """Return the files whose heads are read now: all of a small delivery, else the first that are in no tree."""
    paths = inventory.paths
    if len(paths) <= MOST_LOOKED_INTO:
        return paths
    trees = {asset.file.path for asset in manifest.assets if asset.file.is_tree}
    if ROOT in trees or inventory.kind_of_tree(ROOT):
        return []
    for folder in sorted(inventory.folders, key=lambda path: path.count("/")):  # outer ones first
        if folder.rpartition("/")[0] in trees or inventory.kind_of_tree(folder):
            trees.add(folder)
    return [file.path for file in inventory.outside(trees)[:MOST_LOOKED_INTO]]
