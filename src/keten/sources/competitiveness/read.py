"""Reads the workbook of the index: one row a region, one column an indicator, described apart."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from keten.model import Package, Reading, Text
from keten.sources.competitiveness.card import CARD
from keten.sources.competitiveness.layout import (
    CAPITALS,
    DESCRIBED,
    IGNORED_SHEETS,
    INDICATORS,
    KEYS,
    RAW,
    Entry,
)
from keten.sources.indicators import (
    INDICATOR_AREA,
    INDICATOR_NAME,
    Values,
    find_files,
    is_region,
    read_number,
    read_year,
)
from keten.sources.workbook import WorkSheet, read_workbook, tidy

_FILE = re.compile(r"RCI[_ -]?20\d\d.*\.xlsx", re.IGNORECASE)
_EDITION: Final = re.compile(r"20\d\d")

_BAD_REGION: Final = Text(
    "The row names no region that could be read.", "De rij noemt geen regio die te lezen is."
)
_REPEATED: Final = Text(
    "The region stands in an earlier row.", "De regio staat al in een eerdere rij."
)
_BAD_NUMBER: Final = Text("This is no number.", "Dit is geen getal.")
_NEW: Final = Text(
    "Keten does not know this indicator; it was not read.",
    "Keten kent deze indicator niet; hij is niet gelezen.",
)
_UNDESCRIBED: Final = Text(
    "The publisher's list of descriptions does not have this indicator; its unit is not known.",
    "De lijst met beschrijvingen van de uitgever heeft deze indicator niet; de eenheid is onbekend.",
)
_CONTINUES: Final = Text(
    "The row goes on with the description of the row above; it names no indicator.",
    "De rij vervolgt de beschrijving van de rij erboven; zij noemt geen indicator.",
)
_UNUSED: Final = Text(
    "The description is of an indicator that the table of values does not have.",
    "De beschrijving is van een indicator die de tabel met waarden niet heeft.",
)
_BAD_CAPITAL: Final = Text(
    "The row names no part of a capital with its surroundings.",
    "De rij noemt geen deel van een hoofdstad met omgeving.",
)


def find(root: Path) -> list[Package]:
    """Give the workbooks of the index in a data folder."""
    return find_files(root, _FILE, CARD.source)


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read one edition; raises SourceError when the workbook, a sheet or a heading is missing."""
    progress(package.path.name, 0.0)
    edition = _EDITION.search(package.path.name)
    raw, described, capitals = read_workbook(
        package.path, (RAW, DESCRIBED, CAPITALS), IGNORED_SHEETS
    )
    entries = _entries(raw)
    names = _describe(described, raw, entries)
    fallback = int(edition[0]) if edition else 0
    periods = {name: read_year(row["period"]) or fallback for name, row in names.items()}
    return Reading(
        package=package,
        files=(raw.found, described.found, capitals.found),
        tables={
            "indicator": _values(raw, entries, names, periods),
            "indicator_name": pa.Table.from_pylist(list(names.values()), INDICATOR_NAME),
            "indicator_area": _areas(capitals),
        },
        typed_from={"indicator": 0, "indicator_name": 1, "indicator_area": 2},
        issues=tuple(issue for sheet in (raw, described, capitals) for issue in sheet.issues),
        caveats=tuple(CARD.caveats),
    )


def _entries(raw: WorkSheet) -> dict[str, Entry]:
    """Give the indicators by their column; a column that is none becomes an issue."""
    entries: dict[str, Entry] = {}
    for heading in raw.found.header:
        if heading in INDICATORS:
            entries[heading] = INDICATORS[heading]
        elif heading and heading not in KEYS:
            raw.note("new-indicator", _NEW, heading)
    return entries


def _describe(
    described: WorkSheet, raw: WorkSheet, entries: Mapping[str, Entry]
) -> dict[str, dict[str, Any]]:
    """Give the names of indicators, from the publisher's descriptions."""
    wanted = {
        (entry.described_as or heading).casefold(): (heading, entry)
        for heading, entry in entries.items()
    }
    names: dict[str, dict[str, Any]] = {}
    for row in described.rows:
        title = tidy(row.values.get("Indicator name"))
        if not title:
            described.lose(row, "continues-above", _CONTINUES)
            continue
        match = wanted.get(title.casefold())
        if match is None or match[1].name in names:
            described.lose(row, "no-such-indicator", _UNUSED, "Indicator name")
            continue
        heading, entry = match
        names[entry.name] = {
            "record_id": row.record_id,
            "indicator": f"competitiveness:{entry.name}",
            "source": CARD.source,
            "title_en": heading.rstrip("."),
            "title_nl": entry.dutch,
            "unit": tidy(row.values.get("Unit of measurement")),
            "period": tidy(row.values.get("Reference year")),
            "level": tidy(row.values.get("Geographical level")),
            "higher_is_better": entry.higher_is_better,
        }
    for heading, entry in entries.items():
        if entry.name not in names:
            raw.note("no-description", _UNDESCRIBED, heading)
            if not raw.rows:
                continue
            names[entry.name] = {
                "record_id": raw.rows[0].record_id,
                "indicator": f"competitiveness:{entry.name}",
                "source": CARD.source,
                "title_en": heading.rstrip("."),
                "title_nl": entry.dutch,
                "unit": "",
                "period": "",
                "level": "",
                "higher_is_better": entry.higher_is_better,
            }
    return names


def _values(
    raw: WorkSheet,
    entries: Mapping[str, Entry],
    names: Mapping[str, Mapping[str, Any]],
    periods: Mapping[str, int],
) -> pa.Table:
    values = Values()
    seen: set[str] = set()
    for row in raw.rows:
        region = tidy(row.values["NUTS"])
        if not is_region(region):
            raw.lose(row, "no-key", _BAD_REGION, "NUTS")
            continue
        if region in seen:
            raw.lose(row, "repeated-row", _REPEATED, "NUTS")
            continue
        seen.add(region)
        for heading, entry in entries.items():
            number = read_number(row.values.get(heading))
            if not number.is_read:
                raw.doubt(row, "bad-number", _BAD_NUMBER, heading)
            values.add(
                row.record_id,
                f"competitiveness:{entry.name}",
                region,
                periods[entry.name],
                number,
                str(names[entry.name]["unit"]),
            )
    return values.table()


def _areas(capitals: WorkSheet) -> pa.Table:
    """Give which regions were merged; the publisher names the whole only beside its first part."""
    areas: list[dict[str, Any]] = []
    whole, name = "", ""
    for row in capitals.rows:
        whole = tidy(row.values.get("RCI 2.0 2022 Code")) or whole
        name = tidy(row.values.get("RCI 2.0 2022 Name")) or name
        part = tidy(row.values.get("NUTS2 2021 Code"))
        if not whole or not part:
            capitals.lose(row, "no-key", _BAD_CAPITAL, "NUTS2 2021 Code")
            continue
        # The publisher writes B10 where the code is BE10: the country stands in the whole's code.
        code = part if part.startswith(whole[:2]) else whole[:2] + part[1:]
        areas.append(
            {
                "record_id": row.record_id,
                "source": CARD.source,
                "region_published": whole,
                "name": name,
                "part": code,
                "part_name": tidy(row.values.get("NUTS2 2021 Name")),
            }
        )
    return pa.Table.from_pylist(areas, INDICATOR_AREA)
