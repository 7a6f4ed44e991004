"""Subsidies: which organisation of the EU evidence received what a ministry paid, by its name.

The list of the ministries has no number and no place, only names. So a subsidy is linked where
exactly one Dutch organisation bears the same name, however it is spelled; where two do, it is not,
and an issue says so.
"""

from collections.abc import Iterable
from typing import Final

import duckdb
import pyarrow as pa

from keten.evidence.names import compare_name
from keten.model import Issue, Severity, Text

COUNTRIES: Final = ("NL", "QN")  # the second is that of the invented region


def match_subsidies(con: duckdb.DuckDBPyConnection) -> list[Issue]:
    """Write `subsidy_name` and `subsidy_match`; gives an issue for each name that two bear.

    Reads `subsidy`, `participation` and `same_as`.
    """
    named = con.execute(
        "select record_id, recipient from subsidy where recipient is not null order by record_id"
    ).fetchall()
    keys = [(record, key) for record, name in named if (key := compare_name(name))]
    bearers = _bearers(con)
    found = [
        (record, next(iter(bearers[key]))) for record, key in keys if len(bearers.get(key, ())) == 1
    ]
    _write(con, "subsidy_name", ("record_id", "name_key"), keys)
    _write(con, "subsidy_match", ("record_id", "organisation_id"), found)
    unclear = sorted({key for _, key in keys if len(bearers.get(key, ())) > 1})
    return [_ambiguity(key, bearers[key]) for key in unclear]


def _bearers(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Give for each comparable name the organisations that any row of a project gives it to."""
    rows = con.execute(
        """
        select distinct participation.name, same_as.organisation_id
        from participation join same_as using (source_key)
        where participation.country in (select unnest(?)) and participation.name is not null
        order by all
        """,
        [list(COUNTRIES)],
    ).fetchall()
    bearers: dict[str, set[str]] = {}
    for name, organisation_id in rows:
        if key := compare_name(name):
            bearers.setdefault(key, set()).add(organisation_id)
    return bearers


def _write(
    con: duckdb.DuckDBPyConnection,
    name: str,
    columns: tuple[str, str],
    rows: Iterable[tuple[int, str]],
) -> None:
    pairs = list(rows)
    table = pa.table(
        {
            columns[0]: pa.array([pair[0] for pair in pairs], pa.int64()),
            columns[1]: pa.array([pair[1] for pair in pairs], pa.string()),
        }
    )
    con.register("arrived", table)
    con.execute(f"create or replace table {name} as select * from arrived order by record_id")
    con.unregister("arrived")


def _ambiguity(key: str, bearers: set[str]) -> Issue:
    return Issue(
        "ambiguous-recipient",
        Severity.NOTE,
        Text(
            "More than one organisation bears this name; subsidies to it were linked to none.",
            "Meer dan één organisatie draagt deze naam; subsidies eraan zijn aan geen gekoppeld.",
        ),
        value=f"{key}: {', '.join(sorted(bearers))}"[:200],
    )
