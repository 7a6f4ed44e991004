"""Memory: what answers keep of one published evidence, worked out once for all threads that read it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary, WeakValueDictionary

import duckdb

Found = TypeVar("Found")
MOST_KEPT: Final = 64


class Memory:
    """What was found out about an evidence that never changes; who asks meanwhile waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Hashable, OrderedDict[Hashable, Future[Any]]] = {}

    def give(self, reader: Hashable, asked: Hashable, read: Callable[[], Found]) -> Found:
        """Give what a reader answers to what is asked, read once; what was long unused may go.

        Where reading fails nothing is kept: its own error goes to each who asks.
        """
        while True:
            with self._lock:
                kept = self._kept.setdefault(reader, OrderedDict())
                found = kept.get(asked)
                is_first = found is None
                if found is None:
                    found = kept[asked] = Future()
                kept.move_to_end(asked)
                while len(kept) > MOST_KEPT:
                    kept.popitem(last=False)
            if is_first:
                return self._fill(reader, asked, found, read)
            if found.exception() is None:
                answer: Found = found.result()
                return answer

    def _fill(
        self, reader: Hashable, asked: Hashable, found: Future[Any], read: Callable[[], Found]
    ) -> Found:
        try:
            answer = read()
        except BaseException as error:
            with self._lock:
                if self._kept[reader].get(asked) is found:
                    del self._kept[reader][asked]
            found.set_exception(error)
            raise
        found.set_result(answer)
        return answer


_by_connection: WeakKeyDictionary[duckdb.DuckDBPyConnection, Memory | None] = WeakKeyDictionary()
_by_path: WeakValueDictionary[str, Memory] = WeakValueDictionary()


def lend(con: duckdb.DuckDBPyConnection, memory: Memory) -> None:
    """Let who reads by a connection, or by another to the same file, share a memory."""
    path = _find_path(con)
    if path is not None:
        _by_path[path] = memory
    _by_connection[con] = memory


def memory_of(con: duckdb.DuckDBPyConnection) -> Memory | None:
    """Give the memory of what a connection reads; None where it may still be written to."""
    try:
        return _by_connection[con]
    except KeyError:
        path = _find_path(con)
        memory = None if path is None else _by_path.get(path) or Memory()
        if memory is not None:
            _by_connection[con] = memory
        return memory


def _find_path(con: duckdb.DuckDBPyConnection) -> str | None:
    """Give the file that a connection reads, None when it may write to it."""
    sql = "select path, readonly from duckdb_databases() where database_name = current_database()"
    ((path, is_read_only),) = con.execute(sql).fetchall()
    return str(path) if is_read_only else None
