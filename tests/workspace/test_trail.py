"""The audit trail: who said what and when; of what is private nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from keten.workspace import Asked, Store
from tests.workspace.test_plain import fill

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_the_latest_comes_first_and_a_batch_is_one_entry(store: Store) -> None:
    ann, bo = fill(store)
    trail = store.trail.read(Asked())
    assert trail.total == len(trail.entries) == 8
    undone, imported, *rest = trail.entries
    assert (undone.kind, undone.lines, undone.holds) == ("withdrawn", 5, True)
    assert undone.batch is not None
    assert undone.batch.undoes == 1
    assert (imported.kind, imported.lines, imported.holds) == ("listed", 5, False)
    assert [(e.number, e.kind, e.holds) for e in rest] == [
        (6, "chain", True), (5, "chain", False), (4, "chain", False),
        (3, "withdrawn", True), (2, "different", False), (1, "same", True),
    ]  # fmt: skip
    assert trail.kinds == ("chain", "different", "listed", "same", "withdrawn")
    assert trail.people == ("Ann", "an analyst")
    assert store.trail.read(Asked(), reader=ann).total == 9
    assert store.trail.read(Asked(), reader=bo).total == 10
    assert store.trail.read(Asked(), all_of_it=True).total == 10


def test_it_can_be_asked_for_a_person_a_kind_a_subject_and_a_batch(store: Store) -> None:
    fill(store)

    def numbers(**asked: object) -> list[int]:
        return [e.number for e in store.trail.read(Asked(**asked)).entries]  # type: ignore[arg-type]

    assert numbers(person="Ann") == [6, 5, 4, 3]
    assert numbers(kind="chain") == [6, 5, 4]
    assert numbers(subject="he:1") == [3, 2, 1]
    assert numbers(subject="list:a", person="an analyst") == [16, 11]
    assert numbers(batch=1) == [11, 10, 9, 8, 7]
    assert numbers(batch=9) == numbers(person="Bo") == numbers(subject="he:2") == []


def test_it_is_read_page_by_page(store: Store) -> None:
    for number in range(120):
        store.record("remark", f"he:{number}", "", "why", "an analyst", NOON)
    pages = [store.trail.read(Asked(), page) for page in (1, 2, 3, 4)]
    assert [len(page.entries) for page in pages] == [50, 50, 20, 0]
    assert {page.total for page in pages} == {120}
    assert [e.number for page in pages for e in page.entries] == list(range(120, 0, -1))


def test_a_kind_can_be_left_out_with_all_that_was_said_of_it(store: Store) -> None:
    fill(store)
    store.withdraw(6, "no", "an analyst", NOON)
    trail = store.trail.read(Asked(), without=("chain",))
    assert "chain" not in trail.kinds
    assert [e.number for e in trail.entries] == [16, 11, 3, 2, 1]
