"""The texts in few dimensions: words that go together in thousands of texts become one direction.

Source: Deerwester et al. (1990), Indexing by latent semantic analysis, Journal of the American Society for
Information Science 41(6): the singular vectors of texts by weighted words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.linalg import svds

from keten.evidence.technologies.leaning import TITLE, Leaning
from keten.methods.terms import weigh_terms

Floats = NDArray[np.float64]

DIMENSIONS: Final = 200
FEWEST: Final = 30  # texts that hold a word
_MOST_SHARE: Final = 0.25


@dataclass(frozen=True)
class Space:
    """Where texts are (n x d, their mean at nought, of length one on the average), and words (v x d)."""

    texts: Floats
    words: Floats
    mean: Floats
    names: tuple[str, ...]
    rarity: Floats

    def lean(self, entries: Sequence[str], weights: Floats) -> Leaning:
        """Give as weights of words what weights of directions (d x entries x 2) say."""
        flat = weights.reshape(len(weights), -1)
        shape = (-1, *weights.shape[1:])
        return Leaning(
            tuple(entries), self.names, self.rarity, (self.words @ flat).reshape(shape),
            -(self.mean @ flat).reshape(weights.shape[1:]),
        )  # fmt: skip


def make_space(titles: Sequence[Sequence[str]], summaries: Sequence[Sequence[str]]) -> Space:
    """Give the space of texts; the same texts give the same."""
    terms = weigh_terms(
        [
            ((title, float(TITLE)), (summary, 1.0))
            for title, summary in zip(titles, summaries, strict=True)
        ],
        fewest=FEWEST, most_share=_MOST_SHARE, pairs=False,
    )  # fmt: skip
    texts = len(titles)
    holding = np.bincount(terms.weights.indices, minlength=len(terms.names))
    first = np.random.default_rng(6).standard_normal(min(terms.weights.shape))
    _, _, right = svds(terms.weights, k=DIMENSIONS, v0=first)
    words = right[::-1].T
    places = terms.weights @ words
    mean = places.mean(axis=0)
    spread = np.sqrt(((places - mean) ** 2).sum(axis=1).mean())
    return Space(
        (places - mean) / spread, words / spread, mean / spread, terms.names,
        np.log(texts / holding),
    )  # fmt: skip
