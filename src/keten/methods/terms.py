"""Texts as weighted terms: what a word or pair of words says of a text beside all the others.

Axes: n texts, v terms.

Source: Salton & Buckley (1988), Term-weighting approaches in automatic text retrieval, Information
Processing & Management 24(5): log counts times inverse document frequency, of length one.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

Ints = NDArray[np.int64]
Short = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Terms:
    """Texts by terms (n x v, rows of length one or nought), and the v terms: words, then pairs."""

    weights: csr_array
    names: tuple[str, ...]


def weigh_terms(
    texts: Sequence[Sequence[tuple[Sequence[str], float]]],
    *,
    fewest: int = 6,
    most_share: float = 0.25,
    pairs: bool = True,
) -> Terms:
    """Give the weight of every term in n texts.

    A text is parts, each the words of it and how much each occurrence counts. Terms in fewer than
    `fewest` texts or in more than `most_share` of them are left out. Raises: ValueError for no texts.
    """
    if not texts:
        raise ValueError("there are no texts")
    known: dict[str, int] = {}
    rows, columns, counts = array("i"), array("i"), array("f")
    for place, parts in enumerate(texts):
        for words, weight in parts:
            columns.extend(known.setdefault(word, len(known)) for word in words)
            columns.append(-1)  # nothing pairs over the end of a part
            rows.extend([place] * (len(words) + 1))
            counts.extend([weight] * (len(words) + 1))
    # Buffers of the arrays themselves: no second copy of what is largest here.
    row, column = np.frombuffer(rows, np.int32), np.frombuffer(columns, np.int32)
    count = np.frombuffer(counts, np.float32)
    is_word = column >= 0
    names = list(known)
    singles, kept = _weigh(
        row[is_word], column[is_word], count[is_word], (len(texts), len(names)), fewest, most_share
    )
    found, terms = [singles], [names[each] for each in kept]
    if pairs and len(kept):
        is_kept = np.zeros(len(names) + 1, np.bool_)
        is_kept[kept] = True
        first = np.flatnonzero(is_kept[column[:-1]] & is_kept[column[1:]] & (row[:-1] == row[1:]))
        keys, key = np.unique(
            column[first].astype(np.int64) * len(names) + column[first + 1], return_inverse=True
        )
        doubles, kept = _weigh(
            row[first], key, count[first], (len(texts), len(keys)),
            fewest, most_share,
        )  # fmt: skip
        found.append(doubles)
        terms += [f"{names[pair // len(names)]} {names[pair % len(names)]}" for pair in keys[kept]]
    together = csr_array(hstack(found, format="csr"))
    length = np.sqrt(np.asarray((together * together).sum(axis=1)).ravel())
    length[length == 0] = 1.0
    together.data /= np.repeat(length, np.diff(together.indptr))
    return Terms(together, tuple(terms))


def _weigh(
    row: Short,
    column: Short | Ints,
    count: NDArray[np.float32],
    shape: tuple[int, int],
    fewest: int,
    most_share: float,
) -> tuple[csr_array, Ints]:
    """Give log counts times inverse document frequency, and which columns were kept."""
    matrix = csr_array((count.astype(np.float64), (row, column)), shape=shape)
    matrix.sum_duplicates()
    texts = np.bincount(matrix.indices, minlength=shape[1])
    kept = np.flatnonzero((texts >= fewest) & (texts <= most_share * shape[0]))
    matrix = csr_array(matrix[:, kept])
    matrix.data = (1 + np.log(matrix.data)) * np.log(shape[0] / texts[kept])[matrix.indices]
    return matrix, kept
