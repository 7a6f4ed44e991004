"""The open data at hand: complete to the row and the euro, and equal wherever it is shown."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from keten.atlas.answers import (
    current_organisation,
    list_partners,
    measure,
    outline,
    show_organisation,
    show_project,
    show_region,
)
from keten.evidence import Evidence
from keten.evidence.coverage import measure_coverage, measure_firms
from keten.evidence.dictionary import LEFT_OUT, TABLES, is_internal
from keten.model import Scope
from tests.atlas.walk import find_figures

pytestmark = pytest.mark.real_data


@pytest.mark.parametrize(
    ("filters", "participations", "projects", "millions"),
    [
        ({"programme": "he"}, 119_242, 19_189, "50535.6"),
        ({"programme": "h2020"}, 144_726, 31_451, "59062.1"),
        ({"programme": "he", "country": "NL"}, 7_417, 4_269, "4329.2"),
        ({"programme": "h2020", "country": "NL"}, 9_092, 5_405, "4548.7"),
        ({"programme": "he", "region": "NL"}, 7_417, 4_269, "4329.2"),
    ],
)
def test_it_is_complete(
    real: Evidence, filters: dict[str, str], participations: int, projects: int, millions: str
) -> None:
    con, scope = real.cursor(), Scope.of(**filters)
    assert measure(con, "participations", scope).value == participations
    assert measure(con, "projects", scope).value == projects
    amount = measure(con, "contribution_eur", scope).value
    assert isinstance(amount, Decimal)
    assert round(amount / 1_000_000, 1) == Decimal(millions)


def test_figures_of_many_pages_are_those_of_their_own_address(real: Evidence) -> None:
    con = real.cursor()
    pick = random.Random(20261101)
    organisations = [row[0] for row in con.execute(
        "select organisation_id from organisation order by organisation_id").fetchall()]  # fmt: skip
    projects = [row[0] for row in con.execute(
        "select project_id from project order by project_id").fetchall()]  # fmt: skip
    views: list[object] = [show_organisation(con, one) for one in pick.sample(organisations, 6)]
    views += [
        show_organisation(con, current_organisation(con, "pic:999977366")),
        show_region(con, ("NL11", "NL12", "NL13")),
    ]
    views += [show_project(con, one) for one in pick.sample(projects, 4)]
    views += [show_region(con, (code,)) for code in ("NL", "NL112", "DE1", "EL", "UK", "US")]
    figures = [figure for view in views for figure in find_figures(view)]
    for figure in pick.sample(figures, 250):
        assert measure(con, figure.measure, figure.scope) == figure


def test_the_largest_organisation_has_one_list_of_partners(real: Evidence) -> None:
    con = real.cursor()
    largest = current_organisation(con, "pic:999977366")
    assert list_partners(con, largest, 0, 50)[:10] == show_organisation(con, largest).partners


def test_the_dictionary_tells_of_all_tables(real: Evidence) -> None:
    con = real.cursor()
    names = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert {name for name in names if not is_internal(name)} == set(TABLES)
    for table in TABLES.values():
        columns = con.execute(f"describe {table.name}").fetchall()
        found = [(name, kind) for name, kind, *_ in columns if name not in LEFT_OUT]
        assert found == [(column.name, column.type) for column in table.columns]


def test_every_dutch_region_can_be_drawn(real: Evidence) -> None:
    con = real.cursor()
    codes = con.execute("select code from region where country = 'NL'").fetchall()
    for (code,) in codes:
        view = outline(con, (code,))
        assert view is not None
        assert view.view_box[2] < 500


def test_how_many_subsidised_firms_the_evidence_sees(real: Evidence) -> None:
    con = real.cursor()
    assert measure_firms(con, "subsidised_firms").value == 835
    found = measure_firms(con, "subsidised_firms_found").value
    assert isinstance(found, int)
    assert 140 <= found <= 190  # 153 have just the name of one; what more is found is likelihood
    coverage = measure_coverage(con)
    assert coverage.value == pytest.approx(found / 835)
    assert coverage.interval is not None
    assert coverage.interval.low < found / 835 < coverage.interval.high


def test_rows_of_other_sources_lead_somewhere_once(real: Evidence) -> None:
    con = real.cursor()
    both = "(select source, amount_eur from receipt union all select source, amount_eur from receipt_none)"
    rows = con.execute(
        f"select source, count(*), sum(amount_eur) from {both} group by source order by source"
    ).fetchall()
    assert rows == [
        ("fp7", 30_399, None), ("fp7-network", 135_667, None),
        ("innovation-fund", 299, Decimal("7400765675.80")),
        ("rijk", 25_163, Decimal("4789382037.36")),
        ("structural", 4_010, Decimal("2621697656.00")),
    ]  # fmt: skip
    reasons = con.execute("select distinct reason from receipt_none order by reason").fetchall()
    assert ("unresolved",) not in reasons
    persons = "select source_key from fp7_organisation where is_person"
    shown = con.execute(
        f"select count(*) from receipt where source_key in ({persons}) "
        f"and source_key not in (select source_key from source_organisation)"
    ).fetchone()
    assert shown == (0,)
