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


def fit_sparse(
    design: csr_array,
    outcome: ArrayLike,
    penalty: float,
    *,
    counts: ArrayLike | None = None,
    offset: ArrayLike | None = None,
    most: int = 40,
) -> tuple[Floats, Floats]:
    """Give weights (v x k) and intercepts (k) of k outcomes on v sparse features, ridge-penalised.

    `design` (n x v); `outcome` (n x k): 0 to 1, so that a probability may stand for what is not known;
    `penalty`: the precision of the Gaussian prior at nought; `counts` (n or n x k): how often each
    observation counts; `offset` (n x k): log-odds that are given, with which the intercepts stay
    nought. Raises: ValueError when shapes differ
    or an outcome is outside 0 to 1.
    """
    observed = np.asarray(outcome, np.float64)
    if observed.ndim != 2 or len(observed) != design.shape[0]:
        raise ValueError("features and outcomes differ in length")
    if not ((observed >= 0) & (observed <= 1)).all():
        raise ValueError("an outcome is outside 0 to 1")
    often = np.ones_like(observed) if counts is None else np.asarray(counts, np.float64)
    often = np.broadcast_to(often[:, None] if often.ndim == 1 else often, observed.shape)
    given = np.zeros_like(observed) if offset is None else np.asarray(offset, np.float64)
    features, outcomes = design.shape[1], observed.shape[1]
    turned = design.T.tocsr()

    def loss(values: Floats) -> tuple[float, Floats]:
        weights = values[: features * outcomes].reshape(features, outcomes)
        odds = design @ weights + values[features * outcomes :] + given
        value = (often * (np.logaddexp(0.0, odds) - observed * odds)).sum()
        slope = often * (expit(odds) - observed)
        shift = slope.sum(axis=0) if offset is None else np.zeros(outcomes)
        gradient = np.concatenate([(turned @ slope + penalty * weights).ravel(), shift])
        return float(value + 0.5 * penalty * (weights * weights).sum()), gradient

    start = np.zeros((features + 1) * outcomes)
    if offset is None:
        share = np.clip((often * observed).sum(axis=0) / often.sum(axis=0), 1e-4, 1 - 1e-4)
        start[features * outcomes :] = np.log(share / (1 - share))
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": most, "maxcor": 4}
    )
    values = np.asarray(found.x, np.float64)
    return values[: features * outcomes].reshape(features, outcomes), values[features * outcomes :]
