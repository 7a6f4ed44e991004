"""What people write: developments laid over the file's, decisions, and what changed since."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from keten.errors import ConflictError, UsageError
from keten.portfolio.answers import show_choice
from keten.portfolio.current import read_current
from keten.portfolio.records import leave_out_development, record_decision, record_development
from keten.portfolio.weights import Weights
from keten.workspace import Store
from tests.portfolio.conftest import NOW, definition, words

EVIDENCE = (4, "abc")


def development(name: str, work: list[float], **more: Any) -> dict[str, Any]:
    return {
        "development": name,
        "label": words(name.upper()),
        "description": words(name),
        "scores": {"work": work, "cost": [10, 20]},
    } | more


def test_a_score_is_changed_and_changed_back(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    before = show_choice(con, store, "made")
    line = record_development(store, "made", development("c", [9, 10]), "why", "x", NOW, saw=0)
    after = show_choice(con, store, "made")
    assert after.leader == "c"
    changed = after.developments[2]
    assert (changed.is_example, changed.change) == (False, line)
    assert (changed.scores[0].low.value, changed.scores[0].high.value) == (9, 10)
    assert line.number in read_current(store, "made").lines
    store.withdraw(line.number, "no", "x", NOW)
    assert show_choice(con, store, "made").leader == before.leader


def test_one_is_added_and_left_out_again(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    added = record_development(store, "made", development("d", [5, 6]), "why", "x", NOW, saw=0)
    assert [d.development for d in show_choice(con, store, "made").developments] == [
        "a", "b", "c", "d",
    ]  # fmt: skip
    leave_out_development(store, "made", "d", "why", "x", NOW, saw=added.number)
    view = show_choice(con, store, "made")
    assert (len(view.developments), view.left_out) == (3, ("d",))
    leave_out_development(store, "made", "c", "why", "x", NOW)
    with pytest.raises(UsageError, match="fewest"):
        leave_out_development(store, "made", "b", "why", "x", NOW)
    with pytest.raises(UsageError, match="no development"):
        leave_out_development(store, "made", "z", "why", "x", NOW)


def test_two_who_change_the_same_do_not_overwrite_each_other(store: Store) -> None:
    first = record_development(store, "made", development("c", [3, 4]), "why", "x", NOW, saw=0)
    with pytest.raises(ConflictError) as caught:
        record_development(store, "made", development("c", [5, 6]), "why", "y", NOW, saw=0)
    assert caught.value.later == first.number
    record_development(store, "made", development("c", [5, 6]), "why", "y", NOW, saw=first.number)
    assert len(store.history(first.number)) == 2


def test_a_line_that_no_longer_fits_is_set_aside(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    line = record_development(store, "made", development("c", [9, 10]), "why", "x", NOW)
    changed = definition()
    changed["criteria"][0]["scale"] = [0, 9]
    store.define("developments", "made", changed, "narrower", "x", NOW)
    view = show_choice(con, store, "made")
    assert view.misfits == (line,)
    assert view.developments[2].scores[0].high.value == 2


def test_a_development_that_cannot_be_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="work"):
        record_development(store, "made", development("c", [9, 11]), "why", "x", NOW)


def test_a_decision_keeps_what_it_stood_on(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    said = Weights({"work": (0.7, 1.0)})
    line = record_decision(store, "made", ("a", "b"), said, EVIDENCE, "why", "x", NOW, saw=0)
    view = show_choice(con, store, "made", evidence=EVIDENCE)
    assert view.decision is not None
    assert view.decision.chosen == ("a", "b")
    assert (view.decision.evidence, view.decision.fingerprint) == EVIDENCE
    assert view.decision.lines == (view.definition,)
    assert (view.decision.scores_changed, view.decision.evidence_changed) == (False, False)
    assert view.decision.shares["a"] > 0.95
    assert line.value["weights"] == "work:0.7-1"


def test_what_changes_after_a_decision_is_told(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    record_decision(store, "made", ("b",), Weights(), EVIDENCE, "why", "x", NOW)
    record_development(store, "made", development("c", [9, 10]), "why", "x", NOW)
    view = show_choice(con, store, "made", evidence=(5, "def"))
    assert view.decision is not None
    assert (view.decision.scores_changed, view.decision.evidence_changed) == (True, True)


def test_decisions_follow_each_other(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    first = record_decision(store, "made", ("a",), Weights(), EVIDENCE, "why", "x", NOW, saw=0)
    with pytest.raises(ConflictError):
        record_decision(store, "made", ("b",), Weights(), EVIDENCE, "why", "y", NOW, saw=0)
    second = record_decision(
        store, "made", ("b",), Weights(), EVIDENCE, "why", "y", NOW, saw=first.number
    )
    view = show_choice(con, store, "made")
    assert view.decision is not None
    assert view.decision.judgement == second
    assert [each.judgement for each in view.earlier] == [first]
    store.withdraw(second.number, "no", "y", NOW)
    again = show_choice(con, store, "made")
    assert again.decision is not None
    assert again.decision.judgement == first


@pytest.mark.parametrize("chosen", [(), ("z",), ("a", "z")])
def test_only_what_is_there_can_be_chosen(store: Store, chosen: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="cannot be chosen"):
        record_decision(store, "made", chosen, Weights(), EVIDENCE, "why", "x", NOW)
