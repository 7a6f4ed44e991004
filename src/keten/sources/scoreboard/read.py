"""Reads the workbook of the Regional Innovation Scoreboard: one row is one value."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from keten.model import Package, Reading, Text
from keten.sources.indicators import (
    INDICATOR_NAME,
    Values,
    find_files,
    is_region,
    read_number,
    read_year,
)
from keten.sources.scoreboard.card import CARD
from keten.sources.scoreboard.layout import CONTEXT_UNIT, IGNORED_SHEETS, SHEET, TITLES, UNIT
from keten.sources.workbook import Row, WorkSheet, read_workbook, tidy

_FILE = re.compile(r"RIS[_ -]?20\d\d.*\.xlsx", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"([0-9](?:[.,][0-9]+)*)\s+(.+)")
_REMARK: Final = re.compile(r"\s*\((?:Regional|SD)\)\s*$")

_NO_VALUE: Final = Text(
    "The row names no indicator, region or year that could be read.",
    "De rij noemt geen indicator, regio of jaar dat te lezen is.",
)
_REPEATED: Final = Text(
    "Indicator, region and year stand in an earlier row.",
    "Indicator, regio en jaar staan al in een eerdere rij.",
)
_BAD_NUMBER: Final = Text("This is no number.", "Dit is geen getal.")
_NEW: Final = Text(
    "Keten does not know this indicator; it is kept under the publisher's English name.",
    "Keten kent deze indicator niet; hij is bewaard onder de Engelse naam van de uitgever.",
)


def find(root: Path) -> list[Package]:
    """Give the workbooks of the scoreboard in a data folder."""
    return find_files(root, _FILE, CARD.source)


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read one edition; raises SourceError when the workbook, its sheet or a heading is missing."""
    progress(package.path.name, 0.0)
    (sheet,) = read_workbook(package.path, (SHEET,), IGNORED_SHEETS)
    values = Values()
    names: dict[str, dict[str, Any]] = {}
    seen: set[tuple[str, str, int]] = set()
    for row in sheet.rows:
        _read_row(sheet, row, values, names, seen)
    return Reading(
        package=package,
        files=(sheet.found,),
        tables={
            "indicator": values.table(),
            "indicator_name": pa.Table.from_pylist(list(names.values()), INDICATOR_NAME),
        },
        typed_from={"indicator": 0},
        issues=tuple(sheet.issues),
        caveats=tuple(CARD.caveats),
    )


def _read_row(
    sheet: WorkSheet,
    row: Row,
    values: Values,
    names: dict[str, dict[str, Any]],
    seen: set[tuple[str, str, int]],
) -> None:
    named = _NUMBERED.fullmatch(tidy(row.values["Indicator"]))
    region = tidy(row.values["Region"])
    year = read_year(row.values["Year"])
    if named is None or not is_region(region) or year is None:
        sheet.lose(row, "no-key", _NO_VALUE, "Indicator")
        return
    number, title = named[1], _REMARK.sub("", named[2])
    key = (number, region, year)
    if key in seen:
        sheet.lose(row, "repeated-row", _REPEATED, "Region")
        return
    seen.add(key)
    value = read_number(row.values["Value"])
    if not value.is_read:
        sheet.doubt(row, "bad-number", _BAD_NUMBER, "Value")
    indicator = f"scoreboard:{number}"
    unit = CONTEXT_UNIT if number.startswith("5") else UNIT
    values.add(row.record_id, indicator, region, year, value, unit)
    if indicator not in names:
        known = TITLES.get(number)
        names[indicator] = {
            "record_id": row.record_id,
            "indicator": indicator,
            "source": CARD.source,
            "title_en": title,
            "title_nl": known.nl if known else None,
            "unit": unit,
            "period": None,
            "level": None,
            "higher_is_better": None if number.startswith("5") else True,
        }
        if known is None:
            sheet.note("new-indicator", _NEW, "Indicator", row.line)
