"""The back-test: what is learnt from, what counts as right, and how its figures come about."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np
import pytest

from keten.errors import NotFoundError
from keten.matchmaking.answers import explain, read_backtest
from keten.matchmaking.backtest import (
    Setup,
    read_past,
    run_backtest,
    send_backtest,
    write_backtest,
    write_queries,
)
from keten.matchmaking.verdict import FEW
from keten.model import Scope
from tests.matchmaking.conftest import SETUP
from tests.matchmaking.made import ALPHA, CHAIN, make_network

Con = duckdb.DuckDBPyConnection


def by_name(con: Con, values: np.ndarray, places: np.ndarray) -> dict[str, int]:
    names = dict(con.execute("select rowid, organisation_id from organisation").fetchall())
    return {names[int(place)]: int(value) for place, value in zip(places, values, strict=True)}


def test_what_came_later_decides(later: Con) -> None:
    outcome = run_backtest(read_past(later, SETUP), None, SETUP)
    found = by_name(later, outcome.found, outcome.places)
    # Beta and Far are new to Alpha; Gamma, met in the half year between, is neither right nor wrong.
    assert found[ALPHA] == 2
    assert sum(found.values()) == 4
    hits = {
        name: by_name(later, hits, outcome.places)[ALPHA] for name, hits in outcome.hits.items()
    }
    # By partners in common Beta comes first, by popularity Far: both came true.
    assert hits["adamic_adar"] == hits["popularity"] == 1
    ranks = by_name(later, outcome.ranks["adamic_adar"], outcome.places)
    assert ranks[ALPHA] == 1
    assert ranks["pic:700"] == 0, "Lone met nobody"


def test_whoever_met_between_can_be_counted_instead(later: Con) -> None:
    counted = replace(SETUP, counts_between=True)
    outcome = run_backtest(read_past(later, counted), None, counted)
    assert by_name(later, outcome.found, outcome.places)[ALPHA] == 3


def test_the_ranking_sees_nothing_of_what_came_later(con: Con, later: Con) -> None:
    before, after = read_past(con, SETUP), read_past(later, SETUP)
    assert (before.before != after.before).nnz == 0
    assert before.projects.tolist() == after.projects.tolist()
    assert before.after.nnz == 0
    assert before.tested_to is None


def test_only_those_seen_often_enough_are_asked(later: Con) -> None:
    setup = Setup(least_projects=3)
    outcome = run_backtest(read_past(later, setup), None, setup)
    assert by_name(later, outcome.found, outcome.places).keys() == {ALPHA, "pic:600", "pic:800"}


def test_among_a_chain_only_its_parties_by_then(later: Con) -> None:
    outcome = run_backtest(read_past(later, SETUP), CHAIN.chain, SETUP)
    asked = by_name(later, outcome.found, outcome.places)
    assert asked == {
        "pic:100": 1, "pic:200": 1, "pic:300": 0, "pic:500": 0, "pic:600": 0, "pic:700": 0,
    }  # fmt: skip


def test_the_same_twice(later: Con) -> None:
    one, other = (run_backtest(read_past(later, SETUP), None, SETUP) for _ in range(2))
    for name, hits in one.hits.items():
        assert hits.tolist() == other.hits[name].tolist()
        assert one.ranks[name].tolist() == other.ranks[name].tolist()


def test_another_process_ranks_the_same(later: Con) -> None:
    write_backtest(later, SETUP)
    here = later.execute("select * from backtest_query order by all").fetchall()
    sent = send_backtest(later, SETUP, many=1)
    assert sent is not None
    later.execute("drop table backtest_query")
    write_queries(later, sent.finish())
    assert later.execute("select * from backtest_query order by all").fetchall() == here
    assert here


def test_figures_of_the_back_test() -> None:
    con = make_network(later=True)
    write_backtest(con, SETUP)
    test = read_backtest(con, "NL", CHAIN.chain)
    assert test is not None
    whole, country, chain = test.whole, test.country, test.chain
    assert country is not None
    assert chain is not None
    assert (test.trained_to, test.tested_from) == (SETUP.trained_to, SETUP.tested_from)
    assert test.tested_to.year == 2025
    assert (whole.asked_with_new.value, country.asked_with_new.value) == (3, 2)
    assert chain.asked_with_new.value == 2
    assert whole.is_small, f"fewer than {FEW}"
    assert test.country_differs == "not-shown"
    # Of the three that met someone new, partners in common were right for Alpha and for Beta; Far shares
    # nobody with anyone it had not met outside its own circle, so that Alpha is not suggested to it.
    assert whole.records[0].precision.value == pytest.approx(2 / 3)
    assert whole.records[0].hits.value == pytest.approx(2 / 3)
    assert int(whole.asked.value or 0) == 12
    assert whole.hits_of_all.value == pytest.approx(2 / 12)
    for view in (whole, country, chain):
        figures = [view.asked, view.asked_with_new, view.hits_of_all, view.gain]
        for record in view.records:
            figures += [record.hits, record.precision, record.reciprocal_rank]
            assert record.hits.interval is not None
            low, high = record.hits.interval.low, record.hits.interval.high
            assert low <= float(record.hits.value or 0) <= high
        for figure in figures:
            found = explain(con, None, figure.measure, figure.scope)
            assert found.figure == figure
            assert found.record_ids, "the projects tested on have rows"
        assert view.is_gain_shown == (view.gain.interval is not None and view.gain.interval.low > 0)


def test_an_evidence_with_nothing_to_test_on_says_so(con: Con) -> None:
    assert read_backtest(con) is None
    with pytest.raises(NotFoundError, match="no such back-test"):
        explain(con, None, "backtest_hits", Scope.of(ranking="adamic_adar"))
