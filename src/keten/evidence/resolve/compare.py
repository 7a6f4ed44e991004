"""Compare: what two units have in common, part by part, each as one of a few levels.

A level is a small number: what it means stands in `PARTS`. Where units have several names or
addresses, the pair of names that agrees best is compared, and the best agreement of addresses counts.
Every part treats left and right alike, so that who is called left makes no difference. How rare a
word is, is counted among the units of the two sides compared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

from keten.evidence.resolve.block import rarity
from keten.evidence.resolve.parties import Party
from keten.evidence.resolve.words import COUNTRIES, GROUPS, UNITS

Matrix = Any  # a sparse matrix in rows; its stubs know neither slices nor resizing
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = NDArray[np.uint8]

# The parts of a comparison, and how many levels each has. Level 0 is "nothing to compare" in the
# parts after `length`; in those before it is the least agreement.
PARTS: Final = {
    "spelling": 10, "order": 10, "contained": 7, "share_less": 9, "share_more": 9, "common": 8,
    "left_over_most": 8, "left_over_least": 8, "left_over_kind": 6, "length": 6, "forms": 4,
    "short_name": 4, "postcode": 5, "city": 5, "street": 5, "house_number": 3, "website": 5,
}  # fmt: skip
_SPELLING: Final = (0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
_ORDER: Final = (0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.999)
_CONTAINED: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 0.999)
_SHARE: Final = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.99)
_COMMON: Final = (0.1, 5.0, 8.0, 11.0, 15.0, 20.0, 30.0)
_LEFT_OVER: Final = (0.1, 3.0, 4.5, 5.5, 6.5, 7.5, 8.5)
_LENGTH: Final = (3.5, 5.5, 8.5, 12.5, 20.5)
# What is left over of a name: nothing, other words, a group's word, a place, a part of it, a number.
NOTHING_OVER, OTHER_OVER, GROUP_OVER, PLACE_OVER, UNIT_OVER, NUMBER_OVER = range(6)


@dataclass(frozen=True, slots=True)
class Compared:
    """The levels of pairs, a row for each, columns as in `PARTS`; and which names were compared."""

    levels: Levels
    left_name: Ints  # places in `names` of the parties; -1 where a party has no name
    right_name: Ints


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of all parties of a side, one after another."""

    first: Ints  # of each party
    count: Ints
    compact: list[str]
    spaced: list[str]
    forms: list[frozenset[str]]
    words: Matrix  # name x word


def compare(left: Sequence[Party], right: Sequence[Party], lefts: Ints, rights: Ints) -> Compared:
    """Compare pairs, given as places in the two sides."""
    numbers: dict[str, int] = {}
    one, other = _names(left, numbers), _names(right, numbers)
    width = max(len(numbers), 1)
    one.words.resize((one.words.shape[0], width))
    other.words.resize((other.words.shape[0], width))
    counts = one.words.getnnz(axis=0) + other.words.getnnz(axis=0)
    weight = rarity(counts.astype(np.float64), len(left) + len(right)).astype(np.float64)
    a, b = _best_names(one, other, weight, lefts, rights)
    columns = [
        *_name_levels(one, other, a, b, weight, _kinds(numbers, left, right)),
        _forms_levels(one, other, a, b),
        _short_levels(left, right, lefts, rights),
        *_address_levels(left, right, lefts, rights),
        _website_levels(left, right, lefts, rights),
    ]
    named = (one.count[lefts] > 0) & (other.count[rights] > 0)
    return Compared(
        np.column_stack(columns).astype(np.uint8).reshape(len(lefts), len(PARTS)),
        np.where(named, a - one.first[lefts], -1),
        np.where(named, b - other.first[rights], -1),
    )


def _names(side: Sequence[Party], numbers: dict[str, int]) -> _Names:
    count = np.array([len(party.names) for party in side], np.int64)
    # A party without a name is given an empty one, so that every pair has two names to compare.
    names = [name for party in side for name in (party.names or (None,))]
    first = np.cumsum(np.maximum(count, 1)) - np.maximum(count, 1)
    columns: list[int] = []
    ends = [0]
    for name in names:
        if name is not None:
            columns += [numbers.setdefault(word, len(numbers)) for word in sorted(set(name.words))]
        ends.append(len(columns))
    words = sp.csr_matrix(
        (np.ones(len(columns)), np.array(columns, np.int64), np.array(ends, np.int64)),
        shape=(len(names), max(len(numbers), 1)),
    )
    return _Names(
        first,
        count,
        [name.compact if name else "" for name in names],
        [" ".join(name.words) if name else "" for name in names],
        [name.forms if name else frozenset() for name in names],
        words,
    )


def _best_names(
    one: _Names, other: _Names, weight: Floats, lefts: Ints, rights: Ints
) -> tuple[Ints, Ints]:
    """Give for each pair of parties the two names that share most."""
    pairs, a, b = _all_pairs(
        one.first, np.maximum(one.count, 1), other.first, np.maximum(other.count, 1), lefts, rights
    )
    if len(pairs) == len(lefts):
        return a, b
    several = np.flatnonzero(np.bincount(pairs, minlength=len(lefts))[pairs] > 1)
    agreement = np.zeros(len(pairs))
    weighted = sp.diags(weight)
    totals = [np.asarray((side.words @ weighted).sum(axis=1)).ravel() for side in (one, other)]
    sa, sb = a[several], b[several]
    common = _row_products(one.words @ weighted, other.words, sa, sb)
    both = totals[0][sa] + totals[1][sb]
    dice = np.divide(2 * common, both, out=np.zeros(len(both)), where=both > 0)
    alike = cpdist(
        [one.compact[place] for place in sa.tolist()],
        [other.compact[place] for place in sb.tolist()],
        scorer=JaroWinkler.similarity, dtype=np.float32,
    )  # fmt: skip
    agreement[several] = np.round(dice + alike, 6)
    order = np.lexsort((b, a, -agreement, pairs))
    best = order[np.searchsorted(pairs[order], np.arange(len(lefts)))]
    return a[best], b[best]


def _name_levels(
    one: _Names, other: _Names, a: Ints, b: Ints, weight: Floats, kinds: Matrix
) -> list[Levels]:
    compact = [one.compact[place] for place in a.tolist()], [other.compact[p] for p in b.tolist()]
    spaced = [one.spaced[place] for place in a.tolist()], [other.spaced[p] for p in b.tolist()]
    spelling = cpdist(*compact, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
    order = cpdist(*spaced, scorer=fuzz.token_sort_ratio, dtype=np.float32) / 100
    contained = cpdist(*spaced, scorer=fuzz.token_set_ratio, dtype=np.float32) / 100
    same = np.array([x == y != "" for x, y in zip(*compact, strict=True)], bool)
    length = np.array([min(len(x), len(y)) for x, y in zip(*compact, strict=True)])
    weighted = sp.diags(weight)
    mine, yours = one.words[a], other.words[b]
    shared = mine.multiply(yours).tocsr()
    common = np.asarray((shared @ weighted).sum(axis=1)).ravel()
    totals = [np.asarray((side @ weighted).sum(axis=1)).ravel() for side in (mine, yours)]
    shares = [
        np.divide(common, total, out=np.zeros(len(total)), where=total > 0) for total in totals
    ]
    over = [((side - shared) @ weighted).tocsr() for side in (mine, yours)]
    most = [
        np.asarray(side.max(axis=1).todense()).ravel() if side.shape[0] else np.zeros(0)
        for side in over
    ]
    # Words that are spelled almost alike were counted as left over; nothing is over where all is the
    # same but for spaces.
    largest = np.where(same, 0.0, np.maximum(*most))
    least = np.where(same, 0.0, np.minimum(*most))
    return [
        _cut(spelling, _SPELLING, np.where(same, 9, -1)),
        _cut(order, _ORDER),
        _cut(contained, _CONTAINED),
        _cut(np.where(same, 1.0, np.minimum(*shares)), _SHARE),
        _cut(np.where(same, 1.0, np.maximum(*shares)), _SHARE),
        _cut(np.where(same, np.maximum(*totals), common), _COMMON),
        _cut(largest, _LEFT_OVER),
        _cut(least, _LEFT_OVER),
        _kind_levels([mine - shared, yours - shared], kinds, same),
        _cut(length, _LENGTH),
    ]


def _kinds(numbers: dict[str, int], left: Sequence[Party], right: Sequence[Party]) -> Matrix:
    """Say of every word whether it is a group's, a place, a part's, or a number: word x kind."""
    places = {
        word
        for side in (left, right)
        for party in side
        for city in party.cities
        for word in city.split()
    }
    kinds = []
    for word in numbers:
        if word in GROUPS:
            kinds.append(GROUP_OVER)
        elif word in UNITS:
            kinds.append(UNIT_OVER)
        elif word.isdigit():
            kinds.append(NUMBER_OVER)
        elif word in COUNTRIES or word in places:
            kinds.append(PLACE_OVER)
        else:
            kinds.append(OTHER_OVER)
    return sp.csr_matrix(
        (np.ones(len(kinds)), (np.arange(len(kinds)), np.array(kinds, np.int64))),
        shape=(max(len(kinds), 1), 6),
    )


def _kind_levels(over: Sequence[Matrix], kinds: Matrix, same: NDArray[np.bool_]) -> Levels:
    """Say what kind of words are left over: what tells most (a number, a part) comes first."""
    found = np.asarray((over[0] @ kinds).todense() + (over[1] @ kinds).todense()) > 0
    level = np.zeros(len(same), np.int64)
    for kind in (GROUP_OVER, PLACE_OVER, UNIT_OVER, OTHER_OVER, NUMBER_OVER):
        level = np.where(found[:, kind], kind, level)
    return np.where(same, NOTHING_OVER, level).astype(np.uint8)


def _forms_levels(one: _Names, other: _Names, a: Ints, b: Ints) -> Levels:
    """0: one has no legal form; 1: others; 2: some in common; 3: the same."""
    levels = [
        0 if not x or not y else 3 if x == y else 2 if x & y else 1
        for x, y in (
            (one.forms[i], other.forms[j]) for i, j in zip(a.tolist(), b.tolist(), strict=True)
        )
    ]
    return np.array(levels, np.uint8)


def _short_levels(
    left: Sequence[Party], right: Sequence[Party], lefts: Ints, rights: Ints
) -> Levels:
    """0: no short name on one side; 1: others; 2: one is the initials of the other; 3: the same."""
    initials = [[party.initials for party in side] for side in (left, right)]
    levels = np.zeros(len(lefts), np.uint8)
    for place, (i, j) in enumerate(zip(lefts.tolist(), rights.tolist(), strict=True)):
        mine, yours = left[i].shorts, right[j].shorts
        if mine and yours and not mine.isdisjoint(yours):
            levels[place] = 3
        elif not mine.isdisjoint(initials[1][j]) or not yours.isdisjoint(initials[0][i]):
            levels[place] = 2
        elif mine and yours:
            levels[place] = 1
    return levels


def _address_levels(
    left: Sequence[Party], right: Sequence[Party], lefts: Ints, rights: Ints
) -> list[Levels]:
    """Postcode, city, street, house number; 0 where one side has none."""
    postcode = np.zeros(len(lefts), np.uint8)
    number = np.zeros(len(lefts), np.uint8)
    begins = [
        [
            tuple(frozenset(code[:letters] for code in party.postcodes) for letters in (3, 2))
            for party in side
        ]
        for side in (left, right)
    ]
    numbers = [
        [frozenset(n for _, found in party.streets for n in found) for party in side]
        for side in (left, right)
    ]
    for place, (i, j) in enumerate(zip(lefts.tolist(), rights.tolist(), strict=True)):
        mine, yours = left[i].postcodes, right[j].postcodes
        if mine and yours:
            if not mine.isdisjoint(yours):
                postcode[place] = 4
            elif not begins[0][i][0].isdisjoint(begins[1][j][0]):
                postcode[place] = 3
            else:
                postcode[place] = 1 if begins[0][i][1].isdisjoint(begins[1][j][1]) else 2
        one, other = numbers[0][i], numbers[1][j]
        if one and other:
            number[place] = 1 if one.isdisjoint(other) else 2
    city = _best_text(
        [party.cities for party in left], [party.cities for party in right], lefts, rights,
        lambda x, y: np.maximum(
            cpdist(x, y, scorer=JaroWinkler.similarity, dtype=np.float32),
            cpdist(x, y, scorer=fuzz.token_set_ratio, dtype=np.float32) / 100,
        ),
    )  # fmt: skip
    streets = [
        [tuple(street for street, _ in party.streets if street) for party in side]
        for side in (left, right)
    ]
    street = _best_text(
        streets[0], streets[1], lefts, rights,
        lambda x, y: cpdist(x, y, scorer=fuzz.token_set_ratio, dtype=np.float32) / 100,
    )  # fmt: skip
    return [
        postcode,
        np.where(city < 0, 0, 1 + np.digitize(city, (0.7, 0.85, 0.95))).astype(np.uint8),
        np.where(street < 0, 0, 1 + np.digitize(street, (0.5, 0.7, 0.9))).astype(np.uint8),
        number,
    ]


def _website_levels(
    left: Sequence[Party], right: Sequence[Party], lefts: Ints, rights: Ints
) -> Levels:
    """0: no website; 1: others; 2: one has one, not its name; 3: it is the other's name; 4: same."""
    known = [
        [
            party.shorts
            | party.initials
            | {name.compact for name in party.names}
            | {word for name in party.names for word in name.words if len(word) > 3}
            for party in side
        ]
        for side in (left, right)
    ]
    labels = [[party.labels for party in side] for side in (left, right)]
    levels = np.zeros(len(lefts), np.uint8)
    for place, (i, j) in enumerate(zip(lefts.tolist(), rights.tolist(), strict=True)):
        mine, yours = left[i].domains, right[j].domains
        if not mine and not yours:
            continue
        if not mine.isdisjoint(yours):
            levels[place] = 4
        elif not labels[0][i].isdisjoint(known[1][j]) or not labels[1][j].isdisjoint(known[0][i]):
            levels[place] = 3
        else:
            levels[place] = 1 if mine and yours else 2
    return levels


def _best_text(
    one: Sequence[Sequence[str]],
    other: Sequence[Sequence[str]],
    lefts: Ints,
    rights: Ints,
    alike: Callable[[list[str], list[str]], NDArray[Any]],
) -> Floats:
    """Give the best agreement of any two texts of a pair; -1 where a side has none."""
    counts = [np.array([len(texts) for texts in side], np.int64) for side in (one, other)]
    texts = [[text for texts in side for text in texts] for side in (one, other)]
    pairs, a, b = _all_pairs(
        np.cumsum(counts[0]) - counts[0], counts[0], np.cumsum(counts[1]) - counts[1], counts[1],
        lefts, rights,
    )  # fmt: skip
    best = np.full(len(lefts), -1.0)
    if len(pairs):
        found = alike([texts[0][p] for p in a.tolist()], [texts[1][p] for p in b.tolist()])
        np.maximum.at(best, pairs, found.astype(np.float64))
    return best


def _all_pairs(
    first: Ints, count: Ints, other_first: Ints, other_count: Ints, lefts: Ints, rights: Ints
) -> tuple[Ints, Ints, Ints]:
    """Give every combination of what the two of a pair have: the pair's number and the two places."""
    each = count[lefts] * other_count[rights]
    pairs = np.repeat(np.arange(len(lefts)), each)
    within = np.arange(len(pairs)) - np.repeat(np.cumsum(each) - each, each)
    width = other_count[rights][pairs]
    return (
        pairs,
        first[lefts][pairs] + within // np.maximum(width, 1),
        other_first[rights][pairs] + within % np.maximum(width, 1),
    )


def _row_products(one: Matrix, other: Matrix, a: Ints, b: Ints) -> Floats:
    """Give the product of row a of one with row b of the other, for each pair of rows."""
    return np.asarray(one[a].multiply(other[b]).sum(axis=1)).ravel()


def _cut(
    values: NDArray[np.floating], bounds: Sequence[float], instead: Ints | None = None
) -> Levels:
    """Give the level of each value; `instead` holds, where it is not negative."""
    levels = np.digitize(np.round(values.astype(np.float64), 6), bounds)
    return (levels if instead is None else np.where(instead >= 0, instead, levels)).astype(np.uint8)
