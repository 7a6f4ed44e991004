"""Rows: the answer to a query under the names of its columns, and what of an evidence never changes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from keten.evidence.memory import memory_of

if TYPE_CHECKING:
    import duckdb

_MOST_NAMED: Final = 200
Found = TypeVar("Found")
Asked = TypeVar("Asked", bound=Hashable)


def read_rows(
    con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    """Give every row as a dictionary by column name."""
    answer = con.execute(sql, dict(values or {}))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def among(column: str, keys: Iterable[str]) -> tuple[str, dict[str, object]]:
    """Give the condition that a column holds one of these texts, and its values.

    Each is named by itself: then an index finds the rows, which it does not for a list of any length.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return "false", {}
    if len(wanted) > _MOST_NAMED:
        return f"{column} in (select unnest($among))", {"among": wanted}
    values: dict[str, object] = {f"among_{place}": key for place, key in enumerate(wanted)}
    return f"{column} in ({', '.join(f'${name}' for name in values)})", values


def read_once(
    read: Callable[[duckdb.DuckDBPyConnection], Found],
) -> Callable[[duckdb.DuckDBPyConnection], Found]:
    """Make a reader of what every answer needs read it once for each evidence, whichever thread asks.

    A published evidence never changes; one that may still be written to is read each time.
    """
    give = keep_each(lambda con, _: read(con))
    return functools.wraps(read)(lambda con: give(con, None))


def keep_each(
    read: Callable[[duckdb.DuckDBPyConnection, Asked], Found],
) -> Callable[[duckdb.DuckDBPyConnection, Asked], Found]:
    """Make a costly answer be given once for each evidence and each thing asked, as `read_once` does.

    What is asked must be hashable, and nobody may change the answer.
    """

    @functools.wraps(read)
    def give(con: duckdb.DuckDBPyConnection, asked: Asked) -> Found:
        memory = memory_of(con)
        if memory is None:
            return read(con, asked)
        return memory.give(give, asked, lambda: read(con, asked))

    return give
