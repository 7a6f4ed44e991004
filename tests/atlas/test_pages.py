"""Pages: every figure of every answer equals the figure that its own address gives."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.atlas.answers import (
    count_issues,
    list_fields,
    list_organisations,
    list_partner_countries,
    list_partners,
    list_projects,
    list_regions,
    measure,
    overview,
    show_organisation,
    show_project,
    show_region,
    show_sources,
)
from keten.model import Ruling, Scope
from tests.atlas.made import CHEMISTRY, ORGANIC, PHYSICS, Project, Seat, make_atlas
from tests.atlas.walk import find_figures

ORGANISATIONS = ("pic:100", "pic:200", "pic:300", "pic:400", "pic:500", "pic:600")
PROJECTS = ("he-1", "he-2", "he-3", "he-4", "h2020-1", "h2020-2")
REGIONS = (
    ("NL",), ("NL1",), ("NL11",), ("NL112",), ("NL12",), ("DE",), ("US",), ("NL11", "NL12"),
    ("NL", "NL111"), ("DE941", "NL112"), (),
)  # fmt: skip


def hold(con: duckdb.DuckDBPyConnection, view: object) -> int:
    """Hold every figure of a view against its own address; gives how many there were."""
    figures = list(find_figures(view))
    for figure in figures:
        assert measure(con, figure.measure, figure.scope) == figure
    return len(figures)


@pytest.mark.parametrize("identifier", ORGANISATIONS)
def test_the_page_of_an_organisation(con: duckdb.DuckDBPyConnection, identifier: str) -> None:
    assert hold(con, show_organisation(con, identifier)) > 8


@pytest.mark.parametrize("identifier", PROJECTS)
def test_the_page_of_a_project(con: duckdb.DuckDBPyConnection, identifier: str) -> None:
    assert hold(con, show_project(con, identifier)) > 6


@pytest.mark.parametrize("codes", REGIONS)
def test_the_page_of_a_region(con: duckdb.DuckDBPyConnection, codes: tuple[str, ...]) -> None:
    assert hold(con, show_region(con, codes)) > 6


def test_the_lists(con: duckdb.DuckDBPyConnection) -> None:
    scope = Scope.of(region="NL")
    assert hold(con, list_organisations(con, scope, 0, 50)) == 8
    assert hold(con, list_organisations(con, scope, 1, 2, first="projects")) == 4
    assert hold(con, list_projects(con, scope, 0, 50)) == 5
    assert hold(con, list_fields(con, scope, level=1)) == 2
    assert hold(con, list_fields(con, scope, under="/23/53")) == 2
    assert hold(con, list_regions(con)) > 6
    assert hold(con, list_regions(con, "NL")) > 6
    assert hold(con, list_partners(con, "pic:100", 2, 50)) == 2
    assert hold(con, list_partner_countries(con, ("NL11", "NL12"), 0, 9)) == 6
    assert hold(con, show_sources(con)) > 20
    assert hold(con, count_issues(con)) == 1


def test_a_first_page_is_the_beginning_of_the_list(con: duckdb.DuckDBPyConnection) -> None:
    for identifier in ORGANISATIONS:
        first = show_organisation(con, identifier).partners
        assert list_partners(con, identifier, 0, 500)[: len(first)] == first
    region = show_region(con, ("NL",))
    listed = list_organisations(con, Scope.of(region="NL"), 0, 20)
    assert region.organisations == listed
    assert region.partner_regions == list_partner_countries(con, ("NL",), 0, 15)


def test_what_is_kept_equals_what_is_computed_now(con: duckdb.DuckDBPyConnection) -> None:
    kept = show_region(con, ("NL",))
    # The same rows under another address, which no build keeps.
    live = show_region(con, ("NL", "NL11"))
    assert [f.value for f in find_figures(live.years)] == [
        f.value for f in find_figures(kept.years)
    ]
    assert [f.value for f in find_figures(live.fields)] == [
        f.value for f in find_figures(kept.fields)
    ]
    assert live.fields_coverage.value == kept.fields_coverage.value
    assert [k.kind for k in live.kinds] == [k.kind for k in kept.kinds]


def test_parts_add_up_to_the_whole(con: duckdb.DuckDBPyConnection) -> None:
    whole = overview(con, "NL")
    assert whole.no_deeper is not None
    parts = [row.contribution_eur.value for row in whole.inside]
    assert sum(parts) + whole.no_deeper.contribution_eur.value == whole.contribution_eur.value
    everything = overview(con)
    countries = [row.contribution_eur.value for row in everything.inside]
    assert sum(countries) == everything.contribution_eur.value
    assert (
        sum(row.projects.value or 0 for row in everything.years) == everything.projects_total.value
    )


seats = st.builds(
    Seat,
    project=st.sampled_from(["he-1", "he-2", "h2020-1"]),
    pic=st.sampled_from(["1", "2", "3", "4"]),
    amount=st.sampled_from([None, "0.00", "1.25", "1000000.01"]),
    role=st.sampled_from(["coordinator", "participant"]),
    name=st.sampled_from([None, "A", "B", 'It\'s "C" & %']),
    country=st.sampled_from(["NL", "DE", None]),
    nuts=st.sampled_from([None, "NL112", "NL1", "DE941"]),
    kind=st.sampled_from([None, "PRC", "HES"]),
    sme=st.sampled_from([None, True, False]),
)
projects = st.tuples(
    *(
        st.builds(
            Project,
            name=st.just(name),
            year=st.sampled_from([None, 2020, 2021]),
            fields=st.sampled_from([(), (ORGANIC,), (CHEMISTRY, PHYSICS)]),
        )
        for name in ("he-1", "he-2", "h2020-1")
    )
)
rulings = st.lists(
    st.builds(
        Ruling,
        number=st.integers(1, 3),
        verdict=st.sampled_from(["same", "different"]),
        left=st.sampled_from(["he:1", "h2020:2"]),
        right=st.sampled_from(["he:2", "h2020:1", "he:3"]),
        author=st.just("somebody"),
        reason=st.just("because"),
        made_on=st.just("2026-11-01"),
    ),
    max_size=2,
)


@given(st.lists(seats, min_size=1, max_size=9), projects, rulings)
@settings(deadline=None, max_examples=12)
def test_whatever_the_rows_the_pages_hold(
    rows: list[Seat], about: tuple[Project, ...], ruled: list[Ruling]
) -> None:
    con = make_atlas(rows, about, ruled)
    hold(con, overview(con))
    hold(con, list_regions(con))
    hold(con, show_region(con, ("NL",)) if any(s.country == "NL" for s in rows) else None)
    for (identifier,) in con.execute("select organisation_id from organisation").fetchall():
        view = show_organisation(con, identifier)
        hold(con, view)
        assert list_partners(con, identifier, 0, 99)[: len(view.partners)] == view.partners
    for (identifier,) in con.execute("select distinct project_id from involvement").fetchall():
        hold(con, show_project(con, identifier))
    con.close()
