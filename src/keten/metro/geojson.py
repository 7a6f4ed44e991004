"""Networks as GeoJSON line graphs, in and out; leaves drawing files to `svg`.

Points carry `id`, and a station's also `station_id`, `station_label`, `importance`, `group`,
`not_serving`, `excluded_conn`; LineStrings carry `from`, `to` and `lines` (each `id`, `label`,
`color`) in drawn order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from keten.metro.errors import FormatError, GraphError
from keten.metro.graph import EARTH_RADIUS, XY, Edge, Graph, Line, Node, check


def to_mercator(lon: float, lat: float) -> XY:
    """Degrees to metres of Web Mercator (EPSG:3857)."""
    if not -89.9 < lat < 89.9:
        raise GraphError(f"Latitude {lat} cannot be drawn in Web Mercator.", "Check the order.")
    return (
        EARTH_RADIUS * math.radians(lon),
        EARTH_RADIUS * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)),
    )


def read_geojson(source: str | Path | Mapping[str, Any]) -> Graph:
    """A network from a GeoJSON file, its text, or what `json.load` made of it.

    Units: degrees if every node lies within -180..180 and -90..90, else those of the plane.
    Raises: FormatError when it is no such file, GraphError when it contradicts itself.
    """
    features = read_collection(source)
    if not all(isinstance(f.get("properties"), Mapping) for f in features):
        raise FormatError("A feature has no properties.", "Each needs its ids.")
    points = [f for f in features if _kind(f) == "Point"]
    tracks = [f for f in features if _kind(f) == "LineString"]
    if not points or not tracks:
        raise FormatError(
            f"The file holds {len(points)} points and {len(tracks)} line strings.",
            "A line graph has stations as Points and track as LineStrings.",
        )
    places = [_pair(f["geometry"]["coordinates"]) for f in points]
    lonlat = all(abs(x) <= 180 and abs(y) <= 90 for x, y in places)
    nodes: dict[str, Node] = {}
    excluded: set[tuple[str, str, frozenset[str]]] = set()
    for feature, place in zip(points, places, strict=True):
        node = _node(feature["properties"], to_mercator(*place) if lonlat else place)
        if node.id in nodes:
            raise GraphError(f"Two points have the id {node.id!r}.", "Give each its own.")
        nodes[node.id] = node
        excluded |= _exclusions(feature["properties"], node.id)
    lines: dict[str, Line] = {}
    edges = [edge for f in tracks if (edge := _edge(f, nodes, lines, lonlat)) is not None]
    graph = Graph(nodes, tuple(edges), lines, frozenset(excluded), lonlat)
    return check(graph)


def read_collection(source: str | Path | Mapping[str, Any]) -> list[dict[str, Any]]:
    """The features of a GeoJSON file, of its text, or of what `json.load` made of it.

    Raises: FormatError when it is no collection of features.
    """
    try:
        if isinstance(source, Mapping):
            loaded: Any = source
        elif isinstance(source, str) and source.lstrip().startswith("{"):
            loaded = json.loads(source)
        else:
            loaded = read_json(Path(source))
        if not isinstance(loaded, Mapping) or "features" not in loaded:
            raise FormatError(
                "This is no GeoJSON: it has no 'features'.", "Give a FeatureCollection."
            )
        features = list(loaded["features"])
        if not all(isinstance(feature, Mapping) for feature in features):
            raise FormatError("A feature is no object.", "Each has a geometry and properties.")
        return [dict(feature) for feature in features]
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as why:
        raise FormatError(f"This is no GeoJSON FeatureCollection: {why}.", "Check it.") from why
    except OSError as why:
        raise FormatError(f"{source} cannot be read: {why.strerror}.", "Check the path.") from why


def read_json(path: Path) -> Any:
    """What a file of JSON holds. Raises: FormatError when it is empty, no text, or no JSON."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if not text.strip():
            raise FormatError(f"{path} is empty.", "Give a line graph or sets.")
        return json.loads(text)
    except UnicodeDecodeError as why:
        raise FormatError(f"{path} is no text in UTF-8.", "Save it as UTF-8.") from why
    except json.JSONDecodeError as why:
        raise FormatError(f"{path} is no JSON: {why}.", "Check what stands there.") from why
    except OSError as why:
        raise FormatError(f"{path} cannot be read: {why.strerror}.", "Check the path.") from why


def _kind(feature: Mapping[str, Any]) -> str:
    geometry = feature.get("geometry")
    return str(geometry.get("type")) if isinstance(geometry, Mapping) else ""


def _pair(coordinates: Any) -> XY:
    try:
        return (float(coordinates[0]), float(coordinates[1]))
    except (TypeError, ValueError, IndexError, KeyError) as why:
        raise FormatError(f"{coordinates!r} is no pair of coordinates.", "Give x and y.") from why


def _text(value: Any) -> str:
    return str(value).strip().strip('"')


def _node(properties: Mapping[str, Any], place: XY) -> Node:
    if "id" not in properties:
        raise FormatError("A point has no id.", "Edges refer to points by id.")
    label = _text(properties.get("station_label") or "")
    station = properties.get("station_id") or properties.get("station_label")
    try:
        importance = float(properties.get("importance", 1.0))
    except (TypeError, ValueError) as why:
        raise FormatError(
            f"Importance {properties['importance']!r} of {properties['id']!r} is no number.",
            "Give 0 to 1.",
        ) from why
    return Node(
        id=_text(properties["id"]),
        x=place[0],
        y=place[1],
        station=_text(station) if station not in (None, "") else None,
        label=label,
        importance=importance,
        group=_text(properties["group"]) if properties.get("group") else None,
        not_serving=frozenset(_text(line) for line in properties.get("not_serving") or ()),
    )


def _exclusions(properties: Mapping[str, Any], node: str) -> set[tuple[str, str, frozenset[str]]]:
    return {
        (
            node,
            _text(item.get("line", item.get("route"))),
            frozenset(
                (
                    _text(item.get("node_from", item.get("edge1_node"))),
                    _text(item.get("node_to", item.get("edge2_node"))),
                )
            ),
        )
        for item in properties.get("excluded_conn") or ()
    }


def _edge(
    feature: Mapping[str, Any], nodes: Mapping[str, Node], lines: dict[str, Line], lonlat: bool
) -> Edge | None:
    properties = feature["properties"]
    if "from" not in properties or "to" not in properties:
        raise FormatError("A line string has no 'from' and 'to'.", "They name its two points.")
    u, v = _text(properties["from"]), _text(properties["to"])
    carried: list[str] = []
    for item in properties.get("lines") or ():
        if not isinstance(item, Mapping) or "id" not in item:
            raise FormatError(f"A line of edge {u!r} to {v!r} has no id.", "Give each an id.")
        line = _text(item["id"])
        colour = item.get("color") or None
        if line not in lines:
            quiet = item.get("quiet") is True
            lines[line] = Line(line, _text(item.get("label") or ""), _colour(colour), quiet)
        if line not in carried:
            carried.append(line)
    if u == v:
        return None
    course = feature["geometry"].get("coordinates")
    if not isinstance(course, Sequence):
        raise FormatError(f"The edge {u!r} to {v!r} has no course.", "Give its coordinates.")
    middle = [_pair(c) for c in course[1:-1]]
    if lonlat:
        middle = [to_mercator(*place) for place in middle]
    if u not in nodes or v not in nodes:
        gone = u if u not in nodes else v
        raise GraphError(f"An edge leads to node {gone!r}, which is not there.", "Add the point.")
    return Edge(u, v, tuple(carried), (nodes[u].xy, *middle, nodes[v].xy))


def _colour(value: Any) -> str | None:
    if value is None:
        return None
    digits = str(value).lstrip("#").lower()
    return f"#{digits}" if len(digits) == 6 and set(digits) <= set("0123456789abcdef") else None


def write_geojson(
    graph: Graph,
    *,
    extra: Mapping[str, Any] | None = None,
    marks: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """The network as GeoJSON text, in the coordinates it came in.

    `extra` adds members to the collection (a title, what was relaxed), `marks` properties to nodes.
    """
    features = [
        _point_feature(graph, node, (marks or {}).get(node.id, {})) for node in graph.nodes.values()
    ]
    features += [_track_feature(graph, edge) for edge in graph.edges]
    whole = {"type": "FeatureCollection", **(extra or {}), "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _place(graph: Graph, xy: XY) -> list[float]:
    return list(graph.in_input(xy))


def _point_feature(graph: Graph, node: Node, marks: Mapping[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {"id": node.id, **marks}
    if node.station is not None:
        properties |= {"station_id": node.station, "station_label": node.label}
        properties |= {"importance": node.importance}
    if node.group is not None:
        properties["group"] = node.group
    if node.not_serving:
        properties["not_serving"] = sorted(node.not_serving)
    barred = sorted((line, sorted(ends)) for at, line, ends in graph.excluded if at == node.id)
    if barred:
        properties["excluded_conn"] = [
            {"line": line, "node_from": ends[0], "node_to": ends[-1]} for line, ends in barred
        ]
    geometry = {"type": "Point", "coordinates": _place(graph, node.xy)}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _track_feature(graph: Graph, edge: Edge) -> dict[str, Any]:
    carried = [
        {
            "id": line,
            "label": graph.lines[line].label,
            **({"color": colour.lstrip("#")} if (colour := graph.lines[line].colour) else {}),
            **({"quiet": True} if graph.lines[line].quiet else {}),
        }
        for line in edge.lines
    ]
    geometry = {"type": "LineString", "coordinates": [_place(graph, p) for p in edge.points]}
    properties = {"from": edge.u, "to": edge.v, "lines": carried}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
