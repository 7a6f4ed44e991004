"""What CONNECT computes once, when evidence is built: the back-test, some seconds of work.

The ranking itself is made live, over `collaboration` held in memory: hundredths of a second for the
largest party there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keten.matchmaking.backtest import write_backtest

if TYPE_CHECKING:
    import duckdb


def write_measures(con: duckdb.DuckDBPyConnection) -> None:
    """Write `backtest` and `backtest_query`. Reads what `link` and the stages before it wrote."""
    write_backtest(con)
