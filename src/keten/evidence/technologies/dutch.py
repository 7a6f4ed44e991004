"""What speaks for an entry of a taxonomy in a short Dutch text: words inside words, too.

Dutch writes as one word what English writes as several: fotonica stands in nanofotonica, a robot in
melkrobots. So a Dutch word of a mapping, long enough to be no chance, is also met inside another.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.evidence.technologies.signals import AT, Document, Signals, count_signals, make_spotter
from keten.evidence.technologies.spotting import Spotter, Term
from keten.model import TaxonomyEntry

Floats = NDArray[np.float64]

_MET: Final = (
    "title_names", "title_means", "title_hints", "names", "means", "hints", "beyond_names",
    "beyond_means",
)  # fmt: skip
SHORTEST: Final = 5  # letters of a word that is met inside another
FEATURES: Final = (
    "title_names", "title_means", "title_hints", "names", "means", "hints", "rate_names", "making",
    "ahead",
)  # fmt: skip


class DutchSpotter(Spotter):
    """Looks for many terms, for some of them inside longer words as well."""

    def __init__(self, terms: Sequence[Term], inside: frozenset[str]) -> None:
        super().__init__(terms)
        found = [(number, term.term) for number, term in enumerate(terms) if term.term in inside]
        # A term that stands for any ending may stand anywhere in a word; another closes one.
        self._within = [(number, term[:-1]) for number, term in found if term.endswith("*")]
        self._closing = [(number, term) for number, term in found if not term.endswith("*")]

    def _begin(self, word: str) -> tuple[int, ...]:
        if word in self._seen:
            return self._seen[word]
        numbers = set(super()._begin(word))
        numbers.update(number for number, stem in self._within if stem in word)
        numbers.update(number for number, end in self._closing if word.endswith(end))
        found = self._seen[word] = tuple(sorted(numbers))
        return found


def make_dutch_spotter(entries: Sequence[TaxonomyEntry]) -> DutchSpotter:
    """Make what finds the words of all mappings in Dutch texts; English ones are met as they stand."""
    inside = frozenset(
        clue.term
        for entry in entries
        for clue in entry.maps_to.of_way("word", "nl")
        if clue.term.rstrip("*").isalpha() and len(clue.term.rstrip("*")) >= SHORTEST
    )
    return DutchSpotter(make_spotter(entries).terms, inside)


def count_dutch(entries: Sequence[TaxonomyEntry], documents: Sequence[Document]) -> Signals:
    """Count what speaks for each entry in each Dutch text."""
    return count_signals(entries, documents, make_dutch_spotter(entries))


def make_dutch_features(counts: NDArray[np.float32]) -> Floats:
    """Give the features (documents x entries x `FEATURES`) of counts."""

    def of(name: str) -> Floats:
        return counts[..., AT[name]].astype(np.float64)

    weight = (
        2 * np.minimum(of("title_names"), 2)
        + np.minimum(of("title_means"), 2)
        + np.log1p(of("names"))
        + 0.5 * np.log1p(of("means"))
    )
    best = np.sort(weight, axis=1)[:, -2:]
    others = np.where(weight == best[:, -1:], best[:, :1], best[:, -1:])
    columns = (
        *(np.minimum(of(name), 2) for name in FEATURES[:3]),
        *(np.log1p(of(name)) for name in ("names", "means", "hints")),
        np.log1p(100 * of("names") / np.maximum(of("words"), 1)),
        np.log1p(of("making")),
        weight - others,
    )
    return np.stack(columns, axis=-1)


def find_met(counts: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of which entries (documents x entries) any word at all was met."""
    return np.asarray(counts[..., [AT[name] for name in _MET]].sum(axis=-1) > 0, np.bool_)
