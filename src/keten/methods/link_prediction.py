"""Which two of a network will meet next: scores of pairs that are not joined yet, from who is joined now.

Four published baselines. All take a network as a symmetric sparse matrix `A` (nodes by nodes, 1 where
two are joined, nothing on the diagonal), ask about some `nodes`, and give one row of scores for each, by
candidate. They score every candidate, those already joined too: `ranking` leaves out what a caller names.

Where `A` holds only what lies between some nodes and their candidates, as it does when it is read from a
large store, `degrees` says how many each node is joined to in the whole network.

Shapes: A (n, n); nodes (q,); candidates (c,), all n when left out; degrees (n,); the answer (q, c) in
float64.
Source: Liben-Nowell & Kleinberg (2007), The link-prediction problem for social networks, JASIST 58(7),
section 3; Adamic & Adar (2003), Friends and neighbors on the Web, Social Networks 25(3); Zhou, Lü & Zhang
(2009), Predicting missing links via local information, EPJ B 71, for resource allocation.
"""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

Nodes = npt.NDArray[np.integer]
Degrees = npt.NDArray[np.integer]
Scores = npt.NDArray[np.float64]

DECIMALS = 12  # sums of the same terms in another order must tie, so that a rule can settle it


def join_members(members: Nodes, groups: Nodes, size: int) -> sparse.csr_array:
    """Give the network in which two are joined when they are members of one group.

    `members[i]` is a member of `groups[i]`; a membership that stands twice counts once. Shapes: members
    and groups (m,), both counted from 0; the answer (size, size). Raises: ValueError when the two differ
    in length or a member is not below `size`.
    """
    members, groups = np.asarray(members), np.asarray(groups)
    if members.shape != groups.shape:
        raise ValueError("members and groups must be as long as each other")
    if members.size and (members.max() >= size or min(members.min(), groups.min()) < 0):
        raise ValueError("members and groups are counted from 0, and members end below size")
    ones = np.ones(members.size, dtype=np.int32)
    shape = (size, int(groups.max()) + 1 if groups.size else 0)
    belongs = sparse.csr_array((ones, (members, groups)), shape=shape)
    return _simplify(belongs @ belongs.T)


def join_pairs(one: Nodes, other: Nodes, size: int) -> sparse.csr_array:
    """Give the network of these pairs, each joined both ways. Shapes: one, other (m,) in 0..size-1."""
    ones = np.ones(np.asarray(one).size, dtype=np.int32)
    pairs = sparse.csr_array((ones, (one, other)), shape=(size, size))
    return _simplify(pairs + pairs.T)


def count_degrees(A: sparse.csr_array) -> npt.NDArray[np.int64]:
    """Give how many each node is joined to: k_u = |N(u)|. Shapes: (n,)."""
    return np.diff(A.indptr).astype(np.int64)


def score_common_neighbours(
    A: sparse.csr_array, nodes: Nodes, candidates: Nodes | None = None
) -> Scores:
    """Give |N(u) & N(v)|: how many both are joined to (Liben-Nowell & Kleinberg 2007, 3.2)."""
    return _score_through(A, nodes, candidates, np.ones(A.shape[0]))


def score_adamic_adar(
    A: sparse.csr_array,
    nodes: Nodes,
    candidates: Nodes | None = None,
    degrees: Degrees | None = None,
) -> Scores:
    """Give the sum over common neighbours z of 1 / ln k_z (Adamic & Adar 2003, for networks).

    Who is joined to few says more than who is joined to all. Natural logarithm; a common neighbour has at
    least two neighbours, so that the logarithm is never nought.
    """
    known = count_degrees(A) if degrees is None else degrees
    return _score_through(A, nodes, candidates, weigh_adamic_adar(known))


def score_resource_allocation(
    A: sparse.csr_array,
    nodes: Nodes,
    candidates: Nodes | None = None,
    degrees: Degrees | None = None,
) -> Scores:
    """Give the sum over common neighbours z of 1 / k_z (Zhou, Lü & Zhang 2009, equation 11)."""
    known = count_degrees(A) if degrees is None else degrees
    weights = np.divide(1.0, known, out=np.zeros(known.size), where=known > 0)
    return _score_through(A, nodes, candidates, weights)


def score_preferential_attachment(
    A: sparse.csr_array,
    nodes: Nodes,
    candidates: Nodes | None = None,
    degrees: Degrees | None = None,
) -> Scores:
    """Give k_u * k_v: popularity alone (Liben-Nowell & Kleinberg 2007, 3.2)."""
    known = np.asarray(count_degrees(A) if degrees is None else degrees, dtype=np.float64)
    return np.outer(known[nodes], known if candidates is None else known[candidates])


def weigh_adamic_adar(degrees: Degrees) -> Scores:
    """Give 1 / ln k for each k; nought for k below two, which is no common neighbour of anyone."""
    joins = degrees >= 2
    weights = np.zeros(degrees.size)
    weights[joins] = 1.0 / np.log(degrees[joins])
    return weights


def _score_through(
    A: sparse.csr_array, nodes: Nodes, candidates: Nodes | None, weights: Scores
) -> Scores:
    """Sum the weights of those whom a node and a candidate are both joined to."""
    ways = A[nodes].astype(np.float64)
    ways.data *= weights[ways.indices]
    if candidates is None:
        # Whoever is not joined to a node leads nowhere, and A reads the same both ways.
        between = np.unique(ways.indices)
        reached = ways[:, between] @ A[between]
    else:
        reached = ways @ A[candidates].T.tocsr()
    found: Scores = np.round(reached.toarray(), DECIMALS)
    return found


def _simplify(A: sparse.csr_array) -> sparse.csr_array:
    """Give the same network with ones only, none on the diagonal, in the order of its nodes."""
    simple = sparse.csr_array(A)
    simple.setdiag(0)
    simple.eliminate_zeros()
    simple.sort_indices()
    simple.data = np.ones(simple.nnz, dtype=np.int32)
    return simple
