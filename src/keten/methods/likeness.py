"""How like things are by the traits they have, where a rare trait tells more than a common one.

A thing is a row of counts, a trait a column. Counts are damped, weighed by how rare their trait is, and
each row is brought to unit length, so that the product of two rows is their cosine: 1 for the same
mixture, 0 for nothing in common. Being like a set is the mean over its members.

Shapes: counts (n, t), sparse, nought or more; of one trait for each column.
Source: Salton & Buckley (1988), Term-weighting approaches in automatic text retrieval, Information
Processing & Management 24(5); Manning, Raghavan & Schütze (2008), Introduction to Information Retrieval,
sections 6.2 to 6.4, whose examples are reproduced.
"""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

Floats = npt.NDArray[np.float64]


def damp_counts(counts: sparse.csr_array) -> sparse.csr_array:
    """Give 1 + log10 of each count above nought: ten times as often is not ten times as much.

    Raises: ValueError for a count below one that is not nought.
    """
    damped: sparse.csr_array = counts.astype(np.float64, copy=True)
    damped.eliminate_zeros()
    if damped.data.size and damped.data.min() < 1:
        raise ValueError("counts are whole things: one or more, or nought")
    damped.data = 1 + np.log10(damped.data)
    return damped


def find_rarity(things_with: npt.ArrayLike, things: int) -> Floats:
    """Give log10(n / df) of each trait: what all things have tells nothing. Shapes: (t,).

    `things_with` says how many of the `things` have it; a trait that none has weighs nothing.
    """
    seen = np.asarray(things_with, dtype=np.float64)
    if np.any(seen > things) or np.any(seen < 0):
        raise ValueError("a trait is had by none, some or all of the things")
    return np.where(seen > 0, np.log10(things / np.maximum(seen, 1)), 0.0)


def to_unit_length(weighed: sparse.csr_array) -> sparse.csr_array:
    """Divide each row by its length; a row without traits stays as it is."""
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1), dtype=np.float64)).ravel()
    lengths[lengths == 0] = 1
    return sparse.csr_array(weighed.multiply(1 / lengths[:, np.newaxis]))


def weigh_traits(counts: sparse.csr_array, things: int) -> sparse.csr_array:
    """Give counts damped, times rarity among `things`, with rows of unit length."""
    damped = damp_counts(counts)
    rarity = find_rarity(np.bincount(damped.indices, minlength=damped.shape[1]), things)
    return to_unit_length(sparse.csr_array(damped.multiply(rarity[np.newaxis, :])))


def score_pairs(rows: sparse.csr_array, members: sparse.csr_array) -> Floats:
    """Give the cosine of each row with each member, both of unit length. Shapes: (r, t), (m, t), (r, m)."""
    return np.asarray((rows @ members.T).toarray(), dtype=np.float64)


def score_left_out(pairs: Floats, own: npt.NDArray[np.integer]) -> Floats:
    """Give the mean likeness to the members for each in turn left out.

    `own[j]` is the row of member j; in column j stands the mean over all members but j. Shapes:
    pairs (r, m) from `score_pairs`, own (m,), the answer (r, m). Raises: ValueError below two members.
    """
    members = pairs.shape[1]
    if members < 2 or own.shape != (members,):
        raise ValueError("to leave one out takes two members or more, each with its row")
    rest = pairs.sum(axis=1, keepdims=True) - pairs
    return np.asarray(rest / (members - 1), dtype=np.float64)
