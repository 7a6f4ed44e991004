"""What holds of likeness whatever the counts."""

import numpy as np
import pytest
import scipy.sparse as sparse

from keten.methods.likeness import (
    damp_counts,
    find_rarity,
    score_left_out,
    score_pairs,
    weigh_traits,
)


@pytest.fixture(scope="module")
def counts() -> sparse.csr_array:
    rng = np.random.default_rng(3)
    return sparse.csr_array(rng.poisson(0.4, (40, 25)))


def test_a_cosine_lies_between_nought_and_one_and_is_one_with_oneself(
    counts: sparse.csr_array,
) -> None:
    units = weigh_traits(counts, 40)
    pairs = score_pairs(units, units)
    assert pairs.min() >= 0
    assert pairs.max() <= 1 + 1e-12
    has_traits = np.asarray(units.sum(axis=1)).ravel() > 0
    assert np.diag(pairs)[has_traits] == pytest.approx(1)
    assert pairs == pytest.approx(pairs.T)


def test_what_all_have_tells_nothing_and_a_rare_trait_most() -> None:
    rarity = find_rarity([0, 1, 5, 10], 10)
    assert rarity[0] == rarity[3] == 0
    assert rarity[1] > rarity[2] > 0
    shared = sparse.csr_array([[1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 0]])
    pairs = score_pairs(weigh_traits(shared, 4), weigh_traits(shared, 4))
    assert pairs[0, 1] == 0
    assert pairs[0, 2] == pytest.approx(1)


def test_leaving_one_out_is_the_mean_over_the_others(counts: sparse.csr_array) -> None:
    units, members = weigh_traits(counts, 40), np.array([1, 4, 9, 16])
    pairs = score_pairs(units, units[members])
    found = score_left_out(pairs, members)
    for place in range(4):
        others = np.delete(members, place)
        alone = score_pairs(units, units[others]).mean(axis=1)
        assert found[:, place] == pytest.approx(alone)
    with pytest.raises(ValueError, match="two members"):
        score_left_out(pairs[:, :1], members[:1])


def test_half_a_count_is_refused() -> None:
    with pytest.raises(ValueError, match="one or more"):
        damp_counts(sparse.csr_array([[0.5]]))
    with pytest.raises(ValueError, match="none, some or all"):
        find_rarity([3], 2)
