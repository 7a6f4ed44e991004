"""Finds words and phrases in a text token by token, not with the product's patterns.

A phrase may be joined by white space or hyphens only; `*` at the end of a word is any ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(r"\w+")
_JOINING = frozenset("\t\n\r \u00a0-\u2010\u2011\u2012\u2013\u2014\u2015")

Token = tuple[str, int, int]  # the token, where it begins, where it ends


def read_tokens(lower: str) -> list[Token]:
    """Give the tokens of a text in lower case, in order."""
    return [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(lower)]


@dataclass(frozen=True)
class _Word:
    """A word or phrase: its tokens, and what must stand between them where that is no white space."""

    word: str
    parts: tuple[str, ...]
    between: tuple[str, ...]
    is_open: bool

    def begins_with(self, token: str) -> bool:
        return self._is(0, token)

    def ends_at(self, lower: str, tokens: list[Token], place: int) -> int:
        """Give the place of the token after it when it stands at `place`, else nought."""
        end = place + len(self.parts)
        if end > len(tokens):
            return 0
        for number in range(1, len(self.parts)):
            token, start, _ = tokens[place + number]
            gap = lower[tokens[place + number - 1][2] : start]
            asked = self.between[number - 1]
            if not self._is(number, token) or (gap != asked if asked else not set(gap) <= _JOINING):
                return 0
        return end

    def _is(self, number: int, token: str) -> bool:
        part = self.parts[number]
        if self.is_open and number == len(self.parts) - 1:
            return token.startswith(part)
        return token == part


class Lexicon:
    """Words to be found; what a token may begin is worked out once for each token met."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [_read_word(word) for word in words]
        self._begun: dict[str, tuple[_Word, ...]] = {}

    def find(self, lower: str, tokens: list[Token]) -> set[str]:
        """Give the words that stand in a text in lower case."""
        return {word.word for word, _, _ in self._meet(lower, tokens)}

    def cut(self, lower: str) -> str:
        """Give a text with every word of the lexicon cut out, one word after the other."""
        for word in self._words:
            tokens = read_tokens(lower)
            kept, done, at = [], 0, 0
            while at < len(tokens):
                after = word.begins_with(tokens[at][0]) and word.ends_at(lower, tokens, at)
                if after:
                    kept.append(lower[done : tokens[at][1]])
                    done, at = tokens[after - 1][2], after
                else:
                    at += 1
            lower = " ".join([*kept, lower[done:]])
        return lower

    def _meet(self, lower: str, tokens: list[Token]) -> Iterator[tuple[_Word, int, int]]:
        for place, (token, _, _) in enumerate(tokens):
            begun = self._begun.get(token)
            if begun is None:
                begun = tuple(word for word in self._words if word.begins_with(token))
                self._begun[token] = begun
            for word in begun:
                after = word.ends_at(lower, tokens, place)
                if after:
                    yield word, place, after


def _read_word(word: str) -> _Word:
    stem = word.rstrip("*")
    tokens = read_tokens(stem)
    gaps = [
        stem[one[2] : two[1]] for one, two in pairwise(tokens)
    ]  # what is no white space must stand there as it is
    return _Word(
        word,
        tuple(token for token, _, _ in tokens),
        tuple("" if set(gap) <= _JOINING else gap for gap in gaps),
        word.endswith("*"),
    )
