"""The choice: what is weighed, what it hangs on, and that every figure can be made again."""

from __future__ import annotations

import duckdb
import pytest

from keten.errors import NotFoundError, UsageError
from keten.model import Figure, Scope
from keten.portfolio.answers import METHODS, explain, list_choices, show_choice
from keten.portfolio.views import ChoiceView
from keten.portfolio.weights import Weights, read_weights
from keten.workspace import Store


def first_of(view: ChoiceView) -> dict[str, float]:
    return {each.development: float(each.ranks[0].value or 0) for each in view.developments}


def figures_of(view: ChoiceView) -> list[Figure]:
    found = [view.draws, view.compared]
    for criterion in view.criteria:
        found += [criterion.worst, criterion.best]
    for each in view.developments:
        found += [*each.ranks, each.confidence, *each.central, *each.winning.values()]
        found += [bound for score in each.scores for bound in (score.low, score.high)]
    for hanging in view.hanging:
        found += [hanging.low, hanging.high, hanging.worth]
    return found


def test_with_open_weights(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    """By hand: with all scores in the middle, A is worth .85 w + .2 (1 - w) and B .3 w + .85 (1 - w),
    so that A is first where w > .65 / 1.2, which is .54: in 46 of 100 weights."""
    view = show_choice(con, store, "made")
    first = first_of(view)
    assert first["a"] == pytest.approx(0.458, abs=0.02)
    assert first["a"] + first["b"] == pytest.approx(1)
    assert first["c"] == 0
    assert view.leader == "b"
    c = view.developments[2]
    assert (c.central, c.confidence.value) == ((), None)
    assert float(c.winning["b"].value or 0) == 0
    assert view.developments[0].parties[0].organisation_id == "pic:100"
    assert view.developments[0].is_example
    a = view.developments[0].ranks[0]
    assert a.interval is not None
    assert a.interval.low < first["a"] < a.interval.high


def test_weights_that_are_bounded_move_the_result(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    work = show_choice(con, store, "made", weights="work:0.7-1")
    assert work.leader == "a"
    assert first_of(work)["a"] > 0.95
    ordered = show_choice(con, store, "made", order="cost,work")
    assert first_of(ordered)["b"] > 0.95
    assert (ordered.criteria[1].place, ordered.criteria[0].place) == (1, 2)
    assert work.criteria[0].weight_low == 0.7


def test_what_it_hangs_on(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    view = show_choice(con, store, "made")
    top = view.hanging[0]
    assert (top.criterion, top.development, top.hangs) in [("work", "", True), ("cost", "", True)]
    work = next(each for each in view.hanging if (each.criterion, each.development) == ("work", ""))
    assert (work.leader_low, work.leader_high) == ("b", "a")
    assert float(work.worth.value or 0) > 0.3
    idle = [each for each in view.hanging if each.development == "c"]
    assert not any(each.hangs for each in idle)
    settled = show_choice(con, store, "made", weights="work:0.9-1")
    assert not any(each.hangs for each in settled.hanging)


@pytest.mark.parametrize(("weights", "order"), [("", ""), ("work:0.1-0.8", "work,cost")])
def test_every_figure_is_made_again_from_its_scope(
    con: duckdb.DuckDBPyConnection, store: Store, weights: str, order: str
) -> None:
    view = show_choice(con, store, "made", weights=weights, order=order)
    for figure in figures_of(view):
        told = explain(con, store, figure.measure, figure.scope)
        assert told.figure == figure
        assert told.judgements == (view.definition,)
        assert METHODS[figure.measure].unit == figure.unit
    told = explain(con, store, "rank_acceptability", view.developments[0].ranks[0].scope)
    assert [figure.value for _, figure in told.parts] == [10_000, 8, 9, 70, 90]


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("rank_acceptability", {"development": "a", "rank": 4}),
        ("rank_acceptability", {"development": "z", "rank": 1}),
        ("rank_acceptability", {"development": "a"}),
        ("first_where", {"development": "a", "about": "weight.z", "end": "low"}),
        ("first_where", {"development": "a", "about": "weight.work", "end": "up"}),
        ("worth_of_knowing", {"about": "score.a.z"}),
        ("central_weight", {"development": "a", "criterion": "z"}),
        ("scale_end", {"criterion": "work", "end": "low"}),
        ("draws", {"weights": "work:2-3"}),
        ("nonsense", {}),
    ],
)
def test_scopes_that_cannot_be_are_refused(
    con: duckdb.DuckDBPyConnection, store: Store, name: str, scope: dict[str, str | int]
) -> None:
    with pytest.raises((NotFoundError, UsageError)):
        explain(con, store, name, Scope.of(portfolio="made", **scope))


def test_without_developments(con: duckdb.DuckDBPyConnection) -> None:
    assert list_choices(None, "new-proteins") == ()
    with pytest.raises(NotFoundError, match="made"):
        show_choice(con, None, "made")


def test_which_chains_a_portfolio_serves(store: Store) -> None:
    assert [each.name for each in list_choices(store, "new-proteins")] == ["made"]
    assert list_choices(store, "photonics") == ()


@pytest.mark.parametrize(
    ("weights", "order", "told"),
    [
        ("work", "", "no bound"),
        ("work:0.6-0.4", "", "no bound"),
        ("work:0-2", "", "no bound"),
        ("zeal:0-0.5", "", "no criterion"),
        ("", "work,work", "twice"),
        ("work:0-0.3,cost:0-0.3", "", "sum to one"),
    ],
)
def test_weights_that_cannot_be(
    con: duckdb.DuckDBPyConnection, store: Store, weights: str, order: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        show_choice(con, store, "made", weights=weights, order=order)


def test_what_says_nothing_is_left_out(store: Store) -> None:
    criteria = list_choices(store, "new-proteins")[0].criteria
    assert read_weights("work:0-1", "work", criteria) == Weights()
    said = read_weights("work:0.20-0.5", "cost,work", criteria)
    assert read_weights(said.text, ",".join(said.order), criteria) == said
    assert said.text == "work:0.2-0.5"
