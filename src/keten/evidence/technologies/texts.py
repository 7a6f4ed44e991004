"""What all words of a text say: learnt, at each build, from what the counted signals say of all texts.

The signals know only the words of a mapping. From what they say of thousands of texts it is learnt which
other words go with an entry. Each text is judged by words learnt from the other half of the texts.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import logit

from keten.evidence.technologies.signals import Document
from keten.evidence.technologies.spotting import split_words
from keten.methods.logistic import fit_sparse
from keten.methods.terms import Terms, weigh_terms

Floats = NDArray[np.float64]

FEWEST_TEXTS: Final = 2000  # with fewer there is too little to learn from
_TITLE: Final = 3.0  # a word of a title counts as often
_PENALTY: Final = 0.05  # of words; .5 was worse on texts held out, as was hiding the mapping's own
_PENALTY_OF_TOPICS: Final = 0.5
_FURTHEST: Final = 8.0  # log-odds
_MOSTLY: Final = 0.5


def weigh_texts(
    titles: Sequence[Sequence[str]], summaries: Sequence[Sequence[str]], fewest: int = 6
) -> Terms:
    """Give the terms of texts with their weights."""
    return weigh_terms(
        [
            ((title, _TITLE), (summary, 1.0))
            for title, summary in zip(titles, summaries, strict=True)
        ],
        fewest=fewest,
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """Log-odds (texts x entries x relations) that words give, and by which weights of terms (v x ...).

    `side`: by which of the two sets of weights a text was heard.
    """

    odds: Floats
    weights: tuple[Floats, Floats]
    side: NDArray[np.int64]


def hear_texts(design: csr_array, keys: Sequence[str], chance: Floats, counts: Floats) -> Heard:
    """Give the log-odds that the words of each text give, learnt from the other half of the texts.

    `chance` (texts x entries x relations): what is thought of each; `counts`: how often each counts.
    """
    flat, often = chance.reshape(len(chance), -1), counts.reshape(len(counts), -1)
    found = np.zeros_like(flat)
    half = np.array([hashlib.sha256(key.encode()).digest()[0] & 1 for key in keys], np.int64)
    learnt = np.zeros((2, design.shape[1], flat.shape[1]))
    for side in (0, 1):
        learns, hears = half != side, half == side
        weights, start = _fit_apart(design[learns], flat[learns], _PENALTY, often[learns])
        found[hears] = design[hears] @ weights + start
        learnt[side] = weights
    odds = np.clip(found, -_FURTHEST, _FURTHEST).reshape(chance.shape)
    shape = (-1, *chance.shape[1:])
    return Heard(odds, (learnt[0].reshape(shape), learnt[1].reshape(shape)), half)


def _fit_apart(
    design: csr_array, outcome: Floats, penalty: float, counts: Floats
) -> tuple[Floats, Floats]:
    """Give weights and starts of outcomes, each fitted alone.

    Together they would share the steps of one search, which ends before it is quite there: an editor's word
    on one entry then moved others, one project by .37.
    """
    weights = np.zeros((design.shape[1], outcome.shape[1]))
    start = np.zeros(outcome.shape[1])
    for column in range(outcome.shape[1]):
        one = slice(column, column + 1)
        found, begin = fit_sparse(design, outcome[:, one], penalty, counts=counts[:, one])
        weights[:, column], start[column] = found[:, 0], begin[0]
    return weights, start


def hear_topics(
    documents: Sequence[Document], is_told: NDArray[np.bool_], chance: Floats
) -> Floats:
    """Give the log-odds of documents without text, by topic and programme alone.

    `chance` is that of the told ones; how often such a topic led to such a text is what is learnt. Where
    most of a topic's documents have no text, those that have one were picked out by what they are about
    (of Horizon 2020 the clean technologies), and nothing is learnt from them.
    """
    design = weigh_terms(
        [((_topic_words(document), 1.0),) for document in documents], fewest=3, pairs=False
    ).weights
    flat = chance.reshape(len(chance), -1)
    learns = is_told & _is_whole(documents, is_told)
    if not learns.any():
        learns = is_told
    known = flat[learns[is_told]]
    weights, start = _fit_apart(design[learns], known, _PENALTY_OF_TOPICS, np.ones(known.shape))
    found = design[~is_told] @ weights + start
    # Of a document that says nothing at all, no more is known than how common each entry is.
    is_silent = np.diff(design[~is_told].indptr) == 0
    found[is_silent] = logit(np.clip(known.mean(axis=0), 1e-6, 1 - 1e-6))
    return np.asarray(found, np.float64).reshape(-1, *chance.shape[1:])


def _is_whole(documents: Sequence[Document], is_told: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say of each document whether most of those of its topics (else of its programme) have a text."""
    told, of = Counter[str](), Counter[str]()
    sorts = [tuple(code for code, _ in each.topics) or each.parts for each in documents]
    for sort, has_text in zip(sorts, is_told.tolist(), strict=True):
        of.update(sort)
        if has_text:
            told.update(sort)
    return np.array(
        [all(told[code] >= _MOSTLY * of[code] for code in sort) for sort in sorts], np.bool_
    )


def _topic_words(document: Document) -> tuple[str, ...]:
    """Give the words of a document's topics, with the codes of topics and programme as words."""
    found: list[str] = []
    for code, title in document.topics:
        found += split_words(title).words
        found += (f"={code}", f"={code.split('-')[0]}")
    for part in document.parts:
        steps = part.rstrip(".").split(".")
        found += [f"={'.'.join(steps[:end])}" for end in range(1, len(steps) + 1)]
    return tuple(found)
