"""References: a fact of the same file, or of another role or document."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deliverlint.ruleset.errors import PhraseError
from deliverlint.ruleset.model import FactRef
from deliverlint.spec import FactSpec
from deliverlint.wording import did_you_mean, printable

_REF = re.compile(r"(?:([a-z0-9.-]+)/)?([a-z][a-z0-9_.-]*)")


def fact_ref(text: str, facts: Mapping[str, FactSpec]) -> FactRef:
    """Read `[role/]fact`; raises PhraseError where there is no such fact (whether the role is one is asked later)."""
    match = _REF.fullmatch(text.strip())
    if not match:
        raise PhraseError(f"'{printable(text, 60)}' is not the name of a fact, or role/fact")
    if match[2] not in facts:
        hint = did_you_mean(match[2], facts)
        if not hint and "." not in match[2]:
            hint = "; a role alone is not enough: write role/fact, such as picture/file.size"
        raise PhraseError(f"'{match[2]}' is no fact{hint}")
    return FactRef(match[1] or "", match[2])
