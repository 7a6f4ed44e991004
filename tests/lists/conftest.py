"""An invented region, built once, and a workspace of each test's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from keten.evidence import latest
from keten.evidence.names import compare_name
from keten.pipeline import build
from keten.sources.invented import write_region
from keten.workspace import Store, open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "QN"


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("region")
    write_region(place / "data", organisations=60, seed=4)
    build(place / "data", place / "home", rulings=(), rulings_fingerprint="none", now=NOW)
    return place / "home"


@pytest.fixture(scope="session")
def con(region: Path) -> duckdb.DuckDBPyConnection:
    return latest(region, threads=1).cursor()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def names(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Source key, name and city of organisations whose name no other bears."""
    rows = con.execute(
        "select min(source_key), name, any_value(city) from source_organisation "
        "where country = 'QN' and name is not null and pic is not null group by name "
        "having count(distinct pic) = 1 order by name"
    ).fetchall()
    found = {compare_name(row[1]): row for row in rows}
    return list(found.values())
