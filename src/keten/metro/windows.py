"""A window of a grid drawing, taken up: what its nodes and edges may become, and what that costs.

The cheapest whole is found by passing messages along a tree of the window's own edges; walks of
different edges may still want one cell, which a solver settles (`polishing`). So every walk has a
least cost of the best drawing that holds it, and those too dear are left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from keten.metro.gridboard import FAR, Board, Floats, Ints, Puzzle, move_cost, pair_cost
from keten.metro.gridwalks import Field, list_walks

AROUND = 3  # cells beyond the ends that walks may use
DETOUR = 4  # hops that a walk may be longer than the one that is there
NEVER = float(FAR)

Cell = tuple[int, int]


@dataclass(frozen=True)
class Spot:
    """What a node may become: C cells, W ways to give its open edges ports in their rotation.

    Shapes: moves (C,), ways (W, open edges), costs (W,); `slots` are the open incidences.
    """

    cells: tuple[Cell, ...]
    moves: Floats
    slots: tuple[int, ...]
    ways: Ints
    costs: Floats

    def ports(self, slot: int) -> Ints:
        """The port that each way gives an incidence."""
        return np.asarray(self.ways[:, self.slots.index(slot)])

    def by_port(self, slot: int, whole: Floats) -> Floats:
        """The least of `whole` (C, W) by cell and by the port of an incidence (C, 8)."""
        ports = self.ports(slot)
        least = np.full((len(whole), 8), NEVER)
        for port in range(8):
            mine = whole[:, ports == port]
            if mine.shape[1]:
                least[:, port] = mine.min(axis=1)
        return least


@dataclass(frozen=True)
class Way:
    """The cheapest walks of one edge, by cell and port at either end (A, 8, B, 8)."""

    edge: int
    ends: tuple[int, int]  # nodes
    slots: tuple[int, int]
    costs: Floats
    hops: Ints
    walks: Ints

    def steps(self, key: tuple[int, int, int, int]) -> tuple[int, ...]:
        """The directions of one walk."""
        return tuple(int(d) for d in self.walks[key][: self.hops[key]])


def open_spot(puzzle: Puzzle, board: Board, node: int, cells: Sequence[Cell]) -> Spot:
    """A node whose open edges are taken up, with the cells that it may take."""
    slots = list(range(int(puzzle.first[node]), int(puzzle.first[node + 1])))
    fixed = [int(board.port[i]) for i in slots]
    free = [k for k, port in enumerate(fixed) if port < 0]
    ways: list[tuple[int, ...]] = []
    costs: list[float] = []
    for start, turns in itertools.product(
        range(8), itertools.combinations(range(1, 8), len(slots) - 1)
    ):
        ports = [start, *((start + turn) % 8 for turn in turns)]
        if all(was in (-1, port) for was, port in zip(fixed, ports, strict=True)):
            ways.append(tuple(ports[k] for k in free))
            costs.append(_price_ports(puzzle, slots, ports))
    return Spot(
        tuple(cells),
        np.array([move_cost(puzzle, node, x, y) for x, y in cells]),
        tuple(slots[k] for k in free),
        np.array(ways, np.int32).reshape(len(ways), len(free)),
        np.array(costs, float),
    )


def _price_ports(puzzle: Puzzle, slots: Sequence[int], ports: Sequence[int]) -> float:
    return float(
        sum(
            pair_cost(puzzle, slots[i], slots[j], slots[0], ports[i], ports[j])
            for i, j in itertools.combinations(range(len(slots)), 2)
        )
    )


def open_way(puzzle: Puzzle, board: Board, edge: int, spots: Mapping[int, Spot], hops: int) -> Way:
    """All walks of a taken-up edge, at most so many hops and some more."""
    ends = int(puzzle.tail[edge]), int(puzzle.head[edge])
    starts, goals = (np.array(spots[n].cells, np.int32) for n in ends)
    both = np.concatenate((starts, goals))
    x0, y0 = (max(1, int(v) - AROUND) for v in both.min(axis=0))
    x1, y1 = (
        min(size - 2, int(v) + AROUND)
        for v, size in zip(both.max(axis=0), (puzzle.width, puzzle.height), strict=True)
    )
    most = hops + DETOUR
    size = (most, y1 - y0 + 1, x1 - x0 + 1, 8)
    field = Field(np.full(size, FAR, np.int32), np.zeros(size, np.int32))
    shape = (len(starts), 8, len(goals), 8)
    costs, many = np.zeros(shape), np.zeros(shape, np.int32)
    walks = np.zeros((*shape, most), np.int32)
    list_walks(puzzle, board, field, edge, starts, goals, (x0, y0, x1, y1), costs, many, walks)
    slots = int(puzzle.tail_slot[edge]), int(puzzle.head_slot[edge])
    return Way(edge, ends, slots, costs, many, walks)


class Beliefs:
    """What the best drawing costs at least that holds a given walk, by messages along a tree.

    Edges of the window beyond a tree, and edges that meet at a node outside, are taken as if they
    did not heed each other: a bound from below.
    """

    def __init__(
        self, window: Sequence[int], spots: Mapping[int, Spot], ways: Sequence[Way]
    ) -> None:
        self.spots = spots
        self.ways = ways
        self.tree = _find_tree(window, ways)
        self.own = {n: spots[n].moves[:, None] + spots[n].costs[None, :] for n in window}
        self.floor = 0.0
        self.outside: dict[int, Floats] = {}  # by slot (8,): what a port costs at a fixed node
        for node in (n for n in spots if n not in self.own):
            self._share_out(spots[node])
        self.half: dict[tuple[int, int], Floats] = {}  # (way, node): (C, 8)
        for k, way in enumerate(ways):
            if k not in self.tree:
                self._add_half(k, way)
        self.heard = {n: self._listen(n, None) for n in self.own}

    def _share_out(self, spot: Spot) -> None:
        """A fixed node's ports are paid for by the first of its open edges."""
        for i, slot in enumerate(spot.slots):
            paid = spot.costs if i == 0 else np.zeros(len(spot.costs))
            self.outside[slot] = spot.by_port(slot, paid[None, :])[0]
        self.floor += float(spot.moves[0])

    def priced(self, k: int) -> Floats:
        """A way's walks with what their ports cost at fixed nodes."""
        way = self.ways[k]
        costs = way.costs
        for side, slot in enumerate(way.slots):
            if slot in self.outside:
                gift = self.outside[slot]
                costs = costs + (gift[None, :, None, None] if side == 0 else gift)
        return costs

    def _add_half(self, k: int, way: Way) -> None:
        """A way outside the tree speaks to one of its ends only."""
        costs = self.priced(k)
        node = way.ends[0] if way.ends[0] in self.own else way.ends[1]
        table = costs.min(axis=(2, 3)) if node == way.ends[0] else costs.min(axis=(0, 1))
        self.half[k, node] = table
        slot = way.slots[way.ends.index(node)]
        self.own[node] = self.own[node] + table[:, self.spots[node].ports(slot)]

    def _listen(self, node: int, but: int | None) -> Floats:
        """What a node's cells and ways cost with all that lies beyond, except along one way (C, W)."""
        whole = self.own[node]
        for k in self.tree:
            way = self.ways[k]
            if k != but and node in way.ends:
                slot = way.slots[way.ends.index(node)]
                whole = whole + self._message(k, node)[:, self.spots[node].ports(slot)]
        return np.asarray(whole)

    def _message(self, k: int, to: int) -> Floats:
        """What the rest beyond a tree edge costs at least, by cell and port at its near end (C, 8)."""
        way = self.ways[k]
        side = way.ends.index(to)
        far, slot = way.ends[1 - side], way.slots[1 - side]
        beyond = self.spots[far].by_port(slot, self._listen(far, k))
        costs = way.costs if side == 0 else way.costs.transpose(2, 3, 0, 1)
        return np.asarray((costs + beyond).min(axis=(2, 3)))

    def least(self, k: int) -> Floats:
        """For each walk of a way the least cost of a drawing that holds it (A, 8, B, 8)."""
        way = self.ways[k]
        if k in self.tree:
            near, far = (
                self.spots[n].by_port(slot, self._listen(n, k))
                for n, slot in zip(way.ends, way.slots, strict=True)
            )
            return np.asarray(way.costs + near[:, :, None, None] + far + self.floor)
        node = next(n for n in way.ends if (k, n) in self.half)
        side = way.ends.index(node)
        rest = self.spots[node].by_port(way.slots[side], self.heard[node]) - self.half[k, node]
        whole = self.priced(k) + (rest[:, :, None, None] if side == 0 else rest)
        return np.asarray(whole + self.floor)


def _find_tree(window: Sequence[int], ways: Sequence[Way]) -> tuple[int, ...]:
    """Ways that join the window's nodes without a circle."""
    part = {node: node for node in window}
    tree = []
    for k, way in enumerate(ways):
        u, v = way.ends
        if u in part and v in part and part[u] != part[v]:
            gone = part[v]
            part = {n: part[u] if p == gone else p for n, p in part.items()}
            tree.append(k)
    return tuple(tree)
