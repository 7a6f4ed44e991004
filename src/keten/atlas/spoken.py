"""Words that speak for what a project is about: gathered by term, and marked where they stand in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from keten.atlas.technology_views import Mark, SpokenWord

LEANS: Final = "leans"  # a word that no mapping holds


def mark_text(
    text: str | None, words: Sequence[Mapping[str, Any]], place: str, wanted: Sequence[str]
) -> tuple[Mark, ...]:
    """Cut a text where words that speak for the wanted subjects begin and end."""
    if not text:
        return ()
    spans = [
        (max(word["starts"], 0), min(word["ends"], len(text)), word["key"], word["weight"] == LEANS)
        for word in words
        if word["place"] == place and word["key"] in wanted
    ]
    edges = sorted({0, len(text), *(at for start, end, *_ in spans for at in (start, end))})
    marks: list[Mark] = []
    for start, end in pairwise(edges):
        here = [
            (whose, leans) for first, last, whose, leans in spans if first <= start and end <= last
        ]
        over = tuple(name for name in wanted if any(whose == name for whose, _ in here))
        leans = bool(here) and all(each for _, each in here)
        if marks and marks[-1].technologies == over and marks[-1].leans == leans:
            marks[-1] = Mark(marks[-1].text + text[start:end], over, leans)
        else:
            marks.append(Mark(text[start:end], over, leans))
    return tuple(marks)


def gather_words(words: Sequence[Mapping[str, Any]]) -> tuple[SpokenWord, ...]:
    """Gather words by their term: those that name it first, those that no mapping holds last."""
    by_term: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for word in words:
        by_term[word["weight"], word["term"]].append(word["place"])
    found = [
        SpokenWord(term, weight, tuple(sorted(set(places), reverse=True)), len(places))
        for (weight, term), places in by_term.items()
    ]
    return tuple(sorted(found, key=_order))


def _order(word: SpokenWord) -> tuple[int, int, str]:
    return {"names": 0, LEANS: 2}.get(word.weight, 1), -word.times, word.term
