"""How well the ranking foretold: reads what the back-test wrote, as figures with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from keten.evidence.figures import read_once
from keten.matchmaking.backtest import RANKINGS
from keten.matchmaking.method import METHODS
from keten.matchmaking.views import Backtest, BacktestView, Record
from keten.methods.ranking import Estimate, estimate_means, precision_at, reciprocal_rank
from keten.model import Figure, Interval, Scope

if TYPE_CHECKING:
    import duckdb

OURS: Final = "adamic_adar"
BASELINE: Final = "popularity"
FEW: Final = 30  # below so many organisations an interval by drawing anew is too narrow
ACTIVE: Final = "with-new-partners"
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Queries:
    """What the back-test wrote: one entry for each organisation asked about, in order."""

    head: int
    days: tuple[Any, Any, Any]
    countries: npt.NDArray[np.object_]
    new_partners: npt.NDArray[np.int64]
    hits: dict[str, npt.NDArray[np.int64]]
    ranks: dict[str, npt.NDArray[np.int64]]

    def choose(self, country: str, *, active: bool) -> npt.NDArray[np.bool_]:
        """Say which are of a country (all when empty), and met someone new where that is asked."""
        chosen = self.countries == country if country else np.ones(self.countries.size, dtype=bool)
        return chosen & (self.new_partners > 0) if active else chosen


def read_backtest(con: duckdb.DuckDBPyConnection, country: str = "") -> Backtest | None:
    """Give how the ranking did, for all and for one country; None where there was nothing to test on."""
    queries = _read_queries(con)
    if queries is None or not queries.choose("", active=True).any():
        return None
    of_country = None
    if country and queries.choose(country, active=True).any():
        of_country = _view(queries, country)
    return Backtest(
        *queries.days, _view(queries, ""), of_country, _compare(queries, country, of_country)
    )


def measure_backtest(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Figure | None:
    """Compute one figure of the back-test from its scope; None where there is nothing to test on."""
    queries = _read_queries(con)
    if queries is None:
        return None
    given = scope.as_dict()
    country, active = given.get("country", ""), given.get("asked") == ACTIVE
    if name == "backtest_organisations":
        return _count(queries, country, active=active)
    ranking = given.get("ranking", OURS)
    if ranking not in RANKINGS or not queries.choose(country, active=active).any():
        return None
    figures = _measure(queries, country, ranking, active=active)
    return figures.get(name)


def _view(queries: Queries, country: str) -> BacktestView:
    by_ranking = {name: _measure(queries, country, name, active=True) for name in RANKINGS}
    gain = by_ranking[OURS]["backtest_gain"]
    asked = _count(queries, country, active=True)
    return BacktestView(
        country=country,
        asked=_count(queries, country, active=False),
        asked_with_new=asked,
        records=tuple(
            Record(
                name,
                found["backtest_hits"],
                found["backtest_precision"],
                found["backtest_reciprocal_rank"],
            )
            for name, found in by_ranking.items()
        ),
        hits_of_all=_measure(queries, country, OURS, active=False)["backtest_hits"],
        gain=gain,
        is_gain_shown=gain.interval is not None and gain.interval.low > 0,
        is_small=int(asked.value or 0) < FEW,
    )


def _measure(queries: Queries, country: str, ranking: str, *, active: bool) -> dict[str, Figure]:
    """Give the figures of one ranking over one group of organisations."""
    chosen = queries.choose(country, active=active)
    hits = queries.hits[ranking][chosen]
    columns = {
        "backtest_hits": hits,
        "backtest_precision": precision_at(hits, queries.head),
        "backtest_reciprocal_rank": reciprocal_rank(queries.ranks[ranking][chosen]),
        "backtest_gain": hits - queries.hits[BASELINE][chosen],
    }
    estimates = estimate_means(np.column_stack(list(columns.values())), seed=_SEED)
    scope = _scope(country, active=active).narrowed(ranking=ranking)
    return {
        name: _figure(name, estimate, scope)
        for name, estimate in zip(columns, estimates, strict=True)
    }


def _figure(name: str, estimate: Estimate, scope: Scope) -> Figure:
    method = METHODS[name]
    interval = Interval(estimate.low, estimate.high, estimate.level)
    return Figure(
        estimate.mean, method.unit, name, scope, version=method.version, interval=interval
    )


def _count(queries: Queries, country: str, *, active: bool) -> Figure:
    method = METHODS["backtest_organisations"]
    counted = int(queries.choose(country, active=active).sum())
    scope = _scope(country, active=active)
    return Figure(counted, method.unit, method.name, scope, version=method.version)


def _scope(country: str, *, active: bool) -> Scope:
    return Scope.of(country=country or None, asked=ACTIVE if active else None)


def _compare(queries: Queries, country: str, found: BacktestView | None) -> str:
    """Say whether a country's hits differ from all others' by more than its own uncertainty."""
    if found is None:
        return ""
    active = queries.choose("", active=True)
    others = active & (queries.countries != country)
    hits = found.records[0].hits
    if found.is_small or hits.interval is None or not others.any():
        return "not-shown"
    mean = float(queries.hits[OURS][others].mean())
    if hits.interval.low > mean:
        return "better"
    return "worse" if hits.interval.high < mean else "not-shown"


@read_once
def _read_queries(con: duckdb.DuckDBPyConnection) -> Queries | None:
    setup = con.execute("select head, trained_to, tested_from, tested_to from backtest").fetchone()
    if setup is None or setup[3] is None:
        return None
    found = con.execute(
        "select * replace (coalesce(country, '') as country) from backtest_query "
        "order by organisation_id"
    ).fetchnumpy()
    return Queries(
        int(setup[0]),
        (setup[1], setup[2], setup[3]),
        np.asarray(found["country"], dtype=object),
        np.asarray(found["new_partners"]),
        {name: np.asarray(found[f"hits_{name}"], dtype=np.int64) for name in RANKINGS},
        {name: np.asarray(found[f"rank_{name}"], dtype=np.int64) for name in RANKINGS},
    )
