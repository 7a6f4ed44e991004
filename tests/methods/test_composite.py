"""Composite indicators: places add up, turn with the direction, and the weakest can't be made up for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.methods.composite import average_known, penalise_for_bottleneck, rank_percentiles

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_places_count_who_is_worse_and_half_of_who_is_equal() -> None:
    np.testing.assert_allclose(rank_percentiles([10, 30, 20, 30]), [12.5, 75, 37.5, 75])
    np.testing.assert_allclose(
        rank_percentiles([10, 30, 20, 30], higher_is_better=False), [87.5, 25, 62.5, 25]
    )


def test_what_is_not_known_takes_no_part() -> None:
    found = rank_percentiles([1.0, np.nan, 2.0])
    np.testing.assert_allclose(found, [25, np.nan, 75])
    assert rank_percentiles([]).shape == (0,)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_places_average_to_fifty_and_turn_with_the_direction(values: list[float]) -> None:
    up = rank_percentiles(values)
    down = rank_percentiles(values, higher_is_better=False)
    assert up.mean() == pytest.approx(50)
    np.testing.assert_allclose(up + down, 100)
    assert ((up > 0) & (up < 100)).all()


def test_a_mean_of_what_is_known() -> None:
    assert average_known([1.0, None, 2.0]) == 1.5
    assert average_known([None]) is None


def test_the_formula_of_the_bottleneck_by_hand() -> None:
    # h = min + 1 - exp(-(y - min)), worked out with a pocket calculator
    found = penalise_for_bottleneck([0.2, 0.5, 0.9])
    np.testing.assert_allclose(found, [0.2, 0.4591817793, 0.7034146962], rtol=1e-9)


@given(SHARES)
def test_the_weakest_stays_and_nobody_gains(values: list[float]) -> None:
    lowered = penalise_for_bottleneck(values)
    given_values = np.array(values)
    assert lowered.min() == pytest.approx(given_values.min())
    assert (lowered <= given_values + 1e-12).all()


@given(SHARES, st.floats(0, 1))
def test_raising_the_weakest_never_lowers_the_whole(values: list[float], to: float) -> None:
    weakest = int(np.argmin(values))
    raised = [*values]
    raised[weakest] = max(to, values[weakest])
    before = penalise_for_bottleneck(values).mean()
    assert penalise_for_bottleneck(raised).mean() >= before - 1e-12


@pytest.mark.parametrize("values", [[], [1.2], [-0.1], [[0.5]], [np.nan]])
def test_what_is_no_share_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        penalise_for_bottleneck(values)
