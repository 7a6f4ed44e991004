"""The back-test of the ranking of partners: made from what was known then, checked against what came.

The ranking sees projects that began up to one day; it is asked about organisations seen in some projects
by then, and is right where two of those that had never met begin a project together after another day.
Between the two days lies half a year: what began then was applied for before, so that a pair which met in
it is neither right nor wrong. Popularity and chance are ranked beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sparse

from keten.evidence.errand import Errand
from keten.methods.link_prediction import (
    join_members,
    score_adamic_adar,
    score_preferential_attachment,
)
from keten.methods.ranking import count_hits, find_first_hits

if TYPE_CHECKING:
    import duckdb

RANKINGS: Final = ("adamic_adar", "popularity", "chance")
MANY: Final = 1_000  # asked about, from which on a process of its own is worth its start
_AT_ONCE: Final = 256  # queries whose scores are held in memory together


@dataclass(frozen=True, slots=True)
class Setup:
    """What is learnt from, what is tested on, and who is asked about.

    `counts_between`: whether a pair that met between the two days, and again after, counts as right.
    """

    trained_to: date = date(2022, 12, 31)
    tested_from: date = date(2023, 7, 1)
    least_projects: int = 3
    head: int = 10
    seed: int = 20_221_231
    counts_between: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """Who had worked with whom before, between and after the two days; all by place in `organisation`.

    `projects` counts each one's projects before; `in_chain` holds the places of those that had a project
    of a chain by then, by chain.
    """

    before: sparse.csr_array
    between: sparse.csr_array
    after: sparse.csr_array
    projects: npt.NDArray[np.int64]
    in_chain: dict[str, npt.NDArray[np.int64]]
    tested_to: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each organisation's suggestions; all arrays are by organisation asked about.

    `places` are their places in the table `organisation`; `found` how many new partners each met; `hits`
    and `ranks`, by ranking, how many of its first suggestions came true, and the rank of the first that
    did (0: none did).
    """

    places: npt.NDArray[np.int64]
    found: npt.NDArray[np.int64]
    hits: dict[str, npt.NDArray[np.int64]]
    ranks: dict[str, npt.NDArray[np.int64]]


SETUP: Final = Setup()


def write_backtest(con: duckdb.DuckDBPyConnection, setup: Setup = SETUP) -> None:
    """Write `backtest` (one row: the set-up) and `backtest_query` (a row for each organisation asked).

    Asked are all organisations, among each other, and under the name of each chain its parties among each
    other. Reads what `link` and `classify` wrote.
    """
    past = read_past(con, setup)
    write_setup(con, past, setup)
    write_queries(con, run_backtests(past, setup))


def send_backtest(
    con: duckdb.DuckDBPyConnection, setup: Setup = SETUP, *, many: int = MANY
) -> Errand[pa.Table] | None:
    """Write what `write_backtest` does, but have it ranked elsewhere where `many` are asked about.

    What is given then is what `write_queries` takes; None where all is written.
    """
    past = read_past(con, setup)
    write_setup(con, past, setup)
    if np.count_nonzero(past.projects >= setup.least_projects) < many:
        write_queries(con, run_backtests(past, setup))
        return None
    return Errand(run_backtests, (past, setup), lambda: run_backtests(read_past(con, setup), setup))


def write_setup(con: duckdb.DuckDBPyConnection, past: Past, setup: Setup) -> None:
    """Write `backtest`: what was learnt from, what was tested on, and who was asked about."""
    con.execute(
        """
        create or replace table backtest as
        select $trained_to::date as trained_to, $tested_from::date as tested_from,
               $tested_to::date as tested_to, $least::integer as least_projects,
               $head::integer as head, $seed::bigint as seed
        """,
        {
            "trained_to": setup.trained_to,
            "tested_from": setup.tested_from,
            "tested_to": past.tested_to,
            "least": setup.least_projects,
            "head": setup.head,
            "seed": setup.seed,
        },
    )


def run_backtests(past: Past, setup: Setup) -> pa.Table:
    """Rank for all, among each other, and for the parties of each chain among each other."""
    return pa.concat_tables(
        [_tabulate("", run_backtest(past, None, setup))]
        + [_tabulate(name, run_backtest(past, name, setup)) for name in sorted(past.in_chain)]
    )


def write_queries(con: duckdb.DuckDBPyConnection, gathered: pa.Table) -> None:
    """Write `backtest_query` from what `run_backtests` gave."""
    columns = ", ".join(f"a.{name}::integer as {name}" for name in gathered.column_names[2:])
    con.register("arrived", gathered)
    con.execute(
        f"""
        create or replace table backtest_query as
        select a.chain, o.organisation_id, o.country, {columns}
        from arrived a join organisation o on o.rowid = a.place
        order by a.chain, o.organisation_id
        """
    )
    con.unregister("arrived")


def run_backtest(past: Past, chain: str | None = None, setup: Setup = SETUP) -> Outcome:
    """Rank for every organisation seen before, of all or of a chain, and see what came."""
    seen = past.projects >= setup.least_projects
    asked = np.flatnonzero(seen)
    if chain is not None:
        asked = np.intersect1d(asked, past.in_chain[chain])
    known, between, right = (
        network[asked][:, asked] for network in (past.before, past.between, past.after)
    )
    out = known if setup.counts_between else known + between
    right = sparse.csr_array(right - right.multiply(out > 0))
    right.eliminate_zeros()
    found = np.diff(right.indptr).astype(np.int64)
    hits = {name: np.zeros(asked.size, dtype=np.int64) for name in RANKINGS}
    ranks = {name: np.zeros(asked.size, dtype=np.int64) for name in RANKINGS}
    rng = np.random.default_rng(setup.seed)
    # Who met nobody new has no hits whatever was suggested: only the others need a ranking.
    active = np.flatnonzero(found)
    for start in range(0, active.size, _AT_ONCE):
        some = active[start : start + _AT_ONCE]
        relevant = right[some].toarray() > 0
        ruled_out = out[some].toarray() > 0
        ruled_out[np.arange(some.size), some] = True
        for name in RANKINGS:
            if name == "adamic_adar":
                scores = score_adamic_adar(past.before, asked[some], asked)
                scores[scores == 0] = -np.inf  # who shares nobody is not suggested
            elif name == "popularity":
                scores = score_preferential_attachment(past.before, asked[some], asked)
            else:
                scores = rng.random(relevant.shape)
            scores[ruled_out] = -np.inf
            hits[name][some] = count_hits(scores, relevant, setup.head)
            ranks[name][some] = find_first_hits(scores, relevant)
    return Outcome(asked.astype(np.int64), found, hits, ranks)


def read_past(con: duckdb.DuckDBPyConnection, setup: Setup = SETUP) -> Past:
    """Read who sat in which project from when. An organisation sits in a project once."""
    found = con.execute(
        """
        select o.rowid::bigint as member, dense_rank() over (order by i.project_id) - 1 as project,
               any_value(i.start_date) as began
        from involvement i join organisation o using (organisation_id)
        where i.start_date is not null
        group by i.project_id, o.rowid order by project, member
        """
    ).fetchnumpy()
    ((size,),) = con.execute("select count(*) from organisation").fetchall()
    member, project = (np.asarray(found[name], dtype=np.int64) for name in ("member", "project"))
    began = np.asarray(found["began"]).astype("datetime64[D]")
    before = began <= np.datetime64(setup.trained_to)
    after = began >= np.datetime64(setup.tested_from)

    def join(rows: npt.NDArray[np.bool_]) -> sparse.csr_array:
        return join_members(member[rows], project[rows], int(size))

    return Past(
        join(before),
        join(~before & ~after),
        join(after),
        np.bincount(member[before], minlength=int(size)).astype(np.int64),
        _read_chains(con, setup.trained_to),
        began[after].max().item() if after.any() else None,
    )


def _read_chains(
    con: duckdb.DuckDBPyConnection, trained_to: date
) -> dict[str, npt.NDArray[np.int64]]:
    """Read who was a party of each chain by a day: had a project of it that had begun."""
    rows = con.execute(
        """
        select c.chain, o.rowid::bigint as place
        from chain_project c join involvement i using (project_id)
        join organisation o using (organisation_id)
        where i.start_date <= $trained_to group by c.chain, o.rowid order by c.chain, place
        """,
        {"trained_to": trained_to},
    ).fetchall()
    names = [name for (name,) in con.execute("select chain from chain order by chain").fetchall()]
    return {
        name: np.array([place for chain, place in rows if chain == name], dtype=np.int64)
        for name in names
    }


def _tabulate(chain: str, outcome: Outcome) -> pa.Table:
    return pa.table(
        {
            "chain": pa.array([chain] * outcome.places.size, pa.string()),
            "place": outcome.places,
            "new_partners": outcome.found,
            **{f"hits_{name}": outcome.hits[name] for name in RANKINGS},
            **{f"rank_{name}": outcome.ranks[name] for name in RANKINGS},
        }
    )
