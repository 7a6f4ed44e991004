"""Rows: the answer to a query under the names of its columns, and what of an evidence never changes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import duckdb

Found = TypeVar("Found")
Asked = TypeVar("Asked")
_MOST_KEPT = 64


def read_rows(
    con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    """Give every row as a dictionary by column name."""
    answer = con.execute(sql, dict(values or {}))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def read_once(
    read: Callable[[duckdb.DuckDBPyConnection], Found],
) -> Callable[[duckdb.DuckDBPyConnection], Found]:
    """Make a reader of what every answer needs read it once for each connection.

    A published evidence never changes; one that may still be written to is read each time.
    """
    known: WeakKeyDictionary[duckdb.DuckDBPyConnection, Found] = WeakKeyDictionary()

    @functools.wraps(read)
    def give(con: duckdb.DuckDBPyConnection) -> Found:
        try:
            return known[con]
        except KeyError:
            found = read(con)
            if _is_published(con):
                known[con] = found
            return found

    return give


def keep_each(
    read: Callable[[duckdb.DuckDBPyConnection, Asked], Found],
) -> Callable[[duckdb.DuckDBPyConnection, Asked], Found]:
    """Make a costly answer be given once for each connection and each thing asked, as `read_once` does.

    What is asked must be hashable. The oldest answers go when there are many.
    """
    known: WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[Asked, Found]] = WeakKeyDictionary()

    @functools.wraps(read)
    def give(con: duckdb.DuckDBPyConnection, asked: Asked) -> Found:
        kept = known.get(con)
        if kept is None:
            if not _is_published(con):
                return read(con, asked)
            kept = known.setdefault(con, {})
        if asked not in kept:
            while len(kept) >= _MOST_KEPT:
                del kept[next(iter(kept))]
            kept[asked] = read(con, asked)
        return kept[asked]

    return give


def _is_published(con: duckdb.DuckDBPyConnection) -> bool:
    sql = "select readonly from duckdb_databases() where database_name = current_database()"
    ((is_read_only,),) = con.execute(sql).fetchall()
    return bool(is_read_only)
