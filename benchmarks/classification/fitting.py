"""Fits one relation: weights that all entries share, a start and directions that are an entry's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from keten.evidence.technologies.features import FEATURES
from keten.evidence.technologies.model import Weights

Floats = NDArray[np.float64]

COMMON: Final = 8.0  # precision of the prior of what all entries have together
OWN: Final = 1.0  # of an entry's own intercept
OF_DIRECTIONS: Final = 0.25  # of what a direction of the space of texts adds to an entry
ARGUABLE: Final = 0.7  # how much a label counts that one could defend another for


@dataclass(frozen=True)
class Seen:
    """Read texts as they are judged: features (n x e x f), places (n x d), levels, which are arguable."""

    features: Floats
    places: Floats
    levels: NDArray[np.int64]
    arguable: NDArray[np.bool_]

    def only(self, rows: NDArray[np.bool_]) -> Seen:
        """Give some texts."""
        return Seen(self.features[rows], self.places[rows], self.levels[rows], self.arguable[rows])


@dataclass(frozen=True)
class Fitted:
    """What was fitted of one relation: weights of features, and of directions (d x e)."""

    weights: Weights
    directions: Floats

    def add(self, features: Floats, places: Floats, names: Sequence[str]) -> Floats:
        """Give log-odds (n x e)."""
        return np.asarray(self.weights.add(features, names) + places @ self.directions, np.float64)


def fit(
    views: Sequence[Seen], level: int, names: Sequence[str], muted: Sequence[str] = ()
) -> Fitted:
    """Give what the same texts, seen in one or more ways, teach of a relation; together they count once."""
    features = np.concatenate([view.features for view in views])
    places = np.concatenate([view.places for view in views])
    outcome = np.concatenate([view.levels >= level for view in views]).astype(np.float64)
    arguable = np.concatenate([view.arguable for view in views])
    flat = features.reshape(-1, features.shape[-1])
    mean, spread = flat.mean(axis=0), flat.std(axis=0) + 1e-9
    scaled = (features - mean) / spread
    scaled[..., [FEATURES.index(name) for name in muted]] = 0.0
    counts = np.where(arguable, ARGUABLE, 1.0) / len(views)
    width, entries, deep = features.shape[-1] + 1, len(names), places.shape[1]
    prior = np.r_[
        0.0, np.full(width - 1, COMMON), np.full(entries, OWN),
        np.full(deep * entries, OF_DIRECTIONS),
    ]  # fmt: skip
    till = width + entries

    def loss(values: Floats) -> tuple[float, Floats]:
        own = values[till:].reshape(deep, entries)
        odds = scaled @ values[1:width] + values[0] + values[width:till] + places @ own
        value = (counts * (np.logaddexp(0, odds) - outcome * odds)).sum()
        slope = counts * (expit(odds) - outcome)
        gradient = np.r_[
            slope.sum(), np.einsum("ne,nef->f", slope, scaled), slope.sum(axis=0),
            (places.T @ slope).ravel(),
        ]  # fmt: skip
        return float(value + 0.5 * (prior * values**2).sum()), gradient + prior * values

    found = minimize(
        loss, np.zeros(len(prior)), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    ).x
    plain = found[1:width] / spread
    return Fitted(
        Weights(
            np.r_[found[0] - (plain * mean).sum(), plain],
            {name: float(found[width + place]) for place, name in enumerate(names)},
        ),
        found[till:].reshape(deep, entries),
    )
