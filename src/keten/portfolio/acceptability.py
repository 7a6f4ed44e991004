"""Weighs developments against each other: one draw of scores and weights, and all that is read off it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.methods.acceptability import (
    Acceptability,
    find_acceptability,
    find_first,
    find_partial_values,
    sample_interval,
)
from keten.methods.sensitivity import Swing, Worth, find_swing, find_worth
from keten.portfolio.definition import Portfolio
from keten.portfolio.weights import Weights, draw_weights

Floats = NDArray[np.float64]
SAMPLES: Final = 10_000
SEED: Final = 2001  # any would do; a fixed one gives the same figures each time


@dataclass(frozen=True, slots=True)
class About:
    """An uncertain quantity: the weight of a criterion, or a development's score on it."""

    criterion: str
    development: str = ""

    @property
    def name(self) -> str:
        """The quantity as a scope writes it: `weight.task` or `score.food2020.task`."""
        if self.development:
            return f"score.{self.development}.{self.criterion}"
        return f"weight.{self.criterion}"


@dataclass(frozen=True, slots=True)
class Hanging:
    """How a choice hangs on one quantity: who leads where it is low and high, and its worth."""

    about: About
    swing: Swing
    worth: Worth


@dataclass(frozen=True, slots=True)
class Weighing:
    """One draw, in the order of the portfolio's developments and criteria."""

    portfolio: Portfolio
    score_sac: Floats
    weight_sc: Floats
    first_sa: Floats
    found: Acceptability

    @property
    def leader(self) -> int:
        """The place of the development that comes first most often."""
        return int(self.found.rank_ar[:, 0].argmax())


def weigh(portfolio: Portfolio, weights: Weights) -> Weighing:
    """Draw scores between their bounds and weights as open as they are, and compare."""
    score_rng, weight_rng = (
        np.random.default_rng(part) for part in np.random.SeedSequence(SEED).spawn(2)
    )
    criteria = portfolio.criteria
    bounds = np.array(
        [[each.scores[c.criterion] for c in criteria] for each in portfolio.developments]
    )
    score = sample_interval(bounds[:, :, 0], bounds[:, :, 1], SAMPLES, score_rng)
    weight = draw_weights(weights, criteria, SAMPLES, weight_rng)
    partial = find_partial_values(score, [c.worst for c in criteria], [c.best for c in criteria])
    value = np.einsum("sac,sc->sa", partial, weight)
    return Weighing(
        portfolio, score, weight, find_first(value), find_acceptability(partial, weight)
    )


def list_quantities(weighing: Weighing) -> list[About]:
    """Give every weight, and every score that is not certain."""
    portfolio = weighing.portfolio
    weights = [
        About(c.criterion)
        for place, c in enumerate(portfolio.criteria)
        if np.ptp(weighing.weight_sc[:, place]) > 0
    ]
    scores = [
        About(c.criterion, each.development)
        for each in portfolio.developments
        for c in portfolio.criteria
        if each.scores[c.criterion][0] < each.scores[c.criterion][1]
    ]
    return [*weights, *scores]


def find_hanging(weighing: Weighing, about: About) -> Hanging:
    """Say how the choice hangs on one quantity."""
    quantity = _draws_of(weighing, about)
    return Hanging(
        about, find_swing(weighing.first_sa, quantity), find_worth(weighing.first_sa, quantity)
    )


def hangs(weighing: Weighing, hanging: Hanging) -> bool:
    """Say whether another leads where the quantity is low or high, by more than drawing errs."""
    return hanging.swing.is_swung(weighing.leader)


def _draws_of(weighing: Weighing, about: About) -> Floats:
    criteria = [c.criterion for c in weighing.portfolio.criteria]
    place = criteria.index(about.criterion)
    if not about.development:
        return weighing.weight_sc[:, place]
    names = [each.development for each in weighing.portfolio.developments]
    return weighing.score_sac[:, names.index(about.development), place]
