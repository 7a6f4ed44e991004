"""Which words of a text spoke for an entry though no mapping holds them: those that added most."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from keten.evidence.technologies.signals import HINTS, Document, Hit

Floats = NDArray[np.float64]

MOST: Final = 4  # words told of a text and an entry
LEAST: Final = 0.05  # log-odds; who adds less did not speak
_SHORTEST: Final = 3  # letters; a shorter word tells a reader nothing
_DIGITS: Final = "0123456789"
_LOW: Final = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Voice:
    """Texts by terms (n x v), what each term adds to the log-odds of each entry (v x entries), its name.

    `weights` are two where a text is heard by one of two sets; `side` says by which.
    """

    design: csr_array
    names: Sequence[str]
    weights: tuple[Floats, ...]
    side: NDArray[np.int64]

    def add(self, text: int, entry: int, found: dict[str, float]) -> None:
        """Add what each term of a text says of an entry to what is found of that term."""
        start, end = self.design.indptr[text], self.design.indptr[text + 1]
        terms = self.design.indices[start:end]
        said = self.design.data[start:end] * self.weights[self.side[text]][terms, entry]
        for term, each in zip(terms.tolist(), said.tolist(), strict=True):
            name = self.names[term]
            found[name] = found.get(name, 0.0) + each


def find_speaking(
    documents: Sequence[Document],
    texts: NDArray[np.int64],
    cells: Iterable[tuple[int, int]],
    voices: Sequence[Voice],
    hits: Sequence[Hit],
) -> list[Hit]:
    """Give the words that spoke most for cells (document, entry), but for those that a mapping named.

    `texts`: the row in the voices of each document, -1 for one without a text.
    """
    taken: dict[tuple[int, int], list[tuple[str, int, int]]] = {}
    for hit in hits:
        taken.setdefault((hit.document, hit.entry), []).append((hit.place, hit.start, hit.end))
    found = []
    for row, entry in sorted(cells):
        if texts[row] < 0:
            continue
        spoken: dict[str, float] = {}
        for voice in voices:
            voice.add(int(texts[row]), entry, spoken)
        ranked = sorted(
            (
                (added, term)
                for term, added in spoken.items()
                if added >= LEAST and len(term) >= _SHORTEST
            ),
            key=lambda each: (-each[0], each[1]),
        )
        over, told = list(taken.get((row, entry), ())), 0
        for _, term in ranked:
            at = _locate(documents[row], term)
            if at and not any(at[0] == p and at[1] < e and s < at[2] for p, s, e in over):
                found.append(Hit(row, entry, HINTS, term, *at))
                over.append(at)
                told += 1
            if told == MOST:
                break
    return found


def _locate(document: Document, term: str) -> tuple[str, int, int] | None:
    """Say where in a document a term stands first."""
    for place, text in (("title", document.title), ("objective", document.summary)):
        met = _pattern(term).search(text) if text else None
        if met:
            return place, met.start(), met.end()
    return None


@lru_cache(maxsize=100_000)
def _pattern(term: str) -> re.Pattern[str]:
    words = (
        "".join(
            f"[{each}{each.translate(_LOW)}]" if each in _DIGITS else re.escape(each)
            for each in word
        )
        for word in term.split(" ")
    )
    middle = r"[\W_]+".join(words)
    return re.compile(rf"(?<![^\W_]){middle}(?![^\W_])", re.IGNORECASE)
