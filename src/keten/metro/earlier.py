"""An earlier drawing as it was kept in a file: enough for the next one to look like it.

What people changed by hand in such a file holds: a point that no longer lies where its track ends
was moved, one with `"pinned": true` stays where it is, and `"side"` is where its label has to stand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from keten.metro.errors import FormatError
from keten.metro.geojson import read_geojson, read_json
from keten.metro.graph import XY, Graph
from keten.metro.relaxing import octant_of, straighten

MOVED = 0.02  # of the mean edge: less is how a program rounds


@dataclass(frozen=True)
class Pins:
    """What people fixed by hand: stations at coordinates of the input, sides of labels.

    Nodes without a station may be pinned by their id: a bend is such a node on a track.
    """

    places: Mapping[str, XY] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)

    def with_later(self, later: Pins) -> Pins:
        """These and later ones, which hold where both name a station."""
        return Pins({**self.places, **later.places}, {**self.sides, **later.sides})


@dataclass(frozen=True)
class Earlier:
    """A drawing's network as drawn, the side that each label stood on, and what was fixed by hand."""

    graph: Graph
    sides: dict[str, str]
    pins: Pins = field(default_factory=Pins)

    def directions(self) -> dict[str, str]:
        """The side that each label stood on."""
        return dict(self.sides)


def find_corners(drawn: Graph) -> frozenset[str]:
    """Stations at which track turns, and those on both sides of a turn between two stations.

    Who keeps these where they stood keeps the course of every line.
    """
    found: set[str] = set()
    for edge in drawn.edges:
        if len(straighten(edge.points)) > 2:
            found |= {edge.u, edge.v}
    for node, at in drawn.incident.items():
        ways = [octant_of(*drawn.edges[n].points_from(node)[:2]) for n in at]
        if len(ways) == 2 and (ways[0] - ways[1]) % 8 != 4:
            found.add(node)
    stations = {str(drawn.nodes[node].station) for node in found if drawn.nodes[node].station}
    return frozenset(stations)


def mark_pins(graph: Graph, pins: Pins) -> dict[str, dict[str, Any]]:
    """What a file says at each point of what people fixed, by node."""
    marks: dict[str, dict[str, Any]] = {}
    for key, node in graph.nodes.items():
        name = node.station or key
        if name in pins.places:
            marks.setdefault(key, {})["pinned"] = True
        if name in pins.sides:
            marks.setdefault(key, {})["side"] = pins.sides[name]
    return marks


def read_drawing(source: str | Path) -> Earlier:
    """An earlier drawing from the GeoJSON that `Drawing.to_geojson` wrote, to begin the next from.

    Raises: FormatError when it is no such file.
    """
    try:
        told = isinstance(source, str) and "{" in source
        loaded: Any = json.loads(str(source)) if told else read_json(Path(source))
        sides = {str(k): str(v) for k, v in (loaded.get("sides") or {}).items()}
    except (json.JSONDecodeError, AttributeError) as why:
        raise FormatError(f"This is no earlier drawing: {why}.", "Give one as GeoJSON.") from why
    graph = read_geojson(loaded)
    return Earlier(graph, sides, find_pins(graph, loaded["features"]))


def find_pins(graph: Graph, features: Iterable[Mapping[str, Any]]) -> Pins:
    """What was fixed or moved by hand in a file that was read as this graph."""
    places: dict[str, XY] = {}
    sides: dict[str, str] = {}
    ends = _find_ends(features)
    spans = [math.dist(line[0], line[-1]) for line in _courses(features)]
    least = MOVED * sum(spans) / max(1, len(spans))
    for feature in features:
        if feature["geometry"]["type"] != "Point":
            continue
        told = feature["properties"]
        key = str(told["id"]).strip().strip('"')
        node = graph.nodes[key]
        x, y = (float(v) for v in feature["geometry"]["coordinates"][:2])
        tracks = ends.get(key, [])
        moved = bool(tracks) and all(math.dist((x, y), end) > least for end in tracks)
        if moved or told.get("pinned") is True:
            places[node.station or key] = (x, y)
        if told.get("side"):
            sides[node.station or key] = str(told["side"])
    return Pins(places, sides)


def _courses(features: Iterable[Mapping[str, Any]]) -> list[list[XY]]:
    return [
        [(float(c[0]), float(c[1])) for c in feature["geometry"]["coordinates"]]
        for feature in features
        if feature["geometry"]["type"] == "LineString"
    ]


def _find_ends(features: Iterable[Mapping[str, Any]]) -> dict[str, list[XY]]:
    """Where the tracks at each point end, as they are written."""
    found: dict[str, list[XY]] = {}
    tracks = [f for f in features if f["geometry"]["type"] == "LineString"]
    for feature, course in zip(tracks, _courses(features), strict=True):
        for side, end in (("from", course[0]), ("to", course[-1])):
            key = str(feature["properties"][side]).strip().strip('"')
            found.setdefault(key, []).append(end)
    return found
