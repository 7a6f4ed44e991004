"""Subsidies: which participant of EU projects received what a ministry paid.

The list of the ministries knows recipients by name alone. Whose name it is, is decided with all other
names where it is decided who is one organisation; here is only kept what is about participants.
"""

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from keten.evidence.names import compare_name


def match_subsidies(con: duckdb.DuckDBPyConnection) -> None:
    """Write `subsidy_name` and `subsidy_match`.

    Reads `subsidy`, `receipt` and `involvement`.
    """
    named = con.execute(
        "select record_id, recipient from subsidy where recipient is not null order by record_id"
    ).fetchall()
    _write_names(con, ((record, key) for record, name in named if (key := compare_name(name))))
    con.execute(
        """
        create or replace table subsidy_match as
        select record_id, organisation_id from receipt
        where source = 'rijk' and organisation_id in (select organisation_id from involvement)
        order by record_id
        """
    )


def _write_names(con: duckdb.DuckDBPyConnection, rows: Iterable[tuple[int, str]]) -> None:
    """Write the names made comparable, by which spellings of one firm count once."""
    pairs = list(rows)
    table = pa.table(
        {
            "record_id": pa.array([pair[0] for pair in pairs], pa.int64()),
            "name_key": pa.array([pair[1] for pair in pairs], pa.string()),
        }
    )
    con.register("arrived", table)
    con.execute("create or replace table subsidy_name as select * from arrived order by record_id")
    con.unregister("arrived")
