"""Cross-over: two fields that are strong in these regions, meet seldom here, and often elsewhere.

One of the two belongs to the chain (the chain itself, a field that its definition names, or one that its
projects carry clearly more often than others), the other lies outside it. What is above or below the
other in the classification, or in a field of the chain, never counts: such pairs meet by definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.diagnosis.measures import FIELD_LEVEL
from keten.diagnosis.meetings import (
    Counted,
    Pair,
    count_meetings,
    measure_pair,
    read_background,
)
from keten.diagnosis.specialisation import Comparison, compare
from keten.diagnosis.subjects import (
    PROGRAMME,
    REGION_LENGTH,
    Subject,
    are_related,
    list_regions,
)
from keten.methods.crossover import control_false_discoveries, expect_together, find_odds

if TYPE_CHECKING:
    import duckdb

# Our own choice: fields with fewer projects here are not called strong; the rate
# elsewhere must be well known; and where fewer than this would be expected, none at all is no surprise.
MIN_PROJECTS: Final = 5
MIN_ELSEWHERE: Final = 20
MIN_EXPECTED: Final = 2.0
FALSE_SHARE: Final = 0.1


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


def _can_show(counted: Counted) -> bool:
    """Say whether fewer than expected could be seen here at all, whatever was found."""
    elsewhere = counted.europe.without(counted.here)
    if elsewhere.together < MIN_ELSEWHERE:
        return False
    return expect_together(counted.here, find_odds(elsewhere)) >= MIN_EXPECTED


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
