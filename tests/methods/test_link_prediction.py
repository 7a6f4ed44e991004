"""Link prediction against networkx, on known graphs and on drawn ones."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sparse
from hypothesis import given
from hypothesis import strategies as st

from keten.methods.link_prediction import (
    count_degrees,
    join_members,
    join_pairs,
    score_adamic_adar,
    score_common_neighbours,
    score_preferential_attachment,
    score_resource_allocation,
)


def matrix(graph: nx.Graph) -> sparse.csr_array:
    one, other = np.array(graph.edges, dtype=np.int64).reshape(-1, 2).T
    return join_pairs(one, other, graph.number_of_nodes())


def oracle(graph: nx.Graph, method: object) -> np.ndarray:
    size = graph.number_of_nodes()
    found = np.zeros((size, size))
    pairs = [(u, v) for u in range(size) for v in range(size) if u != v]
    for u, v, value in method(graph, pairs):  # type: ignore[operator]
        found[u, v] = value
    return found


def off_diagonal(scores: np.ndarray) -> np.ndarray:
    scores = scores.copy()
    np.fill_diagonal(scores, 0)
    return scores


METHODS = [
    (score_adamic_adar, nx.adamic_adar_index),
    (score_resource_allocation, nx.resource_allocation_index),
    (score_preferential_attachment, nx.preferential_attachment),
]


@pytest.mark.parametrize(("ours", "theirs"), METHODS)
@pytest.mark.parametrize("graph", [nx.karate_club_graph(), nx.complete_graph(5), nx.path_graph(6)])
def test_equals_networkx_on_known_graphs(ours, theirs, graph) -> None:
    everyone = np.arange(graph.number_of_nodes())
    found = off_diagonal(ours(matrix(graph), everyone))
    np.testing.assert_allclose(found, oracle(graph, theirs), atol=1e-9)


def test_values_that_the_documentation_of_networkx_prints() -> None:
    A = matrix(nx.complete_graph(5))
    assert score_adamic_adar(A, np.array([0]))[0, 1] == pytest.approx(2.1640425613334453)
    assert score_resource_allocation(A, np.array([2]))[0, 3] == pytest.approx(0.75)
    assert score_preferential_attachment(A, np.array([0]))[0, 1] == 16


@given(st.integers(2, 25), st.floats(0, 0.6), st.integers(0, 10_000))
def test_equals_networkx_on_drawn_graphs(size: int, share: float, seed: int) -> None:
    graph = nx.gnp_random_graph(size, share, seed=seed)
    A, everyone = matrix(graph), np.arange(size)
    for ours, theirs in METHODS:
        np.testing.assert_allclose(
            off_diagonal(ours(A, everyone)), oracle(graph, theirs), atol=1e-9
        )
    common = score_common_neighbours(A, everyone)
    for u in range(size):
        for v in range(size):
            if u != v:
                assert common[u, v] == len(list(nx.common_neighbors(graph, u, v)))


@given(st.integers(3, 25), st.integers(0, 10_000))
def test_some_nodes_and_candidates_are_a_part_of_all(size: int, seed: int) -> None:
    A = matrix(nx.gnp_random_graph(size, 0.4, seed=seed))
    rng = np.random.default_rng(seed)
    nodes, candidates = rng.permutation(size)[:2], rng.permutation(size)[: size // 2]
    for score in (score_common_neighbours, score_adamic_adar, score_preferential_attachment):
        whole = score(A, np.arange(size))
        np.testing.assert_array_equal(score(A, nodes, candidates), whole[np.ix_(nodes, candidates)])
        np.testing.assert_array_equal(whole, whole.T)


def test_members_of_a_group_are_joined_once_however_often_they_meet() -> None:
    members = np.array([0, 1, 2, 0, 1, 1, 3])
    groups = np.array([0, 0, 0, 1, 1, 1, 2])
    A = join_members(members, groups, 5)
    assert A.toarray().tolist() == [
        [0, 1, 1, 0, 0],
        [1, 0, 1, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
    ]
    assert count_degrees(A).tolist() == [2, 2, 2, 0, 0]


def test_a_part_of_the_network_will_do_when_the_degrees_are_those_of_the_whole() -> None:
    A = matrix(nx.karate_club_graph())
    whole, degrees = score_adamic_adar(A, np.array([0])), count_degrees(A)
    near = A[[0]].indices
    seen = np.zeros((34, 34), dtype=np.int32)
    seen[0, near] = 1
    seen[near] = A[near].toarray()
    part = sparse.csr_array(np.maximum(seen, seen.T))
    np.testing.assert_allclose(score_adamic_adar(part, np.array([0]), degrees=degrees), whole)


def test_two_who_have_only_each_other_give_no_score_that_cannot_be_counted() -> None:
    A = join_pairs(np.array([0]), np.array([1]), 3)
    assert np.isfinite(score_adamic_adar(A, np.arange(3))).all()
    assert np.isfinite(score_resource_allocation(A, np.arange(3))).all()


def test_an_empty_network_and_a_wrong_one() -> None:
    nothing = np.array([], dtype=np.int64)
    assert score_adamic_adar(join_members(nothing, nothing, 3), np.array([0])).sum() == 0
    with pytest.raises(ValueError, match="as long as"):
        join_members(np.array([0, 1]), np.array([0]), 2)
    with pytest.raises(ValueError, match="below size"):
        join_members(np.array([0, 2]), np.array([0, 0]), 2)
