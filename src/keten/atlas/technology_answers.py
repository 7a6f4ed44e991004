"""Technologies: the list of them, and one with its parties, projects, regions and years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from keten.atlas.organisations import list_organisations, make_years
from keten.atlas.projects import list_projects
from keten.atlas.regions import make_kinds, make_rows
from keten.atlas.technology_name import find_technology, read_technologies
from keten.atlas.technology_quality import score_of
from keten.atlas.technology_region import list_specialised
from keten.atlas.technology_share import make_share
from keten.atlas.technology_views import (
    TechnologyRow,
    TechnologyView,
    TierRow,
)
from keten.evidence.figures import (
    Group,
    keep_each,
    measure,
    measure_sets,
    read_once,
    read_regions_by_code,
)
from keten.evidence.figures.scope import TIERS
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

PROGRAMME: Final = "he"
TOP: Final = 15
NEWEST: Final = 10
_MEASURES: Final = ("projects", "organisations", "contribution_eur")


@read_once
def list_technologies(con: duckdb.DuckDBPyConnection) -> tuple[TechnologyRow, ...]:
    """Give all technologies in the order of their taxonomy, each with its figures."""
    rows = []
    for name in read_technologies(con).values():
        scope = Scope.of(technology=name.technology)
        ((whole,),) = measure_sets(con, _MEASURES, scope, [()])
        rows.append(
            TechnologyRow(
                name,
                whole.figures["projects"],
                measure(con, "projects", scope.narrowed(relation="develops")),
                whole.figures["organisations"],
                whole.figures["contribution_eur"],
                score_of("quality_f1", "about", name.technology),
            )
        )
    return tuple(rows)


def show_technology(con: duckdb.DuckDBPyConnection, name: str, home: str) -> TechnologyView:
    """Give everything the page of a technology shows of the evidence; `home` is a country's code.

    Raises: NotFoundError.
    """
    find_technology(con, name)
    return _show(con, (name, home))


@keep_each
def _show(con: duckdb.DuckDBPyConnection, asked: tuple[str, str]) -> TechnologyView:
    name, home = asked
    scope = Scope.of(technology=name)
    whole, years, kinds, countries, chains = measure_sets(
        con, _MEASURES, scope, [(), ("programme", "year"), ("kind",), ("region:2",), ("chain",)]
    )
    figures = whole[0].figures
    return TechnologyView(
        name=find_technology(con, name),
        projects=figures["projects"],
        develops=measure(con, "projects", scope.narrowed(relation="develops")),
        applies=measure(con, "projects", scope.narrowed(relation="applies")),
        organisations=figures["organisations"],
        contribution_eur=figures["contribution_eur"],
        tiers=tuple(_show_tier(con, scope, tier) for tier in TIERS),
        years=make_years(years),
        shares=_share_years(con, name, years),
        kinds=make_kinds(kinds),
        countries=make_rows(read_regions_by_code(con), sorted(countries, key=_most_projects)[:TOP]),
        strongest=list_specialised(con, name, "", TOP),
        at_home=list_specialised(con, name, home, 2 * TOP),
        top=list_organisations(con, scope, 0, TOP, first="projects"),
        newest=list_projects(con, scope.narrowed(tier="sure"), 0, NEWEST),
        chains=tuple(
            (group.keys["chain"], group.figures["projects"])
            for group in sorted(chains, key=lambda g: (-_count(g), g.keys["chain"]))
        ),
    )


def _show_tier(con: duckdb.DuckDBPyConnection, scope: Scope, tier: str) -> TierRow:
    inside = scope.narrowed(tier=tier)
    return TierRow(
        tier,
        measure(con, "projects", inside),
        measure(con, "weighted_projects", inside),
        measure(con, "contribution_eur", inside),
    )


def _share_years(
    con: duckdb.DuckDBPyConnection, name: str, groups: Sequence[Group]
) -> dict[int, Figure]:
    """Give the share by year of the programme of which every project has a text."""
    mine = {
        int(group.keys["year"]): _count(group)
        for group in groups
        if group.keys["programme"] == PROGRAMME and group.keys["year"].isdecimal()
    }
    return {year: make_share(con, name, year, mine[year]) for year in sorted(mine)}


def _count(group: Group) -> int:
    return int(group.figures["projects"].value or 0)


def _most_projects(group: Group) -> tuple[int, str]:
    return (-_count(group), group.keys["region"])
