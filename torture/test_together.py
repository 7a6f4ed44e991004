"""More than one build at a time: one works, the others say so and go."""

from __future__ import annotations

from pathlib import Path

from torture.house import Build, House, Reading, change


def test_a_second_build_is_refused_and_the_first_ends_well(house: House) -> None:
    change(house)
    first = Build(house.data, house.home, "--wait-at", "link")
    first.wait_for("link")
    second = house.build()
    assert second.code == 6
    assert second.error["code"] == "busy"
    assert str(first.process.pid) in second.error["what"]
    assert second.stations == ()
    assert "building" in house.entries(), "the first is still at work"
    first.go_on()
    ended = first.end()
    assert ended.code == 0, ended.words
    house.is_tidy()
    assert house.build().told["report"]["ran"] == []


def test_five_at_once(house: House) -> None:
    change(house)
    number = house.number()
    ends = [build.end() for build in [Build(house.data, house.home) for _ in range(5)]]
    codes = sorted(ended.code for ended in ends)
    assert set(codes) <= {0, 6}
    assert codes[0] == 0
    assert sum(bool(e.told.get("report", {}).get("ran")) for e in ends) == 1, (
        "the work is done once"
    )
    assert house.number() == number + 1
    house.is_tidy()
    print(f"five at once ended with {codes}")


def test_a_build_in_a_killed_one_s_place(house: House) -> None:
    change(house)
    first = Build(house.data, house.home, "--wait-at", "measure")
    first.wait_for("measure")
    first.kill()
    assert house.build().code == 0, "a dead build holds no lock"
    house.is_tidy()


def test_many_builds_under_one_reader(house: House) -> None:
    """Ten evidences come and go, and the first is still read by who holds it."""
    reading = Reading(house)
    before = house.sum()
    for _ in range(10):
        change(house, 1)
        assert house.build().code == 0
        house.is_tidy()
    told = reading.end()
    assert told["faults"] == []
    assert house.sum() == before + 10
    print(f"read {told['reads']} times over evidences {told['numbers']}")


def test_killed_on_real_data(house: House, data_dir: Path) -> None:
    """The real build, killed in the midst of its longer stages."""
    import time

    before, number = house.tables(), house.number()
    real = House(data_dir, house.home, house.judgements)
    for station, seconds in (("load", 2.0), ("locate", 0.5), ("measure", 1.0), ("index", 1.0)):
        build = Build(real.data, real.home)
        build.wait_for(station)
        time.sleep(seconds)
        build.kill()
        assert (house.number(), house.tables()) == (number, before)
        print(f"real data, killed {seconds:.1f} s into {station}: left {sorted(house.entries())}")
    assert real.build().code == 0
    house.is_tidy()
