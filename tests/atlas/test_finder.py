"""The finder finds what each pattern alone finds, whatever the words and texts."""

from __future__ import annotations

import random

from keten.atlas.finder import Finder
from keten.evidence.classify import make_terms

PIECES = [
    "laser",
    "lasers",
    "fibre",
    "optic",
    "optics",
    "co2",
    "ai",
    "chip",
    "on",
    "a",
    "é",
    "l'aser",
]
GAPS = [" ", "-", "  ", ", ", "\u2011", "", "_", "'", "\n"]


def test_it_finds_what_each_pattern_finds() -> None:
    lot = random.Random(5)
    for _ in range(300):
        words = {
            "".join(
                [
                    " ".join(lot.choices(PIECES[:10], k=lot.choice([1, 1, 2, 3]))),
                    lot.choice(["", "*"]),
                ]
            )
            for _ in range(lot.randrange(1, 8))
        }
        terms = make_terms(sorted(words))
        others = make_terms([" ".join(lot.choices(PIECES[:6], k=2))])
        finder = Finder(terms, others)
        for _ in range(6):
            text = "".join(lot.choice(PIECES) + lot.choice(GAPS) for _ in range(lot.randrange(12)))
            read = text
            for other in others:
                read = other.pattern.sub(" ", read)
            assert finder.find(text) == [t.term for t in terms if t.pattern.search(read)], (
                text,
                words,
            )
