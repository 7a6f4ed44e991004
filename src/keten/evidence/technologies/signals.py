"""What speaks for an entry of a taxonomy in a document, counted: words by kind and place, and codes.

A mapping has words of three kinds: those that name the entry (weight 1), those that are a means or say
little alone (from 0.5), and those that only count among others. What each count is worth, the model says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.evidence.technologies.spotting import Spot, Spotter, Term, Words, split_words
from keten.model import Clue, TaxonomyEntry

Floats = NDArray[np.float64]

NAMES, MEANS, HINTS, NOTHING = range(4)  # kinds of words
BEGINNING: Final = (
    1250  # characters of a summary that say what it is about; what comes later counts apart
)
_FEWEST: Final = 40  # words; a shorter summary says as much with one of them
# Five words before a word of the mapping tell whether it is being made or being used.
_OF_MAKING: Final = """
develop develops developed developing development novel new innovative innovation innovations design
designing designed designs improve improved improving fabricate fabrication fabricated build building
engineer engineering engineered advance advanced advances next generation create creating demonstrate
demonstrator prototype prototypes pioneering breakthrough optimise optimize optimised optimized
ontwikkelen ontwikkeling ontwikkeld nieuwe nieuw verbeteren
"""
_OF_USING: Final = """
using use uses used apply applying applied employ employing leverage leveraging leverages with via
through combining combine powered driven based enabled assisted utilising utilizing by means harness
exploiting including gebruik gebruiken toepassen toepassing met
"""
_MAKING: Final = frozenset(_OF_MAKING.split())
_USING: Final = frozenset(_OF_USING.split())
COUNTS: Final = (
    "title_names", "title_means", "title_hints", "names", "means", "hints", "different_names",
    "different_means", "different_hints", "early_names", "early_means", "late_names", "words",
    "making", "using", "topic_names", "topic_means", "field", "near_field", "part", "topic",
    "beyond_names", "beyond_means",
)  # fmt: skip
AT: Final = {name: place for place, name in enumerate(COUNTS)}


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what its source says of it; `topics` are codes with titles. None of it need be there."""

    key: str
    title: str | None
    summary: str | None
    topics: tuple[tuple[str, str | None], ...] = ()
    fields: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether it has words of its own, and not only those of its topic."""
        return bool(self.title or self.summary)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a mapping met in a document: entry, kind, term, place, and from where to where."""

    document: int
    entry: int
    kind: int
    term: str
    place: str
    start: int
    end: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Signals:
    """Documents by entries by `COUNTS`; words that name or are a means, met; each text in words."""

    counts: NDArray[np.float32]
    hits: list[Hit]
    titles: list[tuple[str, ...]]
    summaries: list[tuple[str, ...]]


def make_spotter(entries: Sequence[TaxonomyEntry]) -> Spotter:
    """Make what finds the words of all mappings."""
    terms = []
    for owner, entry in enumerate(entries):
        terms += [
            Term(owner, _kind(clue), clue.term)
            for clue in entry.maps_to.clues
            if clue.way == "word"
        ]
        terms += [Term(owner, NOTHING, word) for word in entry.maps_to.not_words]
    return Spotter(terms)


def count_signals(
    entries: Sequence[TaxonomyEntry], documents: Sequence[Document], spotter: Spotter | None = None
) -> Signals:
    """Count what speaks for each entry in each document; `spotter` where another than the plain one."""
    spotter = spotter or make_spotter(entries)
    counts = np.zeros((len(documents), len(entries), len(COUNTS)), np.float32)
    hits: list[Hit] = []
    titles, summaries = [], []
    topics: dict[str, tuple[Words, dict[int, list[Spot]]]] = {}
    for row, document in enumerate(documents):
        title, summary = split_words(document.title), split_words(document.summary)
        titles.append(title.words)
        summaries.append(summary.words)
        for entry, spots in spotter.find(title.words, NOTHING).items():
            for spot in spots:
                counts[row, entry, spotter.terms[spot.term].kind] += 1
            hits += _tell(spotter, row, entry, spots, title, "title")
        early = sum(end <= BEGINNING for end in summary.ends)
        counts[row, :, AT["words"]] = max(early, _FEWEST)
        for entry, spots in spotter.find(summary.words, NOTHING).items():
            _count_summary(counts[row, entry], spotter, spots, summary.words, early)
            hits += _tell(spotter, row, entry, spots, summary, "objective")
        for code, name in document.topics:
            if name and name not in topics:
                words = split_words(name)
                topics[name] = words, spotter.find(words.words, NOTHING)
            for entry, spots in topics[name][1].items() if name else ():
                for spot in spots:
                    kind = spotter.terms[spot.term].kind
                    if kind < HINTS:
                        counts[row, entry, AT["topic_names"] + kind] = 1
                hits += _tell(spotter, row, entry, spots, topics[name or ""][0], "topic", code)
        _count_codes(counts[row], entries, document)
    return Signals(counts, hits, titles, summaries)


def _kind(clue: Clue) -> int:
    return NAMES if clue.weight >= 1 else MEANS if clue.weight >= 0.5 else HINTS


def _count_summary(
    counts: NDArray[np.float32],
    spotter: Spotter,
    spots: Sequence[Spot],
    words: Sequence[str],
    early: int,
) -> None:
    different: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for spot in spots:
        kind = spotter.terms[spot.term].kind
        if spot.first >= early:
            if kind < HINTS:
                counts[AT["beyond_names"] + kind] += 1
            continue
        counts[AT["names"] + kind] += 1
        different[kind].add(spot.term)
        if kind < HINTS:
            if spot.first < 0.3 * early:
                counts[AT["early_names"] + kind] += 1
            elif kind == NAMES and spot.first > 0.6 * early:
                counts[AT["late_names"]] += 1
            before = words[max(0, spot.first - 5) : spot.first]
            counts[AT["making"]] += not _MAKING.isdisjoint(before)
            counts[AT["using"]] += not _USING.isdisjoint(before[-3:])
    for kind, terms in enumerate(different):
        counts[AT["different_names"] + kind] = len(terms)


def _count_codes(
    counts: NDArray[np.float32], entries: Sequence[TaxonomyEntry], document: Document
) -> None:
    for place, entry in enumerate(entries):
        for clue in entry.maps_to.clues:
            if clue.way != "word" and is_met(clue, document):
                name = clue.way
                if name == "field" and clue.weight < 1:
                    name = "near_field"
                counts[place, AT[name]] = 1


def is_met(clue: Clue, document: Document) -> bool:
    """Say whether a field, part or topic of a mapping is one of the document's, or above it."""
    term = clue.term.rstrip(".")
    if clue.way == "field":
        return any(code == term or code.startswith(f"{term}/") for code in document.fields)
    if clue.way == "part":
        return any(
            code.rstrip(".") == term or code.startswith(f"{term}.") for code in document.parts
        )
    return any(code.startswith(clue.term) for code, _ in document.topics)


def _tell(
    spotter: Spotter,
    row: int,
    entry: int,
    spots: Sequence[Spot],
    words: Words,
    place: str,
    topic: str = "",
) -> list[Hit]:
    return [
        Hit(
            row, entry, spotter.terms[spot.term].kind, spotter.terms[spot.term].term, place,
            words.starts[spot.first], words.ends[spot.first + spot.length - 1], topic,
        )
        for spot in spots
        if spotter.terms[spot.term].kind < HINTS
    ]  # fmt: skip
