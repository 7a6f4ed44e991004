"""Block: which units are worth comparing, found by what rare things they share.

Of two sides of one country, every unit on the left is given the units on the right that share most:
words and pairs of words of the name, the whole name, initials, postcode with house number, street,
domain, each weighted by how rare it is. What more than `CAP` units share is no reason to compare, so
the work is bounded and counted before it is done. A unit that found nothing convincing is looked for
once more by fragments of four letters (the rescue pass).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from keten.evidence.resolve.parties import Party

Matrix = Any  # a sparse matrix in rows; its stubs know neither slices nor resizing
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Traits = dict[str, float]

CAP: Final = 200  # units on a side that may share a trait
NEAREST: Final = 12
RESCUE_CAP: Final = 400
RESCUED: Final = 8
CONVINCING: Final = 0.5  # cosine from which a unit needs no rescue
_SMOOTHING: Final = 2000  # so that what is rare in a small country is not taken for common
_ROWS: Final = 4096


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth comparing, as places in the two sides; `counted` is the work that found them."""

    left: Ints
    right: Ints
    counted: int


def find_candidates(left: Sequence[Party], right: Sequence[Party]) -> Candidates:
    """Give the pairs worth comparing, in order of left and right."""
    nearest, best, counted = _nearest(left, right, _traits, CAP, NEAREST)
    lost = np.flatnonzero(best < CONVINCING)
    rescued, _, more = _nearest(
        [left[place] for place in lost.tolist()], right, _fragments, RESCUE_CAP, RESCUED
    )
    width = max(len(right), 1)
    found = np.unique(
        np.concatenate([nearest[0] * width + nearest[1], lost[rescued[0]] * width + rescued[1]])
    )
    return Candidates(found // width, found % width, counted + more)


def rarity(counts: NDArray[np.float64], parties: int) -> Floats:
    """Give the weight of traits that `counts` of `parties` units have: ln((n + s) / (count + 1))."""
    return np.log((parties + _SMOOTHING) / (counts + 1.0)).astype(np.float32)


def _traits(party: Party) -> Traits:
    """Give what a unit may share with another, and how much each counts."""
    traits: Traits = {}

    def add(weight: float, told: Iterable[str]) -> None:
        for trait in told:
            traits[trait] = max(weight, traits.get(trait, 0.0))

    for name in party.names:
        add(1.5, [f"={name.compact}"])
        add(1.0, (f"w{word}" for word in name.words))
        add(0.6, (f"b{one} {two}" for one, two in zip(name.words, name.words[1:], strict=False)))
    add(0.4, (f"w{letters}" for letters in party.initials))
    add(0.5, (f"w{short}" for short in party.shorts if len(short) > 2))
    add(0.5, (f"w{label}" for label in party.labels))
    add(1.0, (f"d{domain}" for domain in party.domains))
    add(0.8, _places(party))
    return traits


def _places(party: Party) -> Iterator[str]:
    """Give where a unit is: postcode, postcode with house number, street with house number."""
    for postcode in party.postcodes:
        yield f"p{postcode}"
        yield from (f"p{postcode} {numbers[0]}" for _, numbers in party.streets if numbers)
    if party.cities:
        for street, numbers in party.streets:
            if street:
                yield f"s{street} {' '.join(numbers[:1])}"


def _fragments(party: Party) -> Traits:
    """Give the fragments of four letters of the names."""
    fragments: Traits = {}
    for name in party.names:
        text = f" {' '.join(name.words)} "
        for start in range(len(text) - 3):
            fragments[text[start : start + 4]] = 1.0
    return fragments


def _nearest(
    left: Sequence[Party],
    right: Sequence[Party],
    describe: Callable[[Party], Traits],
    cap: int,
    nearest: int,
) -> tuple[tuple[Ints, Ints], Floats, int]:
    """Give for each unit on the left the units on the right that share most, by cosine.

    Also the best cosine of each unit on the left, and the number of shared traits looked at.
    """
    best = np.zeros(len(left), np.float32)
    if not left or not right:
        return (np.zeros(0, np.int64), np.zeros(0, np.int64)), best, 0
    numbers: dict[str, int] = {}
    described = [_matrix(side, describe, numbers) for side in (left, right)]
    for matrix in described:
        matrix.resize((matrix.shape[0], len(numbers)))
    one, other = described
    on_left, on_right = one.getnnz(axis=0), other.getnnz(axis=0)
    weight = rarity((on_left + on_right).astype(np.float64), len(left) + len(right))
    shared = np.flatnonzero((on_left > 0) & (on_right > 0) & (on_left <= cap) & (on_right <= cap))
    counted = int((on_left[shared].astype(np.int64) * on_right[shared]).sum())
    a, b = (_unit_length(matrix, weight, shared) for matrix in described)
    turned = b.T.tocsr()
    lefts: list[Ints] = []
    rights: list[Ints] = []
    for start in range(0, a.shape[0], _ROWS):
        product = a[start : start + _ROWS] @ turned
        rows, columns, values = _highest(product, nearest)
        lefts.append(rows + start)
        rights.append(columns)
        np.maximum.at(best, rows + start, values)
    return (np.concatenate(lefts), np.concatenate(rights)), best, counted


def _matrix(
    side: Sequence[Party], describe: Callable[[Party], Traits], numbers: dict[str, int]
) -> Matrix:
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for party in side:
        for trait, weight in describe(party).items():
            columns.append(numbers.setdefault(trait, len(numbers)))
            values.append(weight)
        ends.append(len(columns))
    return sp.csr_matrix(
        (np.array(values, np.float32), np.array(columns, np.int64), np.array(ends, np.int64)),
        shape=(len(side), len(numbers)),
    )


def _unit_length(matrix: Matrix, weight: Floats, shared: Ints) -> Matrix:
    """Weigh the traits and bring each unit to length one, by all its traits, shared or not."""
    weighted = matrix @ sp.diags(weight)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return (sp.diags(scale.astype(np.float32)) @ weighted[:, shared]).tocsr()


def _highest(product: Matrix, nearest: int) -> tuple[Ints, Ints, Floats]:
    """Give the highest entries of each row; of equals the first column."""
    product = product.tocsr()
    rows = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
    values = np.round(product.data, 6)
    order = np.lexsort((product.indices, -values, rows))
    rows, columns, values = rows[order], product.indices[order].astype(np.int64), values[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    chosen = place < nearest
    return rows[chosen].astype(np.int64), columns[chosen], values[chosen]
