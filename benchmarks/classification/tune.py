"""`python -m benchmarks.classification tune`: fits the weights that the product ships with.

Nothing but the half to tune on is read, as it is and as if no word had been chosen by it (`spared`).
What is reported here is cross-validated within that half. The other half says how good it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.classification.agreement import macro, micro
from benchmarks.classification.documents import read_entries
from benchmarks.classification.fitting import Fitted, Seen, fit
from benchmarks.classification.readings import Readings
from benchmarks.classification.space import make_space
from benchmarks.classification.spared import count_spared
from keten.evidence.technologies.features import FEATURES, make_features
from keten.evidence.technologies.leaning import FILE, tell_fingerprint, write_leaning
from keten.evidence.technologies.model import RELATIONS, WORDS, Model, chances
from keten.evidence.technologies.signals import Document, count_signals
from keten.evidence.technologies.texts import hear_texts, weigh_texts
from keten.methods.proportion import find_wilson_interval

Floats = NDArray[np.float64]

# What says nothing of whether a text is about something at all: whether it is made or used there, and what
# stands after the characters that readers saw. Topics and parts of programmes say nothing beside a text.
MUTED: Final = (
    "making", "using", "beyond_names", "beyond_means", "topic_names", "topic_means", "topic", "part",
)  # fmt: skip
FOLDS: Final = 10
SURE: Final = 0.95  # the precision that a sure label owes
_ONE_ERROR: Final = 0.683  # the level of an interval one standard error wide on either side


@dataclass(frozen=True)
class Tried:
    """Chances of the half to tune on, cross-validated: as it is, and as if no word were chosen by it."""

    truth: Readings
    plain: Floats
    spared: Floats


def fit_model(documents: Sequence[Document], truth: Readings) -> tuple[Model, Tried]:
    """Give the model of a half, and the chances of its texts by cross-validation.

    `documents` are all projects; `truth` of some of them.
    """
    entries = read_entries()
    names = [entry.entry for entry in entries]
    columns = [truth.subjects.index(name) for name in names]
    truth = Readings(truth.keys, tuple(names), truth.levels[:, columns], truth.arguable[:, columns])
    told = [document for document in documents if document.has_text]
    signals = count_signals(entries, told)
    features = make_features(signals.counts)
    place = {document.key: row for row, document in enumerate(told)}
    rows = np.array([place[f"he-{key}"] for key in truth.keys])
    spared = make_features(count_spared(entries, [told[row] for row in rows]))
    nowhere = np.zeros((len(rows), 0))
    views = [Seen(each, nowhere, truth.levels, truth.arguable) for each in (features[rows], spared)]
    alone = {name: fitted.weights for name, fitted in _fit_both(views, names).items()}
    model = Model(alone, {}, (0.5, 0.5), 1.0, "")
    thought = chances(model.weigh(features, names))
    terms = weigh_texts(signals.titles, signals.summaries)
    keys = [each.key for each in told]
    heard = hear_texts(terms.weights, keys, thought, np.ones(thought.shape)).odds
    space = make_space(signals.titles, signals.summaries)
    views = [
        replace(
            view, features=np.concatenate([view.features, heard[rows]], axis=-1),
            places=space.texts[rows],
        )
        for view in views
    ]  # fmt: skip
    whole = _fit_both(views, names, MUTED)
    leaning = space.lean(
        names, np.stack([whole[relation].directions for relation in RELATIONS], axis=-1)
    )
    tried = Tried(truth, *_cross_validate(views, names))
    given, sure = _given(tried), _sure(tried)
    weights = {name: fitted.weights for name, fitted in whole.items()}
    return Model(alone, weights, given, sure, "", leaning), tried


def _cross_validate(views: Sequence[Seen], names: Sequence[str]) -> list[Floats]:
    """Give the chances of each view by what its texts had no part in."""
    texts = len(views[0].levels)
    fold = np.random.default_rng(6).permutation(texts) % FOLDS
    found = [np.zeros((texts, len(names), 2)) for _ in views]
    for number in range(FOLDS):
        both = _fit_both([view.only(fold != number) for view in views], names, MUTED)
        asked = fold == number
        for view, each in zip(views, found, strict=True):
            odds = [
                both[relation].add(view.features[asked], view.places[asked], names)
                for relation in RELATIONS
            ]
            each[asked] = chances(np.stack(odds, axis=-1))
    return found


def _fit_both(
    views: Sequence[Seen], names: Sequence[str], muted: Sequence[str] = ()
) -> dict[str, Fitted]:
    """Fit both relations; the muted features play no part in the first."""
    return {
        relation: fit(views, level, names, muted if level == 1 else ())
        for level, relation in enumerate(RELATIONS, start=1)
    }


def write_model(model: Model, folder: Path, version: str) -> None:
    """Write the weights, and the words that lean, as the product reads them."""
    assert model.leaning
    words = write_leaning(model.leaning)
    (folder / FILE).write_text(words, encoding="utf-8")
    value = {
        "version": version,
        "words": tell_fingerprint(words),
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
    path = folder / "weights.json"
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def _plain(values: Floats) -> list[float]:
    return [round(float(value), 5) for value in values]


def _sure(tried: Tried) -> float:
    """Give the lowest chance (of .5 and up, by hundredths) above which labels are precise enough.

    A threshold that is chosen looks better where it was chosen, so the lower end of an interval of one
    standard error (Wilson's) has to be as high as what is owed. Texts seen as if no word had been chosen
    by them are counted.
    """
    for hundredth in range(50, 100):
        is_in = tried.spared[..., 0] >= hundredth / 100
        right, of = int((is_in & (tried.truth.levels >= 1)).sum()), int(is_in.sum())
        if of and float(find_wilson_interval(right, of, _ONE_ERROR)[0]) >= SURE:
            return hundredth / 100
    return 0.99


def _given(tried: Tried) -> tuple[float, float]:
    """Give for each relation the chance (by hundredths) above which labels are best.

    Best is the mean of four F1: micro and macro, on all and with the arguable ones set aside.
    """
    best = []
    levels = np.concatenate([tried.truth.levels] * 2)
    clear = ~np.concatenate([tried.truth.arguable] * 2)
    found = np.concatenate([tried.plain, tried.spared])
    everything = np.ones(levels.shape, np.bool_)
    for level in (1, 2):
        is_so = levels >= level
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
