"""The files of a delivery by their paths, each looked into when it is first asked for, and its folders as trees."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from deliverlint.catalogue.model import Catalogue
from deliverlint.delivery.identity import identity_of, identity_of_tree
from deliverlint.delivery.model import Delivery, File
from deliverlint.delivery.sniff import Sniffer, recognise_tree
from deliverlint.spec import TreeType

ROOT = "."


class Inventory:
    """Files, given sorted by path; `root` is the folder that they lie in, or None where there is none to speak of."""

    def __init__(self, files: Iterable[File], root: Path | None, catalogue: Catalogue) -> None:
        self.root = root
        self.catalogue = catalogue
        self.sniffer = Sniffer(catalogue.file_types)
        self._files = list(files)
        # Sorted, so that a path is soon found and the files of a folder stand together.
        self.paths = [file.path for file in self._files]
        self._seen: set[int] = set()
        self._folders: dict[str, set[str]] | None = None
        self._kinds: dict[str, TreeType | None] = {}
        self._trees: dict[str, File] = {}
        self._folded: dict[str, str] | None = None

    def __len__(self) -> int:
        return len(self._files)

    @property
    def files(self) -> tuple[File, ...]:
        """All files as far as they are known now."""
        return tuple(self._files)

    @property
    def looked_into(self) -> list[File]:
        """The files that were asked for one by one so far."""
        return [self._files[index] for index in sorted(self._seen)]

    @property
    def folders(self) -> dict[str, set[str]]:
        """The names directly inside each folder that holds a file; folders end with `/`, the root is `.`."""
        if self._folders is None:
            self._folders = _folders(self.paths)
        return self._folders

    def file(self, path: str) -> File | None:
        """Return the file with its medium and format."""
        index = self._index(path)
        if index is None:
            return None
        if index not in self._seen:
            self._seen.add(index)
            self._files[index] = self.sniffer.look(self._files[index])
        return self._files[index]

    def kind_of_tree(self, folder: str) -> TreeType | None:
        """Return what kind of tree a folder is, by the names in it; None where no plugin knows it."""
        if folder not in self._kinds:
            names = frozenset(self.folders.get(folder, ()))
            self._kinds[folder] = recognise_tree(names, self.catalogue.tree_types)
        return self._kinds[folder]

    def tree(self, folder: str) -> File | None:
        """Return a folder (`.` is the root) as one file tree, with its medium where a tree type knows it."""
        if self.root is None or folder not in self.folders:
            return None
        if folder not in self._trees:
            self._trees[folder] = self._made_tree(self.root, folder)
        return self._trees[folder]

    def inside(self, folder: str) -> list[File]:
        """Return the files below a folder, sorted by path."""
        first, last = self._range(folder)
        return self._files[first:last]

    def outside(self, folders: Iterable[str]) -> list[File]:
        """Return the files that are below none of these folders, sorted by path."""
        found: list[File] = []
        end = 0
        for first, last in sorted(map(self._range, folders)):
            found += self._files[end:first]
            end = max(end, last)
        return found + self._files[end:]

    def _index(self, path: str) -> int | None:
        index = bisect_left(self.paths, path)
        return index if index < len(self.paths) and self.paths[index] == path else None

    def _range(self, folder: str) -> tuple[int, int]:
        """Return where the files below a folder begin and end among all."""
        if folder == ROOT:
            return 0, len(self.paths)
        after = chr(ord("/") + 1)
        return bisect_left(self.paths, f"{folder}/"), bisect_left(self.paths, f"{folder}{after}")

    def known_as(self, path: str) -> str:
        """Return the path of the file or folder that is meant: accents may be written in either way of Unicode."""
        if path.isascii() or self._index(path) is not None or path in self.folders:
            return path
        if self._folded is None:
            # Case stays: a name in another case is another file to many a buyer's system.
            self._folded = {_composed(known): known for known in (*self.paths, *self.folders)}
        return self._folded.get(_composed(path), path)

    def _made_tree(self, root: Path, folder: str) -> File:
        files = self.inside(folder)
        place = root if folder == ROOT else _place(root, folder, files)
        kind = self.kind_of_tree(folder)
        return File(
            folder,
            str(place),
            sum([file.size for file in files]),
            media=kind.media if kind else "",
            format=kind.format if kind else "",
            is_tree=True,
            identity=_tree_identity(place, files),
        )


def inventory_of(delivery: Delivery, catalogue: Catalogue) -> Inventory:
    """Return the inventory that a delivery was opened with, or one of its files."""
    if delivery.inventory and delivery.inventory.catalogue is catalogue:
        return delivery.inventory
    return Inventory(sorted(delivery.files), delivery.root, catalogue)


def _folders(paths: Iterable[str]) -> dict[str, set[str]]:
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder, _, name = path.rpartition("/")
        folders[folder].add(name)
    for folder in list(folders):
        while folder:
            folder, _, name = folder.rpartition("/")
            is_known = folder in folders
            folders[folder].add(f"{name}/")
            if is_known:
                break
    if "" in folders:
        folders[ROOT] = folders.pop("")
    return dict(folders)


def _place(root: Path, folder: str, files: list[File]) -> Path:
    """Return where a folder lies; one whose name is not shown as it is, is found through a file in it."""
    place = root / folder
    if place.is_dir():
        return place
    for file in files:
        above = file.location.parents[file.path.count("/") - folder.count("/") - 1]
        if root in above.parents and above.is_dir():
            return above
    return place


def _tree_identity(place: Path, files: list[File]) -> str:
    if files and "!" in files[0].identity:
        return identity_of_tree("zip", files)  # its own folder is a new one at each run
    try:
        return identity_of_tree(identity_of(place.stat()), files)
    except OSError:
        return ""


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)
