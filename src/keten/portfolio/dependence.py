"""Dependence: how much of a party's money is subsidy, as far as open data and people's entries tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from keten.errors import NotFoundError
from keten.evidence.figures import read_labels
from keten.model import Figure, Judgement, Scope
from keten.portfolio.finance import PARTS, read_finance
from keten.portfolio.grants import Grant, read_grants, read_subsidy_years
from keten.portfolio.spread import find_concentration, find_slope, spread_over_years
from keten.portfolio.views import DependenceView, LineView, YearView

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_LEVEL = 1.0  # percentage points per year within which a share stands still


@dataclass(frozen=True, slots=True)
class Purse:
    """Everything known of the money of one organisation."""

    organisation_id: str
    grants: tuple[Grant, ...]
    subsidy_years: tuple[int, ...]
    entered: Mapping[int, Judgement]

    def of_funder(self, funder: str) -> dict[int, float]:
        """Give the amounts of a funder by year."""
        found: dict[int, float] = {}
        for grant in self.grants:
            if grant.funder == funder:
                for year, amount in spread_over_years(
                    grant.amount_eur, grant.first, grant.last
                ).items():
                    found[year] = found.get(year, 0.0) + amount
        return found

    def of_lines(self) -> dict[tuple[str, str], tuple[str, float]]:
        """Give name and amount of every programme part and scheme, over all years."""
        found: dict[tuple[str, str], tuple[str, float]] = {}
        for grant in self.grants:
            _, before = found.get((grant.funder, grant.line), (grant.name, 0.0))
            found[grant.funder, grant.line] = (grant.name, before + grant.amount_eur)
        return found

    def other(self, year: int, part: str) -> float | None:
        """Give what a person entered for a year, None when nobody did."""
        line = self.entered.get(year)
        amount = (line.value or {}).get(part) if line else None
        return None if amount is None else float(amount)

    def subsidy(self, year: int) -> float:
        """Give all known subsidy of a year."""
        known = sum(self.of_funder(funder).get(year, 0.0) for funder in ("eu", "ministry"))
        return known + (self.other(year, "other_subsidy_eur") or 0.0)

    def dependence(self, year: int) -> float | None:
        """Give subsidy / (subsidy + revenue + private capital); None without revenue."""
        revenue = self.other(year, "revenue_eur")
        if revenue is None:
            return None
        subsidy = max(self.subsidy(year), 0.0)
        whole = subsidy + revenue + (self.other(year, "private_capital_eur") or 0.0)
        return subsidy / whole if whole > 0 else None

    def slope(self, until: int) -> float | None:
        """Give the slope of the EU contribution over whole years up to `until`."""
        found = self.of_funder("eu")
        # The first year is seldom whole; what is missing of it would look like growth.
        whole = range(min(found, default=until) + 1, until + 1)
        return find_slope({year: found.get(year, 0.0) for year in whole})

    def dependence_slope(self) -> float | None:
        """Give the slope of dependence over the years that are known, in points per year."""
        known = {year: self.dependence(year) for year in self.entered}
        return find_slope({year: 100 * d for year, d in known.items() if d is not None})


def read_purse(con: duckdb.DuckDBPyConnection, store: Store | None, organisation_id: str) -> Purse:
    """Read everything known of an organisation's money."""
    return Purse(
        organisation_id,
        read_grants(con, organisation_id),
        read_subsidy_years(con),
        read_finance(con, store, organisation_id),
    )


def make_figure(purse: Purse, name: str, scope: Scope) -> Figure:
    """Give one figure of a purse, by measure and scope; raises NotFoundError."""
    given = scope.as_dict()
    year = int(given.get("year", "0"))
    plain = Scope.of(organisation=purse.organisation_id)
    yearly = plain.narrowed(year=year)
    if name == "eu_per_year":
        return _euro(name, purse.of_funder("eu").get(year, 0.0), yearly)
    if name == "ministry_per_year":
        is_known = year in purse.subsidy_years
        value = purse.of_funder("ministry").get(year, 0.0) if is_known else None
        return _euro(name, value, yearly)
    if name == "subsidy_per_year":
        return _euro(name, purse.subsidy(year), yearly)
    if name == "other_money" and given.get("part") in PARTS:
        part = given["part"]
        return _euro(name, purse.other(year, part), yearly.narrowed(part=part))
    if name == "dependence":
        return Figure(purse.dependence(year), "share", name, yearly)
    if name == "dependence_slope":
        return Figure(purse.dependence_slope(), "points", name, plain)
    if name == "subsidy_slope":
        until = int(given.get("until", "0"))
        return _euro(name, purse.slope(until), plain.narrowed(until=until))
    lines = purse.of_lines()
    if name == "funding_lines":
        return Figure(len(lines), "count", name, plain)
    if name == "funder_concentration":
        value = find_concentration([amount for _, amount in lines.values()])
        return Figure(value, "ratio", name, plain)
    if name == "line_total":
        key = given.get("funder", ""), given.get("line", "")
        amount = lines[key][1] if key in lines else None
        return _euro(name, amount, plain.narrowed(funder=key[0], line=key[1]))
    raise NotFoundError(f"'{name}' is no measure of a party's money.", "See the page of methods.")


def show_dependence(
    con: duckdb.DuckDBPyConnection, store: Store | None, organisation_id: str, now: datetime
) -> DependenceView:
    """Give what is known of a party's subsidies, up to `now` and beyond; raises NotFoundError.

    For signed-in people only: who shows it sees to that.
    """
    label = read_labels(con, [organisation_id]).get(organisation_id)
    if label is None:
        raise NotFoundError(
            f"No organisation is known as '{organisation_id}'.", "Search for it by name."
        )
    purse = read_purse(con, store, organisation_id)
    years = sorted({*purse.of_funder("eu"), *purse.of_funder("ministry"), *purse.entered})
    scope = Scope.of(organisation=organisation_id)
    slope = make_figure(purse, "dependence_slope", scope)
    seen = [grant.first.year for grant in purse.grants]
    return DependenceView(
        label=label,
        years=tuple(_show_year(purse, year, now) for year in years),
        lines=_show_lines(purse, scope),
        count=make_figure(purse, "funding_lines", scope),
        concentration=make_figure(purse, "funder_concentration", scope),
        slope=make_figure(purse, "subsidy_slope", scope.narrowed(until=now.year - 1)),
        dependence_slope=slope,
        seen_since=min(seen, default=None),
        ministry_years=purse.subsidy_years,
        trend=_tell_trend(slope),
        as_of=now,
    )


def _show_year(purse: Purse, year: int, now: datetime) -> YearView:
    scope = Scope.of(organisation=purse.organisation_id, year=year)
    dependence = make_figure(purse, "dependence", scope)
    entered: list[Figure | None] = [
        make_figure(purse, "other_money", scope.narrowed(part=part))
        if purse.other(year, part) is not None
        else None
        for part in PARTS
    ]
    return YearView(
        year=year,
        eu=make_figure(purse, "eu_per_year", scope),
        ministries=make_figure(purse, "ministry_per_year", scope)
        if year in purse.subsidy_years
        else None,
        subsidy=make_figure(purse, "subsidy_per_year", scope),
        revenue=entered[0],
        private_capital=entered[1],
        other_subsidy=entered[2],
        dependence=dependence if dependence.value is not None else None,
        entered=purse.entered.get(year),
        is_to_come=year > now.year,
    )


def _show_lines(purse: Purse, scope: Scope) -> tuple[LineView, ...]:
    found = sorted(purse.of_lines().items(), key=lambda item: (-item[1][1], item[0]))
    return tuple(
        LineView(
            funder,
            name,
            make_figure(purse, "line_total", scope.narrowed(funder=funder, line=line)),
        )
        for (funder, line), (name, _) in found
    )


def _tell_trend(slope: Figure) -> str:
    if slope.value is None:
        return "unknown"
    points = float(slope.value)
    return "level" if abs(points) < _LEVEL else "falls" if points < 0 else "rises"


def _euro(name: str, value: float | None, scope: Scope) -> Figure:
    return Figure(None if value is None else round(value, 2), "EUR", name, scope)
