"""The counting behind `make bench-resolve`, against values worked out by hand."""

import numpy as np
import pytest

from benchmarks.resolution import metrics
from benchmarks.resolution.metrics import Links

# Rows 0 to 3 on the left; the truth knows 0=10, 1=11, 2=12. Row 3 has nobody.
TRUTH = np.array([[0, 10], [1, 11], [2, 12]])
ALL = np.ones(4, np.bool_)


def make_links(*rows: tuple[int, int, float]) -> Links:
    left, right, score = zip(*rows, strict=True)
    return Links(np.array(left), np.array(right), np.array(score, float))


LINKS = make_links((0, 10, 0.9), (1, 11, 0.8), (3, 12, 0.7), (2, 10, 0.6), (2, 12, 0.5))


def test_counts_are_by_query() -> None:
    counts = metrics.count(LINKS, TRUTH, ALL)
    assert counts.tolist() == [[1, 1, 1], [1, 1, 1], [1, 2, 1], [0, 1, 0]]
    precision, recall, f1 = metrics.rate(counts.sum(axis=0))
    assert precision == pytest.approx(3 / 5)
    assert recall == 1
    assert f1 == pytest.approx(2 * 3 / (5 + 3))


def test_only_queries_count() -> None:
    odd = np.array([False, True, False, True])
    counts = metrics.count(LINKS, TRUTH, odd)
    assert counts.tolist() == [[1, 1, 1], [0, 1, 0]]


def test_curve_has_a_point_for_every_score() -> None:
    curve = metrics.trace_curve(LINKS, TRUTH, ALL)
    assert curve.threshold.tolist() == [0.9, 0.8, 0.7, 0.6, 0.5]
    assert curve.precision == pytest.approx([1, 1, 2 / 3, 2 / 4, 3 / 5])
    assert curve.recall == pytest.approx([1 / 3, 2 / 3, 2 / 3, 2 / 3, 1])
    # F1 is 4/5 at .8 and 6/8 at .5.
    assert metrics.best_threshold(curve) == 0.8
    for at, threshold in enumerate(curve.threshold):
        found = metrics.rate(metrics.count(LINKS.above(threshold), TRUTH, ALL).sum(axis=0))
        assert found == pytest.approx([curve.precision[at], curve.recall[at], curve.f1[at]])


def test_equal_scores_stand_or_fall_together() -> None:
    curve = metrics.trace_curve(make_links((0, 10, 0.5), (1, 10, 0.5)), TRUTH, ALL)
    assert curve.threshold.tolist() == [0.5]
    assert curve.precision.tolist() == [0.5]


def test_no_links_at_all() -> None:
    none = LINKS.above(2.0)
    assert metrics.trace_curve(none, TRUTH, ALL).f1.tolist() == []
    assert metrics.rate(metrics.count(none, TRUTH, ALL).sum(axis=0)).tolist() == [1, 0, 0]
    # Every query is alone: never with a stranger, and half of its true cluster, where it has one.
    scores = metrics.score_bcubed(none, TRUTH, ALL, 13)
    assert scores.tolist() == [[1, 0.5], [1, 0.5], [1, 0.5], [1, 1]]


def test_one_to_one_takes_the_best_first() -> None:
    kept = metrics.link_one_to_one(LINKS)
    # 3=12 is better than 2=12, and 0=10 better than 2=10: row 2 keeps nothing.
    pairs = list(zip(kept.left.tolist(), kept.right.tolist(), strict=True))
    assert pairs == [(0, 10), (1, 11), (3, 12)]


def test_left_once_lets_the_right_have_several() -> None:
    kept = metrics.link_left_once(LINKS)
    pairs = list(zip(kept.left.tolist(), kept.right.tolist(), strict=True))
    assert pairs == [(0, 10), (1, 11), (3, 12), (2, 10)]


def test_bcubed_by_hand() -> None:
    # Ours: {0, 10, 2, 12, 3} and {1, 11}; theirs: {0, 10}, {1, 11}, {2, 12}, {3}.
    scores = metrics.score_bcubed(LINKS, TRUTH, ALL, 13)
    assert scores == pytest.approx(np.array([[2 / 5, 1], [1, 1], [2 / 5, 1], [1 / 5, 1]]))
    precision, recall, f1 = metrics.rate_bcubed(scores.sum(axis=0), 4)
    assert precision == pytest.approx(0.5)
    assert recall == 1
    assert f1 == pytest.approx(2 / 3)


def test_draws_are_those_of_queries() -> None:
    rows = np.array([[1.0, 1, 1]] * 80 + [[0, 0, 1]] * 20)
    sums = metrics.draw_sums(rows)
    assert sums.shape == (metrics.DRAWS, 3)
    assert (sums[:, 2] == 100).all()
    # Binomial with chance .8 of 100: mean 80, standard deviation 4.
    assert sums[:, 0].mean() == pytest.approx(80, abs=0.5)
    assert sums[:, 0].std() == pytest.approx(4, abs=0.4)
    assert (sums == metrics.draw_sums(rows)).all()


def test_interval_of_recall_is_the_binomial_one() -> None:
    rows = np.array([[1.0, 1, 1]] * 80 + [[0, 0, 1]] * 20)
    precision, recall, _ = metrics.estimate_rates(rows)
    assert (precision.value, precision.low, precision.high) == (1, 1, 1)
    assert recall.value == pytest.approx(0.8)
    assert recall.low == pytest.approx(0.72, abs=0.015)
    assert recall.high == pytest.approx(0.88, abs=0.015)


def test_gain_is_paired() -> None:
    # The same method twice differs by nothing in every draw.
    rows = np.array([[1.0, 1, 1]] * 30 + [[0, 1, 1]] * 20)
    same = metrics.estimate_gain(rows, rows)
    assert (same.value, same.low, same.high) == (0, 0, 0)
    # One finds what the other misses: 2*50/100 against 2*30/100.
    better = metrics.estimate_gain(np.array([[1.0, 1, 1]] * 50), rows)
    assert better.value == pytest.approx(0.4)
    assert 0.2 < better.low < better.high < 0.6


def test_bcubed_interval() -> None:
    scores = np.array([[1.0, 1.0]] * 50 + [[0.5, 1.0]] * 50)
    found = metrics.estimate_bcubed(scores)
    assert found.value == pytest.approx(2 * 0.75 / 1.75)
    assert found.low < found.value < found.high
