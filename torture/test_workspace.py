"""The workspace broken on purpose: killed in the middle, thousands of hostile rows, many at once."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from keten.errors import ConflictError
from keten.workspace import Line, Store, backup, open_store, restore
from tests.workspace.batch_writer import NOON, hostile
from tests.workspace.conftest import (
    Server,
    address,  # noqa: F401 - the fixtures of the tests
    other_address,  # noqa: F401
    server,  # noqa: F401
    store,  # noqa: F401
)
from tests.workspace.test_killed import check_whole, kill_while

MANY = 10_000
__all__ = ["Server"]


@pytest.mark.parametrize("station", ["record", "undo", "again"])
def test_killed_in_the_middle_of_ten_thousand_lines(address: str, station: str) -> None:  # noqa: F811
    dice = random.Random(station)
    counts = []
    for _ in range(3):
        kill_while(address, MANY, station, dice.uniform(0, 3))
        with open_store(Path(), address) as opened:
            counts.append(check_whole(opened, MANY))
    print(f"killed while it would {station}: batches that were whole {counts}")


def test_ten_thousand_hostile_rows_come_back_as_they_were(
    store: Store,  # noqa: F811
    other_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    rows = [hostile(number) for number in range(MANY)]
    batch = store.record_many(rows, "imported", "an analyst", NOON, kind="import", title="'; --")
    lines = store.judgements_of(batch.number)
    assert [(line.subject, line.value) for line in lines] == [(r.subject, r.value) for r in rows]
    store.files.write(tmp_path / "one")
    with open_store(Path(), other_address) as other:
        assert other.files.load(tmp_path / "one").lines == MANY
        assert other.judgements() == store.judgements()
        other.files.write(tmp_path / "two")
    for path in sorted((tmp_path / "one").rglob("*.yaml")):
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == twin.read_bytes()


def test_fifty_thousand_lines_in_seconds(store: Store) -> None:  # noqa: F811
    rows = [
        Line("listed", f"own:{n:012x}", "list:ours", {"cells": [f"firm {n}", n, None], "row": n})
        for n in range(50_000)
    ]
    began = time.perf_counter()
    batch = store.record_many(rows, "imported", "an analyst", NOON, kind="import", title="x")
    kept = time.perf_counter() - began
    assert store.undo_batch(batch.number, "wrong", "an analyst", NOON).lines == 50_000
    undone = time.perf_counter() - began - kept
    print(f"50,000 lines kept in {kept:.1f} s, undone in {undone:.1f} s")
    assert kept < 30
    assert undone < 30


def test_of_many_editors_of_one_line_one_wins_each_time(address: str) -> None:  # noqa: F811
    editors = 8
    stores = [open_store(Path(), address) for _ in range(editors)]
    line = stores[0].record("member", "he:1", "chain:x", "why", "an analyst", NOON)
    won = []

    def edit(number: int, seen: int) -> int | None:
        try:
            return stores[number].record(
                "member", "he:1", "chain:x", "mine", f"editor {number}", NOON, supersedes=seen
            ).number  # fmt: skip
        except ConflictError:
            return None

    with ThreadPoolExecutor(editors) as pool:
        for _ in range(25):
            seen = line.number
            done = [n for n in pool.map(lambda n: edit(n, seen), range(editors)) if n]  # noqa: B023
            assert len(done) == 1
            won.append(done[0])
            (line,) = stores[0].judgements("member", only_in_force=True)
            assert line.number == done[0]
    assert len(stores[0].judgements()) == 26
    for each in stores:
        each.close()


def test_copies_while_batches_are_written_and_killed(tmp_path: Path) -> None:
    address = str(tmp_path / "workspace.sqlite")  # noqa: F811
    for turn in range(4):
        kill_while(address, MANY, "record", 0.7)
        copy = backup(Path(address), tmp_path / f"copy{turn}")
        assert copy.lines % MANY == 0
    restore(Path(address), tmp_path / "copy0", NOON)
    with open_store(Path(), address) as opened:
        check_whole(opened, MANY)
