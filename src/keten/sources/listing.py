"""A list of delimited text that is typed row by row: for files of thousands of rows, not millions."""

import html
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import pyarrow as pa

from keten.errors import SourceError
from keten.model import Found, Issue, Package, Severity, Text
from keten.sources.delivery import read_member
from keten.sources.tabular import read_sheet
from keten.sources.withholding import (
    UNREADABLE,
    blank_issue,
    blank_rows,
    blank_texts,
    tell_withheld,
)
from keten.sources.workbook import FILE_STRIDE, Row, SheetLayout, WorkSheet, tidy

_NEW_COLUMN: Final = Text(
    "Keten does not know this column; it was not read.",
    "Keten kent deze kolom niet; zij is niet gelezen.",
)
_NO_AMOUNT: Final = Text("This is no amount in euros.", "Dit is geen bedrag in euro's.")
_NO_DAY: Final = Text("This is no date.", "Dit is geen datum.")
_CENT: Final = Decimal("0.01")
_GROUPED: Final = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?(?:,?-)?")
_DAYS: Final = (
    re.compile(r"(?P<d>\d{1,2})[.\-/](?P<m>\d{1,2})[.\-/](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?: 00:00:00)?"),
)


def read_listing(
    package: Package,
    member: str,
    layout: SheetLayout,
    index: int = 0,
) -> WorkSheet:
    """Read a member of a package (or the file that it is) with all its rows.

    Raises: SourceError when a heading is missing, or the file is no delimited text.
    """
    folder = package.path if package.path.is_dir() else package.path.parent
    sheet = read_sheet(read_member(folder, member), member, file=index)
    found = replace(sheet.found, header=tuple(tidy(name) for name in sheet.found.header))
    missing = [name for name in layout.required if name not in found.header]
    if missing:
        raise SourceError(
            f"{member} has no column {', '.join(missing)}.",
            "Check that it is the publisher's file as delivered, or download it again.",
        )
    columns = {tidy(name): column.to_pylist() for name, column in sheet.columns.items()}
    rows = [
        Row(
            line, index * FILE_STRIDE + line, {name: column[at] for name, column in columns.items()}
        )
        for at, line in enumerate(sheet.line.tolist())
    ]
    known = {*layout.required, *layout.used, *layout.ignored}
    new = [
        Issue("new-column", Severity.NOTE, _NEW_COLUMN, index, 1, name)
        for name in found.header
        if name and name not in known
    ]
    return WorkSheet(index, found, rows, [*sheet.issues, *new])


def read_word(row: Row, heading: str) -> str | None:
    """Give a value as text with its spaces tidied, and `&amp;` as the sign it stands for; None where
    empty."""
    return html.unescape(tidy(row.values.get(heading))) or None


def read_euros(sheet: WorkSheet, row: Row, heading: str) -> Decimal | None:
    """Give an amount in the Dutch spelling: points between thousands, perhaps a euro sign."""
    cell = row.values.get(heading)
    if isinstance(cell, int | float):  # a workbook holds numbers
        return Decimal(str(cell)).quantize(_CENT)
    text = (read_word(row, heading) or "").replace("€", "").replace(" ", "")
    if not text:
        return None
    match = _GROUPED.fullmatch(text)
    if match is None:
        sheet.doubt(row, "bad-amount", _NO_AMOUNT, heading)
        return None
    return Decimal(f"{match[1]}{match[2].replace('.', '')}.{match[3] or '00'}")


def read_day(sheet: WorkSheet, row: Row, heading: str) -> date | None:
    """Give a day written as dd.mm.yyyy, d-m-yyyy or yyyy-mm-dd; None where empty."""
    cell = row.values.get(heading)
    if isinstance(cell, date):  # a workbook holds days, some with an hour that nobody meant
        return cell.date() if isinstance(cell, datetime) else cell
    text = read_word(row, heading)
    if text is None:
        return None
    for pattern in _DAYS:
        if match := pattern.fullmatch(text):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                break
    sheet.doubt(row, "bad-date", _NO_DAY, heading)
    return None


def make_table(schema: pa.Schema, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Make a table of rows, empty where a row says nothing of a column."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=schema)


def withhold_persons(
    sheet: WorkSheet, persons: Collection[int], headings: Collection[str], column: str
) -> Found:
    """Give the file as found without what leads to persons; its issues lose the same, and tell it.

    `persons` are lines. Rows that could not be read may hold a name too, so they are left out whole.
    """
    found = blank_rows(sheet.found, persons, headings)
    read = {row.line for row in sheet.rows}
    lost = [line for line in found.line.to_pylist() if line not in read]
    found = blank_texts(found, dict.fromkeys(lost, UNREADABLE))
    hidden = {*persons, *lost}
    rows = {line: at for at, line in enumerate(found.line.to_pylist()) if line in hidden}
    sheet.issues[:] = [blank_issue(issue, found, rows, headings) for issue in sheet.issues]
    if persons:
        sheet.note("names-withheld", tell_withheld(len(persons), len(sheet.rows)), column)
    return found
