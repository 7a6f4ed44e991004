"""The model: what each feature adds to the log-odds that a document is about an entry, or develops it.

All entries share their weights; an entry has a start of its own. Weights of its own were tried and given
up: held out, they made all worse. They were fitted on the half of the read sample that is to tune on
(`python -m benchmarks.classification tune`). `alone` weighs what was counted; `whole`
also what all words of the text say (`texts`) and which way they lean (`leaning`), and is used where there
are texts enough.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from keten.errors import BuildError
from keten.evidence.technologies.features import FEATURES
from keten.evidence.technologies.leaning import Leaning, read_leaning

Floats = NDArray[np.float64]

RELATIONS: Final = ("about", "develops")  # develops or applies; develops
WORDS: Final = ("text_about", "text_develops")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one model and relation: intercept first; `own` is what an entry adds to the intercept."""

    common: Floats
    own: dict[str, float]

    def add(self, features: Floats, entries: Sequence[str]) -> Floats:
        """Give log-odds (documents x entries); an entry that is not known adds nothing of its own."""
        own = np.array([self.own.get(entry, 0.0) for entry in entries])
        return np.asarray(features @ self.common[1:] + self.common[0] + own, np.float64)


@dataclass(frozen=True, slots=True)
class Model:
    """All weights, and from which probability on a label is given (for each relation), and is sure."""

    alone: dict[str, Weights]
    whole: dict[str, Weights]
    given: tuple[float, float]
    sure: float
    version: str
    leaning: Leaning | None = None

    def weigh(self, features: Floats, entries: Sequence[str], said: Floats | None = None) -> Floats:
        """Give log-odds (documents x entries x `RELATIONS`) of features (documents x entries x features).

        `said` (documents x entries x `RELATIONS`): the log-odds that the words of the text give. Which way
        words lean is to be added.
        """
        weights = self.alone if said is None else self.whole
        whole = features if said is None else np.concatenate([features, said], axis=-1)
        return np.stack([weights[relation].add(whole, entries) for relation in RELATIONS], axis=-1)


def chances(odds: Floats) -> Floats:
    """Give probabilities of log-odds; who develops a thing is about it."""
    found = np.asarray(expit(odds), np.float64)
    found[..., 1] = np.minimum(found[..., 1], found[..., 0])
    return found


def read_model() -> Model:
    """Give the model that the product ships with; raises BuildError when it fits other features."""
    value = json.loads(
        files("keten.evidence.technologies").joinpath("weights.json").read_text(encoding="utf-8")
    )
    if value["features"] != [*FEATURES, *WORDS]:
        raise BuildError(
            "The weights of technologies are of other features.",
            "Fit them anew: python -m benchmarks.classification tune",
        )
    return Model(
        _read(value["alone"]),
        _read(value["whole"]),
        (float(value["given"][0]), float(value["given"][1])),
        float(value["sure"]),
        str(value["version"]),
        read_leaning(str(value["words"])),
    )


def _read(value: dict[str, Any]) -> dict[str, Weights]:
    return {
        relation: Weights(
            np.array(value[relation]["common"], np.float64),
            {entry: float(own) for entry, own in value[relation]["own"].items()},
        )
        for relation in RELATIONS
    }
