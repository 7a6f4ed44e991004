"""The whole way on tiny named networks and on random ones: what every drawing must keep."""

import itertools
import json
import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.metro_networks import OWN
from benchmarks.metro_steady import CHANGES, compare
from keten.metro import (
    Drawing,
    FormatError,
    GraphError,
    OptionError,
    Pins,
    Style,
    draw,
    read_geojson,
    score,
    write_geojson,
)
from keten.metro.topology import find_adjacencies
from tests.metro.named import NAMED, bundle_that_rejoins, make, star_of_eight, triangle


def check_drawing(made: Drawing, stations: set[str]) -> None:
    measured = score(made.graph, labels={label.station: label.ground for label in made.labels})
    assert measured.octilinear_share > 0.999
    assert measured.label_overlaps == 0
    assert measured.labels_missing == 0
    assert set(made.graph.station_nodes) == stations
    ET.fromstring(made.to_svg())


@pytest.mark.parametrize("name", NAMED)
def test_a_named_network_is_drawn_whole(name: str) -> None:
    network = NAMED[name]()
    made = draw(network, title=name)
    check_drawing(made, set(network.station_nodes))


@pytest.mark.parametrize("name", sorted(set(NAMED) - {"star_of_eleven"}))
def test_stations_follow_each_other_as_before(name: str) -> None:
    network = NAMED[name]()
    assert find_adjacencies(draw(network).graph) == find_adjacencies(network)


def test_the_same_input_and_seed_give_the_same_bytes() -> None:
    network = bundle_that_rejoins()
    assert draw(network, seed=3).to_svg() == draw(network, seed=3).to_svg()


def test_a_star_of_eight_uses_all_directions_and_no_bend() -> None:
    assert score(draw(star_of_eight()).graph).bends == 0


def test_a_bundle_that_rejoins_crosses_nowhere() -> None:
    assert score(draw(bundle_that_rejoins()).graph).order_weight == 0


def test_a_point_of_eleven_edges_is_said_to_be_drawn_long() -> None:
    assert any("long station" in note for note in draw(NAMED["star_of_eleven"]()).notes)


@st.composite
def networks(draw_from: st.DrawFn) -> object:
    """Lines through points of a rough lattice, sharing some."""
    count = draw_from(st.integers(3, 14))
    rolls = draw_from(st.randoms(use_true_random=False))
    spots = rolls.sample([(100 * i, 100 * j) for i in range(5) for j in range(5)], count)
    keys = [f"n{i}" for i in range(count)]
    places = {
        k: (x + rolls.uniform(-30, 30), y + rolls.uniform(-30, 30))
        for k, (x, y) in zip(keys, spots, strict=True)
    }
    edges: dict[str, str] = {}
    for line in "abc"[: draw_from(st.integers(1, 3))]:
        path = rolls.sample(keys, rolls.randint(2, count))
        for u, v in itertools.pairwise(path):
            pair = f"{v}-{u}" if f"{v}-{u}" in edges else f"{u}-{v}"
            edges[pair] = edges.get(pair, "") + line
    return make(places, edges)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_every_random_network_keeps_stations_directions_names_and_bytes(network: object) -> None:
    made = draw(network, effort=0.3)
    assert made.to_svg() == draw(network, effort=0.3).to_svg()
    assert set(made.graph.station_nodes) == set(network.station_nodes)  # type: ignore[attr-defined]
    labels = {label.station: label.ground for label in made.labels}
    measured = score(made.graph, labels=labels)
    told = sum("found no free place" in note for note in made.notes)
    assert measured.labels_missing == 0
    assert measured.label_overlaps == 0 or told
    assert score(made.graph).octilinear_share > 0.999
    if not any("edges" in note for note in made.notes):
        assert find_adjacencies(made.graph) == find_adjacencies(network)  # type: ignore[arg-type]


def test_a_pinned_station_stays_and_a_side_is_kept() -> None:
    network = bundle_that_rejoins()
    made = draw(network, pins=Pins({"c": (210.0, 120.0)}, {"f": "N"}))
    here = made.graph.nodes["c"]
    assert (here.x, here.y) == pytest.approx((210.0, 120.0), abs=5.0)
    assert made.directions()["f"].startswith("N")


def test_a_bend_is_pinned_as_a_node_without_a_station() -> None:
    network = make(
        {"a": (0, 0), "B": (100, 60), "c": (200, 0), "d": (300, 0)},
        {"a-B": "x", "B-c": "x", "c-d": "x"},
    )
    made = draw(network, pins=Pins({"B": (100.0, 100.0)}))
    course = [xy for edge in made.graph.edges for xy in edge.points]
    assert any(math.dist(xy, (100.0, 100.0)) < 8.0 for xy in course)
    assert not any("could not" in note for note in made.notes)


def test_a_pin_of_nothing_is_left_aside() -> None:
    assert draw(triangle(), pins=Pins({"nowhere": (1.0, 1.0)})).labels


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(OptionError, match="upward"):
        draw(triangle(), pins=Pins(sides={"a": "upward"}))


def test_a_station_more_leaves_the_others_where_they_were() -> None:
    network = bundle_that_rejoins()
    first = draw(network)
    grown = make(
        {k: n.xy for k, n in network.nodes.items()} | {"g": (480.0, 40.0)},
        {f"{e.u}-{e.v}": "".join(e.lines) for e in network.edges} | {"f-g": "x"},
    )
    second = draw(grown, start=first)
    for a, b in itertools.combinations(network.nodes, 2):
        for axis in ("x", "y"):
            before = getattr(first.graph.nodes[a], axis) - getattr(first.graph.nodes[b], axis)
            after = getattr(second.graph.nodes[a], axis) - getattr(second.graph.nodes[b], axis)
            assert before * after > -(40.0**2)


@pytest.mark.parametrize(
    "change", ["a station more", "a station less", "a line more", "a line less"]
)
def test_what_did_not_change_stays_within_a_distance_of_stations(change: str) -> None:
    network = OWN["corridor"]()
    first = draw(network, effort=0.3)
    second = draw(CHANGES[change](network), effort=0.3, start=first)
    kept, ordered = compare(first, second)
    assert kept >= 95.0
    assert ordered >= 99.0


def test_stations_that_move_would_be_noticed() -> None:
    first = draw(bundle_that_rejoins())
    x, y = first.graph.nodes["c"].xy
    away = {"c": (x, y + 2.5 * first.scene.scale)}
    second = replace(first, scene=replace(first.scene, graph=first.graph.moved(away)))
    assert compare(first, first)[0] == 100.0
    assert compare(first, second)[0] < 95.0


def test_what_is_written_as_geojson_reads_back() -> None:
    made = draw(triangle())
    again = read_geojson(made.to_geojson())
    assert set(again.nodes) == set(made.graph.nodes)
    assert read_geojson(write_geojson(again)).edges == again.edges


def test_a_networkx_graph_is_drawn() -> None:
    network = nx.path_graph(4)
    for node in network:
        network.nodes[node]["pos"] = (node * 100, (node % 2) * 30)
    assert len(draw(network).labels) == 4


def test_strange_labels_are_written() -> None:
    network = triangle()
    nodes = dict(network.nodes)
    nodes["a"] = replace(nodes["a"], label="Άγιος Δημήτριος <&> \x00")
    nodes["b"] = replace(nodes["b"], label="A very long name of a place that goes on and on, " * 2)
    made = draw(replace(network, nodes=nodes))
    check_drawing(made, {"a", "b", "c"})
    assert "Άγιος" in made.to_svg()


def test_a_station_on_no_line_stands_below() -> None:
    network = triangle()
    lonely = {"z": replace(network.nodes["a"], id="z", station="z", label="Lonely")}
    made = draw(replace(network, nodes=dict(network.nodes) | lonely))
    assert "Lonely" in made.to_svg()
    assert any("no line" in note for note in made.notes)


@pytest.mark.parametrize("bad", ["{}", '{"features": []}', '{"features": 3}'])
def test_what_is_no_line_graph_is_refused(bad: str) -> None:
    with pytest.raises(FormatError):
        draw(json.loads(bad))


def test_a_network_without_an_edge_is_refused() -> None:
    with pytest.raises(GraphError):
        draw(replace(triangle(), edges=()))


def test_an_effort_of_nought_is_refused() -> None:
    with pytest.raises(OptionError):
        draw(triangle(), effort=0)


def test_a_drawing_can_be_written_in_every_way() -> None:
    made = draw(triangle(), title="Three")
    assert made.to_png(width=300).startswith(b"\x89PNG")
    assert made.to_pdf().startswith(b"%PDF")
    html = made.to_html()
    assert "Stop a, Stop b, Stop c" in html or "Stop a" in html
    assert made.table()[0][1] == "Line x"


def test_who_stops_early_gets_a_whole_drawing() -> None:
    # Letters so large that their search would go on.
    made = draw(bundle_that_rejoins(), style=Style(font=1.6), stop=lambda: True)
    assert set(made.graph.station_nodes) == {"a", "b", "c", "d", "e", "f"}
    assert any("ended early" in note for note in made.notes)
    assert not any("ended early" in note for note in draw(triangle(), stop=lambda: False).notes)
