"""Measures: what a build counts once, fields and chains by European region, and how alike regions are in
each. The answers hold a region against these tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from keten.diagnosis.subjects import are_related
from keten.methods.crossover import Meeting, expect_together, find_interval
from keten.methods.specialisation import fit_shape
from keten.model import Chain

if TYPE_CHECKING:
    import duckdb

# What makes a field mark a chain: how large a share of the chain's projects carries it, how much
# larger than of all projects, and how many such fields are looked at. Our own choice.
MARK_SHARE: Final = 0.05
MARK_TIMES: Final = 1.5
MARK_LEVEL: Final = 0.99  # many fields are tried, and some stand out by chance
MARK_MOST: Final = 12
FIELD_LEVEL: Final = 3  # fine enough to mean something, coarse enough to count something


def write_measures(con: duckdb.DuckDBPyConnection, chains: Sequence[Chain]) -> None:
    """Write `region_presence`, `presence_shape` and `chain_field`.

    Reads `involvement`, `region`, `project_field`, `field_branch` and `chain_project`.
    """
    _write_presence(con)
    _write_shapes(con)
    _write_chain_fields(con, chains)


def _write_presence(con: duckdb.DuckDBPyConnection) -> None:
    # A project counts once in each region: its participations share its fields, so that each of them
    # counted apart would say the same thing several times.
    con.execute(
        """
        create or replace temp table present as
        select distinct i.project_id, substr(i.region, 1, 4) as region, i.has_field
        from involvement i
        where i.programme = 'he'
          and substr(i.region, 1, 4) in (select code from region where level = 2)
        """
    )
    con.execute(
        """
        create or replace table region_presence as
        select 'all' as subject, '' as name, region, count(*)::integer as projects
        from present group by region
        union all
        select 'with-field', '', region, count(*)::integer
        from present where has_field group by region
        union all
        select 'field', b.code, p.region, count(*)::integer
        from present p join field_branch b using (project_id) group by b.code, p.region
        union all
        select 'chain', c.chain, p.region, count(*)::integer
        from present p join chain_project c using (project_id) group by c.chain, p.region
        order by subject, name, region
        """
    )
    con.execute("drop table present")


def _write_shapes(con: duckdb.DuckDBPyConnection) -> None:
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for subject, name, region, projects in con.execute(
        "select subject, name, region, projects from region_presence order by all"
    ).fetchall():
        counted.setdefault((subject, name), {})[region] = projects
    sizes = {
        kind: counted.get((base, ""), {})
        for kind, base in (("field", "with-field"), ("chain", "all"))
    }
    rows: list[tuple[str, str, int, float]] = []
    for (subject, name), here in counted.items():
        if subject in sizes:
            size = np.array(list(sizes[subject].values()), np.float64)
            observed = np.array([here.get(region, 0) for region in sizes[subject]], np.float64)
            shape = fit_shape(observed, size * observed.sum() / size.sum())
            rows.append((subject, name, int(observed.sum()), round(shape, 6)))
    _write(
        con,
        "presence_shape",
        rows,
        (
            ("subject", pa.string()),
            ("name", pa.string()),
            ("projects", pa.int32()),
            ("shape", pa.float64()),
        ),
    )


def _write_chain_fields(con: duckdb.DuckDBPyConnection, chains: Sequence[Chain]) -> None:
    rows: list[tuple[str, str, str, int]] = []
    for chain in sorted(chains, key=lambda chain: chain.chain):
        roles = dict.fromkeys(chain.fields, "named")
        roles |= {code: "near" for code in chain.near_fields if code not in roles}
        marks = [
            code
            for code in _list_marks(con, chain.chain)
            if not any(are_related(code, known) for known in roles)
        ]
        roles |= dict.fromkeys(marks[:MARK_MOST], "mark")
        rows += [
            (chain.chain, code, role, place) for place, (code, role) in enumerate(roles.items(), 1)
        ]
    _write(
        con,
        "chain_field",
        rows,
        (
            ("chain", pa.string()),
            ("code", pa.string()),
            ("role", pa.string()),
            ("place", pa.int32()),
        ),
    )


def _list_marks(con: duckdb.DuckDBPyConnection, chain: str) -> list[str]:
    """Give the fields that the chain's projects carry clearly more often than others do."""
    found = con.execute(
        """
        with carries as (select distinct project_id from involvement where programme = 'he' and has_field),
        inside as (select project_id from chain_project semi join carries using (project_id)
                   where chain = $chain),
        counted as (
            select b.code, count(*) as projects, count(i.project_id) as in_chain
            from field_branch b semi join carries using (project_id)
            left join inside i on i.project_id = b.project_id
            where b.level = $level group by b.code
        )
        select code, in_chain, projects, c.n, a.n
        from counted, (select count(*) as n from inside) c, (select count(*) as n from carries) a
        where in_chain >= $share * c.n and in_chain * a.n >= $times * projects * c.n and in_chain > 0
        order by in_chain desc, code
        """,
        {"chain": chain, "level": FIELD_LEVEL, "share": MARK_SHARE, "times": MARK_TIMES},
    ).fetchall()
    meetings = {code: Meeting(*counts) for code, *counts in found}
    return [
        code
        for code, meeting in meetings.items()
        if find_interval(meeting, MARK_LEVEL)[0] > expect_together(meeting)
    ]


def _write(
    con: duckdb.DuckDBPyConnection,
    name: str,
    rows: Sequence[tuple[object, ...]],
    columns: Sequence[tuple[str, pa.DataType]],
) -> None:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = pa.table(
        {column: pa.array(each, kind) for (column, kind), each in zip(columns, values, strict=True)}
    )
    con.register("arrived", table)
    con.execute(f"create or replace table {name} as select * from arrived order by all")
    con.unregister("arrived")
