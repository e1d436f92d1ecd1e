"""Names that the engine itself speaks of, whatever plugins there are."""

from __future__ import annotations

from deliverlint.spec import Probe

HASHING = Probe(id="file.hash", version="1", run="deliverlint.facts.hashing:measure", cpu_s=3600, wall_s=7200)
HASH_PROBE = HASHING.id
# Known from the directory entry alone: never planned, never cached.
STAT_FACTS = frozenset({"file.name", "file.path", "file.extension", "file.size", "file.media", "file.format"})
# What a document's state is read from; a plugin that reads paperwork brings them.
DOCUMENT_FACTS = ("document.state", "document.problems")
ATTESTATIONS = "attestations"
