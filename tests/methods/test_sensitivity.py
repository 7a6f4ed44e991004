"""Sensitivity: a quantity that decides is found, one that does not is worth nothing."""

from __future__ import annotations

import numpy as np
import pytest

from keten.methods.sensitivity import Swing, find_swing, find_worth


def draw() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first of two comes first where x is above 0.4; y has no part in it."""
    rng = np.random.default_rng(11)
    x, y = rng.random(8_000), rng.random(8_000)
    return np.column_stack([x > 0.4, x <= 0.4]).astype(float), x, y


def test_what_decides_swings_the_leader() -> None:
    first, x, y = draw()
    swing = find_swing(first, x)
    assert (swing.low_leader, swing.high_leader) == (1, 0)
    assert swing.low_first_a[1] == 1.0
    assert swing.is_swung(0)
    assert swing.is_swung(1)
    idle = find_swing(first, y)
    assert (idle.low_leader, idle.high_leader) == (0, 0)
    assert not idle.is_swung(0)


def test_a_lead_within_the_error_of_drawing_is_none() -> None:
    low = np.array([0.500, 0.500]), np.array([0.490, 0.510])
    assert not Swing(low[1], low[0], 1, 0, 1_000).is_swung(0)
    assert Swing(low[1], low[0], 1, 0, 100_000).is_swung(0)


def test_knowing_it_is_worth_what_is_lost_without() -> None:
    first, x, y = draw()
    known = find_worth(first, x)
    assert known.gain == pytest.approx(0.4, abs=0.02)  # now wrong in 4 of 10, then never
    assert known.low < 0.4 < known.high
    assert find_worth(first, y).gain == pytest.approx(0, abs=1e-12)


def test_too_few_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        find_worth(np.ones((30, 2)), np.ones(30))
    with pytest.raises(ValueError, match="one value"):
        find_swing(np.ones((30, 2)), np.ones(29))
