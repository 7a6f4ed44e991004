"""Reads the workbook of employment in manufacturing: one row is a region and a branch."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from keten.model import Package, Reading, Text
from keten.sources.employment.card import CARD
from keten.sources.employment.layout import IGNORED_SHEETS, SECTORS, SHEET, UNIT
from keten.sources.indicators import (
    INDICATOR_NAME,
    Values,
    find_files,
    is_region,
    read_number,
    read_year,
)
from keten.sources.workbook import Row, WorkSheet, read_workbook, tidy

_FILE = re.compile(r"EMPL_persons.*\.xlsx", re.IGNORECASE)
_SECTOR: Final = re.compile(r"[A-Z][0-9]{0,4}")

_NO_FIGURE: Final = Text(
    "The region is named without a branch or a year: the publisher has no figure for it.",
    "De regio wordt genoemd zonder bedrijfstak of jaar: de uitgever heeft er geen cijfer voor.",
)
_BAD_KEY: Final = Text(
    "The row names no region or branch that could be read.",
    "De rij noemt geen regio of bedrijfstak die te lezen is.",
)
_REPEATED: Final = Text(
    "Region, branch and year stand in an earlier row.",
    "Regio, bedrijfstak en jaar staan al in een eerdere rij.",
)
_BAD_NUMBER: Final = Text("This is no number of persons.", "Dit is geen aantal personen.")
_NEW: Final = Text(
    "Keten does not know this branch; it is kept under its code.",
    "Keten kent deze bedrijfstak niet; hij is bewaard onder zijn code.",
)


def find(root: Path) -> list[Package]:
    """Give the workbooks of employment in a data folder."""
    return find_files(root, _FILE, CARD.source)


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read a delivery; raises SourceError when the workbook, its sheet or a heading is missing."""
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
    region, sector = tidy(row.values["NUTS_ID"]), tidy(row.values["Sector"])
    year = read_year(row.values["Time"])
    if is_region(region) and (not sector or year is None):
        sheet.lose(row, "no-figure", _NO_FIGURE, "NUTS_ID")
        return
    if not is_region(region) or not _SECTOR.fullmatch(sector) or year is None:
        sheet.lose(row, "no-key", _BAD_KEY, "NUTS_ID")
        return
    key = (region, sector, year)
    if key in seen:
        sheet.lose(row, "repeated-row", _REPEATED, "NUTS_ID")
        return
    seen.add(key)
    number = read_number(row.values["Empl_pers"])
    if not number.is_read or (number.value is not None and number.value < 0):
        sheet.doubt(row, "bad-number", _BAD_NUMBER, "Empl_pers")
        number = number._replace(value=None)
    indicator = f"employment:{sector}"
    values.add(row.record_id, indicator, region, year, number, UNIT)
    if indicator not in names:
        title = SECTORS.get(sector)
        names[indicator] = {
            "record_id": row.record_id,
            "indicator": indicator,
            "source": CARD.source,
            "title_en": f"Persons employed, {title.en if title else sector}",
            "title_nl": f"Werkzame personen, {title.nl if title else sector}",
            "unit": UNIT,
            "period": None,
            "level": None,
            "higher_is_better": None,
        }
        if title is None:
            sheet.note("new-indicator", _NEW, "Sector", row.line)
