"""All cheapest walks of one edge between the cells that its ends may take, for exact polish.

A walk is told by where it begins and ends and by the two ports it uses; of those that agree in all
four the cheapest is kept. Walks neither cross nor touch what stays on the board.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from keten.metro.compiled import compiled
from keten.metro.gridboard import (
    DX,
    DY,
    FAR,
    STEP,
    Board,
    Floats,
    Ints,
    Puzzle,
    crowding,
    step_crossings,
    turn_between,
)


class Field(NamedTuple):
    """Room for the walks from one cell by one port, used again and again.

    Shapes: H hops, over the cells of a box (tall, wide), by the last direction of 8.
    """

    cost: Ints  # (H, tall, wide, 8)
    before: Ints  # (H, tall, wide, 8) the direction of the step before


@compiled
def spread_walks(  # noqa: C901 - every step of every walk in one loop
    puzzle: Puzzle, board: Board, field: Field, edge: int, x: int, y: int, port: int,
    box: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """Fill the field with the cheapest walk of every length from a cell by a port."""
    x0, y0, x1, y1 = box
    cost, before = field
    cost[:] = FAR
    nx, ny = x + DX[port], y + DY[port]
    if nx < x0 or ny < y0 or nx > x1 or ny > y1:
        return
    if board.track[y, x, port] > 0 or step_crossings(board, x, y, port) > 0:
        return
    cost[0, ny - y0, nx - x0, port] = STEP[port]
    for h in range(len(cost) - 1):
        for cy in range(y0, y1 + 1):
            for cx in range(x0, x1 + 1):
                if board.node_on[cy, cx] > 0 or board.passes[cy, cx] > 0 or (cx == x and cy == y):
                    continue
                for d in range(8):
                    paid = cost[h, cy - y0, cx - x0, d]
                    if paid >= FAR:
                        continue
                    for turn in range(-3, 4):
                        e = (d + turn) % 8
                        tx, ty = cx + DX[e], cy + DY[e]
                        if tx < x0 or ty < y0 or tx > x1 or ty > y1:
                            continue
                        if board.track[cy, cx, e] > 0 or step_crossings(board, cx, cy, e) > 0:
                            continue
                        to = paid + STEP[e] + puzzle.bend[edge, turn_between(d, e)]
                        if to < cost[h + 1, ty - y0, tx - x0, e]:
                            cost[h + 1, ty - y0, tx - x0, e] = to
                            before[h + 1, ty - y0, tx - x0, e] = d


@compiled
def read_walk(
    puzzle: Puzzle, field: Field, edge: int, x: int, y: int, d: int,
    box: tuple[int, int, int, int], walk: Ints,
) -> tuple[float, int]:  # fmt: skip
    """Cost and hops of the cheapest walk that arrives in a cell by a direction, written to `walk`.

    No hops if there is none, or if it meets itself.
    """
    x0, y0 = box[0], box[1]
    best, hops = float(FAR), 0
    for h in range(len(field.cost)):
        paid = field.cost[h, y - y0, x - x0, d]
        if paid < FAR:
            whole = paid + crowding(puzzle, edge, h + 1)
            if whole < best:
                best, hops = whole, h + 1
    at = d
    for h in range(hops - 1, -1, -1):
        walk[h] = at
        previous = field.before[h, y - y0, x - x0, at] if h > 0 else -1
        x, y = x - DX[at], y - DY[at]
        at = previous
    return (best, hops) if _is_simple(walk, hops) else (float(FAR), 0)


@compiled
def _is_simple(walk: Ints, hops: int) -> bool:
    for i in range(hops):
        u, v = 0, 0
        for j in range(i, hops):
            u += DX[walk[j]]
            v += DY[walk[j]]
            if u == 0 and v == 0:
                return False
    return True


@compiled
def list_walks(
    puzzle: Puzzle, board: Board, field: Field, edge: int, starts: Ints, ends: Ints,
    box: tuple[int, int, int, int], costs: Floats, hops: Ints, walks: Ints,
) -> None:  # fmt: skip
    """The cheapest walks of an edge between all cells that its ends may take.

    Shapes: starts (A, 2), ends (B, 2) cells; costs, hops (A, 8, B, 8) by cell and port at either
    end, FAR and 0 where there is none; walks (A, 8, B, 8, H) directions.
    """
    costs[:] = FAR
    hops[:] = 0
    walk = np.empty(walks.shape[4], np.int32)
    for a in range(len(starts)):
        for port in range(8):
            spread_walks(puzzle, board, field, edge, starts[a, 0], starts[a, 1], port, box)
            for b in range(len(ends)):
                for d in range(8):
                    cost, many = read_walk(
                        puzzle, field, edge, ends[b, 0], ends[b, 1], d, box, walk
                    )
                    if many > 0:
                        out = (d + 4) % 8
                        costs[a, port, b, out], hops[a, port, b, out] = cost, many
                        walks[a, port, b, out, :many] = walk[:many]
