"""What the torture stands on: a house that is made once, and copies of it to break."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from torture.house import House, Reading, copy_house, make_house


@pytest.fixture(scope="session")
def whole_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return make_house(tmp_path_factory.mktemp("whole") / "house")


@pytest.fixture
def house(whole_house: House, tmp_path: Path) -> Iterator[House]:
    """A house to break; a reader holds its first evidence all the while, and must never err."""
    found = copy_house(whole_house, tmp_path / "house")
    reading = Reading(found)
    yield found
    told = reading.end()
    assert told["faults"] == []
    assert told["reads"] > 0


@pytest.fixture(scope="session")
def data_dir() -> Path:
    named = os.environ.get("KETEN_DATA", "").strip()
    if not named or not Path(named).is_dir():
        pytest.skip("real data: KETEN_DATA names no folder of open data")
    return Path(named).resolve()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test ten minutes: many builds a test, on machines that do other things as well."""
    for item in items:
        item.add_marker(pytest.mark.timeout(600))
