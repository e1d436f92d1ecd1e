"""The facts cache as `measure` sees it: which facts of a task are known already, and which may be remembered.

The key is a digest of the content id (see identity.py), the probe, its version, and everything else that a probe is
told: stream, format, the file's own name, options. The version of deliverlint is in it too, since it builds options.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from deliverlint import __version__
from deliverlint.catalogue.names import HASHING
from deliverlint.delivery.model import File
from deliverlint.facts.answers import Answer, for_json
from deliverlint.facts.cache import Cache
from deliverlint.facts.cacherows import Entry
from deliverlint.facts.identity import is_settled, is_trusted
from deliverlint.facts.model import Task
from deliverlint.spec import FactSpec
from deliverlint.values import Json, Unmeasured

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=for_json).encode
_HASH_FACT = "file.sha256"


class Memory:
    """What is known of the files of one run; with no cache it knows nothing and keeps nothing."""

    def __init__(self, cache: Cache | None, facts: Mapping[str, FactSpec]) -> None:
        self._cache = cache
        self._facts = facts
        self._digests: dict[str, str] = {}  # identity -> SHA-256
        self._unsaved: dict[bytes, dict[str, Json | Unmeasured]] = {}

    def recall(self, tasks: Sequence[Task]) -> list[Entry]:
        """Return for each task the wanted facts that are known."""
        if self._cache is None:
            return [{} for _ in tasks]
        files = {task.file.identity: task.file for task in tasks if self._lacks_digest(task)}
        hashes = [_hash_task(file) for file in files.values()]
        self._note_digests(hashes, self._look_up(hashes))
        return self._look_up(tasks)

    def to_hash(self, tasks: Iterable[Task]) -> list[Task]:
        """Return tasks that bring the SHA-256 of the files under which facts of these tasks are remembered."""
        if self._cache is None or self._cache.problem:
            return []
        now = time.time_ns()
        files = {task.file.identity: task.file for task in tasks if self._lacks_digest(task)}
        return [_hash_task(file) for identity, file in files.items() if is_settled(identity, now)]

    def learn(self, task: Task, answer: Answer) -> None:
        """Remember what a probe said, where it may be believed the next time too."""
        file = task.file
        if self._cache is None or not is_trusted(file.identity, answer.identity, file.is_tree, answer.asked_ns):
            return
        known = {name: answer.facts[name] for name in answer.final}
        if task.probe.id == HASHING.id:
            self._note_digests([task], [known])
        for name, value in known.items():
            if key := _key(task, self._content(task, name)):
                self._unsaved.setdefault(key, {})[name] = value

    def save(self) -> None:
        """Write what was learnt to the cache."""
        if self._cache is not None and self._unsaved:
            self._cache.store(self._unsaved)
            self._unsaved = {}

    def _look_up(self, tasks: Sequence[Task]) -> list[Entry]:
        assert self._cache is not None
        keys = [self._keys(task) for task in tasks]
        rows = self._cache.look_up({key for by_key in keys for key in by_key})
        return [
            {
                name: row[name]
                for key, names in by_key.items()
                if (row := rows.get(key))
                for name in names
                if name in row
            }
            for by_key in keys
        ]

    def _keys(self, task: Task) -> dict[bytes, list[str]]:
        """Return the keys under which facts of a task are remembered, and which facts under each."""
        by_content: dict[str, list[str]] = {}
        for name in task.wanted:
            by_content.setdefault(self._content(task, name), []).append(name)
        return {key: names for content, names in by_content.items() if (key := _key(task, content))}

    def _content(self, task: Task, name: str) -> str:
        """Return the content id of one fact; empty where there is none (yet)."""
        if task.file.is_tree or not self._needs_digest(name):
            return task.file.identity
        return self._digests.get(task.file.identity, "")

    def _needs_digest(self, name: str) -> bool:
        if name == _HASH_FACT:
            return False
        spec = self._facts.get(name)
        return spec is None or spec.cost in ("scan", "decode")

    def _lacks_digest(self, task: Task) -> bool:
        file = task.file
        if file.is_tree or not file.identity or file.identity in self._digests:
            return False
        return any(self._needs_digest(name) for name in task.wanted)

    def _note_digests(self, tasks: Iterable[Task], entries: Iterable[Entry]) -> None:
        for task, entry in zip(tasks, entries, strict=True):
            digest = entry.get(_HASH_FACT)
            if isinstance(digest, str) and not task.file.is_tree:
                self._digests[task.file.identity] = digest


def _hash_task(file: File) -> Task:
    return Task(file.path, file, "", HASHING, frozenset({_HASH_FACT}))


def _key(task: Task, content: str) -> bytes:
    """Return what facts that rest on one content id are remembered under; empty without a content id."""
    if not content:
        return b""
    probe, name = task.probe, task.file.path.rpartition("/")[2]
    told = [__version__, content, probe.id, probe.version, task.stream, task.file.format, name, task.options]
    return blake2b(_canonical(told).encode(), digest_size=20).digest()
