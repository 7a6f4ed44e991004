"""What answers keep of an evidence: worked out once, whoever asks and however many at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from keten.evidence.figures import keep_each
from keten.evidence.memory import MOST_KEPT, Memory, lend, memory_of

Con = duckdb.DuckDBPyConnection


def test_threads_that_ask_at_once_wait_for_one_answer() -> None:
    memory, here = Memory(), threading.Barrier(4)
    asked: list[int] = []

    def read() -> int:
        asked.append(1)
        threading.Event().wait(0.05)
        return 7

    def ask(_: int) -> int:
        here.wait(timeout=10)
        return memory.give("reader", "question", read)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [7] * 4
    assert len(asked) == 1


def test_an_error_is_told_and_not_kept() -> None:
    memory = Memory()

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        memory.give("reader", "question", fail)
    assert memory.give("reader", "question", lambda: 1) == 1


def test_who_waits_for_one_that_fails_asks_anew() -> None:
    memory, begun, let_go = Memory(), threading.Event(), threading.Event()

    def fail() -> int:
        begun.set()
        let_go.wait(10)
        raise ValueError("no")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(memory.give, "reader", "question", fail)
        begun.wait(10)
        second = pool.submit(memory.give, "reader", "question", lambda: 2)
        let_go.set()
        assert second.result(10) == 2
        assert isinstance(first.exception(10), ValueError)


def test_what_was_long_unused_goes() -> None:
    memory = Memory()
    asked: list[int] = []

    def ask(number: int) -> None:
        memory.give("reader", number, lambda: asked.append(number))

    for number in range(MOST_KEPT):
        ask(number)
    ask(0)
    ask(MOST_KEPT)
    ask(0)
    assert asked == list(range(MOST_KEPT + 1)), "the first was used since, and stayed"
    ask(1)
    assert asked[-1] == 1


def test_cursors_on_one_evidence_share_and_those_on_another_do_not(tmp_path: Path) -> None:
    asked: list[str] = []

    @keep_each
    def read(con: Con, name: str) -> None:
        asked.append(name)

    def open_made(name: str) -> Con:
        path = str(tmp_path / name)
        with duckdb.connect(path) as con:
            con.execute("create table made(number integer)")
        return duckdb.connect(path, read_only=True)

    with open_made("one.duckdb") as one, open_made("other.duckdb") as other:
        lend(one.cursor(), memory := Memory())
        for con in (one, one.cursor(), one.cursor().cursor()):
            assert memory_of(con) is memory
            read(con, "question")  # a cursor of a cursor too
        assert asked == ["question"]
        read(other, "question")
        assert asked == ["question"] * 2


def test_an_evidence_opened_anew_remembers_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "made.duckdb")
    duckdb.connect(path).close()
    with duckdb.connect(path, read_only=True) as con:
        lend(before := con.cursor(), Memory())
        lend(after := con.cursor(), later := Memory())
        assert memory_of(before) is not memory_of(after)
        assert memory_of(con.cursor()) is later
