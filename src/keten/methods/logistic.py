"""Logistic regression on levels: additive log-odds, with a prior that says what was believed before.

Axes: n observations, w weights. Observations come as the numbers of the weights that apply to each, so
that wide one-hot matrices are never made.

Source: Cox (1958), The regression analysis of binary sequences, Journal of the Royal Statistical
Society B 20(2); the penalty is that of a Gaussian prior (Hoerl & Kennard 1970, Technometrics 12(1)).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit

Floats = NDArray[np.float64]


def fit_levels(
    applies: ArrayLike,
    outcome: ArrayLike,
    prior: ArrayLike,
    precision: ArrayLike,
    *,
    counts: ArrayLike | None = None,
    most: int = 500,
) -> Floats:
    """Give the w weights with the highest posterior: log-likelihood and Gaussian prior together.

    `applies` (n x k): the k weights that add up to an observation's log-odds, by number; the sum of an
    observation's weights is its log-odds. `outcome` (n): 1 where it was so, 0 where not. `prior` (w):
    the weights believed before; `precision` (one, w or w x w): how firmly, the precision of the prior;
    0 leaves a weight free. `counts` (n): how often each observation counts. Raises: ValueError when
    lengths differ or outcomes are neither 0 nor 1.
    """
    places = np.asarray(applies, np.int64)
    observed = np.asarray(outcome, np.float64)
    before = np.asarray(prior, np.float64)
    firm = np.asarray(precision, np.float64)
    often = np.ones(len(observed)) if counts is None else np.asarray(counts, np.float64)
    if places.ndim != 2 or len(places) != len(observed) or len(often) != len(observed):
        raise ValueError("observations, outcomes and counts differ in length")
    if not np.isin(observed, (0.0, 1.0)).all():
        raise ValueError("an outcome is neither 0 nor 1")
    width = places.shape[1]
    flat = places.ravel()

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = weights[places].sum(axis=1)
        away = weights - before
        pull = firm @ away if firm.ndim == 2 else firm * away
        value = (often * (np.logaddexp(0.0, odds) - observed * odds)).sum()
        slope = np.repeat(often * (expit(odds) - observed), width)
        gradient = np.bincount(flat, weights=slope, minlength=len(weights)) + pull
        return float(value + 0.5 * (away @ pull)), gradient

    found = minimize(loss, before, jac=True, method="L-BFGS-B", options={"maxiter": most})
    return np.asarray(found.x, np.float64)


def information(applies: ArrayLike, weights: ArrayLike, counts: ArrayLike) -> Floats:
    """Give the information (w x w) that n observations hold about the weights, at these weights.

    It is the curvature of the log-likelihood, the sum of p(1 - p) x x^T: what a prior is made of when
    the observations themselves are not kept.
    """
    places = np.asarray(applies, np.int64)
    odds = np.asarray(weights, np.float64)
    chance = expit(odds[places].sum(axis=1))
    often = np.asarray(counts, np.float64) * chance * (1 - chance)
    rows, width = places.shape
    design = csr_array(
        (np.ones(rows * width), places.ravel(), np.arange(rows + 1) * width),
        shape=(rows, len(odds)),
    )
    return np.asarray((design.T @ (design * often[:, None]).tocsr()).toarray())
