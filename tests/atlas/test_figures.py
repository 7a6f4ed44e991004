"""Figures: what each measure counts, checked by eye on a small evidence; what is asked wrongly."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from keten.errors import NotFoundError, UsageError
from keten.evidence.figures.counting import measure, measure_groups, measure_sets
from keten.evidence.figures.method import MEASURES
from keten.model import Coverage, Scope


@pytest.mark.parametrize(
    ("name", "filters", "value"),
    [
        ("participations", {}, 13),
        ("projects", {}, 6),
        ("organisations", {}, 6),
        ("countries", {}, 3),
        ("contribution_eur", {}, Decimal("1469.27")),
        ("net_contribution_eur", {}, Decimal("80.25")),
        ("participations", {"organisation": "pic:200", "project": "he-2"}, 2),
        ("projects", {"organisation": "pic:200"}, 2),
        ("contribution_eur", {"project": "he-2", "role": "third_party"}, None),
        ("contribution_eur", {"country": "US"}, Decimal("0.00")),
        ("projects", {"year": "unknown"}, 1),
        ("projects", {"year": "2021"}, 1),
        ("projects", {"programme": "h2020"}, 2),
        ("participations", {"kind": "unknown"}, 2),
        ("participations", {"kind": "government"}, 3),
        ("participations", {"sme": "true"}, 3),
        ("participations", {"sme": "unknown"}, 3),
        ("participations", {"region": "NL11"}, 8),
        ("participations", {"region": "NL111+NL112"}, 8),
        ("participations", {"region": "NL"}, 9),
        ("participations", {"region_only": "NL"}, 1),
        ("participations", {"region": "NL12"}, 0),
        ("contribution_eur", {"region": "NL12"}, None),
        ("organisations", {"region": "DE", "partner_region": "NL"}, 1),
        ("projects", {"region": "NL", "partner_region": "DE"}, 2),
        ("projects", {"field": "/23/53"}, 2),
        ("projects", {"field": "/23/53/363"}, 2),
        ("projects", {"field": "/23/5"}, 0),
        ("fields_coverage", {}, 3),
        ("located", {}, 11),
        ("partners", {"organisation": "pic:100"}, 4),
        ("partners", {"organisation": "pic:600"}, 1),
        ("shared_projects", {"organisation": "pic:100", "partner": "pic:200"}, 1),
        ("shared_projects", {"organisation": "pic:100", "partner": "pic:600"}, 0),
        ("project_cost_eur", {}, Decimal("5000.00")),
        ("project_cost_eur", {"project": "he-3"}, None),
        ("ec_max_contribution_eur", {"region": "DE"}, Decimal("1800.00")),
        ("participations", {"name": "Alpha"}, 2),
        ("participations", {"source_key": "h2020:100"}, 1),
        ("rows_found", {"file": "1"}, 5),
        ("rows_typed", {"release": "he"}, 9 + 4 + 5),
        ("rows_lost", {}, 2),
        ("issues", {"issue_code": "column-count"}, 2),
        ("source_rows", {"measure": "contribution_eur", "organisation": "pic:200"}, 3),
    ],
)  # fmt: skip
def test_a_measure_counts_what_its_method_says(
    con: duckdb.DuckDBPyConnection, name: str, filters: dict[str, str], value: object
) -> None:
    assert measure(con, name, Scope.of(**filters)).value == value


def test_an_amount_says_how_many_rows_carry_one(con: duckdb.DuckDBPyConnection) -> None:
    assert measure(con, "contribution_eur", Scope()).coverage == Coverage(11, 13)
    assert measure(con, "contribution_eur", Scope.of(region="NL12")).coverage == Coverage(0, 0)
    assert measure(con, "fields_coverage", Scope()).coverage == Coverage(3, 6)


def test_counts_are_no_samples(con: duckdb.DuckDBPyConnection) -> None:
    assert measure(con, "projects", Scope()).interval is None


@pytest.mark.parametrize(
    ("filters", "caveats"),
    [
        ({}, ("eurofusion-absent", "h2020-reconstructed")),
        ({"programme": "he"}, ("eurofusion-absent",)),
        ({"programme": "h2020"}, ("h2020-reconstructed",)),
        ({"organisation": "pic:100"}, ("h2020-reconstructed",)),
        ({"organisation": "pic:200"}, ()),
        ({"project": "he-1"}, ()),
        ({"region": "NL", "sme": "true"}, ("eurofusion-absent", "h2020-reconstructed", "sme-date")),
        ({"region": "NL12"}, ()),
    ],
)
def test_caveats_go_where_their_rows_are(
    con: duckdb.DuckDBPyConnection, filters: dict[str, str], caveats: tuple[str, ...]
) -> None:
    assert measure(con, "projects", Scope.of(**filters)).caveats == caveats


def test_the_period_is_that_of_the_rows(con: duckdb.DuckDBPyConnection) -> None:
    assert measure(con, "projects", Scope()).period == "2015-2023"
    assert measure(con, "projects", Scope.of(year=2022)).period == "2022"
    assert measure(con, "projects", Scope.of(year="unknown")).period == ""


def test_a_scope_comes_back_in_its_one_right_spelling(con: duckdb.DuckDBPyConnection) -> None:
    figure = measure(con, "projects", Scope.of(region="nl112+NL111", programme="HE"))
    assert figure.scope == Scope.of(region="NL111+NL112", programme="he")


def test_what_is_asked_wrongly_says_what_to_do(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NotFoundError, match="'happiness'") as unknown:
        measure(con, "happiness", Scope())
    assert "contribution_eur" in unknown.value.next_step
    with pytest.raises(UsageError, match="weather=fine") as wrong:
        measure(con, "projects", Scope.of(weather="fine"))
    assert "programme" in wrong.value.next_step
    for filters in ({"region": "Groningen!"}, {"year": "last"}, {"kind": "club"}, {"file": "1"}):
        with pytest.raises(UsageError):
            measure(con, "projects", Scope.of(**filters))
    with pytest.raises(UsageError, match="organisation"):
        measure(con, "partners", Scope())
    with pytest.raises(UsageError):
        measure_sets(con, ("projects", "project_cost_eur"), Scope(), [()])
    with pytest.raises(UsageError):
        measure_groups(con, ("projects",), Scope(), ("weather",), first="projects", limit=1)
    with pytest.raises(UsageError):
        measure(con, "source_rows", Scope())


def test_methods_are_told_in_both_languages() -> None:
    for found in MEASURES.values():
        assert found.title.en
        assert found.title.nl
        assert found.method.en.endswith(".")
        assert found.method.nl.endswith(".")


def test_the_registry_is_written_beside_the_figures(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("select name, version, unit, method_nl from measure").fetchall()
    assert {row[0] for row in rows} == set(MEASURES)
    assert all(MEASURES[name].version == version for name, version, *_ in rows)
