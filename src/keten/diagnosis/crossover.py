"""Cross-over: two fields that are strong in these regions, meet seldom here, and often elsewhere.

One of the two belongs to the chain (the chain itself, a field that its definition names, or one that its
projects carry clearly more often than others), the other lies outside it. What is above or below the
other in the classification, or in a field of the chain, never counts: such pairs meet by definition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.diagnosis.measures import FIELD_LEVEL
from keten.diagnosis.specialisation import Comparison, compare, round_expected
from keten.diagnosis.subjects import (
    PROGRAMME,
    REGION_LENGTH,
    Subject,
    are_related,
    list_regions,
)
from keten.methods.crossover import (
    Background,
    Meeting,
    chance_of_so_few,
    control_false_discoveries,
    expect_together,
    find_interval,
    find_odds,
)

if TYPE_CHECKING:
    import duckdb

# Our own choice, made before looking: fields with fewer projects here are not called strong; the rate
# elsewhere must be well known; and where fewer than this would be expected, none at all is no surprise.
MIN_PROJECTS: Final = 5
MIN_ELSEWHERE: Final = 20
MIN_EXPECTED: Final = 2.0
FALSE_SHARE: Final = 0.1


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


@dataclass(frozen=True, slots=True)
class Search:
    """All pairs that were tested, the least likely first, which of them passed, and the strengths."""

    pairs: tuple[Pair, ...]
    passed: tuple[Pair, ...]
    strengths: Mapping[tuple[str, Subject], Comparison]


def search(con: duckdb.DuckDBPyConnection, chain: str, region: str) -> Search:
    """Test all pairs of a subject of the chain with a strong field outside it.

    In the regions as one and in each of them, all tests under one control of false discoveries.
    """
    inside = _list_inside(con, chain)
    wanted: list[tuple[str, Subject, Subject]] = []
    strengths: dict[tuple[str, Subject], Comparison] = {}
    for place in list_places(con, region):
        outside = [
            Subject("field", code)
            for code in _list_carried(con, place)
            if not any(are_related(code, of.name) for of in inside)
        ]
        strong = {
            subject: found
            for subject, found in compare(con, [*inside, *outside], place).items()
            if found.mean > 1 and found.projects >= MIN_PROJECTS
        }
        strengths |= {(place, subject): found for subject, found in strong.items()}
        wanted += [
            (place, first, second)
            for first in inside
            for second in outside
            if first in strong and second in strong
        ]
    background = read_background(con)
    tested = [
        pair
        for counted in count_meetings(con, wanted)
        if _can_show(counted) and (pair := measure_pair(counted, background)).attraction_low > 1
    ]
    tested.sort(key=lambda pair: (pair.chance, pair.region, pair.first, pair.second))
    holds = control_false_discoveries([pair.chance for pair in tested], FALSE_SHARE)
    passed = [
        pair
        for pair, is_rare in zip(tested, holds, strict=True)
        if is_rare
        and pair.high < 1
        and strengths[pair.region, pair.first].low > 1
        and strengths[pair.region, pair.second].low > 1
    ]
    return Search(tuple(tested), tuple(passed), strengths)


def list_places(con: duckdb.DuckDBPyConnection, region: str) -> tuple[str, ...]:
    """Give the regions as one, then each of them if there are several."""
    codes = list_regions(con, region)
    return (region, *codes) if len(codes) > 1 else (region,)


@dataclass(frozen=True, slots=True)
class Counted:
    """How two subjects meet here, and in all of Europe (here included)."""

    region: str
    first: Subject
    second: Subject
    here: Meeting
    europe: Meeting


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


def _can_show(counted: Counted) -> bool:
    """Say whether fewer than expected could be seen here at all, whatever was found."""
    elsewhere = counted.europe.without(counted.here)
    if elsewhere.together < MIN_ELSEWHERE:
        return False
    return expect_together(counted.here, find_odds(elsewhere)) >= MIN_EXPECTED


def _divide(count: float, expected: float) -> float:
    return round(count / expected, 2) if expected else 0.0


def _list_inside(con: duckdb.DuckDBPyConnection, chain: str) -> list[Subject]:
    rows = con.execute(
        "select code from chain_field where chain = $chain order by place", {"chain": chain}
    ).fetchall()
    return [Subject("chain", chain), *(Subject("field", code) for (code,) in rows)]


def _list_carried(con: duckdb.DuckDBPyConnection, region: str) -> list[str]:
    """Give the fields that projects here carry, at the level at which fields are compared."""
    rows = con.execute(
        "select b.code from involvement i join field_branch b using (project_id) "
        f"where i.programme = '{PROGRAMME}' and b.level = $level "
        f"and substr(i.region, 1, {REGION_LENGTH}) in (select unnest($apart)) "
        "group by b.code having count(distinct i.project_id) >= $least order by b.code",
        {
            "level": FIELD_LEVEL,
            "apart": list(list_regions(con, region)),
            "least": MIN_PROJECTS,
        },
    ).fetchall()
    return [code for (code,) in rows]


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
