"""Labels: how organisations, projects and regions are named wherever an answer mentions them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from keten.evidence.figures.regions import read_regions_by_code
from keten.evidence.figures.rows import among
from keten.model import Label

if TYPE_CHECKING:
    import duckdb

LABEL_COLUMNS = "o.organisation_id, o.name, o.short_name, o.kind, o.country, o.city"


def read_labels(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> dict[str, Label]:
    """Give the labels of these organisations by identifier; unknown ones are left out."""
    if not wanted:
        return {}
    condition, values = among("o.organisation_id", wanted)
    rows = con.execute(
        f"select {LABEL_COLUMNS} from organisation_card o where {condition}", values
    ).fetchall()
    return {row[0]: Label(*row) for row in rows}


def read_project_titles(
    con: duckdb.DuckDBPyConnection, wanted: Sequence[str]
) -> dict[str, tuple[str | None, str | None]]:
    """Give acronym and title of these projects by identifier; unknown ones are left out."""
    condition, values = among("project_id", wanted)
    rows = con.execute(
        f"select project_id, acronym, title from project where {condition}", values
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def read_region_names(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> Mapping[str, str]:
    """Give the names of these regions by code; those that no classification names are left out."""
    known = read_regions_by_code(con)
    return {code: known[code].name for code in codes if code in known and known[code].vintage}


def current_organisations(con: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> dict[str, str]:
    """Give the organisation of today for each identifier or source key that leads to one."""
    condition, values = among("alias", keys)
    rows = con.execute(
        f"select alias, organisation_id from organisation_alias where {condition} order by alias",
        values,
    ).fetchall()
    return dict(rows)


def find_source_record(con: duckdb.DuckDBPyConnection, identifier: str) -> tuple[str, Label] | None:
    """Give the source record that an identifier stands for and its organisation of today, or None.

    An organisation's own identifier stands for its anchor record; a source key for itself.
    """
    current = current_organisations(con, [identifier]).get(identifier)
    label = read_labels(con, [current]).get(current) if current else None
    if current is None or label is None:
        return None
    keys = [
        str(key)
        for (key,) in con.execute(
            "select source_key from same_as where organisation_id = $organisation "
            "order by is_anchor desc, source_key",
            {"organisation": current},
        ).fetchall()
    ]
    return (identifier if identifier in keys else keys[0]), label
