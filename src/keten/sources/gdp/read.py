"""Reads Eurostat's own layout: one row a unit and a region, one column a year, flags glued on."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from keten.errors import SourceError
from keten.model import Issue, Package, Reading, Severity, Text
from keten.sources.delivery import MAX_MEMBER_BYTES
from keten.sources.gdp.card import CARD
from keten.sources.gdp.layout import UNITS
from keten.sources.indicators import (
    INDICATOR_NAME,
    Values,
    find_files,
    is_region,
    read_number,
)
from keten.sources.tabular import Sheet, read_sheet

_FILE = re.compile(r"(?:estat_)?nama_10r_3gdp.*\.tsv", re.IGNORECASE)
_KEY: Final = "freq,unit,geo\\TIME_PERIOD"
_YEARLY: Final = "A"
_SHOWN: Final = 200

_BAD_KEY: Final = Text(
    "The row does not begin with frequency, unit and region.",
    "De rij begint niet met frequentie, eenheid en regio.",
)
_NOT_YEARLY: Final = Text("The row is not of whole years.", "De rij gaat niet over hele jaren.")
_REPEATED: Final = Text(
    "Unit and region stand in an earlier row.", "Eenheid en regio staan al in een eerdere rij."
)
_BAD_NUMBER: Final = Text("This is no number.", "Dit is geen getal.")
_NEW_UNIT: Final = Text(
    "Keten does not know this unit; its values are kept under the publisher's code.",
    "Keten kent deze eenheid niet; de waarden zijn bewaard onder de code van de uitgever.",
)
_NEW_COLUMN: Final = Text(
    "Keten does not know this column; it was not read.",
    "Keten kent deze kolom niet; zij is niet gelezen.",
)


def find(root: Path) -> list[Package]:
    """Give the tables of regional product in a data folder."""
    return find_files(root, _FILE, CARD.source)


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read the table; raises SourceError when the file is another table, or none."""
    progress(package.path.name, 0.0)
    sheet = read_sheet(_bytes(package.path), package.path.name)
    if _KEY not in sheet.columns:
        raise SourceError(
            f"{package.path} has no column '{_KEY}'; it begins with: {sheet.found.header[0]}.",
            "Check that it is Eurostat's table nama_10r_3gdp as TSV, or download it again.",
        )
    issues = list(sheet.issues)
    values, names = _read_rows(sheet, issues)
    return Reading(
        package=package,
        files=(sheet.found,),
        tables={
            "indicator": values.table(),
            "indicator_name": pa.Table.from_pylist(list(names.values()), INDICATOR_NAME),
        },
        typed_from={"indicator": 0},
        issues=tuple(issues),
        caveats=tuple(CARD.caveats),
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_MEMBER_BYTES:
            raise SourceError(
                f"{path} is larger than this table can be.", "Download it again from the publisher."
            )
        return path.read_bytes()
    except OSError as trouble:
        raise SourceError(
            f"{path} cannot be read: {trouble}.", "Check its name and rights."
        ) from trouble


def _read_rows(sheet: Sheet, issues: list[Issue]) -> tuple[Values, dict[str, dict[str, Any]]]:
    years = {name: int(name) for name in sheet.columns if re.fullmatch(r"(?:19|20)[0-9]{2}", name)}
    issues.extend(
        Issue("new-column", Severity.NOTE, _NEW_COLUMN, 0, 1, name)
        for name in sheet.columns
        if name != _KEY and name not in years
    )
    cells = {year: sheet.columns[name].to_pylist() for name, year in years.items()}
    values = Values()
    names: dict[str, dict[str, Any]] = {}
    seen: set[str] = set()
    lines = sheet.line.tolist()
    for row, (line, key) in enumerate(zip(lines, sheet.columns[_KEY].to_pylist(), strict=True)):
        trouble = _find_trouble(key or "", seen)
        if trouble is not None:
            code, why = trouble
            issues.append(Issue(code, Severity.ROW_LOST, why, 0, line, _KEY, (key or "")[:_SHOWN]))
            continue
        seen.add(key)
        _, unit, region = key.split(",")
        indicator = f"gdp:{unit}"
        if indicator not in names:
            names[indicator] = _name(indicator, unit, line)
            if unit not in UNITS:
                issues.append(Issue("new-indicator", Severity.NOTE, _NEW_UNIT, 0, line, _KEY, unit))
        written = names[indicator]["unit"]
        for year, column in cells.items():
            number = read_number(column[row])
            if not number.is_read:
                shown = str(column[row])[:_SHOWN]
                issues.append(
                    Issue("bad-number", Severity.VALUE_LOST, _BAD_NUMBER, 0, line, str(year), shown)
                )
            values.add(line, indicator, region, year, number, written)
    return values, names


def _find_trouble(key: str, seen: set[str]) -> tuple[str, Text] | None:
    """Say why a row cannot be used, by a code and in words."""
    parts = key.split(",")
    if len(parts) != 3 or not is_region(parts[2]):
        return "no-key", _BAD_KEY
    if parts[0] != _YEARLY:
        return "not-yearly", _NOT_YEARLY
    if key in seen:
        return "repeated-row", _REPEATED
    return None


def _name(indicator: str, code: str, line: int) -> dict[str, Any]:
    unit = UNITS.get(code)
    return {
        "record_id": line,
        "indicator": indicator,
        "source": CARD.source,
        "title_en": unit.title.en if unit else code,
        "title_nl": unit.title.nl if unit else None,
        "unit": unit.unit if unit else code,
        "period": None,
        "level": None,
        "higher_is_better": unit.higher_is_better if unit else None,
    }
