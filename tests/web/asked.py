"""A queue of pairs chosen by hand, so that tests of the queue do not hang on how the matcher is tuned."""

from __future__ import annotations

from pathlib import Path

import duckdb

Pair = tuple[str, str]


def ask_people(home: Path, count: int = 6) -> tuple[Pair, ...]:
    """Put so many pairs in the queue of the evidence in force, in place of its own; gives them in order.

    Each pair is two records of different organisations; no record is in two of them.
    """
    (path,) = sorted((home / "evidence").glob("*/evidence.duckdb"))[-1:]
    con = duckdb.connect(str(path))
    keys = [
        row[0]
        for row in con.execute(
            "select anchor_key from organisation where name is not null "
            "and starts_with(anchor_key, 'he:') order by anchor_key limit $count",
            {"count": 2 * count},
        ).fetchall()
    ]
    pairs = tuple(zip(keys[::2], keys[1::2], strict=True))
    con.execute(
        "create or replace table review_pair (position integer, left_key varchar, "
        "right_key varchar, probability double, money_eur decimal(18, 2), importance double, "
        "kind varchar)"
    )
    kinds = ("link", "duplicate", "succession")
    for place, pair in enumerate(pairs, 1):
        con.execute(
            "insert into review_pair values (?, ?, ?, ?, ?, ?, ?)",
            [place, *pair, 0.5, 1000 * (count - place), 1 / place, kinds[place % 3]],
        )
    con.close()
    return pairs
