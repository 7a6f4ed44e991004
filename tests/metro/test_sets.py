"""Sets as lines: orders and places sought together keep every element, and cross less."""

import itertools
import math
import random

import pytest

from keten.metro import Element, InputError, SetSystem, draw_sets, read_sets, score
from keten.metro.sets import arrange, make_network, order_sets


def make_system(sets: int, elements: int, seed: int, *, ordered: bool = False) -> SetSystem:
    rolls = random.Random(seed)
    names = [f"s{i}" for i in range(sets)]
    table: dict[str, list[str]] = {name: [] for name in names}
    for i in range(elements):
        for name in rolls.sample(names, rolls.choice((1, 1, 2, 3))):
            table[name].append(f"e{i}")
    return read_sets(table, ordered=ordered)


@pytest.mark.parametrize("seed", range(6))
def test_every_line_visits_its_elements_once(seed: int) -> None:
    system = make_system(5, 24, seed)
    orders, places = arrange(system, seed=seed, effort=0.3)
    for name, members in system.sets.items():
        assert sorted(orders[name]) == sorted(members)
    assert set(places) == {member for members in system.sets.values() for member in members}
    assert all(math.isfinite(value) for place in places.values() for value in place)


def test_elements_of_equal_membership_stay_together() -> None:
    system = read_sets({"one": "abcdef", "two": "cdefgh"})
    orders, _ = arrange(system)
    for order in orders.values():
        stretch = [i for i, element in enumerate(order) if element in "cdef"]
        assert stretch == list(range(stretch[0], stretch[0] + 4))


def test_sought_together_lines_cross_less_than_by_order_and_stress() -> None:
    before = after = 0
    for seed in range(4):
        system = make_system(6, 40, seed)
        before += score(make_network(system, order_sets(system))).crossings
        after += score(make_network(system, *arrange(system))).crossings
    assert after < 0.8 * before


def test_given_orders_stay_as_they_are() -> None:
    system = make_system(4, 16, 1, ordered=True)
    assert arrange(system)[0] == {name: tuple(members) for name, members in system.sets.items()}


def test_given_places_stay_as_they_are() -> None:
    elements = [Element(f"e{i}", place=(float(i % 4), float(i // 4))) for i in range(12)]
    system = read_sets({"one": ["e0", "e5", "e1", "e7"], "two": ["e5", "e9", "e2"]}, elements)
    orders, places = arrange(system)
    assert all(places[key] == system.elements[key].place for key in places)
    assert {key for order in orders.values() for key in order} == set(places)


def test_a_seed_gives_the_same_drawing_again() -> None:
    system = make_system(4, 14, 2)
    assert draw_sets(system, seed=5).to_svg() == draw_sets(system, seed=5).to_svg()


def test_lines_of_a_drawing_are_simple_paths() -> None:
    system = make_system(5, 20, 3)
    graph = draw_sets(system).graph
    for name, members in system.sets.items():
        ends = [end for edge in graph.edges if name in edge.lines for end in (edge.u, edge.v)]
        if len(members) > 1:
            assert max(ends.count(end) for end in ends) <= 2
            assert {graph.nodes[end].station for end in ends} - {None} == set(members)


def test_sets_of_one_element_are_named() -> None:
    made = draw_sets(read_sets({"one": ["a", "b"], "lonely": ["c"]}))
    assert any("lonely" in note for note in made.notes)
    assert "c" in made.graph.station_nodes


def test_pairs_that_all_sets_share_are_one_stretch() -> None:
    system = read_sets({name: ["a", "b", "c"] for name in "xyz"})
    network = make_network(system, *arrange(system))
    assert sorted(len(edge.lines) for edge in network.edges) == [3, 3]


def test_an_unreadable_table_is_refused() -> None:
    with pytest.raises(InputError):
        read_sets({"one": list(itertools.repeat("a", 2))})
