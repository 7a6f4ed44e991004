"""Grants: what an organisation received, row by row, from the EU and from ministries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Grant:
    """One amount: of which programme part or scheme, and over which days; `records` are its rows."""

    funder: str  # eu, ministry
    line: str
    name: str
    amount_eur: float
    first: date
    last: date
    records: tuple[int, ...]


def read_grants(con: duckdb.DuckDBPyConnection, organisation_id: str) -> tuple[Grant, ...]:
    """Give the grants of an organisation that carry an amount and days, by day, then by row."""
    found = [*_read_eu(con, organisation_id), *_read_ministries(con, organisation_id)]
    return tuple(sorted(found, key=lambda grant: (grant.first, grant.records)))


def read_subsidy_years(con: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Give the years of which there is a list of the ministries."""
    rows = con.execute("select distinct year from subsidy where year > 0 order by year").fetchall()
    return tuple(year for (year,) in rows)


def _read_eu(con: duckdb.DuckDBPyConnection, organisation_id: str) -> list[Grant]:
    # A project falls under several parts; the one that the publisher calls its own, else the
    # widest, stands for it.
    rows = con.execute(
        """
        with part as (
            select project_id, first(code order by coalesce(is_unique, false) desc, length(code),
                                     code) as code,
                   first(title order by coalesce(is_unique, false) desc, length(code), code) as title
            from project_programme_part
            where project_id in (
                select project_id from involvement where organisation_id = $organisation)
            group by project_id
        )
        select coalesce(part.code, i.programme), coalesce(part.title, part.code, i.programme),
               i.contribution_eur::double, p.start_date, p.end_date, i.record_id, p.record_id
        from involvement i join project p using (project_id) left join part using (project_id)
        where i.organisation_id = $organisation and i.contribution_eur > 0
          and p.start_date is not null and p.end_date >= p.start_date
        order by i.record_id
        """,
        {"organisation": organisation_id},
    ).fetchall()
    return [
        Grant("eu", line, name, amount, first, last, (seat, project))
        for line, name, amount, first, last, seat, project in rows
    ]


def _read_ministries(con: duckdb.DuckDBPyConnection, organisation_id: str) -> list[Grant]:
    rows = con.execute(
        """
        select scheme, scheme, amount_eur::double, make_date(year, 1, 1), make_date(year, 12, 31),
               record_id
        from subsidy join subsidy_match using (record_id)
        where organisation_id = $organisation and amount_eur is not null and year > 0
        order by record_id
        """,
        {"organisation": organisation_id},
    ).fetchall()
    return [
        Grant("ministry", line, name, amount, first, last, (record,))
        for line, name, amount, first, last, record in rows
    ]
