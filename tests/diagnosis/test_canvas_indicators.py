"""Indicators on today's regions: what is one piece of land comes along, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from keten.diagnosis.indicators import FEWEST_PROJECTS, write_indicators
from keten.evidence.figures import measure
from keten.model import Scope
from tests.diagnosis.made import make_evidence, seat


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = make_evidence()
    yield made
    made.close()


def values(con: duckdb.DuckDBPyConnection, indicator: str) -> dict[str, float]:
    rows = con.execute(
        "select region, value from region_indicator where indicator = ? order by region",
        [indicator],
    ).fetchall()
    return dict(rows)


def test_a_region_comes_along_under_an_old_code_or_as_the_only_part_of_a_larger_one(
    con: duckdb.DuckDBPyConnection,
) -> None:
    write_indicators(con)
    rows = con.execute(
        "select region, region_published, basis from region_indicator "
        "where indicator = 's:skills' and basis <> 'same' order by 1"
    ).fetchall()
    assert rows == [("BB13", "BB19", "recoded"), ("CC10", "CC", "only-part")]
    assert values(con, "s:idle")["CC10"] == 4  # published for CC1, which holds CC10 only


def test_nothing_is_spread_over_parts(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("insert into indicator values (99, 's:wide', 'AA', 2022, 5, 'things', null)")
    write_indicators(con)
    assert values(con, "s:wide") == {}
    assert set(values(con, "s:money")) == {"AA11", "AA12", "BB11", "BB12"}  # split, merged: not
    assert values(con, "s:money")["AA12"] == 4


def test_one_year_is_taken_for_all_regions(con: duckdb.DuckDBPyConnection) -> None:
    write_indicators(con)
    assert values(con, "s:skills")["AA11"] == 10
    years = con.execute(
        "select distinct indicator, year from region_indicator where year is not null"
    ).fetchall()
    assert len(years) == len({indicator for indicator, _ in years})


def test_one_value_for_a_whole_country_is_marked(con: duckdb.DuckDBPyConnection) -> None:
    write_indicators(con)
    rows = con.execute(
        "select distinct substr(region, 1, 2), is_national from region_indicator "
        "where indicator = 's:law' order by 1"
    ).fetchall()
    assert rows == [("AA", True), ("BB", False), ("CC", False)]  # CC has one region only


def test_a_rate_is_the_plain_measure_over_the_size(con: duckdb.DuckDBPyConnection) -> None:
    seat(con, 1001, "he-1", "pic:1", "AA111", role="coordinator")
    seat(con, 1002, "he-1", "pic:2", "AA112", kind="knowledge")
    seat(con, 1003, "he-2", "pic:1", "AA111", amount=None)
    write_indicators(con)
    plain = measure(con, "participations", Scope.of(region="AA11")).value
    assert values(con, "keten:participations")["AA11"] == pytest.approx(
        1000 * float(plain or 0) / 500
    )
    assert values(con, "keten:participations")["BB11"] == 0  # has a size, took no part
    assert values(con, "keten:coordinations")["AA11"] == pytest.approx(2.0)
    assert values(con, "keten:company-contribution")["AA11"] == pytest.approx(100 / 500)
    assert values(con, "keten:company-participations") == {}  # no employment at hand


def test_ties_are_counted_where_there_are_enough_projects(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(FEWEST_PROJECTS):
        seat(con, 1000 + 2 * number, f"he-{number}", "pic:1", "AA111")
        seat(con, 1001 + 2 * number, f"he-{number}", f"pic:{5 + number}", "BB111")
    seat(con, 2000, "he-0", "pic:2", "AA112")
    write_indicators(con)
    assert values(con, "keten:shared-within") == {"AA11": 0.1, "BB11": 0.0}
    # pic:1 met ten in BB11 and pic:2; pic:2 met pic:1 and one in BB11
    assert values(con, "keten:partners")["AA11"] == (11 + 2) / 2


def test_without_files_of_indicators_there_is_an_empty_table() -> None:
    con = make_evidence()
    for table in ("indicator", "indicator_name", "indicator_area"):
        con.execute(f"delete from {table}")
    write_indicators(con)
    assert con.execute("select count(*) from region_indicator").fetchall() == [(0,)]
    con.close()
