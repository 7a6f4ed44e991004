"""Finds the words of many mappings in a text at once, each with its place, by walking over it once."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_PART: Final = re.compile(r"[^\W_]+\*?")
_LOW: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in lower case, and where in it each begins and ends."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for (`*`: any ending): whose it is, and of which kind."""

    owner: int
    kind: int
    term: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A term met: its number, the first of its words in the text, and how many they are."""

    term: int
    first: int
    length: int


def split_words(text: str | None) -> Words:
    """Give the words of a text; lowered digits count as digits."""
    plain = (text or "").translate(_LOW)
    found = [
        (sys.intern(match.group().lower()), match.start(), match.end())
        for match in _WORD.finditer(plain)
    ]
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Words(words, starts, ends)


class Spotter:
    """Looks for many terms; what begins a term is looked up once for each different word."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self._parts = [tuple(_PART.findall(term.term.lower())) for term in terms]
        self._whole: dict[str, list[int]] = {}
        self._begun: dict[str, list[int]] = {}
        for number, parts in enumerate(self._parts):
            if not parts:
                continue
            is_begun = parts[0].endswith("*")
            table = self._begun if is_begun else self._whole
            table.setdefault(parts[0].rstrip("*"), []).append(number)
        self._seen: dict[str, tuple[int, ...]] = {}

    def find(self, words: Sequence[str], nothing: int) -> dict[int, list[Spot]]:
        """Give what is met of each owner; longer terms first, no word twice for one owner.

        Terms of the kind `nothing` take their words before all others, and are not given.
        """
        met: dict[int, list[Spot]] = {}
        for place, word in enumerate(words):
            for number in self._begin(word):
                parts = self._parts[number]
                if len(parts) == 1 or _goes_on(parts, words, place):
                    owner = self.terms[number].owner
                    met.setdefault(owner, []).append(Spot(number, place, len(parts)))
        kept = {owner: self._keep(spots, nothing) for owner, spots in met.items()}
        return {owner: spots for owner, spots in kept.items() if spots}

    def _keep(self, spots: list[Spot], nothing: int) -> list[Spot]:
        if len(spots) == 1 and self.terms[spots[0].term].kind != nothing:
            return spots
        kinds = [self.terms[spot.term].kind for spot in spots]
        order = sorted(
            range(len(spots)),
            key=lambda n: (
                kinds[n] != nothing, -spots[n].length, kinds[n], spots[n].first, spots[n].term,
            ),
        )  # fmt: skip
        taken: set[int] = set()
        kept = []
        for number in order:
            spot = spots[number]
            span = range(spot.first, spot.first + spot.length)
            if taken.isdisjoint(span):
                taken.update(span)
                if kinds[number] != nothing:
                    kept.append(spot)
        return sorted(kept, key=lambda spot: spot.first)

    def _begin(self, word: str) -> tuple[int, ...]:
        found = self._seen.get(word)
        if found is None:
            numbers = list(self._whole.get(word, ()))
            for end in range(1, len(word) + 1):
                numbers += self._begun.get(word[:end], ())
            found = self._seen[word] = tuple(sorted(numbers))
        return found


def _goes_on(parts: tuple[str, ...], words: Sequence[str], place: int) -> bool:
    if place + len(parts) > len(words):
        return False
    for part, word in zip(parts[1:], words[place + 1 : place + len(parts)], strict=True):
        if not (word.startswith(part[:-1]) if part.endswith("*") else word == part):
            return False
    return True
