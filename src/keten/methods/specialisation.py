"""Specialisation: in what a region does relatively much, and how sure one can be of it on few counts.

Axes: r regions, t technologies (or fields, products, classes). Observed counts are compared with those
expected if every region had the whole's mix. Few counts swing widely, so the quotient of one class is
also estimated for all regions together: the more a region has, the more its own count weighs
(empirical Bayes, gamma-Poisson).

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
from scipy.optimize import minimize_scalar
from scipy.special import gammaincinv, gammaln

Floats = NDArray[np.float64]

# A shape of 1e3 says that all regions have one quotient, one of 1e-2 that a few have all.
_SHAPES = (1e-2, 1e3)


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


def fit_shape(observed: ArrayLike, expected: ArrayLike) -> float:
    """Fit how alike the quotients of one class are over regions: the shape of a gamma with mean 1.

    A region's count is Poisson around quotient times expected, and the quotients are gamma, so that the
    counts are negative binomial (Clayton & Kaldor 1987, section 3); their mean is 1 because what is
    expected adds up to what is observed. Large: all regions are alike; small: a few have most. Few counts
    cannot tell chance from difference, and the likeliest answer is then often "no difference at all",
    which would make every interval far too narrow; so the likelihood is multiplied by a gamma(2, 1)
    density of the standard deviation between regions, 1 / sqrt(shape), which is never nought (Chung,
    Rabe-Hesketh, Dorie, Gelman & Liu 2013, Psychometrika 78(4)).
    Shapes: both (regions,). Regions of which nothing is expected say nothing. Raises: ValueError.
    """
    x, e = _read_pair(observed, expected)
    x, e = x[e > 0], e[e > 0]
    if not len(x) or x.sum() == 0:
        raise ValueError("no region has anything of this class: there is nothing to fit")

    def lose(log_shape: float) -> float:
        """Give minus the logarithm of the likelihood times the density, but for a constant."""
        shape = np.exp(log_shape)
        alike = gammaln(shape + x) - gammaln(shape) + shape * log_shape
        fit = np.sum(alike - (shape + x) * np.log(shape + e))
        deviation = shape**-0.5
        return -float(fit + np.log(deviation) - deviation)

    bounds = float(np.log(_SHAPES[0])), float(np.log(_SHAPES[1]))
    found = minimize_scalar(lose, bounds=bounds, method="bounded", options={"xatol": 1e-3})
    return float(np.exp(found.x))


def estimate_quotient(
    observed: ArrayLike, expected: ArrayLike, shape: float, level: float = 0.95
) -> Estimate:
    """Estimate quotients from counts and the shape fitted over regions, with an equal-tailed interval.

    The posterior is gamma with shape `shape + observed` and rate `shape + expected` (DuMouchel 1999): a
    region with much keeps its own quotient, one with little is drawn towards 1, as everywhere.
    Shapes: any, both alike. Raises: ValueError.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not at {level}")
    if not shape > 0:
        raise ValueError(f"a shape is positive, not {shape}")
    x, e = _read_pair(observed, expected)
    tail = (1 - level) / 2
    return Estimate(
        (shape + x) / (shape + e),
        gammaincinv(shape + x, tail) / (shape + e),
        gammaincinv(shape + x, 1 - tail) / (shape + e),
    )


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
