"""Reads spreadsheets as publishers deliver them: a sheet is a file of rows; what they mean is for others.

Values of formulas are those that the publisher's program last worked out and saved. A row is kept as
delimited text (semicolons), since that is how a person can look at it again.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

import openpyxl
import pyarrow as pa

from keten.errors import SourceError
from keten.model import Found, Issue, Severity, Text
from keten.sources.delivery import read_member

Cell = object
DELIMITER: Final = ";"
FILE_STRIDE: Final = 2**32  # record_id = index of the file * FILE_STRIDE + line
_HEAD_ROWS: Final = 30  # titles and notes that may stand above the heading
_SHOWN: Final = 200
_DAMAGE: Final = (
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    OSError,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet that is read: the headings it must have, and those left aside with the reason."""

    name: str
    required: tuple[str, ...]
    ignored: Mapping[str, str] = field(default_factory=dict)
    used: tuple[str, ...] = ()  # besides the required ones
    takes_any_column: bool = False  # further columns are values too, and known to the reader


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its line and its values by heading."""

    line: int
    record_id: int
    values: Mapping[str, Cell]


@dataclass(slots=True)
class WorkSheet:
    """One sheet as it was found, with its rows and what was odd about them."""

    index: int
    found: Found
    rows: list[Row]
    issues: list[Issue]

    def lose(self, row: Row, code: str, message: Text, column: str = "") -> None:
        """Note that a row is in no table."""
        self._say(row, code, Severity.ROW_LOST, message, column)

    def doubt(self, row: Row, code: str, message: Text, column: str = "") -> None:
        """Note that one value of a row could not be used."""
        self._say(row, code, Severity.VALUE_LOST, message, column)

    def note(self, code: str, message: Text, column: str = "", line: int = 0) -> None:
        """Note what somebody should know, though nothing is lost."""
        self.issues.append(Issue(code, Severity.NOTE, message, self.index, line, column))

    def _say(self, row: Row, code: str, severity: Severity, message: Text, column: str) -> None:
        value = write_cell(row.values.get(column))[:_SHOWN]
        self.issues.append(Issue(code, severity, message, self.index, row.line, column, value))


def read_workbook(
    path: Path, layouts: Sequence[SheetLayout], ignored: Mapping[str, str]
) -> list[WorkSheet]:
    """Read the sheets that have a layout, in that order; one that is neither named becomes an issue.

    Raises: SourceError when the file is no workbook, or lacks a sheet or a heading.
    """
    read_member(path, "[Content_Types].xml")  # says in words when this is no whole zip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and rules for typing, which are not read
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                grids: dict[str, list[tuple[Cell, ...]]] = {
                    sheet.title: [tuple(cells) for cells in sheet.iter_rows(values_only=True)]
                    for sheet in book.worksheets
                    if sheet.title not in ignored
                }
            finally:
                book.close()
        except _DAMAGE as damage:
            raise SourceError(
                f"{path} cannot be read as a workbook: {damage}.",
                "Download it again from the publisher.",
            ) from damage
    sheets = [
        read_grid(
            path,
            index,
            layout,
            _pick(path, grids, layout),
            name=f"{path.name} [{layout.name}]",
            encoding="xlsx",
        )
        for index, layout in enumerate(layouts)
    ]
    known = {layout.name for layout in layouts}
    sheets[0].issues.extend(
        Issue("new-sheet", Severity.NOTE, _NEW_SHEET, sheets[0].index, 0, title)
        for title in grids
        if title not in known
    )
    return sheets


_NEW_SHEET: Final = Text(
    "Keten does not know this sheet; it was not read.",
    "Keten kent dit werkblad niet; het is niet gelezen.",
)
_NEW_COLUMN: Final = Text(
    "Keten does not know this column; it was not read.",
    "Keten kent deze kolom niet; zij is niet gelezen.",
)
_NO_HEADING: Final = Text(
    "A column holds values but has no heading; it was not read.",
    "Een kolom bevat waarden maar heeft geen kop; zij is niet gelezen.",
)


def _pick(
    path: Path, grids: Mapping[str, list[tuple[Cell, ...]]], layout: SheetLayout
) -> list[tuple[Cell, ...]]:
    grid = grids.get(layout.name)
    if grid is None:
        raise SourceError(
            f"{path} has no sheet '{layout.name}'; its sheets are: {', '.join(grids)}.",
            "Check that it is the publisher's workbook as delivered, or download it again.",
        )
    return grid


def read_grid(
    path: Path,
    index: int,
    layout: SheetLayout,
    grid: Sequence[tuple[Cell, ...]],
    *,
    name: str,
    encoding: str,
) -> WorkSheet:
    """Give a sheet of its cells, row by row; raises SourceError when it lacks a heading."""
    at, header = _find_header(path, layout, grid)
    lines: list[int] = []
    texts: list[str] = []
    rows: list[Row] = []
    named = [(place, name) for place, name in enumerate(header) if name]
    unnamed = [place for place, name in enumerate(header) if not name]
    has_stray = False
    for line, cells in enumerate(grid[at + 1 :], at + 2):
        if all(cell is None or cell == "" for cell in cells):
            continue
        lines.append(line)
        texts.append(write_row(cells[: len(header)]))
        values = {name: cells[place] if place < len(cells) else None for place, name in named}
        rows.append(Row(line, index * FILE_STRIDE + line, values))
        stray = [
            *(place for place in unnamed if place < len(cells)),
            *range(len(header), len(cells)),
        ]
        has_stray = has_stray or any(cells[place] is not None for place in stray)
    found = Found(
        name=name,
        header=header,
        delimiter=DELIMITER,
        encoding=encoding,
        size_bytes=path.stat().st_size,
        line=pa.array(lines, pa.int64()),
        text=pa.array(texts, pa.large_string()),
    )
    sheet = WorkSheet(index, found, rows, [])
    if has_stray:
        sheet.note("no-heading", _NO_HEADING, line=at + 1)
    if not layout.takes_any_column:
        known = {*layout.required, *layout.used, *layout.ignored}
        for name in header:
            if name and name not in known:
                sheet.note("new-column", _NEW_COLUMN, name, at + 1)
    return sheet


def _find_header(
    path: Path, layout: SheetLayout, grid: Sequence[tuple[Cell, ...]]
) -> tuple[int, tuple[str, ...]]:
    """Give where the heading stands and its names; empty columns at its end are no columns."""
    for at, cells in enumerate(grid[:_HEAD_ROWS]):
        names = tuple(tidy(cell) for cell in cells)
        if set(layout.required) <= set(names):
            while names and not names[-1]:
                names = names[:-1]
            return at, names
    raise SourceError(
        f"Sheet '{layout.name}' of {path} has no heading with {', '.join(layout.required)}.",
        "Check that it is the publisher's workbook as delivered; columns may have been renamed.",
    )


def tidy(cell: Cell) -> str:
    """Give a cell as text with single spaces; line breaks and hard spaces count as spaces."""
    return " ".join(write_cell(cell).split())


def write_cell(cell: Cell) -> str:
    """Write a value as it would stand in delimited text; a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def write_row(cells: Sequence[Cell]) -> str:
    """Write a row as delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=DELIMITER, lineterminator="").writerow(map(write_cell, cells))
    return text.getvalue()
