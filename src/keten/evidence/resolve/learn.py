"""Learn: lets what people ruled move the weights, as far as the evidence behind each weight allows.

A ruling on two units that were compared is an observation: these levels, and they are one, or not. The
weights in force are those with the highest posterior, the shipped weights being what was believed
before. How firmly follows from what they were fitted on: where much was seen they yield little, and where
hardly anything was seen, a handful of rulings decides. So twenty corrections of one kind change what is
proposed of that kind, and hardly anything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.evidence.resolve.weights import Model
from keten.methods.logistic import fit_levels

Ints = NDArray[np.int64]

RULING_COUNTS: Final = 3.0  # observations: a person looked
LEAST_PRECISION: Final = 6.0  # of the prior, where nothing was seen of a weight


@dataclass(frozen=True, slots=True)
class Ruled:
    """A pair that people ruled on: the numbers of the weights that apply, and whether it is one."""

    numbers: tuple[int, ...]
    is_one: bool


def learn(model: Model, ruled: Iterable[Ruled]) -> Model:
    """Give the model after the rulings; the order of the rulings makes no difference."""
    told = sorted(ruled, key=lambda pair: (pair.numbers, pair.is_one))
    if not told:
        return model
    second = fit_levels(
        np.array([pair.numbers for pair in told], np.int64),
        np.array([pair.is_one for pair in told], np.float64),
        model.second,
        model.information + LEAST_PRECISION * np.eye(len(model.second)),
        counts=np.full(len(told), RULING_COUNTS),
    )
    return replace(model, second=np.asarray(np.round(second, 6)))
