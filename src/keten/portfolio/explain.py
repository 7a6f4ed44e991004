"""Explains a figure of a choice or of dependence: computed anew, with what it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keten.errors import NotFoundError, UsageError
from keten.model import Explanation, Figure, Scope, Text
from keten.portfolio.acceptability import weigh
from keten.portfolio.current import read_current
from keten.portfolio.dependence import Purse, make_figure, read_purse
from keten.portfolio.figures import Figures
from keten.portfolio.finance import PARTS
from keten.portfolio.method import METHODS, NOT_PUBLIC
from keten.portfolio.spread import spread_over_years
from keten.portfolio.weights import read_weights

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

Parts = tuple[tuple[Text, Figure], ...]


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure anew from its scope, the figures it is made from, its rows and its lines.

    Raises: NotFoundError for what is not there, UsageError for a scope that cannot be.
    """
    if name not in METHODS:
        raise NotFoundError(f"'{name}' is no measure.", f"Measures: {', '.join(METHODS)}.")
    if name in NOT_PUBLIC:
        return _explain_purse(con, store, name, scope)
    given = scope.as_dict()
    current = read_current(store, _need(given, "portfolio"))
    weights = read_weights(
        given.get("weights", ""), given.get("order", ""), current.portfolio.criteria
    )
    figures = Figures(current, weights, weigh(current.portfolio, weights))
    figure = _find(figures, name, given)
    return Explanation(figure, _parts(figures, name, given), judgements=current.lines)


def _find(figures: Figures, name: str, given: dict[str, str]) -> Figure:
    if name == "developments":
        return figures.compared()
    if name == "draws":
        return figures.draws()
    if name == "worth_of_knowing":
        return figures.worth_of_knowing(figures.hanging(_need(given, "about")))
    if name == "scale_end":
        return figures.scale_end(_need(given, "criterion"), _end(given, "worst", "best"))
    development = _need(given, "development")
    if name == "score_bound":
        end = _end(given, "low", "high")
        return figures.score_bound(development, _need(given, "criterion"), end)
    if name == "rank_acceptability":
        rank = _need(given, "rank")
        return figures.rank_acceptability(development, int(rank) if rank.isdecimal() else 0)
    if name == "central_weight":
        return figures.central_weight(development, _need(given, "criterion"))
    if name == "confidence":
        return figures.confidence(development)
    if name == "pairwise_winning":
        return figures.pairwise_winning(development, _need(given, "against"))
    hanging = figures.hanging(_need(given, "about"))
    return figures.first_where(hanging, _end(given, "low", "high"), development)


def _parts(figures: Figures, name: str, given: dict[str, str]) -> Parts:
    """Give the bounds of the scores that a figure rests on, and how often was drawn."""
    if name in ("developments", "draws", "scale_end", "score_bound"):
        return ()
    portfolio = figures.current.portfolio
    wanted = [given[key] for key in ("development", "against") if key in given]
    developments = [
        each for each in portfolio.developments if not wanted or each.development in wanted
    ]
    draws: Parts = ((METHODS["draws"].title, figures.draws()),)
    bounds = tuple(
        (
            Text(
                f"{each.label.en}, {criterion.label.en}: {english}",
                f"{each.label.nl}, {criterion.label.nl}: {dutch}",
            ),
            figures.score_bound(each.development, criterion.criterion, end),
        )
        for each in developments
        for criterion in portfolio.criteria
        for end, english, dutch in (("low", "lowest", "laagst"), ("high", "highest", "hoogst"))
    )
    return draws + bounds


def _explain_purse(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    given = scope.as_dict()
    for key in ("year", "until"):
        if key in given and not given[key].isdecimal():
            raise UsageError(f"'{given[key]}' is no year.", "Write it in four digits.")
    purse = read_purse(con, store, _need(given, "organisation"))
    figure = make_figure(purse, name, scope)
    return Explanation(
        figure,
        _parts_of_purse(purse, name, figure.scope),
        _rows_of(purse, name, given),
        _lines_of(purse, name, given),
    )


def _parts_of_purse(purse: Purse, name: str, scope: Scope) -> Parts:
    if name not in ("subsidy_per_year", "dependence"):
        return ()
    names = ["eu_per_year", "ministry_per_year"]
    parts = [(METHODS[each].title, make_figure(purse, each, scope)) for each in names]
    entered = PARTS if name == "dependence" else ("other_subsidy_eur",)
    parts += [
        (_ENTERED[part], make_figure(purse, "other_money", scope.narrowed(part=part)))
        for part in entered
    ]
    return tuple((title, figure) for title, figure in parts if figure.value is not None)


_ENTERED = {
    "revenue_eur": Text("Revenue, as entered", "Omzet, zoals ingevoerd"),
    "private_capital_eur": Text("Private capital, as entered", "Privaat kapitaal, zoals ingevoerd"),
    "other_subsidy_eur": Text("Other subsidy, as entered", "Andere subsidie, zoals ingevoerd"),
}


def _rows_of(purse: Purse, name: str, given: dict[str, str]) -> tuple[int, ...]:
    """Give the source rows: of one year, one line or one funder where the figure is of these."""
    if name in ("other_money", "dependence_slope"):
        return ()
    funder = {"eu_per_year": "eu", "subsidy_slope": "eu", "ministry_per_year": "ministry"}.get(name)
    year = int(given.get("year", "0"))
    rows = {
        record
        for grant in purse.grants
        if funder in (None, grant.funder)
        and (not year or year in spread_over_years(1.0, grant.first, grant.last))
        and (name != "line_total" or (grant.funder, grant.line) == _line(given))
        for record in grant.records
    }
    return tuple(sorted(rows))


def _line(given: dict[str, str]) -> tuple[str, str]:
    return given.get("funder", ""), given.get("line", "")


def _lines_of(purse: Purse, name: str, given: dict[str, str]) -> tuple[int, ...]:
    if name == "dependence_slope":
        return tuple(sorted(line.number for line in purse.entered.values()))
    if name in ("other_money", "dependence", "subsidy_per_year"):
        line = purse.entered.get(int(given.get("year", "0")))
        return (line.number,) if line else ()
    return ()


def _need(given: dict[str, str], key: str) -> str:
    if not given.get(key):
        raise UsageError(f"The figure names no {key}.", f"Write {key}=<name>.")
    return given[key]


def _end(given: dict[str, str], *ends: str) -> str:
    end = given.get("end", "")
    if end not in ends:
        raise UsageError(f"'{end}' is no end.", f"Write end={ends[0]} or end={ends[1]}.")
    return end
