"""Background: how much the meeting of two fields differs between European regions anyhow, counted once at
a build, so that a gap is only called one when it is rare among regions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from keten.diagnosis.crossover import MIN_ELSEWHERE, MIN_EXPECTED, MIN_PROJECTS
from keten.diagnosis.measures import FIELD_LEVEL
from keten.diagnosis.subjects import PROGRAMME, REGION_LENGTH
from keten.methods.crossover import Background, Meeting, find_odds, fit_background

if TYPE_CHECKING:
    import duckdb

Floats = NDArray[np.float64]

REGION_SIZE: Final = 150  # projects; smaller regions hold no pair that could show anything
SAMPLE: Final = 1_500  # pairs to fit on, spread evenly over all: two numbers need no more
LEAST: Final = 200
# Where there are too few pairs to fit on: what Horizon Europe gives, rounded up.
PRUDENT: Final = Background(0.0, 0.4)


def write_background(con: duckdb.DuckDBPyConnection) -> None:
    """Write `crossover_background`. Reads the measures of this room, `involvement` and `field_branch`."""
    meetings = list_meetings(con)
    kept = meetings[:: max(1, -(-len(meetings) // SAMPLE))]
    found = PRUDENT
    if len(kept) >= LEAST:
        found = fit_background([here for here, _ in kept], [odds for _, odds in kept])
    con.execute(
        "create or replace table crossover_background as select $shift::double as shift, "
        "$spread::double as spread, $pairs::integer as pairs",
        {
            "shift": round(found.shift, 4),
            "spread": round(found.spread, 4),
            "pairs": len(kept) if len(kept) >= LEAST else 0,
        },
    )


def list_meetings(con: duckdb.DuckDBPyConnection) -> list[tuple[Meeting, float]]:
    """Give pairs of strong fields in all larger regions: how they meet there, and the odds elsewhere."""
    projects, fields = _read_matrix(con)
    total = fields.T @ fields
    strong = _read_strong(con)
    codes = _list_codes(con)
    found: list[tuple[Meeting, float]] = []
    for region, rows in _read_rows(con, projects).items():
        places = [place for place, code in enumerate(codes) if (region, code) in strong]
        inside = fields[rows][:, places]
        here, everywhere = inside.T @ inside, total[np.ix_(places, places)]
        for one in range(len(places)):
            for other in range(one + 1, len(places)):
                pair = _make_pair(here, everywhere, one, other, len(rows), len(projects))
                if pair:
                    found.append(pair)
    return found


def _make_pair(
    here: Floats, everywhere: Floats, one: int, other: int, size: int, total: int
) -> tuple[Meeting, float] | None:
    """Give a pair whose gap could show, by the same rules as the search; a quick look comes first."""
    apart = everywhere[one, other] - here[one, other]
    if apart < MIN_ELSEWHERE:
        return None
    meeting = _read(here, one, other, size)
    elsewhere = _read(everywhere, one, other, total).without(meeting)
    by_chance = elsewhere.first * elsewhere.second / elsewhere.total
    expected = meeting.first * meeting.second / size * apart / by_chance
    # That the rate elsewhere is above chance, two standard errors of a count away.
    if apart - 2 * np.sqrt(apart) <= by_chance or expected < MIN_EXPECTED:
        return None
    return meeting, find_odds(elsewhere)


def _read(counts: Floats, one: int, other: int, size: int) -> Meeting:
    return Meeting(int(counts[one, other]), int(counts[one, one]), int(counts[other, other]), size)


def _list_codes(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "select distinct code from field_branch where level = $level order by code",
        {"level": FIELD_LEVEL},
    ).fetchall()
    return [code for (code,) in rows]


def _read_matrix(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, int], Floats]:
    """Give the place of each project, and the table of projects by fields (1: carries it)."""
    projects = {
        name: place
        for place, (name,) in enumerate(
            con.execute(
                "select distinct project_id from involvement "
                f"where programme = '{PROGRAMME}' and has_field order by project_id"
            ).fetchall()
        )
    }
    codes = {code: place for place, code in enumerate(_list_codes(con))}
    fields = np.zeros((len(projects), len(codes)))
    for project, code in con.execute(
        "select project_id, code from field_branch where level = $level", {"level": FIELD_LEVEL}
    ).fetchall():
        if project in projects:
            fields[projects[project], codes[code]] = 1
    return projects, fields


def _read_rows(con: duckdb.DuckDBPyConnection, projects: dict[str, int]) -> dict[str, list[int]]:
    """Give the places of the projects of each larger region."""
    rows = con.execute(
        f"select substr(region, 1, {REGION_LENGTH}) as code, list(distinct project_id) "
        f"from involvement where programme = '{PROGRAMME}' and has_field and code in ("
        "select region from region_presence where subject = 'with-field' and projects >= $size) "
        "group by code order by code",
        {"size": REGION_SIZE},
    ).fetchall()
    return {region: sorted(projects[name] for name in names) for region, names in rows}


def _read_strong(con: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Give the fields in which a region has more than its share, as the search calls them strong."""
    rows = con.execute(
        """
        with total as (select sum(projects) as n from region_presence where subject = 'with-field')
        select p.region, p.name
        from region_presence p
        join presence_shape s on s.subject = p.subject and s.name = p.name
        join region_presence r on r.subject = 'with-field' and r.region = p.region, total t
        where p.subject = 'field' and p.projects >= $least and r.projects >= $size
          and p.projects > r.projects * s.projects / t.n
        order by all
        """,
        {"least": MIN_PROJECTS, "size": REGION_SIZE},
    ).fetchall()
    return set(rows)
