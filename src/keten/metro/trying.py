"""Lays a network out several times from different seeds and keeps the best, as it looks once relaxed.

Searches end in different places, and what the grid counts is not all that a drawing is judged by.
Each try is counted work of its own seed, and the choice is by figures and then by number: how many
run at a time makes no difference to what is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from keten.metro.contraction import Contraction
from keten.metro.easing import Easer, judge_places
from keten.metro.graph import XY, Graph
from keten.metro.layout import GridLayout, Weights, lay_out
from keten.metro.relaxing import Aims
from keten.metro.scoring import count_bends

TRIES = 4
SHARE = 0.5  # of the effort that one search alone would get
AT_ONCE = 2
BENDS, SPACING, DISPLACEMENT = 1.2, 1.0, 1.0  # what counts, each beside the best of the tries
NEXT_SEED = 7919


@dataclass(frozen=True)
class Try:
    """One layout, relaxed, and its bends, spacing variation and displacement."""

    grid: GridLayout
    easer: Easer
    drawn: Graph
    marks: tuple[float, float, float]


def try_layouts(
    contraction: Contraction, *, cell: float, seed: int, effort: float, weights: Weights, aims: Aims,
    wishes: Mapping[str, XY], pull: Mapping[str, float], firm: frozenset[str] = frozenset(),
    tries: int = TRIES,
) -> Try:  # fmt: skip
    """The best of so many layouts. Units: `cell` in the network's own; `firm` nodes insist."""

    def make(number: int) -> Try:
        grid = lay_out(
            contraction, cell=cell, seed=seed + NEXT_SEED * number,
            effort=effort if tries == 1 else SHARE * effort,
            weights=weights, wishes=wishes, pull=pull,
        )  # fmt: skip
        return judge(grid, wishes, cell, aims, firm)

    if tries == 1:
        return make(0)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        made = list(threads.map(make, range(tries)))
    marks = np.array([one.marks for one in made])
    beside = marks / np.maximum(marks.min(axis=0), 1e-9)
    # Where there is nothing of a kind (a line without a bend), all are alike in it.
    beside = np.where(marks.min(axis=0) > 1e-9, beside, 1.0 + (marks > 1e-9))
    return made[int(np.argmin(np.round(beside @ (BENDS, SPACING, DISPLACEMENT), 9)))]


def judge(
    grid: GridLayout, wishes: Mapping[str, XY], cell: float, aims: Aims, firm: frozenset[str]
) -> Try:
    """A layout with what it is like once its lengths are set free."""
    easer = Easer(grid.to_graph(), wishes, cell, aims, firm)
    drawn = easer.ease(None)
    spacing, away = judge_places(drawn, wishes, cell)
    return Try(grid, easer, drawn, (count_bends(drawn)[1], spacing, away))
