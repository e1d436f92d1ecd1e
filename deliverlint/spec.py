"""What a plugin declares: facts, probes, file types, document kinds, checks and report formats, all of it data.

Nothing here imports a probe or its library. Code is named as `"module:function"` and is imported where it
runs: probes in a worker process, checks when a rule asks for one, report formats when they are chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal, TypeAlias

from deliverlint.frozen import frozen
from deliverlint.units import NO_UNIT, UNITS, Unit
from deliverlint.values import Json

FactType: TypeAlias = Literal["text", "number", "yes/no", "date", "texts", "numbers", "events", "records"]
Cost: TypeAlias = Literal["header", "scan", "decode", "hash"]

_PLAIN_DECIMALS = 6


@frozen(kw_only=True)
class FactSpec:
    """One fact that exists: what it is called, what type its value has, and which probe measures it.

    type      text, number, yes/no (bool), date (ISO 8601 text), texts and numbers (lists),
              events (list of {start, end, value, timecode}, seconds), records (list of mappings)
    unit      of a number, of each number, or of an event's `value`
    decimals  how many a number is shown, and therefore judged, with; the unit's own where None, six without a unit
    values    the only values a text may have, where they can be listed
    probe     id of the probe; empty where only the supplier can declare it in delivery.yaml
    fields    of each record, named as the key in the record (dots for nesting)
    """

    name: str
    type: FactType
    label: str  # as it stands in a message: "integrated loudness"
    meaning: str  # one line for `deliverlint explain`
    unit: str = ""
    decimals: int | None = None
    values: tuple[str, ...] = ()
    cost: Cost = "header"
    probe: str = ""
    frame_rate: str = ""  # the fact that turns `1 frame` into seconds
    fields: tuple[FactSpec, ...] = ()

    @property
    def unit_of(self) -> Unit:
        return UNITS[self.unit] if self.unit else NO_UNIT

    @property
    def places(self) -> int:
        """Decimals a number is shown, and therefore judged, with."""
        if self.decimals is not None:
            return self.decimals
        return self.unit_of.decimals if self.unit else _PLAIN_DECIMALS


@frozen(kw_only=True)
class Source:
    """What a probe is given: one file, one stream of a file, or one file tree."""

    path: Path  # where its bytes lie; of a tree, its root
    name: str  # as it is reported, relative to the delivery
    stream: str = ""  # "audio:2": the second sound stream of the file
    format: str = ""  # as its head was recognised
    options: Mapping[str, Json] = field(default_factory=dict)  # of a document: {"kind": ..., "forms": [...], ...}


@frozen(kw_only=True)
class Probe:
    """Code that measures facts: `run(source, wanted) -> {fact: value | None | Unmeasured}` in one pass.

    It runs in a worker process. Raising, hanging or dying makes the wanted facts unmeasured with the reason.
    """

    id: str
    version: str  # any change of what it measures is a new version: part of the cache key
    run: str  # "module:function"
    media: tuple[str, ...] = ()  # the media it can read; empty: any
    subject: Literal["file", "tree", "document"] = "file"
    extra: str = ""  # the optional dependency that brings its library
    memory_mb: int = 768
    cpu_s: int = 60
    wall_s: int = 120
    limit_address_space: bool = False  # RLIMIT_AS too: only where its library bears it


@frozen(kw_only=True)
class FileType:
    """A file format that can be recognised from a name and the first 4 KiB.

    magic    alternatives, each a tuple of (offset, bytes) that must all be there
    accepts  for what bytes alone cannot say: `accepts(head)`; must bear any bytes
    extensions  the lower-case endings files of this format normally have
    """

    media: str
    format: str
    extensions: tuple[str, ...] = ()
    magic: tuple[tuple[tuple[int, bytes], ...], ...] = ()
    accepts: Callable[[bytes], bool] | None = None


@frozen(kw_only=True)
class TreeType:
    """A kind of file tree, recognised from the names directly inside its folder (folders end with `/`)."""

    media: str
    format: str
    accepts: Callable[[frozenset[str]], bool]


@frozen(kw_only=True)
class DocumentKind:
    """One kind of paperwork: which forms it may have, how it is found, what it must hold, and its template.

    fields    JSON Schema of a structured document (an object); each property becomes the fact
              `<id>.<property>` with the property's `title` as label and `description` as meaning
    template  "package:path/inside" of the file that `init` writes; its suffix is kept
    """

    id: str
    title: str
    why: str
    forms: tuple[str, ...]  # PDF DOCX XLSX CSV JSON YAML Markdown text image
    match: tuple[str, ...] = ()
    fields: Mapping[str, Json] = field(default_factory=dict)
    text_needed: bool = False  # a scan without a text layer is not enough
    template: str = ""


@frozen(kw_only=True)
class Check:
    """A named check for what phrases cannot say: `run({fact: value}) -> message or None` where it passes."""

    id: str
    title: str
    facts: tuple[str, ...]
    run: str


@frozen(kw_only=True)
class ReportFormat:
    """A form of the checklist: `run(checklist, view) -> text`."""

    name: str
    title: str
    run: str
