"""Tables: rows of cells as a workbook or as delimited text, none of which a spreadsheet computes."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from keten.lists.give_back import guard, put
from keten.lists.read import Value
from keten.lists.values import write_text

Rows = Sequence[Sequence[Value]]
_BOLD: Final = Font(bold=True)
_WRAP: Final = Alignment(wrap_text=True, vertical="top")
_WIDEST: Final = 60


def write_csv(rows: Rows) -> bytes:
    """Give rows as delimited text, with the mark by which spreadsheets know the encoding."""
    into = io.StringIO(newline="")
    writer = csv.writer(into, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            guard(text) if isinstance(cell, str) else text
            for cell in row
            for text in [write_text(cell)]
        )
    return ("\ufeff" + into.getvalue()).encode()


def write_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """Give sheets of rows by their titles; the first row of each is its heading."""
    book = Workbook()
    for old in book.worksheets:
        book.remove(old)
    for title, rows in sheets.items():
        page = book.create_sheet(_title(title))
        for at, row in enumerate(rows, 1):
            for place, cell in enumerate(row, 1):
                if cell is not None and cell != "":
                    put(page.cell(at, place), cell)
                    page.cell(at, place).alignment = _WRAP
                    if at == 1:
                        page.cell(at, place).font = _BOLD
        for place in range(1, max((len(row) for row in rows), default=0) + 1):
            widest = max(len(write_text(row[place - 1])) for row in rows if len(row) >= place)
            page.column_dimensions[get_column_letter(place)].width = min(widest, _WIDEST) + 3
        page.freeze_panes = "B2"
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _title(text: str) -> str:
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in text)[:31].strip()
    return plain or "keten"
