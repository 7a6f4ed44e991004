"""Specialisation: in what a region does relatively much, and how sure one can be of it on few counts.

Axes: r regions, t technologies (or fields, products, classes). Observed counts are compared with those
expected if every region had the whole's mix. Few counts swing widely, so the quotient of one class is
also estimated for all regions together: the more a region has, the more its own count weighs.

Sources: Balassa (1965), Trade liberalisation and "revealed" comparative advantage, The Manchester School
33(2); Dalum, Laursen & Villumsen (1998), Structural change in OECD export specialisation patterns,
International Review of Applied Economics 12(3); Clayton & Kaldor (1987), Empirical Bayes estimates of
age-standardized relative risks, Biometrics 43(3); DuMouchel (1999), Bayesian data mining in large
frequency tables, The American Statistician 53(3).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import digamma, gammaincinv, gammaln

Floats = NDArray[np.float64]

# Beyond these the estimate no longer moves: a shape of 1e4 says that all regions have one quotient.
_SHAPES = (1e-2, 1e4)
_MEANS = (1e-4, 1e4)


@dataclass(frozen=True, slots=True)
class Spread:
    """How the true quotients of regions are spread: a gamma distribution with `shape` and `rate`."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """Give the mean of the quotients."""
        return self.shape / self.rate


@dataclass(frozen=True, slots=True)
class Estimate:
    """Estimated quotients with the bounds of their credible interval; same shape as what was asked."""

    mean: Floats
    low: Floats
    high: Floats


def count_expected(x_rt: ArrayLike) -> Floats:
    """Give what each region would have in each class if it had the mix of the whole.

    Shapes: x_rt (regions, classes), not negative; the same back. Raises: ValueError.
    """
    x = _read_counts(x_rt)
    whole = x.sum()
    if whole == 0:
        raise ValueError("there is nothing to compare: all counts are zero")
    expected: Floats = np.outer(x.sum(axis=1), x.sum(axis=0)) / whole
    return expected


def find_location_quotient(x_rt: ArrayLike) -> Floats:
    """Give the location quotient, also called revealed comparative advantage: observed / expected.

    (x_rt / x_r.) / (x_.t / x_..). Shapes: as `count_expected`. Missing: nan where a region or a class has
    nothing at all. Weighted by what is expected, the quotients of a class average to 1.
    """
    x = _read_counts(x_rt)
    expected = count_expected(x)
    quotient = np.full_like(expected, np.nan)
    np.divide(x, expected, out=quotient, where=expected > 0)
    return quotient


def make_symmetric(quotient: ArrayLike) -> Floats:
    """Give (q - 1) / (q + 1): from -1 (nothing) over 0 (as elsewhere) to 1. Source: Dalum et al. 1998."""
    q = np.asarray(quotient, np.float64)
    if np.any(q < 0):
        raise ValueError("a location quotient is never negative")
    return (q - 1) / (q + 1)


def fit_spread(observed: ArrayLike, expected: ArrayLike) -> Spread:
    """Fit how the quotients of one class are spread over regions, from all of them together.

    A region's count is Poisson around quotient times expected, the quotients are gamma: the counts are
    then negative binomial, and the two parameters are those of greatest likelihood (Clayton & Kaldor 1987,
    section 3). Shapes: both (regions,). Regions of which nothing is expected say nothing and are left out.
    Raises: ValueError without a region, or when no region has anything.
    """
    x, e = _read_pair(observed, expected)
    x, e = x[e > 0], e[e > 0]
    if not len(x) or x.sum() == 0:
        raise ValueError("no region has anything of this class: a spread cannot be fitted")

    def lose(at: Floats) -> tuple[float, Floats]:
        """Give minus the log-likelihood and its slope at the logarithms of shape and mean."""
        shape, mean = np.exp(at)
        hoped = shape + mean * e
        loss = -np.sum(
            gammaln(shape + x)
            - gammaln(shape)
            + shape * (np.log(shape) - np.log(hoped))
            + x * (np.log(mean * e) - np.log(hoped))
        )
        by_shape = -np.sum(
            digamma(shape + x)
            - digamma(shape)
            + np.log(shape)
            - np.log(hoped)
            + 1
            - (shape + x) / hoped
        )
        by_mean = -np.sum(x / mean - (shape + x) * e / hoped)
        return float(loss), np.array([by_shape * shape, by_mean * mean])

    found = minimize(
        lose,
        np.log([_guess_shape(x, e), x.sum() / e.sum()]),
        jac=True,
        method="L-BFGS-B",
        bounds=[tuple(np.log(_SHAPES)), tuple(np.log(_MEANS))],
    )
    shape, mean = np.exp(found.x)
    return Spread(float(shape), float(shape / mean))


def estimate_quotient(
    observed: ArrayLike, expected: ArrayLike, spread: Spread, level: float = 0.95
) -> Estimate:
    """Estimate quotients from counts and the spread over regions, with an equal-tailed interval.

    The posterior is gamma with shape `spread.shape + observed` and rate `spread.rate + expected`
    (DuMouchel 1999): a region with much keeps its own quotient, one with little is drawn to the mean of
    all. Shapes: any, both alike. Raises: ValueError.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not at {level}")
    x, e = _read_pair(observed, expected)
    shape, rate = spread.shape + x, spread.rate + e
    tail = (1 - level) / 2
    return Estimate(
        shape / rate, gammaincinv(shape, tail) / rate, gammaincinv(shape, 1 - tail) / rate
    )


def _guess_shape(x: Floats, e: Floats) -> float:
    """Give a first guess by moments: how much more the counts vary than chance would have them."""
    mean = x.sum() / e.sum()
    beyond = np.sum((x - mean * e) ** 2 - mean * e) / np.sum(e**2)
    return float(np.clip(mean**2 / beyond if beyond > 0 else 100.0, 0.05, 100.0))


def _read_counts(given: ArrayLike) -> Floats:
    x: Floats = np.asarray(given, np.float64)
    if x.ndim != 2:
        raise ValueError(f"a table of regions by classes is needed, not {x.ndim} dimensions")
    _check(x)
    return x


def _read_pair(observed: ArrayLike, expected: ArrayLike) -> tuple[Floats, Floats]:
    x: Floats = np.asarray(observed, np.float64)
    e: Floats = np.asarray(expected, np.float64)
    if x.shape != e.shape:
        raise ValueError(f"observed has shape {x.shape}, expected {e.shape}: they must be alike")
    _check(x)
    _check(e)
    return x, e


def _check(values: Any) -> None:
    if not np.all(np.isfinite(values)) or np.any(values < 0):
        raise ValueError("counts must be finite and not negative")
