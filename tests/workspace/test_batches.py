"""Batches: all lines or none, undone as one, and nobody's change is overwritten by one."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from keten.errors import ConflictError, WorkspaceError
from keten.workspace import Batch, Line, Store, open_store
from tests.workspace.direct import change

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def rows(count: int, kind: str = "listed", first: int = 1) -> list[Line]:
    return [
        Line(kind, f"own:{n:012x}", "list:ours", {"cells": [f"=cmd|{n}", n, None, "é"], "row": n})
        for n in range(first, first + count)
    ]


def keep(store: Store, lines: list[Line], **more: object) -> Batch:
    given = {"kind": "import", "title": "Companies.xlsx", **more}
    return store.record_many(lines, "imported", "an analyst", NOON, **given)  # type: ignore[arg-type]


def test_a_batch_is_its_lines_in_their_order(store: Store) -> None:
    store.record("note", "he:1", "", "before", "an analyst", NOON)
    batch = keep(store, rows(3), detail={"sheet": "One", "rows": 3})
    assert (batch.number, batch.kind, batch.title, batch.lines) == (
        1,
        "import",
        "Companies.xlsx",
        3,
    )
    assert batch.detail == {"sheet": "One", "rows": 3}
    assert (batch.undoes, batch.undone_by, batch.reason, batch.author) == (
        None, None, "imported", "an analyst",
    )  # fmt: skip
    lines = store.judgements_of(1)
    assert [line.value["row"] for line in lines] == [1, 2, 3]
    assert [line.number for line in lines] == [2, 3, 4]
    assert {line.batch for line in lines} == {1}
    assert store.batches() == store.batches("import") == [batch]
    assert store.batches("other") == []
    assert store.batch(1) == batch


def test_one_wrong_line_and_nothing_is_stored(store: Store) -> None:
    wrong = (
        Line("listed", "", "list:ours"),
        Line("listed", "own:1", "list:ours", {"x": float("nan")}),
        Line("listed", "own:1", "list:ours", "\ud800"),
        Line("listed", "own:\ud800", "list:ours"),
        Line("listed", "own:1", "list:ours", supersedes=99),
        Line("withdrawn", "own:1", "list:ours", supersedes=1),
        Line("listed", "own:1", "x" * 201),
        Line("same", "own:1", "own:1"),
        Line("listed", "own:1", "", shared_with="editor"),
        Line("listed", "own:1", "", is_private=True, shared_with="everybody"),
    )
    for line in wrong:
        with pytest.raises(WorkspaceError):
            keep(store, [*rows(5), line])
    with pytest.raises(WorkspaceError, match="title"):
        keep(store, rows(1), title=" ")
    with pytest.raises(WorkspaceError, match="private batch"):
        keep(store, rows(1), is_private=True)
    assert store.judgements() == []
    assert store.batches() == []


def test_a_batch_that_is_filled_is_stored_when_it_closes(store: Store) -> None:
    with store.open_batch("import", "Firms", "imported", "an analyst", NOON) as batch:
        batch.record("listed", "own:1", "list:ours", {"row": 1})
        batch.record("listed", "own:2", "list:ours", {"row": 2}, reason="by hand")
        assert store.judgements() == []
        with pytest.raises(WorkspaceError, match="not stored yet"):
            assert batch.number
    assert [line.reason for line in store.judgements_of(batch.number)] == ["imported", "by hand"]

    def fill_and_fail() -> None:
        with store.open_batch("import", "More", "imported", "an analyst", NOON) as batch:
            batch.record("listed", "own:3", "list:ours")
            raise RuntimeError("the sheet ended in the middle")

    with pytest.raises(RuntimeError):
        fill_and_fail()
    assert len(store.judgements()) == 2


def test_undoing_a_batch_and_undoing_that(store: Store) -> None:
    batch = keep(store, rows(4))
    undone = store.undo_batch(batch.number, "the wrong sheet", "another", NOON)
    assert (undone.kind, undone.undoes, undone.lines) == ("undo", batch.number, 4)
    assert store.judgements("listed", only_in_force=True) == []
    assert store.judgements_of(batch.number, only_in_force=True) == []
    assert store.batch(batch.number).undone_by == undone.number
    with pytest.raises(ConflictError, match="holds any longer"):
        store.undo_batch(batch.number, "again", "another", NOON)
    again = store.undo_batch(undone.number, "it was right", "another", NOON)
    assert len(store.judgements("listed", only_in_force=True)) == 4
    assert store.batch(batch.number).undone_by is None
    assert store.batch(undone.number).undone_by == again.number
    once_more = store.undo_batch(batch.number, "no, wrong", "another", NOON)
    assert store.batch(batch.number).undone_by == once_more.number
    assert len(store.judgements("listed")) == 4  # every line stays
    with pytest.raises(WorkspaceError, match="no batch 9") as refused:
        store.undo_batch(9, "x", "another", NOON)
    assert refused.value.http_status == 404


def test_what_somebody_changed_meanwhile_outlives_an_undo(store: Store) -> None:
    keep(store, rows(3))
    store.record(
        "listed", "own:000000000002", "list:ours", "the town was wrong", "another", NOON,
        value={"row": 2, "town": "Ede"}, supersedes=2,
    )  # fmt: skip
    undone = store.undo_batch(1, "the wrong sheet", "an analyst", NOON)
    assert undone.lines == 2
    (standing,) = store.judgements("listed", only_in_force=True)
    assert standing.value["town"] == "Ede"


def test_a_batch_on_what_was_changed_meanwhile_is_refused_whole(store: Store) -> None:
    keep(store, rows(3))
    later = store.record(
        "listed", "own:000000000002", "list:ours", "mine", "another", NOON, supersedes=2
    )
    new = [
        Line("listed", f"own:{n:012x}", "list:ours", {"row": -n}, supersedes=n) for n in (1, 2, 3)
    ]
    with pytest.raises(ConflictError) as refused:
        keep(store, new)
    assert refused.value.later == later.number
    assert len(store.judgements()) == 4
    keep(store, [new[0], new[2]])
    with pytest.raises(WorkspaceError, match="Two lines"):
        keep(store, [Line("listed", "own:000000000002", "list:ours", supersedes=4)] * 2)
    with pytest.raises(WorkspaceError, match="speaks of"):
        keep(store, [Line("listed", "own:000000000009", "list:ours", supersedes=4)])


def test_rulings_in_a_batch_take_the_place_of_those_before(store: Store) -> None:
    store.record("same", "he:1", "h2020:1", "one address", "an analyst", NOON)
    keep(
        store,
        [
            Line("different", "h2020:1", "he:1"),
            *rows(2),
            Line("same", "he:1", "h2020:1"),
            Line("same", "own:000000000001", "he:1"),
        ],
    )
    lines = [line for line in store.judgements() if line.kind in {"same", "different"}]
    assert [(line.number, line.supersedes) for line in lines] == [
        (1, None),
        (2, 1),
        (5, 2),
        (6, None),
    ]
    # Rows of a list are no part of a build.
    assert [ruling.number for ruling in store.rulings()] == [5]
    store.undo_batch(1, "hasty", "an analyst", NOON)
    assert [ruling.number for ruling in store.rulings()] == [1]


def test_a_private_batch_is_nobody_elses(store: Store) -> None:
    notes = [Line("note", f"he:{n}", "", "spoke to them", is_private=True) for n in (1, 2)]
    batch = keep(store, notes, kind="notes", is_private=True)
    assert store.batches() == store.batches(reader="another") == []
    assert store.batches(reader="an analyst") == [batch]
    with pytest.raises(WorkspaceError, match="no batch 1"):
        store.batch(1)
    with pytest.raises(WorkspaceError, match="no batch 1"):
        store.undo_batch(1, "not mine", "another", NOON)
    mixed = keep(store, [*rows(1), *notes])
    with pytest.raises(WorkspaceError, match="private to somebody else"):
        store.undo_batch(mixed.number, "not mine", "another", NOON)
    assert store.undo_batch(mixed.number, "mine", "an analyst", NOON).lines == 3


@pytest.mark.parametrize("sql", ["update batch set title = 'x'", "delete from batch"])
def test_the_database_itself_refuses_to_change_a_batch(store: Store, sql: str) -> None:
    keep(store, rows(1))
    with pytest.raises(sa.exc.DBAPIError, match="never changed"):
        change(store, sql)
    assert store.batch(1).title == "Companies.xlsx"


def test_two_who_define_the_same_for_the_first_time(store: Store, address: str) -> None:
    with open_store(Path(), address) as other:
        other.content = lambda *_: None  # type: ignore[method-assign]  # looked before the other wrote
        store.define("chain", "proteins", {"stages": 1}, "first", "an analyst", NOON)
        with pytest.raises(ConflictError, match="meanwhile"):
            other.define("chain", "proteins", {"stages": 2}, "first", "another", NOON)
    assert len(store.contents("chain")) == 1
    made, is_new = store.define("chain", "proteins", {"a": 1}, "new", "an analyst", NOON, seen=1)
    assert is_new
    with pytest.raises(ConflictError) as refused:
        store.define("chain", "proteins", {"a": 2}, "new", "another", NOON, seen=1)
    assert refused.value.later == made.number
    with pytest.raises(ConflictError):
        store.define("chain", "proteins", {"a": 2}, "new", "another", NOON, seen=0)


def test_thousands_of_lines_take_no_longer_each(store: Store) -> None:
    began = time.perf_counter()
    batch = keep(store, rows(5_000))
    assert store.undo_batch(batch.number, "the wrong sheet", "an analyst", NOON).lines == 5_000
    # Some 0.1 ms of work for a line; a question to the database for each would take ten times that.
    assert time.perf_counter() - began < 10
