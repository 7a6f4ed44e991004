"""Cross-over: whether two fields meet as often as they should, in a set of projects.

Of `total` projects, `first` carry the one field, `second` the other and `together` both. With these
margins held, the number that carry both is hypergeometric when the fields have nothing to do with each
other, and Fisher's noncentral hypergeometric when they attract (odds above 1) or avoid each other. So a
region can be held against its own margins (odds 1), and against how the fields meet elsewhere (the odds
found there). Everything is symmetric in the two fields.

Regions differ from each other by more than chance: in each the odds lie somewhere around those elsewhere.
How far is fitted over many regions and many pairs, so that "fewer than expected" is said only of what is
rare among regions too (an empirical null, Efron 2004).

Sources: Fisher (1935), The logic of inductive inference, Journal of the Royal Statistical Society 98(1);
Lancaster (1961), Significance tests in discrete distributions, JASA 56(294), for the mid-P;
Haldane (1956) and Anscombe (1956) for the halves added to an odds ratio; Benjamini & Hochberg (1995),
Controlling the false discovery rate, Journal of the Royal Statistical Society B 57(1); Efron (2004),
Large-scale simultaneous hypothesis testing: the choice of a null hypothesis, JASA 99(465).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, minimize
from scipy.special import gammaln

Floats = NDArray[np.float64]

_WIDEST = 30.0  # the logarithm of odds beyond which nothing can be told apart


@dataclass(frozen=True, slots=True)
class Meeting:
    """How often two fields meet in a set of projects: four counts, which must fit each other."""

    together: int
    first: int
    second: int
    total: int

    def __post_init__(self) -> None:
        """Raise ValueError for counts that no set of projects can have."""
        low, high = self.bounds
        if not (min(self.first, self.second) >= 0 and low <= self.together <= high):
            raise ValueError(
                f"{self.together} together does not fit {self.first} and {self.second} of {self.total}"
            )
        if max(self.first, self.second) > self.total:
            raise ValueError(f"{self.first} or {self.second} is more than all {self.total}")

    @property
    def bounds(self) -> tuple[int, int]:
        """Give the fewest and the most that can carry both fields."""
        return max(0, self.first + self.second - self.total), min(self.first, self.second)

    def without(self, part: "Meeting") -> "Meeting":
        """Give the counts of the projects that are not in `part`."""
        return Meeting(
            self.together - part.together,
            self.first - part.first,
            self.second - part.second,
            self.total - part.total,
        )


@dataclass(frozen=True, slots=True)
class Background:
    """How the log odds in a region lie around those elsewhere: normal, by `shift` and `spread`."""

    shift: float = 0.0
    spread: float = 0.0


def find_ratio(meeting: Meeting) -> float:
    """Give observed / expected when the fields have nothing to do with each other; nan without margins."""
    expected = expect_together(meeting)
    return meeting.together / expected if expected else float("nan")


def find_odds(meeting: Meeting) -> float:
    """Give the odds ratio of the two by two table, a half added to each cell so that none is empty."""
    both = meeting.together
    neither = meeting.total - meeting.first - meeting.second + both
    cells = (both, neither, meeting.first - both, meeting.second - both)
    a, d, b, c = (cell + 0.5 for cell in cells)
    return a * d / (b * c)


def expect_together(meeting: Meeting, odds: float = 1.0) -> float:
    """Give how many would carry both fields, with these margins, at these odds.

    Raises: ValueError for odds that are not positive.
    """
    if meeting.total == 0:
        return 0.0
    if odds == 1.0:
        return meeting.first * meeting.second / meeting.total
    counts, chance = _spread(meeting, odds)
    return float(counts @ chance)


def chance_of_so_few(
    meeting: Meeting, odds: float = 1.0, background: Background = Background()
) -> float:
    """Give the probability of so few together or fewer at these odds, the count itself for half (mid-P).

    With a background it is the mean over the odds that a region may have.
    """
    if not odds > 0:
        raise ValueError(f"odds are positive, not {odds}")
    counts, weight = _weigh(meeting)
    half = (counts < meeting.together) + (counts == meeting.together) / 2
    # Without a spread all nodes are one.
    nodes, shares = (_NODES, _SHARES) if background.spread else (_CENTRE, _WHOLE)
    at = np.log(odds) + background.shift + background.spread * nodes
    return float(np.clip(shares @ (_spread_at(counts, weight, at) @ half), 0, 1))


def fit_background(meetings: Sequence[Meeting], odds: Sequence[float]) -> Background:
    """Fit how odds in regions lie around those elsewhere, from many pairs in many regions.

    The two parameters of greatest likelihood, each count being noncentral hypergeometric at odds drawn for
    it. Shapes: as many meetings as odds. Raises: ValueError when there are none.
    """
    if not meetings or len(meetings) != len(odds):
        raise ValueError("meetings are needed, and odds for each")
    bounds = [meeting.bounds for meeting in meetings]
    widest = max(high - low for low, high in bounds) + 1
    counts = np.array([low for low, _ in bounds], np.float64)[:, None] + np.arange(widest)
    weights = np.full(counts.shape, -np.inf)
    for row, meeting in enumerate(meetings):
        known, weight = _weigh(meeting)
        weights[row, : len(known)] = weight
    found = np.array([meeting.together for meeting in meetings], np.float64)
    rows, place = np.arange(len(meetings)), (found - counts[:, 0]).astype(int)
    log_odds = np.log(np.asarray(odds, np.float64))

    def lose(at: Floats) -> float:
        shift, spread = at[0], np.exp(at[1])
        likelihood = np.zeros(len(meetings))
        for node, share in zip(_NODES, _SHARES, strict=True):
            tilted = weights + counts * (log_odds + shift + spread * node)[:, None]
            chance = np.exp(tilted - tilted.max(axis=1)[:, None])
            likelihood += share * chance[rows, place] / chance.sum(axis=1)
        return -float(np.log(np.maximum(likelihood, 1e-300)).sum())

    solved = minimize(
        lose,
        np.array([0.0, np.log(0.3)]),
        method="L-BFGS-B",
        bounds=[(-3.0, 3.0), (np.log(1e-2), np.log(3.0))],
    )
    return Background(float(solved.x[0]), float(np.exp(solved.x[1])))


def find_interval(meeting: Meeting, level: float = 0.95) -> tuple[float, float]:
    """Give the interval of how many carry both, as the margins and the count found allow.

    Those odds at which the count found is no surprise (mid-P on either side), turned into counts by
    `expect_together`; divided by an expectation they bound a ratio. Raises: ValueError for a wrong level.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not at {level}")
    tail = (1 - level) / 2
    low, high = meeting.bounds
    found = meeting.together

    def so_few(log_odds: float) -> float:
        return chance_of_so_few(meeting, float(np.exp(log_odds)))

    def solve(aim: float) -> float:
        at = brentq(lambda log_odds: so_few(log_odds) - aim, -_WIDEST, _WIDEST)
        return expect_together(meeting, float(np.exp(at)))

    lowest = float(low) if found == low else solve(1 - tail)
    highest = float(high) if found == high else solve(tail)
    return lowest, highest


def control_false_discoveries(chances: ArrayLike, rate: float = 0.1) -> NDArray[np.bool_]:
    """Say which tests hold so that of those that do no more than `rate` is expected to be by chance.

    Shapes: chances (tests,), each 0..1; the same back. Source: Benjamini & Hochberg 1995.
    """
    p: Floats = np.asarray(chances, np.float64)
    if p.ndim != 1 or np.any((p < 0) | (p > 1) | np.isnan(p)):
        raise ValueError("probabilities lie between 0 and 1, in one row")
    if not len(p):
        return np.zeros(0, np.bool_)
    ordered = np.sort(p)
    passes = np.flatnonzero(ordered <= rate * np.arange(1, len(p) + 1) / len(p))
    bound = ordered[passes[-1]] if len(passes) else -1.0
    return np.asarray(p <= bound)


# Nodes and shares that stand for a normal distribution (Gauss and Hermite).
_NODES, _SHARES = (np.asarray(each) for each in np.polynomial.hermite_e.hermegauss(9))
_SHARES = _SHARES / _SHARES.sum()
_CENTRE, _WHOLE = np.zeros(1), np.ones(1)


def _spread(meeting: Meeting, odds: float) -> tuple[Floats, Floats]:
    """Give the counts that can be, and the chance of each (Fisher's noncentral hypergeometric)."""
    if not odds > 0:
        raise ValueError(f"odds are positive, not {odds}")
    counts, weight = _weigh(meeting)
    return counts, _spread_at(counts, weight, np.log([odds]))[0]


@lru_cache(maxsize=256)  # a search for the bounds of an interval asks it again and again
def _weigh(meeting: Meeting) -> tuple[Floats, Floats]:
    """Give the counts that can be, and the logarithm of their weight when the odds are 1."""
    low, high = meeting.bounds
    counts = np.arange(low, high + 1, dtype=np.float64)
    weight = _log_choose(meeting.first, counts) + _log_choose(
        meeting.total - meeting.first, meeting.second - counts
    )
    counts.flags.writeable = weight.flags.writeable = False
    return counts, weight


def _spread_at(counts: Floats, weight: Floats, log_odds: Floats) -> Floats:
    """Give the chance of each count at each of these odds: (odds, counts)."""
    tilted = weight + np.outer(log_odds, counts)
    chance = np.exp(tilted - tilted.max(axis=1)[:, None])
    found: Floats = chance / chance.sum(axis=1)[:, None]
    return found


def _log_choose(of: int, some: Floats) -> Floats:
    chosen: Floats = gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1)
    return chosen
