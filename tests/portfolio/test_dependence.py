"""Dependence on subsidy: amounts by year that can be checked by hand, and what people enter."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from keten.errors import NotFoundError, UsageError
from keten.model import Figure, Scope
from keten.portfolio.answers import METHODS, NOT_PUBLIC, explain, show_dependence
from keten.portfolio.finance import record_finance
from keten.portfolio.spread import find_concentration, find_slope, spread_over_years
from keten.portfolio.views import DependenceView, YearView
from keten.workspace import Store
from tests.portfolio.conftest import NOW

ALPHA = "pic:100"


def year_of(view: DependenceView, year: int) -> YearView:
    return next(each for each in view.years if each.year == year)


def figures_of(view: DependenceView) -> list[Figure]:
    found = [view.count, view.concentration, view.slope, view.dependence_slope]
    found += [line.amount for line in view.lines]
    for each in view.years:
        found += [each.eu, each.subsidy]
        found += [
            figure
            for figure in (
                each.ministries, each.revenue, each.private_capital, each.other_subsidy,
                each.dependence,
            )
            if figure is not None
        ]  # fmt: skip
    return found


def test_spreading_keeps_the_whole() -> None:
    found = spread_over_years(731.0, date(2015, 3, 1), date(2017, 2, 28))
    assert found == pytest.approx({2015: 306.0, 2016: 366.0, 2017: 59.0})
    assert spread_over_years(5.0, date(2020, 2, 1), date(2020, 2, 1)) == {2020: 5.0}
    with pytest.raises(ValueError, match="before"):
        spread_over_years(1.0, date(2020, 2, 2), date(2020, 2, 1))


def test_slope_and_concentration() -> None:
    assert find_slope({2018: 10.0, 2019: 8.0, 2021: 4.0}) == pytest.approx(-2)
    assert find_slope({2018: 10.0}) is None
    assert find_concentration([50, 25, 25, -5]) == pytest.approx(0.375)
    assert find_concentration([]) is None


def test_years_of_a_party(con: duckdb.DuckDBPyConnection) -> None:
    view = show_dependence(con, None, ALPHA, NOW)
    assert [each.year for each in view.years] == [2015, 2016, 2017, 2021, 2022, 2023, 2024, 2025]
    then = year_of(view, 2015)
    # 1000 over the 731 days from March 2015 to February 2017, of which 306 in the first year.
    assert float(then.eu.value or 0) == pytest.approx(1000 * 306 / 731, abs=0.01)
    assert then.ministries is not None
    assert then.ministries.value == 1000
    assert year_of(view, 2016).ministries is None
    assert float(then.subsidy.value or 0) == pytest.approx(1000 + 418.60, abs=0.01)
    assert then.dependence is None
    assert view.trend == "unknown"
    assert view.count.value == 4  # two programmes, two schemes
    assert (view.lines[0].name, view.lines[0].amount.value) == ("h2020", 1000)
    shares = [1000, 600, 400, 108.27]
    assert view.concentration.value == pytest.approx(
        sum(each**2 for each in shares) / sum(shares) ** 2
    )
    assert view.seen_since == 2015
    assert not then.is_to_come


def test_what_is_entered_makes_the_share(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    record_finance(con, store, ALPHA, 2015, {"revenue_eur": 8_581.40}, "report", "x", NOW)
    record_finance(
        con, store, ALPHA, 2016,
        {"revenue_eur": 8_000.0, "private_capital_eur": 1_000.0, "other_subsidy_eur": 499.32},
        "report", "x", NOW,
    )  # fmt: skip
    view = show_dependence(con, store, ALPHA, NOW)
    then, later = year_of(view, 2015), year_of(view, 2016)
    assert then.dependence is not None
    assert later.dependence is not None
    assert float(then.dependence.value or 0) == pytest.approx(1418.60 / 10_000, abs=1e-5)
    assert float(later.dependence.value or 0) == pytest.approx(1000 / 10_000, abs=1e-5)
    assert view.trend == "falls"
    assert float(view.dependence_slope.value or 0) == pytest.approx(-4.186, abs=1e-3)
    told = explain(con, store, "dependence", later.dependence.scope)
    assert [figure.measure for _, figure in told.parts] == [
        "eu_per_year", "other_money", "other_money", "other_money",
    ]  # fmt: skip
    assert told.judgements == (later.entered.number,) if later.entered else False


def test_a_later_entry_takes_the_place_of_an_earlier(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    first = record_finance(con, store, ALPHA, 2015, {"revenue_eur": 1.0}, "guess", "x", NOW)
    second = record_finance(con, store, ALPHA, 2015, {"revenue_eur": 2.0}, "report", "y", NOW)
    assert second.supersedes == first.number
    revenue = year_of(show_dependence(con, store, ALPHA, NOW), 2015).revenue
    assert revenue is not None
    assert revenue.value == 2


def test_every_figure_is_made_again_from_its_scope(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    record_finance(con, store, ALPHA, 2016, {"revenue_eur": 8_000.0}, "report", "x", NOW)
    view = show_dependence(con, store, ALPHA, NOW)
    for figure in figures_of(view):
        assert explain(con, store, figure.measure, figure.scope).figure == figure
        assert METHODS[figure.measure].unit == figure.unit
        assert figure.measure in NOT_PUBLIC
    rows = explain(con, store, "ministry_per_year", year_of(view, 2015).subsidy.scope).record_ids
    assert rows == (9_001, 9_002, 9_003)


def test_what_cannot_be_entered(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    for year, amounts in (
        (1890, {"revenue_eur": 1.0}),
        (2030, {"revenue_eur": 1.0}),
        (2015, {}),
        (2015, {"revenue_eur": -1.0}),
        (2015, {"revenu": 1.0}),
    ):
        with pytest.raises(UsageError):
            record_finance(con, store, ALPHA, year, amounts, "why", "x", NOW)
    with pytest.raises(NotFoundError):
        record_finance(con, store, "pic:1", 2015, {"revenue_eur": 1.0}, "why", "x", NOW)


def test_what_is_not_there(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NotFoundError):
        show_dependence(con, None, "pic:1", NOW)
    with pytest.raises(UsageError):
        explain(con, None, "eu_per_year", Scope.of(organisation=ALPHA, year="soon"))
    with pytest.raises(UsageError):
        explain(con, None, "eu_per_year", Scope.of(year=2015))
