"""A disk that fills up: the build says so, the old evidence stands, and room made is room used."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from keten.sources.invented import write_region
from torture.house import House, Reading, change, make_house

MEGABYTE = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk in memory that can be made smaller and larger; skipped where nobody may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", str(place)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def used(disk: Path) -> int:
    state = os.statvfs(disk)
    return (state.f_blocks - state.f_bfree) * state.f_frsize


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    """From no room at all to nearly enough; each time the build stops, and nothing is left behind."""
    house = make_house(small_disk / "house")
    before, number = house.tables(), house.number()
    reading = Reading(house)
    shutil.move(house.data, tmp_path / "data")
    house.data = tmp_path / "data"
    shutil.rmtree(house.data)
    write_region(house.data, organisations=400, seed=2)
    needed = _needed(house, tmp_path)
    stops = 0
    for share in (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95):
        resize(small_disk, used(small_disk) + int(needed * share) // 4096 * 4096 + 4096)
        ended = house.build()
        if ended.code == 0:
            print(f"{share:.0%} of {needed // MEGABYTE} MB was enough")
            break
        # With no room at all the workspace cannot be opened, and says so.
        assert ended.code in ({5} if share else {5, 7}), ended.words
        assert ended.code == 7 or "Make room" in ended.words, ended.words
        assert "building" not in house.entries()
        assert house.number() == number
        resize(small_disk, 512 * MEGABYTE)
        assert house.tables() == before
        house.is_tidy()
        stops += 1
        print(f"{share:.0%} of {needed // MEGABYTE} MB: at {ended.stations[-1:]}: {ended.words}")
    assert stops >= 4
    resize(small_disk, 512 * MEGABYTE)
    assert house.build().code == 0
    house.is_tidy()
    assert reading.end()["faults"] == []


def _needed(house: House, place: Path) -> int:
    """Give the room that a build of these data takes, from one that had it."""
    other = House(house.data, place / "other")
    assert other.build().code == 0
    folder = other.root / f"{other.number():06d}"
    return sum(path.stat().st_size for path in folder.iterdir())


@pytest.mark.parametrize("largest", [1, 4096, 300_000, 1_500_000, 3_000_000])
def test_no_file_may_grow_beyond(house: House, largest: int) -> None:
    """The same by a limit on the size of files, which needs no mount."""
    before, number = house.tables(), house.number()
    change(house)
    ended = house.build("--largest-file", str(largest))
    assert ended.code == 5, ended.words
    assert "Make room" in ended.words
    assert house.number() == number
    assert house.tables() == before
    assert "building" not in house.entries()
    house.is_tidy()
    assert house.build().code == 0
    house.is_tidy()
    print(f"no file beyond {largest} bytes: at {ended.stations[-1]}: {ended.words}")


def test_a_full_disk_on_real_data(small_disk: Path, data_dir: Path) -> None:
    house = make_house(small_disk / "house")
    before, number = house.tables(), house.number()
    real = House(data_dir, house.home, house.judgements)
    for room in (20, 120):
        resize(small_disk, used(small_disk) + room * MEGABYTE)
        ended = real.build()
        assert ended.code == 5, ended.words
        assert "Make room" in ended.words
        resize(small_disk, 512 * MEGABYTE)
        assert (house.number(), house.tables()) == (number, before)
        house.is_tidy()
        print(f"{room} MB for the real data: at {ended.stations[-1]}: {ended.words}")
