"""Going through phrases: what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from deliverlint.ruleset.model import (
    Aggregate,
    AllIn,
    Between,
    Compare,
    Expectations,
    FactRef,
    Is,
    OneOf,
    Phrase,
    Pick,
    Quantified,
    SameAs,
    Within,
)
from deliverlint.units import FRAME, Quantity


def phrases_in(phrase: Phrase) -> Iterator[Phrase]:
    """Yield a phrase and every phrase inside it."""
    yield phrase
    if isinstance(phrase, OneOf):
        for inner in phrase.phrases:
            yield from phrases_in(inner)
    elif isinstance(phrase, (Quantified, Aggregate)):
        yield from phrases_in(phrase.phrase)
    elif isinstance(phrase, Pick):
        for _, inner in phrase.branches:
            yield from phrases_in(inner)


def refs_in(phrase: Phrase) -> Iterator[FactRef]:
    """Yield the facts that a phrase compares with or picks by."""
    for inner in phrases_in(phrase):
        if isinstance(inner, (SameAs, AllIn)):
            yield inner.other
        elif isinstance(inner, Compare) and inner.share_of:
            yield inner.share_of
        elif isinstance(inner, Pick):
            for fact in inner.facts:
                yield FactRef("", fact)


def counts_frames(phrase: Phrase) -> bool:
    """Say whether a phrase speaks of frames, so that the frame rate is needed to judge it."""
    for inner in phrases_in(phrase):
        quantities: tuple[object, ...] = ()
        if isinstance(inner, Is):
            quantities = (inner.value,)
        elif isinstance(inner, Compare):
            quantities = (inner.limit,)
        elif isinstance(inner, Between):
            quantities = (inner.low, inner.high)
        elif isinstance(inner, Within):
            quantities = (inner.target, inner.tolerance)
        elif isinstance(inner, SameAs):
            quantities = (inner.tolerance,)
        if any(isinstance(item, Quantity) and item.unit == FRAME for item in quantities):
            return True
    return False


def phrases_of(expectations: Expectations) -> Iterator[tuple[str, Phrase]]:
    """Yield (fact, phrase) of a set of expectations."""
    for expectation in expectations:
        yield expectation.fact, expectation.phrase
