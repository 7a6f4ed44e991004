"""Fields of science: how many projects of a scope carry each EuroSciVoc field, branch by branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from keten.atlas.measures import FIELD_LEVEL
from keten.atlas.views import FieldRow
from keten.errors import UsageError
from keten.evidence.figures.counting import Group, measure, measure_groups
from keten.evidence.figures.rows import read_once
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

DEEPEST = 7


def list_fields(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    *,
    under: str = "",
    level: int | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[tuple[FieldRow, ...], Figure]:
    """Give one page of fields at a level, with most projects first; and how many carry any at all.

    A project that carries a field counts for the branches above it too. `under` asks for the branches
    directly below a field.
    """
    depth = level or (under.count("/") + 1 if under else FIELD_LEVEL)
    coverage = measure(con, "fields_coverage", scope)
    if depth > DEEPEST:
        return (), coverage
    if depth < 1:
        raise UsageError(f"'{depth}' is no level of fields.", f"Levels are 1 to {DEEPEST}.")
    groups = measure_groups(
        con,
        ("projects",),
        scope,
        (f"field:{depth}",),
        first="projects",
        limit=limit if not under else 1_000_000,
        offset=offset if not under else 0,
    )
    if under:
        below = [group for group in groups if group.keys["field"].startswith(f"{under}/")]
        groups = below[offset : offset + limit]
    return make_fields(con, groups), coverage


def make_fields(con: duckdb.DuckDBPyConnection, groups: Sequence[Group]) -> tuple[FieldRow, ...]:
    """Make rows of groups by field, with most projects first."""
    named = _read_names(con)
    rows = [
        FieldRow(group.keys["field"], *named[group.keys["field"]], group.figures["projects"])
        for group in groups
    ]
    return tuple(sorted(rows, key=lambda row: (-int(row.projects.value or 0), row.code)))


@read_once
def _read_names(con: duckdb.DuckDBPyConnection) -> Mapping[str, tuple[str, str]]:
    """Read path and title of every field by code."""
    rows = con.execute("select code, path, title from field").fetchall()
    return {code: (path, title) for code, path, title in rows}
