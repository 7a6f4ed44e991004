"""An earlier drawing as it was kept in a file: enough for the next one to look like it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keten.metro.errors import FormatError
from keten.metro.geojson import read_geojson
from keten.metro.graph import Graph
from keten.metro.relaxing import octant_of, straighten


@dataclass(frozen=True)
class Earlier:
    """A drawing's network as drawn, and the side that each label stood on."""

    graph: Graph
    sides: dict[str, str]

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


def read_drawing(source: str | Path) -> Earlier:
    """An earlier drawing from the GeoJSON that `Drawing.to_geojson` wrote, to begin the next from.

    Raises: FormatError when it is no such file.
    """
    try:
        text = (
            source if isinstance(source, str) and "{" in source else Path(source).read_text("utf-8")
        )
        loaded: Any = json.loads(text)
        sides = {str(k): str(v) for k, v in (loaded.get("sides") or {}).items()}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, AttributeError) as why:
        raise FormatError(f"This is no earlier drawing: {why}.", "Give one as GeoJSON.") from why
    return Earlier(read_geojson(loaded), sides)
