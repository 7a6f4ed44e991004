"""`python -m benchmarks.classification tune`: fits the weights that the product ships with.

Nothing but the half to tune on is read. What is reported here is cross-validated within that half, and
flatters: the words of the mapping were chosen with it in view. The other half says how good it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from benchmarks.classification.agreement import f1
from benchmarks.classification.documents import read_entries
from benchmarks.classification.readings import Readings
from keten.evidence.technologies.features import FEATURES, make_features
from keten.evidence.technologies.model import RELATIONS, WORDS, Model, Weights, chances
from keten.evidence.technologies.signals import Document, count_signals
from keten.evidence.technologies.texts import hear_texts, weigh_texts

Floats = NDArray[np.float64]

COMMON: Final = 3.0  # precision of the prior of what all entries have together
OWN: Final = 60.0  # of what an entry has of its own
OWN_START: Final = 1.0  # of an entry's own intercept
ARGUABLE: Final = 0.7  # how much a label counts that one could defend another for
FOLDS: Final = 10
SURE: Final = 0.95  # the precision that a sure label owes


def fit_model(
    documents: Sequence[Document], truth: Readings, *, folds: int = FOLDS
) -> tuple[Model, Floats]:
    """Give the model of a half, and the chances of its texts by cross-validation.

    `documents` are all projects; `truth` of some of them.
    """
    entries = read_entries()
    names = [entry.entry for entry in entries]
    told = [document for document in documents if document.has_text]
    signals = count_signals(entries, told)
    features = make_features(signals.counts)
    place = {document.key: row for row, document in enumerate(told)}
    rows = np.array([place[f"he-{key}"] for key in truth.keys])
    alone = {
        relation: fit(features, rows, truth, level, names)
        for level, relation in enumerate(RELATIONS, start=1)
    }
    model = Model(alone, {}, (0.5, 0.5), 1.0, "")
    thought = chances(model.weigh(features, names))
    terms = weigh_texts(signals.titles, signals.summaries)
    heard = hear_texts(terms.weights, [each.key for each in told], thought, np.ones(thought.shape))
    whole_features = np.concatenate([features, heard], axis=-1)
    whole = {
        relation: fit(whole_features, rows, truth, level, names)
        for level, relation in enumerate(RELATIONS, start=1)
    }
    fold = np.random.default_rng(6).permutation(len(rows)) % folds
    found = np.zeros((*truth.levels.shape, 2))
    for number in range(folds):
        learns, asked = fold != number, fold == number
        part = Readings(
            tuple(np.array(truth.keys)[learns]), truth.subjects, truth.levels[learns],
            truth.arguable[learns],
        )  # fmt: skip
        some = {
            relation: fit(whole_features, rows[learns], part, level, names)
            for level, relation in enumerate(RELATIONS, start=1)
        }
        odds = Model(some, some, (0.5, 0.5), 1.0, "").weigh(
            features[rows[asked]], names, heard[rows[asked]]
        )
        found[asked] = chances(odds)
    return Model(alone, whole, _given(found, truth), _sure(found, truth), ""), found


def fit(
    features: Floats, rows: NDArray[np.int64], truth: Readings, level: int, names: Sequence[str]
) -> Weights:
    """Give the weights of one relation: those of all entries, and each entry's own beside them."""
    flat = features.reshape(-1, features.shape[-1])
    mean, spread = flat.mean(axis=0), flat.std(axis=0) + 1e-9
    scaled = (features[rows] - mean) / spread
    columns = [truth.subjects.index(name) for name in names]
    outcome = (truth.levels[:, columns] >= level).astype(np.float64)
    counts = np.where(truth.arguable[:, columns], ARGUABLE, 1.0)
    width = features.shape[-1] + 1
    design = np.concatenate([np.ones((*scaled.shape[:2], 1)), scaled], axis=-1)
    common_prior = np.r_[0.0, np.full(width - 1, COMMON)]
    own_prior = np.r_[OWN_START, np.full(width - 1, OWN)]

    def loss(values: Floats) -> tuple[float, Floats]:
        common, own = values[:width], values[width:].reshape(len(names), width)
        odds = (design * (common + own)).sum(axis=-1)
        value = (counts * (np.logaddexp(0, odds) - outcome * odds)).sum()
        slope = (counts * (expit(odds) - outcome))[..., None] * design
        gradient = np.concatenate(
            [
                slope.sum(axis=(0, 1)) + common_prior * common,
                (slope.sum(axis=0) + own_prior * own).ravel(),
            ]
        )
        value += 0.5 * (common_prior * common**2).sum() + 0.5 * (own_prior * own**2).sum()
        return float(value), gradient

    found = minimize(
        loss, np.zeros(width * (len(names) + 1)), jac=True, method="L-BFGS-B",
        options={"maxiter": 500},
    ).x  # fmt: skip
    common = _unscaled(found[:width], mean, spread)
    own = found[width:].reshape(len(names), width)
    return Weights(common, {name: _unscaled(own[k], mean, spread) for k, name in enumerate(names)})


def write_model(model: Model, path: Path, version: str) -> None:
    """Write the weights as the product reads them."""
    value = {
        "version": version,
        "features": [*FEATURES, *WORDS],
        "given": list(model.given),
        "sure": model.sure,
        **{
            name: {
                relation: {
                    "common": _plain(weights.common),
                    "own": {entry: _plain(own) for entry, own in weights.own.items()},
                }
                for relation, weights in part.items()
            }
            for name, part in (("alone", model.alone), ("whole", model.whole))
        },
    }
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def _unscaled(weights: Floats, mean: Floats, spread: Floats) -> Floats:
    plain = weights[1:] / spread
    return np.r_[weights[0] - (plain * mean).sum(), plain]


def _plain(values: Floats) -> list[float]:
    return [round(float(value), 5) for value in values]


def _sure(found: Floats, truth: Readings) -> float:
    """Give the lowest chance (of .5 and up, by hundredths) above which labels are precise enough."""
    for hundredth in range(50, 100):
        is_in = found[..., 0] >= hundredth / 100
        right = int((is_in & (truth.levels >= 1)).sum())
        if is_in.any() and right / int(is_in.sum()) >= SURE:
            return hundredth / 100
    return 0.99


def _given(found: Floats, truth: Readings) -> tuple[float, float]:
    """Give for each relation the chance (by hundredths) above which labels have the best F1."""
    best = []
    for level in (1, 2):
        is_so = truth.levels >= level
        scores = {
            hundredth: f1(is_so, found[..., level - 1] >= hundredth / 100)
            for hundredth in range(25, 66)
        }
        # The middle of those as good as the best: one text more or less should not decide.
        near = [each for each, score in scores.items() if score >= max(scores.values()) - 0.005]
        best.append(near[len(near) // 2] / 100)
    return best[0], best[1]
