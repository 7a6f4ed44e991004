"""Meetings: how often two subjects meet in the projects of regions and of all Europe, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keten.diagnosis.specialisation import round_expected
from keten.diagnosis.subjects import PROGRAMME, REGION_LENGTH, Subject, list_regions
from keten.methods.crossover import (
    Background,
    Meeting,
    chance_of_so_few,
    expect_together,
    find_interval,
    find_odds,
)

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Counted:
    """How two subjects meet here, and in all of Europe (here included)."""

    region: str
    first: Subject
    second: Subject
    here: Meeting
    europe: Meeting


@dataclass(frozen=True, slots=True)
class Pair:
    """Two subjects in one region or several as one: how they meet here and elsewhere, and what follows.

    `expected` is what the rate elsewhere gives here, `low` and `high` bound the ratio of what was found
    to that; `attraction` is how many times as often as by chance they meet elsewhere; `chance` is that
    of so few or fewer in a region, reckoning with how much regions differ.
    """

    region: str
    first: Subject
    second: Subject
    here: Meeting
    elsewhere: Meeting
    expected: float
    by_chance: float
    ratio: float
    low: float
    high: float
    attraction: float
    attraction_low: float
    attraction_high: float
    chance: float


def measure_pair(counted: Counted, background: Background) -> Pair:
    """Work out one pair from what was counted."""
    here, elsewhere = counted.here, counted.europe.without(counted.here)
    odds = find_odds(elsewhere)
    expected = expect_together(here, odds)
    low, high = find_interval(here)
    apart = expect_together(elsewhere)
    attraction_low, attraction_high = find_interval(elsewhere)
    return Pair(
        counted.region,
        counted.first,
        counted.second,
        here,
        elsewhere,
        round_expected(expected),
        round_expected(expect_together(here)),
        _divide(here.together, expected),
        _divide(low, expected),
        _divide(high, expected),
        _divide(elsewhere.together, apart),
        _divide(attraction_low, apart),
        _divide(attraction_high, apart),
        chance_of_so_few(here, odds, background),
    )


def read_background(con: duckdb.DuckDBPyConnection) -> Background:
    """Read how much regions differ in this anyhow."""
    row = con.execute("select shift, spread from crossover_background").fetchone()
    assert row is not None, "a build writes this row"
    return Background(*row)


def count_meetings(
    con: duckdb.DuckDBPyConnection, wanted: Sequence[tuple[str, Subject, Subject]]
) -> list[Counted]:
    """Count how subjects meet, for each (region, first, second).

    Projects of Horizon Europe that carry a field of science, each once; in a region: with a participant
    there. No region ('') has no projects: only all of Europe is counted then.
    """
    carried = _read_carriers(con, {subject for _, *both in wanted for subject in both})
    regions = dict.fromkeys(region for region, _, _ in wanted)
    everywhere, within = _read_projects(
        con, {name: list_regions(con, name) if name else () for name in regions}
    )

    def meet(first: Subject, second: Subject, projects: set[str]) -> Meeting:
        one, other = carried[first] & projects, carried[second] & projects
        return Meeting(len(one & other), len(one), len(other), len(projects))

    return [
        Counted(
            region,
            first,
            second,
            meet(first, second, within[region]),
            meet(first, second, everywhere),
        )
        for region, first, second in wanted
    ]


def _divide(count: float, expected: float) -> float:
    return round(count / expected, 2) if expected else 0.0


def _read_carriers(
    con: duckdb.DuckDBPyConnection, subjects: Collection[Subject]
) -> dict[Subject, set[str]]:
    found: dict[Subject, set[str]] = {subject: set() for subject in subjects}
    for kind, table, column in (
        ("chain", "chain_project", "chain"),
        ("field", "field_branch", "code"),
    ):
        names = sorted({subject.name for subject in subjects if subject.kind == kind})
        for name, project in con.execute(
            f"select {column}, project_id from {table} where {column} in (select unnest($names))",
            {"names": names},
        ).fetchall():
            found[Subject(kind, name)].add(project)
    return found


def _read_projects(
    con: duckdb.DuckDBPyConnection, within: Mapping[str, Collection[str]]
) -> tuple[set[str], dict[str, set[str]]]:
    """Give all projects with a field, and those of them with a participant in the regions by name."""
    everywhere: set[str] = set()
    found: dict[str, set[str]] = {name: set() for name in within}
    holding = {
        code: [n for n, codes in within.items() if code in codes]
        for codes in within.values()
        for code in codes
    }
    for project, regions in con.execute(
        f"select project_id, list(distinct substr(region, 1, {REGION_LENGTH})) from involvement "
        f"where programme = '{PROGRAMME}' and has_field group by project_id"
    ).fetchall():
        everywhere.add(project)
        for region in regions:
            for name in holding.get(region, ()):
                found[name].add(project)
    return everywhere, found
