"""What is hard or wrong to draw: it is drawn whole, or refused in words that help."""

import json
import math
from dataclasses import replace

import pytest

from keten.metro import (
    Edge,
    FormatError,
    Graph,
    GraphError,
    InputError,
    Line,
    MetroError,
    Node,
    OptionError,
    draw,
    draw_sets,
    from_networkx,
    read_geojson,
    read_sets,
    score,
    write_geojson,
)
from keten.metro.topology import find_adjacencies
from tests.metro.named import make, triangle


def check(network: Graph, **options: object) -> None:
    """Drawn with every station, every label, and nothing off the eight directions."""
    made = draw(network, **options)  # type: ignore[arg-type]
    found = score(made.graph, labels={label.station: label.ground for label in made.labels})
    named = {n.station for n in network.nodes.values() if n.station and n.label}
    assert set(made.graph.station_nodes) == set(network.station_nodes)
    assert named <= {label.station for label in made.labels}
    assert found.label_overlaps == 0
    assert found.octilinear_share > 0.999
    assert "NaN" not in made.to_svg()
    assert "nan" not in made.to_svg()


def test_stations_in_one_spot_that_no_track_joins() -> None:
    network = make(
        {"a": (0, 0), "b": (100, 0), "c": (0, 0), "d": (0, 100), "e": (0, 0)},
        {"a-b": "x", "c-d": "y", "d-e": "y"},
    )
    check(network)


def test_track_without_length() -> None:
    network = make(
        {"a": (0, 0), "b": (0, 0), "c": (0, 0), "d": (9, 0)}, {"a-b": "x", "b-c": "x", "c-d": "x"}
    )
    check(network)


def test_all_stations_in_one_spot() -> None:
    check(make(dict.fromkeys("abcd", (5.0, 5.0)), {"a-b": "x", "b-c": "x", "c-d": "x", "b-d": "y"}))


def test_two_stations_are_a_network() -> None:
    check(make({"a": (0, 0), "b": (1, 2)}, {"a-b": "x"}))


def test_three_parts_far_from_each_other() -> None:
    check(make(
        {"a": (0, 0), "b": (100, 0), "c": (9000, 0), "d": (9100, 0), "e": (0, 9000), "f": (0, 9100)},
        {"a-b": "x", "c-d": "y", "e-f": "z"},
    ))  # fmt: skip


def test_a_line_that_visits_a_station_twice() -> None:
    eight = {"m": (0, 0), "a": (100, 60), "b": (100, -60), "c": (-100, 60), "d": (-100, -60)}
    network = make(eight, {"m-a": "x", "a-b": "x", "b-m": "x", "m-c": "x", "c-d": "x", "d-m": "x"})
    check(network)
    assert find_adjacencies(draw(network).graph) == find_adjacencies(network)


def test_two_tracks_between_the_same_stations() -> None:
    network = make({"a": (0, 0), "b": (100, 0), "c": (200, 0)}, {"a-b": "x", "b-c": "x"})
    other = Edge("a", "b", ("y",), ((0, 0), (50, 40), (100, 0)))
    lines = {**network.lines, "y": Line("y", "Line y")}
    check(replace(network, edges=(*network.edges, other), lines=lines))


def test_a_point_of_sixteen_edges() -> None:
    around = {f"s{i}": (math.cos(i * math.pi / 8), math.sin(i * math.pi / 8)) for i in range(16)}
    network = make({"m": (0, 0), **around}, {f"m-s{i}": "abcd"[i % 4] for i in range(16)})
    check(network)
    made = draw(network)
    assert any("long station" in note for note in made.notes)
    numbered = [label for label in made.labels if label.key]
    assert numbered, "as crowded as this some have a number"
    assert all(label.lines == (label.key,) for label in numbered)
    assert len({label.key for label in numbered}) == len(numbered)


def test_a_track_that_carries_no_line_at_all() -> None:
    network = triangle()
    bare = replace(network.edges[0], lines=())
    check(replace(network, edges=(bare, *network.edges[1:])))


def test_labels_in_any_script_and_none() -> None:
    network = make({k: (90.0 * i, 40.0 * (i % 2)) for i, k in enumerate("abcdefg")},
                   {"a-b": "x", "b-c": "x", "c-d": "x", "d-e": "x", "e-f": "x", "f-g": "x"})  # fmt: skip
    words = {
        "a": "Πλατεία Συντάγματος", "b": "北京南站", "c": "محطة القطار", "d": "", "e": " \t\n ",
        "f": "x" * 90, "g": "A long name that has blanks in it, so that it can be broken, and goes on",
    }  # fmt: skip
    nodes = {k: replace(n, label=words[k]) for k, n in network.nodes.items()}
    made = draw(replace(network, nodes=nodes))
    svg = made.to_svg()
    assert "Συντάγματος" in svg
    assert "北京南站" in svg
    assert "x" * 90 in svg
    shown = " ".join(" ".join(label.lines) for label in made.labels)
    assert words["g"] in shown
    assert {label.station for label in made.labels} >= {"a", "b", "c", "f", "g"}


def test_one_name_for_two_stations() -> None:
    network = triangle()
    check(
        replace(network, nodes={k: replace(n, label="Centrum") for k, n in network.nodes.items()})
    )


def test_coordinates_far_from_nought_and_far_apart() -> None:
    check(
        make(
            {"a": (4e9, 4e9), "b": (4e9 + 1e3, 4e9), "c": (4e9 + 9e5, 4e9)},
            {"a-b": "x", "b-c": "x"},
        )
    )


def test_three_hundred_stations() -> None:
    places = {
        f"{i},{j}": (100.0 * i, 100.0 * j + 20 * (i % 3)) for i in range(30) for j in range(10)
    }
    edges = {f"{i},{j}-{i + 1},{j}": "abcdefghij"[j] for i in range(29) for j in range(10)}
    edges |= {f"15,{j}-15,{j + 1}": "z" for j in range(9)}
    made = draw(make(places, edges), effort=0.05)
    assert len(made.graph.station_nodes) == 300
    assert len({label.station for label in made.labels}) == 300


@pytest.mark.parametrize("place", [(math.nan, 0.0), (0.0, math.inf)])
def test_a_place_that_is_no_number_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(GraphError, match="'a' lies at"):
        draw(make({"a": place, "b": (1, 1)}, {"a-b": "x"}))


def test_one_station_is_refused_with_what_is_missing() -> None:
    alone = Graph({"a": Node("a", 0, 0, "a", "Alone")}, (), {})
    with pytest.raises(GraphError, match="two joined stations"):
        draw(alone)
    with pytest.raises(FormatError, match="1 points and 0 line strings"):
        read_geojson(
            {
                "features": [
                    {"geometry": {"type": "Point", "coordinates": [0, 0]}, "properties": {"id": 1}}
                ]
            }
        )


def test_an_edge_to_nowhere_and_one_to_itself_are_refused() -> None:
    network = triangle()
    with pytest.raises(GraphError, match="'q'"):
        draw(replace(network, edges=(Edge("a", "q", ("x",), ((0, 0), (1, 1))),)))
    with pytest.raises(GraphError, match="itself"):
        draw(replace(network, edges=(Edge("a", "a", ("x",), ((0, 0), (1, 1))),)))


def test_a_line_nobody_declared_is_refused() -> None:
    network = triangle()
    with pytest.raises(GraphError, match="'q'"):
        draw(replace(network, edges=(Edge("a", "b", ("q",), ((0, 0), (1, 1))),)))


@pytest.mark.parametrize(("where", "value"), [
    (("features", 0, "geometry", "coordinates"), ["a", 1]),
    (("features", 0, "geometry", "coordinates"), []),
    (("features", 0, "properties"), {}),
    (("features", 0, "properties", "importance"), "high"),
    (("features", 3, "properties"), {"from": "a"}),
    (("features", 3, "properties", "lines"), [{"label": "no id"}]),
    (("features", 3, "geometry", "coordinates"), None),
    (("features",), None),
])  # fmt: skip
def test_a_file_that_is_half_right_is_refused(where: tuple[object, ...], value: object) -> None:
    loaded = json.loads(write_geojson(triangle()))
    inner = loaded
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    with pytest.raises(InputError) as told:
        draw(loaded)
    assert told.value.next_step


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError):
        draw("no-such-file.json")


def test_what_is_no_network_at_all_is_refused() -> None:
    for nothing in (None, 7, [1, 2]):
        with pytest.raises(MetroError):
            draw(nothing)


def test_a_networkx_graph_without_places_is_refused() -> None:
    import networkx as nx

    with pytest.raises(GraphError, match="no place"):
        from_networkx(nx.path_graph(3))


@pytest.mark.parametrize("option", [
    {"effort": -1}, {"aspect": 0}, {"aspect": math.nan}, {"cell": -3.0}, {"effort": math.inf},
])  # fmt: skip
def test_an_option_without_a_meaning_is_refused(option: dict[str, float]) -> None:
    with pytest.raises(OptionError):
        draw(triangle(), **option)  # type: ignore[arg-type]


def test_one_set_and_sets_apart_and_equal_sets_are_drawn() -> None:
    for table in ({"one": "abcd"}, {"one": "abc", "two": "def"}, {"one": "abc", "two": "abc"}):
        made = draw_sets(read_sets({name: list(members) for name, members in table.items()}))
        assert set(made.graph.station_nodes) == set("".join(table.values()))
