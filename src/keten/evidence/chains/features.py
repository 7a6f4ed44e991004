"""What speaks for a chain in a project, counted: the same for all chains, so that it holds for new ones."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.evidence.technologies.signals import AT
from keten.model import Chain, Clue, MapsTo, TaxonomyEntry

Floats = NDArray[np.float64]

_FEW: Final = 0.5  # the weight of a clue that says little by itself
FEATURES: Final = (
    "title_words", "title_near_words", "words", "different_words", "near_words", "early_words",
    "late_words", "rate", "topic_words", "topic_near_words", "field", "near_field", "topic", "making",
    "using",
)  # fmt: skip
_CODES: Final = tuple(FEATURES.index(name) for name in ("topic_words", "field", "topic"))


def make_entry(chain: Chain) -> TaxonomyEntry:
    """Give the definition of a chain as the entry of a taxonomy: the same counting does for both."""
    clues = (
        *(Clue("word", word) for word in chain.words),
        *(Clue("word", word, _FEW) for word in chain.near_words),
        *(Clue("field", field) for field in chain.fields),
        *(Clue("field", field, _FEW) for field in chain.near_fields),
        *(Clue("topic", topic) for topic in chain.topics),
    )
    return TaxonomyEntry(
        chain.chain, chain.label, chain.description, maps_to=MapsTo(clues, chain.not_words)
    )


def make_features(counts: NDArray[np.float32]) -> Floats:
    """Give the features (... x `FEATURES`) of counts (... x the counts of `signals`)."""

    def of(name: str) -> Floats:
        return counts[..., AT[name]].astype(np.float64)

    # A part of a programme says what a topic says; definitions of chains name none.
    coded = np.maximum(of("topic"), of("part"))
    columns = (
        np.minimum(of("title_names"), 2),
        np.minimum(of("title_means"), 1),
        np.log1p(of("names")),
        np.log1p(of("different_names")),
        np.log1p(of("means")),
        np.log1p(of("early_names")),
        np.log1p(of("beyond_names")),
        np.log1p(100 * of("names") / np.maximum(of("words"), 1)),
        *(of(name) for name in ("topic_names", "topic_means", "field", "near_field")),
        coded,
        np.log1p(of("making")),
        np.log1p(of("using")),
    )
    return np.stack(columns, axis=-1)


def name_kinds(features: Floats) -> NDArray[np.int64]:
    """Give for rows of features which of topic words, fields and topics spoke, as one number each."""
    spoke = features[:, _CODES] > 0
    return np.asarray(spoke @ np.array([1, 2, 4]), np.int64)
