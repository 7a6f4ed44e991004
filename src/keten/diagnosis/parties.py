"""Parties: who in these regions works in either of two subjects, and could meet; who works in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.diagnosis.figures import count_parties
from keten.diagnosis.subjects import PROGRAMME, REGION_LENGTH, Subject, list_regions
from keten.diagnosis.views import PartyRow
from keten.evidence.figures import read_labels

if TYPE_CHECKING:
    import duckdb

SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Parties:
    """Who works only in the first subject, only in the second, or in both; most projects first."""

    first_only: tuple[PartyRow, ...]
    second_only: tuple[PartyRow, ...]
    both: tuple[PartyRow, ...]


def find_parties(
    con: duckdb.DuckDBPyConnection, first: Subject, second: Subject, region: str
) -> Parties:
    """Find the named organisations with projects of Horizon Europe in either subject, in these regions."""
    rows = con.execute(
        f"""
        with one as ({_projects(first, "first")}), other as ({_projects(second, "second")})
        select i.organisation_id,
               count(distinct i.project_id) filter (where one.project_id is not null) as in_first,
               count(distinct i.project_id) filter (where other.project_id is not null) as in_second
        from involvement i
        join organisation o using (organisation_id)
        left join one on one.project_id = i.project_id
        left join other on other.project_id = i.project_id
        where i.programme = '{PROGRAMME}' and o.name is not null
          and substr(i.region, 1, {REGION_LENGTH}) in (select unnest($apart))
        group by i.organisation_id having in_first + in_second > 0
        order by in_first + in_second desc, i.organisation_id
        """,
        {
            "first": first.name,
            "second": second.name,
            "apart": list(list_regions(con, region)),
        },
    ).fetchall()
    sides = (
        [name for name, a, b in sorted(rows, key=lambda r: (-r[1], r[0])) if a and not b],
        [name for name, a, b in sorted(rows, key=lambda r: (-r[2], r[0])) if b and not a],
        [name for name, a, b in sorted(rows, key=lambda r: (-min(r[1:]), r[0])) if a and b],
    )
    return Parties(*(_list(con, side[:SHOWN], first, second, region) for side in sides))


def _list(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    first: Subject,
    second: Subject,
    region: str,
) -> tuple[PartyRow, ...]:
    labels = read_labels(con, names)
    in_first = count_parties(con, first, region, names)
    in_second = count_parties(con, second, region, names)
    return tuple(
        PartyRow(labels[name], in_first[name], in_second[name]) for name in names if name in labels
    )


def _projects(subject: Subject, value: str) -> str:
    """Write the select of a subject's projects; `value` names its value."""
    if subject.kind == "chain":
        return f"select project_id from chain_project where chain = ${value}"
    return f"select project_id from field_branch where code = ${value}"
