"""Relatedness: how often two classes are found together in regions, and how near a region is to each class.

Axes: r regions, t and s technologies (or fields, products). M_rt is 1 where region r has a location
quotient of at least 1 in t, else 0; u_t = sum_r M_rt, the ubiquity of t.

Sources: Hidalgo, Klinger, Barabási & Hausmann (2007), The product space conditions the development of
nations, Science 317(5837); Boschma, Balland & Kogler (2015), Relatedness and technological change in
cities, Industrial and Corporate Change 24(1). Of the many variants (van Eck & Waltman 2009) this is the
smaller of the two conditional probabilities.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def read_advantages(m_rt: ArrayLike) -> Floats:
    """Give a table of noughts and ones as numbers; raises ValueError for anything else."""
    m: Floats = np.asarray(m_rt, np.float64)
    if m.ndim != 2 or not np.isin(m, (0.0, 1.0)).all():
        raise ValueError("a table of regions by classes is needed that holds noughts and ones only")
    return m


def find_proximity(m_rt: ArrayLike) -> Floats:
    """Give phi_st = sum_r M_rs M_rt / max(u_s, u_t): (classes, classes), symmetric, 0..1.

    Ones stand on the diagonal; all is nought for a class that no region has. Raises: ValueError.
    """
    m = read_advantages(m_rt)
    together = m.T @ m
    ubiquity = np.diag(together)
    either = np.maximum.outer(ubiquity, ubiquity)
    found = np.zeros_like(together)
    np.divide(together, either, out=found, where=either > 0)
    return found


def find_density(m_rt: ArrayLike, phi_st: ArrayLike, *, with_itself: bool) -> Floats:
    """Give omega_rt = sum_s M_rs phi_st / sum_s phi_st: (regions, classes), 0..1.

    `with_itself` says whether s = t counts: the diagonal moves the density by much. Missing: nan for a
    class that is near no other. Raises: ValueError.
    """
    m = read_advantages(m_rt)
    phi: Floats = np.array(phi_st, np.float64)
    if phi.shape != (m.shape[1], m.shape[1]):
        raise ValueError(f"proximity has shape {phi.shape}, not ({m.shape[1]}, {m.shape[1]})")
    if not with_itself:
        np.fill_diagonal(phi, 0.0)
    near = phi.sum(axis=0)
    found = np.full(m.shape, np.nan)
    np.divide(m @ phi, near, out=found, where=near > 0)
    return found
