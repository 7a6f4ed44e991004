"""Measures: what is computed once, when evidence is built, because it is too slow to do live.

Nothing here defines a figure: `measured` holds what `figures` gives for the scopes that pages ask most,
an organisation or a region, in the groupings that their pages show. A scope that is not among them (a
set of regions) is computed when asked for.

measure             the registry: name, version, unit, title and method in words
field               every branch of EuroSciVoc that a project carries, with its path
field_branch        which projects carry a branch, or one below it
organisation_card   what the head of an organisation's page says
measured            figures by scope, grouping and keys
region_box          how far the outline of a region reaches
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from keten.atlas.maps import write_boxes
from keten.evidence.figures.counting import (
    Caveats,
    Group,
    make_group,
    make_nothing,
    measure_groups,
    measure_sets,
    pick_group,
    write_join,
    write_times,
)
from keten.evidence.figures.measure import Measure
from keten.evidence.figures.method import MEASURES, ROWS
from keten.evidence.figures.scope import find_grouping
from keten.model import Scope

if TYPE_CHECKING:
    import duckdb

PARTNERS: Final = 10  # so many partners stand on the page of an organisation
ORGANISATIONS: Final = 20  # and so many organisations on that of a region
FIELD_LEVEL: Final = 2  # of EuroSciVoc: forty or so branches, such as chemical sciences
REGION_LENGTHS: Final = (2, 3, 4, 5)  # signs in a code: countries to NUTS 3

Set = tuple[str, ...]
WHOLE: Final[Set] = ()
YEARS: Final[Set] = ("programme", "year")
ROLE: Final[Set] = ("role",)
KIND: Final[Set] = ("kind",)
SME: Final[Set] = ("sme",)
KEY: Final[Set] = ("source_key",)
NAMES: Final[Set] = ("name", "programme")
FIELDS: Final[Set] = (f"field:{FIELD_LEVEL}",)
TOP_ORGANISATIONS: Final[Set] = ("organisation",)
COUNTRIES: Final[Set] = ("region:2",)
EXACTLY: Final[Set] = ("region_only",)

# The groupings kept for each organisation, and for each region.
ORGANISATION_SETS: Final[tuple[Set, ...]] = (
    WHOLE,
    YEARS,
    ROLE,
    KEY,
    NAMES,
    FIELDS,
)
REGION_SETS: Final[tuple[Set, ...]] = (
    WHOLE,
    YEARS,
    ROLE,
    KIND,
    SME,
    FIELDS,
    TOP_ORGANISATIONS,
)

# What pages show of each grouping; of the groupings by region, the last.
SHOWN: Final[Mapping[Set, tuple[str, ...]]] = {
    WHOLE: ("projects", "organisations", "participations", "contribution_eur", "fields_coverage"),
    YEARS: ("projects", "contribution_eur"),
    ROLE: ("projects",),
    KIND: ("organisations", "projects", "contribution_eur"),
    SME: ("organisations",),
    KEY: ("participations",),
    NAMES: ("participations",),
    FIELDS: ("projects",),
    TOP_ORGANISATIONS: ("projects", "contribution_eur"),
}
_OF_REGIONS: Final = ("projects", "organisations", "contribution_eur")
_KEPT: Final[tuple[Measure, ...]] = tuple(MEASURES[name] for name in SHOWN[WHOLE])
_TIMES: Final = ("first_year", "last_year", "in_he", "in_h2020")


def write_measures(con: duckdb.DuckDBPyConnection) -> None:
    """Write the tables named above. Reads those of `link` and the stages before it."""
    _write_registry(con)
    _write_fields(con)
    _write_cards(con)
    write_boxes(con)
    _write_measured(con)
    _write_indexes(con)


def read_groups(
    con: duckdb.DuckDBPyConnection, scope: Scope, sets: Sequence[Set], caveats: Caveats
) -> dict[Set, list[Group]]:
    """Give the figures of a scope in several groupings: those kept, else computed now.

    The measures are those that `SHOWN` names. Groups come sorted by their keys; of `TOP_ORGANISATIONS`
    only the first few, those with most contribution first.
    """
    if all(wanted in _list_kept(scope) for wanted in sets):
        found = _read_kept(con, scope, sets, caveats)
    else:
        found = {wanted: _compute(con, scope, wanted, caveats) for wanted in sets}
    if WHOLE in found and not found[WHOLE]:
        found[WHOLE] = [make_nothing(_list_measures(WHOLE), scope)]
    return found


def read_partners(
    con: duckdb.DuckDBPyConnection,
    organisation_id: str,
    offset: int,
    limit: int,
    caveats: Caveats,
) -> list[Group]:
    """Give one page of an organisation's partners, those with most `shared_projects` first."""
    rows = con.execute(
        f"""
        select partner_id, projects, {", ".join(_TIMES)} from collaboration
        where organisation_id = $organisation
        order by projects desc, partner_id limit $page_limit offset $page_offset
        """,
        {"organisation": organisation_id, "page_limit": limit, "page_offset": offset},
    ).fetchall()
    scope = Scope.of(organisation=organisation_id)
    counted = [MEASURES["shared_projects"]]
    return [
        make_group(counted, scope, {"partner": partner}, [shared, None, None, *times], caveats)
        for partner, shared, *times in rows
    ]


def read_wholes(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], caveats: Caveats
) -> list[Group]:
    """Give the figures of regions, each as a whole, as groups by region in the order asked for."""
    rows = con.execute(
        f"select scope_value, {', '.join(_name_columns(_KEPT))} from measured "
        "where scope_value in (select unnest($values)) and scope_name = 'region' and grouping = ''",
        {"values": list(codes)},
    ).fetchall()
    kept = {code: row for code, *row in rows}
    return [
        _make_whole(code, kept[code], caveats)
        if code in kept
        else make_nothing(_list_measures(COUNTRIES), Scope(), {"region": code})
        for code in codes
    ]


def read_wholes_within(
    con: duckdb.DuckDBPyConnection, country: str, caveats: Caveats
) -> list[Group]:
    """Give the figures of every region of a country, each as a whole, by code."""
    rows = con.execute(
        f"""
        select scope_value, {", ".join(_name_columns(_KEPT))} from measured
        where scope_name = 'region' and grouping = ''
          and starts_with(scope_value, $country) and scope_value <> $country
        order by scope_value
        """,
        {"country": country},
    ).fetchall()
    return [_make_whole(code, row, caveats) for code, *row in rows]


def _make_whole(code: str, row: Sequence[Any], caveats: Caveats) -> Group:
    measures = _list_measures(COUNTRIES)
    return make_group(measures, Scope(), {"region": code}, _fill_row(measures, row), caveats)


def _list_measures(wanted: Set) -> list[Measure]:
    """Give the measures that pages show of a grouping."""
    return [MEASURES[name] for name in SHOWN.get(wanted, _OF_REGIONS)]


def _list_kept(scope: Scope) -> tuple[Set, ...]:
    """Name the groupings that a build keeps for a scope of this kind; none for most scopes.

    What it keeps it keeps of every such scope that has rows: where there is nothing, there are none.
    """
    name, value = scope.filters[0] if scope.filters else ("", "")
    if (
        len(scope.filters) > 1 or "+" in value
    ):  # a set of regions is as long as a small region's code
        return ()
    if name == "organisation":
        return ORGANISATION_SETS
    if name == "region" and len(value) in REGION_LENGTHS:
        return (*REGION_SETS, (f"region:{len(value) + 1}",), EXACTLY)
    if name == "partner_region" and len(value) in REGION_LENGTHS:
        return (COUNTRIES,)
    return (*REGION_SETS, COUNTRIES) if not name else ()


def _read_kept(
    con: duckdb.DuckDBPyConnection, scope: Scope, sets: Sequence[Set], caveats: Caveats
) -> dict[Set, list[Group]]:
    """Read what the build kept of a scope."""
    name, value = scope.filters[0] if scope.filters else ("", "")
    rows = con.execute(
        f"select grouping, place, key_1, key_2, {', '.join(_name_columns(_KEPT))} "
        "from measured where scope_value = $value and scope_name = $name",
        {"name": name, "value": value},
    ).fetchall()
    found: dict[Set, list[Group]] = {wanted: [] for wanted in sets}
    named = {",".join(wanted): (wanted, _list_measures(wanted)) for wanted in sets}
    for grouping, _, key_1, key_2, *row in sorted(rows, key=lambda row: row[1:4]):
        if grouping not in named:
            continue
        wanted, measures = named[grouping]
        picked = pick_group("participation", dict(zip(wanted, (key_1, key_2), strict=False)))
        values = _fill_row(measures, row)
        found[wanted].append(make_group(measures, scope, picked or {}, values, caveats))
    return found


def _compute(
    con: duckdb.DuckDBPyConnection, scope: Scope, wanted: Set, caveats: Caveats
) -> list[Group]:
    """Compute the figures of a scope in one grouping."""
    names = [found.name for found in _list_measures(wanted)]
    if wanted != TOP_ORGANISATIONS:
        return measure_sets(con, names, scope, [wanted], caveats)[0]
    first = "contribution_eur"
    return measure_groups(
        con, names, scope, wanted, first=first, limit=ORGANISATIONS, caveats=caveats
    )


def _fill_row(measures: Sequence[Measure], row: Sequence[Any]) -> list[Any]:
    """Give a kept row in the order of `write_columns`: value, seen, of for each; then the times."""
    values = [
        None if place is None else row[place] for found in measures for place in _PLACES[found.name]
    ]
    return [*values, *row[-len(_TIMES) :]]


def _write_registry(con: duckdb.DuckDBPyConnection) -> None:
    rows = [MEASURES[name] for name in sorted(MEASURES)]
    table = pa.table(
        {
            "name": [row.name for row in rows],
            "version": [row.version for row in rows],
            "unit": [row.unit for row in rows],
            "title_en": [row.title.en for row in rows],
            "title_nl": [row.title.nl for row in rows],
            "method_en": [row.method.en for row in rows],
            "method_nl": [row.method.nl for row in rows],
        }
    )
    con.register("arrived", table)
    con.execute("create or replace table measure as select * from arrived order by name")
    con.unregister("arrived")


def _write_fields(con: duckdb.DuckDBPyConnection) -> None:
    # A project that carries a field carries every branch above it; each branch once.
    con.execute(
        """
        create or replace temp table branch as
        select project_id, depth.level::tinyint as level,
               '/' || array_to_string(string_split(code, '/')[2:depth.level + 1], '/') as code,
               '/' || array_to_string(string_split(path, '/')[2:depth.level + 1], '/') as path
        from project_field, (select unnest(range(1, 13)) as level) depth
        where len(string_split(code, '/')) > depth.level
        """
    )
    con.execute(
        """
        create or replace table field as
        select code, any_value(level) as level, min(path) as path,
               min(path[length(path) - strpos(reverse(path), '/') + 2:]) as title
        from branch group by code order by code
        """
    )
    con.execute(
        """
        create or replace table field_branch as
        select distinct project_id, level, code from branch order by level, code, project_id
        """
    )
    con.execute("drop table branch")


def _write_cards(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        create or replace table organisation_card as
        select o.organisation_id, o.name, o.short_name, o.kind, o.country,
               case when o.place_id is null then s.city else p.city end as city, o.website,
               o.vat_number, case when o.place_id is null then s.street else p.street end as street,
               case when o.place_id is null then s.postcode else p.postcode end as postcode,
               o.is_sme, o.is_sme_as_of, o.record_id,
               l.latitude, l.longitude, l.coordinate_method, l.nuts3, r.name as nuts3_name,
               l.nuts3_method, l.nuts_deepest, l.municipality, l.province, l.note_en, l.note_nl,
               coalesce(c.partners, 0) as partners
        from organisation o
        join source_organisation s on s.source_key = o.anchor_key
        left join place p on p.place_id = o.place_id
        left join location l on l.place_id = o.place_id
        left join region r on r.code = l.nuts3
        left join (
            select organisation_id, count(*) as partners from collaboration group by organisation_id
        ) c using (organisation_id)
        order by o.organisation_id
        """
    )


def _write_measured(con: duckdb.DuckDBPyConnection) -> None:
    names = ", ".join(_name_columns(_KEPT))
    con.execute(
        f"""
        create or replace temp table gathered as
        select '' as scope_name, '' as scope_value, '' as grouping, '' as key_1, '' as key_2,
               {names}
        from (select {_write_columns(_KEPT)} from involvement i) limit 0
        """
    )
    _gather_all(con, "organisation", "i.organisation_id", ORGANISATION_SETS)
    _gather_all(con, "", "''", (*REGION_SETS, COUNTRIES))
    for length in REGION_LENGTHS:
        head, known = f"substr(i.region, 1, {length})", f"length(i.region) >= {length}"
        inside = ((f"region:{length + 1}",),) if length < REGION_LENGTHS[-1] else ()
        _gather_all(con, "region", head, (*REGION_SETS, *inside), where=known)
        _gather(con, "region", head, EXACTLY, where=f"length(i.region) = {length}")
        _gather_partner_countries(con, length)
    con.execute(
        f"""
        create or replace table measured as
        select *, 0 as place from gathered where grouping <> 'organisation'
        union all
        select * from (
            select *, row_number() over (
                partition by scope_name, scope_value order by contribution_eur desc nulls last, key_1
            )::integer as place
            from gathered where grouping = 'organisation')
        where place <= {ORGANISATIONS}
        order by scope_value, scope_name, grouping, place, key_1, key_2
        """
    )
    con.execute("drop table gathered")


def _gather_all(
    con: duckdb.DuckDBPyConnection,
    scope_name: str,
    scope_value: str,
    sets: Sequence[Set],
    where: str = "true",
) -> None:
    for wanted in sets:
        _gather(con, scope_name, scope_value, wanted, where=where)


def _gather(
    con: duckdb.DuckDBPyConnection,
    scope_name: str,
    scope_value: str,
    wanted: Set,
    *,
    where: str = "true",
    join: str = "",
) -> None:
    """Add the figures of every scope of a kind in one grouping."""
    keys = [find_grouping("participation", name) for name in wanted]
    first, second, *_ = [*(key.expression for key in keys), "''", "''"]
    lengths = [f"length({key.expression}) >= {key.length}" for key in keys if key.length]
    present = [f"{key.expression} is not null" for key in keys]
    rows = ROWS["participation"].format(
        join=f"{join} {write_join('participation', wanted)}",
        where=" and ".join([where, *lengths, *present]),
    )
    con.execute(
        f"""
        insert into gathered by name
        select '{scope_name}' as scope_name, {scope_value} as scope_value,
               '{",".join(wanted)}' as grouping, {first} as key_1, {second} as key_2,
               {_write_columns(_list_measures(wanted))}
        from {rows} group by scope_value, key_1, key_2
        """
    )


def _gather_partner_countries(con: duckdb.DuckDBPyConnection, length: int) -> None:
    """Add, for regions of a level, the participants by country in the projects they share in."""
    join = (
        f"join (select distinct project_id, substr(region, 1, {length}) as head from involvement "
        f"where length(region) >= {length}) h on h.project_id = i.project_id"
    )
    _gather(con, "partner_region", "h.head", COUNTRIES, join=join)


def _write_indexes(con: duckdb.DuckDBPyConnection) -> None:
    """Index what pages look up row by row: a scan of these costs more than the rest of a page."""
    for table, column in (
        ("organisation_alias", "alias"),
        ("organisation_card", "organisation_id"),
        ("project", "project_id"),
        ("project_field", "project_id"),
        ("project_topic", "project_id"),
        ("project_programme_part", "project_id"),
        ("participation", "project_id"),
        ("involvement", "project_id"),
        ("involvement", "organisation_id"),
        ("location", "place_id"),
        ("same_as", "organisation_id"),
        ("source_organisation", "source_key"),
        ("organisation_match", "left_key"),
        ("organisation_match", "right_key"),
        ("organisation_relation", "source_key"),
        ("review_pair", "left_key"),
        ("review_pair", "right_key"),
    ):
        # An index goes with its table: one that is here belongs to a table that was kept.
        con.execute(f"create index if not exists {table}_{column} on {table}({column})")


def _name_columns(measures: Sequence[Measure]) -> list[str]:
    """Name the columns that measures are kept in; only some say of how many rows they speak."""
    columns: list[str] = []
    for found in measures:
        columns.append(found.name)
        if found.seen and found.seen != found.value:
            columns.append(f"{found.name}_seen")
        if found.of:
            columns.append(f"{found.name}_of")
    return [*columns, *_TIMES]


def _write_columns(measures: Sequence[Measure]) -> str:
    """Write the expressions of the measures under the names of their columns."""
    parts = []
    for found in measures:
        parts.append(f"{found.value} as {found.name}")
        if found.seen and found.seen != found.value:
            parts.append(f"{found.seen} as {found.name}_seen")
        if found.of:
            parts.append(f"{found.of} as {found.name}_of")
    return ", ".join([*parts, _write_times()])


def _write_times() -> str:
    pairs = zip(write_times("participation"), _TIMES, strict=True)
    return ", ".join(f"{expression} as {name}" for expression, name in pairs)


def _place_columns() -> dict[str, tuple[int | None, int | None, int | None]]:
    """Say where value, seen and of stand in a kept row, by name of measure."""
    places = {name: place for place, name in enumerate(_name_columns(_KEPT))}
    return {
        found.name: (
            places[found.name],
            places.get(f"{found.name}_seen"),
            places.get(f"{found.name}_of"),
        )
        for found in _KEPT
    }


_PLACES: Final = _place_columns()
