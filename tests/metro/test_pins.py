"""What people changed by hand survives the next run on changed data, and the one after that."""

import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.metro_networks import OWN
from benchmarks.metro_steady import CHANGES, compare
from keten.metro import Drawing, Graph, Pins, Style, draw, read_drawing, read_geojson
from tests.metro.named import bundle_that_rejoins, make

Edit = Callable[[dict[str, Any]], None]


def edit_file(made: Drawing, station: str, edit: Edit) -> str:
    """The written drawing after a person changed one point in it."""
    loaded = json.loads(made.to_geojson())
    edit(next(f for f in loaded["features"] if f["properties"].get("station_id") == station))
    return json.dumps(loaded)


def move(by: tuple[float, float]) -> Edit:
    def edit(feature: dict[str, Any]) -> None:
        x, y = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [x + by[0], y + by[1]]

    return edit


def place_of(graph: Graph, station: str) -> tuple[float, float]:
    return graph.in_input(graph.nodes[graph.station_nodes[station][0]].xy)


def test_a_station_moved_in_the_file_stays_there_as_the_network_grows() -> None:
    network = OWN["corridor"]()
    first = draw(network, effort=0.3)
    length = first.scene.scale
    x, y = place_of(first.graph, "a5")
    edited = read_drawing(edit_file(first, "a5", move((1.2 * length, 0.7 * length))))
    assert set(edited.pins.places) == {"a5"}
    second = draw(CHANGES["a station more"](network), effort=0.3, start=edited)
    wanted = (x + 1.2 * length, y + 0.7 * length)
    assert place_of(second.graph, "a5") == pytest.approx(wanted, abs=0.02 * length)
    assert compare(first, second)[0] >= 90.0
    # The file of the second says so, too, and a third keeps it.
    third = draw(network, effort=0.3, start=read_drawing(second.to_geojson()))
    assert place_of(third.graph, "a5") == pytest.approx(wanted, abs=0.02 * length)


def test_a_file_that_nobody_changed_pins_nothing() -> None:
    assert read_drawing(draw(bundle_that_rejoins()).to_geojson()).pins == Pins()


def test_a_station_pinned_in_the_file_stays_where_it_was() -> None:
    network = bundle_that_rejoins()
    first = draw(network)
    pinned = read_drawing(edit_file(first, "d", lambda f: f["properties"].update(pinned=True)))
    assert pinned.pins.places == {"d": pytest.approx(first.graph.nodes["d"].xy)}
    places = {key: node.xy for key, node in network.nodes.items()} | {"g": (480.0, 40.0)}
    edges = {f"{e.u}-{e.v}": "".join(e.lines) for e in network.edges} | {"f-g": "x"}
    second = draw(make(places, edges), start=pinned)
    assert second.graph.nodes["d"].xy == pytest.approx(first.graph.nodes["d"].xy, abs=1.0)


@pytest.mark.parametrize("side", ["N", "S"])
def test_a_side_chosen_in_the_file_holds_in_the_next_runs(side: str) -> None:
    network = OWN["corridor"]()
    first = draw(network, effort=0.3)
    chosen = read_drawing(edit_file(first, "k50", lambda f: f["properties"].update(side=side)))
    second = draw(CHANGES["a station more"](network), effort=0.3, start=chosen)
    third = draw(network, effort=0.3, start=second)
    assert second.directions()["k50"].startswith(side)
    assert third.directions()["k50"].startswith(side)


def test_a_pinned_bend_survives_with_the_file() -> None:
    places = {"a": (0.0, 0.0), "B": (100.0, 60.0), "c": (200.0, 0.0), "d": (300.0, 0.0)}
    network = make(places, {"a-B": "x", "B-c": "x", "c-d": "x"})
    first = draw(network, pins=Pins({"B": (100.0, 100.0)}))
    grown = make(places | {"e": (400.0, 20.0)}, {"a-B": "x", "B-c": "x", "c-d": "x", "d-e": "xy"})
    second = draw(grown, start=read_drawing(first.to_geojson()))
    course = [xy for edge in second.graph.edges for xy in edge.points]
    assert any(math.dist(xy, (100.0, 100.0)) < 8.0 for xy in course)


def test_a_later_pin_holds_over_the_one_of_the_file() -> None:
    network = bundle_that_rejoins()
    first = draw(network, pins=Pins({"c": (210.0, 120.0)}))
    again = draw(network, start=first, pins=Pins({"c": (210.0, 180.0)}))
    assert again.graph.nodes["c"].y == pytest.approx(180.0, abs=5.0)
    assert read_drawing(again.to_geojson()).pins.places["c"] == pytest.approx((210.0, 180.0))


@pytest.mark.real_data
def test_berlin_with_a_station_more_keeps_what_was_done_by_hand() -> None:
    network = read_geojson(Path(os.environ["KETEN_DATA"]) / "metro" / "berlin.json")
    named = {n.label: n.station for n in network.nodes.values() if n.station}
    moved, aside = str(named["U Mehringdamm (Berlin)"]), str(named["U Alt-Tegel (Berlin)"])
    small = Style().times(0.6)
    first = draw(network, effort=0.2, style=small)
    x, y = place_of(first.graph, moved)
    loaded = json.loads(edit_file(first, moved, move((0.02, 0.008))))
    read = read_drawing(json.dumps(loaded))
    second = draw(
        CHANGES["a station more"](network), effort=0.2, style=small, start=read,
        pins=Pins(sides={aside: "W"}),
    )  # fmt: skip
    assert place_of(second.graph, moved) == pytest.approx((x + 0.02, y + 0.008), abs=1e-4)
    assert second.directions()[aside].startswith("W")
    assert compare(first, second)[0] >= 95.0
