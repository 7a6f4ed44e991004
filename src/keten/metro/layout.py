"""The grid stage: a contracted network in, the same network on an octilinear grid out."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from keten.metro.contraction import Contraction
from keten.metro.errors import GraphError, OptionError
from keten.metro.graph import XY, Graph, Node
from keten.metro.gridboard import BEND, DX, DY, UNIT, Board, Puzzle, lay
from keten.metro.gridroute import Forest, make_forest
from keten.metro.gridsearch import Bench, anneal, make_bench, reroute
from keten.metro.topology import find_rotations

MARGIN = 5  # free cells around the network
SWEEPS = 60
COLD = 0.15


@dataclass(frozen=True)
class Weights:
    """What the grid stage minds, in the published units.

    `density` is the paper's; `move` per cell of distance is more than its 2, since drawings come
    out nearer to the ground and hardly dearer by its count; `carried` adds to each turn for every
    line that makes it, which the published objective does not.
    """

    move: float = 5.0
    density: float = 10.0
    carried: float = 2.0


GEOGRAPHIC = Weights()


@dataclass(frozen=True)
class GridLayout:
    """Where every kept node and every chain went. Units: cells, from `origin` of size `cell`.

    `cost` is the objective in the published units; `work` the states that the search settled;
    `weights`, `wishes` and `pull` are what it was asked to mind.
    """

    contraction: Contraction
    cell: float
    origin: XY
    places: Mapping[str, tuple[int, int]]
    walks: tuple[tuple[int, ...], ...]
    cost: float
    work: int
    notes: tuple[str, ...] = ()
    weights: Weights = GEOGRAPHIC
    wishes: Mapping[str, XY] = field(default_factory=dict)
    pull: Mapping[str, float] = field(default_factory=dict)

    def to_graph(self) -> Graph:
        """The network drawn on the grid, its through-stations spread evenly along their chains."""
        return draw_on_grid(self)


def make_puzzle(
    contraction: Contraction,
    cell: float,
    weights: Weights,
    margin: int,
    wishes: Mapping[str, XY],
    pull: Mapping[str, float],
) -> tuple[Puzzle, XY]:
    """The arrays of a contracted network, and the place of cell (0, 0)."""
    graph = contraction.graph
    index = {node: i for i, node in enumerate(contraction.kept)}
    places = [wishes.get(n, graph.nodes[n].xy) for n in contraction.kept]
    xs, ys = np.array([x for x, _ in places]), np.array([y for _, y in places])
    origin = (
        _best_offset(xs, cell) + (math.floor(xs.min() / cell) - margin) * cell,
        _best_offset(ys, cell) + (math.floor(ys.min() / cell) - margin) * cell,
    )
    wish_x, wish_y = (xs - origin[0]) / cell, (ys - origin[1]) / cell
    slots, first = _rotate_slots(contraction)
    ends = np.array([[index[c.nodes[0]], index[c.nodes[-1]]] for c in contraction.chains], np.int32)
    slot_of = {slot: i for i, slot in enumerate(slots)}
    shares, carried = _pair_weights(contraction, slots, first, weights)
    lines = [max(len(graph.edges[e].lines) for e in c.edges) for c in contraction.chains]
    bend = np.array([[round(b * (1 + weights.carried * n)) for b in BEND] for n in lines], np.int32)
    puzzle = Puzzle(
        int(wish_x.max()) + margin + 2,
        int(wish_y.max()) + margin + 2,
        ends[:, 0].copy(),
        ends[:, 1].copy(),
        np.array([c.inner for c in contraction.chains], np.int32),
        bend,
        first,
        np.array([edge for edge, _ in slots], np.int32),
        np.array([side for _, side in slots], np.int32),
        np.array([slot_of[(e, 0)] for e in range(len(ends))], np.int32),
        np.array([slot_of[(e, 1)] for e in range(len(ends))], np.int32),
        shares,
        carried,
        wish_x,
        wish_y,
        np.array([weights.move * UNIT * pull.get(n, 1.0) for n in contraction.kept]),
        weights.density,
    )
    return puzzle, origin


def _best_offset(values: np.ndarray, cell: float) -> float:
    """The shift of the grid, of eight, that lies nearest to the nodes."""
    shifts = [cell * i / 8 for i in range(8)]
    spread = [
        float(np.abs((values - s) / cell - np.round((values - s) / cell)).sum()) for s in shifts
    ]
    return shifts[spread.index(min(spread))]


def _rotate_slots(contraction: Contraction) -> tuple[list[tuple[int, int]], np.ndarray]:
    """(chain, side) around each node counter-clockwise, node after node, and where each begins."""
    rotations = _choose_rotations(contraction)
    first = np.cumsum([0, *(len(slots) for slots in rotations)])
    return [slot for slots in rotations for slot in slots], first.astype(np.int32)


def _choose_rotations(contraction: Contraction) -> list[list[tuple[int, int]]]:
    """The reading of each node's rotation that lets the whole be drawn with fewest crossings."""
    graph = contraction.graph
    at: dict[tuple[str, int], tuple[int, int]] = {}
    for number, chain in enumerate(contraction.chains):
        at[(chain.nodes[0], chain.edges[0])] = (number, 0)
        at[(chain.nodes[-1], chain.edges[-1])] = (number, 1)
    readings = [
        [[at[(node, edge)] for edge in reading] for reading in find_rotations(graph, node)]
        for node in contraction.kept
    ]
    chosen = [options[0] for options in readings]
    most = count_faces(chosen)
    for node, options in enumerate(readings):
        for option in options[1:]:
            tried = [*chosen[:node], option, *chosen[node + 1 :]]
            faces = count_faces(tried)
            if faces > most:
                chosen, most = tried, faces
    return chosen


def count_faces(rotations: list[list[tuple[int, int]]]) -> int:
    """Faces of a drawing with these rotations; the more there are, the less it must cross.

    By Euler's formula a connected plane drawing has edges - nodes + 2 of them.
    """
    after = {
        slot: slots[(i + 1) % len(slots)] for slots in rotations for i, slot in enumerate(slots)
    }
    open_slots = set(after)
    faces = 0
    while open_slots:
        faces += 1
        slot = min(open_slots)
        while slot in open_slots:
            open_slots.remove(slot)
            slot = after[(slot[0], 1 - slot[1])]
    return faces


def _pair_weights(
    contraction: Contraction,
    slots: list[tuple[int, int]],
    first: np.ndarray,
    weights: Weights,
) -> tuple[np.ndarray, np.ndarray]:
    """Which incidences of a node share a line, and how much their turns weigh by lines."""
    graph = contraction.graph
    shares = np.zeros((len(slots), 8), np.int32)
    carried = np.zeros((len(slots), 8), np.int32)
    for n, node in enumerate(contraction.kept):
        for i in range(first[n], first[n + 1]):
            for j in range(first[n], first[n + 1]):
                a, b = _end_edge(contraction, slots[i]), _end_edge(contraction, slots[j])
                common = set(graph.edges[a].lines) & set(graph.edges[b].lines)
                if i == j or not common:
                    continue
                shares[i, j - first[n]] = 1
                through = sum(graph.runs_through(node, line, a, b) for line in common)
                carried[i, j - first[n]] = round(UNIT * weights.carried * through)
    return shares, carried


def _end_edge(contraction: Contraction, slot: tuple[int, int]) -> int:
    chain = contraction.chains[slot[0]]
    return chain.edges[0] if slot[1] == 0 else chain.edges[-1]


def empty_board(puzzle: Puzzle) -> Board:
    """A board with nothing on it."""
    edges, slots, nodes = len(puzzle.tail), len(puzzle.edge_at), len(puzzle.first) - 1
    size = (puzzle.height, puzzle.width)
    longest = 4 * (puzzle.height + puzzle.width)
    return Board(
        np.zeros(nodes, np.int32),
        np.zeros(nodes, np.int32),
        np.zeros(edges, np.int32),
        np.zeros((edges, longest), np.int32),
        np.full(slots, -1, np.int32),
        np.zeros(size, np.int32),
        np.zeros(size, np.int32),
        np.zeros((*size, 8), np.int32),
    )


def place_nodes(puzzle: Puzzle, board: Board, apart: int) -> None:
    """Every node on the free cell nearest to its wish, the crowded ones first.

    No two are nearer than `apart` cells.
    """
    nodes = len(puzzle.first) - 1
    degree = np.diff(puzzle.first)
    for node in sorted(range(nodes), key=lambda n: (-degree[n], n)):
        x, y = _nearest_free(puzzle, board, node, apart)
        board.x[node], board.y[node] = x, y
        board.node_on[y, x] = node + 1


def _nearest_free(puzzle: Puzzle, board: Board, node: int, apart: int) -> tuple[int, int]:
    taken = np.zeros_like(board.node_on, dtype=bool)
    for y, x in zip(*np.nonzero(board.node_on), strict=True):
        taken[y - apart + 1 : y + apart, x - apart + 1 : x + apart] = True
    free = ~taken[2:-2, 2:-2]
    if not free.any():
        free = board.node_on[2:-2, 2:-2] == 0
    ys, xs = np.nonzero(free)
    far = np.hypot(xs + 2 - puzzle.wish_x[node], ys + 2 - puzzle.wish_y[node])
    best = int(np.argmin(far))
    return int(xs[best]) + 2, int(ys[best]) + 2


def first_board(puzzle: Puzzle, forest: Forest, bench: Bench) -> Board:
    """A whole drawing to begin with, however poor: nodes spread as far apart as routes need."""
    for apart in (1, 2, 3, 4):
        board = empty_board(puzzle)
        place_nodes(puzzle, board, apart)
        laid = [reroute(puzzle, board, forest, bench, int(slot)) for slot in puzzle.tail_slot]
        if all(laid):
            return board
    raise GraphError(
        f"{len(puzzle.first) - 1} nodes are too many for a grid of {puzzle.width} by "
        f"{puzzle.height} cells.",
        "Choose a smaller cell.",
    )


def board_from(puzzle: Puzzle, start: GridLayout) -> Board:
    """The board of an earlier layout of the same contraction on the same grid."""
    board = empty_board(puzzle)
    for node, (x, y) in enumerate(start.places.values()):
        board.x[node], board.y[node] = x, y
        board.node_on[y, x] = node + 1
    for edge, walk in enumerate(start.walks):
        board.hops[edge] = len(walk)
        board.walk[edge, : len(walk)] = walk
        lay(puzzle, board, edge)
    return board


def lay_out(
    contraction: Contraction,
    *,
    cell: float,
    seed: int = 0,
    effort: float = 1.0,
    weights: Weights = GEOGRAPHIC,
    start: GridLayout | None = None,
    hot: float = 4.0,
    wishes: Mapping[str, XY] | None = None,
    pull: Mapping[str, float] | None = None,
) -> GridLayout:
    """Lay a contracted network out on a grid.

    Units: `cell` in the network's own, `hot` (the temperature that the search begins with) in
    those of the objective. `effort` is proportional to the sweeps made: counted work, not time.
    With `start`, the search goes on from that layout. `wishes` are places other than the network's
    own, `pull` says how many times more than others some nodes want theirs.
    Raises: OptionError for a cell that is not positive.
    """
    if not (math.isfinite(cell) and cell > 0):
        raise OptionError(f"A cell of {cell} cannot be drawn on.", "Give a positive length.")
    puzzle, origin = make_puzzle(contraction, cell, weights, MARGIN, wishes or {}, pull or {})
    forest = make_forest(puzzle.width, puzzle.height)
    best = empty_board(puzzle)
    bench = make_bench(best.walk.shape[1], seed)
    board = board_from(puzzle, start) if start else first_board(puzzle, forest, bench)
    order = np.arange(len(contraction.kept), dtype=np.int32)
    sweeps = max(1, round(SWEEPS * effort))
    cost = anneal(puzzle, board, best, forest, bench, order, sweeps, hot * UNIT, COLD * UNIT, 2)
    empty = GridLayout(
        contraction, cell, origin, {}, (), 0.0, int(bench.work[0]), (), weights, wishes or {},
        pull or {},
    )  # fmt: skip
    return read_board(empty, best, cost)


def read_board(layout: GridLayout, board: Board, cost: float) -> GridLayout:
    """A layout with what lies on a board now. Units: `cost` in quarters, as boards count."""
    kept = layout.contraction.kept
    places = {n: (int(board.x[i]), int(board.y[i])) for i, n in enumerate(kept)}
    walks = tuple(
        tuple(int(d) for d in board.walk[e, : board.hops[e]]) for e in range(len(board.hops))
    )
    return replace(layout, places=places, walks=walks, cost=cost / UNIT)


def rebuild_puzzle(layout: GridLayout) -> Puzzle:
    """The arrays that a layout was made from."""
    return make_puzzle(
        layout.contraction, layout.cell, layout.weights, MARGIN, layout.wishes, layout.pull
    )[0]


def walk_points(layout: GridLayout, number: int) -> list[XY]:
    """The corners of a chain's walk in the network's own units, both ends included."""
    x, y = layout.places[layout.contraction.chains[number].nodes[0]]
    walk = layout.walks[number]
    points = [(x, y)]
    for i, d in enumerate(walk):
        x, y = x + int(DX[d]), y + int(DY[d])
        if i + 1 == len(walk) or walk[i + 1] != d:
            points.append((x, y))
    return [
        (layout.origin[0] + layout.cell * x, layout.origin[1] + layout.cell * y) for x, y in points
    ]


def draw_on_grid(layout: GridLayout) -> Graph:
    """The network with its nodes on cells and its edges along their walks."""
    graph = layout.contraction.graph
    nodes: dict[str, Node] = dict(graph.nodes)
    courses: dict[int, tuple[XY, ...]] = {}
    for number, chain in enumerate(layout.contraction.chains):
        corners = walk_points(layout, number)
        pieces = cut_evenly(corners, len(chain.edges))
        for k, (edge, piece) in enumerate(zip(chain.edges, pieces, strict=True)):
            for node, place in ((chain.nodes[k], piece[0]), (chain.nodes[k + 1], piece[-1])):
                nodes[node] = replace(nodes[node], x=place[0], y=place[1])
            forward = graph.edges[edge].u == chain.nodes[k]
            courses[edge] = tuple(piece if forward else piece[::-1])
    edges = tuple(replace(edge, points=courses[number]) for number, edge in enumerate(graph.edges))
    return replace(graph, nodes=nodes, edges=edges, notes=graph.notes + layout.notes)


def cut_evenly(corners: list[XY], count: int) -> list[list[XY]]:
    """A course cut into `count` pieces of one length."""
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(corners)]
    at = [0.0]
    for length in lengths:
        at.append(at[-1] + length)
    total = at[-1]
    pieces: list[list[XY]] = []
    for k in range(count):
        start, end = total * k / count, total * (k + 1) / count
        inside = [
            p
            for p, s in zip(corners, at, strict=True)
            if start + 1e-9 * total < s < end - 1e-9 * total
        ]
        pieces.append([_at(corners, at, start), *inside, _at(corners, at, end)])
    return pieces


def _at(corners: list[XY], at: list[float], distance: float) -> XY:
    for i in range(len(corners) - 1):
        if distance <= at[i + 1] + 1e-12 * at[-1]:
            share = (distance - at[i]) / (at[i + 1] - at[i])
            a, b = corners[i], corners[i + 1]
            return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
    return corners[-1]
