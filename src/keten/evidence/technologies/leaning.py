"""Which way the words of a text lean: learnt from texts that people read, shipped as weights of words.

A mapping holds the words that somebody thought of. What readers said of a few hundred texts tells of other
words too, if words that go together in thousands of texts are learnt as one
(`python -m benchmarks.classification tune`). An entry that nobody read a text for leans nowhere.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from keten.errors import BuildError

Floats = NDArray[np.float64]

FILE: Final = "leaning.json"
TITLE: Final = 3  # a word of a title counts as often
_STEPS: Final = 10  # in the file a weight is a whole number of tenths


@dataclass(frozen=True, slots=True)
class Leaning:
    """Words with how rare each is (v), what each adds to log-odds (v x entries x 2), and a start."""

    entries: tuple[str, ...]
    words: tuple[str, ...]
    rarity: Floats
    weights: Floats
    start: Floats

    def weigh(
        self, titles: Sequence[Sequence[str]], summaries: Sequence[Sequence[str]]
    ) -> csr_array:
        """Give texts by words: log counts times rarity, each text of length one (or nought)."""
        at = {word: place for place, word in enumerate(self.words)}
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for title, summary in zip(titles, summaries, strict=True):
            counts: Counter[int] = Counter()
            for word in summary:
                if word in at:
                    counts[at[word]] += 1
            for word in title:
                if word in at:
                    counts[at[word]] += TITLE
            met = np.array(sorted(counts), np.int64)
            row = (
                1 + np.log(np.array([counts[each] for each in met.tolist()], np.float64))
            ) * self.rarity[met]
            length = float(np.sqrt((row * row).sum()))
            columns += met.tolist()
            values += (row / (length or 1.0)).tolist()
            ends.append(len(columns))
        return csr_array((values, columns, ends), shape=(len(ends) - 1, len(self.words)))

    def of(self, entries: Sequence[str]) -> tuple[Floats, Floats]:
        """Give weights (v x entries x 2) and starts (entries x 2) of some entries, nought of others."""
        weights = np.zeros((len(self.words), len(entries), 2))
        start = np.zeros((len(entries), 2))
        for place, entry in enumerate(entries):
            if entry in self.entries:
                known = self.entries.index(entry)
                weights[:, place], start[place] = self.weights[:, known], self.start[known]
        return weights, start


def read_leaning(fingerprint: str) -> Leaning:
    """Give the words that the product ships with; raises BuildError when others were fitted."""
    text = files("keten.evidence.technologies").joinpath(FILE).read_text(encoding="utf-8")
    if tell_fingerprint(text) != fingerprint:
        raise BuildError(
            f"The words in {FILE} were not fitted with weights.json.",
            "Fit both anew: python -m benchmarks.classification tune",
        )
    value = json.loads(text)
    rows = np.array(list(value["words"].values()), np.float64)
    entries = tuple(value["entries"])
    return Leaning(
        entries,
        tuple(value["words"]),
        rows[:, 0] / 100,
        rows[:, 1:].reshape(len(rows), len(entries), 2) / _STEPS,
        np.array(value["start"], np.float64),
    )


def write_leaning(leaning: Leaning) -> str:
    """Give the file of it: a line for each word, its rarity in hundredths, its weights in tenths."""
    lines = [
        f"{json.dumps(word, ensure_ascii=False)}:"
        + json.dumps([round(rarity * 100), *(round(each * _STEPS) for each in weights.ravel())],
                     separators=(",", ":"))
        for word, rarity, weights in zip(
            leaning.words, leaning.rarity.tolist(), leaning.weights, strict=True
        )
    ]  # fmt: skip
    head = json.dumps(list(leaning.entries)), json.dumps(leaning.start.round(4).tolist())
    return (
        f'{{"entries": {head[0]},\n"start": {head[1]},\n"words": {{\n' + ",\n".join(lines) + "}}\n"
    )


def tell_fingerprint(text: str) -> str:
    """Give the hash by which the weights know their words."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
