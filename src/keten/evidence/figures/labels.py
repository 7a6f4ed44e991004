"""Labels: how organisations, projects and regions are named wherever an answer mentions them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from keten.evidence.figures.regions import read_regions_by_code
from keten.model import Label

if TYPE_CHECKING:
    import duckdb

LABEL_COLUMNS = "o.organisation_id, o.name, o.short_name, o.kind, o.country, o.city"


def read_labels(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> dict[str, Label]:
    """Give the labels of these organisations by identifier; unknown ones are left out."""
    if not wanted:
        return {}
    rows = con.execute(
        f"select {LABEL_COLUMNS} from organisation_card o "
        "where o.organisation_id in (select unnest($wanted))",
        {"wanted": list(wanted)},
    ).fetchall()
    return {row[0]: Label(*row) for row in rows}


def read_project_titles(
    con: duckdb.DuckDBPyConnection, wanted: Sequence[str]
) -> dict[str, tuple[str | None, str | None]]:
    """Give acronym and title of these projects by identifier; unknown ones are left out."""
    rows = con.execute(
        "select project_id, acronym, title from project "
        "where project_id in (select unnest($wanted))",
        {"wanted": list(wanted)},
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def read_region_names(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> Mapping[str, str]:
    """Give the names of these regions by code; those that no classification names are left out."""
    known = read_regions_by_code(con)
    return {code: known[code].name for code in codes if code in known and known[code].vintage}


def current_organisations(con: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> dict[str, str]:
    """Give the organisation of today for each identifier or source key that leads to one."""
    rows = con.execute(
        "select alias, organisation_id from organisation_alias "
        "where alias in (select unnest($keys)) order by alias",
        {"keys": sorted(set(keys))},
    ).fetchall()
    return dict(rows)
