"""Workbooks that a page sends: a table as it stands there, of which no cell can run as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from starlette.responses import Response

from keten.lists.give_back import RUNS, put
from keten.lists.read import LONGEST_CELL
from keten.web.reply import PRIVATE

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS: Final = (36, 24, 28, 16)


def send_workbook(
    name: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> Response:
    """Send a table as a workbook for one person, under a name of ours."""
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write_workbook(title, headings, rows), media_type=XLSX, headers=headers)


def write_workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Give a workbook of one sheet; what is no number or day is written as text."""
    book = Workbook(write_only=True)
    page = book.create_sheet("".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31])
    page.freeze_panes = "A2"
    for place in range(1, len(headings) + 1):
        page.column_dimensions[get_column_letter(place)].width = _WIDTHS[min(place, 4) - 1]
    head = [WriteOnlyCell(page) for _ in headings]
    for cell, heading in zip(head, headings, strict=True):
        put(cell, heading)
        cell.font = Font(bold=True)
    page.append(head)
    for row in rows:
        page.append([_cell(page, value) for value in row])
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def _cell(page: WriteOnlyWorksheet, value: object) -> object:
    """Give what stands in a cell; only text that could run needs one of its own."""
    if value is None or (isinstance(value, (int, float, date)) and not isinstance(value, datetime)):
        return value
    text = str(value)
    if text.startswith(RUNS) or len(text) > LONGEST_CELL or ILLEGAL_CHARACTERS_RE.search(text):
        cell = WriteOnlyCell(page)
        put(cell, text)
        return cell
    return text
