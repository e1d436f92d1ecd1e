"""What is wrong with one document, and the state that follows from it."""

from __future__ import annotations

from deliverlint_paperwork import trouble

# The worst first: what cannot be read need not be filled in.
_ORDER = ("unreadable", "blank", "misfit", "unfilled", "expired", "mismatched")


class Findings:
    """Sentences by state, gathered while a document is gone through."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {state: [] for state in _ORDER}

    def unreadable(self, sentence: str) -> None:
        self._found["unreadable"].append(sentence)

    def misfit(self, sentence: str) -> None:
        """It is not the form that was asked for, which comes before all that it says."""
        self._found["misfit"].append(sentence)

    def blank(self, sentence: str) -> None:
        """It is still the template: its form comes when it is filled in."""
        self._found["blank"].append(sentence)

    def unfilled(self, sentence: str) -> None:
        self._found["unfilled"].append(sentence)

    def expired(self, sentence: str) -> None:
        self._found["expired"].append(sentence)

    def mismatched(self, sentence: str) -> None:
        self._found["mismatched"].append(sentence)

    @property
    def is_readable(self) -> bool:
        return not self._found["unreadable"]

    @property
    def state(self) -> str:
        worst = next((state for state in _ORDER if self._found[state]), "present")
        return {"misfit": "mismatched", "blank": "unfilled"}.get(worst, worst)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, the worst first, the same one once."""
        every = dict.fromkeys(sentence for state in _ORDER for sentence in self._found[state])
        return tuple(every)[: trouble.MAX_PROBLEMS]
