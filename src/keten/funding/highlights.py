"""Marks in a text the words that were looked for, with the same pattern that found them."""

import re
from collections.abc import Sequence

from keten.evidence.classify import make_terms
from keten.funding.views import Piece

_AROUND = 90  # signs on either side of a word in a snippet
_BREAK = re.compile(r"\s+")


def mark(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """Cut a text into pieces that are a word looked for, and those between; together they are it."""
    pieces: list[Piece] = []
    last = 0
    for start, end in _spans(text, terms):
        if start > last:
            pieces.append(Piece(text[last:start], is_hit=False))
        pieces.append(Piece(text[start:end], is_hit=True))
        last = end
    if last < len(text):
        pieces.append(Piece(text[last:], is_hit=False))
    return tuple(pieces)


def snip(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """Give the words around the first word looked for, on one line; nothing when there is none."""
    spans = _spans(text, terms)
    if not spans:
        return ()
    start, end = spans[0]
    begin = max(0, start - _AROUND)
    stop = min(len(text), end + _AROUND)
    if begin:
        begin = start - len(text[begin:start].split(" ", 1)[-1])
    if stop < len(text):
        stop = end + len(text[end:stop].rsplit(" ", 1)[0])
    line = _BREAK.sub(" ", text[begin:stop])
    return mark(f"{'… ' if begin else ''}{line}{' …' if stop < len(text) else ''}", terms)


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Give where words stand, in order, those that overlap joined."""
    lower = text.lower()
    if len(lower) != len(text):  # some signs grow when made small: then no place is certain
        return []
    found = sorted(
        match.span() for term in make_terms(terms) for match in term.pattern.finditer(lower)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
