"""The assets and documents that delivery.yaml lists, and finding the files that it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from deliverlint.delivery.declared import DeclaredError, declared_value, is_measured
from deliverlint.delivery.globs import STREAM
from deliverlint.delivery.inventory import ROOT, Inventory
from deliverlint.delivery.model import Asset, Document, File
from deliverlint.delivery.names import fold, shown_name
from deliverlint.delivery.notebook import Notebook
from deliverlint.frozen import frozen
from deliverlint.strictyaml import Map, Node, Scalar, Sequence
from deliverlint.values import Json
from deliverlint.wording import did_you_mean, printable

_ROLE = re.compile(r"[a-z0-9][a-z0-9.-]*")
_PART = re.compile(r"[a-z][a-z0-9_]*")
_ASSET_KEYS = ("path", "roles", "media")
_DOCUMENT_KEYS = ["path", "for"]
_ASSET_LIKE = "{path: video/film.mov, roles: [picture]}"
_MOST_SUGGESTIONS = 30
_MOST_NEAR = 1000


@frozen
class Place:
    """What a path in delivery.yaml means; `path` is as it is reported, with the stream."""

    path: str
    file: File
    stream: str = ""


def read_assets(node: Node, inventory: Inventory, notes: Notebook) -> tuple[Asset, ...]:
    """Return the assets that are there, one for each path, in the order listed."""
    assets: dict[str, Asset] = {}
    for entry in notes.mappings(node, "assets", _ASSET_LIKE):
        if "path" not in entry.items:
            notes.add(f"an asset needs a path, as in {_ASSET_LIKE}", entry)
            continue
        place = find(entry.items["path"], inventory, notes)
        if place is None:
            continue
        asset = _asset(entry, place, inventory, notes)
        if first := assets.get(place.path):
            notes.add(
                f"lists '{printable(place.path)}' twice: write one entry with all its roles",
                entry,
                "asset-listed-once",
            )
            roles = tuple(dict.fromkeys((*first.roles, *asset.roles)))
            asset = replace(
                first,
                roles=roles,
                parts={**asset.parts, **first.parts},
                declared={**asset.declared, **first.declared},
            )
        assets[place.path] = asset
    return tuple(assets.values())


def read_documents(node: Node, inventory: Inventory, notes: Notebook) -> tuple[Document, ...]:
    """Return the documents that are there, in the order listed."""
    if not isinstance(node, Map):
        notes.add("'documents' has to be a mapping like {chain-of-title: docs/chain-of-title.pdf}", node)
        return ()
    documents: dict[tuple[str, str, str], Document] = {}
    kinds = inventory.catalogue.document_kinds
    for kind, value in node.items.items():
        if kind not in kinds:
            notes.add(f"unknown document kind '{printable(kind, 80)}'{did_you_mean(kind, kinds)}", node.keys[kind])
        for entry in value.items if isinstance(value, Sequence) else (value,):
            document = _document(kind, entry, inventory, notes)
            if document is None:
                continue
            key = (kind, document.file.path, document.of)
            if key in documents:
                shown = printable(document.file.path)
                notes.add(f"lists '{shown}' twice as {printable(kind, 80)}", entry, "asset-listed-once")
            documents[key] = document
    return tuple(documents.values())


def find(node: Node, inventory: Inventory, notes: Notebook, trees: bool = True) -> Place | None:
    """Return what a path means; note what is wrong where it means nothing in the delivery."""
    text = notes.text(node, "path")
    if not text:
        return None
    path = normal_path(text)
    if path is None:
        notes.add(f"'{printable(text)}' leads out of the delivery: write a path inside it", node, "path-safe")
        return None
    path = inventory.known_as(path)
    if file := inventory.file(path):
        return Place(path, file)
    tree = inventory.tree(path)
    if tree and trees:
        return Place(path, tree)
    if tree:
        notes.add(f"'{printable(path)}' is a folder: list its files", node)
        return None
    base, _, stream = path.rpartition("#")
    base = inventory.known_as(base)
    if base and (file := inventory.file(base)):
        return _stream(Place(path, file, stream), base, inventory, notes, node)
    notes.add(f"lists '{printable(path)}', which is not there{_nearest(path, inventory, notes)}", node, "asset-exists")
    return None


def normal_path(text: str) -> str | None:
    """Return a path as files have it, `.` for the delivery itself; None where it leads out of the delivery."""
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if text.startswith(("/", "\\")) or re.match("[A-Za-z]:[/\\\\]", text) or ".." in re.split(r"[/\\]", text):
        return None
    return shown_name("/".join(parts)) or ROOT


def _stream(place: Place, base: str, inventory: Inventory, notes: Notebook, node: Node) -> Place | None:
    media = inventory.catalogue.media
    kind = place.stream.partition(":")[0]
    if not STREAM.fullmatch(f"#{place.stream}"):
        shown = printable(place.stream, 80)
        notes.add(f"'#{shown}' is no stream: write '{printable(base)}#audio:1' for the first sound stream", node)
        return None
    if kind not in media and media:
        notes.add(f"unknown kind of stream '{kind}'{did_you_mean(kind, media)}", node)
        return None
    return replace(place, path=f"{base}#{place.stream}")


def _asset(entry: Map, place: Place, inventory: Inventory, notes: Notebook) -> Asset:
    roles, file = [], place.file
    parts: dict[str, str] = {}
    declared: dict[str, Json] = {}
    for key, node in entry.items.items():
        if key == "roles":
            for role in notes.texts(node, "roles"):
                if _ROLE.fullmatch(role.text):
                    roles.append(role.text)
                else:
                    notes.add(f"'{printable(role.text, 80)}' cannot be a role (a-z, 0-9, dots and hyphens)", role)
        elif key == "media":
            file = _with_media(file, node, inventory, notes)
        elif "." in key:
            _declare(entry.keys[key], node, declared, inventory, notes)
        elif key != "path":
            _add_part(entry.keys[key], node, parts, notes)
    return Asset(place.path, file, place.stream, tuple(dict.fromkeys(roles)), parts, declared)


def _with_media(file: File, node: Node, inventory: Inventory, notes: Notebook) -> File:
    media, known = notes.text(node, "media"), inventory.catalogue.media
    if media in known:
        return file._replace(media=media)
    if media:
        notes.add(f"unknown medium '{printable(media, 80)}'{did_you_mean(media, known)}", node)
    return file


def _declare(key: Scalar, node: Node, declared: dict[str, Json], inventory: Inventory, notes: Notebook) -> None:
    specs = inventory.catalogue.facts
    spec = specs.get(key.text)
    if spec is None:
        may_be_said = [name for name, known in specs.items() if not is_measured(known)]
        hint = did_you_mean(key.text, may_be_said) or did_you_mean(key.text, specs)
        notes.add(f"unknown fact '{printable(key.text, 80)}'{hint}", key)
    elif is_measured(spec):
        notes.add(f"'{spec.name}' is measured, not declared: take it out", key)
    elif spec.name.startswith("delivery."):
        notes.add(f"'{spec.name}' is said of the whole delivery: write it as '{spec.name[9:]}' at the top", key)
    else:
        try:
            declared[spec.name] = declared_value(spec, node)
        except DeclaredError as error:
            notes.add(str(error), error.node)


def _add_part(key: Scalar, node: Node, parts: dict[str, str], notes: Notebook) -> None:
    """Any simple word names a part, so a key that is nearly one of ours is taken for a slip."""
    from difflib import get_close_matches

    if near := get_close_matches(key.text, _ASSET_KEYS, n=1, cutoff=0.8):
        notes.add(f"unknown key '{printable(key.text, 80)}'; did you mean '{near[0]}'?", key)
    elif not _PART.fullmatch(key.text):
        notes.add(f"'{printable(key.text, 80)}' cannot name a part (a-z, 0-9 and _)", key)
    elif value := notes.text(node, key.text):
        parts[key.text] = value


def _document(kind: str, entry: Node, inventory: Inventory, notes: Notebook) -> Document | None:
    of, path = "", entry
    if isinstance(entry, Map):
        for key in entry.keys.values():
            if key.text not in _DOCUMENT_KEYS:
                notes.unknown(key, _DOCUMENT_KEYS)
        if "path" not in entry.items:
            notes.add("a document needs a path, as in {path: docs/licence.pdf, for: track.flac}", entry)
            return None
        path = entry.items["path"]
        if "for" in entry.items and (place := find(entry.items["for"], inventory, notes)):
            of = place.path
    found = find(path, inventory, notes, trees=False)
    return Document(kind, found.file, of) if found else None


def _nearest(path: str, inventory: Inventory, notes: Notebook) -> str:
    """Suggest the path that may be meant, among files of that name, in that folder, and a bounded number of others."""
    if len(notes.notes) > _MOST_SUGGESTIONS:
        return ""
    known = [*inventory.paths, *(folder for folder in inventory.folders if folder != ROOT)]
    folder, _, name = path.rpartition("/")
    same_name = [other for other in known if fold(other.rpartition("/")[2]) == fold(name)]
    if same_name:
        return f"; did you mean '{printable(same_name[0])}'?"
    beside = (other for other in known if other.rpartition("/")[0] == folder)
    return did_you_mean(path, (*_first(beside), *_first(known)))


def _first(paths: Iterable[str]) -> list[str]:
    return [path for path, _ in zip(paths, range(_MOST_NEAR), strict=False)]
