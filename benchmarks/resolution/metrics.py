"""Counts how well links agree with the truth: precision, recall, F1, B-cubed, and their intervals.

Links are arrays of (row on the left, row on the right) with a score. What is counted is counted for
each *query*, a row on the left that is asked about; a bootstrap draws queries, with all their links
(a cluster bootstrap), so that intervals allow for links that stand or fall together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DRAWS: Final = 1000
SEED: Final = 20261122


@dataclass(frozen=True)
class Links:
    """Proposed links; `left` and `right` are row numbers, `score` the higher the likelier."""

    left: Ints
    right: Ints
    score: Floats

    def chosen(self, flags: Flags) -> Links:
        """Give the links that are flagged."""
        return Links(self.left[flags], self.right[flags], self.score[flags])

    def above(self, threshold: float) -> Links:
        """Give the links with at least this score."""
        return self.chosen(self.score >= threshold)

    def asked(self, queries: Flags) -> Links:
        """Give the links of the rows asked about; `queries` flags rows on the left."""
        return self.chosen(queries[self.left])


@dataclass(frozen=True)
class Estimate:
    """A value, with the interval that holds 95 % of the bootstrap's draws."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Write it as a line of a report does."""
        return f"{self.value:.4f} ({self.low:.4f} to {self.high:.4f})"


@dataclass(frozen=True)
class Curve:
    """Precision, recall and F1 at every threshold that changes them, from the highest down."""

    threshold: Floats
    precision: Floats
    recall: Floats
    f1: Floats


def link_one_to_one(links: Links) -> Links:
    """Keep the best link of every row on either side: two keys of one register are never joined.

    Best first, ties by row; a link is kept when neither of its rows has one yet.
    """
    order = np.lexsort((links.right, links.left, -links.score))
    lefts: set[int] = set()
    rights: set[int] = set()
    kept = np.zeros(len(order), np.bool_)
    pairs = zip(links.left[order].tolist(), links.right[order].tolist(), strict=True)
    for at, (left, right) in enumerate(pairs):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            kept[at] = True
    return links.chosen(np.sort(order[kept]))


def link_left_once(links: Links) -> Links:
    """Keep the best link of every row on the left: rows on the right may have several."""
    order = np.lexsort((links.right, -links.score, links.left))
    lefts = links.left[order]
    first = np.append(True, lefts[1:] != lefts[:-1])[: len(order)]
    return links.chosen(np.sort(order[first]))


def find_hits(links: Links, truth: Ints) -> Flags:
    """Say for each link whether it is a pair of the truth; `truth` has pairs by (left, right)."""
    width = int(max(links.right.max(initial=0), truth[:, 1].max(initial=0))) + 1
    return np.isin(links.left * width + links.right, truth[:, 0] * width + truth[:, 1])


def count(links: Links, truth: Ints, queries: Flags) -> Floats:
    """Count for each query: links right, links proposed, links there are. Shape (queries, 3)."""
    links = links.asked(queries)
    hits = find_hits(links, truth)
    size = len(queries)
    right = np.bincount(links.left[hits], minlength=size)
    proposed = np.bincount(links.left, minlength=size)
    there = np.bincount(truth[:, 0], minlength=size)
    return np.column_stack([right, proposed, there])[queries].astype(np.float64)


def rate(counts: Floats) -> Floats:
    """Give precision, recall and F1 of counts (..., 3); nothing proposed is a precision of 1."""
    right, proposed, there = counts[..., 0], counts[..., 1], counts[..., 2]
    one = np.ones_like(right)
    precision = np.divide(right, proposed, out=one.copy(), where=proposed > 0)
    recall = np.divide(right, there, out=one.copy(), where=there > 0)
    f1 = np.divide(2 * right, proposed + there, out=one.copy(), where=proposed + there > 0)
    return np.stack([precision, recall, f1], axis=-1)


def trace_curve(links: Links, truth: Ints, queries: Flags) -> Curve:
    """Give precision, recall and F1 of `links.above(t)` for every score t that occurs."""
    links = links.asked(queries)
    order = np.argsort(-links.score, kind="stable")
    score = links.score[order]
    right = np.cumsum(find_hits(links, truth)[order]).astype(np.float64)
    proposed = np.arange(1, len(order) + 1, dtype=np.float64)
    there = np.full(len(order), float(queries[truth[:, 0]].sum()))
    last = np.append(score[1:] != score[:-1], True)[: len(order)]
    rates = rate(np.column_stack([right, proposed, there])[last])
    return Curve(score[last], rates[:, 0], rates[:, 1], rates[:, 2])


def best_threshold(curve: Curve) -> float:
    """Give the threshold with the highest F1; of equals the highest."""
    return float(curve.threshold[np.argmax(curve.f1)])


def score_bcubed(links: Links, truth: Ints, queries: Flags, rights: int) -> Floats:
    """Give for each query B-cubed precision and recall of its cluster. Shape (queries, 2).

    Clusters are the rows that links, or pairs of the truth, join by any number of steps. All rows of
    both sides count as members: `rights` is how many there are on the right.
    Source: Bagga and Baldwin 1998, with every query of equal weight.
    """
    lefts = len(queries)
    ours = _label(lefts, rights, links.left, links.right)
    theirs = _label(lefts, rights, truth[:, 0], truth[:, 1])
    both = ours.astype(np.int64) * (lefts + rights) + theirs
    _, inverse, sizes = np.unique(both, return_inverse=True, return_counts=True)
    shared = sizes[inverse].astype(np.float64)
    precision = shared / np.bincount(ours)[ours]
    recall = shared / np.bincount(theirs)[theirs]
    return np.column_stack([precision, recall])[:lefts][queries]


def rate_bcubed(sums: Floats, queries: int) -> Floats:
    """Give B-cubed precision, recall and F1 from sums over queries (..., 2)."""
    precision, recall = sums[..., 0] / queries, sums[..., 1] / queries
    return np.stack([precision, recall, 2 * precision * recall / (precision + recall)], axis=-1)


def draw_sums(rows: Floats, seed: int = SEED, draws: int = DRAWS) -> Floats:
    """Draw queries with replacement, as many as there are; give the sums of their rows by draw.

    Equal rows are drawn as one kind (a multinomial over kinds), which is the same and quick.
    Shapes: rows (queries, k), result (draws, k).
    """
    kinds, counts = np.unique(rows, axis=0, return_counts=True)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(counts.sum(), counts / counts.sum(), size=draws)
    return np.asarray(drawn @ kinds, np.float64)


def estimate(value: float, draws: Floats) -> Estimate:
    """Give a value with the interval between the 2.5th and 97.5th percentile of its draws."""
    low, high = np.percentile(draws, [2.5, 97.5])
    return Estimate(float(value), float(low), float(high))


def estimate_rates(counts: Floats) -> tuple[Estimate, Estimate, Estimate]:
    """Give precision, recall and F1 of counts by query (queries, 3), with intervals."""
    values, draws = rate(counts.sum(axis=0)), rate(draw_sums(counts))
    return (
        estimate(values[0], draws[:, 0]),
        estimate(values[1], draws[:, 1]),
        estimate(values[2], draws[:, 2]),
    )


def estimate_gain(ours: Floats, theirs: Floats) -> Estimate:
    """Give how much higher F1 is with our counts than with theirs, of the same drawn queries."""
    drawn = draw_sums(np.hstack([ours, theirs]))
    value = rate(ours.sum(axis=0))[2] - rate(theirs.sum(axis=0))[2]
    return estimate(value, rate(drawn[:, :3])[:, 2] - rate(drawn[:, 3:])[:, 2])


def estimate_bcubed(scores: Floats) -> Estimate:
    """Give B-cubed F1 of scores by query (queries, 2), with its interval."""
    queries = len(scores)
    draws = rate_bcubed(draw_sums(scores), queries)[:, 2]
    return estimate(float(rate_bcubed(scores.sum(axis=0), queries)[2]), draws)


def _label(lefts: int, rights: int, left: Ints, right: Ints) -> Ints:
    """Number the connected rows; rows on the right come after those on the left."""

    size = lefts + rights
    graph = coo_array((np.ones(len(left), np.int8), (left, right + lefts)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)
