"""Workbooks that a page sends: a table as it stands there, of which no cell can run as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from starlette.responses import Response

from keten.lists.give_back import put
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
    book = Workbook()
    page = book.worksheets[0]
    page.title = "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31]
    for place, heading in enumerate(headings, 1):
        put(page.cell(1, place), heading)
        page.cell(1, place).font = Font(bold=True)
        page.column_dimensions[get_column_letter(place)].width = _WIDTHS[min(place, 4) - 1]
    for at, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            is_plain = isinstance(value, (int, float, date)) and not isinstance(value, datetime)
            if value is not None:
                put(page.cell(at, place), value if is_plain else str(value))  # type: ignore[arg-type]
    page.freeze_panes = "A2"
    into = BytesIO()
    book.save(into)
    return into.getvalue()
