"""A delivery as it was handed over, before any ruleset has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from deliverlint.frozen import frozen
from deliverlint.values import Json

if TYPE_CHECKING:
    from deliverlint.delivery.inventory import Inventory

# What can be wrong with the handing-over itself; each is a rule of the engine's own (see judge.house).
Trouble: TypeAlias = Literal[
    "manifest-valid",  # delivery.yaml cannot be read as written
    "asset-exists",  # it lists a file that is not there
    "asset-listed-once",  # it lists a file twice
    "archive-safe",  # the ZIP is damaged, encrypted, a bomb, or would write outside itself
    "path-safe",  # a name or link that leaves the delivery or cannot be written elsewhere
    "file-readable",  # a file that cannot be opened
]


class File(NamedTuple):
    """One file (or file tree) of the delivery. A named tuple: it is made quickly, and there may be a million.

    path      relative to the delivery, with slashes; a tree has no trailing slash
    place     where its bytes lie, as the system writes paths
    identity  (device, inode, size, mtime_ns, ctime_ns) as text, of a tree a digest of its list of paths
              and identities, of a ZIP's entry the archive's identity and the entry's name: while it is
              the same the bytes are; empty where it cannot be trusted
    obstacle  why nothing of it can be measured: "is empty", "is a Git LFS pointer: ..."
    """

    path: str
    place: str
    size: int
    media: str = ""
    format: str = ""
    is_tree: bool = False
    identity: str = ""
    obstacle: str = ""

    @property
    def location(self) -> Path:
        return Path(self.place)


@frozen
class Asset:
    """A file, a tree or a stream of a file in the roles it plays.

    path    as reported: `video/egg.mov#audio:1`
    stream  `audio:1`, counted from 1 within its kind; empty for the whole file
    parts   named parts that tell siblings apart: {"lang": "en", "reel": "2"}
    declared  facts that only the supplier can state
    """

    path: str
    file: File
    stream: str = ""
    roles: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, Json] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Under which its facts are kept."""
        return self.path


@frozen
class Document:
    """One piece of paperwork, of one kind; `of` names the asset that it speaks of, where it says so."""

    kind: str
    file: File
    of: str = ""

    @property
    def key(self) -> str:
        """Under which its facts are kept: one file may be read as two kinds."""
        return f"{self.kind}:{self.file.path}"


@frozen
class Waiver:
    """A buyer's written exception; `expires` and `approved_by` are empty where the file does not say."""

    ruleset: str
    rule: str
    asset: str
    reason: str
    approved_by: str
    expires: str
    source: str  # file and line


@frozen
class Note:
    """Something wrong with the handing-over: which kind of trouble, where, and in what words."""

    trouble: Trouble
    path: str
    message: str
    line: int = 0


@frozen
class Delivery:
    """Everything that was handed over: files found, and what delivery.yaml says of them."""

    path: Path  # as the user named it
    title: str = ""
    has_manifest: bool = False
    rulesets: tuple[str, ...] = ()
    declared: Mapping[str, Json] = field(default_factory=dict)  # facts delivery.*
    files: tuple[File, ...] = ()
    assets: tuple[Asset, ...] = ()  # that the manifest names, with roles
    documents: tuple[Document, ...] = ()  # that the manifest names
    waivers: tuple[Waiver, ...] = ()
    notes: tuple[Note, ...] = ()
    root: Path | None = None  # the folder that its files lie in; None where a single file was handed over
    own: tuple[str, ...] = ()  # files that describe the delivery itself: delivery.yaml, the waivers
    # The files as they were looked into so far, so that not every ruleset begins anew.
    inventory: Inventory | None = field(default=None, compare=False, repr=False)


@frozen
class Cast:
    """A delivery as one ruleset sees it: who plays which role, and what plays none."""

    roles: Mapping[str, tuple[Asset, ...]] = field(default_factory=dict)
    documents: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    extras: tuple[File, ...] = ()
