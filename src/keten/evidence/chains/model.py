"""The model: what each feature adds to the log-odds that a project is about a chain that it matched.

One set of weights for all chains, so that it holds for a chain that nobody read. They were fitted on the
half of the read projects that is to tune on (`python -m benchmarks.classification tune-chains`).
"""

import json
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from keten.errors import BuildError
from keten.evidence.chains.features import FEATURES

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChainModel:
    """Weights, intercept first; from which probability on a label is given, and is sure."""

    weights: Floats
    given: float
    sure: float
    version: str

    def chance(self, features: Floats) -> Floats:
        """Give probabilities (...) of features (... x `FEATURES`)."""
        return np.asarray(expit(features @ self.weights[1:] + self.weights[0]), np.float64)

    def tier(self, chance: float) -> str:
        """Give how sure a probability is."""
        return "sure" if chance >= self.sure else "likely" if chance >= self.given else "perhaps"


def read_model() -> ChainModel:
    """Give the model that the product ships with; raises BuildError when it fits other features."""
    value = json.loads(
        files("keten.evidence.chains").joinpath("weights.json").read_text(encoding="utf-8")
    )
    if value["features"] != list(FEATURES):
        raise BuildError(
            "The weights of chains are of other features.",
            "Fit them anew: python -m benchmarks.classification tune-chains",
        )
    return ChainModel(
        np.array(value["weights"], np.float64),
        float(value["given"]),
        float(value["sure"]),
        str(value["version"]),
    )
