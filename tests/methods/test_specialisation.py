"""Location quotients and their estimates: invariants, and intervals that cover what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from keten.methods.specialisation import (
    count_expected,
    estimate_quotient,
    find_location_quotient,
    fit_shape,
    make_symmetric,
)

TABLES = arrays(
    np.int64, st.tuples(st.integers(1, 8), st.integers(1, 8)), elements=st.integers(0, 50)
)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_quotients_average_to_one_under_what_is_expected(x: np.ndarray) -> None:
    if not x.sum():
        with pytest.raises(ValueError, match="nothing to compare"):
            find_location_quotient(x)
        return
    quotient, expected = find_location_quotient(x), count_expected(x)
    np.testing.assert_allclose(expected.sum(), x.sum())
    for of, weight in zip(quotient.T, expected.T, strict=True):
        if weight.sum():
            known = weight > 0
            np.testing.assert_allclose(np.average(of[known], weights=weight[known]), 1)
    assert np.array_equal(np.isnan(quotient), expected == 0)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.integers(2, 9))
def test_size_alone_changes_no_quotient(x: np.ndarray, times: int) -> None:
    if x.sum():
        larger = x.copy()
        larger *= times
        np.testing.assert_allclose(find_location_quotient(larger), find_location_quotient(x))


def test_symmetric_form() -> None:
    np.testing.assert_allclose(make_symmetric([0, 0.5, 1, 2, 3]), [-1, -1 / 3, 0, 1 / 3, 0.5])
    with pytest.raises(ValueError, match="never negative"):
        make_symmetric([-1])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200), st.floats(0.01, 100), st.floats(0.1, 20))
def test_estimate_lies_between_own_count_and_one(x: int, e: float, shape: float) -> None:
    found = estimate_quotient([x], [e], shape)
    assert found.low[0] < found.mean[0] < found.high[0]
    low, high = sorted((x / e, 1))
    assert low - 1e-9 <= found.mean[0] <= high + 1e-9


def test_much_evidence_keeps_its_own_quotient() -> None:
    found = estimate_quotient([20_000], [10_000.0], 2)
    assert found.mean[0] == pytest.approx(2, abs=1e-3)
    assert found.high[0] - found.low[0] < 0.06


def simulate(seed: int, true: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Invent regions of very different size with known quotients, and what would be counted there.

    As in life, the whole is the sum of the regions: what is expected adds up to what is counted.
    """
    draw = np.random.default_rng(seed)
    size = draw.lognormal(0.5, 1.2, 300)
    quotient = {
        "very different": lambda: draw.gamma(1.0, 1.0, 300),
        "different": lambda: draw.gamma(2.5, 0.4, 300),
        "rather alike": lambda: draw.gamma(10.0, 0.1, 300),
        "not gamma": lambda: draw.lognormal(-0.18, 0.6, 300),
    }[true]()
    quotient /= np.average(quotient, weights=size)
    observed = draw.poisson(quotient * size).astype(float)
    return quotient, size * observed.sum() / size.sum(), observed


@pytest.mark.parametrize("true", ["very different", "different", "rather alike", "not gamma"])
def test_intervals_cover_what_they_promise(true: str) -> None:
    """95 % intervals hold the true quotient in 93-97 %, the shape being fitted anew each time.

    Also of the regions with few projects, and when the quotients are not spread as the method supposes.
    """
    held, held_of_few = [], []
    for seed in range(60):
        quotient, expected, observed = simulate(seed, true)
        found = estimate_quotient(observed, expected, fit_shape(observed, expected))
        inside = (found.low <= quotient) & (quotient <= found.high)
        held.append(inside)
        held_of_few.append(inside[observed <= 3])
    share, few = np.concatenate(held).mean(), np.concatenate(held_of_few).mean()
    assert 0.93 <= share <= 0.97
    assert 0.93 <= few <= 0.97


def test_rare_fields_are_not_told_with_false_certainty() -> None:
    """Where thirty projects lie over 300 regions nobody can say how alike these are."""
    held, widths = [], []
    for seed in range(80):
        draw = np.random.default_rng(seed)
        size = draw.lognormal(0, 1, 300)
        quotient = draw.gamma(4.0, 0.25, 300)
        observed = draw.poisson(30 * quotient * size / size.sum()).astype(float)
        if not observed.sum():
            continue
        expected = size * observed.sum() / size.sum()
        found = estimate_quotient(observed, expected, fit_shape(observed, expected))
        held.append((found.low <= quotient) & (quotient <= found.high))
        widths.append((found.high - found.low).min())
    assert np.concatenate(held).mean() >= 0.93
    assert min(widths) > 0.2


def test_naive_quotients_swing_and_the_estimate_does_not() -> None:
    """Why the estimate: it is nearer to the truth than the bare quotient, most of all on few counts."""
    quotient, expected, observed = simulate(1, "different")
    found = estimate_quotient(observed, expected, fit_shape(observed, expected))
    few = expected < 2
    bare = np.mean((observed[few] / expected[few] - quotient[few]) ** 2)
    assert np.mean((found.mean[few] - quotient[few]) ** 2) < bare / 2


def test_shape_is_found_again() -> None:
    draw = np.random.default_rng(5)
    expected = draw.lognormal(2, 1, 4_000)
    observed = draw.poisson(draw.gamma(3.0, 1 / 3, 4_000) * expected)
    assert fit_shape(observed, expected) == pytest.approx(3, rel=0.1)


def test_regions_that_are_all_alike_are_told_as_one() -> None:
    draw = np.random.default_rng(6)
    expected = np.full(500, 40.0)
    assert fit_shape(draw.poisson(expected), expected) > 50


def test_nothing_to_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="no region"):
        fit_shape([0, 0], [1.0, 2.0])
    with pytest.raises(ValueError, match="no region"):
        fit_shape([], [])
    with pytest.raises(ValueError, match="alike"):
        fit_shape([1, 2], [1.0])
    with pytest.raises(ValueError, match="finite"):
        fit_shape([-1], [1.0])
    with pytest.raises(ValueError, match="level"):
        estimate_quotient([1], [1.0], 1, level=1)
    with pytest.raises(ValueError, match="positive"):
        estimate_quotient([1], [1.0], 0)
