"""Relations: parents, departments, predecessors and successors. They link; they never make one.

The registry of research organisations names them. Besides, two organisations of different names
belong together where they share the VAT number of one legal entity, or are the only two at a website
and postcode: one came after the other if it began after the other ended, else they are related.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

from keten.evidence.resolve.cluster import Link, Pair, order_pair
from keten.evidence.resolve.organisation import write_table
from keten.evidence.resolve.spelling import parse_name, read_domain, read_postcode

_INVERSE: Final = {
    "parent": "child",
    "child": "parent",
    "predecessor": "successor",
    "successor": "predecessor",
    "related": "related",
}
_IN_PROGRAMMES: Final = "s.programme in ('he', 'h2020', 'fp7', 'fp7-network')"
_FP7_YEARS: Final = (2007, 2013)  # of its participations the tables say no more


@dataclass(frozen=True, slots=True)
class Tie:
    """That `other_key` is the `kind` (successor, related) of `source_key`, and how that shows."""

    source_key: str
    kind: str
    other_key: str
    how: str  # register (ROR, VAT) or address


@dataclass(frozen=True, slots=True)
class _Seen:
    """An organisation in the programmes: its speaking record, names, and years from and to."""

    key: str
    names: frozenset[str]
    first_year: int
    last_year: int

    @property
    def spelled(self) -> frozenset[str]:
        """Its names as they are compared."""
        return frozenset(parse_name(name).compact for name in self.names)


def find_ties(
    con: duckdb.DuckDBPyConnection, same_entity: Iterable[Link], one: Mapping[str, str]
) -> list[Tie]:
    """Give who belongs together without being one; `one` is the organisation of each source key.

    `same_entity` are the links between registrations with a VAT number of one legal entity.

    Reads `source_organisation`, `same_as`, `participation` and `project`.
    """
    seen = _read_seen(con)
    found: dict[Pair, Tie] = {}

    def note(left: str, right: str, how: str) -> None:
        tie = _tie(seen[left], seen[right], how) if left != right else None
        if tie:
            found.setdefault(order_pair(tie.source_key, tie.other_key), tie)

    for link in same_entity:
        note(one[link.left], one[link.right], "register")
    for _, group in sorted(_read_addresses(con).items()):
        if len(group) == 2:
            note(min(group), max(group), "address")
    return [tie for _, tie in sorted(found.items())]


def write_relations(con: duckdb.DuckDBPyConnection, ties: Iterable[Tie]) -> None:
    """Write `organisation_relation`: every relation from both sides, each once.

    Only records that are there are named; `ror_relation` has the others. Reads `ror_relation`.
    """
    rows = [(tie.source_key, tie.kind, tie.other_key, tie.how) for tie in ties]
    write_table(
        con,
        "tie",
        {
            name: pa.array([row[place] for row in rows], pa.string())
            for place, name in enumerate(("source_key", "kind", "other_key", "how"))
        },
    )
    inverse = " ".join(f"when '{kind}' then '{other}'" for kind, other in _INVERSE.items())
    con.execute(
        f"""
        create or replace table organisation_relation as
        with told as (
            select 'ror:' || r.ror_id as source_key, kind, 'ror:' || other_ror_id as other_key,
                   r.record_id, 'register' as how
            from ror_relation r
            where other_ror_id in (select ror_id from ror) and other_ror_id <> r.ror_id
            union all
            select t.source_key, t.kind, t.other_key, s.record_id, t.how
            from tie t join source_organisation s on s.source_key = t.other_key
        ), both_ways as (
            select * from told
            union all
            select other_key, case kind {inverse} end, source_key, record_id, how from told
        )
        select source_key, kind, other_key, min(record_id) as record_id, min(how) as how
        from both_ways where source_key in (select source_key from source_organisation)
        group by source_key, kind, other_key order by source_key, kind, other_key
        """
    )
    con.execute("drop table tie")


def read_related(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """Give the pairs of records that a register relates. Reads `organisation_relation`."""
    rows = con.execute(
        """
        select source_key, other_key from organisation_relation
        where how = 'register' and source_key < other_key
        """
    ).fetchall()
    return {(left, right) for left, right in rows}


def _tie(one: _Seen, other: _Seen, how: str) -> Tie | None:
    """Say how two belong together; None where they bear one name, for then they may be one."""
    if not one.names or not other.names or one.spelled & other.spelled:
        return None
    earlier, later = sorted((one, other), key=lambda seen: (seen.last_year, seen.key))
    kind = "successor" if earlier.last_year < later.first_year else "related"
    return Tie(earlier.key, kind, later.key, how)


def _read_seen(con: duckdb.DuckDBPyConnection) -> dict[str, _Seen]:
    """Give every organisation that took part in a programme, by its identifier."""
    rows = con.execute(
        f"""
        with years as (
            select source_key, min(year(start_date)) as first_year, max(year(start_date)) as last_year
            from participation join project using (project_id) group by source_key
        )
        select a.organisation_id,
               first(a.source_key order by a.is_anchor desc, s.updated_at desc, a.source_key),
               list(distinct s.name order by s.name) filter (s.name is not null),
               min(coalesce(first_year, $first)), max(coalesce(last_year, $last))
        from same_as a join source_organisation s using (source_key)
        left join years using (source_key)
        where {_IN_PROGRAMMES} group by a.organisation_id
        """,
        {"first": _FP7_YEARS[0], "last": _FP7_YEARS[1]},
    ).fetchall()
    return {
        identifier: _Seen(key, frozenset(names or ()), first, last)
        for identifier, key, names, first, last in rows
    }


def _read_addresses(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], set[str]]:
    """Give the organisations at each address, which is a domain and a postcode."""
    rows = con.execute(
        f"""
        select distinct a.organisation_id, s.website, s.postcode, coalesce(s.country, '')
        from same_as a join source_organisation s using (source_key)
        where {_IN_PROGRAMMES} and s.website is not null and s.postcode is not null
        """
    ).fetchall()
    at_address: dict[tuple[str, str], set[str]] = {}
    for identifier, website, postcode, country in rows:
        domain, code = read_domain(website), read_postcode(postcode, country)
        if domain and code:
            at_address.setdefault((domain, code), set()).add(identifier)
    return at_address
