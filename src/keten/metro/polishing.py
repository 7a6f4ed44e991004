"""Exact polish of small windows: a grid drawing in, the same or a better one out.

A window is two or three neighbouring nodes with all edges at them; everything else stays. A
constraint solver chooses a cell for each node, the ports around it and a walk for each edge, so
that their whole cost is least. Most windows need no solver: a bound (`windows`) proves that nothing
in them could be better.

Source: local exact improvement as in large neighbourhood search (Shaw 1998), with the objective of
`gridboard`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from ortools.sat.python import cp_model

from keten.metro.gridboard import (
    DX,
    DY,
    Board,
    Puzzle,
    edge_cost,
    lay,
    node_cost,
    step_crossings,
    take_up,
    total_cost,
)
from keten.metro.layout import GridLayout, board_from, read_board, rebuild_puzzle
from keten.metro.windows import NEVER, Beliefs, Cell, Spot, Way, open_spot, open_way

REACH = {2: 2, 3: 1}  # cells that a node of a window may move, by the window's nodes
LEAST = 1e-3  # quarters: what is worth a change
SOLVE = 0.5  # of the solver's deterministic clock, for each window at effort 1
PASSES = 4
FINE = 64  # costs are floats in quarters; the solver counts in so many parts of one
MOST_WALKS = 6000  # a window with more that could help is left as it is

Window = tuple[int, ...]
Placed = tuple[dict[int, Cell], dict[int, tuple[int, ...]]]  # cells of nodes, walks of edges


def polish(layout: GridLayout, *, effort: float = 1.0) -> GridLayout:
    """The layout with every small window at its best, given what lies around it; never a worse one.

    Units: `effort` scales the solver's deterministic clock and the passes over all windows: counted
    work, not time. Of walks that agree in ends and ports only the cheapest is weighed.
    """
    puzzle = rebuild_puzzle(layout)
    board = board_from(puzzle, layout)
    before = total_cost(puzzle, board)
    todo = list_windows(puzzle)
    for _ in range(max(1, round(PASSES * effort))):
        changed = {
            node for window in todo
            if improve(puzzle, board, window, SOLVE * effort)
            for node in _around(puzzle, window)
        }  # fmt: skip
        todo = [window for window in list_windows(puzzle) if changed & set(window)]
        if not todo:
            break
    now = total_cost(puzzle, board)
    return read_board(layout, board, now) if now < before - LEAST else layout


def list_windows(puzzle: Puzzle) -> list[Window]:
    """Both ends of every edge, then those of every two edges that meet."""
    pairs = sorted({
        (int(min(ends)), int(max(ends))) for ends in zip(puzzle.tail, puzzle.head, strict=True)
    })  # fmt: skip
    beside: dict[int, list[int]] = {}
    for u, v in pairs:
        beside.setdefault(u, []).append(v)
        beside.setdefault(v, []).append(u)
    threes = {
        tuple(sorted((node, *two)))
        for node, others in beside.items()
        for two in itertools.combinations(others, 2)
    }
    return [*pairs, *sorted(threes)]


def _around(puzzle: Puzzle, window: Iterable[int]) -> set[int]:
    held = set(window)
    ends = zip(puzzle.tail, puzzle.head, strict=True)
    return held | {int(n) for pair in ends if held & set(pair) for n in pair}


def improve(puzzle: Puzzle, board: Board, window: Window, seconds: float) -> bool:
    """Set one window to its best; False, and the board as it was, where nothing was gained.

    A window in which something crosses is left as it is.
    """
    slots = [i for n in window for i in range(int(puzzle.first[n]), int(puzzle.first[n + 1]))]
    edges = sorted({int(puzzle.edge_at[i]) for i in slots})
    nodes = sorted({int(n) for e in edges for n in (puzzle.tail[e], puzzle.head[e])})
    if any(_is_tangled(puzzle, board, edge) for edge in edges):
        return False
    was = _cost(puzzle, board, nodes, edges)
    kept = _lift(puzzle, board, window, edges)
    found = _seek(puzzle, board, window, nodes, kept, was, seconds)
    if found is not None:
        _put(puzzle, board, *found)
        if _cost(puzzle, board, nodes, edges) < was - LEAST / 2:
            return True
        _lift(puzzle, board, window, edges)
    _put(puzzle, board, *kept)
    return False


def _cost(puzzle: Puzzle, board: Board, nodes: Sequence[int], edges: Sequence[int]) -> float:
    whole = sum(node_cost(puzzle, board, n) for n in nodes)
    return float(whole + sum(edge_cost(puzzle, board, e) for e in edges))


def _is_tangled(puzzle: Puzzle, board: Board, edge: int) -> bool:
    """Whether an edge crosses or covers another."""
    x, y = int(board.x[puzzle.tail[edge]]), int(board.y[puzzle.tail[edge]])
    for i in range(board.hops[edge]):
        d = int(board.walk[edge, i])
        if board.track[y, x, d] > 1 or step_crossings(board, x, y, d) > 0:
            return True
        x, y = x + int(DX[d]), y + int(DY[d])
        if i + 1 < board.hops[edge] and (board.passes[y, x] > 1 or board.node_on[y, x] > 0):
            return True
    return False


def _lift(puzzle: Puzzle, board: Board, window: Window, edges: Sequence[int]) -> Placed:
    """Take a window up; returns how it lay."""
    cells = {n: (int(board.x[n]), int(board.y[n])) for n in window}
    walks = {e: tuple(int(d) for d in board.walk[e, : board.hops[e]]) for e in edges}
    for edge in edges:
        take_up(puzzle, board, edge)
    for x, y in cells.values():
        board.node_on[y, x] = 0
    return cells, walks


def _put(
    puzzle: Puzzle, board: Board, cells: Mapping[int, Cell], walks: Mapping[int, tuple[int, ...]]
) -> None:
    for node, (x, y) in cells.items():
        board.x[node], board.y[node] = x, y
        board.node_on[y, x] = node + 1
    for edge, walk in walks.items():
        board.walk[edge, : len(walk)] = walk
        board.hops[edge] = len(walk)
        lay(puzzle, board, edge)


def _seek(
    puzzle: Puzzle,
    board: Board,
    window: Window,
    nodes: Sequence[int],
    kept: Placed,
    was: float,
    seconds: float,
) -> Placed | None:
    """The best cells and walks of a lifted window, None if none is better than `was`."""
    spots = {
        n: open_spot(puzzle, board, n, _free_cells(puzzle, board, kept[0][n], REACH[len(window)]))
        if n in kept[0]
        else open_spot(puzzle, board, n, [(int(board.x[n]), int(board.y[n]))])
        for n in nodes
    }
    if not all(len(spot.ways) for spot in spots.values()):
        return None  # a node around is out of its order
    ways = [open_way(puzzle, board, e, spots, len(walk)) for e, walk in kept[1].items()]
    beliefs = Beliefs(window, spots, ways)
    useful = [np.argwhere(beliefs.least(k) < was - LEAST).tolist() for k in range(len(ways))]
    if not all(useful) or sum(len(keys) for keys in useful) > MOST_WALKS:
        return None
    chosen = [[(a, p, b, q) for a, p, b, q in keys] for keys in useful]
    return Model(window, spots, ways, chosen).solve(seconds)


def _free_cells(puzzle: Puzzle, board: Board, around: Cell, reach: int) -> list[Cell]:
    x, y = around
    return [
        (i, j)
        for j in range(max(1, y - reach), min(puzzle.height - 1, y + reach + 1))
        for i in range(max(1, x - reach), min(puzzle.width - 1, x + reach + 1))
        if board.node_on[j, i] == 0 and board.passes[j, i] == 0
    ]


class Model:
    """The constraint model of one window: cells, ports and walks, each one of several."""

    def __init__(
        self,
        window: Window,
        spots: Mapping[int, Spot],
        ways: Sequence[Way],
        keys: Sequence[Sequence[tuple[int, int, int, int]]],
    ) -> None:
        self.spots = spots
        self.ways = ways
        self.keys = keys
        self.model = cp_model.CpModel()
        self.cost: list[cp_model.LinearExprT] = []
        self.crowd: dict[Cell, list[cp_model.IntVar]] = {}
        self.place = {n: self._choose(spots[n].moves) for n in window}
        self.ports = {n: self._choose(spot.costs) for n, spot in spots.items()}
        self.walks = [
            self._choose([way.costs[key] for key in mine])
            for way, mine in zip(ways, keys, strict=True)
        ]
        for k in range(len(ways)):
            self._join(k)
            self._fill(k)
        for node in window:
            for (x, y), variable in zip(spots[node].cells, self.place[node], strict=True):
                self.crowd.setdefault((2 * x, 2 * y), []).append(variable)
        for variables in self.crowd.values():
            if len(variables) > 1:
                self.model.add_at_most_one(variables)

    def _choose(self, costs: Iterable[float]) -> list[cp_model.IntVar]:
        """One of several, each at its cost; what can never be is left out of the choice."""
        chosen = []
        for cost in costs:
            variable = self.model.new_bool_var("")
            if cost < NEVER:
                self.cost.append(round(FINE * float(cost)) * variable)
            else:
                self.model.add(variable == 0)
            chosen.append(variable)
        self.model.add_exactly_one(chosen)
        return chosen

    def _join(self, k: int) -> None:
        """A walk begins and ends where its nodes are, by the ports that they give it."""
        way, chosen = self.ways[k], self.walks[k]
        for end, (node, slot) in enumerate(zip(way.ends, way.slots, strict=True)):
            at_cell: dict[int, list[cp_model.IntVar]] = {}
            at_port: dict[int, list[cp_model.IntVar]] = {}
            for key, variable in zip(self.keys[k], chosen, strict=True):
                at_cell.setdefault(key[2 * end], []).append(variable)
                at_port.setdefault(key[2 * end + 1], []).append(variable)
            for c, place in enumerate(self.place.get(node, ())):
                self.model.add(sum(at_cell.get(c, [])) == place)
            given = self.spots[node].ports(slot).tolist()
            for port in range(8):
                so = [v for v, p in zip(self.ports[node], given, strict=True) if p == port]
                self.model.add(sum(at_port.get(port, [])) == sum(so))

    def _fill(self, k: int) -> None:
        """A walk takes the cells between its ends, and the middles of its diagonal steps."""
        way = self.ways[k]
        for key, variable in zip(self.keys[k], self.walks[k], strict=True):
            x, y = self.spots[way.ends[0]].cells[key[0]]
            steps = way.steps(key)
            for i, d in enumerate(steps):
                dx, dy = int(DX[d]), int(DY[d])
                if d % 2:
                    self.crowd.setdefault((2 * x + dx, 2 * y + dy), []).append(variable)
                x, y = x + dx, y + dy
                if i + 1 < len(steps):
                    self.crowd.setdefault((2 * x, 2 * y), []).append(variable)

    def solve(self, seconds: float) -> Placed | None:
        """The best cells and walks, None if none was found in time."""
        self.model.minimize(sum(self.cost))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = seconds
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        cells = {
            node: self.spots[node].cells[_first(solver, chosen)]
            for node, chosen in self.place.items()
        }
        walks = {
            way.edge: way.steps(self.keys[k][_first(solver, self.walks[k])])
            for k, way in enumerate(self.ways)
        }
        return cells, walks


def _first(solver: cp_model.CpSolver, chosen: Sequence[cp_model.IntVar]) -> int:
    return next(i for i, variable in enumerate(chosen) if solver.value(variable))
