"""Reads people's own sheets as they come: workbooks of three kinds and delimited text, as grids of cells.

What the cells mean is for `columns`; nothing here is thrown away but what no cell can hold.
"""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from keten.errors import UsageError

Value = str | int | float | bool | date | datetime | time | None
Line = tuple[Value, ...]

MOST_BYTES: Final = 25_000_000  # as it lies on disk
MOST_UNPACKED: Final = 500_000_000  # a small file can unfold into one that fills the memory
MOST_ROWS: Final = 60_000
MOST_COLUMNS: Final = 300
LONGEST_CELL: Final = 32_767  # what a spreadsheet itself can hold
_DELIMITERS: Final = ";,\t|"
_PROBED: Final = 60  # lines that are looked at for the delimiter
_MOST_BREAKS: Final = 40  # line breaks in one cell beyond which a quote was never closed
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its cells by row, and which of them were merged (first and last row and column)."""

    name: str
    lines: tuple[Line, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A file as it was read: its grids, and for delimited text how it was written."""

    name: str
    kind: str  # workbook | text
    grids: tuple[Grid, ...]
    encoding: str = ""
    delimiter: str = ""


def address(line: int, column: int) -> str:
    """Give the address of a cell as spreadsheets write it; both are counted from nought."""
    return f"{get_column_letter(column + 1)}{line + 1}"


def read_book(content: bytes, name: str) -> Book:
    """Read a file of rows.

    Raises: UsageError when it is none, is too large, or holds nothing.
    """
    if len(content) > MOST_BYTES:
        raise UsageError(
            f"{name} has {len(content)} bytes; {MOST_BYTES} is the most.",
            "Leave out sheets and pictures that do not belong to the list.",
        )
    is_workbook = content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    book = _read_workbook(content, name) if is_workbook else _read_text(content, name)
    if not any(grid.lines for grid in book.grids):
        raise UsageError(
            f"{name} holds no rows.", "Choose a file with a heading and rows below it."
        )
    return book


# --- workbooks --------------------------------------------------------------------------------


def _read_workbook(content: bytes, name: str) -> Book:
    _check_unpacked(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [
            _read_sheet(book.get_sheet_by_name(meta.name), str(meta.visible).endswith("Visible"))
            for meta in book.sheets_metadata
            if str(meta.typ).endswith("WorkSheet")
        ]
    except (CalamineError, ValueError, KeyError, OSError) as error:
        raise UsageError(
            f"{name} cannot be read as a workbook: {error}.",
            "Open it in a spreadsheet and save it anew as .xlsx, without a password.",
        ) from error
    return Book(name, "workbook", tuple(grids))


def _check_unpacked(content: bytes, name: str) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UsageError(
            f"{name} is damaged: {error}.", "Save it anew from the spreadsheet it came from."
        ) from error
    if unpacked > MOST_UNPACKED:
        raise UsageError(
            f"{name} unfolds into {unpacked} bytes; {MOST_UNPACKED} is the most.",
            "Copy the rows of the list into a workbook of their own.",
        )


def _read_sheet(sheet: CalamineSheet, is_visible: bool) -> Grid:
    # Counted before they are read: one stray cell in the last row makes a sheet of a million.
    if sheet.total_height > 20 * MOST_ROWS or sheet.total_width > 20_000:
        raise ValueError(f"sheet '{sheet.name}' reaches to row {sheet.total_height}")
    raw = sheet.to_python(skip_empty_area=False)
    lines = _trim([tuple(_tidy(cell) for cell in line[:MOST_COLUMNS]) for line in raw])
    _check_rows(lines, sheet.name)
    merged = tuple(
        (first[0], first[1], last[0], last[1])
        for first, last in sorted(sheet.merged_cell_ranges or ())
    )
    return Grid(sheet.name, _spread(lines, merged), merged, not is_visible)


def _spread(lines: Sequence[Line], merged: Sequence[tuple[int, int, int, int]]) -> tuple[Line, ...]:
    """Give the first value of cells that were merged downwards to each of them."""
    found = [list(line) for line in lines]
    for top, left, bottom, _ in merged:
        if top >= len(found) or left >= len(found[top]) or bottom == top:
            continue
        for below in range(top + 1, min(bottom + 1, len(found))):
            if left < len(found[below]) and found[below][left] is None:
                found[below][left] = found[top][left]
    return tuple(tuple(line) for line in found)


def _tidy(cell: object) -> Value:
    """Give a value as it can be kept: no text that is only space, no number that is none."""
    if isinstance(cell, str):
        text = "".join(sign for sign in cell if sign >= " " or sign in "\n\t")
        text = text.replace("\ufffe", "").strip(" \n\t\u00a0\u200b\ufeff")
        return text[:LONGEST_CELL] or None
    if isinstance(cell, float):
        if cell != cell or cell in (float("inf"), float("-inf")):
            return None
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    if isinstance(cell, (bool, int, date, datetime, time)):
        return cell
    return None


def _trim(lines: list[Line]) -> list[Line]:
    while lines and all(cell is None for cell in lines[-1]):
        lines.pop()
    return lines


def _check_rows(lines: Sequence[Line], name: str) -> None:
    if len(lines) > MOST_ROWS:
        raise UsageError(
            f"'{name}' has {len(lines)} rows; {MOST_ROWS} is the most.", "Cut it into parts."
        )


# --- delimited text ---------------------------------------------------------------------------


def _read_text(content: bytes, name: str) -> Book:
    text, encoding = _decode(content)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "%pdf")):
        raise UsageError(
            f"{name} is a web page or a document, not a list of rows.",
            "Save it from your spreadsheet as .xlsx or .csv.",
        )
    delimiter, text = _find_delimiter(text)
    lines = _trim(
        [
            tuple(_tidy(_unguard(cell)) for cell in line[:MOST_COLUMNS])
            for line in _split(text, delimiter)
        ]
    )
    _check_rows(lines, name)
    return Book(name, "text", (Grid(name, tuple(lines)),), encoding, delimiter)


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").lstrip("\ufeff"), encoding
    if content[1:2] == b"\0" or content[:1] == b"\0":
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # An old spreadsheet of DOS days has letters where Windows has signs that no name holds.
        if Counter(content)[0x82] + Counter(content)[0x89] > sum(
            Counter(content)[byte] for byte in range(0xC0, 0x100)
        ):
            return content.decode("cp850"), "cp850"
        return content.decode("cp1252", "replace"), "cp1252"


def _find_delimiter(text: str) -> tuple[str, str]:
    """Give the delimiter, and the text without the line that told it."""
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) <= 5:
        return (first.strip()[4:] or "\t")[0], rest
    probe = text[:200_000].splitlines()[:_PROBED]
    best, most = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(probe, delimiter=delimiter) if any(map(str.strip, row))]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
            score = (count / len(rows), width)
            if score[0] * min(width, 6) > most[0] * min(most[1], 6):
                best, most = delimiter, score
    return best, text


def _split(text: str, delimiter: str) -> list[list[str]]:
    """Give rows of cells; where a quote was never closed, the quotes are taken as they stand."""
    csv.field_size_limit(MOST_BYTES)  # one cell may be as long as the file
    text = text.replace("\0", "")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if not any(cell.count("\n") > _MOST_BREAKS for line in lines for cell in line):
            return lines
    except csv.Error:
        pass
    return [
        [cell.strip('"') for cell in line]
        for line in csv.reader(text.splitlines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    ]


def _unguard(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from computing a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r") else cell
