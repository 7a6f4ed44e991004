"""Missions: the list of them, and one with its parties, projects, regions, technologies and chains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keten.atlas.mission_views import MissionRow, MissionView
from keten.atlas.organisations import list_organisations, make_years
from keten.atlas.projects import list_projects
from keten.atlas.regions import make_kinds, make_rows
from keten.atlas.subject_name import find_subject, read_subjects
from keten.atlas.views import OrganisationRow
from keten.evidence.figures import (
    Group,
    keep_each,
    measure_sets,
    read_once,
    read_regions_by_code,
)
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

TOP: Final = 15
NEWEST: Final = 10
_MEASURES: Final = ("projects", "organisations", "contribution_eur")


@read_once
def list_missions(con: duckdb.DuckDBPyConnection) -> tuple[MissionRow, ...]:
    """Give all missions that something maps to, in the order of their taxonomy, each with its figures."""
    rows = []
    for mission in read_subjects(con).values():
        if mission.one == "mission":
            ((whole,),) = measure_sets(con, _MEASURES, Scope.of(mission=mission.name), [()])
            rows.append(MissionRow(mission, *(whole.figures[name] for name in _MEASURES)))
    return tuple(rows)


def show_mission(con: duckdb.DuckDBPyConnection, name: str, home: str) -> MissionView:
    """Give everything the page of a mission shows; `home` is a country's code. Raises: NotFoundError."""
    find_subject(con, f"mission:{name}")
    return _show(con, (name, home))


@keep_each
def _show(con: duckdb.DuckDBPyConnection, asked: tuple[str, str]) -> MissionView:
    name, home = asked
    scope = Scope.of(mission=name)
    whole, years, kinds, countries, technologies, chains = measure_sets(
        con,
        _MEASURES,
        scope,
        [(), ("programme", "year"), ("kind",), ("region:2",), ("technology",), ("chain",)],
    )
    (inside,) = measure_sets(con, _MEASURES, scope.narrowed(region=home), [("region:4",)])
    known = read_regions_by_code(con)
    row = con.execute(
        "select version, valid_from from mission where mission = $name", {"name": name}
    ).fetchone()
    assert row is not None, "the mission was found before"
    figures = whole[0].figures
    return MissionView(
        find_subject(con, f"mission:{name}"),
        str(row[0]),
        str(row[1]),
        figures["projects"],
        figures["organisations"],
        figures["contribution_eur"],
        years=make_years(years),
        kinds=make_kinds(kinds),
        countries=make_rows(known, sorted(countries, key=_most_projects)[:TOP]),
        at_home=make_rows(known, sorted(inside, key=_most_projects)),
        top=list_organisations(con, scope, 0, TOP, first="projects"),
        top_at_home=_list_at_home(con, scope, home),
        newest=list_projects(con, scope, 0, NEWEST),
        technologies=_by_name(technologies, "technology"),
        chains=_by_name(chains, "chain"),
    )


def _list_at_home(
    con: duckdb.DuckDBPyConnection, scope: Scope, home: str
) -> tuple[OrganisationRow, ...]:
    """Organisations that belong to a country, not those that have a branch there, too."""
    here = list_organisations(con, scope.narrowed(country=home), 0, 3 * TOP, first="projects")
    return tuple(row for row in here if row.organisation.country == home)[:TOP]


def _by_name(groups: list[Group], one: str) -> tuple[tuple[str, Figure], ...]:
    ordered = sorted(groups, key=lambda group: (-_count(group), group.keys[one]))
    return tuple((group.keys[one], group.figures["projects"]) for group in ordered)


def _count(group: Group) -> int:
    return int(group.figures["projects"].value or 0)


def _most_projects(group: Group) -> tuple[int, str]:
    return (-_count(group), group.keys["region"])
