"""Intake: reads a workbook back into rows of cells by column, whatever language it was written in."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from keten.errors import UsageError
from keten.model import Text
from keten.programme.columns import ACTIONS, INITIATIVES, MILESTONES, Column, Sheet

MOST_BYTES: Final = 20_000_000  # as it lies on disk
MOST_UNPACKED: Final = 200_000_000  # a small file can unfold into one that fills the memory
MOST_ROWS: Final = 5_000
_READ: Final = (INITIATIVES, ACTIONS, MILESTONES)
_NEEDED: Final = {"actions": "title", "initiatives": "label", "milestones": "title"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a sheet: its place there, its cells by column, and what could not be read."""

    sheet: Sheet
    place: int
    cells: Mapping[str, Any]
    problems: tuple[Text, ...] = ()

    def text(self, name: str) -> str:
        """Give a cell as words."""
        value = self.cells.get(name)
        return "" if value is None else str(value).replace("\r\n", "\n").strip()


@dataclass(frozen=True, slots=True)
class Intake:
    """The rows of each sheet that is there; `passed_over` are sheets and columns nobody knows."""

    rows: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()


def read_book(content: bytes) -> Intake:
    """Read a workbook; raises UsageError when it is none, is too large, or lacks what is needed."""
    if len(content) > MOST_BYTES:
        raise UsageError(
            f"The file has {len(content)} bytes; {MOST_BYTES} is the most.",
            "Leave out sheets and pictures that do not belong to the programme.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
        if unpacked > MOST_UNPACKED:
            raise UsageError(
                f"The file unfolds into {unpacked} bytes; {MOST_UNPACKED} is the most.",
                "Export the programme anew and fill in that workbook.",
            )
        book = load_workbook(io.BytesIO(content))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise UsageError(
            f"The file is no workbook that can be read: {error}.",
            "Save it as an Excel workbook (.xlsx).",
        ) from error
    pages = {page.title.casefold(): page for page in book.worksheets}
    rows, known, strange = {}, set(), []
    for sheet in _READ:
        title = next((name for name in _names(sheet.label) if name in pages), None)
        if title is not None:
            rows[sheet.name], unknown = _read_sheet(pages[title], sheet)
            known.add(title)
            strange += unknown
    if ACTIONS.name not in rows:
        raise UsageError(
            "The workbook has no sheet of actions.",
            f"Call it '{ACTIONS.label.en}' or '{ACTIONS.label.nl}', as the export does.",
        )
    return Intake(rows, tuple(strange))


def _names(label: Text) -> tuple[str, str]:
    return label.en.casefold(), label.nl.casefold()


def _read_sheet(page: Worksheet, sheet: Sheet) -> tuple[tuple[Entry, ...], list[str]]:
    if page.max_row > MOST_ROWS:
        raise UsageError(
            f"Sheet '{page.title}' has {page.max_row} rows; {MOST_ROWS} is the most.",
            "Take away rows that hold nothing.",
        )
    by_heading = {name: column for column in sheet.columns for name in _names(column.label)}
    headings = [str(cell.value or "").strip() for cell in page[1]]
    columns = [by_heading.get(heading.casefold()) for heading in headings]
    found = [column.name for column in columns if column]
    needed = next(column for column in sheet.columns if column.name == _NEEDED[sheet.name])
    if needed.name not in found or len(found) != len(set(found)):
        raise UsageError(
            f"Sheet '{page.title}' does not have each of its columns once.",
            f"Its first row must hold '{needed.label.en}' or '{needed.label.nl}', "
            "and no heading twice.",
        )
    strange = [
        f"{page.title}: {heading}"
        for heading, column in zip(headings, columns, strict=True)
        if heading and column is None
    ]
    entries = []
    for place, line in enumerate(page.iter_rows(min_row=2), 2):
        entry = _read_row(sheet, place, dict(zip(columns, line, strict=False)))
        if any(value is not None for value in entry.cells.values()) or entry.problems:
            entries.append(entry)
    return tuple(entries), strange


def _read_row(sheet: Sheet, place: int, line: Mapping[Column | None, Cell | MergedCell]) -> Entry:
    cells: dict[str, Any] = {}
    problems = []
    for column, cell in line.items():
        if column is None or not column.is_read:
            continue
        label = column.label
        if cell.data_type == "f":
            problems.append(
                Text(
                    f"{label.en}: the cell holds a formula. Put its value there.",
                    f"{label.nl}: de cel bevat een formule. Zet er de waarde neer.",
                )
            )
        elif cell.data_type == "e":
            problems.append(
                Text(
                    f"{label.en}: the cell says {cell.value}.",
                    f"{label.nl}: de cel zegt {cell.value}.",
                )
            )
        else:
            cells[column.name] = _plain(cell.value, column)
    return Entry(sheet, place, cells, tuple(problems))


def _plain(value: Any, column: Column) -> Any:
    """Give a cell's value as its column means it: words for words, whole numbers for numbers."""
    if isinstance(value, str) and not value.strip():
        return None
    if isinstance(value, float) and value.is_integer() and column.kind != "share":
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    if column.kind == "text" and isinstance(value, (int, float, date)):
        return str(value)
    return value
