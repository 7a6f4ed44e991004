"""Why: every figure leads to its source rows as found, and these rows give its value again."""

from __future__ import annotations

import duckdb
import pytest

from keten.atlas.answers import (
    explain,
    list_organisations,
    measure,
    record_ids,
    show_organisation,
    show_project,
    show_record,
    show_region,
)
from keten.atlas.why import read_records
from keten.errors import NotFoundError, UsageError
from keten.model import Figure, Label, Scope
from tests.atlas.walk import find_figures, recompute

_RECOMPUTED = {
    "participations", "projects", "organisations", "partners", "shared_projects", "countries",
    "contribution_eur", "net_contribution_eur", "fields_coverage",
}  # fmt: skip


def hold(con: duckdb.DuckDBPyConnection, figure: Figure) -> bool:
    """Recompute a figure from the rows listed for it; False when its measure is not of that kind."""
    rows = list(record_ids(con, figure.measure, figure.scope))
    assert rows == sorted(set(rows))
    if figure.measure not in _RECOMPUTED:
        return False
    assert recompute(figure, list(read_records(con, rows))) == figure.value
    return True


@pytest.mark.parametrize("identifier", ["pic:100", "pic:200", "pic:300", "pic:400", "pic:600"])
def test_the_figures_of_an_organisation(con: duckdb.DuckDBPyConnection, identifier: str) -> None:
    held = [hold(con, figure) for figure in find_figures(show_organisation(con, identifier))]
    assert all(held)


@pytest.mark.parametrize("identifier", ["he-1", "he-2", "he-3", "h2020-1"])
def test_the_figures_of_a_project(con: duckdb.DuckDBPyConnection, identifier: str) -> None:
    assert sum(hold(con, figure) for figure in find_figures(show_project(con, identifier))) > 4


@pytest.mark.parametrize("codes", [("NL",), ("NL112",), ("NL11", "NL12"), ("DE",), ()])
def test_the_figures_of_a_region(con: duckdb.DuckDBPyConnection, codes: tuple[str, ...]) -> None:
    for figure in find_figures(show_region(con, codes)):
        hold(con, figure)


def test_an_explanation_says_all_there_is_to_say(con: duckdb.DuckDBPyConnection) -> None:
    scope = Scope.of(organisation="pic:200", field="/23/53")
    view = explain(con, "contribution_eur", scope, language="nl")
    assert view.figure == measure(con, "contribution_eur", scope)
    assert view.title == "EU-bijdrage"
    assert "ecContribution" in view.method
    assert "$organisation = 'pic:200'" in view.sql
    assert "pic:200" not in view.sql.split("\nselect")[1]
    assert view.context["organisation"].name == "Beta"
    assert view.context["field"] == "/natural sciences/chemical sciences"
    assert view.records_total.value == len(view.records) == 6
    assert {record.file_name for record in view.records} == {"organization.csv", "euroSciVoc.csv"}
    assert measure(con, view.records_total.measure, view.records_total.scope) == view.records_total


def test_a_row_is_shown_as_it_was_found(con: duckdb.DuckDBPyConnection) -> None:
    (number,) = record_ids(con, "participations", Scope.of(organisation="pic:500"))
    record = show_record(con, number)
    assert record.text.startswith('"3";"500";"Epsilon, ""Inc""";')
    assert dict(record.cells)["name"] == 'Epsilon, "Inc"'
    assert (record.file_name, record.line) == ("organization.csv", number & 0xFFFFFFFF)


def test_cells_beyond_the_heading_are_numbered(con: duckdb.DuckDBPyConnection) -> None:
    lost = next(record_ids(con, "rows_lost", Scope.of(file=1)))
    record = show_record(con, lost)
    assert record.cells == (("projectID", "lost"),)


def test_pages_follow_one_another(con: duckdb.DuckDBPyConnection) -> None:
    everything = list(record_ids(con, "participations", Scope()))
    pages = [explain(con, "participations", Scope(), page, per_page=5) for page in (1, 2, 3, 4)]
    assert [r.record_id for page in pages for r in page.records] == everything
    assert [page.has_more for page in pages] == [True, True, False, False]


def test_what_is_asked_wrongly_says_so(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UsageError):
        explain(con, "projects", Scope(), 0)
    with pytest.raises(NotFoundError):
        explain(con, "happiness", Scope())
    with pytest.raises(UsageError):
        explain(con, "source_rows", Scope.of(measure="source_rows"))
    with pytest.raises(NotFoundError):
        show_record(con, 1)


def test_a_figure_of_nothing_has_no_rows(con: duckdb.DuckDBPyConnection) -> None:
    view = explain(con, "contribution_eur", Scope.of(region="NL12"))
    assert (view.figure.value, view.records, view.records_total.value) == (None, (), 0)


def test_the_nameless_are_listed(con: duckdb.DuckDBPyConnection) -> None:
    labels = [row.organisation for row in list_organisations(con, Scope.of(region="NL"), 0, 9)]
    assert Label("pic:400", None, None, None, "NL", "Somewhere") in labels
