"""Lists whose truth is known: who of a country took part in one part of a programme, told by nothing else.

A list is everybody of a country with a project under the topics of one destination, mission or partnership
of Horizon Europe. What tells of them is read from all other projects, so that the list is not seen in the
traits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from keten.atlas.traits import Traits, gather_traits

if TYPE_CHECKING:
    import duckdb

FEWEST, MOST, PROJECTS, ASKED = 8, 150, 15, 15
# Open to all fields, so that who is in them has nothing in common.
OPEN: Final = "HORIZON-(MSCA|EIC|WIDERA|INFRA)"
PART: Final = (
    "regexp_replace(regexp_extract(topic, "
    "'^(HORIZON-JU-[A-Z0-9]+|HORIZON-[A-Z0-9]+-20[0-9]+-([A-Z0-9]+))', 1), '-20[0-9]+-', '-')"
)
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a country: its members, everybody else who could be on it, and whom to leave out."""

    part: str
    country: str
    members: Places
    others: Places
    asked: Places


def make_lists(
    con: duckdb.DuckDBPyConnection, countries: tuple[str, ...], seed: int
) -> Iterator[tuple[Traits, list[Listed]]]:
    """Give the traits without a part's projects, with the lists of that part, part by part."""
    dice = np.random.default_rng(seed)
    con.execute(
        f"create or replace temp table part_project as select distinct {PART} as part, project_id "
        "from project_topic where starts_with(topic, 'HORIZON')"
    )
    parts = con.execute(
        "select part from part_project where part <> '' and not regexp_matches(part, $open) "
        "group by part having count(*) >= $projects order by part",
        {"open": OPEN, "projects": PROJECTS},
    ).fetchall()
    for (part,) in parts:
        word = str(part).replace("'", "''")
        mine = f"select project_id from part_project where part = '{word}'"
        traits = gather_traits(con, mine)
        found = []
        for country in countries:
            rows = con.execute(
                "select o.rowid::bigint, bool_or(i.project_id in (select project_id from part_project "
                "where part = $part)) from involvement i join organisation o using (organisation_id) "
                "where o.country = $country group by 1 order by 1",
                {"part": part, "country": country},
            ).fetchall()
            known = [(int(place), is_in) for place, is_in in rows if traits.projects[place]]
            members = np.array([place for place, is_in in known if is_in], dtype=np.int64)
            others = np.array([place for place, is_in in known if not is_in], dtype=np.int64)
            if FEWEST <= members.size <= MOST:
                asked = np.arange(members.size)
                if members.size > ASKED:
                    asked = np.sort(dice.choice(members.size, ASKED, replace=False))
                found.append(Listed(part, country, members, others, asked))
        if found:
            yield traits, found
