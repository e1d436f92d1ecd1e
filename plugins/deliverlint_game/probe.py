"""The probe of a game build: one pass over its files, and of its executables and engine what is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint.wording import counted
from deliverlint_game import engines, heads, libraries, names
from deliverlint_game.bounded import Malformed
from deliverlint_game.executables import NAMED_AS_EXECUTABLE, read
from deliverlint_game.executables.model import Format
from deliverlint_game.executables.vendor import is_ready_made
from deliverlint_game.executables.weaknesses import WEAKNESSES, weak
from deliverlint_game.tree import Entry, TooManyFiles, Tree, no_collection, walk
from deliverlint_game.vocabulary import UNKNOWN

MOST_EXECUTABLES = 5_000
_EMPTY_BY_DESIGN = frozenset({"__init__.py", "py.typed", ".nomedia", ".gdignore"})
_ENGINE = frozenset({"game.engine", "game.engine_version", "game.build_kind"})
_EXECUTABLES = frozenset({"game.executables", "game.executables.unreadable", "game.architectures", *WEAKNESSES})
_BY_WALK = {
    "game.junk": names.junk,
    "game.debug_files": names.debug_files,
    "game.source_files": names.source_files,
    "game.case_twins": names.case_twins,
    "game.reserved_names": names.reserved_names,
    "game.path_length_max": names.longest_path,
    "game.lfs_pointers": heads.lfs_pointers,
    "game.secrets": heads.secrets,
    "game.mislabelled_files": heads.mislabelled,
    "game.libraries": libraries.libraries,
}
Answer = dict[str, "Json | Unmeasured"]


def measure(source: Source, wanted: frozenset[str]) -> Answer:
    """Measure the wanted facts of a build."""
    try:
        with no_collection():
            tree = walk(source.path)
            answer: Answer = _counted(tree)
            answer |= {name: judge(tree) for name, judge in _BY_WALK.items() if name in wanted}
    except OSError as error:
        return dict.fromkeys(wanted, Unmeasured(f"cannot be opened: {error.strerror or 'no reason given'}"))
    except TooManyFiles as problem:
        return dict.fromkeys(wanted, Unmeasured(str(problem)))
    if wanted & _EXECUTABLES:
        answer |= _executables(tree, wanted)
    if wanted & _ENGINE:
        answer |= _engine(tree)
    return {name: value for name, value in answer.items() if name in wanted}


def _counted(tree: Tree) -> Answer:
    return {
        "game.files": len(tree.files) + tree.files_inside,
        "game.size": (sum(entry.size for entry in tree.files) + tree.bytes_inside) / 1e6,
        "game.empty_files": [names.shown(entry.path) for entry in tree.empty() if entry.name not in _EMPTY_BY_DESIGN],
        "game.symlinks": [names.shown(path) for path, _ in tree.links],
        "game.symlinks.escaping": [names.shown(path) for path in names.escaping_links(tree.links)],
        "game.unreadable_files": [f"{names.shown(path)}: {why}" for path, why in tree.unreadable],
    }


def _executables(tree: Tree, wanted: frozenset[str]) -> Answer:
    begun_as = dict(tree.executables)
    candidates = sorted({*begun_as, *tree.ending(*NAMED_AS_EXECUTABLE)})
    if len(candidates) > MOST_EXECUTABLES:
        reason = Unmeasured(f"holds {len(candidates)} executables; at most {MOST_EXECUTABLES} are read")
        return dict.fromkeys(_EXECUTABLES, reason)
    records: list[Json] = []
    unreadable: list[str] = []
    for entry in candidates:
        found = _records(tree, entry, begun_as.get(entry))
        if isinstance(found, str):
            unreadable.append(f"{names.shown(entry.path)} {found}")
        else:
            records += found
    answer: Answer = {"game.executables.unreadable": unreadable}
    architectures = sorted({record["architecture"] for record in records})
    answer["game.executables"] = _complete(records, unreadable)
    answer["game.architectures"] = _complete(architectures, unreadable)
    for name in WEAKNESSES.keys() & wanted:
        found_weak = weak(name, records)
        # A weakness that was found stays true; that there is none cannot be said while a file is unread.
        answer[name] = found_weak or _complete([], unreadable)
    return answer


def _complete(values: list[Json], unreadable: list[str]) -> Json | Unmeasured:
    """Return the values, unless an executable that could not be read might have added to them."""
    if not unreadable:
        return values
    more = f" (and {len(unreadable) - 1} more)" if len(unreadable) > 1 else ""
    return Unmeasured(f"{unreadable[0]}{more}")


def _records(tree: Tree, entry: Entry, kind: Format | None) -> list[Mapping[str, Json]] | str:
    """Return one record for each architecture of an executable, or why there is none: `is empty`."""
    if not entry.size:
        return "is empty"
    if heads.is_lfs_pointer(entry):
        return "is a Git LFS pointer, not the file itself"
    if kind is None:
        return "is no executable, whatever its name says"
    try:
        found = read(tree.where(entry), kind)
    except Malformed as problem:
        return str(problem)
    except OSError as error:
        return f"cannot be opened: {error.strerror or 'no reason given'}"
    shared: dict[str, Json] = {"path": names.shown(entry.path), "name": names.shown(entry.path.rsplit("/", 1)[-1])}
    shared["ready_made"] = is_ready_made(entry.path, entry.name)
    return [{**shared, **executable.record()} for executable in found]


def _engine(tree: Tree) -> Answer:
    found = engines.detect(tree)
    shown = sorted({evidence.engine for evidence in found})
    if len(shown) > 1:
        return dict.fromkeys(_ENGINE, Unmeasured(f"shows signs of several engines: {', '.join(shown)}"))
    if not found:
        pointers = heads.lfs_pointers(tree)
        if pointers:
            many = f"{len(pointers)} of {counted(len(tree.files), 'file')}"
            reason = f"Git LFS pointers stand in place of {many}, and what is there shows no engine"
            return dict.fromkeys(_ENGINE, Unmeasured(reason))
        return {
            "game.engine": UNKNOWN,
            "game.engine_version": Unmeasured("the engine is not known"),
            "game.build_kind": UNKNOWN,
        }
    evidence = found[0]
    return {
        "game.engine": evidence.engine,
        "game.engine_version": evidence.version or Unmeasured(f"no file of this {evidence.engine} build states it"),
        "game.build_kind": evidence.build_kind or UNKNOWN,
    }
