"""The small networks that these tests share; they are only read."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from keten.matchmaking.backtest import Setup, write_backtest
from tests.matchmaking.made import make_network

SETUP = Setup(least_projects=1, head=1)


@pytest.fixture(scope="session")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """The network as it was, with the back-test of a build, which finds nothing to test on."""
    made = make_network()
    write_backtest(made)
    yield made
    made.close()


@pytest.fixture(scope="session")
def later() -> Iterator[duckdb.DuckDBPyConnection]:
    """The same with what came later."""
    made = make_network(later=True)
    yield made
    made.close()
