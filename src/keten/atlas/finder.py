"""Finds many words and phrases in many texts, word by word, as each pattern alone would find them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from keten.evidence.classify import GAP, Term

_RUN: Final = re.compile(r"\w+")
_GAP: Final = re.compile(GAP)


class Finder:
    """Looks each different word of the texts up once; only phrases that may be there are searched for.

    `others` are phrases that are cut out of a text before it is read.
    """

    def __init__(self, terms: Sequence[Term], others: Sequence[Term] = ()) -> None:
        self._terms = terms
        self._others = others
        # Of each word of the texts that tells anything: the terms that it is, and those that may begin
        # with it. Most words tell nothing: they are taken away all at once.
        self._known: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._dull: set[str] = set()
        runs = [_RUN.findall(term.term.rstrip("*")) for term in terms]
        # What must stand in a text as whole words, before a phrase is worth searching for.
        self._whole = [
            frozenset(found[:-1] if term.term.endswith("*") else found)
            for term, found in zip(terms, runs, strict=True)
        ]
        # The phrase as it reads where every gap is one blank; a pattern is slow, this is not.
        self._plain = [_GAP.sub(" ", term.term.rstrip("*")).strip() for term in terms]
        self._begins: defaultdict[str, list[int]] = defaultdict(list)
        self._words: defaultdict[str, list[int]] = defaultdict(list)
        self._stems: defaultdict[str, list[int]] = defaultdict(list)
        for number, (term, found) in enumerate(zip(terms, runs, strict=True)):
            stem = term.term.rstrip("*")
            if found[0] != stem:
                self._begins[found[0]].append(number)
            elif term.term.endswith("*"):
                self._stems[stem].append(number)
            else:
                self._words[stem].append(number)

    def find(self, text: str) -> list[str]:
        """Give the terms that a text in lower case holds, in their order."""
        for other in self._others:
            if other.head in text:
                text = other.pattern.sub(" ", text)
        sure: set[int] = set()
        perhaps: set[int] = set()
        held = set(_RUN.findall(text))
        for word in held - self._dull:
            found = self._known.get(word)
            if found is None:
                found = self._look_up(word)
                if not (found[0] or found[1]):
                    self._dull.add(word)
                    continue
                self._known[word] = found
            sure.update(found[0])
            perhaps.update(found[1])
        asked = [number for number in perhaps if self._whole[number] <= held]
        if asked:
            even = _GAP.sub(" ", text)
            sure.update(
                number
                for number in asked
                if self._plain[number] in even and self._terms[number].pattern.search(text)
            )
        return [self._terms[number].term for number in sorted(sure)]

    def _look_up(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        sure = list(self._words.get(word, ()))
        for end in range(1, len(word) + 1):
            sure += self._stems.get(word[:end], ())
        return tuple(sorted(sure)), tuple(self._begins.get(word, ()))
