"""Meetings: how often two subjects meet in the projects of regions and of all Europe, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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
    if not wanted:
        return []
    held = [
        (region, code)
        for region in dict.fromkeys(region for region, _, _ in wanted)
        for code in (list_regions(con, region) if region else ())
    ]
    values = {
        "regions": [region for region, _ in held],
        "codes": [code for _, code in held],
        "firsts": sorted({first.name for _, first, _ in wanted}),
        "seconds": sorted({second.name for _, _, second in wanted}),
    }
    # By region (None: all of Europe), and by two subjects, one, or none.
    counts = {tuple(key): projects for *key, projects in con.execute(_COUNTS, values).fetchall()}

    def meet(first: Subject, second: Subject, region: str | None) -> Meeting:
        asked = ((first.name, second.name), (first.name, None), (second.name, None), (None, None))
        return Meeting(*(counts.get((region, *names), 0) for names in asked))

    return [
        Counted(
            region,
            first,
            second,
            meet(first, second, region),
            meet(first, second, None),
        )
        for region, first, second in wanted
    ]


def _divide(count: float, expected: float) -> float:
    return round(count / expected, 2) if expected else 0.0


# A chain's slug and a field's code never look alike, so that names say enough.
_COUNTS: Final = f"""
    with project as materialized (
        select distinct project_id from involvement where programme = '{PROGRAMME}' and has_field
    ), carrier as materialized (
        select code as name, project_id from field_branch
        where code in (select unnest(list_concat($firsts, $seconds)))
        union all
        select chain, project_id from chain_project
        where chain in (select unnest(list_concat($firsts, $seconds)))
    ), held as materialized (
        select distinct h.region, i.project_id
        from involvement i join (select unnest($regions) as region, unnest($codes) as code) h
            on h.code = substr(i.region, 1, {REGION_LENGTH})
        where i.programme = '{PROGRAMME}' and i.has_field
        union all
        select null, project_id from project
    ), one as (
        select h.region, c.name, h.project_id from held h join carrier c using (project_id)
    )
    select one.region, one.name, other.name as second, count(*)
    from one join carrier other using (project_id)
    where one.name in (select unnest($firsts)) and other.name in (select unnest($seconds))
    group by one.region, one.name, other.name
    union all
    select region, name, null, count(*) from one group by region, name
    union all
    select region, null, null, count(*) from held group by region
"""
