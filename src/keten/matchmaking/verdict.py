"""How well the ranking foretold: reads what the back-test wrote, as figures with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from keten.evidence.figures import keep_each, read_once
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


def read_backtest(
    con: duckdb.DuckDBPyConnection, country: str = "", chain: str = ""
) -> Backtest | None:
    """Give how the ranking did: for all, for those of one country, and among the parties of one chain.

    None where the evidence has nothing to test on.
    """
    read = _read_queries(con)
    if "" not in read or not read[""].choose("", active=True).any():
        return None
    whole = _view(con, ("", ""))
    assert whole is not None, "somebody met somebody new"
    found = _view(con, ("", country)) if country else None
    return Backtest(
        *read[""].days,
        whole=whole,
        country=found,
        chain=_view(con, (chain, "")) if chain and chain in read else None,
        country_differs=_compare(read[""], country, found),
    )


def measure_backtest(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Figure | None:
    """Compute one figure of the back-test from its scope; None where there is nothing to test on."""
    given = scope.as_dict()
    queries = _read_queries(con).get(given.get("chain", ""))
    if queries is None:
        return None
    group = Group(queries, given.get("chain", ""), given.get("country", ""))
    active = given.get("asked") == ACTIVE
    if name == "backtest_organisations":
        return group.count(active=active)
    ranking = given.get("ranking", OURS)
    if ranking not in RANKINGS or not group.has_queries(active=active):
        return None
    # The same draw as for a page, so that both give the same to the last decimal.
    rankings = RANKINGS if active else (ranking,)
    return group.measure(rankings, active=active)[ranking].get(name)


@dataclass(frozen=True, slots=True)
class Group:
    """The organisations that figures of the back-test are about."""

    queries: Queries
    chain: str
    country: str

    def has_queries(self, *, active: bool = True) -> bool:
        """Say whether anybody is in it."""
        return bool(self.queries.choose(self.country, active=active).any())

    def view(self) -> BacktestView:
        """Give all figures of this group."""
        by_ranking = self.measure(RANKINGS, active=True)
        gain = by_ranking[OURS]["backtest_gain"]
        asked = self.count(active=True)
        return BacktestView(
            chain=self.chain,
            country=self.country,
            asked=self.count(active=False),
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
            hits_of_all=self.measure((OURS,), active=False)[OURS]["backtest_hits"],
            gain=gain,
            is_gain_shown=gain.interval is not None and gain.interval.low > 0,
            is_small=int(asked.value or 0) < FEW,
        )

    def measure(self, rankings: Sequence[str], *, active: bool) -> dict[str, dict[str, Figure]]:
        """Give the figures of rankings, by ranking and by name; one draw of queries serves them all."""
        queries = self.queries
        chosen = queries.choose(self.country, active=active)
        columns: dict[tuple[str, str], npt.NDArray[Any]] = {}
        for ranking in rankings:
            hits = queries.hits[ranking][chosen]
            ranks = queries.ranks[ranking][chosen]
            columns[ranking, "backtest_hits"] = hits
            columns[ranking, "backtest_precision"] = precision_at(hits, queries.head)
            columns[ranking, "backtest_reciprocal_rank"] = reciprocal_rank(ranks)
            columns[ranking, "backtest_gain"] = hits - queries.hits[BASELINE][chosen]
        estimates = estimate_means(np.column_stack(list(columns.values())), seed=_SEED)
        found: dict[str, dict[str, Figure]] = {ranking: {} for ranking in rankings}
        for (ranking, name), estimate in zip(columns, estimates, strict=True):
            scope = self.scope(active=active).narrowed(ranking=ranking)
            found[ranking][name] = _figure(name, estimate, scope)
        return found

    def count(self, *, active: bool) -> Figure:
        """Give how many organisations were asked about."""
        method = METHODS["backtest_organisations"]
        counted = int(self.queries.choose(self.country, active=active).sum())
        scope = self.scope(active=active)
        return Figure(counted, method.unit, method.name, scope, version=method.version)

    def scope(self, *, active: bool) -> Scope:
        """Give the scope that names this group."""
        return Scope.of(
            chain=self.chain or None,
            country=self.country or None,
            asked=ACTIVE if active else None,
        )


def _figure(name: str, estimate: Estimate, scope: Scope) -> Figure:
    method = METHODS[name]
    interval = Interval(estimate.low, estimate.high, estimate.level)
    return Figure(
        estimate.mean, method.unit, name, scope, version=method.version, interval=interval
    )


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


@keep_each
def _view(con: duckdb.DuckDBPyConnection, asked: tuple[str, str]) -> BacktestView | None:
    """Give the figures of a chain and a country; None where nobody in it met somebody new."""
    chain, country = asked
    group = Group(_read_queries(con)[chain], chain, country)
    return group.view() if group.has_queries() else None


@read_once
def _read_queries(con: duckdb.DuckDBPyConnection) -> dict[str, Queries]:
    """Read what the back-test wrote, by chain; nothing where there was nothing to test on."""
    setup = con.execute("select head, trained_to, tested_from, tested_to from backtest").fetchone()
    if setup is None or setup[3] is None:
        return {}
    found = con.execute(
        "select * replace (coalesce(country, '') as country) from backtest_query "
        "order by chain, organisation_id"
    ).fetchnumpy()
    columns = {name: np.asarray(column) for name, column in found.items()}
    chains = columns["chain"]
    return {
        str(chain): Queries(
            int(setup[0]),
            (setup[1], setup[2], setup[3]),
            columns["country"][chains == chain].astype(object),
            columns["new_partners"][chains == chain],
            {name: columns[f"hits_{name}"][chains == chain] for name in RANKINGS},
            {name: columns[f"rank_{name}"][chains == chain] for name in RANKINGS},
        )
        for chain in sorted(set(chains))
    }
