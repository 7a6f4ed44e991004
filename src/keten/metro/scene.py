"""What a drawing consists of before it is written: tracks of lines, marks of stations.

Everything is in the network's own plane, y up; `Style` is in units of L, the mean distance between
stations, so that one style fits every network.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from shapely.geometry import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from keten.metro.graph import XY, Graph
from keten.metro.relaxing import straighten


@dataclass(frozen=True)
class Style:
    """How a drawing looks. Units: L, the mean distance between stations that follow each other."""

    font: float = 0.3
    line: float = 0.12
    pitch: float = 0.145  # from line to line in a bundle
    curve: float = 0.34  # radius of the inner side of a bend
    mark: float = 0.085  # half the width of a station's white inside
    interchange: float = 1.3  # how much larger a mark is where lines meet
    rim: float = 0.035  # its dark outline
    clearance: float = 0.07  # free space around a label
    small: float = 0.5  # below this importance a station is a tick and its label smaller
    small_font: float = 0.85

    def times(self, factor: float) -> Style:
        """The same look on a larger sheet: everything smaller beside the distance of stations."""
        return Style(
            self.font * factor, self.line * factor, self.pitch * factor, self.curve * factor,
            self.mark * factor, self.interchange, self.rim * factor, self.clearance * factor,
            self.small, self.small_font,
        )  # fmt: skip


@dataclass(frozen=True)
class Curve:
    """A piece of track: a straight line, or with `bend` a cubic curve by its two handles."""

    start: XY
    end: XY
    bend: tuple[XY, XY] | None = None


@dataclass(frozen=True)
class Scene:
    """A network with its measures: `scale` is L in the network's units."""

    graph: Graph
    style: Style
    scale: float
    courses: tuple[tuple[XY, ...], ...] = field(default=())

    @cached_property
    def widths(self) -> list[float]:
        """How broad each edge's bundle is."""
        return [self.bundle_width(len(edge.lines)) for edge in self.graph.edges]

    def bundle_width(self, lines: int) -> float:
        """How broad a bundle of so many lines is."""
        style = self.style
        return self.scale * (max(0, lines - 1) * style.pitch + (style.line if lines else 0.0))

    def offset(self, number: int, line: str) -> float:
        """How far a line lies to the left of its edge's middle, seen from `u`.

        Orders in line graphs count from the right.
        """
        lines = self.graph.edges[number].lines
        return self.scale * self.style.pitch * (lines.index(line) - (len(lines) - 1) / 2)

    @cached_property
    def bands(self) -> list[BaseGeometry]:
        """The ground that each edge's bundle covers."""
        return [
            LineString(course).buffer(max(width, 1e-6 * self.scale) / 2, cap_style="flat")
            for course, width in zip(self.courses, self.widths, strict=True)
        ]

    @cached_property
    def marks(self) -> dict[str, BaseGeometry]:
        """The ground that each station's mark covers, its rim included."""
        return {
            station: core.buffer(self.mark_radius(station)) for station, core in self.cores.items()
        }

    @cached_property
    def cores(self) -> dict[str, BaseGeometry]:
        """What each mark is drawn around: a point, or a shape through where lines pass."""
        return {station: self.mark_core(station) for station in self.graph.station_nodes}

    def is_small(self, station: str) -> bool:
        """Whether a station is of little importance."""
        nodes = self.graph.station_nodes[station]
        return max(self.graph.nodes[n].importance for n in nodes) < self.style.small

    def is_interchange(self, station: str) -> bool:
        """Whether lines meet or part at a station, rather than pass it side by side."""
        nodes = self.graph.station_nodes[station]
        lines = {line for node in nodes for line in self.graph.lines_at(node)}
        return len(lines) > 1 and max(len(self.graph.incident[node]) for node in nodes) > 2

    def mark_radius(self, station: str) -> float:
        """How far a mark reaches around its core."""
        size = 0.75 if self.is_small(station) else 1.0
        size *= self.style.interchange if self.is_interchange(station) else 1.0
        return self.scale * (self.style.mark * size + self.style.rim)

    def mark_core(self, station: str) -> BaseGeometry:
        """A point, a line or a polygon through the places where lines meet a station."""
        nodes = self.graph.station_nodes[station]
        spots = [spot for node in nodes for spot in self.spots_at(node)]
        return MultiPoint(spots).convex_hull

    def spots_at(self, node: str) -> list[XY]:
        """Where the lines that stop at a node pass it; the node itself if none does."""
        here = self.graph.nodes[node]
        spots = [
            self.port(number, node, line, 0.0)[0]
            for number in self.graph.incident[node]
            for line in self.graph.edges[number].lines
            if line not in here.not_serving
        ]
        return spots or [here.xy]

    def port(self, number: int, node: str, line: str, trim: float) -> tuple[XY, XY]:
        """Where a line is at `trim` from a node along an edge, and the direction away."""
        course = self.courses[number]
        sign = 1.0
        if self.graph.edges[number].u != node:
            course, sign = course[::-1], -1.0
        direction = unit(course[0], course[1])
        side = sign * self.offset(number, line)
        x = course[0][0] + trim * direction[0] - side * direction[1]
        y = course[0][1] + trim * direction[1] + side * direction[0]
        return (x, y), direction


def make_scene(graph: Graph, style: Style) -> Scene:
    """The scene of an ordered drawing."""
    stops = [
        edge.length
        for edge in graph.edges
        if graph.nodes[edge.u].station is not None and graph.nodes[edge.v].station is not None
    ]
    scale = sum(stops) / len(stops) if stops else graph.mean_edge_length
    return Scene(graph, style, scale, tuple(tuple(straighten(e.points)) for e in graph.edges))


def unit(a: XY, b: XY) -> XY:
    """The direction from a to b, of length 1."""
    length = math.dist(a, b) or 1.0
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length)


def turn(a: XY, b: XY) -> float:
    """The angle between two directions, 0..pi."""
    return math.acos(max(-1.0, min(1.0, a[0] * b[0] + a[1] * b[1])))


Joint = tuple[int, int]  # two edges that a line runs through at a node


def join_lines(graph: Graph) -> dict[tuple[str, str], list[Joint]]:
    """For each (node, line) the pairs of edges it runs through, the straightest first."""
    found: dict[tuple[str, str], list[Joint]] = {}
    for node in graph.nodes:
        at = graph.incident[node]
        leave = {n: unit(*graph.edges[n].points_from(node)[:2]) for n in at}
        for line in {x: None for n in at for x in graph.edges[n].lines}:
            if graph.lines[line].quiet:  # it says who belongs together, and runs nowhere on
                continue
            pairs = [
                (e, f)
                for i, e in enumerate(at)
                for f in at[i + 1 :]
                if graph.runs_through(node, line, e, f)
            ]
            pairs.sort(key=lambda p: (-round(turn(leave[p[0]], leave[p[1]]), 6), p))
            served: set[int] = set()
            for e, f in pairs:
                if e not in served or f not in served:
                    found.setdefault((node, line), []).append((e, f))
                    served |= {e, f}
    return found


def trim_ends(
    scene: Scene, joints: Mapping[tuple[str, str], Sequence[Joint]]
) -> dict[tuple[int, str], float]:
    """How far from a node each edge's straight track ends and the curves into others begin."""
    graph = scene.graph
    wanted: dict[tuple[int, str], float] = defaultdict(float)
    for (node, line), pairs in joints.items():
        for e, f in pairs:
            (a, away_a), (b, away_b) = (scene.port(n, node, line, 0.0) for n in (e, f))
            bend = math.pi - turn(away_a, away_b)
            if bend < 0.01 and math.dist(a, b) < 1e-3 * scene.scale:
                continue
            half = max(scene.widths[e], scene.widths[f]) / 2
            radius = scene.style.curve * scene.scale + half
            reach = radius * math.tan(min(bend, 2.0) / 2)
            if math.dist(a, b) > 1e-3 * scene.scale:
                reach = max(reach, 1.2 * math.dist(a, b), 0.25 * scene.scale)
            if graph.nodes[node].station is not None and bend > 0.01:
                # A wide curve would pass the mark by.
                reach = min(reach, 0.16 * scene.scale + half)
            for n in (e, f):
                wanted[n, node] = max(wanted[n, node], reach)
    trims: dict[tuple[int, str], float] = {}
    for number, edge in enumerate(graph.edges):
        course = scene.courses[number]
        for node, piece in ((edge.u, course[:2]), (edge.v, course[-2:])):
            room = (0.45 if len(course) == 2 else 0.5) * math.dist(*piece)
            trims[number, node] = min(wanted[number, node], room)
    return trims


def connect(start: XY, into: XY, end: XY, onward: XY) -> Curve:
    """A smooth curve that arrives in direction `into` and goes on in direction `onward`."""
    bend = turn(into, onward)
    span = math.dist(start, end)
    # As an arc of a circle for turns; for a shift between parallels an S.
    share = 0.45 if bend < 0.01 else 4 / 3 * math.tan(bend / 4) / (2 * math.sin(bend / 2))
    reach = span * min(share, 0.9)
    return Curve(
        start,
        end,
        (
            (start[0] + into[0] * reach, start[1] + into[1] * reach),
            (end[0] - onward[0] * reach, end[1] - onward[1] * reach),
        ),
    )


def edge_track(
    scene: Scene, number: int, line: str, trims: Mapping[tuple[int, str], float]
) -> list[Curve]:
    """A line's track along one edge from `u` to `v`, its bends rounded about one centre."""
    edge, course = scene.graph.edges[number], scene.courses[number]
    side = scene.offset(number, line)
    at, _ = scene.port(number, edge.u, line, trims[number, edge.u])
    last, _ = scene.port(number, edge.v, line, trims[number, edge.v])
    track: list[Curve] = []
    half = scene.widths[number] / 2
    for before, here, after in zip(course, course[1:], course[2:], strict=False):
        into, onward = unit(before, here), unit(here, after)
        radius = scene.style.curve * scene.scale + half
        reach = min(
            radius * math.tan(turn(into, onward) / 2),
            0.48 * math.dist(before, here),
            0.48 * math.dist(here, after),
        )
        a = (here[0] - reach * into[0] - side * into[1], here[1] - reach * into[1] + side * into[0])
        b = (
            here[0] + reach * onward[0] - side * onward[1],
            here[1] + reach * onward[1] + side * onward[0],
        )
        track += [Curve(at, a), connect(a, into, b, onward)]
        at = b
    return [*track, Curve(at, last)]


def reverse(track: Sequence[Curve]) -> list[Curve]:
    """A track walked the other way."""
    return [Curve(c.end, c.start, c.bend and c.bend[::-1]) for c in reversed(track)]


def line_tracks(scene: Scene) -> dict[str, list[list[Curve]]]:
    """For each line its track in as few strokes as the pairs at its nodes allow."""
    joints = join_lines(scene.graph)
    trims = trim_ends(scene, joints)
    return {
        line: _stroke(scene, line, joints, _line_trims(scene, line, joints, trims))
        for line in scene.graph.lines
    }


def _line_trims(
    scene: Scene,
    line: str,
    joints: Mapping[tuple[str, str], Sequence[Joint]],
    trims: Mapping[tuple[int, str], float],
) -> dict[tuple[int, str], float]:
    """Where a line ends, its track runs up to the node."""
    own: dict[tuple[int, str], float] = {}
    for number, edge in enumerate(scene.graph.edges):
        if line in edge.lines:
            for node in (edge.u, edge.v):
                runs_on = any(number in pair for pair in joints.get((node, line), ()))
                own[number, node] = trims[number, node] if runs_on else 0.0
    return own


def _stroke(
    scene: Scene,
    line: str,
    joints: Mapping[tuple[str, str], Sequence[Joint]],
    trims: Mapping[tuple[int, str], float],
) -> list[list[Curve]]:
    """Chains of edges joined at nodes, each end used once; further joints are strokes apart."""
    edges = scene.graph.edges
    onward: dict[tuple[int, str], int] = {}
    spare: list[tuple[str, Joint]] = []
    for (node, of), pairs in joints.items():
        for pair in pairs if of == line else ():
            if any((n, node) in onward for n in pair):
                spare.append((node, pair))
            else:
                onward[pair[0], node], onward[pair[1], node] = pair[1], pair[0]
    carrying = [n for n, edge in enumerate(edges) if line in edge.lines]
    loose = [
        (n, node) for n in carrying for node in (edges[n].u, edges[n].v) if (n, node) not in onward
    ]
    strokes: list[list[Curve]] = []
    done: set[int] = set()
    for number, node in (*loose, *((n, edges[n].u) for n in carrying)):
        if number not in done:
            strokes.append(_walk(scene, line, (number, node), onward, trims, done))
    strokes += [[_joint(scene, line, node, pair, trims)] for node, pair in spare]
    return strokes


def _walk(
    scene: Scene,
    line: str,
    start: tuple[int, str],
    onward: Mapping[tuple[int, str], int],
    trims: Mapping[tuple[int, str], float],
    done: set[int],
) -> list[Curve]:
    number, node = start
    stroke: list[Curve] = []
    while True:
        edge = scene.graph.edges[number]
        track = edge_track(scene, number, line, trims)
        stroke += track if edge.u == node else reverse(track)
        done.add(number)
        node = edge.other(node)
        follows = onward.get((number, node))
        if follows is None:
            return stroke
        stroke.append(_joint(scene, line, node, (number, follows), trims))
        if follows in done:
            return stroke
        number = follows


def _joint(
    scene: Scene, line: str, node: str, pair: Joint, trims: Mapping[tuple[int, str], float]
) -> Curve:
    a, away_a = scene.port(pair[0], node, line, trims[pair[0], node])
    b, away_b = scene.port(pair[1], node, line, trims[pair[1], node])
    if math.dist(a, b) < 1e-9 * scene.scale:
        return Curve(a, b)
    return connect(a, (-away_a[0], -away_a[1]), b, away_b)


def polygon(corners: Sequence[XY]) -> Polygon:
    """A polygon of shapely's."""
    return Polygon(corners)
