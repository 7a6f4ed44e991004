"""Chooses one candidate for each label by annealing over clash counts; compiled, and counted.

A constraint solver took seconds for what this finds in a tenth of one: the bound of its relaxation
is weak, since nearly every candidate clashes with several others. Nothing is proven here; what is
chosen never clashes in earnest, for whoever still does at the end is left out and told.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from keten.metro.compiled import compiled
from keten.metro.gridsearch import roll

Ints = NDArray[np.int32]

LACK = 300.0  # what a station without a label costs
CLASH = 1.1  # times that is what two cost that overlap
ALIKE = 5.0  # what a label gains that stands as its neighbour's on the line does
HOT, MILD, COLD = 60.0, 12.0, 0.8
STEPS = 12000  # per station, at effort 1


class Clashes(NamedTuple):
    """What pairs of candidates cost together, in compressed rows: K candidates, P pairs both ways."""

    rows: NDArray[np.int64]  # (K + 1,)
    other: Ints  # (P,)
    weight: NDArray[np.float32]  # (P,)


def link_both(count: int, one: Ints, two: Ints, weight: NDArray[np.float32]) -> Clashes:
    """Pairs of `count` candidates as compressed rows, both ways."""
    rows = np.zeros(count + 1, np.int64)
    rows[1:] = np.cumsum(np.bincount(one, minlength=count) + np.bincount(two, minlength=count))
    other, both = np.empty(2 * len(one), np.int32), np.empty(2 * len(one), np.float32)
    fill_rows(rows[:-1].copy(), one, two, weight, other, both)
    return Clashes(rows, other, both)


@compiled
def fill_rows(
    at: NDArray[np.int64],
    one: Ints,
    two: Ints,
    weight: NDArray[np.float32],
    other: Ints,
    both: NDArray[np.float32],
) -> None:
    """Write pairs into rows that begin `at`, both ways, in the order in which they come."""
    for k in range(len(one)):
        a, b = one[k], two[k]
        other[at[a]], both[at[a]] = b, weight[k]
        other[at[b]], both[at[b]] = a, weight[k]
        at[a] += 1
        at[b] += 1


@compiled
def alike_gain(
    station: int, habit: int, choice: Ints, habits: Ints, near_first: Ints, near: Ints
) -> float:
    """What a direction gains from neighbours that have it too."""
    gain = 0.0
    if habit >= 0:
        for k in range(near_first[station], near_first[station + 1]):
            other = choice[near[k]]
            if other >= 0 and habits[other] == habit:
                gain += ALIKE
    return gain


@compiled
def anneal_choice(  # noqa: C901 - one loop; compiled code has no cheap calls with state
    first: Ints,
    cost: NDArray[np.float64],
    habits: Ints,
    clash_first: NDArray[np.int64],
    clash: Ints,
    weight: NDArray[np.float32],
    near_first: Ints,
    near: Ints,
    moving: Ints,
    choice: Ints,
    lack: float,
    steps: int,
    hot: float,
    dice: NDArray[np.uint64],
) -> None:
    """Better `choice` (S,), candidate numbers or -1, in place.

    Shapes: S stations with candidates `first[s]:first[s + 1]`; `clash` in compressed rows, with
    `weight` what each of its pairs costs; only stations of `moving` change. What clashes in earnest at
    the end is left out.
    """
    stations = len(first) - 1
    clashes = np.zeros(len(cost))
    for s in range(stations):
        if choice[s] >= 0:
            for k in range(clash_first[choice[s]], clash_first[choice[s] + 1]):
                clashes[clash[k]] += weight[k]
    for step in range(steps):
        heat = hot * (COLD / hot) ** (step / steps)
        s = moving[int(roll(dice) * len(moving))]
        count = first[s + 1] - first[s]
        if count == 0:
            continue
        to = first[s] + int(roll(dice) * (count + 1)) - 1
        if to < first[s]:
            to = -1
        old = choice[s]
        if to == old:
            continue
        rise = lack if to < 0 else cost[to] + clashes[to]
        rise -= lack if old < 0 else cost[old] + clashes[old]
        rise -= alike_gain(s, -1 if to < 0 else habits[to], choice, habits, near_first, near)
        rise += alike_gain(s, -1 if old < 0 else habits[old], choice, habits, near_first, near)
        if rise > 0 and roll(dice) >= np.exp(-rise / heat):
            continue
        if old >= 0:
            for k in range(clash_first[old], clash_first[old + 1]):
                clashes[clash[k]] -= weight[k]
        if to >= 0:
            for k in range(clash_first[to], clash_first[to + 1]):
                clashes[clash[k]] += weight[k]
        choice[s] = to
    for s in moving:
        if choice[s] >= 0 and clashes[choice[s]] > 0.99 * CLASH * lack:
            old = choice[s]
            choice[s] = -1
            for k in range(clash_first[old], clash_first[old + 1]):
                clashes[clash[k]] -= weight[k]


def choose(
    groups: NDArray[np.int64],
    cost: NDArray[np.float64],
    habits: NDArray[np.int64],
    clashes: Clashes,
    near: NDArray[np.int64],
    *,
    held: NDArray[np.int64] | None = None,
    lack: float = LACK,
    seed: int = 0,
    effort: float = 1.0,
) -> list[int]:
    """For each station the number of its candidate, or -1.

    Shapes: `groups` (S,) says how many candidates each station has, in order; `cost` and `habits`
    (K,); `near` (P, 2) are sorted pairs of stations, both ways. With `held` (S,), the candidates
    chosen before or -1, the search begins there and is mild. `lack` is what no label costs.
    """
    first = np.concatenate(([0], np.cumsum(groups))).astype(np.int32)
    near_first, near_list = _rows(near, len(groups))
    choice = np.full(len(groups), -1, np.int32) if held is None else held.astype(np.int32)
    mixed = (seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % (1 << 64) or 1
    moving = np.flatnonzero(groups > (0 if held is None else 1)).astype(np.int32)
    steps = int((STEPS if held is None else STEPS // 2) * effort * len(moving))
    anneal_choice(
        first, cost, habits.astype(np.int32), clashes.rows, clashes.other, clashes.weight,
        near_first, near_list, moving, choice, lack, steps, HOT if held is None else MILD,
        np.array([mixed], np.uint64),
    )  # fmt: skip
    return [int(c) for c in choice]


def _rows(pairs: NDArray[np.int64], count: int) -> tuple[Ints, Ints]:
    first = np.searchsorted(pairs[:, 0], np.arange(count + 1)).astype(np.int32)
    return first, np.ascontiguousarray(pairs[:, 1].astype(np.int32))
