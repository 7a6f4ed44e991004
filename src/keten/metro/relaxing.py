"""Takes a drawing off its grid: directions stay, lengths are set free by a linear program.

Every straight piece keeps its direction of eight, so no bend appears or goes. What is minimised is
how unlike the distances between stations are, and how far stations lie from where they belong;
pieces that do not touch stay on the side of each other where they were, at least a gap apart.
Gaps are added only where a solution would close them. Whatever else needs room (labels) is a
`Keeper`: asked after each solution what came too near.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from keten.metro.graph import XY, Edge, Graph, Node

Floats = NDArray[np.float64]

COMPASS = tuple((math.cos(k * math.pi / 4), math.sin(k * math.pi / 4)) for k in range(8))
WAYS = np.array(COMPASS)  # (8, 2)
ROUNDS = 12
AHEAD = 0.25  # cells
FIRM = 60.0  # how much a pinned station minds a cell


@dataclass(frozen=True)
class Apart:
    """Vertices `second` lie beyond `first` along one of eight ways, each by its `least`.

    With a `price` this is bought as far as it is worth it, per unit lacking; without it must be.
    """

    way: int
    rows: tuple[tuple[int, int, float], ...]  # (first, second, least)
    price: float | None = None


class Keeper(Protocol):
    """Who knows more that has to lie apart."""

    def closed_by(self, places: Floats, ahead: float = 0.0) -> list[Apart]:
        """What came too near, or within `ahead` of it, and was not named before."""


@dataclass(frozen=True)
class Aims:
    """What relaxing minds. Units: cells.

    `even` weighs unlike distances, `home` displacement, `near` the change from the drawing given.
    """

    even: float = 1.0
    home: float = 0.2
    near: float = 0.02
    shortest: float = 0.5
    gap: float = 0.6


@dataclass(frozen=True)
class Frame:
    """A drawing as vertices and directed pieces.

    Shapes: V vertices, S pieces; `places` (V, 2), `ends` (S, 2), `octant` (S,), `edge_of` (S,).
    The first vertices are the nodes in their order, then come the bends.
    """

    places: Floats
    ends: NDArray[np.int64]
    octant: NDArray[np.int64]
    edge_of: NDArray[np.int64]
    courses: tuple[tuple[int, ...], ...]


def make_frame(graph: Graph) -> Frame:
    """Nodes and bends as numbered vertices, with the pieces between them."""
    number = {node: i for i, node in enumerate(graph.nodes)}
    places = [node.xy for node in graph.nodes.values()]
    ends: list[tuple[int, int]] = []
    octants: list[int] = []
    edge_of: list[int] = []
    courses: list[tuple[int, ...]] = []
    for k, edge in enumerate(graph.edges):
        corners = straighten(edge.points)
        course = [number[edge.u]]
        for place in corners[1:-1]:
            course.append(len(places))
            places.append(place)
        course.append(number[edge.v])
        courses.append(tuple(course))
        for i, (a, b) in enumerate(itertools.pairwise(course)):
            ends.append((a, b))
            octants.append(octant_of(corners[i], corners[i + 1]))
            edge_of.append(k)
    return Frame(
        np.array(places, float),
        np.array(ends, np.int64),
        np.array(octants, np.int64),
        np.array(edge_of, np.int64),
        tuple(courses),
    )


def straighten(points: Sequence[XY]) -> list[XY]:
    """A course without the points at which it does not turn."""
    kept = [points[0]]
    for here, after in itertools.pairwise(points):
        a, b = kept[-1], here
        into, onward = (b[0] - a[0], b[1] - a[1]), (after[0] - b[0], after[1] - b[1])
        span = math.hypot(*into) * math.hypot(*onward)
        if span > 0 and abs(into[0] * onward[1] - into[1] * onward[0]) > 1e-6 * span:
            kept.append(here)
    return [*kept, points[-1]]


def octant_of(a: XY, b: XY) -> int:
    """The direction of eight that a piece is nearest to."""
    return round(math.atan2(b[1] - a[1], b[0] - a[0]) / (math.pi / 4)) % 8


class Program:
    """A linear program that grows row by row.

    Variables: x and y of each vertex, the length of each piece, then whatever is asked for.
    """

    def __init__(self, frame: Frame, cell: float) -> None:
        self.frame = frame
        self.cell = cell
        self.vertices = len(frame.places)
        self.pieces = len(frame.ends)
        self.count = 2 * self.vertices + self.pieces
        self.cost: dict[int, float] = {}
        self.low: dict[int, float] = dict.fromkeys(range(2 * self.vertices), -math.inf)
        self.high: dict[int, float] = {}
        self.upper: list[tuple[dict[int, float], float]] = []
        self.equal: list[tuple[dict[int, float], float]] = []

    def add_variable(self, cost: float = 0.0, high: float = math.inf) -> int:
        """A variable from nought up."""
        number = self.count
        self.count += 1
        if cost:
            self.cost[number] = cost
        if math.isfinite(high):
            self.high[number] = high
        return number

    def at_most(self, terms: dict[int, float], bound: float) -> None:
        """A row: the sum of terms is at most a bound."""
        self.upper.append((terms, bound))

    def exactly(self, terms: dict[int, float], value: float) -> None:
        """A row: the sum of terms is a value."""
        self.equal.append((terms, value))

    def along(self, vertex: int, axis: XY, sign: float = 1.0) -> dict[int, float]:
        """A vertex's place along an axis, as terms."""
        return {2 * vertex: sign * axis[0], 2 * vertex + 1: sign * axis[1]}

    def length(self, piece: int) -> int:
        """The variable of a piece's length."""
        return 2 * self.vertices + piece

    def keep_apart(self, apart: Apart) -> None:
        """Vertices beyond vertices along a way."""
        line = COMPASS[apart.way]
        short = None if apart.price is None else self.add_variable(apart.price)
        for first, second, least in apart.rows:
            if first == second:
                continue
            terms = self.along(first, line)
            for key, value in self.along(second, line, -1.0).items():
                terms[key] = terms.get(key, 0.0) + value
            if short is not None:
                terms[short] = -1.0
            self.at_most(terms, -least)

    def solve(self) -> Floats | None:
        """Places of the vertices (V, 2), or None where no solution was found."""
        cost = np.zeros(self.count)
        for number, value in self.cost.items():
            cost[number] = value
        bounds = np.zeros((self.count, 2))
        bounds[:, 1] = math.inf
        for number, value in self.low.items():
            bounds[number, 0] = value
        for number, value in self.high.items():
            bounds[number, 1] = value
        upper, upper_side = _matrix(self.upper, self.count)
        equal, equal_side = _matrix(self.equal, self.count)
        found: Any = linprog(  # type: ignore[call-overload]  # sparse matrices are not in its stubs
            cost, upper, upper_side, equal, equal_side, bounds, method="highs-ds"
        )
        if found.status != 0:
            return None
        return np.asarray(found.x[: 2 * self.vertices], float).reshape(-1, 2)


def _matrix(rows: list[tuple[dict[int, float], float]], width: int) -> tuple[coo_array, Floats]:
    at = [(i, j, value) for i, (terms, _) in enumerate(rows) for j, value in terms.items()]
    data = np.array([value for _, _, value in at])
    where = (np.array([i for i, _, _ in at], int), np.array([j for _, j, _ in at], int))
    side = np.array([value for _, value in rows], float)
    return coo_array((data, where), shape=(len(rows), width)), side


def relax(
    graph: Graph,
    homes: Mapping[str, XY],
    *,
    cell: float,
    aims: Aims | None = None,
    widths: Sequence[float] | None = None,
    keeper: Keeper | None = None,
    firm: frozenset[str] = frozenset(),
) -> Graph:
    """Set the lengths of an octilinear drawing free.

    Units: the graph's own; `homes` are where nodes belong, `firm` names those that insist,
    `widths` how broad the bundle on each edge is drawn. With a `keeper` the mean distance between
    stations stays what it is, since what he keeps is measured by it. A drawing that already breaks
    what is asked is given back as it came, with a note.
    Source: in the spirit of the compaction step of orthogonal drawing, as a linear program.
    """
    aims = aims or Aims()
    frame = make_frame(graph)
    broad = np.array(widths if widths is not None else np.zeros(len(graph.edges)), float)
    program = _make_program(graph, frame, homes, cell, aims, firm)
    if keeper is not None:
        _keep_mean(program, graph)
    gaps = Gaps(frame, aims.gap * cell, broad)
    # What is nearly too near now will be; to say so at once saves solving once more.
    for watch in (gaps, keeper) if keeper is not None else (gaps,):
        for apart in watch.closed_by(frame.places, AHEAD * cell):
            program.keep_apart(apart)
    places: Floats | None = None
    for _ in range(ROUNDS):
        solved = program.solve()
        if solved is None:
            break
        places = solved
        closed = gaps.closed_by(places)
        if keeper is not None:
            closed += keeper.closed_by(places)
        if not closed:
            return with_places(graph, frame, places)
        for apart in closed:
            program.keep_apart(apart)
    if places is None or gaps.crosses(places):
        return replace(graph, notes=(*graph.notes, "distances could not be evened out"))
    return with_places(graph, frame, places)


def _make_program(
    graph: Graph,
    frame: Frame,
    homes: Mapping[str, XY],
    cell: float,
    aims: Aims,
    firm: frozenset[str],
) -> Program:
    program = Program(frame, cell)
    _fix_directions(program, aims.shortest * cell)
    _even_out(program, graph, aims)
    for number, (key, node) in enumerate(graph.nodes.items()):
        if key in homes and (node.station is not None or key in firm):
            weight = FIRM if key in firm else aims.home
            _draw_home(program, number, homes[key], weight / cell)
    for number, (x, y) in enumerate(frame.places):
        _draw_home(
            program, number, (float(x), float(y)), aims.near / cell, ((1.0, 0.0), (0.0, 1.0))
        )
    return program


def _fix_directions(program: Program, shortest: float) -> None:
    """Every piece runs in its octant and is not too short; a bend may be nearer than a station."""
    frame = program.frame
    nodes = {v for course in frame.courses for v in (course[0], course[-1])}
    for piece, ((a, b), octant) in enumerate(zip(frame.ends, frame.octant, strict=True)):
        dx, dy = COMPASS[octant]
        for axis, d in enumerate((dx, dy)):
            program.exactly(
                {2 * int(b) + axis: 1.0, 2 * int(a) + axis: -1.0, program.length(piece): -d}, 0.0
            )
        inside = int(a) not in nodes or int(b) not in nodes
        # Soft, since a tight place may not have it; but dear.
        lacking = program.add_variable(20.0 / program.cell)
        least = shortest * (0.5 if inside else 1.0)
        program.at_most({program.length(piece): -1.0, lacking: -1.0}, -least)


def _even_out(program: Program, graph: Graph, aims: Aims) -> None:
    """Edges between stations near one length, itself free within a fifth of the cell.

    Far deviations weigh more: the pieces of the cost approach a square.
    """
    cell = program.cell
    common = program.add_variable(high=0.3 * cell)
    by_edge: dict[int, list[int]] = {}
    for piece, edge in enumerate(program.frame.edge_of):
        by_edge.setdefault(int(edge), []).append(piece)
    for number, edge in enumerate(graph.edges):
        terms = {program.length(piece): 1.0 for piece in by_edge[number]}
        weight = aims.even * (1.0 if _joins_stops(graph, edge) else 0.2) / cell
        over = [program.add_variable(weight * w, s * cell) for w, s in _SLOPES]
        under = [program.add_variable(weight * w, s * cell) for w, s in _SLOPES]
        terms |= {common: -1.0} | dict.fromkeys(over, -1.0) | dict.fromkeys(under, 1.0)
        program.exactly(terms, 0.9 * cell)


_SLOPES = ((0.15, 0.1), (0.5, 0.2), (1.0, 0.3), (2.0, 0.5), (4.0, math.inf))


def _draw_home(
    program: Program, vertex: int, home: XY, weight: float, axes: Iterable[XY] = COMPASS[:4]
) -> None:
    """A cost for a vertex's distance from a place, by the octagonal norm."""
    if weight <= 0:
        return
    away = program.add_variable(weight)
    for axis in axes:
        at = home[0] * axis[0] + home[1] * axis[1]
        for sign in (1.0, -1.0):
            program.at_most(program.along(vertex, axis, sign) | {away: -1.0}, sign * at)


def _joins_stops(graph: Graph, edge: Edge) -> bool:
    return graph.nodes[edge.u].station is not None and graph.nodes[edge.v].station is not None


def _keep_mean(program: Program, graph: Graph) -> None:
    """The lengths of edges between stations sum up to what they do now."""
    counted = [_joins_stops(graph, edge) for edge in graph.edges]
    if not any(counted):
        return
    frame = program.frame
    spans = frame.places[frame.ends[:, 1]] - frame.places[frame.ends[:, 0]]
    pieces = [piece for piece, edge in enumerate(frame.edge_of) if counted[edge]]
    whole = float(np.hypot(*spans[pieces].T).sum())
    program.exactly({program.length(piece): 1.0 for piece in pieces}, whole)


class Gaps:
    """Which pieces have to stay apart, on which side of each other, and by how much.

    Shapes: P pairs of pieces; room (P, 8) the distance along each direction, from i to j.
    """

    def __init__(self, frame: Frame, gap: float, broad: Floats) -> None:
        count = len(frame.ends)
        self.i, self.j = np.triu_indices(count, 1)
        touching = (frame.ends[self.i][:, :, None] == frame.ends[self.j][:, None, :]).any((1, 2))
        self.i, self.j = self.i[~touching], self.j[~touching]
        self.ends = frame.ends
        before = self.room(frame.places)
        self.best = before.argmax(axis=1)
        at_first = before.max(axis=1)
        half = (broad[frame.edge_of[self.i]] + broad[frame.edge_of[self.j]]) / 2
        self.wanted = np.minimum(at_first, gap + half)
        self.apart = at_first > 1e-9

    def room(self, places: Floats) -> Floats:
        """How far piece j lies beyond piece i, along each of eight directions (P, 8)."""
        along = places[self.ends] @ WAYS.T  # (S, 2, 8)
        low, high = along.min(axis=1), along.max(axis=1)
        return np.asarray(low[self.j] - high[self.i], float)

    def closed_by(self, places: Floats, ahead: float = 0.0) -> list[Apart]:
        """Pairs that came too near, to be kept apart, once each."""
        room = self.room(places)
        slack = ahead - 1e-6 * max(1.0, self.wanted.max(initial=0.0))
        near = self.apart & (room.max(axis=1) < self.wanted + slack)
        return [
            Apart(
                int(self.best[p]),
                tuple(
                    (int(a), int(b), float(self.wanted[p]))
                    for a in self.ends[self.i[p]]
                    for b in self.ends[self.j[p]]
                ),
            )
            for p in np.flatnonzero(near)
        ]

    def crosses(self, places: Floats) -> bool:
        """Whether pieces that lay apart touch now."""
        return bool((self.apart & (self.room(places).max(axis=1) <= 1e-9)).any())


def with_places(graph: Graph, frame: Frame, places: Floats) -> Graph:
    """The network with its vertices elsewhere."""
    spots = [(float(x), float(y)) for x, y in places]
    nodes: dict[str, Node] = {
        key: replace(node, x=spots[i][0], y=spots[i][1])
        for i, (key, node) in enumerate(graph.nodes.items())
    }
    edges = tuple(
        replace(edge, points=tuple(spots[v] for v in course))
        for edge, course in zip(graph.edges, frame.courses, strict=True)
    )
    return replace(graph, nodes=nodes, edges=edges)
