"""The search on the grid: one node and all its edges at a time, annealed.

A step takes up the edges of one node, grows shortest walks from each neighbour into the cells
around the node, and so knows for every cell, and every way to fit the edges to its eight ports in
their rotation, what the best drawing there would cost if the edges did not get in each other's
way. Cells are tried in the order of that bound; the first whose true cost is acceptable is taken.
While the temperature is above nought the bounds are shaken, so that a step samples its
neighbourhood instead of only descending.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from keten.metro.compiled import compiled
from keten.metro.gridboard import (
    FAR,
    OVERLAP,
    UNIT,
    Board,
    Floats,
    Ints,
    Puzzle,
    edge_cost,
    lay,
    move_cost,
    node_cost,
    pair_cost,
    take_up,
    total_cost,
)
from keten.metro.gridroute import (
    BUCKETS,
    LAYERS,
    Forest,
    best_arrival,
    grow,
    trace,
)

MOST_CELLS = 121
TRIES = 5


class Bench(NamedTuple):
    """Scratch room of the search. Shapes: C candidate cells, 8 edges, 8 ports."""

    value: Floats  # (8, C, 8) best cost of an edge into a cell by the port it takes
    state: Ints  # (8, C, 8) the state that gives it
    bound: Floats  # (C,)
    shaken: Floats  # (C,)
    ports: Ints  # (C, 8) best port for each incidence
    cell_x: Ints  # (C,)
    cell_y: Ints  # (C,)
    old_walk: Ints  # (8, longest)
    old_hops: Ints  # (8,)
    budget: Ints  # (8,)
    masks: Ints  # (256,) sets of ports, by how many they hold
    mask_first: Ints  # (10,)
    dice: NDArray[np.uint64]  # (1,) state of the random numbers
    work: NDArray[np.int64]  # (1,) states settled


@compiled
def roll(dice: NDArray[np.uint64]) -> float:
    """A random number in 0..1 (xorshift64*): the same on every machine and every numba."""
    x = dice[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    dice[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@compiled
def shake(dice: NDArray[np.uint64]) -> float:
    """An exponentially distributed number."""
    return -np.log(1.0 - roll(dice) + 1e-300)


@compiled
def surroundings(puzzle: Puzzle, board: Board, node: int) -> float:
    """Cost of what a step at `node` may change: its edges, itself, the nodes across."""
    cost = node_cost(puzzle, board, node)
    first, last = puzzle.first[node], puzzle.first[node + 1]
    for i in range(first, last):
        edge = puzzle.edge_at[i]
        if board.hops[edge] > 0:
            cost += edge_cost(puzzle, board, edge)
        other = across(puzzle, i)
        fresh = True
        for j in range(first, i):
            if across(puzzle, j) == other:
                fresh = False
        if fresh:
            cost += node_cost(puzzle, board, other)
    return cost


@compiled
def across(puzzle: Puzzle, slot: int) -> int:
    """The node at the other end of an incidence's edge."""
    edge = puzzle.edge_at[slot]
    return puzzle.head[edge] if puzzle.side_at[slot] == 0 else puzzle.tail[edge]


@compiled
def far_slot(puzzle: Puzzle, slot: int) -> int:
    """The incidence at the other end of an incidence's edge."""
    edge = puzzle.edge_at[slot]
    return puzzle.head_slot[edge] if puzzle.side_at[slot] == 0 else puzzle.tail_slot[edge]


@compiled
def lift(puzzle: Puzzle, board: Board, bench: Bench, node: int, slack: int) -> None:
    """Take up a node and its edges, remembering them and what each may cost at most."""
    first = puzzle.first[node]
    for i in range(first, puzzle.first[node + 1]):
        edge = puzzle.edge_at[i]
        hops = board.hops[edge]
        k = i - first
        bench.old_hops[k] = hops
        bench.budget[k] = BUCKETS - 1
        if hops > 0:
            bench.old_walk[k, :hops] = board.walk[edge, :hops]
            spent = edge_cost(puzzle, board, edge) + ports_cost(puzzle, board, far_slot(puzzle, i))
            bench.budget[k] = int(spent) + slack
    for i in range(first, puzzle.first[node + 1]):
        edge = puzzle.edge_at[i]
        if board.hops[edge] > 0:
            take_up(puzzle, board, edge)
    board.node_on[board.y[node], board.x[node]] = 0


@compiled
def ports_cost(puzzle: Puzzle, board: Board, slot: int) -> int:
    """Turns between one incidence and the others of its node."""
    edge = puzzle.edge_at[slot]
    node = puzzle.tail[edge] if puzzle.side_at[slot] == 0 else puzzle.head[edge]
    first = puzzle.first[node]
    cost = 0
    for j in range(first, puzzle.first[node + 1]):
        if j != slot and board.port[j] >= 0 and board.port[slot] >= 0:
            cost += pair_cost(puzzle, slot, j, first, board.port[slot], board.port[j])
    return cost


@compiled
def put_back(puzzle: Puzzle, board: Board, bench: Bench, node: int, old_x: int, old_y: int) -> None:
    """Undo a step."""
    first = puzzle.first[node]
    drop_edges(puzzle, board, node)
    board.x[node], board.y[node] = old_x, old_y
    board.node_on[old_y, old_x] = node + 1
    for i in range(first, puzzle.first[node + 1]):
        edge = puzzle.edge_at[i]
        hops = bench.old_hops[i - first]
        if hops > 0:
            board.walk[edge, :hops] = bench.old_walk[i - first, :hops]
            board.hops[edge] = hops
            lay(puzzle, board, edge)


@compiled
def drop_edges(puzzle: Puzzle, board: Board, node: int) -> None:
    """Take up whatever edges of a node are laid."""
    for i in range(puzzle.first[node], puzzle.first[node + 1]):
        edge = puzzle.edge_at[i]
        if board.hops[edge] > 0:
            take_up(puzzle, board, edge)


@compiled
def layers_needed(puzzle: Puzzle, board: Board, slot: int, box: tuple[int, int, int, int]) -> int:
    """How many hops of detour could still relieve an edge that ends anywhere in a box."""
    node = across(puzzle, slot)
    x0, y0, x1, y1 = box
    dx = max(x0 - board.x[node], 0, board.x[node] - x1)
    dy = max(y0 - board.y[node], 0, board.y[node] - y1)
    inner = puzzle.inner[puzzle.edge_at[slot]]
    if inner == 0:
        return 0
    return max(0, min(inner + 1 - max(dx, dy), LAYERS - 1))


@compiled
def weigh(
    puzzle: Puzzle,
    board: Board,
    forest: Forest,
    bench: Bench,
    node: int,
    box: tuple[int, int, int, int],
    heat: float,
) -> int:
    """Bound every free cell of the box; returns how many there are."""
    first, last = puzzle.first[node], puzzle.first[node + 1]
    degree = last - first
    x0, y0, x1, y1 = box
    count = 0
    for y in range(y0, y1 + 1):
        for x in range(x0, x1 + 1):
            if board.node_on[y, x] > 0 or board.passes[y, x] > 0:
                continue
            whole = True
            for k in range(degree):
                other = across(puzzle, first + k)
                near = max(abs(x - board.x[other]), abs(y - board.y[other]))
                some = False
                for port in range(8):
                    state, value = best_arrival(
                        puzzle,
                        forest,
                        k,
                        puzzle.edge_at[first + k],
                        y * puzzle.width + x,
                        (port + 4) % 8,
                        near,
                    )
                    bench.value[k, count, port] = value
                    bench.state[k, count, port] = state
                    some = some or state >= 0
                whole = whole and some
            if not whole:
                continue
            bound = fit_ports(puzzle, bench, node, degree, count)
            if bound >= FAR:
                continue
            bench.bound[count] = bound + move_cost(puzzle, node, x, y)
            bench.shaken[count] = bench.bound[count] - heat * (
                -np.log(shake(bench.dice) + 1e-12) if heat > 0 else 0.0
            )
            bench.cell_x[count], bench.cell_y[count] = x, y
            count += 1
            if count >= MOST_CELLS:
                return count
    return count


@compiled
def fit_ports(puzzle: Puzzle, bench: Bench, node: int, degree: int, cell: int) -> float:
    """The cheapest way to give the edges of a node ports in their rotation.

    Every set of as many ports as there are edges, turned every way round: 280 ways at most.
    """
    first = puzzle.first[node]
    best = float(FAR)
    chosen = np.empty(8, np.int32)
    for m in range(bench.mask_first[degree], bench.mask_first[degree + 1]):
        mask = bench.masks[m]
        held = 0
        for port in range(8):
            if mask >> port & 1:
                chosen[held] = port
                held += 1
        for start in range(degree):
            cost = 0.0
            for k in range(degree):
                cost += bench.value[k, cell, chosen[(start + k) % degree]]
                if cost >= best:
                    break
            if cost >= best:
                continue
            for k in range(degree):
                for other in range(k + 1, degree):
                    cost += pair_cost(
                        puzzle,
                        first + k,
                        first + other,
                        first,
                        chosen[(start + k) % degree],
                        chosen[(start + other) % degree],
                    )
            if cost < best:
                best = cost
                for k in range(degree):
                    bench.ports[cell, k] = chosen[(start + k) % degree]
    return best


@compiled
def realise(
    puzzle: Puzzle, board: Board, forest: Forest, bench: Bench, node: int, cell: int
) -> bool:
    """Lay a node and its edges as a bound says. False if an edge cannot be laid."""
    first = puzzle.first[node]
    x, y = bench.cell_x[cell], bench.cell_y[cell]
    board.x[node], board.y[node] = x, y
    for i in range(first, puzzle.first[node + 1]):
        state = bench.state[i - first, cell, bench.ports[cell, i - first]]
        if state < 0 or not trace(puzzle, board, forest, i - first, far_slot(puzzle, i), state):
            return False
        lay(puzzle, board, puzzle.edge_at[i])
    board.node_on[y, x] = node + 1
    return True


@compiled
def reroute(puzzle: Puzzle, board: Board, forest: Forest, bench: Bench, slot: int) -> bool:
    """Lay one taken-up edge anew, both of its nodes staying. False if there is no way at all."""
    edge = puzzle.edge_at[slot]
    node = puzzle.tail[edge] if puzzle.side_at[slot] == 0 else puzzle.head[edge]
    x, y = board.x[node], board.y[node]
    box = (x, y, x, y)
    board.node_on[y, x] = 0
    tree = 7
    far = far_slot(puzzle, slot)
    other = across(puzzle, slot)
    layers = layers_needed(puzzle, board, slot, box)
    bench.work[0] += grow(puzzle, board, forest, tree, far, other, box, layers, BUCKETS - 1)
    board.node_on[y, x] = node + 1
    near = max(abs(x - board.x[other]), abs(y - board.y[other]))
    value = np.full(8, float(FAR))
    state = np.full(8, -1, np.int32)
    for port in range(8):
        state[port], value[port] = best_arrival(
            puzzle, forest, tree, edge, y * puzzle.width + x, (port + 4) % 8, near
        )
        board.port[slot] = port
        # A port that is taken means running on top of another edge.
        value[port] += node_cost(puzzle, board, node) + OVERLAP * board.track[y, x, port]
        board.port[slot] = -1
    for _ in range(8):
        port = int(np.argmin(value))
        if state[port] >= 0 and trace(puzzle, board, forest, tree, far, state[port]):
            lay(puzzle, board, edge)
            return True
        value[port] = 2.0 * FAR
    return False


@compiled
def mend(
    puzzle: Puzzle, board: Board, forest: Forest, bench: Bench, node: int, cost: float
) -> float:
    """Lay anew, one by one, the edges of a node, keeping what is better. Returns the cost."""
    first = puzzle.first[node]
    keep = np.empty(board.walk.shape[1], np.int32)
    for i in range(first, puzzle.first[node + 1]):
        edge = puzzle.edge_at[i]
        hops = board.hops[edge]
        keep[:hops] = board.walk[edge, :hops]
        take_up(puzzle, board, edge)
        better = False
        if reroute(puzzle, board, forest, bench, i):
            now = surroundings(puzzle, board, node)
            if now < cost - 1e-9:
                cost, better = now, True
            else:
                take_up(puzzle, board, edge)
        if not better:
            board.walk[edge, :hops] = keep[:hops]
            board.hops[edge] = hops
            lay(puzzle, board, edge)
    return cost


@compiled
def step(
    puzzle: Puzzle,
    board: Board,
    forest: Forest,
    bench: Bench,
    node: int,
    reach: int,
    heat: float,
) -> float:
    """One step at one node; returns by how much the cost fell (below nought: rose)."""
    first, last = puzzle.first[node], puzzle.first[node + 1]
    degree = last - first
    old = surroundings(puzzle, board, node)
    old_x, old_y = board.x[node], board.y[node]
    lift(puzzle, board, bench, node, int(10 * UNIT + 2 * heat))
    rest = surroundings(puzzle, board, node) - node_cost(puzzle, board, node)
    box = (
        max(1, old_x - reach),
        max(1, old_y - reach),
        min(puzzle.width - 2, old_x + reach),
        min(puzzle.height - 2, old_y + reach),
    )
    for k in range(degree):
        slot = first + k
        bench.work[0] += grow(
            puzzle,
            board,
            forest,
            k,
            far_slot(puzzle, slot),
            across(puzzle, slot),
            box,
            layers_needed(puzzle, board, slot, box),
            bench.budget[k],
        )
    count = weigh(puzzle, board, forest, bench, node, box, heat)
    allowed = old + heat * shake(bench.dice) if heat > 0 else old - 1e-6
    tries = 0
    while tries < TRIES:
        cell = -1
        for c in range(count):
            if bench.bound[c] + rest <= allowed and (
                cell < 0 or bench.shaken[c] < bench.shaken[cell]
            ):
                cell = c
        if cell < 0:
            break
        tries += 1
        expected = bench.bound[cell] + rest
        bench.bound[cell] = float(FAR)
        if realise(puzzle, board, forest, bench, node, cell):
            now = surroundings(puzzle, board, node)
            if now > expected + 1e-6:
                # Tree 7 is used to mend; with eight edges its tree is spent, so stop after it.
                now = mend(puzzle, board, forest, bench, node, now)
                if degree == 8:
                    tries = TRIES
            if now <= allowed:
                return old - now
        drop_edges(puzzle, board, node)
        board.node_on[board.y[node], board.x[node]] = 0
    put_back(puzzle, board, bench, node, old_x, old_y)
    return 0.0


@compiled
def copy_board(source: Board, target: Board) -> None:
    """All of one board written over another."""
    target.x[:] = source.x
    target.y[:] = source.y
    target.hops[:] = source.hops
    target.walk[:] = source.walk
    target.port[:] = source.port
    target.node_on[:] = source.node_on
    target.passes[:] = source.passes
    target.track[:] = source.track


@compiled
def sweep(
    puzzle: Puzzle,
    board: Board,
    forest: Forest,
    bench: Bench,
    order: Ints,
    reach: int,
    heat: float,
) -> float:
    """A step at every node, in a shuffled order; returns by how much the cost fell."""
    fell = 0.0
    for i in range(len(order) - 1, 0, -1):
        j = int(roll(bench.dice) * (i + 1))
        order[i], order[j] = order[j], order[i]
    for node in order:
        fell += step(puzzle, board, forest, bench, node, reach, heat)
    return fell


@compiled
def anneal(
    puzzle: Puzzle,
    board: Board,
    best: Board,
    forest: Forest,
    bench: Bench,
    order: Ints,
    sweeps: int,
    hot: float,
    cold: float,
    reach: int,
) -> float:
    """Sweeps from `hot` to `cold`, then until nothing gains; `best` gets the best board met."""
    lowest = total_cost(puzzle, board)
    copy_board(board, best)
    for i in range(sweeps):
        heat = hot * (cold / hot) ** (i / max(1, sweeps - 1))
        sweep(puzzle, board, forest, bench, order, reach, heat)
        now = total_cost(puzzle, board)
        if now < lowest - 1e-9:
            lowest = now
            copy_board(board, best)
    copy_board(best, board)
    for _ in range(30):
        if sweep(puzzle, board, forest, bench, order, reach, 0.0) <= 1e-9:
            break
    lowest = total_cost(puzzle, board)
    copy_board(board, best)
    return lowest


def make_bench(longest: int, seed: int) -> Bench:
    """Scratch room, with the dice at `seed`."""
    masks = sorted(range(256), key=lambda m: (m.bit_count(), m))
    first = [sum(m.bit_count() < held for m in range(256)) for held in range(10)]
    mixed = (seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % (1 << 64) or 1
    return Bench(
        np.zeros((8, MOST_CELLS, 8)),
        np.zeros((8, MOST_CELLS, 8), np.int32),
        np.zeros(MOST_CELLS),
        np.zeros(MOST_CELLS),
        np.zeros((MOST_CELLS, 8), np.int32),
        np.zeros(MOST_CELLS, np.int32),
        np.zeros(MOST_CELLS, np.int32),
        np.zeros((8, longest), np.int32),
        np.zeros(8, np.int32),
        np.zeros(8, np.int32),
        np.array(masks, np.int32),
        np.array(first, np.int32),
        np.array([mixed], np.uint64),
        np.zeros(1, np.int64),
    )
