"""Words of a mapping are met whole, longest first, at their place."""

import pytest

from keten.evidence.technologies.signals import HINTS, MEANS, NAMES, NOTHING
from keten.evidence.technologies.spotting import Spotter, Term, split_words


def met(text: str, *terms: tuple[str, int]) -> list[str]:
    spotter = Spotter([Term(0, kind, term) for term, kind in terms])
    words = split_words(text)
    return [
        text[words.starts[spot.first] : words.ends[spot.first + spot.length - 1]]
        for spot in spotter.find(words.words, NOTHING).get(0, [])
    ]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("photonic*", "Nanophotonics and Photonics", ["Photonics"]),
        ("lithium-ion", "a Lithium–ion cell", ["Lithium–ion"]),
        ("co2 capture", "CO₂ capture", ["CO₂ capture"]),
        ("optical fib*", "optical fibres, optical fiber", ["optical fibres", "optical fiber"]),
        ("lidar", "solidarity", []),
        ("ai", "AI-based and said", ["AI"]),
    ],
)
def test_a_term_is_met_whole_and_where(term: str, text: str, found: list[str]) -> None:
    assert met(text, (term, NAMES)) == found


def test_the_longest_term_takes_its_words() -> None:
    terms = ("optical*", HINTS), ("optical fib*", NAMES), ("fibre*", MEANS)
    assert met("optical fibres", *terms) == ["optical fibres"]
    assert met("optical glass", *terms) == ["optical glass"[:7]]


def test_words_that_mean_something_else_are_not_met() -> None:
    terms = ("quantum*", HINTS), ("quantum chemi*", NOTHING)
    assert met("quantum chemistry of quantum dots", *terms) == ["quantum"]


def test_no_text_has_no_words() -> None:
    assert split_words(None).words == ()
    assert met("", ("ai", NAMES)) == []
