"""Measures of rankings, against what can be counted by hand and against a plain sort."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.methods.ranking import (
    count_hits,
    estimate_means,
    find_first_hits,
    pick_best,
    precision_at,
    reciprocal_rank,
)

NONE = -np.inf


def test_equal_scores_go_to_the_first() -> None:
    assert pick_best(np.array([[1.0, 3.0, 3.0, 0.0, 3.0]]), 2)[0].tolist() == [1, 2]


def test_out_of_the_running_is_never_picked() -> None:
    assert pick_best(np.array([[NONE, 0.0, NONE]]), 3)[0].tolist() == [1]


def test_textbook_values() -> None:
    scores = np.array([[0.9, 0.8, 0.7, 0.6], [0.1, 0.2, 0.3, 0.4], [1.0, 0.0, 0.0, 0.0]])
    relevant = np.array([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0]], dtype=bool)
    assert count_hits(scores, relevant, 2).tolist() == [1, 0, 0]
    assert find_first_hits(scores, relevant).tolist() == [2, 4, 0]
    assert precision_at(np.array([1, 0, 2]), 2).tolist() == [0.5, 0, 1]
    assert reciprocal_rank(np.array([2, 4, 0])).tolist() == [0.5, 0.25, 0]


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 10_000))
def test_picking_is_sorting(size: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 4, (3, size)).astype(float)
    scores[rng.random((3, size)) < 0.2] = NONE
    relevant = rng.random((3, size)) < 0.3
    for row, right, head, hits, first in zip(
        scores,
        relevant,
        pick_best(scores, k),
        count_hits(scores, relevant, k),
        find_first_hits(scores, relevant),
        strict=True,
    ):
        order = [i for i in np.argsort(-row, kind="stable") if np.isfinite(row[i])]
        assert head.tolist() == order[:k]
        assert hits == sum(right[i] for i in order[:k])
        ranks = [rank for rank, i in enumerate(order, 1) if right[i]]
        assert first == (ranks[0] if ranks else 0)


def test_an_interval_holds_the_mean_and_narrows_with_more_queries() -> None:
    rng = np.random.default_rng(5)
    few, many = rng.random((30, 1)), rng.random((3_000, 1))
    (wide,), (narrow,) = estimate_means(few, seed=1), estimate_means(many, seed=1)
    assert wide.low < wide.mean < wide.high
    assert narrow.high - narrow.low < (wide.high - wide.low) / 5
    # The bootstrap of a mean is near the textbook's interval of a mean.
    spread = 1.96 * many.std() / np.sqrt(len(many))
    assert narrow.high - narrow.mean == pytest.approx(spread, rel=0.1)


def test_a_paired_difference_is_surer_than_two_intervals() -> None:
    rng = np.random.default_rng(3)
    base = rng.random(200)
    ours = base + 0.01 + rng.normal(0, 0.01, 200)
    first, second, gain = estimate_means(np.column_stack([ours, base, ours - base]), seed=4)
    assert first.low < second.high, "the two intervals overlap"
    assert gain.low > 0, "yet the gain is shown"
    assert gain.mean == pytest.approx(first.mean - second.mean)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.random.default_rng(0).random((50, 2))
    assert estimate_means(values, seed=9) == estimate_means(values, seed=9)


def test_refuses_what_has_no_answer() -> None:
    with pytest.raises(ValueError, match="at least one query"):
        estimate_means(np.empty((0, 1)), seed=1)
    with pytest.raises(ValueError, match="level"):
        estimate_means(np.ones((2, 1)), seed=1, level=1.0)
    with pytest.raises(ValueError, match="k must"):
        pick_best(np.ones((1, 2)), 0)
