"""Tables out of CSV and XLSX: rows of cells with the line each stands on."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from deliverlint.values import Json
from deliverlint.wording import printable
from deliverlint_paperwork import office, trouble, words
from deliverlint_paperwork.trouble import UnreadableError

Cell: TypeAlias = str | int | float | bool | None
SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """The header, and each row with its line number; rows are as long as the header, empty cells None."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def from_csv(path: Path) -> Table:
    """Read a CSV, whatever of `, ; tab |` it is parted with; raise UnreadableError."""
    return csv_text(words.decoded(trouble.content(path)))


def csv_text(text: str) -> Table:
    """Read the text of a CSV; blank lines and lines that begin with `#` before the header are left out."""
    separator = _separator(text)
    # A field larger than this is no cell of paperwork; Python's own bound is about the same.
    csv.field_size_limit(trouble.MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return _table(_csv_lines(reader), "CSV")


def _csv_lines(reader: object) -> Iterator[tuple[int, list[Cell]]]:
    try:
        for row in reader:  # type: ignore[attr-defined]
            yield reader.line_num, [cell.strip() or None for cell in row]  # type: ignore[attr-defined]
    except csv.Error as problem:
        line = reader.line_num  # type: ignore[attr-defined]
        raise UnreadableError(f"cannot be read as CSV at line {line}: {problem}") from None


def _separator(text: str) -> str:
    """Take the mark that parts the header into most columns."""
    lines = (line for line in text[:65536].splitlines() if line.strip() and not line.startswith("#"))
    header = next(lines, "")
    return max(SEPARATORS, key=header.count)


def from_xlsx(path: Path) -> Table:
    """Read the first sheet of an XLSX that has a header; formulas give the value they were saved with."""
    office.refuse_hostile(path, "XLSX")
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                raise UnreadableError("has no visible sheet")
            sheet = sheets[0]
            sheet.reset_dimensions()
            cells = sheet.iter_rows(max_col=trouble.MAX_COLUMNS, values_only=True)
            return _table(((line, [_plain(cell) for cell in row]) for line, row in enumerate(cells, 1)), "XLSX")
        finally:
            book.close()
    except UnreadableError:
        raise
    except Exception as problem:  # openpyxl raises anything on a damaged file
        raise UnreadableError(f"is a damaged XLSX: {printable(str(problem), 120)}") from None


def _plain(value: Json) -> Cell:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return str(value).strip()[: trouble.MAX_CELL] or None


def _table(lines: Iterator[tuple[int, list[Cell]]], form: str) -> Table:
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    empty = 0
    for line, cells in lines:
        if not any(cell is not None for cell in cells):
            empty += 1
            if empty > trouble.MAX_ROWS:
                break
            continue
        if not header:
            if str(cells[0] or "").startswith("#"):
                continue
            header = _header(cells)
            continue
        if len(rows) >= trouble.MAX_ROWS:
            raise UnreadableError(f"has more than {trouble.MAX_ROWS} rows")
        beyond = [cell for cell in cells[len(header) :] if cell is not None]
        if beyond:
            shown = printable(str(beyond[0]), 40)
            raise UnreadableError(
                f"has more cells on line {line} than the header has columns ('{shown}' has none): "
                "put text that holds the separator in quotes"
            )
        rows.append((line, (*cells[: len(header)], *[None] * (len(header) - len(cells)))))
    if not header:
        raise UnreadableError(f"is an empty {form}")
    return Table(header, tuple(rows))


def _header(cells: list[Cell]) -> tuple[str, ...]:
    names = [str(cell).strip() if cell is not None else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > trouble.MAX_COLUMNS:
        raise UnreadableError(f"has more than {trouble.MAX_COLUMNS} columns")
    seen: set[str] = set()
    for name in names:
        if name and name.casefold() in seen:
            raise UnreadableError(f"has the column '{printable(name, 60)}' twice")
        seen.add(name.casefold())
    return tuple(names)
