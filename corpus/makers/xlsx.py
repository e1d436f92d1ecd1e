"""Small XLSX files by openpyxl, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

_DAY = (2026, 1, 1, 0, 0, 0)
_STAMP = b"2026-01-01T00:00:00Z"


def sheet(path: Path, rows: Sequence[Sequence[object]], title: str = "Sheet1") -> None:
    """Write rows as the one sheet of a workbook; times are fixed and nothing is compressed."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as fixed:
        for entry in made.infolist():
            content = made.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STAMP, content)
            fixed.writestr(zipfile.ZipInfo(entry.filename, _DAY), content)
