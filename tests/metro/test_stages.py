"""Single stages: letters, palette, orders against brute force, sets, the evaluator."""

import itertools
import random

import pytest

from keten.metro import Edge, Graph, InputError, order_cost, order_lines, read_sets
from keten.metro.lettering import break_text, measure, wrappings
from keten.metro.palette import COLOURS, INK, choose_codes, contrast, darken, ink_on
from keten.metro.sets import draw_sets, make_network, order_sets
from tests.metro.named import bundle_that_rejoins, make


def test_a_label_breaks_where_its_widest_line_is_narrowest() -> None:
    assert break_text("Platz der Luftbrücke", 2) == ("Platz der", "Luftbrücke")
    assert break_text("Hof", 2) is None
    assert wrappings("H.-von-Stephan-Straße")[-1][-1].endswith("Straße")


def test_combining_marks_have_no_width_and_unknown_letters_a_whole_one() -> None:
    assert measure("e\u0301", 10) == measure("e", 10)
    assert measure("\u4e2d", 10) == 10


def test_every_colour_stands_out_and_its_badge_can_be_read() -> None:
    assert len(set(COLOURS)) == 24
    for colour in COLOURS:
        assert contrast(colour, "#ffffff") >= 3
        assert contrast(colour, ink_on(colour)) >= 4.5
    assert contrast(INK, "#ffffff") >= 7
    assert contrast(darken("#ffff00", 3.0), "#ffffff") >= 3


def test_codes_are_short_and_each_its_own() -> None:
    network = make({"a": (0, 0), "b": (1, 0)}, {"a-b": "".join(chr(97 + i) for i in range(20))})
    codes = choose_codes(network.lines.values())
    assert len(set(codes.values())) == 20
    assert all(len(code) <= 3 for code in codes.values())


def _best_by_hand(graph: Graph) -> int:
    options = [list(itertools.permutations(edge.lines)) for edge in graph.edges]
    return min(order_cost(graph.with_order(orders)) for orders in itertools.product(*options))


@pytest.mark.parametrize("seed", range(12))
def test_the_order_is_the_best_of_all(seed: int) -> None:
    rolls = random.Random(seed)
    places = {k: (rolls.uniform(0, 300), rolls.uniform(0, 300)) for k in "abcde"}
    edges: dict[str, str] = {}
    for line in "xyz":
        for u, v in itertools.pairwise(rolls.sample("abcde", rolls.randint(2, 4))):
            pair = f"{v}-{u}" if f"{v}-{u}" in edges else f"{u}-{v}"
            edges[pair] = edges.get(pair, "") + line
    network = make(places, edges)
    ordered = order_lines(network)
    assert not ordered.notes
    assert order_cost(ordered) == _best_by_hand(network)


def test_order_does_not_depend_on_which_way_an_edge_points() -> None:
    network = bundle_that_rejoins()
    turned = tuple(Edge(e.v, e.u, e.lines[::-1], e.points[::-1]) for e in network.edges)
    other = Graph(network.nodes, turned, network.lines)
    assert order_cost(network) == order_cost(other)


@pytest.mark.parametrize("seed", range(5))
def test_every_set_is_a_path_through_all_its_elements(seed: int) -> None:
    rolls = random.Random(seed)
    elements = [f"e{i}" for i in range(20)]
    table = {f"s{k}": set(rolls.sample(elements, rolls.randint(2, 9))) for k in range(5)}
    system = read_sets(table)
    orders = order_sets(system)
    for name, members in table.items():
        assert set(orders[name]) == members
        assert len(orders[name]) == len(members)
    network = make_network(system, orders)
    for name, order in orders.items():
        for pair in itertools.pairwise(order):
            assert any({e.u, e.v} == set(pair) and name in e.lines for e in network.edges)


def test_sets_of_one_order_keep_it_and_run_together() -> None:
    table = {"one": ["a", "b", "c", "d"], "two": ["b", "c", "e"]}
    system = read_sets(table, {"a": "Alpha"}, ordered=True)
    assert order_sets(system)["two"] == ("b", "c", "e")
    made = draw_sets(system, title="Two sets")
    assert "Alpha" in made.to_svg()


def test_unordered_sets_share_the_stretch_they_have_in_common() -> None:
    system = read_sets({"one": {"a", "b", "c", "d"}, "two": {"c", "d", "e", "f"}})
    network = make_network(system)
    assert sum(len(edge.lines) == 2 for edge in network.edges) == 1


def test_a_set_with_an_element_twice_is_refused() -> None:
    with pytest.raises(InputError, match="twice"):
        read_sets({"one": ["a", "b", "a"]})


def test_sets_without_an_element_are_refused() -> None:
    with pytest.raises(InputError):
        read_sets({"one": []})
