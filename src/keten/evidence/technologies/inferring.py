"""What a project of which nothing else is known may be about, by what its participants do in others.

A participant says as much as its other projects differ from those of all: a university says little, a
maker of one thing much. What is made here enters no count: it stands in a table of its own
(`inferred_technology`), which only the lists and pages that name it may read, for it would prove itself
(`tests/house/test_inferred.py`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import duckdb

TABLES: Final = ("inferred_technology",)
LEAST: Final = 0.25  # what is less likely is not kept
PRIOR: Final = 1.0  # a party without other projects is as all; one project weighs as much as that
_FILE: Final = "inferring.json"


@dataclass(frozen=True, slots=True)
class Worth:
    """What the log-odds of a project's participants are worth: a chance has those of all projects, plus
    start, plus slope times theirs (`python -m benchmarks.classification tune-participants`).
    """

    slope: float
    start: float
    version: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A participant: its other projects that were read, how many are about it, its say (0 to 1 of all)."""

    organisation_id: str
    projects: int
    about: float
    say: float


@cache
def read_worth() -> Worth:
    """Give the weights that the product ships with."""
    value = json.loads(
        files("keten.evidence.technologies").joinpath(_FILE).read_text(encoding="utf-8")
    )
    return Worth(float(value["slope"]), float(value["start"]), str(value["version"]))


def write_inferred(con: duckdb.DuckDBPyConnection) -> None:
    """Write `inferred_technology`.

    Reads `involvement`, `project_judged`, `project_technology` and `technology`.
    """
    con.execute(
        "create or replace table inferred_technology(project_id varchar, technology varchar, "
        "probability double, witnesses bigint)"
    )
    con.execute(
        "create or replace temp table asked as "
        "select project_id from project_judged where basis = 'unknown'"
    )
    worth = read_worth()
    con.execute(
        f"insert into inferred_technology with {_HEARD} select project_id, technology, "
        "round(1 / (1 + exp(-(common + $start + $slope * said))), 4) as probability, witnesses "
        "from weighed where probability >= $least order by all",
        {"prior": PRIOR, "start": worth.start, "slope": worth.slope, "least": LEAST},
    )
    con.execute("drop table asked")


def hear_participants(
    con: duckdb.DuckDBPyConnection, projects: Sequence[str]
) -> list[tuple[str, str, float, float]]:
    """Give project, technology, log-odds of all projects, and what participants add, unweighed.

    What is known of a project itself is hidden, so that it can be held against what participants say. A
    project of whose participants nothing is known is left out.
    """
    con.execute("create or replace temp table asked(project_id varchar)")
    con.executemany("insert into asked values (?)", [(each,) for each in projects])
    rows = con.execute(
        f"with {_HEARD} select project_id, technology, common, said from weighed order by all",
        {"prior": PRIOR},
    ).fetchall()
    con.execute("drop table asked")
    return rows


def list_witnesses(
    con: duckdb.DuckDBPyConnection, projects: Sequence[str], technologies: Sequence[str]
) -> dict[tuple[str, str], list[Witness]]:
    """Give by project and technology the participants that say something of it, who says most first."""
    rows = con.execute(
        f"with asked as (select unnest($projects::varchar[]) as project_id), {_HEARD} "
        "select project_id, technology, organisation_id, projects, about, "
        "coalesce(say / nullif(sum(say) over (partition by project_id, technology), 0), 0) as part "
        "from heard where technology in (select unnest($technologies::varchar[])) "
        "order by project_id, technology, part desc, organisation_id",
        {"prior": PRIOR, "projects": list(projects), "technologies": list(technologies)},
    ).fetchall()
    found: dict[tuple[str, str], list[Witness]] = {}
    for project, technology, *rest in rows:
        found.setdefault((project, technology), []).append(Witness(*rest))
    return found


# Of each asked project, each participant, each technology: how many of the party's other projects were read
# (or told by an editor) and how many of these are about it; from that its share with one project of the
# common sort added, the log-odds of that beside those of all, and how much the party differs from all (the
# relative entropy over all technologies), which is its say.
_HEARD: Final = """
    known as (
        select project_id from project_judged where basis in ('text', 'editor')
    ),
    told as (
        select t.project_id, t.technology,
               case when t.relation = 'none' then 0 else t.probability end as chance
        from project_technology t join known using (project_id)
    ),
    usual as (
        select technology, greatest(1e-4, least(1 - 1e-4,
                   coalesce(sum(told.chance), 0) / (select count(*) from known))) as share
        from technology left join told using (technology) group by technology
    ),
    taking as (
        select distinct i.project_id, i.organisation_id from involvement i
        where i.organisation_id is not null
    ),
    party as (
        select distinct organisation_id from taking join asked using (project_id)
    ),
    work as (
        select organisation_id, count(*) as projects
        from taking join party using (organisation_id) join known using (project_id)
        group by organisation_id
    ),
    done as (
        select organisation_id, technology, sum(chance) as about
        from taking join party using (organisation_id) join told using (project_id)
        group by organisation_id, technology
    ),
    others as (
        select a.project_id, t.organisation_id, u.technology, u.share as usual,
               w.projects - (k.project_id is not null)::int as projects,
               greatest(0, coalesce(d.about, 0) - coalesce(own.chance, 0)) as about
        from asked a
        join taking t using (project_id)
        join work w using (organisation_id)
        cross join usual u
        left join known k on k.project_id = a.project_id
        left join done d on d.organisation_id = t.organisation_id and d.technology = u.technology
        left join told own on own.project_id = a.project_id and own.technology = u.technology
        where w.projects > (k.project_id is not null)::int
    ),
    shares as (
        select *, least(1 - 1e-5, (about + $prior * usual) / (projects + $prior)) as share
        from others
    ),
    heard as (
        select project_id, organisation_id, technology, projects, about,
               ln(usual / (1 - usual)) as common,
               ln(share / (1 - share)) - ln(usual / (1 - usual)) as adds,
               sum(share * ln(share / usual) + (1 - share) * ln((1 - share) / (1 - usual)))
                   over (partition by project_id, organisation_id) as say
        from shares
    ),
    weighed as (
        select project_id, technology, any_value(common) as common,
               coalesce(sum(say * adds) / nullif(sum(say), 0), 0) as said, count(*) as witnesses
        from heard group by project_id, technology
    )
"""
