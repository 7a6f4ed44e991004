"""Finds many words and phrases in many texts, word by word, as each pattern alone would find them."""

import re
from collections.abc import Sequence
from typing import Final

from keten.evidence.classify import Term

_RUN: Final = re.compile(r"\w+")


class Finder:
    """Looks each different word of the texts up once; only phrases that may be there are searched for.

    `others` are phrases that are cut out of a text before it is read.
    """

    def __init__(self, terms: Sequence[Term], others: Sequence[Term] = ()) -> None:
        self._terms = terms
        self._others = others
        # Of each word of the texts: the terms that it is, and those that may begin with it.
        self._known: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        runs = [_RUN.findall(term.term.rstrip("*")) for term in terms]
        # What must stand in a text as whole words, before a phrase is worth searching for.
        self._whole = [
            frozenset(found[:-1] if term.term.endswith("*") else found)
            for term, found in zip(terms, runs, strict=True)
        ]
        self._first = [found[0] for found in runs]

    def find(self, text: str) -> list[str]:
        """Give the terms that a text in lower case holds, in their order."""
        for other in self._others:
            if other.head in text:
                text = other.pattern.sub(" ", text)
        sure: set[int] = set()
        perhaps: set[int] = set()
        held = set(_RUN.findall(text))
        for word in held:
            found = self._known.get(word)
            if found is None:
                found = self._known[word] = self._look_up(word)
            sure.update(found[0])
            perhaps.update(found[1])
        sure.update(
            number
            for number in perhaps
            if self._whole[number] <= held and self._terms[number].pattern.search(text)
        )
        return [self._terms[number].term for number in sorted(sure)]

    def _look_up(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        sure, perhaps = [], []
        for number, term in enumerate(self._terms):
            stem = term.term.rstrip("*")
            if self._first[number] != stem:
                if word == self._first[number]:
                    perhaps.append(number)
            elif word == stem or (term.term.endswith("*") and word.startswith(stem)):
                sure.append(number)
        return tuple(sure), tuple(perhaps)
