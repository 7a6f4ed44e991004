"""Words that no mapping holds speak too, by weights that were shipped; a reader is told which."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from keten.errors import BuildError
from keten.evidence.technologies.leaning import (
    Leaning,
    read_leaning,
    tell_fingerprint,
    write_leaning,
)
from keten.evidence.technologies.model import read_model
from keten.evidence.technologies.signals import HINTS, NAMES, Hit
from keten.evidence.technologies.speaking import Voice, find_speaking
from tests.evidence.technologies.made import document

WORDS = Leaning(
    ("optics", "ai-data"),
    ("lens", "learning"),
    np.array([2.0, 1.0]),
    np.array([[[1.5, 1.0], [0.0, 0.0]], [[-0.5, 0.0], [2.0, 1.0]]]),
    np.array([[0.1, 0.0], [-0.2, 0.0]]),
)


def test_a_title_counts_thrice_and_a_text_has_length_one() -> None:
    found = WORDS.weigh([("lens",), ()], [("learning", "by", "learning"), ("rain",)]).toarray()
    row = np.array([2 * (1 + np.log(3)), 1 + np.log(2)])
    assert found[0] == pytest.approx(row / np.linalg.norm(row))
    assert (found[1] == 0).all()


def test_what_is_written_is_read_and_other_words_are_refused() -> None:
    shipped = read_model().leaning
    assert shipped is not None
    again = read_leaning(tell_fingerprint(write_leaning(shipped)))
    assert (again.weights == shipped.weights).all()
    with pytest.raises(BuildError):
        read_leaning("of other words")


def test_an_entry_that_nobody_read_a_text_for_leans_nowhere() -> None:
    weights, start = WORDS.of(("ai-data", "new"))
    assert weights[:, 0].tolist() == WORDS.weights[:, 1].tolist()
    assert not weights[:, 1].any()
    assert not start[1].any()


def test_the_words_that_added_most_are_told_but_not_those_a_mapping_named() -> None:
    texts = [document("a", "A lens of CO₂ glass, and a second lens.", "On lasers")]
    voice = Voice(
        csr_array(np.ones((1, 4))), ("lens", "glass", "co2 glass", "second"),
        (np.array([[3.0], [0.5], [0.4], [-1.0]]),), np.zeros(1, np.int64),
    )  # fmt: skip
    named = Hit(0, 0, NAMES, "lens*", "objective", 2, 6)
    found = find_speaking(texts, np.array([0]), [(0, 0)], [voice], [named])
    assert [(hit.term, hit.kind) for hit in found] == [("glass", HINTS)]
    (other,) = find_speaking(texts, np.array([0]), [(0, 0)], [voice], [])[:1]
    assert (texts[0].summary or "")[other.start : other.end] == "lens"
    assert not find_speaking(texts, np.array([-1]), [(0, 0)], [voice], [])
