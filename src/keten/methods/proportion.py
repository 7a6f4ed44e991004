"""A share of a sample, and between which bounds the true share may lie."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]


def find_wilson_interval(
    seen: ArrayLike, of: ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Give the lower and upper bound of the shares `seen / of` (Wilson's score interval).

    Stays within 0..1 and keeps its level on small numbers, also at none and all. `seen` may be
    fractional, where ties were split.
    Shapes: `seen` and `of` of one shape, or broadcast; both bounds have it. Missing: nan where `of`
    is 0. Raises: ValueError where not 0 <= seen <= of, or the level is not between 0 and 1.
    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22(158).
    """
    x, n = np.broadcast_arrays(np.asarray(seen, np.float64), np.asarray(of, np.float64))
    if not 0 < level < 1:
        raise ValueError(f"a level of confidence lies between 0 and 1, and {level} does not")
    if np.any(x < -1e-9) or np.any(x > n + 1e-9):
        raise ValueError("what was seen is never below none nor above all")
    z = float(ndtri((1 + level) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / n
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
