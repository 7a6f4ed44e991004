"""Rarity and cosine as Manning, Raghavan & Schütze (2008) print them, in chapter 6."""

import numpy as np
import pytest
import scipy.sparse as sparse

from keten.methods.likeness import damp_counts, find_rarity, score_pairs, to_unit_length

# Figure 6.12: affection, jealous, gossip in three novels; the lectures add wuthering.
NOVELS = np.array([[115, 10, 2, 0], [58, 7, 0, 0], [20, 11, 6, 38]])


def test_rarity_of_words_in_the_reuters_collection() -> None:
    found = find_rarity([18_165, 6_723, 19_241, 25_235], 806_791)  # figure 6.8
    assert found == pytest.approx([1.65, 2.08, 1.62, 1.5], abs=0.006)


def test_unit_vectors_of_three_novels() -> None:
    units = to_unit_length(sparse.csr_array(NOVELS[:, :3], dtype=float)).toarray()
    printed = [[0.996, 0.087, 0.017], [0.993, 0.120, 0], [0.847, 0.466, 0.254]]  # figure 6.13
    assert units == pytest.approx(np.array(printed), abs=6e-4)
    one, two, three = units
    assert one @ two == pytest.approx(0.999, abs=6e-4)
    assert one @ three == pytest.approx(0.888, abs=2e-3)


def test_likeness_of_three_novels_with_counts_damped() -> None:
    """As the authors' lectures to the chapter work it out: .94, .79 and .69."""
    units = to_unit_length(damp_counts(sparse.csr_array(NOVELS)))
    assert units.toarray()[0] == pytest.approx([0.789, 0.515, 0.335, 0], abs=6e-4)
    pairs = score_pairs(units, units)
    assert (pairs[0, 1], pairs[0, 2], pairs[1, 2]) == pytest.approx((0.94, 0.79, 0.69), abs=6e-3)
