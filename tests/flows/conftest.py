"""An invented region, built once: files, evidence, and the pages that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.atlas.answers import read_chain
from keten.cli.load import keep_examples
from keten.pipeline import build
from keten.settings import Settings
from keten.sources.invented import write_region
from keten.web.app import create_app
from keten.workspace import open_store

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Region:
    """Where the files and the evidence lie."""

    data: Path
    home: Path


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    place = tmp_path_factory.mktemp("region")
    found = Region(place / "data", place / "home")
    write_region(found.data, organisations=120, seed=7)
    build(found.data, found.home, rulings=(), rulings_fingerprint="none", now=NOW)
    return found


@pytest.fixture(scope="session")
def visitor(region: Region) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(home=region.home, home_country="QN"))) as client:
        yield client


@pytest.fixture(scope="session")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """A region whose evidence knows a chain."""
    place = tmp_path_factory.mktemp("chained")
    found = Region(place / "data", place / "home")
    write_region(found.data, organisations=100, seed=5)
    with open_store(found.home) as store:
        keep_examples(store, NOW, is_invented=True)
        chains = tuple(read_chain(content.value) for content in store.contents("chain"))
    build(found.data, found.home, rulings=(), rulings_fingerprint="", chains=chains, now=NOW)
    return found


@pytest.fixture(scope="session")
def chained_visitor(chained: Region) -> Iterator[TestClient]:
    settings = Settings(home=chained.home, home_country="QN")
    with TestClient(create_app(settings, clock=lambda: NOW)) as client:
        yield client
