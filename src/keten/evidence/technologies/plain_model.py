"""A model with one set of weights for all subjects, for where little was read: chains, and Dutch texts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from keten.errors import BuildError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlainModel:
    """Weights, intercept first; from which probability on a label is given, and is sure."""

    weights: Floats
    given: float
    sure: float
    version: str

    def chance(self, features: Floats) -> Floats:
        """Give probabilities (...) of features (... x weights - 1)."""
        return np.asarray(expit(features @ self.weights[1:] + self.weights[0]), np.float64)

    def tier(self, chance: float) -> str:
        """Give how sure a probability is."""
        return "sure" if chance >= self.sure else "likely" if chance >= self.given else "perhaps"


def read_plain_model(package: str, name: str, features: Sequence[str], again: str) -> PlainModel:
    """Give a model that the product ships with; raises BuildError when it fits other features.

    `again`: what to run to fit it anew.
    """
    value = json.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    if value["features"] != list(features):
        raise BuildError(f"The weights in {name} are of other features.", f"Fit them anew: {again}")
    return PlainModel(
        np.array(value["weights"], np.float64),
        float(value["given"]),
        float(value["sure"]),
        str(value["version"]),
    )
