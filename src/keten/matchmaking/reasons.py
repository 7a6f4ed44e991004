"""Why two could do something together: words of the chain, fields of science and places they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.evidence.figures import MEASURES, Caveats, read_region_names, read_rows
from keten.evidence.figures.counting import make_group
from keten.matchmaking.views import Nearness, SharedField, SharedWord
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

SHOWN: Final = 3
FIELD_LEVEL: Final = 3  # of EuroSciVoc, such as /natural sciences/physical sciences/optics
Both = tuple[SharedWord, ...]

# Each organisation once in each project: read first, so that what follows joins few rows.
_SEATS: Final = """
    select organisation_id, project_id, min(year) as first_year, max(year) as last_year,
           bool_or(programme = 'he') as in_he, bool_or(programme = 'h2020') as in_h2020
    from involvement where organisation_id in (select unnest($wanted))
    group by organisation_id, project_id
"""
_WORDS: Final = f"""
    with seat as materialized ({_SEATS}), said as materialized (
        select s.organisation_id, m.way, m.term, count(distinct m.project_id) as projects
        from seat s join chain_match m using (project_id) where m.chain = $chain
        group by s.organisation_id, m.way, m.term
    )
    select t.organisation_id as partner, t.way, t.term, any_value(f.title) as title
    from said t join said p on p.organisation_id = $party and p.way = t.way and p.term = t.term
    left join field f on t.way = 'field' and f.code = t.term
    where t.organisation_id <> $party
    group by t.organisation_id, t.way, t.term
    order by partner, max(least(t.projects, p.projects)) desc, max(t.projects) desc, t.way, t.term
"""
_FIELDS: Final = f"""
    with seat as materialized ({_SEATS}), worked as materialized (
        select s.organisation_id, b.code, count(*) as projects, min(s.first_year) as first_year,
               max(s.last_year) as last_year, bool_or(s.in_he) as in_he, bool_or(s.in_h2020) as in_h2020
        from seat s join field_branch b using (project_id) where b.level = {FIELD_LEVEL}
        group by s.organisation_id, b.code
    )
    select t.organisation_id as partner, f.title, f.path, t.* exclude (organisation_id),
           row_number() over (
               partition by t.organisation_id
               order by least(t.projects, p.projects) desc, t.projects desc, t.code) as place
    from worked t join worked p on p.organisation_id = $party and p.code = t.code
    join field f on f.code = t.code
    where t.organisation_id <> $party
    qualify place <= {SHOWN} order by partner, place
"""
_CHAIN: Final = f"""
    with seat as materialized ({_SEATS})
    select organisation_id, count(*) as projects, min(first_year) as first_year,
           max(last_year) as last_year, bool_or(in_he) as in_he, bool_or(in_h2020) as in_h2020
    from seat where project_id in (select project_id from chain_project where chain = $chain)
    group by organisation_id
"""
_PLACES: Final = """
    select o.organisation_id as partner, p.nuts3 as party_nuts3, o.nuts3 as partner_nuts3,
           p.country as party_country, o.country as partner_country
    from organisation_card o, (select * from organisation_card where organisation_id = $party) p
    where o.organisation_id in (select unnest($partners)) order by partner
"""


def find_words(
    con: duckdb.DuckDBPyConnection, party: str, partners: Sequence[str], chain: str
) -> dict[str, Both]:
    """Give, by partner, the words and fields of a chain in projects of both, the most used first."""
    values = {"party": party, "wanted": [party, *partners], "chain": chain}
    found: dict[str, Both] = {}
    for row in read_rows(con, _WORDS, values):
        known = found.get(row["partner"], ())
        if len(known) < SHOWN:
            said = row["title"] or row["term"].replace("*", "…")
            word = SharedWord(row["way"], row["term"], said)
            found[row["partner"]] = (*known, word)
    return found


def find_fields(
    con: duckdb.DuckDBPyConnection, party: str, partners: Sequence[str], caveats: Caveats
) -> dict[str, tuple[SharedField, ...]]:
    """Give, by partner, the fields of science in which both have most projects."""
    found: dict[str, tuple[SharedField, ...]] = {}
    values = {"party": party, "wanted": [party, *partners]}
    for row in read_rows(con, _FIELDS, values):
        scope = Scope.of(organisation=row["partner"], field=row["code"])
        field = SharedField(row["code"], row["title"], row["path"], _count(row, scope, caveats))
        found[row["partner"]] = (*found.get(row["partner"], ()), field)
    return found


def count_chain_projects(
    con: duckdb.DuckDBPyConnection, wanted: Sequence[str], chain: str, caveats: Caveats
) -> dict[str, Figure]:
    """Give the figure `projects` in a chain for each of these organisations; nought where it has none."""
    rows = {
        row["organisation_id"]: row
        for row in read_rows(con, _CHAIN, {"wanted": list(wanted), "chain": chain})
    }
    nothing = {"projects": 0, "first_year": None, "last_year": None, "in_he": 0, "in_h2020": 0}
    return {
        name: _count(rows.get(name, nothing), Scope.of(organisation=name, chain=chain), caveats)
        for name in wanted
    }


def find_places(
    con: duckdb.DuckDBPyConnection, party: str, partners: Sequence[str]
) -> dict[str, Nearness]:
    """Say, by partner, how near it lies to a party by the regions of both."""
    rows = read_rows(con, _PLACES, {"party": party, "partners": list(partners)})
    near = {row["partner"]: _compare(row) for row in rows}
    names = read_region_names(con, sorted({code for _, code in near.values() if code}))
    return {
        partner: Nearness(place, code, names.get(code) if code else None)
        for partner, (place, code) in near.items()
    }


def find_last_years(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> dict[str, int | None]:
    """Give the year in which the newest project of each began."""
    rows = con.execute(
        "select organisation_id, max(year) from involvement "
        "where organisation_id in (select unnest($wanted)) group by organisation_id",
        {"wanted": list(wanted)},
    ).fetchall()
    return {str(name): None if year is None else int(year) for name, year in rows}


def _compare(row: dict[str, Any]) -> tuple[str, str | None]:
    one, other = row["party_nuts3"], row["partner_nuts3"]
    if one and other and one == other:
        return "same-area", one
    if one and other and one[:4] == other[:4]:
        return "same-province", one[:4]
    if row["party_country"] is None or row["partner_country"] is None:
        return "unknown", None
    same = row["party_country"] == row["partner_country"]
    return ("same-country" if same else "abroad"), None


def _count(row: dict[str, Any], scope: Scope, caveats: Caveats) -> Figure:
    times = [row[name] for name in ("first_year", "last_year", "in_he", "in_h2020")]
    values = [row["projects"], None, None, *times]
    group = make_group([MEASURES["projects"]], scope, {}, values, caveats)
    return group.figures["projects"]
