"""Regional indicators in the publishers' own layouts: every value once, every row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from keten.errors import SourceError
from keten.model import Reading, Severity
from keten.sources import Source, competitiveness, employment, gdp, scoreboard
from keten.sources.indicators import is_region, read_number, read_year
from keten.sources.invented import write_region

ALL: tuple[Source, ...] = (competitiveness, employment, gdp, scoreboard)

SCOREBOARD = [
    ("Indicator", "Year", "Zone", "Country", "CountryName", "Region", "RegionName", "Level",
     "Value", "performance group"),
    ("1.1.2 Population with tertiary education (Regional)", 2023, "EU", "NL", "Netherlands",
     "NL11", "Groningen", 1, 153.59, "Strong"),
    ("1.1.1 New doctorate graduates", 2023, "EU", "NL", "Netherlands", "NL11", "Groningen", 1,
     None, "Strong"),
    ("1.1.2 Population with tertiary education (Regional)", 2023, "EU", "NL", "Netherlands",
     "NL11", "Groningen", 1, 99, "Strong"),
    ("9.9 Something new", 2023, "EU", "AT", "Austria", "AT1", "Ostösterreich", 1, "high", "Leader"),
    ("A remark", None, None, None, None, None, None, None, None, None),
]  # fmt: skip
RAW = [
    ("NUTS", "Region name", "Corruption", "Child mortality", "Lifelong learning ", "Moods", None),
    ("NL_C", "Amsterdam and its commuting zone", 0.9, 3, 20.5, 1, None),
    ("NL11", "Groningen", 0.966, "NA", 23.7, 2, None),
    ("NL11", "Groningen", 0.966, "NA", 23.7, 2, None),
    ("total", None, 1, 1, 1, 1, None),
]
DESCRIBED = [
    (None,),
    ("Pillar name", "Indicator name", "Description", "Unit of measurement", "Source",
     "Reference year", "Geographical level", "Present in RCI 2019"),
    ("Institutions\xa0– regional", "Corruption", "Words.", "z-scores (the higher the better)",
     "An institute", 2021, "NUTS\xa02", "Yes"),
    (None, None, None, None, "(goes on)", None, None, None),
    ("Health", "Infant mortality", "Words.", "Rate", "Eurostat", "3-year average 2017–2019",
     "NUTS\xa02", "Yes"),
    ("Health", "Happiness", "Words.", "Rate", "Eurostat", "2017", "NUTS\xa02", "Yes"),
]  # fmt: skip
CAPITALS = [
    (None, "Note: merged."),
    (None, "Country", "RCI 2.0 2022\nCode", "RCI 2.0 2022\nName", "NUTS2 2021\nCode ",
     "NUTS2  2021\nName"),
    (None, "Belgium", "BE_C", "Brussels", "B10", "Bruxelles"),
    (None, None, None, None, "BE24", "Vlaams-Brabant"),
]  # fmt: skip
EMPLOYMENT = [
    ("NUTS_ID", "NUTS_NAME", "Sector", "Time", "Empl_pers"),
    ("NL11", "Groningen", "C", "2022", 20449),
    ("NL11", "Groningen", "C12", "2022", None),
    ("NL31", "Utrecht", None, None, None),
    ("NL11", "Groningen", "D35", "2022", -4),
]
PRODUCT = (
    "freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \t2022 \n"
    "A,EUR_HAB,NL11\t39200 \t44500 p\t54900 p\n"
    "A,MIO_EUR,NL111\t: \t26203.14 b\t: c\n"
    "A,MIO_XYZ,EU27_2020\t1 \t2 e\tmany \n"
    "Q,MIO_EUR,NL11\t1 \t2 \t3 \n"
    "A,EUR_HAB,NL11\t1 \t2 \t3 \n"
    "nonsense\t1 \t2 \t3 \n"
)


def write(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(exist_ok=True)
    book.save(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a few rows of each delivery."""
    regional = tmp_path / "regional-indicators"
    write(regional / "RIS_2023.xlsx", {"RIS": SCOREBOARD})
    write(
        regional / "RCI_2022.xlsx",
        {
            "Meta": [("Title",)],
            "RCI_2022_raw_data": RAW,
            "RCI_2022_indicators_descr": DESCRIBED,
            "Info aggregated capital regions": CAPITALS,
        },
    )
    write(regional / "EMPL_persons_raw_data.xlsx", {"Sheet1": EMPLOYMENT})
    (tmp_path / "eurostat").mkdir()
    (tmp_path / "eurostat" / "estat_nama_10r_3gdp.tsv").write_text(PRODUCT, encoding="utf-8")
    return tmp_path


def read(source: Source, folder: Path) -> Reading:
    (package,) = source.find(folder)
    return source.read(package, lambda _what, _share: None)


def values(reading: Reading) -> list[tuple[Any, ...]]:
    rows = reading.tables["indicator"].to_pylist()
    return [
        (row["indicator"], row["region_published"], row["year"], row["value"], row["flag"])
        for row in rows
    ]


def codes(reading: Reading) -> list[tuple[str, str]]:
    return sorted((str(issue.severity), issue.code) for issue in reading.issues)


def test_the_scoreboard_keeps_what_is_empty_and_loses_what_is_said_twice(folder: Path) -> None:
    reading = read(scoreboard, folder)
    assert values(reading) == [
        ("scoreboard:1.1.2", "NL11", 2023, 153.59, None),
        ("scoreboard:1.1.1", "NL11", 2023, None, None),
        ("scoreboard:9.9", "AT1", 2023, None, None),
    ]
    assert codes(reading) == [
        ("note", "new-indicator"),
        ("row-lost", "no-key"),
        ("row-lost", "repeated-row"),
        ("value-lost", "bad-number"),
    ]
    first, _, new = reading.tables["indicator_name"].to_pylist()
    assert (first["title_en"], first["title_nl"], first["higher_is_better"]) == (
        "Population with tertiary education",
        "Bevolking met hoger onderwijs",
        True,
    )
    assert (new["title_en"], new["title_nl"]) == ("Something new", None)


def test_the_index_joins_values_with_their_descriptions(folder: Path) -> None:
    reading = read(competitiveness, folder)
    assert ("competitiveness:corruption", "NL11", 2021, 0.966, None) in values(reading)
    assert ("competitiveness:infant-mortality", "NL11", 2019, None, "NA") in values(reading)
    assert ("competitiveness:lifelong-learning", "NL_C", 2022, 20.5, None) in values(reading)
    names = {row["indicator"]: row for row in reading.tables["indicator_name"].to_pylist()}
    assert names["competitiveness:infant-mortality"]["higher_is_better"] is False
    assert names["competitiveness:infant-mortality"]["title_en"] == "Child mortality"
    assert names["competitiveness:lifelong-learning"]["record_id"] == 2
    assert codes(reading) == [
        ("note", "new-indicator"),
        ("note", "no-description"),
        ("row-lost", "continues-above"),
        ("row-lost", "no-key"),
        ("row-lost", "no-such-indicator"),
        ("row-lost", "repeated-row"),
    ]


def test_the_index_says_which_regions_were_merged(folder: Path) -> None:
    areas = read(competitiveness, folder).tables["indicator_area"].to_pylist()
    assert [(row["region_published"], row["part"]) for row in areas] == [
        ("BE_C", "BE10"),
        ("BE_C", "BE24"),
    ]


def test_employment_tells_withheld_from_absent_and_odd(folder: Path) -> None:
    reading = read(employment, folder)
    assert values(reading) == [
        ("employment:C", "NL11", 2022, 20449.0, None),
        ("employment:C12", "NL11", 2022, None, None),
        ("employment:D35", "NL11", 2022, None, None),
    ]
    assert codes(reading) == [
        ("note", "new-indicator"),
        ("row-lost", "no-figure"),
        ("value-lost", "bad-number"),
    ]


def test_product_is_read_with_the_flags_glued_to_it(folder: Path) -> None:
    reading = read(gdp, folder)
    assert values(reading)[:6] == [
        ("gdp:EUR_HAB", "NL11", 2020, 39200.0, None),
        ("gdp:EUR_HAB", "NL11", 2021, 44500.0, "p"),
        ("gdp:EUR_HAB", "NL11", 2022, 54900.0, "p"),
        ("gdp:MIO_EUR", "NL111", 2020, None, ":"),
        ("gdp:MIO_EUR", "NL111", 2021, 26203.14, "b"),
        ("gdp:MIO_EUR", "NL111", 2022, None, ": c"),
    ]
    assert codes(reading) == [
        ("note", "new-indicator"),
        ("row-lost", "no-key"),
        ("row-lost", "not-yearly"),
        ("row-lost", "repeated-row"),
        ("value-lost", "bad-number"),
    ]


def test_another_table_under_the_name_of_product_is_refused(folder: Path) -> None:
    path = folder / "eurostat" / "estat_nama_10r_3gdp.tsv"
    path.write_text("freq\tgeo\nA\tNL\n", encoding="utf-8")
    with pytest.raises(SourceError, match="has no column"):
        read(gdp, folder)


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.CARD.source)
def test_rows_found_are_rows_typed_and_rows_lost(source: Source, folder: Path) -> None:
    account(read(source, folder))


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.CARD.source)
def test_the_invented_land_has_indicators_too(
    source: Source, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "invented-indicators"
    if not folder.exists():
        write_region(folder, organisations=20, seed=3)
    reading = read(source, folder)
    account(reading)
    assert all(row["title_nl"] for row in reading.tables["indicator_name"].to_pylist())
    assert {issue.code for issue in reading.issues} <= {"no-figure"}


@pytest.mark.parametrize(
    ("cell", "value", "flag", "is_read"),
    [
        (12, 12.0, "", True),
        ("5400 p", 5400.0, "p", True),
        ("5400p", 5400.0, "p", True),
        (": ", None, ":", True),
        (": c", None, ": c", True),
        ("NA", None, "NA", True),
        ("-1.5e-3", -0.0015, "", True),
        ("12,5", 12.5, "", True),
        ("1,234", None, "", False),
        (True, None, "", False),
        (None, None, "", True),
    ],
)
def test_numbers(cell: object, value: float | None, flag: str, is_read: bool) -> None:
    assert read_number(cell) == (value, flag, is_read)


def test_years_and_regions() -> None:
    assert read_year("Average 2019 – 2021") == 2021
    assert read_year("RIS 2021") == 2021
    assert read_year("3-year average 2017–2019 and last available year") == 2019
    assert read_year("soon") is None
    assert all(map(is_region, ("NL", "NL11", "NL111", "NL_C", "EU27_2020", "ATZZ")))
    assert not any(map(is_region, ("", "total", "NL1111", "nl11")))


@pytest.mark.parametrize(
    ("source", "rows", "typed", "lost"),
    [
        (scoreboard, 65_675, 65_675, 0),
        (competitiveness, 320, 15_912, 3),
        (employment, 6_479, 6_474, 5),
        (gdp, 12_453, 286_419, 0),
    ],
    ids=lambda value: value.CARD.source if hasattr(value, "CARD") else None,
)
@pytest.mark.real_data
def test_the_genuine_files(
    source: Source, rows: int, typed: int, lost: int, data_dir: Path
) -> None:
    reading = read(source, data_dir)
    account(reading)
    assert sum(len(found.line) for found in reading.files) == rows
    assert reading.tables["indicator"].num_rows == typed
    assert sum(issue.severity is Severity.ROW_LOST for issue in reading.issues) == lost
    assert {issue.code for issue in reading.issues} <= {"no-figure", "continues-above"}
    assert all(row["title_nl"] for row in reading.tables["indicator_name"].to_pylist())


@pytest.mark.real_data
def test_genuine_values_are_those_of_the_files(data_file: Callable[[str], Path]) -> None:
    index = set(values(read(competitiveness, data_file("regional-indicators").parent)))
    assert ("competitiveness:unemployment", "NL11", 2021, 5.363267852, None) in index  # a formula
    product = set(values(read(gdp, data_file("eurostat").parent)))
    assert ("gdp:EUR_HAB", "NL12", 2022, 38800.0, "p") in product


def account(reading: Reading) -> None:
    """Holds the rows of every file against the tables made from it and the rows that were lost."""
    for index, found in enumerate(reading.files):
        typed = [
            reading.tables[name].column("record_id").to_numpy()
            for name, file in reading.typed_from.items()
            if file == index
        ]
        ids = np.unique(np.concatenate(typed))
        lines = ids[ids >> 32 == index] & ((1 << 32) - 1)
        lost = [
            issue.line
            for issue in reading.issues
            if issue.file == index and issue.severity is Severity.ROW_LOST
        ]
        assert sorted([*lines.tolist(), *lost]) == found.line.to_pylist()
