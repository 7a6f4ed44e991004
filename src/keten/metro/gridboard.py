"""The grid on which a network is laid out, as arrays that compiled code can work on.

A board has square cells; a node sits on one, an edge is a walk from cell to cell in eight
directions (0 is east, counting counter-clockwise in steps of 45 degrees). Costs are whole numbers
in quarters of the published unit, so that shortest paths can use buckets instead of a heap.

Source: the objective of Bast, Brosi and Storandt, "Metro Maps on Octilinear Grid Graphs" (2020).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from keten.metro.compiled import compiled

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

UNIT = 4  # quarters: every cost below is UNIT times the published one
STEP = np.array([4, 6, 4, 6, 4, 6, 4, 6], np.int32)  # one hop; a diagonal costs half more
DX = np.array([1, 1, 0, -1, -1, -1, 0, 1], np.int32)
DY = np.array([0, 1, 1, 1, 0, -1, -1, -1], np.int32)
BEND = np.array([0, 4, 6, 8, 400], np.int32)  # by turn in steps of 45 degrees; no way back
# Soft constraints: high enough that only what cannot be avoided is paid.
CROSSING = 120
OVERLAP = 320
TWISTED = 60
FAR = 1 << 28


class Puzzle(NamedTuple):
    """What does not change: the network, its wishes and its weights.

    Shapes: N nodes, E edges, I = 2E incidences; incidences of node n are `first[n]:first[n + 1]`,
    counter-clockwise as in the input.
    """

    width: int
    height: int
    tail: Ints  # (E,) node at the start of each edge
    head: Ints  # (E,)
    inner: Ints  # (E,) stations on the edge
    bend: Ints  # (E, 5) cost of a turn inside the edge
    first: Ints  # (N + 1,)
    edge_at: Ints  # (I,)
    side_at: Ints  # (I,) 0 if the node is the edge's tail
    tail_slot: Ints  # (E,) the incidence at its tail
    head_slot: Ints  # (E,)
    shares: Ints  # (I, 8) 1 where two incidences of a node carry a common line
    carried: Ints  # (I, 8) extra weight of a turn between two incidences
    wish_x: Floats  # (N,) wanted place in cells
    wish_y: Floats
    pull: Floats  # (N,) cost per cell away from it
    density: float


class Board(NamedTuple):
    """What the search changes. `port` is the direction in which an incidence leaves its node."""

    x: Ints  # (N,)
    y: Ints  # (N,)
    hops: Ints  # (E,) length of each walk, 0 while it is taken up
    walk: Ints  # (E, longest) directions from tail to head
    port: Ints  # (I,) -1 while taken up
    node_on: Ints  # (height, width) node + 1
    passes: Ints  # (height, width) walks that pass through a cell
    track: Ints  # (height, width, 8) walks along each step, counted at both of its ends


@compiled
def turn_between(a: int, b: int) -> int:
    """Turn from one direction of travel to another, in steps of 45 degrees: 0 to 4."""
    d = (b - a) % 8
    return d if d <= 4 else 8 - d


@compiled
def step_crossings(board: Board, x: int, y: int, d: int) -> int:
    """Walks that a diagonal step would cross half-way."""
    if d % 2 == 0:
        return 0
    other = (d + 2) % 8 if d in (1, 5) else (d - 2) % 8
    return board.track[y, x + DX[d], other]


@compiled
def lay(puzzle: Puzzle, board: Board, edge: int) -> None:
    """Count a walk in: its directions and `hops` are already written."""
    _count(puzzle, board, edge, 1)
    last = board.hops[edge] - 1
    board.port[puzzle.tail_slot[edge]] = board.walk[edge, 0]
    board.port[puzzle.head_slot[edge]] = (board.walk[edge, last] + 4) % 8


@compiled
def take_up(puzzle: Puzzle, board: Board, edge: int) -> None:
    """Count a walk out again."""
    _count(puzzle, board, edge, -1)
    board.port[puzzle.tail_slot[edge]] = -1
    board.port[puzzle.head_slot[edge]] = -1
    board.hops[edge] = 0


@compiled
def _count(puzzle: Puzzle, board: Board, edge: int, by: int) -> None:
    tail = puzzle.tail[edge]
    x, y = board.x[tail], board.y[tail]
    for i in range(board.hops[edge]):
        d = board.walk[edge, i]
        board.track[y, x, d] += by
        x += DX[d]
        y += DY[d]
        board.track[y, x, (d + 4) % 8] += by
        if i < board.hops[edge] - 1:
            board.passes[y, x] += by


@compiled
def twists(puzzle: Puzzle, board: Board, node: int) -> int:
    """How many turns too many the ports make, read in the input's rotation; 0 is in order."""
    before, start, total, count = -1, -1, 0, 0
    for i in range(puzzle.first[node], puzzle.first[node + 1]):
        port = board.port[i]
        if port < 0:
            continue
        if before < 0:
            start = port
        else:
            gap = (port - before) % 8
            total += gap if gap > 0 else 8
        before = port
        count += 1
    if count < 2:
        return 0
    gap = (start - before) % 8
    total += gap if gap > 0 else 8
    return total // 8 - 1


@compiled
def pair_cost(puzzle: Puzzle, i: int, j: int, base: int, port_i: int, port_j: int) -> int:
    """Cost of the turn between two incidences of one node; `base` is its first incidence."""
    gap = turn_between(port_i, port_j)
    turn = 4 - gap
    cost = 0
    if puzzle.shares[i, j - base] > 0:
        cost += UNIT + (BEND[turn] if turn < 4 else 3 * UNIT)
    if puzzle.carried[i, j - base] > 0:
        cost += puzzle.carried[i, j - base] * (BEND[turn] if turn < 4 else 3 * UNIT) // UNIT
    return cost


@compiled
def node_cost(puzzle: Puzzle, board: Board, node: int) -> float:
    """Turns at a node, its distance from where it wants to be, and its twists."""
    first, last = puzzle.first[node], puzzle.first[node + 1]
    cost = 0
    for i in range(first, last):
        if board.port[i] < 0:
            continue
        for j in range(i + 1, last):
            if board.port[j] >= 0:
                cost += pair_cost(puzzle, i, j, first, board.port[i], board.port[j])
    cost += TWISTED * twists(puzzle, board, node)
    return cost + move_cost(puzzle, node, board.x[node], board.y[node])


@compiled
def move_cost(puzzle: Puzzle, node: int, x: int, y: int) -> float:
    """Cost of a node's distance from its wish."""
    return puzzle.pull[node] * np.hypot(x - puzzle.wish_x[node], y - puzzle.wish_y[node])


@compiled
def crowding(puzzle: Puzzle, edge: int, hops: int) -> float:
    """Cost of an edge too short for the stations on it."""
    inner = puzzle.inner[edge]
    short = inner + 1 - hops
    if inner == 0 or short <= 0:
        return 0.0
    return 0.5 * UNIT * puzzle.density / inner * short * short


@compiled
def edge_cost(puzzle: Puzzle, board: Board, edge: int) -> float:
    """Hops, turns and crowding of a walk, with what it crosses and overlaps."""
    tail = puzzle.tail[edge]
    x, y = board.x[tail], board.y[tail]
    cost, before = 0, -1
    hops = board.hops[edge]
    for i in range(hops):
        d = board.walk[edge, i]
        if before >= 0:
            cost += puzzle.bend[edge, turn_between(before, d)]
            cost += CROSSING * (board.passes[y, x] - 1)
        cost += STEP[d] + CROSSING * step_crossings(board, x, y, d)
        cost += OVERLAP * (board.track[y, x, d] - 1)
        x += DX[d]
        y += DY[d]
        before = d
    return cost + crowding(puzzle, edge, hops)


@compiled
def total_cost(puzzle: Puzzle, board: Board) -> float:
    """The whole objective in quarters; soft constraints between two walks count twice."""
    cost = 0.0
    for node in range(len(puzzle.first) - 1):
        cost += node_cost(puzzle, board, node)
    for edge in range(len(puzzle.tail)):
        cost += edge_cost(puzzle, board, edge) - UNIT
    return cost
