"""Casting: who plays which role of a ruleset, which paper is of which kind, and what is left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from deliverlint.catalogue.model import Catalogue
from deliverlint.delivery.globs import Glob, Paths, parse_glob
from deliverlint.delivery.inventory import ROOT, Inventory, inventory_of
from deliverlint.delivery.model import Asset, Cast, Delivery, Document, File
from deliverlint.delivery.names import fold
from deliverlint.ruleset.model import Role
from deliverlint.spec import DocumentKind


def cast(
    delivery: Delivery, roles: Mapping[str, Role], kinds: Mapping[str, DocumentKind], catalogue: Catalogue
) -> Cast:
    """Give each role its assets and each document kind its files.

    What delivery.yaml says of a role or a kind settles it; the others are filled by their patterns. A file
    inside a tree that is an asset belongs to the tree: only a pattern that names the tree's folder looks into it.
    """
    stage = _Stage(delivery, inventory_of(delivery, catalogue))
    settled = {role for asset in delivery.assets for role in asset.roles}
    open_roles = [role for role in roles.values() if role.name not in settled]
    for role in open_roles:
        _cast_trees(stage, role)
    for role in open_roles:
        _cast_files(stage, role)
    documents = _cast_documents(stage, kinds)
    playing = {name: stage.players(name, role.media) for name, role in roles.items()}
    used = {asset.file.path for assets in playing.values() for asset in assets}
    used |= {document.file.path for papers in documents.values() for document in papers}
    return Cast(playing, documents, tuple(_extras(stage, used)))


@dataclass(slots=True)
class _Stage:
    """The casting so far: assets by their reported path, and the folders that are assets themselves."""

    delivery: Delivery
    inventory: Inventory
    assets: dict[str, Asset] = field(default_factory=dict)
    trees: list[str] = field(default_factory=list)
    loose: Paths | None = None
    all: Paths | None = None

    def __post_init__(self) -> None:
        self.assets = {asset.path: asset for asset in self.delivery.assets}
        self.trees = [asset.file.path for asset in self.delivery.assets if asset.file.is_tree]

    def add(self, role: str, file: File, stream: str, parts: Mapping[str, str]) -> None:
        path = f"{file.path}#{stream}" if stream else file.path
        asset = self.assets.get(path) or Asset(path, file, stream)
        if role not in asset.roles:
            asset = replace(asset, roles=(*asset.roles, role), parts={**parts, **asset.parts})
        self.assets[path] = asset
        if file.is_tree and file.path not in self.trees:
            self.trees.append(file.path)

    def players(self, role: str, media: str) -> tuple[Asset, ...]:
        """Return the assets of a role; a tree that nobody recognises is taken for what the role says."""
        return tuple(
            replace(asset, file=asset.file._replace(media=media))
            if asset.file.is_tree and not asset.file.media
            else asset
            for asset in self.assets.values()
            if role in asset.roles
        )

    def files_like(self, pattern: str) -> Iterator[str]:
        """Yield the files whose path matches; most of the thousand patterns of documents need no closer look."""
        if pattern.startswith("**/") and self._outside_trees().rules_out(pattern):
            return
        glob = parse_glob(pattern)
        for path, _ in self.matching(glob) if not glob.is_folder else ():
            yield path

    def matching(self, glob: Glob) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the files whose path matches and that no tree keeps to itself."""
        own = self.delivery.own
        for path, parts in self._paths_for(glob).matching(glob):
            if path not in own:
                yield path, parts

    def _paths_for(self, glob: Glob) -> Paths:
        trees = [tree for tree in self.trees if tree != ROOT]
        if any(glob.folder.startswith(f"{fold(tree)}/") for tree in trees):
            if self.all is None:
                self.all = Paths(self.inventory.paths)
            return self.all
        return self._outside_trees()

    def _outside_trees(self) -> Paths:
        if self.loose is None:
            outside = self.inventory.outside(tree for tree in self.trees if tree != ROOT)
            self.loose = Paths([file.path for file in outside])
        return self.loose


def _cast_trees(stage: _Stage, role: Role) -> None:
    """Fill a role with folders; none that holds another of the same role or lies in it."""
    inventory = stage.inventory
    chosen = [asset.file.path for asset in stage.assets.values() if role.name in asset.roles]
    for glob in map(parse_glob, role.match):
        if not glob.is_folder or glob.stream or inventory.root is None:
            continue
        for folder, parts in _folders(glob, inventory.folders):
            if any(_contains(folder, other) or _contains(other, folder) for other in chosen):
                continue
            kind, named = inventory.kind_of_tree(folder), glob.is_plain and not glob.is_root
            fits = named or (kind.media if kind else "") == role.media or not _has_tree_type(inventory, role.media)
            if fits and (tree := inventory.tree(folder)):
                stage.add(role.name, tree, "", parts)
                chosen.append(folder)


def _folders(glob: Glob, folders: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """Return the folders that match, outer ones first."""
    if glob.is_root:
        return [(ROOT, {})] if ROOT in folders else []
    found = [(folder, parts) for folder in folders if folder != ROOT and (parts := glob.match(folder)) is not None]
    return sorted(found, key=lambda pair: (pair[0].count("/"), pair[0]))


def _contains(outer: str, inner: str) -> bool:
    return outer in (ROOT, inner) or inner.startswith(f"{outer}/")


def _has_tree_type(inventory: Inventory, media: str) -> bool:
    return any(kind.media == media for kind in inventory.catalogue.tree_types)


def _cast_files(stage: _Stage, role: Role) -> None:
    for glob in map(parse_glob, role.match):
        if glob.is_folder:
            continue
        for path, parts in stage.matching(glob):
            file = stage.inventory.file(path)
            if file and _can_play(file, role, glob, stage.inventory):
                stage.add(role.name, file, glob.stream, parts)


def _can_play(file: File, role: Role, glob: Glob, inventory: Inventory) -> bool:
    """Say whether a file whose name matches is to be taken for the role's medium.

    A broken or misnamed file still plays the role that its name says, so that the report speaks of it; one that
    is soundly another medium which goes by the same ending (a song in an .mp4) does not. Where the
    pattern leaves the ending open, the file's own has to be one of the role's medium.
    """
    if not role.media or file.media == role.media:
        return True
    if glob.ending is None and not inventory.sniffer.carries(role.media, file.path):
        return False
    if glob.stream or not file.media:
        return True
    return not inventory.sniffer.carries(file.media, file.path)


def _cast_documents(stage: _Stage, kinds: Mapping[str, DocumentKind]) -> dict[str, tuple[Document, ...]]:
    found: dict[str, dict[str, Document]] = {}
    for document in stage.delivery.documents:
        found.setdefault(document.kind, {})[f"{document.file.path}\0{document.of}"] = document
    for kind in kinds.values():
        if kind.id in found:
            continue
        papers: dict[str, Document] = {}
        for pattern in kind.match:
            for path in stage.files_like(pattern):
                if file := stage.inventory.file(path):
                    papers[path] = Document(kind.id, file)
        if papers:
            found[kind.id] = papers
    return {kind: tuple(papers.values()) for kind, papers in found.items()}


def _extras(stage: _Stage, used: set[str]) -> Iterator[File]:
    """Yield what nobody asked for; a tree of delivery.yaml without a part here counts as one thing."""
    trees = dict.fromkeys(stage.trees)
    if ROOT in trees and ROOT in used:
        return
    for tree in trees:
        if tree not in used and tree != ROOT and (file := stage.inventory.tree(tree)):
            yield file
    for file in stage.inventory.outside(tree for tree in trees if tree != ROOT):
        hidden = file.path.startswith(".") or "/." in file.path
        if not hidden and file.path not in used and file.path not in stage.delivery.own:
            yield file
