"""Rows: gives the rows of a sheet by what their cells mean, without totals and headings printed again."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from keten.lists.columns import Column, Layout, fold
from keten.lists.fields import IDENTIFIERS, KEPT, LEFT_OUT
from keten.lists.read import Grid, Line, Value, address
from keten.lists.values import clean, is_empty, write_text
from keten.lists.views import PassedRow, Problem, SheetRow
from keten.model import Text

_TOTAL: Final = re.compile(
    r"(?:sub|eind|grand )?\s?(?:totaal|totalen|total|totals)\b|(?:som|sum|gemiddeld(?:e)?|average|"
    r"aantal(?: bedrijven| organisaties)?)\s*:?\s*$",
    re.IGNORECASE,
)
_NO_NAME: Final = Text("The row names no organisation.", "De rij noemt geen organisatie.")
_ERROR: Final = re.compile(
    r"#(?:N/A|NB|REF!|VERW!|VALUE!|WAARDE!|NAME\?|NAAM\?|DIV/0!|DEEL/0!|NUM!|GETAL!|NULL!)"
)
ERROR_CELL: Final = Text(
    "The cell holds an error of the spreadsheet.", "De cel bevat een fout van het rekenblad."
)  # fmt: skip
_IS_PERSONAL: Final = frozenset({"email"})  # of these only what the organisation shares is kept


def read_rows(grid: Grid, layout: Layout) -> tuple[list[SheetRow], list[PassedRow]]:
    """Give the rows of a list of organisations, and those that are none of it."""
    lines, passed = read_lines(grid, layout)
    return [_read_row(line, at, layout) for at, line in lines], passed


def read_lines(grid: Grid, layout: Layout) -> tuple[list[tuple[int, Line]], list[PassedRow]]:
    """Give the lines below the heading with their places, and those that are none of the list."""
    found: list[tuple[int, Line]] = []
    passed: list[PassedRow] = []
    headings = {column.place: fold(column.heading) for column in layout.columns}
    wide = {top for top, left, bottom, right in grid.merged if top == bottom and right - left >= 2}
    for at in range(layout.heading_at + 1, len(grid.lines)):
        line = grid.lines[at]
        told = [line[column.place] for column in layout.columns if column.place < len(line)]
        filled = [cell for cell in told if cell is not None]
        if not filled:
            continue
        why = _pass_over(line, filled, headings, layout, is_wide=at in wide)
        if why:
            passed.append(PassedRow(at + 1, why, write_text(filled[0])[:80]))
        else:
            found.append((at, line))
    return found, passed


def _pass_over(
    line: Line,
    filled: Sequence[Value],
    headings: dict[int, str],
    layout: Layout,
    *,
    is_wide: bool,
) -> str:
    first = write_text(filled[0])
    identifiers = [layout.place_of(name) for name in IDENTIFIERS]
    bears_number = any(
        place is not None and place < len(line) and not is_empty(line[place])
        for place in identifiers
    )
    if _TOTAL.match(first) and not bears_number and len(filled) <= 1 + _numbers(filled):
        return "total"
    same = sum(
        place < len(line) and line[place] is not None and fold(write_text(line[place])) == text
        for place, text in headings.items()
    )
    if len(filled) > 1 and same == len(filled):
        return "heading"
    return "section" if is_wide and len(filled) == 1 and len(headings) > 2 else ""


def _numbers(filled: Sequence[Value]) -> int:
    return sum(
        isinstance(cell, (int, float)) or bool(re.fullmatch(r"[\d.,€%\s-]+", write_text(cell)))
        for cell in filled[1:]
    )


def _read_row(line: Line, at: int, layout: Layout) -> SheetRow:
    fields: dict[str, str | int | float] = {}
    cells: dict[str, Any] = {}
    problems: list[Problem] = []
    for column, cell in told_cells(line, layout):
        if column.field not in {LEFT_OUT, *_IS_PERSONAL}:
            cells[column.heading] = as_json(cell)
        if column.field in {KEPT, LEFT_OUT}:
            continue
        where = (address(at, column.place), column.heading, write_text(cell)[:200])
        if is_error(cell):
            problems.append(Problem(*where, ERROR_CELL))
            continue
        made, wrong = clean(column.field, cell)
        if wrong is not None:
            problems.append(Problem(*where, wrong))
        if made != "":
            fields[column.field] = made
    _complete(fields)
    if not fields.get("name") and not any(fields.get(name) for name in IDENTIFIERS):
        problems.append(Problem(address(at, layout.place_of("name") or 0), "", "", _NO_NAME))
    key = line[layout.key_at] if layout.key_at is not None and layout.key_at < len(line) else None
    given = write_text(key)
    is_key = re.fullmatch(r"own:[0-9a-f]{12}", given)
    return SheetRow(at + 1, fields, cells, tuple(problems), given if is_key else "")


def told_cells(line: Line, layout: Layout) -> Iterator[tuple[Column, Value]]:
    """Give the cells of a line that say something, each with its column."""
    for column in layout.columns:
        cell = line[column.place] if column.place < len(line) else None
        if cell is not None:
            yield column, cell


def _complete(fields: dict[str, str | int | float]) -> None:
    """Take from one field what belongs in another: a place behind a postcode, a domain of mail."""
    if "name" not in fields and "short_name" in fields:
        fields["name"] = fields["short_name"]
    postcode = str(fields.get("postcode", ""))
    found = re.fullmatch(r"(\d{4})\s?([A-Z]{2})[,\s]+(\S.*)", postcode)
    if found:
        fields["postcode"] = f"{found[1]} {found[2]}"
        fields.setdefault("city", found[3].title())
    mail = str(fields.pop("email", ""))
    domain = clean("website", mail)[0] if "@" in mail else ""
    if domain:
        fields.setdefault("website", domain)
    city = str(fields.get("city", ""))
    behind = re.fullmatch(r"(\d{4}\s?[A-Za-z]{2})[,\s]+(\S.*)", city)
    if behind:
        fields.setdefault("postcode", clean("postcode", behind[1])[0])
        fields["city"] = behind[2]


def is_error(cell: Value) -> bool:
    """Say whether a cell holds an error of the spreadsheet."""
    return isinstance(cell, str) and _ERROR.fullmatch(cell) is not None


def as_json(value: Value) -> Any:
    """Give a value as JSON keeps it: days and times as text."""
    if isinstance(value, (datetime, date, time)):
        return write_text(value)
    return value
