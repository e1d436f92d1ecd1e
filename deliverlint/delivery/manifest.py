"""delivery.yaml: what the supplier says of the delivery. One mistake in it costs only the line it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deliverlint.catalogue.model import Catalogue
from deliverlint.delivery.declared import DeclaredError, declared_value, is_measured
from deliverlint.delivery.inventory import ROOT, Inventory
from deliverlint.delivery.listed import read_assets, read_documents
from deliverlint.delivery.model import Asset, Document, Note, Waiver
from deliverlint.delivery.notebook import Notebook
from deliverlint.delivery.waivers import read_waivers
from deliverlint.delivery.written import read_yaml
from deliverlint.frozen import frozen
from deliverlint.spec import FactSpec
from deliverlint.strictyaml import Map
from deliverlint.values import Json

MANIFEST = "delivery.yaml"
_OURS = ("rulesets", "assets", "documents", "waivers")
_PREFIX = "delivery."


@frozen
class Manifest:
    """What delivery.yaml says, as far as it can be read; `own` are the files it was read from."""

    is_there: bool = False
    rulesets: tuple[str, ...] = ()
    declared: Mapping[str, Json] = field(default_factory=dict)
    assets: tuple[Asset, ...] = ()
    documents: tuple[Document, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    notes: tuple[Note, ...] = ()
    own: tuple[str, ...] = ()


def read_manifest(inventory: Inventory) -> Manifest:
    """Read delivery.yaml where there is one; one that is no readable YAML counts as none, with a note."""
    file = inventory.file(MANIFEST)
    if file is None:
        return Manifest(notes=_misnamed(inventory))
    notes = Notebook(MANIFEST)
    content = read_yaml(file, notes)
    if content and not isinstance(content, Map):
        notes.add("has to hold keys with values, such as 'title: The Egg Farmers'", content)
    if not isinstance(content, Map):
        return Manifest(notes=tuple(notes.notes), own=(MANIFEST,))
    return _read(content, inventory, notes)


def _read(content: Map, inventory: Inventory, notes: Notebook) -> Manifest:
    rulesets: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()
    documents: tuple[Document, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    declared: dict[str, Json] = {}
    own = [MANIFEST]
    facts = _may_be_declared(inventory.catalogue)
    for key, node in content.items.items():
        if key == "rulesets":
            rulesets = tuple(dict.fromkeys(item.text for item in notes.texts(node, "rulesets")))
        elif key == "assets":
            assets = read_assets(node, inventory, notes)
        elif key == "documents":
            documents = read_documents(node, inventory, notes)
        elif key == "waivers":
            waivers, source = read_waivers(node, inventory, notes)
            own.append(source)
        elif spec := facts.get(key):
            try:
                declared[spec.name] = declared_value(spec, node)
            except DeclaredError as error:
                notes.add(str(error), error.node)
        elif _PREFIX + key in inventory.catalogue.facts:
            notes.add(f"'{_PREFIX}{key}' is measured, not declared: take it out", content.keys[key])
        else:
            notes.unknown(content.keys[key], [*facts, *_OURS])
    return Manifest(
        is_there=True,
        rulesets=rulesets,
        declared=declared,
        assets=assets,
        documents=documents,
        waivers=waivers,
        notes=tuple(notes.notes),
        own=tuple(dict.fromkeys(path for path in own if path)),
    )


def _may_be_declared(catalogue: Catalogue) -> dict[str, FactSpec]:
    """Return the facts of a delivery by the key that declares them."""
    return {
        name.removeprefix(_PREFIX): spec
        for name, spec in catalogue.facts.items()
        if name.startswith(_PREFIX) and not is_measured(spec)
    }


def _misnamed(inventory: Inventory) -> tuple[Note, ...]:
    """A manifest under nearly the right name would be overlooked without a word."""
    names = inventory.folders.get(ROOT, ())
    likely = sorted(name for name in names if name.lower() in (MANIFEST, "delivery.yml"))
    return tuple(Note("manifest-valid", path, f"is not read: name it '{MANIFEST}'") for path in likely)
