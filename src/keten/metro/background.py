"""Regions and water behind a map: they follow the stations, in few straight strokes.

What lies where on the ground is carried to the drawing by the stations and the track: each is a
point that goes where it went, and what is between goes with its neighbours. Outlines are then drawn
with few corners in the eight directions. A station keeps the side of every outline that it was on.

Source: similarity transformations by moving least squares, Schaefer, McPhail and Warren (2006).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from keten.metro.drawing import Drawing
from keten.metro.errors import FormatError
from keten.metro.geojson import read_collection, to_mercator
from keten.metro.graph import XY, Graph
from keten.metro.lettering import clean, measure
from keten.metro.look import WATER, Ground
from keten.metro.palette import PAPER, contrast, darken

Complex = NDArray[np.complex128]

FALL = 1.5  # weights fall with this power of the squared distance
STEP = 0.5  # of the mean edge: outlines have a point at least so often before they are bent
COARSE = 0.7  # of L: what an outline may differ from what it was
GRID = 0.5  # of L: where corners may lie
LEAST = 1.0  # L squared: smaller pieces are left out
STREAM = 0.42  # of L: how broad a river is drawn
KEEP = 0.45  # of L: the ground that a station keeps around it
CELL = 0.35  # of L: squares in which the map is asked what it shows
SHARES = (1 / 3, 2 / 3)  # of an edge: where it carries the ground along, too
NAME_SIZES = (1.4, 1.15, 0.95)  # of letters
SPREAD = 1.12  # letters of names stand apart by as much


@dataclass(frozen=True)
class Area:
    """Something on the ground: `kind` is 'water' or anything else, in the network's plane."""

    name: str
    kind: str
    shape: BaseGeometry


def read_areas(source: str | Path | Mapping[str, Any], *, lonlat: bool = True) -> list[Area]:
    """Regions and water from GeoJSON: Polygons and LineStrings (rivers), with `name` and `kind`.

    Units: degrees with `lonlat` (as in a network that came in degrees), else those of the plane.
    Raises: FormatError when it is no such file.
    """
    areas = []
    for feature in read_collection(source):
        try:
            found = shape(feature["geometry"])
        except (KeyError, TypeError, ValueError, AttributeError, shapely.GEOSException) as why:
            raise FormatError(f"A feature has no readable shape: {why}.", "Mend it.") from why
        if found.geom_type not in {"Polygon", "MultiPolygon", "LineString", "MultiLineString"}:
            continue
        properties = feature.get("properties") or {}
        if lonlat:
            found = shapely.transform(found, _project)
        river = found.geom_type.endswith("LineString")
        kind = str(properties.get("kind") or ("water" if river else "region"))
        areas.append(
            Area(clean(str(properties.get("name") or "")), kind, shapely.make_valid(found))
        )
    if not areas:
        raise FormatError("The file holds no outline.", "Give Polygons or LineStrings.")
    return areas


def _project(places: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([to_mercator(lon, max(-89.0, min(89.0, lat))) for lon, lat in places[:, :2]])


def add_background(drawing: Drawing, network: Graph, areas: Sequence[Area]) -> Drawing:
    """The drawing with regions and water behind it; `network` is what it was drawn from.

    Names of areas stand where they cover nothing; one that finds no place is told in `notes`.
    """
    scale = drawing.scene.scale
    pairs = dict(_pairs(network, drawing.graph))
    there, back = Bend(pairs.keys(), pairs.values()), Bend(pairs.values(), pairs.keys())
    flat = [area for area in areas if area.shape.area > 0]
    cells = Cells(_frame(drawing).buffer(2 * scale), CELL * scale, back)
    outlines = [cells.cover(area.shape) for area in flat]
    stops = _stops(network, drawing.graph)
    grounds: list[Ground] = []
    # Water lies over regions: each kind is a coverage of its own.
    for kind in dict.fromkeys(area.kind for area in flat):
        seen = [(a, o) for a, o in zip(flat, outlines, strict=True) if a.kind == kind and o.area]
        for (area, _), outline in zip(seen, _simplify([o for _, o in seen], scale), strict=True):
            drawn = _keep_sides(_octilinear(outline, scale), area, stops, scale)
            grounds.append(Ground(area.name, area.kind, drawn))
    window = _window(network)
    for area in areas:
        if area.shape.area == 0 and not (near := area.shape.intersection(window)).is_empty:
            dense = shapely.segmentize(near, STEP * network.mean_edge_length)
            grounds.append(Ground(area.name, area.kind, _stream(there(dense), scale), stream=True))
    grounds = [ground for ground in grounds if not ground.shape.is_empty]
    grounds = _tint(sorted(grounds, key=lambda g: g.kind == "water"), scale)
    grounds, missing = _name(grounds, drawing)
    notes = [f"these names of areas found no free place: {', '.join(missing)}"] if missing else []
    least = 3.0 * contrast(WATER, PAPER)
    colours = {key: darken(colour, least) for key, colour in (drawing.look.colours or {}).items()}
    look = replace(drawing.look, grounds=tuple(grounds), colours=colours)
    return replace(drawing, look=look, notes=(*drawing.notes, *notes))


def _frame(drawing: Drawing) -> Polygon:
    """What of the plane the map covers."""
    scene = drawing.scene
    shapes = [*scene.bands, *scene.marks.values(), *(label.ground for label in drawing.labels)]
    frame: Polygon = box(*shapely.total_bounds(np.array(shapes)))
    return frame


def _window(network: Graph) -> Polygon:
    """What of the ground may be seen: the network, and as much again on every side."""
    spots = np.array([node.xy for node in network.nodes.values()])
    (left, low), (right, high) = spots.min(axis=0), spots.max(axis=0)
    more = max(right - left, high - low, 5 * network.mean_edge_length)
    return box(left - more, low - more, right + more, high + more)


class Cells:
    """The map in small squares, each knowing which place of the ground it shows.

    Outlines carried over point by point could fold; squares that are asked back cannot.
    """

    def __init__(self, frame: Polygon, size: float, back: Bend) -> None:
        left, low, right, high = frame.bounds
        xs = np.arange(math.floor(left / size), math.ceil(right / size)) * size
        ys = np.arange(math.floor(low / size), math.ceil(high / size)) * size
        self.corners = np.array([(x, y) for y in ys for x in xs])
        self.size = size
        self.shown = shapely.points(back.move(self.corners + size / 2))

    def cover(self, area: BaseGeometry) -> MultiPolygon:
        """The squares that show a place within an area, as one shape without small pieces."""
        shapely.prepare(area)
        inside = self.corners[shapely.contains(area, self.shown)]
        if len(inside) == 0:
            return MultiPolygon()
        # Snapped to whole squares, so that shared sides are the same numbers.
        step = np.round(inside / self.size)
        squares = shapely.box(
            step[:, 0] * self.size, step[:, 1] * self.size,
            (step[:, 0] + 1) * self.size, (step[:, 1] + 1) * self.size,
        )  # fmt: skip
        return _polygons(shapely.coverage_union_all(squares))


class Bend:
    """Where the plane goes as some of its points go: stations, and points of the track."""

    def __init__(self, before: Iterable[XY], after: Iterable[XY]) -> None:
        self.before: Complex = np.array([complex(*here) for here in before])
        self.after: Complex = np.array([complex(*there) for there in after])

    def __call__(self, geometry: BaseGeometry) -> BaseGeometry:
        """A shape carried along."""
        moved: BaseGeometry = shapely.transform(geometry, self.move)
        return moved

    def move(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points carried along. Shapes: (n, 2)."""
        found = np.empty((len(places), 2))
        for start in range(0, len(places), 512):
            z = places[start : start + 512, 0] + 1j * places[start : start + 512, 1]
            moved = self._move(z)
            found[start : start + 512] = np.column_stack((moved.real, moved.imag))
        return found

    def _move(self, z: Complex) -> Complex:
        far = np.abs(z[:, None] - self.before[None]) ** 2
        weight = 1.0 / np.maximum(far, 1e-9 * float(far.max(initial=1.0))) ** FALL
        weight /= weight.sum(axis=1, keepdims=True)
        here, there = weight @ self.before, weight @ self.after
        off, on = self.before[None] - here[:, None], self.after[None] - there[:, None]
        size = (weight * np.abs(off) ** 2).sum(axis=1)
        turned = (weight * off.conj() * on).sum(axis=1) / np.maximum(size, 1e-12)
        out: Complex = there + (z - here) * turned
        return out


def _pairs(network: Graph, drawn: Graph) -> Iterable[tuple[XY, XY]]:
    """Places of the network and where the drawing has them: nodes, and points along edges."""
    stood = drawn.nodes
    by_station = {n.station: n.xy for n in stood.values() if n.station}
    for key, node in network.nodes.items():
        if key in stood:
            yield node.xy, stood[key].xy
        elif node.station in by_station:
            yield node.xy, by_station[node.station]
    courses = {(e.u, e.v): e.points for e in drawn.edges}
    courses |= {(e.v, e.u): e.points[::-1] for e in drawn.edges}
    for edge in network.edges:
        if (edge.u, edge.v) in courses and edge.length > 0:
            here, there = LineString(edge.points), LineString(courses[edge.u, edge.v])
            for share in SHARES:
                a, b = (line.interpolate(share, normalized=True) for line in (here, there))
                yield (a.x, a.y), (b.x, b.y)


def _simplify(outlines: list[MultiPolygon], scale: float) -> list[BaseGeometry]:
    """Fewer corners; borders that neighbours share stay shared."""
    if shapely.coverage_is_valid(outlines):
        return list(shapely.coverage_simplify(outlines, COARSE * scale))
    return [outline.simplify(COARSE * scale) for outline in outlines]


def _polygons(geometry: BaseGeometry) -> MultiPolygon:
    """The parts of a shape that have an area."""
    parts = getattr(geometry, "geoms", [geometry])
    flat = [p for part in parts for p in getattr(part, "geoms", [part]) if p.geom_type == "Polygon"]
    return MultiPolygon(flat)


def _octilinear(geometry: BaseGeometry, scale: float) -> BaseGeometry:
    """The same shape with all its strokes in the eight directions, without small pieces."""
    parts: list[Polygon] = []
    for polygon in _polygons(geometry).geoms:
        rings = [
            _route([(x, y) for x, y in ring.coords], scale)
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        if len(rings[0]) > 3:
            holes = [r for r in rings[1:] if len(r) > 3 and Polygon(r).area > LEAST * scale**2]
            whole = shapely.make_valid(Polygon(rings[0], holes))
            parts += [p for p in _polygons(whole).geoms if p.area > LEAST * scale**2]
    return shapely.unary_union(parts) if parts else Polygon()


def _stream(geometry: BaseGeometry, scale: float) -> BaseGeometry:
    """A river as broad as it is drawn, in the eight directions."""
    simple = geometry.simplify(COARSE * scale)
    courses = [
        _route([(x, y) for x, y in part.coords], scale)
        for part in getattr(simple, "geoms", [simple])
        if part.geom_type == "LineString"
    ]
    streams = [LineString(course) for course in courses if len(course) > 1]
    return shapely.unary_union([
        s.buffer(STREAM * scale / 2, quad_segs=4, join_style="mitre") for s in streams
    ])  # fmt: skip


def _route(places: Sequence[XY], scale: float) -> list[XY]:
    """A course through corners of a grid, each stroke in one of eight directions.

    Between two corners the way is the same from either end, so that shared borders stay shared.
    """
    step = GRID * scale
    corners = [(step * round(x / step), step * round(y / step)) for x, y in places]
    corners = [corner for corner, _ in itertools.groupby(corners)]
    course = corners[:1]
    for a, b in itertools.pairwise(corners):
        low, high = min(a, b), max(a, b)
        dx, dy = high[0] - low[0], high[1] - low[1]
        reach = min(abs(dx), abs(dy))
        if reach > 1e-9 * step and abs(abs(dx) - abs(dy)) > 1e-9 * step:
            middle = (low[0] + math.copysign(reach, dx), low[1] + math.copysign(reach, dy))
            course.append(middle)
        course.append(b)
    return course


def _stops(network: Graph, drawn: Graph) -> list[tuple[Point, Point]]:
    """Where each station was, and where it is drawn."""
    here = {n.station: n.xy for n in network.nodes.values() if n.station}
    there = {n.station: n.xy for n in drawn.nodes.values() if n.station}
    return [(Point(here[s]), Point(there[s])) for s in there if s in here]


def _keep_sides(
    drawn: BaseGeometry, area: Area, stops: Sequence[tuple[Point, Point]], scale: float
) -> BaseGeometry:
    """The outline, drawn around stations that belong inside and past those that do not."""
    if drawn.is_empty:
        return drawn
    shapely.prepare(area.shape)
    keep = KEEP * scale
    for here, there in stops:
        inside = area.shape.contains(here)
        if inside and not drawn.contains(there.buffer(keep / 2)):
            way = LineString([there, nearest_points(there, drawn)[1]])
            drawn = drawn.union(_around(way, keep))
        elif not inside and drawn.intersects(there.buffer(keep / 2)):
            way = LineString([there, nearest_points(there, drawn.boundary)[1]])
            drawn = drawn.difference(_around(way, keep))
    return drawn


def _around(way: LineString, keep: float) -> BaseGeometry:
    return way.buffer(keep, quad_segs=2)


def _tint(grounds: Sequence[Ground], scale: float) -> list[Ground]:
    """Neighbours in other tints."""
    tinted: list[Ground] = []
    for ground in grounds:
        near = {
            other.tint
            for other in tinted
            if other.kind != "water" and other.shape.distance(ground.shape) < scale
        }
        free = next(tint for tint in itertools.count() if tint not in near)
        tinted.append(replace(ground, tint=free))
    return tinted


def _name(grounds: Sequence[Ground], drawing: Drawing) -> tuple[list[Ground], list[str]]:
    """Names where they cover neither track nor label, and those that found no such place."""
    scene, scale = drawing.scene, drawing.scene.scale
    taken = [*scene.bands, *scene.marks.values(), *(label.ground for label in drawing.labels)]
    frame = _frame(drawing)
    named: list[Ground] = []
    missing: list[str] = []
    for ground in grounds:
        # A river is narrower than its name, which stands beside it.
        within = ground.shape.buffer(scale if ground.stream else 0.0).intersection(frame)
        above = [g.shape for g in grounds if g.kind == "water" and ground.kind != "water"]
        held = _write(ground, within, [*taken, *above], scene.style.font * scale)
        if held.spot:
            wide, tall = _size(ground.name, held.size)
            x, y = held.spot
            taken.append(box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
        elif ground.name and not within.is_empty:
            missing.append(ground.name)
        named.append(held)
    return named, missing


def _write(
    ground: Ground, within: BaseGeometry, taken: Sequence[BaseGeometry], letter: float
) -> Ground:
    """The ground with a place for its name, in the largest size that fits."""
    if not ground.name or within.is_empty:
        return ground
    for size in NAME_SIZES:
        spot = _find_room(within, taken, *_size(ground.name, size * letter), letter)
        if spot:
            return replace(ground, spot=spot, size=size * letter)
    return ground


def _size(name: str, size: float) -> XY:
    """What a name covers, with a little air."""
    return measure(name.upper(), size) * SPREAD + size, 1.4 * size


def _find_room(
    within: BaseGeometry, taken: Sequence[BaseGeometry], wide: float, tall: float, letter: float
) -> XY | None:
    """The middle of the freest box of a size inside a shape."""
    left, low, right, high = within.bounds
    step = max(1.5 * letter, (right - left) / 60, (high - low) / 60)
    xs, ys = np.arange(left, right, step), np.arange(low, high, step)
    spots = np.array([(x, y) for y in ys for x in xs]).reshape(-1, 2)
    if len(spots) == 0:
        return None
    boxes = shapely.box(
        spots[:, 0] - wide / 2,
        spots[:, 1] - tall / 2,
        spots[:, 0] + wide / 2,
        spots[:, 1] + tall / 2,
    )
    shapely.prepare(within)
    inside = shapely.contains(within, boxes)
    tree = shapely.STRtree(list(taken))
    covered = np.unique(tree.query(boxes, predicate="intersects")[0])
    inside[covered] = False
    if not inside.any():
        return None
    free = np.flatnonzero(inside)
    gap = np.full(len(free), np.inf)
    near = tree.query_nearest(boxes[free], all_matches=False, return_distance=True)
    gap[near[0][0]] = near[1]
    middle = within.centroid
    off = np.hypot(spots[free, 0] - middle.x, spots[free, 1] - middle.y)
    best = free[int(np.argmax(np.minimum(gap, 5 * letter) - 0.05 * off))]
    return (float(spots[best, 0]), float(spots[best, 1]))
