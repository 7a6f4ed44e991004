"""Sheets as people make them, as bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook


def text(lines: Sequence[Sequence[object]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    into = io.StringIO()
    csv.writer(into, delimiter=delimiter).writerows(lines)
    return into.getvalue().encode(encoding)


def workbook(
    sheets: dict[str, Sequence[Sequence[object]]], merged: Sequence[tuple[str, str]] = ()
) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        page = book.create_sheet(name)
        for at, line in enumerate(lines, 1):
            for place, value in enumerate(line, 1):
                page.cell(at, place, value)  # type: ignore[arg-type]
    for name, cells in merged:
        book[name].merge_cells(cells)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()
