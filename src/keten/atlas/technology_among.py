"""Which projects and organisations a technology, chain or mission leaves of all, for search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keten.errors import NotFoundError
from keten.evidence.figures import keep_each, read_scope
from keten.evidence.figures.scope import write_condition
from keten.model import Scope

if TYPE_CHECKING:
    import duckdb


def list_members_of(con: duckdb.DuckDBPyConnection, scope: Scope) -> frozenset[str]:
    """Give the identifiers of the projects in a scope, and of the organisations that take part in them.

    Raises: UsageError for a filter that is wrong; NotFoundError for a technology, chain or mission that the
    evidence does not know.
    """
    scope = read_scope(scope, "participation")
    for name, table in (("technology", "technology"), ("chain", "chain"), ("mission", "mission")):
        value = scope.as_dict().get(name)
        if value is None:
            continue
        known = [row[0] for row in con.execute(f"select {name} from {table} order by 1").fetchall()]
        if value not in known:
            raise NotFoundError(
                f"The evidence knows no {name} '{value}'.", f"There are: {', '.join(known)}."
            )
    return _list(con, scope)


@keep_each
def _list(con: duckdb.DuckDBPyConnection, scope: Scope) -> frozenset[str]:
    condition = write_condition(scope, "participation")
    rows = con.execute(
        f"select i.project_id, i.organisation_id from involvement i where {condition.sql}",
        condition.values,
    ).fetchall()
    return frozenset(each for row in rows for each in row)
