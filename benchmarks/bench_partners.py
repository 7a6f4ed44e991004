"""Does the ranking of partners foretell who meets? The trial's set-up again, and what the product shows.

The trial, over 800 drawn queries: precision at ten .169 by partners in common against .136 by popularity,
and .179 against .139 for 251 Dutch ones. It counted a pair that met in the half year between the two days
and again after it as right; the product leaves such pairs out. Both are asked here about everybody.
"""

from __future__ import annotations

import time
from dataclasses import replace

import duckdb
import numpy as np

from benchmarks.verdict import Ground, Line, below
from keten.evidence import latest
from keten.matchmaking.answers import rank_partners
from keten.matchmaking.backtest import SETUP, Outcome, read_past, run_backtest
from keten.methods.ranking import Estimate, estimate_means, precision_at, reciprocal_rank

TRIAL = {"": (800, 0.169, 0.136), "NL": (251, 0.179, 0.139)}
CPU_LIMIT = 10.0
LARGEST_LIMIT = 1.0  # of CPU, so that a busy machine is not blamed on the ranking


def run(ground: Ground) -> list[Line]:
    """Run both set-ups over all queries; time the back-test and the largest party's ranking."""
    con = latest(ground.home()).cursor()
    started = time.process_time()
    past = read_past(con)
    outcome = run_backtest(past)
    lines = [below("back-test among all, CPU", time.process_time() - started, CPU_LIMIT, "s")]
    like_trial = run_backtest(past, None, replace(SETUP, counts_between=True))
    for country, (queries, ours, theirs) in TRIAL.items():
        name = country or "all"
        lines += _tell(
            con, f"{name}, as in the trial", like_trial, country, (queries, ours, theirs)
        )
        lines += _tell(con, f"{name}, as in the product", outcome, country)
    return [*lines, _time_largest(con)]


def _tell(
    con: duckdb.DuckDBPyConnection,
    name: str,
    outcome: Outcome,
    country: str,
    trial: tuple[int, float, float] | None = None,
) -> list[Line]:
    rows = con.execute("select rowid, coalesce(country, '') from organisation").fetchall()
    where = dict(rows)
    chosen = outcome.found > 0
    if country:
        chosen &= np.array([where[int(place)] == country for place in outcome.places])
    columns = {ranking: precision_at(hits[chosen], 10) for ranking, hits in outcome.hits.items()}
    ranks = {name: reciprocal_rank(ranks[chosen]) for name, ranks in outcome.ranks.items()}
    gain = columns["adamic_adar"] - columns["popularity"]
    found = estimate_means(np.column_stack([*columns.values(), gain, *ranks.values()]), seed=1)
    told = dict(zip([*columns, "gain", *(f"MRR {key}" for key in ranks)], found, strict=True))
    lines = [
        Line(f"{name}: {key} ({int(chosen.sum())} queries)", _say(value))
        for key, value in told.items()
    ]
    if trial is not None:
        lines.append(_compare(name, told, trial, columns))
    return lines


def _compare(
    name: str,
    told: dict[str, Estimate],
    trial: tuple[int, float, float],
    columns: dict[str, np.ndarray],
) -> Line:
    """Say whether the trial's values lie within what a draw of so many queries gives."""
    queries, ours, theirs = trial
    within = all(
        abs(value - told[key].mean) < 2.6 * columns[key].std() / np.sqrt(queries)
        for key, value in (("adamic_adar", ours), ("popularity", theirs))
    )
    said = f"{ours:.3f} / {theirs:.3f}"
    return Line(f"{name}: the trial's values", said, "within a draw of its queries", within)


def _say(value: Estimate) -> str:
    return f"{value.mean:.4f} ({value.low:.4f} to {value.high:.4f})"


def _time_largest(con: duckdb.DuckDBPyConnection) -> Line:
    row = con.execute(
        "select organisation_id from organisation_card order by partners desc, 1 limit 1"
    ).fetchone()
    assert row is not None
    rank_partners(con, row[0], this_year=2026)
    started = time.process_time()
    rank_partners(con, row[0], this_year=2026)
    seconds = time.process_time() - started
    return below("ranking for the party with most partners, CPU", seconds, LARGEST_LIMIT, "s", 2)
