"""How a report is to look; what every format's `render(checklist, view)` is given."""

from __future__ import annotations

from deliverlint.frozen import frozen


@frozen
class View:
    """What the reader can see and wants to see.

    width    columns of the page
    colour   terminal colours are welcome
    ascii    nothing but ASCII can be shown
    quiet    one line for each finding, and the verdict
    verbose  what passes and does not apply too, and no list cut short
    statistics  how often each rule fails
    known    positions in `checklist.results` of findings that the baseline already has
    """

    width: int = 100
    colour: bool = False
    ascii: bool = False
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    known: frozenset[int] = frozenset()
