"""The small evidence that the tests of the atlas share; it is only read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from keten.evidence import Evidence, latest
from keten.pipeline import build
from tests.atlas.made import make_atlas


@pytest.fixture(scope="session")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A small evidence made by hand."""
    made = make_atlas()
    yield made
    made.close()


@pytest.fixture(scope="session")
def real(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """The evidence of all open data at hand, built once."""
    home = tmp_path_factory.mktemp("real")
    build(data_dir, home, rulings=[], rulings_fingerprint="", now=datetime(2026, 1, 1, tzinfo=UTC))
    evidence = latest(home)
    yield evidence
    evidence.close()
