"""Regions held against all of Europe in one technology, from what a build counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keten.atlas.technology_views import SpecialisedRegion
from keten.errors import NotFoundError
from keten.evidence.figures import (
    keep_each,
    list_records_sql,
    measure,
    measure_sets,
    read_regions_by_code,
    read_rows,
)
from keten.evidence.figures.regions import unnamed
from keten.model import Explanation, Figure, Interval, Scope, Text

if TYPE_CHECKING:
    import duckdb

PROGRAMME: Final = "he"
REGIONAL: Final = frozenset({
    "technology_specialisation", "technology_expected", "technology_presence",
    "technology_likeness",
})  # fmt: skip
FEW: Final = 3  # with fewer projects nothing can be told


def list_specialised(
    con: duckdb.DuckDBPyConnection, technology: str, country: str, limit: int
) -> tuple[SpecialisedRegion, ...]:
    """Give regions, those that surely do most beyond elsewhere first; of a country all, by projects."""
    counted = _count_regions(con, technology)
    order = "projects desc" if country else "low desc, projects desc"
    rows = read_rows(
        con,
        f"""
        select region, projects, mean, low, high from technology_region
        where technology = $technology and projects >= $few and starts_with(region, $country)
        order by {order}, region limit $most
        """,
        {
            "technology": technology,
            "country": country,
            "few": 1 if country else FEW,
            "most": limit,
        },
    )
    known = read_regions_by_code(con)
    return tuple(
        SpecialisedRegion(
            known.get(row["region"]) or unnamed(row["region"]),
            counted[row["region"]],
            _make_specialisation(technology, row["region"], row["mean"], row["low"], row["high"]),
        )
        for row in rows
    )


def explain_region(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Give a specialisation, or what it expects, with its parts; raises NotFoundError."""
    given = scope.as_dict()
    technology, region = given.get("technology", ""), given.get("region", "")
    if name in {"technology_presence", "technology_likeness"}:
        return Explanation(_explain_all(con, name, scope))
    rows = read_rows(
        con,
        "select * from technology_region where technology = $technology and region = $region",
        {"technology": technology, "region": region},
    )
    if not rows:
        raise NotFoundError(
            f"No specialisation of '{region[:20]}' in '{technology[:60]}' was worked out.",
            "Follow a number on the page of a technology.",
        )
    (row,) = rows
    here = _scope(technology, region)
    expected = Figure(row["expected"], "count", "technology_expected", here)
    projects = measure(con, "projects", here)
    size = measure(con, "projects", Scope.of(programme=PROGRAMME, region=region))
    of_it, of_all = (
        _explain_all(con, "technology_presence", Scope.of(**asked))
        for asked in ({"programme": PROGRAMME, "technology": technology}, {"programme": PROGRAMME})
    )
    sql, values = list_records_sql("projects", here)
    records = tuple(record for (record,) in con.execute(sql, values).fetchall())
    if name == "technology_expected":
        parts = (
            (Text("All projects here", "Alle projecten hier"), size),
            (
                Text("About it, once for each region", "Erover, één keer per regio"),
                of_it,
            ),
            (Text("All, once for each region", "Alle, één keer per regio"), of_all),
        )
        return Explanation(expected, parts, records)
    likeness = _explain_all(con, "technology_likeness", Scope.of(technology=technology))
    return Explanation(
        _make_specialisation(technology, region, row["mean"], row["low"], row["high"]),
        (
            (Text("Projects found here", "Projecten die hier gevonden zijn"), projects),
            (Text("Projects to expect here", "Te verwachten projecten hier"), expected),
            (Text("How alike regions are in it", "Hoe gelijk regio's erin zijn"), likeness),
        ),
        records,
    )


def _explain_all(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Figure:
    """Give what was counted over all regions, or how alike they are; raises NotFoundError."""
    technology = scope.as_dict().get("technology")
    column = "shape" if name == "technology_likeness" else "projects" if technology else "size"
    row = con.execute(
        f"select sum({column}), any_value({column}) from technology_region "
        "where technology = coalesce($technology, (select min(technology) from technology_region))",
        {"technology": technology},
    ).fetchone()
    if row is None or row[0] is None:
        raise NotFoundError("Nothing was counted of that.", "Follow the number again.")
    if name == "technology_likeness":
        return Figure(row[1], "score", name, scope)
    return Figure(int(row[0]), "count", name, scope)


@keep_each
def _count_regions(con: duckdb.DuckDBPyConnection, technology: str) -> dict[str, Figure]:
    """Count the projects of every NUTS 2 region at once; each figure is what its own scope gives."""
    scope = Scope.of(technology=technology, programme=PROGRAMME)
    (groups,) = measure_sets(con, ("projects",), scope, [("region:4",)])
    return {group.keys["region"]: group.figures["projects"] for group in groups}


def _make_specialisation(
    technology: str, region: str, mean: float, low: float, high: float
) -> Figure:
    return Figure(
        mean, "ratio", "technology_specialisation", Scope.of(technology=technology, region=region),
        interval=Interval(low, high),
    )  # fmt: skip


def _scope(technology: str, region: str) -> Scope:
    return Scope.of(technology=technology, region=region, programme=PROGRAMME)
