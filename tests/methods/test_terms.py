"""Terms are weighed as worked out by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from keten.methods.logistic import fit_sparse
from keten.methods.terms import weigh_terms


def test_weights_are_those_of_the_formula() -> None:
    texts = [((("a", "b", "a"), 1.0),), ((("a", "c"), 1.0),), ((("c",), 1.0),), ((("d",), 1.0),)]
    found = weigh_terms(texts, fewest=1, most_share=1.0, pairs=False)
    assert found.names == ("a", "b", "c", "d")
    a, b = (1 + np.log(2)) * np.log(4 / 2), np.log(4 / 1)
    expected = np.array([a, b, 0, 0]) / np.hypot(a, b)
    assert found.weights.toarray()[0] == pytest.approx(expected)


def test_pairs_do_not_cross_the_end_of_a_part() -> None:
    found = weigh_terms(
        [((("a", "b"), 1.0), (("c",), 1.0))] * 2 + [((("d",), 1.0),)], fewest=1, most_share=1.0
    )
    assert "a b" in found.names
    assert "b c" not in found.names


def test_nothing_to_weigh_is_an_error() -> None:
    with pytest.raises(ValueError, match="no texts"):
        weigh_terms([])


def test_sparse_fits_find_what_made_the_outcome() -> None:
    rng = np.random.default_rng(1)
    design = (rng.random((4000, 3)) < 0.5).astype(float)
    odds = design @ np.array([2.0, -1.0, 0.0]) - 0.5
    outcome = (rng.random(4000) < 1 / (1 + np.exp(-odds))).astype(float)[:, None]
    weights, start = fit_sparse(csr_array(design), outcome, 0.01, most=200)
    assert weights[:, 0] == pytest.approx([2.0, -1.0, 0.0], abs=0.2)
    assert start[0] == pytest.approx(-0.5, abs=0.2)
    # What is given is not learnt again.
    weights, start = fit_sparse(csr_array(design), outcome, 0.01, offset=odds[:, None], most=200)
    assert np.abs(weights).max() < 0.25
    with pytest.raises(ValueError, match="0 to 1"):
        fit_sparse(csr_array(design), outcome + 1, 0.1)
