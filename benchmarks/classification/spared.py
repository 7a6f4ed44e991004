"""Read texts as if nobody had chosen words by them: what a mapping says of texts it never saw.

Words of the mapping were chosen with the half to tune on in view, so that half flatters them: what is
fitted on it trusts them too much, and takes a text without them for one that is about nothing. A word met
in one read text alone may have been chosen for that very text. So each text is seen twice: as it is, and
without the words that no other read text holds. What was fitted before, judged so, gives the figures and
the chances that are too low of the half to report on, without looking at it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from keten.evidence.technologies.signals import (
    COUNTS,
    HINTS,
    NOTHING,
    Document,
    count_signals,
    make_spotter,
)
from keten.evidence.technologies.spotting import Spotter, split_words
from keten.model import TaxonomyEntry


def count_spared(
    entries: Sequence[TaxonomyEntry], documents: Sequence[Document]
) -> NDArray[np.float32]:
    """Give the counts (documents x entries x `COUNTS`) without words that only one document holds."""
    spotter = make_spotter(entries)
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for row, document in enumerate(documents):
        for text in (document.title, document.summary):
            for spots in spotter.find(split_words(text).words, NOTHING).values():
                for spot in spots:
                    if spotter.terms[spot.term].kind < HINTS:
                        holders[spot.term].add(row)
    own: defaultdict[int, set[int]] = defaultdict(set)
    for term, rows in holders.items():
        if len(rows) == 1:
            own[min(rows)].add(term)
    counts = np.zeros((len(documents), len(entries), len(COUNTS)), np.float32)
    for row, document in enumerate(documents):
        kept = [term for number, term in enumerate(spotter.terms) if number not in own[row]]
        counts[row] = count_signals(entries, [document], Spotter(kept)).counts[0]
    return counts
