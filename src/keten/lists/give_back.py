"""Give back: writes a sheet again with columns added; no cell of it can run as a formula."""

import csv
import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from keten.errors import UsageError
from keten.lists.added import Added, added_to_list, headings
from keten.lists.columns import GIVEN, fold
from keten.lists.read import LONGEST_CELL, Book, Grid, Value
from keten.lists.things import ThingPreview
from keten.lists.values import write_text
from keten.lists.views import ListView, Preview

RUNS: Final = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would compute
_BOLD: Final = Font(bold=True)
_WIDTHS: Final = (20, 18, 40, 30, 12, 60, 12, 12, 12)


def give_back(
    content: bytes,
    book: Book,
    preview: Preview | ThingPreview,
    added: Mapping[int, Added],
    language: str,
    named: Sequence[str] = (),
) -> tuple[bytes, str]:
    """Give a file as it was read with columns added (headed `named`), and the ending of its name.

    An .xlsx keeps its formats; other workbooks become one of values, delimited text stays text.
    """
    grid = next(one for one in book.grids if one.name == preview.sheet)
    at = preview.layout.heading_at
    heads = list(named) or headings(language)
    if book.kind == "text":
        return _write_text(grid, book.delimiter, at, added, heads), ".csv"
    if content.startswith(b"PK") and _is_xlsx(content):
        return _write_into(content, book, grid, at, added, heads), ".xlsx"
    made = Workbook()
    page = made.worksheets[0]
    page.title = grid.name[:31]
    _fill_page(page, grid)
    _add_columns(page, _first_free(grid, at), at, added, heads)
    return _save(made), ".xlsx"


def write_list(view: ListView, language: str) -> bytes:
    """Give a list as it holds now as a workbook that can be read back."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = (
        "".join(" " if sign in "[]:*?/\\" else sign for sign in view.head.name)[:31].strip()
        or "keten"
    )
    kept = list(view.headings)
    for place, heading in enumerate(kept, 1):
        put(page.cell(1, place), heading)
        page.cell(1, place).font = _BOLD
    for at, row in enumerate(view.rows, 2):
        cells: Mapping[str, Any] = row.value.get("cells", {})
        for place, heading in enumerate(kept, 1):
            put(page.cell(at, place), cells.get(heading))
    added = dict(enumerate(added_to_list(view.rows, language), 2))
    _add_columns(page, len(kept), 0, added, headings(language))
    page.freeze_panes = "A2"
    return _save(book)


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Put a value in a cell so that it is shown and never computed."""
    if isinstance(cell, MergedCell):
        return
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(RUNS)


def guard(text: str) -> str:
    """Give text for a delimited file so that a spreadsheet shows it and never computes it."""
    return f"'{text}" if text.startswith(RUNS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def _write_text(
    grid: Grid, delimiter: str, at: int, added: Mapping[int, Added], heads: list[str]
) -> bytes:
    into = io.StringIO(newline="")
    writer = csv.writer(into, delimiter=delimiter or ";", lineterminator="\r\n")
    free = _first_free(grid, at)
    for place, line in enumerate(grid.lines):
        cells: list[object] = [_as_text(cell) for cell in line[:free]]
        cells += [""] * (free - len(cells))
        if place == at:
            cells += heads
        elif place + 1 in added:
            cells += [_as_text(cell) for cell in added[place + 1]]
        writer.writerow(cells)
    return ("\ufeff" + into.getvalue()).encode()  # by this mark spreadsheets know the encoding


def _as_text(cell: Value) -> str:
    text = write_text(cell)
    return guard(text) if isinstance(cell, str) else text


def _first_free(grid: Grid, at: int) -> int:
    """Give the first column for what is added: that of an earlier time, else behind the last."""
    head = grid.lines[at] if at >= 0 else ()
    for place, cell in enumerate(head):
        if isinstance(cell, str) and fold(cell).startswith(GIVEN):
            return place
    return max((len(line) for line in grid.lines), default=0)


def _fill_page(page: Worksheet, grid: Grid) -> None:
    for at, line in enumerate(grid.lines, 1):
        for place, cell in enumerate(line, 1):
            if cell is not None:
                put(page.cell(at, place), cell)


def _add_columns(
    page: Worksheet, free: int, at: int, added: Mapping[int, Added], heads: list[str]
) -> None:
    for place, heading in enumerate(heads, free + 1):
        width = _WIDTHS[place - free - 1]
        page.column_dimensions[get_column_letter(place)].width = width
        if at >= 0:
            cell = page.cell(at + 1, place)
            put(cell, heading)
            cell.font = _BOLD
    for line, cells in added.items():
        for place, value in enumerate(cells, free + 1):
            put(page.cell(line, place), value)


def _is_xlsx(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return any(name.endswith("xl/workbook.xml") for name in package.namelist())


def _write_into(
    content: bytes, book: Book, grid: Grid, at: int, added: Mapping[int, Added], heads: list[str]
) -> bytes:
    """Give the workbook itself with columns added; formulas become the values that were read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules for typing that are not kept
            made = load_workbook(io.BytesIO(content), keep_links=False)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise UsageError(
            f"{book.name} cannot be written again: {error}.",
            "Save it anew as .xlsx from a spreadsheet, and read that file.",
        ) from error
    grids = {one.name: one for one in book.grids}
    for page in made.worksheets:
        _disarm(page, grids.get(page.title))
    if grid.name not in made.sheetnames:
        raise UsageError(f"{book.name} lost its sheet '{grid.name}'.", "Save it anew as .xlsx.")
    page = made[grid.name]
    free = _first_free(grid, at)
    for line in page.iter_rows(min_col=free + 1, max_col=free + len(_WIDTHS)):
        for cell in line:
            put(cell, None)  # what was added at an earlier time
    _add_columns(page, free, at, added, heads)
    return _save(made)


def _disarm(page: Worksheet, grid: Grid | None) -> None:
    """Put values in the place of formulas, and words as words."""
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell, MergedCell):
                continue
            if cell.data_type == "f":
                put(cell, _read_at(grid, cell.row - 1, cell.column - 1))
            elif isinstance(cell.value, str):
                put(cell, cell.value)
            elif cell.value is not None and not isinstance(
                cell.value, (int, float, bool, date, datetime, time)
            ):
                put(cell, str(cell.value))


def _read_at(grid: Grid | None, line: int, place: int) -> Value:
    if grid is None or line >= len(grid.lines) or place >= len(grid.lines[line]):
        return None
    return grid.lines[line][place]


def _save(book: Workbook) -> bytes:
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def file_name(name: str, ending: str) -> str:
    """Give what a file that is given back is called."""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    plain = "".join(sign if sign.isalnum() or sign in " -_()" else "-" for sign in stem).strip()
    return f"{plain[:80] or 'list'} keten{ending}"
