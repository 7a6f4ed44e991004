"""Judges documents: signals, what words say, what editors said, in that order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.evidence.technologies.features import make_features
from keten.evidence.technologies.learn import learn_corrections, truths
from keten.evidence.technologies.model import Model, chances
from keten.evidence.technologies.signals import Document, Hit, count_signals
from keten.evidence.technologies.texts import (
    FEWEST_TEXTS,
    hear_texts,
    hear_topics,
    weigh_texts,
)
from keten.model import About, TaxonomyEntry

Floats = NDArray[np.float64]

_CORRECTED: Final = 5.0  # how often a corrected text counts when words are learnt


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
    if is_enough or any(each.project_id in rows for each in held):
        terms = weigh_texts(
            [signals.titles[row] for row in texts],
            [signals.summaries[row] for row in texts],
            6 if is_enough else 2,
        ).weights
        progress(2, 4)
        if is_enough:
            chance, counts = chances(odds), np.ones(odds.shape)
            for each in held:
                if each.project_id in rows:
                    cell = rows[each.project_id], names.index(each.entry)
                    chance[cell], counts[cell] = truths(each), _CORRECTED
            said = hear_texts(terms, list(rows), chance, counts)
            odds = model.weigh(features, names, said)
        odds = learn_corrections(terms, rows, names, odds, held)
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
    progress(4, 4)
    return Judged(found, told, signals.hits, spoken)
