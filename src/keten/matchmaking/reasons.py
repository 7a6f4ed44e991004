"""Why two could do something together: words of the chain, fields of science and places they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from keten.evidence.figures import MEASURES, Caveats, among, read_region_names, read_rows
from keten.evidence.figures.counting import make_group
from keten.matchmaking.views import Nearness, SharedField, SharedWord
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

SHOWN: Final = 3
FIELD_LEVEL: Final = 3  # of EuroSciVoc, such as /natural sciences/physical sciences/optics

# All is asked at once, because finding the seats of so many organisations takes most of the time: each
# organisation once in each project; what of a chain and which fields its projects hold; and of the words
# and the fields that a partner shares with the party the first few. `what` says which a row is about.
_REASONS: Final = f"""
    with seat as materialized (
        select organisation_id, project_id, min(year) as first_year, max(year) as last_year,
               bool_or(programme = 'he') as in_he, bool_or(programme = 'h2020') as in_h2020
        from involvement where {{among}}
        group by organisation_id, project_id
    ), said as materialized (
        select s.organisation_id, m.way, m.term, count(distinct m.project_id) as projects
        from seat s join chain_match m using (project_id)
        where m.chain = $chain and m.way <> 'editor'
        group by s.organisation_id, m.way, m.term
    ), worked as materialized (
        select s.organisation_id, b.code as term, count(*) as projects,
               min(s.first_year) as first_year, max(s.last_year) as last_year,
               bool_or(s.in_he) as in_he, bool_or(s.in_h2020) as in_h2020
        from seat s join field_branch b using (project_id) where b.level = {FIELD_LEVEL}
        group by s.organisation_id, b.code
    ), shared as (
        select 'word' as what, t.*, f.title, null as path,
               row_number() over (
                   partition by t.organisation_id
                   order by least(t.projects, p.projects) desc, t.projects desc, t.way, t.term) as place
        from said t
        join said p on p.organisation_id = $party and p.way = t.way and p.term = t.term
        left join field f on t.way = 'field' and f.code = t.term
        where t.organisation_id <> $party
        union all by name
        select 'field' as what, t.*, f.title, f.path,
               row_number() over (
                   partition by t.organisation_id
                   order by least(t.projects, p.projects) desc, t.projects desc, t.term) as place
        from worked t join worked p on p.organisation_id = $party and p.term = t.term
        join field f on f.code = t.term
        where t.organisation_id <> $party
    )
    select * from shared where place <= {SHOWN}
    union all by name
    select 'year' as what, organisation_id, max(last_year) as last_year from seat
    group by organisation_id
    union all by name
    select 'chain' as what, organisation_id, count(*) as projects, min(first_year) as first_year,
           max(last_year) as last_year, bool_or(in_he) as in_he, bool_or(in_h2020) as in_h2020
    from seat where project_id in (select project_id from chain_project where chain = $chain)
    group by organisation_id
    order by what, organisation_id, place
"""
_PLACES: Final = """
    select o.organisation_id as partner, p.nuts3 as party_nuts3, o.nuts3 as partner_nuts3,
           p.country as party_country, o.country as partner_country
    from organisation_card o, (select * from organisation_card where organisation_id = $party) p
    where {among} order by partner
"""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is known of a party and its partners, by organisation.

    `words` of a chain and `fields` of science are those in projects of both, the most used first;
    `chain_projects` is the figure `projects` in the chain, `last_years` says when the newest project began.
    """

    words: Mapping[str, tuple[SharedWord, ...]]
    fields: Mapping[str, tuple[SharedField, ...]]
    chain_projects: Mapping[str, Figure]
    last_years: Mapping[str, int | None]


def find_reasons(
    con: duckdb.DuckDBPyConnection,
    party: str,
    partners: Sequence[str],
    chain: str | None,
    caveats: Caveats,
) -> Reasons:
    """Find what a party and these partners share; without a chain no words, and no projects of one."""
    wanted = [party, *partners]
    condition, values = among("organisation_id", wanted)
    rows = read_rows(
        con, _REASONS.format(among=condition), {"party": party, "chain": chain, **values}
    )
    by_what: dict[str, dict[str, list[dict[str, Any]]]] = {
        what: {} for what in ("word", "field", "year", "chain")
    }
    for row in rows:
        by_what[row["what"]].setdefault(row["organisation_id"], []).append(row)
    nothing = {"projects": 0, "first_year": None, "last_year": None, "in_he": 0, "in_h2020": 0}
    return Reasons(
        {name: tuple(map(_make_word, found)) for name, found in by_what["word"].items()},
        {
            name: tuple(_make_field(row, caveats) for row in found)
            for name, found in by_what["field"].items()
        },
        {
            name: _count(
                by_what["chain"].get(name, [nothing])[0],
                Scope.of(organisation=name, chain=chain),
                caveats,
            )
            for name in (wanted if chain else ())
        },
        {name: row["last_year"] for name, (row,) in by_what["year"].items()},
    )


def _make_word(row: dict[str, Any]) -> SharedWord:
    return SharedWord(row["way"], row["term"], row["title"] or row["term"].replace("*", "…"))


def _make_field(row: dict[str, Any], caveats: Caveats) -> SharedField:
    scope = Scope.of(organisation=row["organisation_id"], field=row["term"])
    return SharedField(row["term"], row["title"], row["path"], _count(row, scope, caveats))


def find_places(
    con: duckdb.DuckDBPyConnection, party: str, partners: Sequence[str]
) -> dict[str, Nearness]:
    """Say, by partner, how near it lies to a party by the regions of both."""
    condition, values = among("o.organisation_id", partners)
    rows = read_rows(con, _PLACES.format(among=condition), {"party": party, **values})
    near = {row["partner"]: _compare(row) for row in rows}
    names = read_region_names(con, sorted({code for _, code in near.values() if code}))
    return {
        partner: Nearness(place, code, names.get(code) if code else None)
        for partner, (place, code) in near.items()
    }


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
