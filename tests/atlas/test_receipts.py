"""What other sources say of an organisation and a region, as faces show it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from keten.atlas.answers import (
    explain,
    list_receipts,
    measure,
    record_ids,
    show_other_sources,
    show_region_receipts,
)
from keten.evidence.receipts import write_receipts
from keten.evidence.resolve.keys import key_recipient
from keten.model import Scope
from tests.atlas.made import make_atlas
from tests.atlas.walk import find_figures

LIST = 50 << 32  # numbers that no row of the small evidence has


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = make_atlas()
    made.executemany(
        "insert into subsidy values (?, 2015, 'M', 'MIT', 'Alpha B.V.', 'organisation', true, '1', ?)",
        [(LIST + place, f"{place}.25") for place in range(1, 13)],
    )
    made.executemany(
        "insert into fp7_participation values (?, ?, 'fp7:100', 'fp7')",
        [(LIST + 100, "9001"), (LIST + 101, "9002")],
    )
    made.executemany(
        "insert into same_as values (?, 'pic:100', false, 'match', .9, null)",
        [(key_recipient("Alpha B.V."),), ("fp7:100",)],
    )
    assert write_receipts(made) == []
    yield made
    made.close()


def test_the_page_of_an_organisation(con: duckdb.DuckDBPyConnection) -> None:
    view = show_other_sources(con, "pic:100")
    assert [(figure.measure, figure.value) for figure in view.figures] == [
        ("fp7_projects", 2), ("subsidies_eur", Decimal("81.00")),
    ]  # fmt: skip
    assert view.total.value == 14
    assert [row.list for row in view.receipts] == ["rijk"] * 10
    assert list_receipts(con, "pic:100", 12, 10)[0].project_id == "fp7-rcn-9001"
    assert ("pic", "100") in [(each.register, each.number) for each in view.identifiers]
    assert view.identifiers[0].address.endswith("/100")
    for figure in find_figures(view):
        assert measure(con, figure.measure, figure.scope) == figure
    nothing = show_other_sources(con, "pic:200")
    assert (nothing.figures, nothing.receipts, nothing.total.value) == ((), (), 0)


def test_a_figure_leads_to_its_rows_and_says_of_how_many(con: duckdb.DuckDBPyConnection) -> None:
    scope = Scope.of(organisation="pic:100")
    rows = list(record_ids(con, "subsidies_eur", scope))
    assert rows == [LIST + place for place in range(1, 13)]
    view = explain(con, "subsidies_eur", scope)
    assert view.coverage_of is not None
    assert view.coverage_of.value == 12
    assert view.coverage_of.scope.as_dict()["list"] == "rijk"
    assert measure(con, view.records_total.measure, view.records_total.scope).value == 12


def test_a_region_says_how_much_could_be_placed(con: duckdb.DuckDBPyConnection) -> None:
    view = show_region_receipts(con, ("NL11",))
    assert [figure.value for figure in view.figures] == [2, Decimal("81.00")]
    assert (view.placed.value, view.total.value) == (14, 14)
    assert show_region_receipts(con, ("DE",)).figures == ()
