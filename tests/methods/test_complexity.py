"""Complexity and relatedness: invariants, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from keten.methods.complexity import Undefined, find_complexity, find_fitness
from keten.methods.relatedness import find_density, find_proximity

TABLES = arrays(
    np.int8, st.tuples(st.integers(2, 9), st.integers(2, 9)), elements=st.integers(0, 1)
)


def whole(seed: int = 1, shape: tuple[int, int] = (40, 60)) -> np.ndarray:
    """A nested table with noise: diverse regions have what few others have."""
    draw = np.random.default_rng(seed)
    chance = np.add.outer(np.linspace(0, 1, shape[0]), np.linspace(0.2, -0.9, shape[1])) + 0.4
    m = (draw.random(shape) < chance).astype(int)
    m[:, 0] = 1
    m[-1] = 1
    return m


@settings(max_examples=60, deadline=None)
@given(TABLES, st.booleans())
def test_density_and_proximity_stay_within_bounds(m: np.ndarray, with_itself: bool) -> None:
    phi = find_proximity(m)
    assert np.array_equal(phi, phi.T)
    assert ((phi >= 0) & (phi <= 1)).all()
    assert np.array_equal(np.diag(phi), m.any(axis=0).astype(float))
    density = find_density(m, phi, with_itself=with_itself)
    known = density[~np.isnan(density)]
    assert ((known >= 0) & (known <= 1 + 1e-12)).all()


def test_who_has_all_is_as_near_as_can_be() -> None:
    m = whole()
    assert find_density(m, find_proximity(m), with_itself=True)[-1] == pytest.approx(1)


def test_index_is_the_eigenvector_it_says() -> None:
    m = whole().astype(float)
    k, u = m.sum(axis=1), m.sum(axis=0)
    values, vectors = np.linalg.eig((m / k[:, None]) @ (m / u).T)
    second = np.real(vectors[:, np.argsort(-np.real(values))[1]])
    found = find_complexity(m, ddof=0)
    assert abs(np.corrcoef(found.regions, second)[0, 1]) == pytest.approx(1)
    assert (found.regions.mean(), found.regions.std()) == pytest.approx((0, 1))
    assert np.corrcoef(found.regions, k)[0, 1] > 0


def test_order_of_rows_and_columns_changes_nothing() -> None:
    m = whole()
    draw = np.random.default_rng(2)
    rows, columns = draw.permutation(m.shape[0]), draw.permutation(m.shape[1])
    for find in (find_complexity, find_fitness):
        plain, mixed = find(m), find(m[rows][:, columns])
        np.testing.assert_allclose(plain.regions[rows], mixed.regions, atol=1e-9)
        np.testing.assert_allclose(plain.classes[columns], mixed.classes, atol=1e-9)


def test_fitness_keeps_its_mean() -> None:
    found = find_fitness(whole(), 50)
    assert (found.regions.mean(), found.classes.mean()) == pytest.approx((1, 1))
    assert (found.regions > 0).all()


def test_what_has_no_meaning_is_refused() -> None:
    with pytest.raises(Undefined, match="too few"):
        find_complexity(whole(shape=(12, 60)))
    empty = whole()
    empty[3] = 0
    with pytest.raises(Undefined, match="nothing at all"):
        find_complexity(empty)
    with pytest.raises(Undefined, match="groups"):
        find_complexity(np.kron(np.eye(2, dtype=int), whole()))
    with pytest.raises(ValueError, match="noughts and ones"):
        find_complexity(whole() * 2)
    with pytest.raises(ValueError, match="update"):
        find_fitness(whole(), 0)
    with pytest.raises(ValueError, match="shape"):
        find_density(whole(), np.eye(3), with_itself=True)
