"""Rows in aligned columns, the last of which wraps."""

from __future__ import annotations

from collections.abc import Sequence

from deliverlint.report.layout import display_width, pad, safe, wrap
from deliverlint.report.view import View

_GAP = 2
_LEAST = 20  # columns of the last column, however wide the others are


def rows(table: Sequence[Sequence[str]], view: View) -> str:
    """Return the rows as text, the first column bold."""
    cells = [[safe(cell, view.ascii, 2000) for cell in row] for row in table]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)][:-1]
    indent = sum(widths) + _GAP * len(widths)
    lines = []
    for row in cells:
        first, *rest = list(wrap(row[-1], max(_LEAST, view.width - indent))) or [""]
        left = [pad(cell, width) for cell, width in zip(row, widths, strict=False)]
        if view.colour and left:
            left[0] = f"\x1b[1m{left[0]}\x1b[0m"
        lines.append((" " * _GAP).join([*left, first]).rstrip())
        lines.extend(" " * indent + line for line in rest)
    return "\n".join(lines) + "\n"
