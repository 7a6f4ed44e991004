"""How good chances are: precision, recall, F1, average precision, calibration, each with an interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
Drawn = NDArray[np.int64]

DRAWS = 1000
BINS = 10


@dataclass(frozen=True)
class Estimate:
    """A value, with the middle 95 % of what texts drawn anew give."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Write it as a table does."""
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def estimate(measure: Callable[[Drawn], float], texts: int) -> Estimate:
    """Give a measure over all texts, and over texts drawn anew."""
    rng = np.random.default_rng(6)
    drawn = np.array([measure(rng.integers(0, texts, texts)) for _ in range(DRAWS)])
    known = drawn[~np.isnan(drawn)]
    low, high = np.percentile(known, [2.5, 97.5]) if len(known) else (np.nan, np.nan)
    return Estimate(measure(np.arange(texts)), float(low), float(high))


def precision(truth: Truth, found: Truth) -> float:
    """Give which share of what was found is true."""
    return int((truth & found).sum()) / int(found.sum()) if found.any() else float("nan")


def recall(truth: Truth, found: Truth) -> float:
    """Give which share of what is true was found."""
    return int((truth & found).sum()) / int(truth.sum()) if truth.any() else float("nan")


def average_precision(truth: Truth, chance: Floats) -> float:
    """Give the mean precision at each true one, the likeliest first; ties keep their order."""
    if not truth.any():
        return float("nan")
    ranked = truth[np.argsort(-chance, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def reliability(
    truth: Truth, chance: Floats, weight: Floats | None = None
) -> list[tuple[float, float, float]]:
    """Give for ten equal steps of chance: the mean chance, the true share, the share of all in it."""
    often = np.ones(chance.shape) if weight is None else weight
    step = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    found = []
    for number in range(BINS):
        mine = step == number
        total = float(often[mine].sum())
        if total:
            found.append(
                (
                    float((often * chance)[mine].sum()) / total,
                    float((often * truth)[mine].sum()) / total,
                    total / float(often.sum()),
                )
            )
    return found


def calibration_error(truth: Truth, chance: Floats, weight: Floats | None = None) -> float:
    """Give the expected calibration error.

    Source: Naeini, Cooper & Hauskrecht (2015), AAAI: what the steps are apart, weighed by their size.
    """
    return sum(share * abs(said - true) for said, true, share in reliability(truth, chance, weight))
