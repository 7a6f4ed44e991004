"""Traits: what organisations do and are, as the sources tell it, by which one may resemble another.

Organisations lie in the order of the table `organisation`. Everything is read once for each evidence and
shared by all threads: some hundred thousand pairs of an organisation and a trait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from keten.evidence.figures import read_once
from keten.methods.likeness import weigh_traits

if TYPE_CHECKING:
    import duckdb

Places = npt.NDArray[np.int64]
# Traits of projects, which become those of who takes part: select project_id, trait, record_id.
OF_PROJECTS: Final[Mapping[str, str]] = {
    "field": "select project_id, code as trait, record_id from project_field",
    "part": "select project_id, code as trait, record_id from project_programme_part",
    "technology": (
        "select t.project_id, t.technology as trait, p.record_id from project_technology t "
        "join project p using (project_id) where t.relation in ('develops', 'applies')"
    ),
    "project": "select project_id, project_id as trait, record_id from project",
}
# What an organisation is, known of itself.
KIND: Final = (
    "select organisation_id, coalesce(kind, 'unknown') || "
    "case when kind = 'company' then coalesce('/' || is_sme, '') else '' end as trait, record_id "
    "from organisation"
)
FAMILIES: Final = (*OF_PROJECTS, "kind")
NO_PROJECTS: Final = "select null::varchar as project_id where false"


@dataclass(frozen=True, slots=True)
class Traits:
    """Who has which trait, by family: a row for each organisation, of unit length, by place.

    `names` are the codes of the columns; `projects` counts each organisation's projects.
    """

    names: Mapping[str, tuple[str, ...]]
    units: Mapping[str, sparse.csr_array]
    projects: npt.NDArray[np.int64]

    def has(self, family: str, places: Places) -> sparse.csr_array:
        """Flag who of some organisations has which trait of a family."""
        found = sparse.csr_array(self.units[family][places])
        found.data = np.ones_like(found.data)
        return found


@read_once
def read_traits(con: duckdb.DuckDBPyConnection) -> Traits:
    """Read the traits of everybody from all projects."""
    return gather_traits(con)


def gather_traits(con: duckdb.DuckDBPyConnection, without: str = NO_PROJECTS) -> Traits:
    """Read the traits of everybody, from all projects but those that `without` selects."""
    ((size,),) = con.execute("select count(*) from organisation").fetchall()
    seats = (
        "select distinct o.rowid::bigint as place, i.project_id from involvement i "
        f"join organisation o using (organisation_id) where i.project_id not in ({without})"
    )
    took = con.execute(f"select place from ({seats})").fetchnumpy()["place"]
    projects = np.bincount(np.asarray(took, dtype=np.int64), minlength=int(size))
    names: dict[str, tuple[str, ...]] = {}
    units: dict[str, sparse.csr_array] = {}
    for family in FAMILIES:
        sql = (
            f"select s.place, t.trait, count(distinct s.project_id) as times from ({seats}) s "
            f"join ({OF_PROJECTS[family]}) t using (project_id) group by all"
            if family in OF_PROJECTS
            else f"select o.rowid::bigint as place, k.trait, 1 as times from ({KIND}) k "
            "join organisation o using (organisation_id)"
        )
        found = con.execute(
            f"select place, dense_rank() over (order by trait) - 1 as trait, times from ({sql}) f "
            "where f.trait is not null order by place, trait"
        ).fetchnumpy()
        codes = con.execute(
            f"select distinct trait from ({sql}) f where trait is not null order by trait"
        ).fetchall()
        names[family] = tuple(str(code) for (code,) in codes)
        places = np.asarray(found["place"], dtype=np.int64)
        # Who took part in nothing has nothing to resemble by: a kind alone says too little.
        active = projects[places] > 0
        counts = sparse.csr_array(
            (
                np.asarray(found["times"], dtype=np.float64)[active],
                (places[active], np.asarray(found["trait"], dtype=np.int64)[active]),
            ),
            shape=(int(size), len(codes)),
        )
        units[family] = weigh_traits(counts, max(int((projects > 0).sum()), 1))
    return Traits(names, units, projects.astype(np.int64))


def find_places(con: duckdb.DuckDBPyConnection, organisations: Sequence[str]) -> dict[str, int]:
    """Give the places of organisations."""
    rows = con.execute(
        "select organisation_id, rowid from organisation "
        "where organisation_id in (select unnest($names))",
        {"names": list(organisations)},
    ).fetchall()
    return {str(name): int(place) for name, place in rows}


def find_names(con: duckdb.DuckDBPyConnection, places: Sequence[int]) -> dict[int, str]:
    """Give the organisations at places."""
    rows = con.execute(
        "select rowid, organisation_id from organisation where rowid in (select unnest($places))",
        {"places": list(places)},
    ).fetchall()
    return {int(place): str(name) for place, name in rows}
