"""Judges documents: signals, what words say and which way they lean, what editors said, in that order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from keten.evidence.technologies.features import make_features
from keten.evidence.technologies.learn import learn_corrections, truths
from keten.evidence.technologies.model import WORDS, Model, chances
from keten.evidence.technologies.signals import Document, Hit, count_signals
from keten.evidence.technologies.speaking import Voice, find_speaking
from keten.evidence.technologies.texts import (
    FEWEST_TEXTS,
    Heard,
    hear_texts,
    hear_topics,
    weigh_texts,
)
from keten.methods.terms import Terms
from keten.model import About, TaxonomyEntry

Floats = NDArray[np.float64]

_CORRECTED: Final = 5.0  # how often a corrected text counts when words are learnt
TOLD: Final = 0.1  # from this chance on the words are told that spoke for it


@dataclass(frozen=True, slots=True)
class Judged:
    """Documents by entries by relations: the chance of each; the words met; what editors said.

    `has_text`: whether a document was judged by its own words, or by topic and programme alone.
    """

    chance: Floats
    has_text: NDArray[np.bool_]
    hits: list[Hit]
    said: dict[tuple[int, int], About]


def judge(
    entries: Sequence[TaxonomyEntry],
    documents: Sequence[Document],
    abouts: Sequence[About],
    model: Model,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Judged:
    """Give the chance that each document is about each entry, and that it develops it.

    `abouts` are corrections of this taxonomy, by the key of the document.
    """
    names = [entry.entry for entry in entries]
    signals = count_signals(entries, documents)
    progress(1, 4)
    told = np.array([document.has_text for document in documents], np.bool_)
    texts = np.flatnonzero(told)
    rows = {documents[row].key: place for place, row in enumerate(texts.tolist())}
    last = {(each.project_id, each.entry): each for each in sorted(abouts)}
    held = [each for each in last.values() if each.entry in names]
    is_enough = len(texts) >= FEWEST_TEXTS
    features = make_features(signals.counts[told])
    odds = model.weigh(features, names)
    voices: list[Voice] = []
    if is_enough or any(each.project_id in rows for each in held):
        terms = weigh_texts(
            [signals.titles[row] for row in texts],
            [signals.summaries[row] for row in texts],
            6 if is_enough else 2,
        )
        progress(2, 4)
        if is_enough:
            chance, counts = chances(odds), np.ones(odds.shape)
            for each in held:
                if each.project_id in rows:
                    cell = rows[each.project_id], names.index(each.entry)
                    chance[cell], counts[cell] = truths(each), _CORRECTED
            heard = hear_texts(terms.weights, list(rows), chance, counts)
            odds = model.weigh(features, names, heard.odds)
            voices = [_give_voice(terms, heard, model)]
            if model.leaning:
                leaning = model.leaning.weigh(
                    [signals.titles[row] for row in texts],
                    [signals.summaries[row] for row in texts],
                )
                weights, start = model.leaning.of(names)
                odds += _add_words(leaning, weights) + start
                one = np.zeros(len(texts), np.int64)
                voices.append(Voice(leaning, model.leaning.words, (weights[..., 0],), one))
        odds = learn_corrections(terms.weights, rows, names, odds, held)
    progress(3, 4)
    found = np.zeros((len(documents), len(entries), 2))
    found[told] = chances(odds)
    if is_enough and not told.all():
        found[~told] = chances(hear_topics(documents, told, found[told]))
    else:
        found[~told] = chances(model.weigh(make_features(signals.counts[~told]), names))
    places = {document.key: row for row, document in enumerate(documents)}
    spoken = {
        (places[each.project_id], names.index(each.entry)): each
        for each in held
        if each.project_id in places
    }
    for cell, each in spoken.items():
        found[cell] = truths(each)
    cells = [(int(row), int(column)) for row, column in np.argwhere(found[..., 0] >= TOLD)]
    places_of_texts = np.where(told, np.cumsum(told) - 1, -1)
    hits = signals.hits + find_speaking(
        documents, places_of_texts, cells if voices else (), voices, signals.hits
    )
    progress(4, 4)
    return Judged(found, told, hits, spoken)


def _give_voice(terms: Terms, heard: Heard, model: Model) -> Voice:
    """Give what each term adds to the log-odds of being about an entry, through what words say."""
    worth = model.whole["about"].common[-len(WORDS) :]
    first, second = (weights @ worth for weights in heard.weights)
    return Voice(terms.weights, terms.names, (first, second), heard.side)


def _add_words(design: csr_array, weights: Floats) -> Floats:
    flat = weights.reshape(len(weights), -1)
    return np.asarray(design @ flat).reshape(-1, *weights.shape[1:])
