"""How good a ranking is: what stands at its head, where the first right answer stands, and how surely.

A ranking comes as scores, one row for each query; higher is better, -inf is out of the running, and equal
scores go to the candidate that comes first. Intervals are percentile bootstraps over queries: what
another draw of queries might have given, not what another year would.

Shapes: scores (q, c) float64; relevant (q, c) bool; values (q,) or (q, m).
Source: Manning, Raghavan & Schütze (2008), Introduction to Information Retrieval, chapter 8, for precision
at k; Voorhees (1999), TREC-8 question answering track, for the reciprocal rank; Efron & Tibshirani (1993),
An Introduction to the Bootstrap, chapter 13, for percentile intervals.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_CELLS = (
    1 << 18
)  # queries times samples that are drawn at once, so that they stay near the processor


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its interval at a level of confidence."""

    mean: float
    low: float
    high: float
    level: float = 0.95


def pick_best(scores: Scores, k: int) -> list[npt.NDArray[np.intp]]:
    """Give the places of the best k of each row, best first; fewer where fewer are in the running.

    Raises: ValueError when k is below 1.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    return [_pick_row(row, k) for row in scores]


def count_hits(scores: Scores, relevant: Flags, k: int) -> npt.NDArray[np.int64]:
    """Give how many of the best k of each row are relevant. Shapes: (q,)."""
    heads = pick_best(scores, k)
    found = [np.count_nonzero(right[head]) for right, head in zip(relevant, heads, strict=True)]
    return np.array(found, dtype=np.int64)


def find_first_hits(scores: Scores, relevant: Flags) -> npt.NDArray[np.int64]:
    """Give the rank, from 1, of the first relevant candidate of each row; 0 where there is none.

    What is out of the running has no rank, relevant or not. Shapes: (q,).
    """
    ranks = np.zeros(len(scores), dtype=np.int64)
    for place, (row, right) in enumerate(zip(scores, relevant, strict=True)):
        places = np.flatnonzero(right & np.isfinite(row))
        if places.size:
            best = row[places].max()
            first = places[np.argmax(row[places] == best)]
            before = np.count_nonzero(row > best) + np.count_nonzero(row[:first] == best)
            ranks[place] = before + 1
    return ranks


def precision_at(hits: npt.NDArray[np.integer], k: int) -> Scores:
    """Give precision at k of each query: hits among the first k, divided by k."""
    return np.asarray(hits, dtype=np.float64) / k


def reciprocal_rank(ranks: npt.NDArray[np.integer]) -> Scores:
    """Give 1 / rank of each query's first relevant answer; nought where there is none."""
    given = np.asarray(ranks, dtype=np.float64)
    return np.divide(1.0, given, out=np.zeros(given.size), where=given > 0)


def estimate_means(
    values: Scores, *, seed: int, samples: int = 2_000, level: float = 0.95
) -> tuple[Estimate, ...]:
    """Give the mean of each column with its interval, by drawing queries anew; one draw for all columns.

    A column that is the difference of two rankings on the same queries gives the paired interval of that
    difference. Shapes: values (q, m). Raises: ValueError without a query, or for a level outside 0..1.
    """
    if values.ndim != 2 or not len(values):
        raise ValueError("values must be queries by columns, with at least one query")
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    rng = np.random.default_rng(seed)
    size = len(values)
    drawn = np.empty((samples, values.shape[1]))
    at_once = max(1, _CELLS // size)
    for start in range(0, samples, at_once):
        some = min(at_once, samples - start)
        # How often each query is drawn is all that a mean needs; each sample counts in a row of its own.
        picked = rng.integers(0, size, (some, size)) + size * np.arange(some)[:, np.newaxis]
        times = np.bincount(picked.ravel(), minlength=some * size).reshape(some, size)
        # One by one: a product of matrices adds in another order for other numbers of them, and a mean
        # that lies on the edge between two printed ones would fall to either side.
        for place, row in enumerate(times.astype(np.float64), start):
            drawn[place] = row @ values / size
    bounds = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    means = values.mean(axis=0)
    return tuple(
        Estimate(float(mean), float(low), float(high), level)
        for mean, low, high in zip(means, *bounds, strict=True)
    )


def _pick_row(row: Scores, k: int) -> npt.NDArray[np.intp]:
    """Give the places of the best k of one row: all above the k-th score, then of its equals the first."""
    if row.size > k:
        limit = np.partition(row, row.size - k)[row.size - k]
        above = np.flatnonzero(row > limit)
        equal = np.flatnonzero(row == limit)[: k - above.size]
        head = np.concatenate((above, equal))
    else:
        head = np.arange(row.size)
    head = head[np.isfinite(row[head])]
    return head[np.lexsort((head, -row[head]))]
