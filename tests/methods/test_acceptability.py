"""Acceptability: what must hold whatever the scores, and what is known of the weights."""

from __future__ import annotations

import numpy as np
import pytest

from keten.methods.acceptability import (
    find_acceptability,
    find_partial_values,
    find_shares_of_rank,
    sample_interval,
    sample_normal,
    sample_weights,
)


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_every_rank_is_given_away_once() -> None:
    partial = sample_interval(np.zeros((4, 3)), np.ones((4, 3)), 2_000, rng())
    found = find_acceptability(partial, sample_weights(2_000, 3, rng()))
    np.testing.assert_allclose(found.rank_ar.sum(axis=0), 1)
    np.testing.assert_allclose(found.rank_ar.sum(axis=1), 1)
    both = found.winning_ab + found.winning_ab.T
    np.testing.assert_allclose(both[~np.eye(4, dtype=bool)], 1)


def test_equal_alternatives_share_their_ranks() -> None:
    shares = find_shares_of_rank([[0.5, 0.9, 0.5], [0.2, 0.2, 0.2]])
    np.testing.assert_allclose(shares[0], [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])
    np.testing.assert_allclose(shares[1], np.full((3, 3), 1 / 3))


def test_one_that_never_comes_first_has_no_central_weight() -> None:
    partial = np.broadcast_to(np.array([[1.0, 1.0], [0.2, 0.3]]), (500, 2, 2))
    found = find_acceptability(partial, sample_weights(500, 2, rng()))
    assert np.isnan(found.central_ac[1]).all()
    assert np.isnan(found.confidence_a[1])
    assert found.rank_low_ar[0, 0] > 0.99


def test_weights_are_uniform_over_what_could_be() -> None:
    weight = sample_weights(50_000, 3, rng())
    np.testing.assert_allclose(weight.sum(axis=1), 1)
    np.testing.assert_allclose(weight.mean(axis=0), 1 / 3, atol=0.005)
    assert np.mean(weight[:, 0] < 0.5) == pytest.approx(0.75, abs=0.01)  # 1 - (1 - 0.5) ** 2


def test_ordered_weights_have_the_known_centroid() -> None:
    weight = sample_weights(50_000, 3, rng(), order=(2, 0, 1))
    assert (weight[:, 2] >= weight[:, 0]).all()
    assert (weight[:, 0] >= weight[:, 1]).all()
    # The rank-order centroid: (1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3, (1/3) / 3.
    np.testing.assert_allclose(weight.mean(axis=0), [5 / 18, 2 / 18, 11 / 18], atol=0.005)


def test_bounds_are_kept_and_drawn_evenly() -> None:
    weight = sample_weights(20_000, 3, rng(), low=[0.2, 0, 0], high=[0.3, 1, 0.5])
    assert weight[:, 0].min() >= 0.2 - 1e-9
    assert weight[:, 0].max() <= 0.3 + 1e-9
    assert weight[:, 2].max() <= 0.5 + 1e-9
    both = sample_weights(2_000, 3, rng(), low=[0.2, 0, 0], order=(1, 0, 2))
    assert (both[:, 1] >= both[:, 0]).all()
    assert both[:, 0].min() >= 0.2 - 1e-9


@pytest.mark.parametrize(
    ("low", "high", "order"),
    [
        ([0.6, 0.6, 0], None, ()),
        (None, [0.2, 0.2, 0.2], ()),
        ([0.5, 0, 0], [0.4, 1, 1], ()),
        ([-0.1, 0, 0], None, ()),
        (None, None, (0, 0)),
        (None, None, (3,)),
        ([0.4999, 0.4999, 0], None, (0, 1, 2)),
    ],
)
def test_bounds_that_cannot_be_are_refused(
    low: list[float] | None, high: list[float] | None, order: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match=r"weight|bound|order"):
        sample_weights(100, 3, rng(), low=low, high=high, order=order)


def test_the_same_seed_gives_the_same() -> None:
    one, two = (sample_weights(100, 4, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_normal_scores_and_scales() -> None:
    score = sample_normal([[10.0]], [[2.0]], 20_000, rng())
    assert score.std() == pytest.approx(2, abs=0.05)
    np.testing.assert_allclose(
        find_partial_values([[[2.0, 2.0]]], [0, 10], [10, 0]), [[[0.2, 0.8]]]
    )
    with pytest.raises(ValueError, match="differ"):
        find_partial_values([[[1.0]]], [3], [3])
    with pytest.raises(ValueError, match="bound"):
        sample_interval([[2.0]], [[1.0]], 10, rng())
    with pytest.raises(ValueError, match="deviation"):
        sample_normal([[2.0]], [[-1.0]], 10, rng())


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="same samples"):
        find_acceptability(np.zeros((5, 2, 3)), np.zeros((5, 2)))
    with pytest.raises(ValueError, match="every score"):
        find_acceptability(np.full((5, 2, 2), np.nan), np.ones((5, 2)))
