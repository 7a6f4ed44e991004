"""Regions: present and former codes, sets, countries outside the classification, and small maps."""

from __future__ import annotations

import duckdb
import pytest

from keten.atlas.answers import (
    current_region,
    list_regions,
    measure,
    outline,
    outline_places,
    outline_project,
    overview,
    show_project,
    show_region,
)
from keten.errors import NotFoundError, UsageError
from keten.model import Scope


@pytest.mark.parametrize(
    ("code", "now"),
    [("NL", ("NL",)), ("nl112", ("NL112",)), ("NL113", ("NL112",)), ("US", ("US",))],
)
def test_a_code_leads_to_what_holds_now(
    con: duckdb.DuckDBPyConnection, code: str, now: tuple[str, ...]
) -> None:
    assert current_region(con, code) == now


def test_what_is_no_region_now_says_why(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NotFoundError, match="split") as gone:
        current_region(con, "NL119")
    assert "NL11" in gone.value.next_step
    with pytest.raises(NotFoundError, match="no region"):
        current_region(con, "ZZ")
    with pytest.raises(NotFoundError, match="former") as former:
        show_region(con, ("NL113",))
    assert "NL112" in former.value.next_step
    with pytest.raises(UsageError):
        show_region(con, ("Groningen",))


def test_a_region_knows_what_it_was_and_where_it_lies(con: duckdb.DuckDBPyConnection) -> None:
    view = show_region(con, ("NL112",))
    assert view.regions[0].former == (("NL113", "recoded"),)
    assert [region.code for region in view.above] == ["NL", "NL1", "NL11"]
    assert view.inside == ()
    assert view.no_deeper is None


def test_a_country_is_divided_and_the_rest_is_named(con: duckdb.DuckDBPyConnection) -> None:
    view = overview(con, "NL")
    assert [row.region.code for row in view.inside] == ["NL1"]
    assert view.no_deeper is not None
    assert view.no_deeper.organisations.value == 1
    assert [(kind.kind, kind.organisations.value) for kind in view.kinds] == [
        ("company", 1), ("knowledge", 1), ("other", 1), (None, 1),
    ]  # fmt: skip
    assert [row.region.code for row in view.partner_regions] == ["DE", "US"]
    assert view.sme_organisations.value == 1


def test_a_set_is_a_union(con: duckdb.DuckDBPyConnection) -> None:
    view = show_region(con, ("NL112", "NL111", "NL11"))
    assert view.codes == ("NL11", "NL111", "NL112")
    assert view.participations.value == 8
    assert [row.region.code for row in view.inside] == ["NL11", "NL111", "NL112"]
    assert (view.above, view.no_deeper) == ((), None)


def test_a_set_of_two_countries_is_no_region_of_five_signs(con: duckdb.DuckDBPyConnection) -> None:
    both = show_region(con, ("DE", "NL")).projects_total
    assert both == measure(con, "projects", Scope.of(region="DE+NL"))
    assert both.value


def test_a_region_without_a_row_has_a_page(con: duckdb.DuckDBPyConnection) -> None:
    view = show_region(con, ("NL12",))
    assert view.projects_total.value == 0
    assert view.contribution_eur.value is None
    assert (view.years, view.organisations, view.inside) == ((), (), ())


def test_a_country_outside_the_classification_has_a_page(con: duckdb.DuckDBPyConnection) -> None:
    view = show_region(con, ("US",))
    assert (view.regions[0].level, view.regions[0].vintage) == (0, "")
    assert view.participations.value == 1


def test_all_the_evidence_is_a_page(con: duckdb.DuckDBPyConnection) -> None:
    view = overview(con)
    assert (view.codes, view.regions, view.partner_regions) == ((), (), ())
    assert [row.region.code for row in view.inside] == ["DE", "NL", "US"]
    assert view.participations.value == 13


def test_countries_come_by_money_and_regions_by_code(con: duckdb.DuckDBPyConnection) -> None:
    assert [row.region.code for row in list_regions(con)] == ["NL", "DE", "US"]
    assert [row.region.code for row in list_regions(con, "NL")] == ["NL1", "NL11", "NL111", "NL112"]


def test_a_participant_that_stands_twice_has_a_figure_for_each_row(
    con: duckdb.DuckDBPyConnection,
) -> None:
    seats = show_project(con, "he-2").participants
    assert [(seat.organisation.organisation_id, seat.role) for seat in seats] == [
        ("pic:200", "coordinator"), ("pic:200", "third_party"), ("pic:600", "participant"),
    ]  # fmt: skip
    assert [seat.contribution_eur.value for seat in seats][1] is None
    assert seats[0].contribution_eur.scope != seats[1].contribution_eur.scope
    with pytest.raises(NotFoundError):
        show_project(con, "he-99")


def test_a_map_frames_the_region_among_its_own(con: duckdb.DuckDBPyConnection) -> None:
    view = outline(con, ("NL11",))
    assert view is not None
    assert [(shape.code, shape.is_subject) for shape in view.shapes] == [
        ("NL11", True),
        ("NL12", False),
    ]
    x, y, width, height = view.view_box
    assert width >= 300
    assert x <= 4020 <= x + width
    assert y <= -3280 <= y + height
    assert {shape.code for shape in view.backdrop} == {"NL", "DE"}
    assert outline(con, ("US",)) is None


def test_places_are_marked_and_those_far_away_are_named(con: duckdb.DuckDBPyConnection) -> None:
    # The origin of EPSG:3035 lies at 52 N 10 E, at 4321 km east and 3210 km north.
    view = outline_places(con, [("a", "A", 52.0, 10.0), ("b", "B", -33.9, 151.2)])
    assert view is not None
    assert [(spot.identifier, spot.x, spot.y) for spot in view.spots] == [("a", 4321.0, -3210.0)]
    assert view.left_out == ("b",)
    assert outline_places(con, []) is None
    project = outline_project(con, "he-3")
    assert project is not None
    assert [spot.identifier for spot in project.spots] == ["pic:100"]
    assert project.left_out == ("pic:500",)


def test_far_islands_do_not_widen_a_map() -> None:
    from keten.atlas.maps import _measure_body

    mainland = "M0,0l100,0 0,100 -100,0z"
    near, far = "M300,0l5,0 0,5 -5,0z", "M-4000,2000l5,0 0,5 -5,0z"
    assert _measure_body(mainland + near + far) == (0.0, 0.0, 305.0, 100.0)
