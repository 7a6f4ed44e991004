"""What CONNECT computes once, when evidence is built: the back-test, some seconds of work.

The ranking itself is made live, over `collaboration` held in memory: hundredths of a second for the
largest party there is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keten.matchmaking.backtest import send_backtest, write_queries

if TYPE_CHECKING:
    import duckdb

    from keten.evidence.errand import Errand


def send_measures(
    con: duckdb.DuckDBPyConnection,
) -> tuple[Errand[object], Callable[[], None]] | None:
    """Begin `backtest` and `backtest_query`; None where they are written, else what is still at work.

    With it comes what waits for it and writes the rest. Reads what `link` and the stages before wrote.
    """
    errand = send_backtest(con)
    if errand is None:
        return None
    return errand, lambda: write_queries(con, errand.finish())
