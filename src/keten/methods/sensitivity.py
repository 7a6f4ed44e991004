"""Sensitivity: on which uncertain quantity a first place hangs, and what knowing it would be worth.

Axes: s samples, a alternatives. Both questions are answered from samples that are there already, by
looking at those in which the quantity is low, or high, apart: no model is run again.

Sources: Felli & Hazen (1998), Sensitivity analysis and the expected value of perfect information,
Medical Decision Making 18(1); Strong & Oakley (2013), An efficient method for computing single-parameter
partial expected value of perfect information, Medical Decision Making 33(6), for sorting and cutting up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Swing:
    """Who comes first most often where a quantity is low, and where it is high.

    `low_first_a` and `high_first_a`: shares of the first place in the lowest and highest part of the
    samples; `low_leader` and `high_leader` the alternative with the largest share there.
    """

    low_first_a: Floats
    high_first_a: Floats
    low_leader: int
    high_leader: int
    samples: int  # in each of the two parts

    def is_swung(self, leader: int, level: float = 0.95) -> bool:
        """Say whether another than `leader` comes first in either part, by more than chance.

        The difference of two shares of one sample has variance (p + q - (p - q)**2) / n.
        """
        z = float(ndtri((1 + level) / 2))
        for shares, first in (
            (self.low_first_a, self.low_leader),
            (self.high_first_a, self.high_leader),
        ):
            ahead = float(shares[first] - shares[leader])
            spread = float(shares[first] + shares[leader]) - ahead**2
            if ahead > z * np.sqrt(spread / self.samples):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing a quantity would add to the share of samples in which the one chosen comes first."""

    gain: float
    low: float
    high: float


def find_swing(first_sa: ArrayLike, quantity_s: ArrayLike, parts: int = 3) -> Swing:
    """Compare the lowest with the highest of `parts` equal parts of the samples, by the quantity.

    Shapes: (s, a) shares of the first place, (s,). Raises: ValueError.
    """
    first, order = _sort(first_sa, quantity_s, parts)
    cut = len(order) // parts
    low, high = first[order[:cut]].mean(axis=0), first[order[-cut:]].mean(axis=0)
    return Swing(low, high, int(low.argmax()), int(high.argmax()), cut)


def find_worth(
    first_sa: ArrayLike, quantity_s: ArrayLike, parts: int = 10, level: float = 0.95
) -> Worth:
    """Estimate by how much choosing after learning the quantity beats choosing now.

    The samples are sorted and cut into `parts`; in each part the one that leads there is chosen.
    Choosing and judging on the same samples would flatter: the odd ones choose, the even ones judge,
    so that the gain is that of a choice really made and may come out at zero or just below.
    Shapes: (s, a), (s,). Raises: ValueError.
    """
    first, order = _sort(first_sa, quantity_s, 4 * parts)
    choosing, judging = order[1::2], order[::2]
    now = int(first[choosing].mean(axis=0).argmax())
    gains: list[Floats] = []
    for mine, theirs in zip(
        np.array_split(choosing, parts), np.array_split(judging, parts), strict=True
    ):
        chosen = int(first[mine].mean(axis=0).argmax())
        gains.append(first[theirs, chosen] - first[theirs, now])
    gain = np.concatenate(gains)
    half = float(ndtri((1 + level) / 2) * gain.std() / np.sqrt(len(gain)))
    return Worth(float(gain.mean()), float(gain.mean()) - half, float(gain.mean()) + half)


def _sort(
    first_sa: ArrayLike, quantity_s: ArrayLike, fewest: int
) -> tuple[Floats, NDArray[np.intp]]:
    first, quantity = np.asarray(first_sa, np.float64), np.asarray(quantity_s, np.float64)
    if first.ndim != 2 or quantity.shape != (len(first),):
        raise ValueError("there is one value of the quantity for each sample")
    if len(first) < fewest:
        raise ValueError(f"{len(first)} samples are too few to be cut up")
    return first, np.argsort(quantity, kind="stable")
