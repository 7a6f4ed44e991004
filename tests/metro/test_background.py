"""What lies behind a map follows its stations, keeps their sides, and stays quiet."""

import itertools
import json
import math
import xml.etree.ElementTree as ET

import pytest
from shapely.geometry import LineString, Point, box

from keten.metro import Area, Drawing, FormatError, Graph, add_background, draw, read_areas
from keten.metro.look import GROUNDS, WATER, Ground
from keten.metro.palette import COLOURS, INK, QUIET, contrast, ink_on
from tests.metro.named import make

WEST, EAST = box(-900, -900, 230, 900), box(230, -900, 1300, 900)


def network() -> Graph:
    """Two lines that cross in the middle, with a bend that the drawing straightens."""
    places = {f"w{i}": (100.0 * i, 40.0 * math.sin(i)) for i in range(5)}
    places |= {f"n{i}": (200 + 25.0 * math.cos(i), 90.0 * (i - 2)) for i in (0, 1, 3, 4)}
    edges = {f"w{i}-w{i + 1}": "x" for i in range(4)}
    return make(places, edges | {"n0-n1": "y", "n1-w2": "y", "w2-n3": "y", "n3-n4": "y"})


@pytest.fixture(scope="module")
def drawn() -> tuple[Graph, Drawing]:
    given = network()
    return given, draw(given, title="Behind")


def grounds_of(drawing: Drawing) -> tuple[Ground, ...]:
    return drawing.look.grounds


def test_stations_keep_the_side_of_every_outline(drawn: tuple[Graph, Drawing]) -> None:
    given, made = drawn
    lake = Area("Lake", "water", Point(400, -20).buffer(70))
    areas = [Area("West", "region", WEST), Area("East", "region", EAST), lake]
    behind = add_background(made, given, areas)
    by_name = {ground.name: ground.shape for ground in grounds_of(behind)}
    for area in areas:
        for key, node in given.nodes.items():
            here = Point(behind.graph.nodes[key].xy)
            assert by_name[area.name].contains(here) == area.shape.contains(Point(node.xy))


def test_outlines_run_in_eight_directions(drawn: tuple[Graph, Drawing]) -> None:
    given, made = drawn
    # Far from stations, around which an outline is drawn in a circle.
    area = Area("Far", "region", box(-120, -170, -60, 170))
    for ground in grounds_of(add_background(made, given, [area])):
        for part in getattr(ground.shape, "geoms", [ground.shape]):
            for a, b in itertools.pairwise(part.exterior.coords):
                angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) % 45
                assert min(angle, 45 - angle) < 0.01


def test_a_river_crosses_the_track_that_it_crossed(drawn: tuple[Graph, Drawing]) -> None:
    given, made = drawn
    river = Area("River", "water", LineString([(350, -500), (350, 500)]))
    behind = add_background(made, given, [river])
    water = grounds_of(behind)[0].shape
    crossed = [
        {edge.u, edge.v} for edge in made.graph.edges if LineString(edge.points).intersects(water)
    ]
    assert {"w3", "w4"} in crossed
    assert {"w0", "w1"} not in crossed


def test_names_cover_neither_track_nor_label(drawn: tuple[Graph, Drawing]) -> None:
    given, made = drawn
    areas = [Area("West", "region", WEST), Area("East", "region", EAST)]
    behind = add_background(made, given, areas)
    for ground in grounds_of(behind):
        if ground.spot:
            spot = Point(ground.spot).buffer(ground.size / 2)
            assert not any(band.intersects(spot) for band in made.scene.bands)
            assert not any(label.ground.intersects(spot) for label in made.labels)
        else:
            assert any(ground.name in note for note in behind.notes)


def test_the_background_lies_below_everything(drawn: tuple[Graph, Drawing]) -> None:
    given, made = drawn
    svg = add_background(made, given, [Area("West & more", "region", WEST)]).to_svg()
    ET.fromstring(svg)
    assert svg.index("map-background") < svg.index("map-lines") < svg.index("map-labels")
    assert "West &amp; more" in svg
    assert "map-background" not in made.to_svg()


def test_lines_and_letters_stand_out_on_every_tint() -> None:
    for tint in (*GROUNDS, WATER):
        assert min(contrast(colour, tint) for colour in COLOURS) >= 3
        assert contrast(QUIET, tint) >= 4.5
        assert contrast(INK, tint) >= 4.5


def test_a_badge_can_be_read_on_any_colour() -> None:
    steps = range(0, 256, 15)
    for colour in (f"#{r:02x}{g:02x}{b:02x}" for r in steps for g in steps for b in steps):
        assert contrast(colour, ink_on(colour)) >= 4.5


def test_areas_are_read_from_geojson() -> None:
    ring = [[5.0, 52.0], [6.0, 52.0], [6.0, 53.0], [5.0, 52.0]]
    features = [
        {"geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {"name": "Land"}},
        {"geometry": {"type": "LineString", "coordinates": ring[:2]}, "properties": None},
        {"geometry": {"type": "Point", "coordinates": ring[0]}, "properties": {}},
    ]
    land, river = read_areas({"type": "FeatureCollection", "features": features})
    assert (land.name, land.kind, river.kind) == ("Land", "region", "water")
    assert land.shape.bounds[0] == pytest.approx(556597.45, abs=1)
    plane = read_areas(json.dumps({"features": features[:1]}), lonlat=False)
    assert plane[0].shape.bounds == (5, 52, 6, 53)


@pytest.mark.parametrize("bad", [
    {"features": []}, {"features": [{"geometry": None, "properties": {}}]}, {"features": ["x"]},
    {"features": [{"geometry": {"type": "Polygon", "coordinates": [[[0, 0]]]}, "properties": {}}]},
])  # fmt: skip
def test_what_is_no_outline_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        read_areas(bad)
