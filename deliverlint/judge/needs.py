"""Needs: an asset of a role or a document of a kind that has to be there, and be what it says it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import get_args

from deliverlint.delivery.model import Asset, Document
from deliverlint.judge.expectations import Outcome
from deliverlint.judge.model import DocumentState
from deliverlint.judge.phrases import build_test
from deliverlint.judge.subjects import Sight, path_of
from deliverlint.ruleset.model import Rule
from deliverlint.spec import FactSpec
from deliverlint.values import Unmeasured
from deliverlint.wording import counted, listed, printable

STATE, PROBLEMS = "document.state", "document.problems"
_COUNT = FactSpec(name="count", type="number", label="number", meaning="", decimals=0)
_WORDS: dict[str, str] = {
    "unfilled": "is a template that nobody has filled in",
    "expired": "has expired",
    "mismatched": "does not fit this delivery",
    "unreadable": "cannot be read",
}


def judge_needs(rule: Rule, subject: Asset | Document | None, sight: Sight) -> Outcome:
    """Judge whether what a rule needs is there; a document also has to be in a good state."""
    if rule.needs in sight.cast.documents or rule.needs not in sight.cast.roles:
        return _documents(rule, subject, sight)
    return _assets(rule, subject, sight)


def _assets(rule: Rule, subject: Asset | Document | None, sight: Sight) -> Outcome:
    number = len(_partners(rule.needs, subject, sight))
    expected = rule.count.text if rule.count else "at least 1"
    enough = build_test(rule.count, _COUNT)(number, sight.scope(None)) if rule.count else number > 0
    if enough is True:
        return Outcome("pass", expected=expected)
    files = counted(number, "file") if number else "no file"
    about = f" that belongs to {printable(path_of(subject), 120)}" if isinstance(subject, Asset) else ""
    message = f"{files} for the role '{rule.needs}'{about}, expected {expected}"
    return Outcome("fail", expected=expected, message=message, failures=1)


def _partners(role: str, subject: Asset | Document | None, sight: Sight) -> Sequence[Asset]:
    """Return the assets of a role; of those for an asset all whose named parts ({lang}, {reel}) are not other ones."""
    assets = sight.cast.roles.get(role, ())
    if not isinstance(subject, Asset) or not subject.parts:
        return assets
    parts = subject.parts
    return [asset for asset in assets if all(parts.get(name, value) == value for name, value in asset.parts.items())]


def _documents(rule: Rule, subject: Asset | Document | None, sight: Sight) -> Outcome:
    documents = documents_for(rule.needs, subject, sight)
    if not documents:
        about = f" for {printable(path_of(subject), 120)}" if isinstance(subject, Asset) else ""
        return Outcome("fail", expected="present", message=f"the document is missing{about}", failures=1)
    outcomes = [_state(document, sight) for document in documents]
    good = [outcome for outcome in outcomes if outcome.status == "pass"]
    if good:  # one good document serves; a bad twin beside it is judged by rules about that kind
        return good[0]
    return next((outcome for outcome in outcomes if outcome.status == "fail"), outcomes[0])


def documents_for(kind: str, subject: Asset | Document | None, sight: Sight) -> Sequence[Document]:
    """Return the documents of a kind that speak of an asset; of all of them where no asset is meant.

    A document speaks of the asset that the manifest names with it, else of the one whose name its own
    contains, else of the sole asset of the role that needs it.
    """
    documents = sight.cast.documents.get(kind, ())
    if not isinstance(subject, Asset):
        return documents
    named = [document for document in documents if document.of in (subject.path, subject.file.path)]
    if named:
        return named
    free = [document for document in documents if not document.of]
    siblings = {asset.path: asset for role in subject.roles for asset in sight.cast.roles.get(role, ())}
    stem = _stem(subject.file.path)
    alike = [document for document in free if _names(_stem(document.file.path), stem)]
    if alike:
        longer = [other for asset in siblings.values() if len(other := _stem(asset.file.path)) > len(stem)]
        # `licence-song-2` is the licence of `song-2`, though `song` is in it too.
        return [
            document
            for document in alike
            if not any(_names(other, stem) and _names(_stem(document.file.path), other) for other in longer)
        ]
    return free if len(siblings) <= 1 else ()


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.casefold()


def _names(text: str, name: str) -> bool:
    """Say whether a name stands in a text as a word of its own: `1` is in `licence-1`, and not in `licence-11`."""
    at = text.find(name) if name else -1
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not _runs_on(before, name[:1]) and not _runs_on(name[-1:], after):
            return True
        at = text.find(name, at + 1)
    return False


def _runs_on(one: str, other: str) -> bool:
    """Say whether two neighbours are of one word or one number."""
    return (one.isalpha() and other.isalpha()) or (one.isdecimal() and other.isdecimal())


def state_of(document: Document, sight: Sight) -> tuple[DocumentState, tuple[str, ...]]:
    """Return a document's state and what is wrong with it in words."""
    facts = sight.of(document.key)
    state = facts.get(STATE)
    if state is None:
        return "unmeasured", ("no plugin that reads paperwork is installed",)
    if isinstance(state, Unmeasured):
        return "unmeasured", (state.reason,)
    if state.value not in get_args(DocumentState):
        return "unmeasured", (f"its reader says '{printable(str(state.value), 40)}', which is no state of a document",)
    problems = facts.get(PROBLEMS)
    words = () if problems is None or isinstance(problems, Unmeasured) else tuple(problems.value or ())
    return state.value, tuple(printable(str(word)) for word in words)


def _state(document: Document, sight: Sight) -> Outcome:
    state, problems = state_of(document, sight)
    path = printable(document.file.path, 120)
    if state == "present":
        return Outcome("pass", expected="present", message="")
    if state == "unmeasured":
        return Outcome("unmeasured", expected="present", message=f"{path}: {listed(problems)}")
    detail = f": {'; '.join(problems[:3])}" if problems else ""
    more = f" (and {counted(len(problems) - 3, 'more problem')})" if len(problems) > 3 else ""
    return Outcome(
        "fail",
        expected="present",
        message=f"{path} {_WORDS.get(state, state)}{detail}{more}",
        at=({"file": path},),
        failures=1,
    )
