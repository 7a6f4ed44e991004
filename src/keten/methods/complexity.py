"""Complexity: which regions have what few have, and which classes few regions have.

Axes: r regions, t technologies (or products). M_rt is 1 where region r has a location quotient of at least
1 in t, else 0; k_r = sum_t M_rt (diversity), u_t = sum_r M_rt (ubiquity). Tiny regions dominate both
measures: set a floor to their size before coming here.

Sources: Hidalgo & Hausmann (2009), The building blocks of economic complexity, PNAS 106(26); Tacchella,
Cristelli, Caldarelli, Gabrielli & Pietronero (2012), A new metrics for countries' fitness and products'
complexity, Scientific Reports 2, 723.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from keten.methods.relatedness import read_advantages

Floats = NDArray[np.float64]

LEAST: Final = 30


class Undefined(ValueError):  # noqa: N818 - what the measure is, on such a table
    """The measure has no meaning on this table; the words say why."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """Index of regions and of classes; each has mean 0 and standard deviation 1."""

    regions: Floats
    classes: Floats


def find_complexity(m_rt: ArrayLike, *, ddof: int = 1, least: int = LEAST) -> Complexity:
    """Give the economic complexity index of regions and the same of classes.

    The eigenvector of the second largest eigenvalue of D_k^-1 M D_u^-1 M^T, standardised (`ddof` 1 as in R,
    0 as in numpy), with the sign that makes it rise with diversity; for classes the average of the regions
    that have them, standardised. Raises: Undefined for fewer than `least` regions or classes, for one
    without any, and when the table falls into separate blocks; ValueError when it is no such table.
    """
    m = _read(m_rt, least)
    k, u = m.sum(axis=1), m.sum(axis=0)
    half = m / np.sqrt(k)[:, None] / np.sqrt(u)
    # Singular vectors of this are eigenvectors of the symmetric twin of D_k^-1 M D_u^-1 M^T.
    left, _, _ = np.linalg.svd(half, full_matrices=False)
    regions = left[:, 1] / np.sqrt(k)
    if np.corrcoef(regions, k)[0, 1] < 0:
        regions = -regions
    return Complexity(_standardise(regions, ddof), _standardise((m / u).T @ regions, ddof))


def find_fitness(m_rt: ArrayLike, updates: int = 100, *, least: int = LEAST) -> Complexity:
    """Give the fitness of regions and the quality of classes after so many updates; both have mean 1.

    F = sum M Q and Q = 1 / sum M/F, each divided by its mean, from ones. Raises: as `find_complexity`.
    """
    m = _read(m_rt, least)
    if updates < 1:
        raise ValueError(f"at least one update is needed, not {updates}")
    fitness, quality = np.ones(m.shape[0]), np.ones(m.shape[1])
    for _ in range(updates):
        raised, lowered = m @ quality, 1 / (m.T @ (1 / fitness))
        fitness, quality = raised / raised.mean(), lowered / lowered.mean()
    return Complexity(fitness, quality)


def _read(m_rt: ArrayLike, least: int) -> Floats:
    m = read_advantages(m_rt)
    if not m.any(axis=1).all() or not m.any(axis=0).all():
        raise Undefined("a region or a class has nothing at all: leave it out first")
    blocks = _count_blocks(m)
    if blocks > 1:
        raise Undefined(
            f"the regions fall into {blocks} groups that have no class in common: "
            "which of them is more complex cannot be told"
        )
    if min(m.shape) < least:
        raise Undefined(
            f"{m.shape[0]} regions and {m.shape[1]} classes are too few; {least} of each are needed"
        )
    return m


def _count_blocks(m: Floats) -> int:
    regions, classes = m.shape
    rows, columns = np.nonzero(m)
    ties = csr_array(
        (np.ones(len(rows)), (rows, columns + regions)), shape=(regions + classes,) * 2
    )
    blocks, _ = connected_components(ties, directed=False)
    return int(blocks)


def _standardise(values: Floats, ddof: int) -> Floats:
    found: Floats = (values - values.mean()) / values.std(ddof=ddof)
    return found
