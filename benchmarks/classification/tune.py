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

from benchmarks.classification.agreement import macro, micro
from benchmarks.classification.documents import read_entries
from benchmarks.classification.readings import Readings
from keten.evidence.technologies.features import FEATURES, make_features
from keten.evidence.technologies.model import RELATIONS, WORDS, Model, Weights, chances
from keten.evidence.technologies.signals import Document, count_signals
from keten.evidence.technologies.texts import hear_texts, weigh_texts
from keten.methods.proportion import find_wilson_interval

Floats = NDArray[np.float64]

COMMON: Final = 10.0  # precision of the prior of what all entries have together
OWN: Final = 1.0  # of an entry's own intercept
# What says nothing of whether a text is about something at all: whether it is made or used there, and what
# stands after the characters that readers saw. Topics and parts of programmes say nothing beside a text.
MUTED: Final = (
    "making", "using", "beyond_names", "beyond_means", "topic_names", "topic_means", "topic", "part",
)  # fmt: skip
ARGUABLE: Final = 0.7  # how much a label counts that one could defend another for
FOLDS: Final = 10
SURE: Final = 0.95  # the precision that a sure label owes
_ONE_ERROR: Final = 0.683  # the level of an interval one standard error wide on either side


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
    alone = _fit_both(features, rows, truth, names)
    model = Model(alone, {}, (0.5, 0.5), 1.0, "")
    thought = chances(model.weigh(features, names))
    terms = weigh_texts(signals.titles, signals.summaries)
    heard = hear_texts(terms.weights, [each.key for each in told], thought, np.ones(thought.shape))
    whole_features = np.concatenate([features, heard], axis=-1)
    whole = _fit_both(whole_features, rows, truth, names, MUTED)
    fold = np.random.default_rng(6).permutation(len(rows)) % folds
    found = np.zeros((*truth.levels.shape, 2))
    for number in range(folds):
        learns, asked = fold != number, fold == number
        part = Readings(
            tuple(np.array(truth.keys)[learns]), truth.subjects, truth.levels[learns],
            truth.arguable[learns],
        )  # fmt: skip
        some = _fit_both(whole_features, rows[learns], part, names, MUTED)
        odds = Model(some, some, (0.5, 0.5), 1.0, "").weigh(
            features[rows[asked]], names, heard[rows[asked]]
        )
        found[asked] = chances(odds)
    return Model(alone, whole, _given(found, truth), _sure(found, truth), ""), found


def _fit_both(
    features: Floats,
    rows: NDArray[np.int64],
    truth: Readings,
    names: Sequence[str],
    muted: Sequence[str] = (),
) -> dict[str, Weights]:
    """Fit both relations; the muted features play no part in the first."""
    return {
        relation: fit(features, rows, truth, level, names, muted if level == 1 else ())
        for level, relation in enumerate(RELATIONS, start=1)
    }


def fit(
    features: Floats,
    rows: NDArray[np.int64],
    truth: Readings,
    level: int,
    names: Sequence[str],
    muted: Sequence[str] = (),
) -> Weights:
    """Give the weights of one relation: those of all entries, and each entry's own intercept."""
    flat = features.reshape(-1, features.shape[-1])
    mean, spread = flat.mean(axis=0), flat.std(axis=0) + 1e-9
    scaled = (features[rows] - mean) / spread
    scaled[..., [FEATURES.index(name) for name in muted]] = 0.0
    columns = [truth.subjects.index(name) for name in names]
    outcome = (truth.levels[:, columns] >= level).astype(np.float64)
    counts = np.where(truth.arguable[:, columns], ARGUABLE, 1.0)
    width = features.shape[-1] + 1
    prior = np.r_[0.0, np.full(width - 1, COMMON), np.full(len(names), OWN)]

    def loss(values: Floats) -> tuple[float, Floats]:
        odds = scaled @ values[1:width] + values[0] + values[width:]
        value = (counts * (np.logaddexp(0, odds) - outcome * odds)).sum()
        slope = counts * (expit(odds) - outcome)
        gradient = np.r_[slope.sum(), np.einsum("ne,nef->f", slope, scaled), slope.sum(axis=0)]
        return float(value + 0.5 * (prior * values**2).sum()), gradient + prior * values

    found = minimize(
        loss, np.zeros(width + len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    ).x
    return Weights(
        _unscaled(found[:width], mean, spread),
        {name: float(found[width + place]) for place, name in enumerate(names)},
    )


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
                    "own": {entry: round(own, 5) for entry, own in weights.own.items()},
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
    """Give the lowest chance (of .5 and up, by hundredths) above which labels are precise enough.

    A threshold that is chosen looks better where it was chosen, so the lower end of an interval of one
    standard error (Wilson's) has to be as high as what is owed.
    """
    for hundredth in range(50, 100):
        is_in = found[..., 0] >= hundredth / 100
        right, of = int((is_in & (truth.levels >= 1)).sum()), int(is_in.sum())
        if of and float(find_wilson_interval(right, of, _ONE_ERROR)[0]) >= SURE:
            return hundredth / 100
    return 0.99


def _given(found: Floats, truth: Readings) -> tuple[float, float]:
    """Give for each relation the chance (by hundredths) above which labels are best.

    Best is the mean of four F1: micro and macro, on all and with the arguable ones set aside.
    """
    best = []
    everything, clear = np.ones(truth.levels.shape, np.bool_), ~truth.arguable
    for level in (1, 2):
        is_so = truth.levels >= level
        scores = {}
        for hundredth in range(25, 66):
            given = found[..., level - 1] >= hundredth / 100
            each = [
                mean(is_so, given, kept) for mean in (micro, macro) for kept in (everything, clear)
            ]
            scores[hundredth] = float(np.mean(each))
        # The middle of those as good as the best: one text more or less should not decide.
        near = [each for each, score in scores.items() if score >= max(scores.values()) - 0.005]
        best.append(near[len(near) // 2] / 100)
    return best[0], best[1]
