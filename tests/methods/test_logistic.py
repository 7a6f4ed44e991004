"""Logistic regression on levels: against a solved case, and what a prior does."""

import numpy as np
import pytest

from keten.methods.logistic import fit_levels, information


def test_a_single_weight_without_a_prior_is_the_log_odds_observed() -> None:
    found = fit_levels([[0]] * 10, [1] * 7 + [0] * 3, [0.0], 0.0)
    assert found[0] == pytest.approx(np.log(7 / 3), abs=1e-5)


def test_counts_are_observations_said_more_often() -> None:
    once = fit_levels([[0, 1], [0, 1], [0, 2]], [1, 0, 1], np.zeros(3), 1.0, counts=[3, 1, 2])
    often = fit_levels([[0, 1]] * 4 + [[0, 2]] * 2, [1, 1, 1, 0, 1, 1], np.zeros(3), 1.0)
    assert once == pytest.approx(often, abs=1e-5)


def test_a_firm_prior_stays_what_it_was() -> None:
    found = fit_levels([[0]] * 5, [1] * 5, [-2.0], 1e9)
    assert found[0] == pytest.approx(-2.0, abs=1e-6)


def test_the_information_of_observations_stands_for_them() -> None:
    """A fit on all is, nearly, a fit on the last with the first as information."""
    seeded = np.random.default_rng(5)
    places = np.column_stack([seeded.integers(0, 3, 4000), seeded.integers(3, 6, 4000)])
    truth = np.array([1.0, 0.0, -1.0, 0.5, 0.0, -0.5])
    outcome = (seeded.random(4000) < 1 / (1 + np.exp(-truth[places].sum(axis=1)))).astype(float)
    early = fit_levels(places[:3000], outcome[:3000], np.zeros(6), 0.5)
    held = information(places[:3000], early, np.ones(3000)) + 0.5 * np.eye(6)
    late = fit_levels(places[3000:], outcome[3000:], early, held)
    whole = fit_levels(places, outcome, np.zeros(6), 0.5)
    assert late == pytest.approx(whole, abs=0.02)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        fit_levels([[0]], [1, 0], [0.0], 1.0)
    with pytest.raises(ValueError, match="neither"):
        fit_levels([[0]], [2], [0.0], 1.0)
