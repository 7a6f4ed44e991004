"""Composite indicators: values made comparable by rank, gathered into elements, and the weakest link.

Percentiles rather than standard scores: they need no assumption about the shape of a distribution, one
odd value can't move them far, and a reader can check them by counting.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def rank_percentiles(values: ArrayLike, *, higher_is_better: bool = True) -> Floats:
    """Give for each value the percentage of all values that are worse, ties counted half.

    Shapes: n values, n percentiles. Units: 0..100; the mean over all that have a value is 50. Missing:
    NaN in, NaN out; it takes no part in the count. Source: the mid-rank percentile, one of the
    normalisations of OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5.
    Raises: ValueError for values that are not in one row.
    """
    given = np.asarray(values, np.float64)
    if given.ndim != 1:
        raise ValueError("give values in one row")
    oriented = given if higher_is_better else -given
    known = ~np.isnan(oriented)
    ranks = np.full(given.shape, np.nan)
    order = np.sort(oriented[known])
    if len(order):
        worse = np.searchsorted(order, oriented[known], side="left")
        not_better = np.searchsorted(order, oriented[known], side="right")
        ranks[known] = 100 * (worse + not_better) / (2 * len(order))
    return ranks


def average_known(values: Sequence[float | None]) -> float | None:
    """Give the mean of the values that are known; None when none is.

    Every known value counts the same. Missing: None, left out.
    """
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def penalise_for_bottleneck(values: ArrayLike) -> Floats:
    """Give values lowered towards the smallest of them: h = min + (1 - exp(-(y - min))).

    Shapes: n values, n values. Units: both 0..1, the same scale. The smallest stays what it is; the
    further a value is above it, the more of that lead is lost, since a strong element cannot make up for
    a missing one. Missing: not allowed. Raises: ValueError for values outside 0..1, or none.
    Source: Acs, Autio, Szerb, National systems of entrepreneurship, Research Policy 43 (2014) 476-494,
    "penalty for bottleneck".
    """
    given = np.asarray(values, np.float64)
    if given.ndim != 1 or not len(given) or not np.all((given >= 0) & (given <= 1)):
        raise ValueError("give one or more values from 0 to 1 in one row")
    least = given.min()
    lowered: Floats = least + (1 - np.exp(-(given - least)))
    return lowered
