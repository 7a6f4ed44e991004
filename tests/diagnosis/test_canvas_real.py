"""The genuine files of regional indicators, put on today's regions, counted again in another way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

from keten.diagnosis.indicators import write_indicators
from keten.diagnosis.standing import Indicator, read_standing
from keten.evidence.load import Delivery, Loader
from keten.sources import competitiveness, employment, gdp, geography, scoreboard

pytestmark = pytest.mark.real_data
NORTH = ("NL11", "NL12", "NL13")


@pytest.fixture(scope="module")
def con(data_dir: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The indicators and the geography at hand, without any project."""
    made = duckdb.connect()
    loader = Loader(made)
    for source in (competitiveness, employment, gdp, geography, scoreboard):
        loader.add_card(source.CARD)
        for package in source.find(data_dir):
            reading = source.read(package, lambda _what, _share: None)
            loader.add(reading, Delivery(package, "0" * 64, package.path.name), source.CARD)
    made.execute(
        "create table involvement(record_id bigint, project_id varchar, organisation_id varchar, "
        "programme varchar, year smallint, role varchar, contribution_eur decimal(18,2), "
        "country varchar, region varchar, kind varchar)"
    )
    write_indicators(made)
    yield made
    made.close()


def read(con: duckdb.DuckDBPyConnection, name: str) -> Indicator:
    return read_standing(con, [name])[name]


def test_places_are_those_that_counting_by_hand_gives(
    con: duckdb.DuckDBPyConnection, data_dir: Path
) -> None:
    path = data_dir / "regional-indicators" / "RCI_2022.xlsx"
    rows = openpyxl.load_workbook(path, data_only=True)["RCI_2022_raw_data"].values
    heading = next(rows)
    column = heading.index("Quality and accountability")
    # Merged capitals are no region; three regions of Portugal were cut up or ended since.
    known = {
        str(row[0]): float(str(row[column]))
        for row in rows
        if "_" not in str(row[0]) and row[0] not in ("PT16", "PT17", "PT18") and row[column] != "NA"
    }
    found = read(con, "competitiveness:quality")
    assert len(found.values) == len(known) == 222
    for code in NORTH:
        worse = sum(value < known[code] for value in known.values())
        equal = sum(value == known[code] for value in known.values())
        by_hand = 100 * (worse + equal / 2) / len(known)
        assert found.percentiles[code] == pytest.approx(by_hand)


def test_regions_are_followed_through_editions_and_never_spread(
    con: duckdb.DuckDBPyConnection,
) -> None:
    quality = read(con, "competitiveness:quality")
    assert quality.values["NL35"].published == "NL31"  # Utrecht got a new code in 2024
    assert not {"NL23", "NL32", "NL31"} & quality.values.keys()  # merged with Amsterdam; former
    education = read(con, "scoreboard:1.1.2")
    assert not any(region.startswith(("AT1", "UKC")) for region in education.values)
    assert education.values["CY00"].published == "CY"
    assert education.values["FR10"].published == "FR1"


def test_what_is_one_value_for_the_country_is_known_as_such(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for name in ("scoreboard:3.2.1", "scoreboard:2.1.1", "competitiveness:ease-of-business"):
        assert read(con, name).is_national_in(NORTH), name
    for name in ("scoreboard:1.1.2", "scoreboard:2.3.2", "competitiveness:quality"):
        assert not read(con, name).is_national_in(NORTH), name


def test_values_and_flags_are_those_of_the_files(con: duckdb.DuckDBPyConnection) -> None:
    product = read(con, "gdp:MIO_EUR")
    assert (product.year, product.values["NL12"].value) == (2022, 25489.87)
    assert product.values["NL12"].flag == "p"
    assert read(con, "employment:C").values["NL13"].value == 19027
    assert read(con, "scoreboard:1.2.1").values["NL12"].value == 27.78
