"""The queue as people leave it: what they ruled is laid over, skipping passes on, undo leads back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from keten.atlas.identity_why import explain
from keten.atlas.queue import read_queue
from keten.atlas.records import find_ruling, rule_on_pair
from keten.errors import ConflictError, NotFoundError, UsageError
from keten.model import Scope
from keten.workspace import Store, open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# Organisation: its records. The pairs of the queue are about units of them.
MEMBERS = {
    "ror:a": ("ror:a", "he:1", "h2020:1"),
    "pic:2": ("he:2", "h2020:2"),
    "pic:3": ("he:3",),
    "rijk:4": ("rijk:4",),
}
PAIRS = (("he:1", "he:2"), ("he:3", "rijk:4"), ("he:2", "rijk:4"))


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = duckdb.connect()
    made.execute(
        "create table source_organisation (source_key varchar, name varchar, country varchar)"
    )
    made.execute("create table organisation_alias (alias varchar, organisation_id varchar)")
    for organisation, keys in MEMBERS.items():
        for key in keys:
            made.execute("insert into source_organisation values (?, ?, 'NL')", [key, key.upper()])
        for alias in {organisation, *keys}:
            made.execute("insert into organisation_alias values (?, ?)", [alias, organisation])
    made.execute(
        "create table review_pair (position bigint, left_key varchar, right_key varchar, "
        "probability double, money_eur decimal(18, 2), importance double, kind varchar)"
    )
    for place, pair in enumerate(PAIRS, 1):
        made.execute("insert into review_pair values (?, ?, ?, 0.5, 1000, 1, 'link')",
                     [place, *pair])  # fmt: skip
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def look(
    con: duckdb.DuckDBPyConnection, store: Store | None, start: int = 1, reader: str | None = None
) -> tuple[int | None, int, int | None, int]:
    """Give the place of the pair at hand, how many are judged, whom undo leads to, and the passed."""
    queue = read_queue(con, store, start, reader=reader, compared=False)
    assert queue.total.value == len(PAIRS)
    return (
        queue.current.position if queue.current else None,
        int(queue.judged.value or 0),
        queue.last.position if queue.last else None,
        queue.passed,
    )


def rule(store: Store, kind: str, left: str, right: str, minutes: int = 0) -> int:
    at = NOW + timedelta(minutes=minutes)
    return rule_on_pair(store, kind, left, right, "a reason", "me", at).number


def test_a_judged_pair_leaves_the_queue_until_it_is_taken_back(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    assert look(con, None) == look(con, store) == (1, 0, None, 0)
    number = rule(store, "same", "he:1", "he:2")
    assert look(con, store, reader="me") == (2, 1, 1, 0)
    assert look(con, store, reader="somebody else") == (2, 1, None, 0)
    store.withdraw(number, "a slip", "me", NOW)
    assert look(con, store, reader="me") == (1, 0, None, 0)


def test_a_ruling_on_other_records_of_the_two_answers_the_pair(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    rule(store, "different", "h2020:2", "ror:a")
    assert look(con, store) == (2, 1, None, 0)
    # One within an organisation answers nothing about it and another.
    rule(store, "different", "he:1", "h2020:1")
    assert look(con, store) == (2, 1, None, 0)


def test_skipping_passes_a_pair_and_leaves_it_open(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    assert look(con, store, 2) == (2, 0, None, 1)
    assert look(con, store, 4) == (None, 0, None, 3)
    for place, pair in enumerate(PAIRS):
        rule(store, "same", *pair, minutes=place)
    assert look(con, store, 4, "me") == (None, 3, 3, 0)
    queue = read_queue(con, store, 1, compared=False)
    assert (queue.current, queue.following, queue.next_position) == (None, (), None)


def test_a_private_ruling_answers_nobody(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    store.record("same", *PAIRS[0], "for myself", "me", NOW, is_private=True)
    assert look(con, store, reader="me") == (1, 0, None, 0)


def test_what_somebody_else_ruled_meanwhile_is_not_passed_over(store: Store) -> None:
    first = rule(store, "different", *PAIRS[0])
    with pytest.raises(ConflictError) as caught:
        rule(store, "same", PAIRS[0][1], PAIRS[0][0])
    assert caught.value.later == first
    seen = rule_on_pair(store, "same", *PAIRS[0], "after all", "me", NOW, seen=first)
    found = find_ruling(store, PAIRS[0][1], PAIRS[0][0])
    assert found is not None
    assert (found.number, found.kind) == (seen.number, "same")


@pytest.mark.parametrize(("verdict", "reason"), [("maybe", "so"), ("same", "  "), ("", "so")])
def test_a_ruling_says_what_and_why(store: Store, verdict: str, reason: str) -> None:
    with pytest.raises(UsageError):
        rule_on_pair(store, verdict, "he:1", "he:2", reason, "me", NOW)


def test_figures_of_the_queue_say_what_they_are_made_from(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    number = rule(store, "same", *PAIRS[1])
    judged = explain(con, store, "pairs_judged", Scope())
    assert (judged.figure.value, judged.judgements) == (1, (number,))
    assert explain(con, None, "pairs_judged", Scope()).figure.value == 0
    assert explain(con, store, "pairs_asked", Scope()).figure.value == len(PAIRS)
    assert explain(con, store, "rulings", Scope()).judgements == (number,)
    with pytest.raises(UsageError):
        explain(con, store, "match_chance", Scope.of(left="he:1"))
    with pytest.raises(NotFoundError):
        explain(con, store, "nothing", Scope())
