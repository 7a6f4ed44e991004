"""Exact polish: never worse, as good as trying everything where that can be tried, a bound that holds."""

import itertools
from dataclasses import replace

import pytest

from keten.metro import Graph, Weights, contract, draw, lay_out, polish, score
from keten.metro.gridboard import Board, Puzzle, edge_cost, node_cost, total_cost
from keten.metro.gridroute import make_forest
from keten.metro.gridsearch import make_bench, reroute
from keten.metro.layout import GridLayout, board_from, empty_board, rebuild_puzzle
from keten.metro.polishing import LEAST, _lift, list_windows
from keten.metro.topology import find_adjacencies
from keten.metro.windows import Beliefs, open_spot, open_way
from tests.metro.named import NAMED, bundle_that_rejoins, make, star_of_eight, terminus_on_a_loop

LAID_OUT = sorted(set(NAMED) - {"star_of_eleven"})


def lay(network: Graph, *, cell: float = 60.0, **options: object) -> GridLayout:
    return lay_out(contract(network, cell=cell), cell=cell, **options)  # type: ignore[arg-type]


def cost_of(layout: GridLayout) -> float:
    """What a layout costs when it is counted anew, in the published units."""
    puzzle = rebuild_puzzle(layout)
    return total_cost(puzzle, board_from(puzzle, layout)) / 4


@pytest.mark.parametrize("name", LAID_OUT)
def test_polish_is_never_worse_and_keeps_the_network(name: str) -> None:
    network = NAMED[name]()
    rough = lay(network, effort=0.01, seed=4)
    fine = polish(rough)
    assert cost_of(fine) == pytest.approx(fine.cost)
    assert fine.cost <= rough.cost
    assert find_adjacencies(fine.to_graph()) == find_adjacencies(network)
    assert score(fine.to_graph()).octilinear_share == 1.0


@pytest.mark.parametrize("name", ["terminus_on_a_loop", "bundle_that_rejoins", "star_of_eight"])
def test_what_was_laid_for_another_wish_is_mended(name: str) -> None:
    # Stations that must stay home make bends; once they need not, there are better windows.
    held = lay(NAMED[name](), weights=Weights(move=80.0), cell=45.0)
    free = replace(held, weights=Weights(move=0.5))
    assert polish(free).cost < cost_of(free) - 1.0


def test_the_best_of_two_nodes_is_the_best_of_all_that_could_be() -> None:
    held = lay(make({"a": (3, 8), "b": (217, 95)}, {"a-b": "x"}), weights=Weights(move=80.0))
    puzzle = rebuild_puzzle(free := replace(held, weights=Weights(move=1.4)))
    (ax, ay), (bx, by) = free.places.values()
    around = list(itertools.product(range(-2, 3), repeat=2))
    best = min(
        place_two(puzzle, (ax + i, ay + j), (bx + k, by + m))
        for (i, j), (k, m) in itertools.product(around, around)
        if (ax + i, ay + j) != (bx + k, by + m)
    )
    assert polish(free).cost == pytest.approx(best / 4)


def place_two(puzzle: Puzzle, a: tuple[int, int], b: tuple[int, int]) -> float:
    """The cost of the only edge laid as well as can be between two cells."""
    board = empty_board(puzzle)
    forest, bench = (
        make_forest(puzzle.width, puzzle.height),
        make_bench(board.walk.shape[1], 0),
    )
    for node, (x, y) in enumerate((a, b)):
        board.x[node], board.y[node], board.node_on[y, x] = x, y, node + 1
    assert reroute(puzzle, board, forest, bench, int(puzzle.tail_slot[0]))
    return float(total_cost(puzzle, board))


@pytest.mark.parametrize("make_network", [terminus_on_a_loop, bundle_that_rejoins, star_of_eight])
def test_the_bound_leaves_nothing_out_that_is_there(make_network: object) -> None:
    layout = lay(make_network(), effort=0.01)  # type: ignore[operator]
    puzzle = rebuild_puzzle(layout)
    for window in list_windows(puzzle):
        board = board_from(puzzle, layout)
        slots = [i for n in window for i in range(puzzle.first[n], puzzle.first[n + 1])]
        edges = sorted({int(puzzle.edge_at[i]) for i in slots})
        check_bound(puzzle, board, window, edges)


def check_bound(puzzle: Puzzle, board: Board, window: tuple[int, ...], edges: list[int]) -> None:
    nodes = sorted({int(n) for e in edges for n in (puzzle.tail[e], puzzle.head[e])})
    was = sum(node_cost(puzzle, board, n) for n in nodes)
    was += sum(edge_cost(puzzle, board, e) for e in edges)
    ports = board.port.copy()
    cells, walks = _lift(puzzle, board, window, edges)
    here = {n: cells.get(n, (int(board.x[n]), int(board.y[n]))) for n in nodes}
    spots = {n: open_spot(puzzle, board, n, [here[n]]) for n in nodes}
    ways = [open_way(puzzle, board, e, spots, len(walks[e])) for e in edges]
    beliefs = Beliefs(window, spots, ways)
    for k, way in enumerate(ways):
        key = (0, int(ports[way.slots[0]]), 0, int(ports[way.slots[1]]))
        assert beliefs.least(k)[key] <= was + LEAST


def test_more_effort_polishes() -> None:
    network = bundle_that_rejoins()
    seen: list[str] = []
    draw(network, effort=2.0, progress=lambda stage, _share: seen.append(stage))
    assert "polish" in seen
    seen.clear()
    draw(network, effort=1.0, progress=lambda stage, _share: seen.append(stage))
    assert "polish" not in seen
