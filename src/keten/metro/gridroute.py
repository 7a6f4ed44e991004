"""Shortest walks over (cell, direction, detour) on a board, with a bucket queue.

The third part of a state is how many hops a walk is longer than the straight distance: an edge
with many stations may pay for a detour, and what a hop is worth depends on how many there were.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from keten.metro.compiled import compiled
from keten.metro.gridboard import (
    CROSSING,
    DX,
    DY,
    FAR,
    OVERLAP,
    STEP,
    TWISTED,
    UNIT,
    Board,
    Ints,
    Puzzle,
    crowding,
    pair_cost,
    step_crossings,
    turn_between,
    twists,
)

LAYERS = 6
TREES = 8
BUCKETS = 6000


class Forest(NamedTuple):
    """Room for one tree of shortest walks per edge of a node, used again and again.

    Shapes: S = height * width * 8 * LAYERS states.
    """

    cost: Ints  # (TREES, S)
    before: Ints  # (TREES, S) the state a walk came from
    stamp: Ints  # (TREES, S) valid where equal to `age`
    age: Ints  # (TREES,)
    bucket: Ints  # (BUCKETS,)
    link: Ints  # (pool,) next entry of the same bucket
    entry: Ints  # (pool,) state of an entry


def make_forest(width: int, height: int) -> Forest:
    """An empty one for a board of that size."""
    states = width * height * 8 * LAYERS
    pool = 4 * states + 64
    return Forest(
        np.zeros((TREES, states), np.int32),
        np.zeros((TREES, states), np.int32),
        np.zeros((TREES, states), np.int32),
        np.zeros(TREES, np.int32),
        np.full(BUCKETS, -1, np.int32),
        np.zeros(pool, np.int32),
        np.zeros(pool, np.int32),
    )


@compiled
def port_cost(puzzle: Puzzle, board: Board, slot: int, node: int, port: int) -> int:
    """Cost of leaving a node through a port beside the edges that are laid there."""
    first, last = puzzle.first[node], puzzle.first[node + 1]
    cost = OVERLAP * board.track[board.y[node], board.x[node], port]
    for j in range(first, last):
        if j != slot and board.port[j] >= 0:
            cost += pair_cost(puzzle, slot, j, first, port, board.port[j])
    before = twists(puzzle, board, node)
    board.port[slot] = port
    cost += TWISTED * (twists(puzzle, board, node) - before)
    board.port[slot] = -1
    return cost


@compiled
def distance_to_box(x: int, y: int, x0: int, y0: int, x1: int, y1: int) -> int:
    """Hops to the nearest cell of a box."""
    dx = max(x0 - x, 0, x - x1)
    dy = max(y0 - y, 0, y - y1)
    return max(dx, dy)


@compiled
def grow(  # noqa: C901 - the bucket queue in one loop
    puzzle: Puzzle,
    board: Board,
    forest: Forest,
    tree: int,
    slot: int,
    node: int,
    box: tuple[int, int, int, int],
    layers: int,
    budget: int,
) -> int:
    """All cheapest walks from `node` by incidence `slot` into the cells of `box`.

    Walks that cannot reach the box within `budget` are left out. Returns the states settled.
    """
    width, height = puzzle.width, puzzle.height
    edge = puzzle.edge_at[slot]
    cost, before, stamp = forest.cost[tree], forest.before[tree], forest.stamp[tree]
    forest.age[tree] += 1
    age = forest.age[tree]
    bucket, link, entry = forest.bucket, forest.link, forest.entry
    used = 0
    x_start, y_start = board.x[node], board.y[node]
    x0, y0, x1, y1 = box
    budget = min(budget, BUCKETS - 1)
    top = 0
    for port in range(8):
        x, y = x_start + DX[port], y_start + DY[port]
        if x < 1 or y < 1 or x >= width - 1 or y >= height - 1 or board.node_on[y, x] > 0:
            continue
        g = STEP[port] + port_cost(puzzle, board, slot, node, port)
        g += CROSSING * step_crossings(board, x_start, y_start, port)
        if g + UNIT * distance_to_box(x, y, x0, y0, x1, y1) > budget:
            continue
        state = ((y * width + x) * 8 + port) * LAYERS
        cost[state], before[state], stamp[state] = g, -1, age
        entry[used], link[used] = state, bucket[g]
        bucket[g] = used
        used += 1
        top = max(top, g)
    g, settled = 0, 0
    while g <= top:
        item = bucket[g]
        if item < 0:
            g += 1
            continue
        bucket[g] = link[item]
        state = entry[item]
        if cost[state] < g:
            continue
        settled += 1
        layer = state % LAYERS
        d = (state // LAYERS) % 8
        cell = state // (LAYERS * 8)
        y, x = cell // width, cell % width
        if x == x0 == x1 and y == y0 == y1:  # arrived: a walk does not pass through its goal
            continue
        near = max(abs(x - x_start), abs(y - y_start))
        leave = g + CROSSING * board.passes[y, x]
        for turn in range(-3, 4):
            e = (d + turn) % 8
            nx, ny = x + DX[e], y + DY[e]
            if nx < 1 or ny < 1 or nx >= width - 1 or ny >= height - 1:
                continue
            if board.node_on[ny, nx] > 0:
                continue
            to = leave + STEP[e] + puzzle.bend[edge, turn_between(d, e)]
            if to + UNIT * distance_to_box(nx, ny, x0, y0, x1, y1) > budget:
                continue
            to += CROSSING * step_crossings(board, x, y, e) + OVERLAP * board.track[y, x, e]
            if to + UNIT * distance_to_box(nx, ny, x0, y0, x1, y1) > budget:
                continue
            gain = max(abs(nx - x_start), abs(ny - y_start)) - near
            deep = min(layer + 1 - gain, layers)
            there = ((ny * width + nx) * 8 + e) * LAYERS + deep
            if stamp[there] == age and cost[there] <= to:
                continue
            if used >= len(entry):
                continue
            cost[there], before[there], stamp[there] = to, state, age
            entry[used], link[used] = there, bucket[to]
            bucket[to] = used
            used += 1
            top = max(top, to)
    return settled


@compiled
def trace(puzzle: Puzzle, board: Board, forest: Forest, tree: int, slot: int, state: int) -> bool:
    """Write the walk that ends in `state` into the board, uncounted. False if it meets itself."""
    edge = puzzle.edge_at[slot]
    before = forest.before[tree]
    longest = board.walk.shape[1]
    hops, at = 0, state
    while at >= 0:
        hops += 1
        at = before[at]
    if hops > longest:
        return False
    # The tree grows from the far end of `slot`'s edge when that end is its head.
    forward = puzzle.side_at[slot] == 0
    at, i = state, hops - 1
    while at >= 0:
        d = (at // LAYERS) % 8
        if forward:
            board.walk[edge, i] = d
        else:
            board.walk[edge, hops - 1 - i] = (d + 4) % 8
        at = before[at]
        i -= 1
    board.hops[edge] = hops
    # A walk that meets itself would be a knot; walks are short, so every pair is looked at.
    x, y = 0, 0
    for i in range(hops):
        u, v = x, y
        for j in range(i, hops):
            u += DX[board.walk[edge, j]]
            v += DY[board.walk[edge, j]]
            if u == x and v == y:
                board.hops[edge] = 0
                return False
        x += DX[board.walk[edge, i]]
        y += DY[board.walk[edge, i]]
    return True


@compiled
def best_arrival(
    puzzle: Puzzle, forest: Forest, tree: int, edge: int, cell: int, d: int, near: int
) -> tuple[int, float]:
    """The cheapest state in a cell by arrival direction, crowding included; -1 if there is none.

    `near` is the straight distance in hops from where the tree grows.
    """
    best, found = float(FAR), -1
    for layer in range(LAYERS):
        state = (cell * 8 + d) * LAYERS + layer
        if forest.stamp[tree, state] != forest.age[tree]:
            continue
        cost = forest.cost[tree, state] + crowding(puzzle, edge, near + layer)
        if cost < best:
            best, found = cost, state
    return found, best
