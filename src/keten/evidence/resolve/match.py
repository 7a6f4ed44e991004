"""Match: compares the units of all registers, side by side and country by country, and scores them.

Comparing is the heavy part, and knows nothing of rulings; a block (two registers, one country) whose
units did not change is not compared again. Scoring is light, and done anew with the weights in force.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit

from keten.evidence.resolve.block import find_candidates
from keten.evidence.resolve.compare import PARTS, Levels, compare
from keten.evidence.resolve.parties import Blocks, Party, read_parties
from keten.evidence.resolve.weights import Model, rival_levels, second_numbers

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

# Who asks whom: the first of a pair of registers looks for its nearest among the second. Units of no
# register (names on lists) may be the same among themselves.
_RANK: Final = {"own": -1, "none": 0, "kvk": 1, "pic": 2, "ror": 3}
_MANY_NAMES: Final = ("own", "none")  # lists, on which one organisation may stand several times
_COLUMN: Final = {part: place for place, part in enumerate(PARTS)}
_SAME_SPELLING = PARTS["spelling"] - 1


@dataclass(frozen=True, slots=True)
class Block:
    """What one comparison of two registers in one country found, by keys of units.

    `levels` has a row for each pair, and columns as in `PARTS`. `fingerprint` is that of the units
    on both sides; `counted` the shared traits that were looked at.
    """

    registers: tuple[str, str]
    country: str
    fingerprint: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    levels: Levels
    counted: int


@dataclass(slots=True)
class Comparisons:
    """All blocks, by registers and country; and how many of them had to be compared."""

    blocks: dict[tuple[str, str, str], Block] = field(default_factory=dict)
    compared: int = 0


def compare_units(
    units: pa.Table,
    before: Mapping[tuple[str, str, str], Block] | None = None,
    within: Sequence[str] = (),
    progress: Progress = lambda _done, _all: None,
    asking: str = "",
) -> Comparisons:
    """Compare the units of different registers, and those of each register `within`.

    `units` is as `read_parties` takes it. `before` are blocks of an earlier time, kept where the units
    are the same. `asking`: the one register that looks for its nearest; without it, all do.
    """
    sides = read_parties(units)
    found = Comparisons()
    wanted = [leg for leg in _legs(sides, within) if not asking or leg[0] == asking]
    for done, (one, other, country) in enumerate(wanted):
        progress(done, len(wanted))
        left, right = sides.parties[one, country], sides.parties[other, country]
        fingerprint = _fingerprint(left, right)
        kept = (before or {}).get((one, other, country))
        if kept is not None and kept.fingerprint == fingerprint:
            found.blocks[one, other, country] = kept
            continue
        found.compared += 1
        found.blocks[one, other, country] = _compare_block(
            (one, other), country, fingerprint, left, right
        )
    return found


def score(comparisons: Comparisons, units: pa.Table, model: Model) -> pa.Table:
    """Score every pair compared: `left`, `right` (rows of units), `score`, `probability`, and more.

    `near` and `far` are the levels of its rivals, `levels` those of its parts (fixed-size binary), and
    `may_link` says whether more than an acronym or an address speaks for it. A pair that was compared
    in two countries is given once, by its best score; in order of left and right.
    """
    rows = {key: row for row, key in enumerate(units.column("key").to_pylist())}
    parts: list[tuple[Ints, Ints, Floats, Levels, Levels, Levels]] = []
    for (one, other, _), block in sorted(comparisons.blocks.items()):
        if not block.left:
            continue
        lefts = np.array([rows[key] for key in block.left], np.int64)
        rights = np.array([rows[key] for key in block.right], np.int64)
        near, far = rival_levels(
            model.look_first(block.levels), lefts, rights, ask_right=is_one_to_one(one, other)
        )
        scores = model.score(second_numbers(block.levels, near, far))
        parts.append((lefts, rights, scores, near, far, block.levels))
    if not parts:
        empty = np.zeros(0)
        return _table(empty, empty, empty, empty, empty, np.zeros((0, len(PARTS)), np.uint8))
    lefts, rights, scores, near, far, levels = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    low, high = np.minimum(lefts, rights), np.maximum(lefts, rights)
    order = np.lexsort((-scores, high, low))
    low, high = low[order], high[order]
    first = np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])]
    chosen = order[first]
    return _table(
        low[first], high[first], scores[chosen], near[chosen], far[chosen], levels[chosen]
    )


def find_matches(units: pa.Table, model: Model) -> pa.Table:
    """Compare and score in one go; see `compare_units` and `score`."""
    return score(compare_units(units), units, model)


def may_link(levels: Levels) -> NDArray[np.bool_]:
    """Say of pairs whether they may be linked without anybody's eye: the names have to agree.

    An acronym alone never links: a name of five letters and fewer, or a short name, says too little
    unless the address or the website agrees as well. Where neither agrees, the names have to be almost
    the same: a city and one of its departments have most words in common.
    """

    def level(part: str) -> Ints:
        return levels[:, _COLUMN[part]].astype(np.int64)

    same = level("spelling") == _SAME_SPELLING
    almost = same | (level("spelling") >= 7) | (level("order") >= 8)
    by_words = (level("share_more") >= 6) & (level("common") >= 2)
    agrees = almost | by_words | (level("spelling") >= 6) | (level("order") >= 6)
    nearby = (level("postcode") == 4) | (level("city") == 4) | (level("website") == 4)
    # A website that bears the name says what the name says, unless the name is short.
    telling = (level("length") >= 2) | (level("website") == 3)
    return np.asarray((agrees & nearby) | (almost & telling))


def make_units(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Make the table of units from rows; lists that are not given are empty."""
    lists = ("names", "acronyms", "countries", "postcodes", "cities", "streets", "domains")
    return pa.table(
        {
            "key": pa.array([row["key"] for row in rows], pa.string()),
            "register": pa.array([row.get("register", "none") for row in rows], pa.string()),
            **{
                name: pa.array([row.get(name, []) for row in rows], pa.list_(pa.string()))
                for name in lists
            },
        }
    )


def _legs(sides: Blocks, within: Sequence[str]) -> list[tuple[str, str, str]]:
    countries: dict[str, set[str]] = {}
    for register, country in sides.parties:
        countries.setdefault(register, set()).add(country)
    ranked = sorted(countries, key=rank_register)
    legs = []
    for place, one in enumerate(ranked):
        for other in ranked[place:]:
            if one == other and one not in within:
                continue
            legs += [(one, other, c) for c in sorted(countries[one] & countries[other])]
    return legs


def rank_register(register: str) -> tuple[int, str]:
    """Give the place of a register: of two that are compared, the first looks for its nearest."""
    return (_RANK.get(register, 1), register)


def is_one_to_one(one: str, other: str) -> bool:
    """Say whether a unit of the second register can have one partner in the first only.

    A list may spell one organisation in many ways, and several participants may be parts of what the
    registry of research organisations holds as one.
    """
    return not {one, other} & set(_MANY_NAMES) and other != "ror"


def _compare_block(
    registers: tuple[str, str],
    country: str,
    fingerprint: str,
    left: Sequence[Party],
    right: Sequence[Party],
) -> Block:
    candidates = find_candidates(left, right)
    lefts, rights = candidates.left, candidates.right
    if registers[0] == registers[1]:
        # Both sides are the same units: each pair once, and none with itself.
        pairs = {
            (min(pair), max(pair)) for pair in zip(lefts.tolist(), rights.tolist(), strict=True)
        }
        told = sorted(pair for pair in pairs if pair[0] != pair[1])
        lefts = np.array([pair[0] for pair in told], np.int64)
        rights = np.array([pair[1] for pair in told], np.int64)
    compared = compare(left, right, lefts, rights)
    return Block(
        registers, country, fingerprint,
        tuple(left[place].key for place in lefts.tolist()),
        tuple(right[place].key for place in rights.tolist()),
        compared.levels, candidates.counted,
    )  # fmt: skip


def _fingerprint(left: Sequence[Party], right: Sequence[Party]) -> str:
    digest = hashlib.sha256()
    for side in (left, right):
        for party in side:
            digest.update(party.text.encode())
        digest.update(b"\0\0")
    return digest.hexdigest()


def _table(
    left: NDArray[np.generic],
    right: NDArray[np.generic],
    scores: NDArray[np.generic],
    near: NDArray[np.generic],
    far: NDArray[np.generic],
    levels: Levels,
) -> pa.Table:
    return pa.table(
        {
            "left": pa.array(left.astype(np.int64)),
            "right": pa.array(right.astype(np.int64)),
            "score": pa.array(scores.astype(np.float64)),
            "probability": pa.array(expit(scores.astype(np.float64))),
            "near": pa.array(near.astype(np.uint8)),
            "far": pa.array(far.astype(np.uint8)),
            "may_link": pa.array(may_link(levels)),
            "levels": pa.FixedSizeBinaryArray.from_buffers(
                pa.binary(len(PARTS)), len(levels), [None, pa.py_buffer(levels.tobytes())]
            ),
        }
    )
