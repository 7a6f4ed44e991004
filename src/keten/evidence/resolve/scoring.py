"""Scoring: weighs the pairs that were compared, as delivered or as people's rulings moved the weights.

Scores with the weights as delivered are kept beside the pairs. Only when rulings moved the weights is
every pair weighed again.
"""

import math
from collections.abc import Iterable
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from keten.evidence.resolve.cluster import Pair, order_pair
from keten.evidence.resolve.compare import PARTS, Levels
from keten.evidence.resolve.learn import Ruled
from keten.evidence.resolve.verdict import KEPT, Match
from keten.evidence.resolve.weights import SECOND_PLACES, Model, second_numbers

_WORTH: Final = math.log(KEPT / (1 - KEPT))


def weigh_levels(model: Model, levels: Levels, near: Levels, far: Levels) -> NDArray[np.float64]:
    """Give the log-odds of pairs, as `Model.score` does, part by part so that many take little room."""
    scores = np.full(len(levels), model.start)
    for place, part in enumerate(PARTS):
        scores += model.second[SECOND_PLACES[part] :][levels[:, place]]
    scores += model.second[SECOND_PLACES["rival_near"] :][near]
    scores += model.second[SECOND_PLACES["rival_far"] :][far]
    return np.round(scores, 6)


def read_matches(con: duckdb.DuckDBPyConnection) -> list[Match]:
    """Give the pairs worth keeping with the weights as delivered, in the order of their keys."""
    rows = con.execute(
        """
        select left_key, right_key, score, may_link from organisation_comparison
        where score >= $worth
        """,
        {"worth": _WORTH},
    ).fetchall()
    return _list_best(rows)


def weigh_matches(con: duckdb.DuckDBPyConnection, model: Model) -> list[Match]:
    """Give the pairs worth keeping with weights that rulings moved, in the order of their keys."""
    found = con.sql(
        "select rowid as row, levels, near, far from organisation_comparison order by row"
    ).to_arrow_table()
    levels = np.frombuffer(b"".join(found.column("levels").to_pylist()), np.uint8)
    scores = weigh_levels(
        model,
        levels.reshape(-1, len(PARTS)),
        found.column("near").to_numpy(),
        found.column("far").to_numpy(),
    )
    worth = np.flatnonzero(scores >= _WORTH)
    # Names are read of these alone: most pairs are far from being one.
    con.register(
        "worth", pa.table({"row": found.column("row").take(worth), "score": scores[worth]})
    )
    rows = con.execute(
        """
        select c.left_key, c.right_key, w.score, c.may_link
        from organisation_comparison c join worth w on c.rowid = w.row
        """
    ).fetchall()
    con.unregister("worth")
    return _list_best(rows)


def list_ruled(con: duckdb.DuckDBPyConnection, verdicts: dict[Pair, bool]) -> list[Ruled]:
    """Give what rulings teach: of pairs of units that were compared, whether they are one."""
    if not verdicts:
        return []
    rows = con.execute(
        """
        select left_key, right_key, levels, near, far from organisation_comparison
        where left_key in (select unnest($keys)) and right_key in (select unnest($keys))
        order by left_key, right_key, score desc
        """,
        {"keys": sorted({key for pair in verdicts for key in pair})},
    ).fetchall()
    found: dict[Pair, Ruled] = {}
    for left, right, levels, near, far in rows:
        pair = order_pair(left, right)
        if pair in verdicts and pair not in found:
            numbers = second_numbers(
                np.frombuffer(levels, np.uint8).reshape(1, -1),
                np.array([near], np.uint8),
                np.array([far], np.uint8),
            )
            found[pair] = Ruled(tuple(numbers[0].tolist()), verdicts[pair])
    return [found[pair] for pair in sorted(found)]


def _list_best(rows: Iterable[tuple[str, str, float, bool]]) -> list[Match]:
    """Give each pair once, its keys in order: what was compared in two countries by its best score."""
    best: dict[Pair, tuple[float, bool]] = {}
    for left, right, score, may_link in rows:
        pair = order_pair(left, right)
        if pair not in best or best[pair] < (score, may_link):
            best[pair] = (score, may_link)
    return [
        Match(*pair, score, 1 / (1 + math.exp(-score)), may_link)
        for pair, (score, may_link) in sorted(best.items())
    ]
