"""A build that is killed, at twenty moments and more: old or new evidence stands, never a mixture."""

from __future__ import annotations

import time

import pytest

from torture.house import Build, House, change

STATIONS = (
    "find", "load", "resolve", "locate", "link", "measure", "index", "wait", "checkpoint",
    "write-manifest", "flush-evidence.duckdb", "flush-index.sqlite", "flush-manifest.json",
    "rename-folder", "write-pointer", "swap-pointer", "tidy", "done",
)  # fmt: skip
PUBLISHED = {"tidy", "done"}
# Into the work of a stage, not only before it: station, seconds after it was reached.
WITHIN = (
    ("find", 0.004), ("load", 0.03), ("load", 0.12), ("load", 0.25), ("resolve", 0.015),
    ("locate", 0.05), ("link", 0.008), ("measure", 0.08), ("measure", 0.2), ("index", 0.03),
    ("checkpoint", 0.01), ("flush-evidence.duckdb", 0.002), ("rename-folder", 0.001),
    ("swap-pointer", 0.001),
)  # fmt: skip


@pytest.fixture(scope="session")
def after(whole_house: House, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an undisturbed build makes of the changed data."""
    from torture.house import copy_house

    undisturbed = copy_house(whole_house, tmp_path_factory.mktemp("undisturbed") / "house")
    change(undisturbed)
    assert undisturbed.build().code == 0
    return undisturbed.tables()


@pytest.mark.parametrize("station", STATIONS)
def test_killed_at_a_station(house: House, station: str, after: dict[str, str]) -> None:
    before, number, total = house.tables(), house.number(), house.sum()
    change(house)
    build = Build(house.data, house.home, "--wait-at", station)
    build.wait_for(station)
    build.kill()
    left = sorted(house.entries())
    is_new = station in PUBLISHED
    assert house.number() == number + is_new
    assert house.sum() == total + 7 * is_new
    assert house.tables() == (after if is_new else before)
    assert house.lines() == house.judgements
    _recover(house, after)
    print(f"killed at {station}: left {', '.join(left)}; in force {house.number()}")


@pytest.mark.parametrize(("station", "seconds"), WITHIN)
def test_killed_within_a_stage(
    house: House, station: str, seconds: float, after: dict[str, str]
) -> None:
    before, number = house.tables(), house.number()
    change(house)
    build = Build(house.data, house.home)
    build.wait_for(station)
    time.sleep(seconds)
    build.kill()
    left = sorted(house.entries())
    assert house.tables() == (before if house.number() == number else after)
    assert house.lines() == house.judgements
    _recover(house, after)
    print(f"killed {1000 * seconds:.0f} ms into {station}: left {', '.join(left)}")


def test_killed_while_copying_the_evidence_before(house: House) -> None:
    """After a ruling alone the old evidence is copied and changed; the copy must not be believed."""
    from keten.workspace import open_store
    from torture.house import NOW

    before, number = house.tables(), house.number()
    with open_store(house.home) as opened:
        line = opened.judgements()[0]
        opened.withdraw(line.number, "wrong", "ann", NOW)
    house.judgements = house.lines()
    for station in ("copy", "resolve", "measure", "index", "checkpoint"):
        build = Build(house.data, house.home, "--wait-at", station)
        build.wait_for(station)
        build.kill()
        assert house.number() == number
        assert house.tables() == before
        print(f"killed at {station} after a ruling: left {', '.join(sorted(house.entries()))}")
    ended = house.build()
    assert ended.told["report"]["kept"] == ["load", "locate"]
    house.is_tidy()


def test_killed_again_and_again(house: House, after: dict[str, str]) -> None:
    change(house)
    for station in ("write-pointer", "load", "rename-folder", "swap-pointer", "write-pointer"):
        build = Build(house.data, house.home, "--wait-at", station)
        build.wait_for(station)
        build.kill()
    _recover(house, after)


def _recover(house: House, after: dict[str, str]) -> None:
    """The next build finishes the work, and leaves nothing of the dead one."""
    ended = house.build()
    assert ended.code == 0, ended.words
    assert house.tables() == after
    house.is_tidy()
    assert house.build().told["report"]["ran"] == []
