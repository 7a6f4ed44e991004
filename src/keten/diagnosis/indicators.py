"""Indicators by NUTS 2 region: what publishers give, put on today's regions, and what is counted here.

A value comes along where the region is the same piece of land: under its own code, under the code of an
earlier edition that became exactly one region, or as a larger region that holds just one. Nothing is
spread over parts. Of each indicator one year is taken for all regions: the newest that nearly all have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.evidence.figures import measure_sets
from keten.model import Scope, Text

if TYPE_CHECKING:
    import duckdb

ENOUGH: Final = 0.8  # share of the regions ever given that a year must have to be taken
FEWEST_PROJECTS: Final = 10  # below this a share or a mean of the evidence says too little
SOURCE: Final = "keten"

GDP: Final = "gdp:MIO_EUR"
INDUSTRY: Final = "employment:C"


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure of the evidence held against the size of the region."""

    title: Text
    unit: Text
    measure: str
    filters: Mapping[str, str]
    per: str  # the indicator that it is divided by
    times: float


RATES: Final[Mapping[str, Rate]] = {
    "keten:participations": Rate(
        Text("Participations in EU projects", "Deelnames aan Europese projecten"),
        Text("per billion euros of regional product", "per miljard euro regionaal product"),
        "participations", {}, GDP, 1000,
    ),
    "keten:coordinations": Rate(
        Text("EU projects led from here", "Europese projecten die van hieruit geleid worden"),
        Text("per billion euros of regional product", "per miljard euro regionaal product"),
        "participations", {"role": "coordinator"}, GDP, 1000,
    ),
    "keten:company-contribution": Rate(
        Text("EU contribution to companies", "EU-bijdrage aan bedrijven"),
        Text("euros per million euros of regional product", "euro per miljoen euro regionaal product"),
        "contribution_eur", {"kind": "company"}, GDP, 1,
    ),
    "keten:knowledge-participations": Rate(
        Text(
            "Participations of knowledge institutes in EU projects",
            "Deelnames van kennisinstellingen aan Europese projecten",
        ),
        Text("per billion euros of regional product", "per miljard euro regionaal product"),
        "participations", {"kind": "knowledge"}, GDP, 1000,
    ),
    "keten:company-participations": Rate(
        Text(
            "Participations of companies in EU projects",
            "Deelnames van bedrijven aan Europese projecten",
        ),
        Text("per thousand people working in manufacturing", "per duizend werkenden in de industrie"),
        "participations", {"kind": "company"}, INDUSTRY, 1000,
    ),
}  # fmt: skip

SHARED: Final = "keten:shared-within"
PARTNERS: Final = "keten:partners"


@dataclass(frozen=True, slots=True)
class Tie:
    """A measure of how a region is connected, made of two counts: the first divided by the second."""

    title: Text
    unit: Text
    figure_unit: str
    counts: str
    counts_title: Text
    of: str  # a plain measure


TIES: Final[Mapping[str, Tie]] = {
    SHARED: Tie(
        Text(
            "Projects in which parties of the region work together",
            "Projecten waarin partijen uit de regio samenwerken",
        ),
        Text("share of all projects with a party of the region", "deel van alle projecten met een "
             "partij uit de regio"),
        "share", "projects_shared_within",
        Text("Projects with two or more parties of the region", "Projecten met twee of meer partijen "
             "uit de regio"),
        "projects",
    ),
    PARTNERS: Tie(
        Text("Partners of an organisation", "Partners van een organisatie"),
        Text("different partners on average", "verschillende partners gemiddeld"),
        "ratio", "partner_ties",
        Text("Organisations of the region, each with its partners: all pairs", "Organisaties uit de "
             "regio, elk met haar partners: alle paren"),
        "organisations",
    ),
}  # fmt: skip

# The counts of ties, for one region ($region) or, in a build, for all at once.
SHARED_SQL: Final = """
    select substr(region, 1, 4) as code, project_id from involvement
    where {where} group by 1, 2 having count(distinct organisation_id) > 1
"""
PARTNERS_SQL: Final = """
    select distinct substr(i.region, 1, 4) as code, i.organisation_id, j.organisation_id as partner
    from involvement i join involvement j
    on j.project_id = i.project_id and j.organisation_id <> i.organisation_id
    where {where}
"""


def write_indicators(con: duckdb.DuckDBPyConnection) -> None:
    """Write `region_indicator`: one value for each indicator and NUTS 2 region.

    Reads `indicator`, `region`, `region_former` and `involvement`.
    """
    con.execute(
        """
        create or replace table region_indicator(indicator varchar, region varchar,
            region_published varchar, basis varchar, year smallint, value double, flag varchar,
            is_national boolean, record_id bigint)
        """
    )
    _write_places(con)
    _write_published(con)
    _write_rates(con)
    _write_ties(con)
    _mark_national(con)
    con.execute("drop table placed")


def _write_places(con: duckdb.DuckDBPyConnection) -> None:
    """Write which published code is which region of today, and in which order of preference."""
    has_former = _has(con, "region_former")
    former = (
        """
        union all
        select code, any_value(successor), 'recoded', 2
        from (select f.*, count(*) over (partition by vintage, successor) as heirs
              from region_former f join now on now.code = f.successor
              where f.level = 2 and f.change in ('recoded', 'renamed'))
        where heirs = 1 and code not in (select code from now)
        group by code having count(distinct successor) = 1
        """
        if has_former
        else ""
    )
    con.execute(
        f"""
        create or replace temp table placed as
        with now as (select distinct code from region where level = 2)
        select code as published, code as region, 'same' as basis, 1 as preference from now
        {former}
        union all
        select substr(code, 1, length), min(code), 'only-part', 3
        from now, unnest([2, 3]) as cut(length)
        group by 1 having count(*) = 1
        """
        if _has(con, "region")
        else "create or replace temp table placed(published varchar, region varchar, "
        "basis varchar, preference integer)"
    )


def _write_published(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        f"""
        insert into region_indicator
        with given as (
            select i.indicator, p.region, i.region_published, p.basis, i.year, i.value, i.flag,
                   i.record_id
            from indicator i join placed p on p.published = i.region_published
            where i.value is not null
            qualify row_number() over (partition by i.indicator, p.region, i.year
                                       order by p.preference, i.record_id desc) = 1
        ),
        ever as (select indicator, count(distinct region) as regions from given group by 1),
        newest as (
            select indicator, max(year) as year
            from (select indicator, year, count(*) as regions from given group by 1, 2) y
            join ever using (indicator)
            where y.regions >= {ENOUGH} * ever.regions
            group by indicator
        )
        select g.indicator, g.region, g.region_published, g.basis, g.year, g.value, g.flag, false,
               g.record_id
        from given g join newest using (indicator, year)
        order by g.indicator, g.region
        """
    )


def _write_rates(con: duckdb.DuckDBPyConnection) -> None:
    sizes = {
        name: dict(
            con.execute(
                "select region, value from region_indicator where indicator = ? and value > 0 "
                "order by region",
                [name],
            ).fetchall()
        )
        for name in {rate.per for rate in RATES.values()}
    }
    for name, rate in RATES.items():
        (groups,) = measure_sets(con, [rate.measure], Scope.of(**rate.filters), [("region:4",)])
        counted = {
            group.keys["region"]: float(group.figures[rate.measure].value or 0) for group in groups
        }
        # A region with a size and without a row took no part: that is nought, not unknown.
        rows = [
            (name, region, divide(counted.get(region, 0.0), size, rate.times))
            for region, size in sizes[rate.per].items()
        ]
        _insert(con, rows)


def divide(count: float, size: float, times: float) -> float:
    """Give a count per so many of a size."""
    return times * count / size


def _write_ties(con: duckdb.DuckDBPyConnection) -> None:
    known = "substr(region, 1, 4) in (select region from placed where basis = 'same')"
    counts = {
        SHARED: SHARED_SQL.format(where=known),
        PARTNERS: PARTNERS_SQL.format(where=known.replace("region,", "i.region,")),
    }
    for name, tie in TIES.items():
        of = "project_id" if tie.of == "projects" else "organisation_id"
        rows = con.execute(
            f"""
            with whole as (
                select substr(region, 1, 4) as code, count(distinct {of}) as n,
                       count(distinct project_id) as projects
                from involvement where {known} group by 1
            ),
            part as (select code, count(*) as n from ({counts[name]}) group by 1)
            select whole.code, coalesce(part.n, 0) / whole.n
            from whole left join part using (code) where whole.projects >= {FEWEST_PROJECTS}
            order by 1
            """
        ).fetchall()
        _insert(con, [(name, region, value) for region, value in rows])


def _insert(con: duckdb.DuckDBPyConnection, rows: list[tuple[str, str, float]]) -> None:
    if rows:
        con.executemany(
            "insert into region_indicator values (?, ?, ?, 'counted', null, ?, null, false, null)",
            [[name, region, region, value] for name, region, value in rows],
        )


def _mark_national(con: duckdb.DuckDBPyConnection) -> None:
    """Mark values that are one and the same in all regions of a country: they are the country's."""
    con.execute(
        """
        update region_indicator r set is_national = true
        from (select indicator, substr(region, 1, 2) as country from region_indicator
              group by 1, 2 having count(*) > 1 and min(value) = max(value)) n
        where n.indicator = r.indicator and n.country = substr(r.region, 1, 2)
          and r.basis <> 'counted'
        """
    )


def _has(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    rows = con.execute(
        "select count(*) from duckdb_tables() where table_name = ? and not temporary", [table]
    ).fetchall()
    return bool(rows[0][0])
