"""Organisations: identity, members and names; former identifiers; what a ruling does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from keten.atlas.answers import (
    current_organisation,
    list_names,
    list_partners,
    list_projects,
    show_organisation,
)
from keten.errors import NotFoundError
from keten.model import Ruling, Scope
from tests.atlas.made import make_atlas


@pytest.mark.parametrize("alias", ["pic:100", "he:100", "h2020:100"])
def test_every_alias_leads_to_the_organisation(con: duckdb.DuckDBPyConnection, alias: str) -> None:
    assert current_organisation(con, alias) == "pic:100"


def test_an_unknown_one_says_what_to_do(con: duckdb.DuckDBPyConnection) -> None:
    for look_up in (current_organisation, show_organisation):
        with pytest.raises(NotFoundError, match="pic:7") as error:
            look_up(con, "pic:7")
        assert error.value.next_step


def test_an_organisation_shows_its_members_and_names(con: duckdb.DuckDBPyConnection) -> None:
    view = show_organisation(con, "pic:100")
    assert [(m.source_key, m.is_anchor, m.rule, m.participations.value) for m in view.members] == [
        ("he:100", True, "same-pic", 2),
        ("h2020:100", False, "same-pic", 1),
    ]
    assert [(n.name, n.programme, n.participations.value) for n in view.names] == [
        ("Alpha", "h2020", 1),
        ("Alpha", "he", 1),
        ("Alpha BV", "he", 1),
    ]
    assert view.names == list_names(con, "pic:100")
    assert view.location.nuts3_name == "Oost-Groningen"
    assert [(y.programme, y.year, y.projects.value) for y in view.years] == [
        ("h2020", 2015, 1),
        ("he", 2021, 1),
        ("he", 2023, 1),
    ]
    assert view.coordinated.value == 1
    assert view.fields_coverage.coverage is not None
    assert (view.fields_coverage.coverage.seen, view.fields_coverage.coverage.of) == (1, 3)


def test_an_unknown_year_comes_last(con: duckdb.DuckDBPyConnection) -> None:
    assert [year.year for year in show_organisation(con, "pic:300").years] == [2020, 2021, None]


def test_the_nameless_have_a_page(con: duckdb.DuckDBPyConnection) -> None:
    view = show_organisation(con, "pic:400")
    assert (view.label.name, view.label.kind, view.names) == (None, None, ())
    assert view.contribution_eur.value == Decimal("11.00")


def test_partners_are_ranked(con: duckdb.DuckDBPyConnection) -> None:
    partners = list_partners(con, "pic:100", 0, 99)
    assert [(p.partner.organisation_id, p.shared_projects.value) for p in partners] == [
        ("pic:200", 1), ("pic:300", 1), ("pic:400", 1), ("pic:500", 1),
    ]  # fmt: skip
    assert (partners[0].first_year, partners[0].last_year) == (2021, 2021)
    assert list_partners(con, "pic:100", 3, 1) == partners[3:4]
    assert list_partners(con, "pic:100", 9, 9) == ()


def test_projects_are_newest_first_and_name_every_role(con: duckdb.DuckDBPyConnection) -> None:
    rows = list_projects(con, Scope.of(organisation="pic:200"), 0, 9)
    assert [(row.project_id, row.role, row.start_date) for row in rows] == [
        ("he-2", "coordinator+third_party", date(2022, 3, 1)),
        ("he-1", "participant", date(2021, 3, 1)),
    ]
    assert rows[0].contribution_eur is not None
    assert rows[0].contribution_eur.value == Decimal("50.00")


def test_a_ruling_that_joins_moves_the_address_and_keeps_the_sums() -> None:
    joined = make_atlas(
        rulings=[Ruling(1, "same", "he:200", "he:100", "somebody", "one firm", "2026-11-01")]
    )
    assert current_organisation(joined, "pic:200") == "pic:100"
    view = show_organisation(joined, "pic:100")
    assert [member.source_key for member in view.members] == ["he:100", "h2020:100", "he:200"]
    assert {member.rule for member in view.members} == {"same-pic", "ruling"}
    assert view.contribution_eur.value == Decimal("1358.27")
    assert view.participations.value == 6
    joined.close()


def test_a_ruling_that_divides_leaves_two_pages() -> None:
    divided = make_atlas(
        rulings=[
            Ruling(1, "different", "he:100", "h2020:100", "somebody", "two firms", "2026-11-01")
        ]
    )
    own = show_organisation(divided, current_organisation(divided, "pic:100"))
    other = show_organisation(divided, current_organisation(divided, "h2020:100"))
    assert own.label.organisation_id == "pic:100"
    assert other.label.organisation_id == "h2020:100"
    assert own.participations.value == 2
    assert other.participations.value == 1
    divided.close()
