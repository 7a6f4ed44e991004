"""The one thing that every stage takes and gives: a network whose edges carry ordered lines.

Coordinates are a plane's (x to the right, y up), in any unit; what came as longitude and latitude
is held in metres of Web Mercator and goes back on the way out. The order of `Edge.lines` is the
drawn one, from right to left for who walks from `u` to `v` with y up, as line graphs have it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from keten.metro.errors import GraphError

XY = tuple[float, float]
EARTH_RADIUS = 6378137.0  # of Web Mercator, metres


@dataclass(frozen=True)
class Line:
    """One line: `label` is what a badge shows, `colour` is `#rrggbb` or None (then the palette).

    A `quiet` one is no line to ride: thin and grey, without a badge, it says what belongs together.
    """

    id: str
    label: str = ""
    colour: str | None = None
    quiet: bool = False


@dataclass(frozen=True)
class Node:
    """A station, or (with `station` None) a place where lines part without a stop.

    Two nodes with one `station` are one stop, drawn as one. `importance` is 0..1.
    """

    id: str
    x: float
    y: float
    station: str | None = None
    label: str = ""
    importance: float = 1.0
    group: str | None = None
    not_serving: frozenset[str] = frozenset()

    @property
    def xy(self) -> XY:
        """Its place."""
        return (self.x, self.y)


@dataclass(frozen=True)
class Edge:
    """A stretch of track between two nodes; `points` run from `u` to `v`, both ends included."""

    u: str
    v: str
    lines: tuple[str, ...]
    points: tuple[XY, ...]

    def other(self, node: str) -> str:
        """The end that is not `node`."""
        return self.v if node == self.u else self.u

    def points_from(self, node: str) -> tuple[XY, ...]:
        """Its course, leaving `node`."""
        return self.points if node == self.u else self.points[::-1]

    def lines_from(self, node: str) -> tuple[str, ...]:
        """Its lines from right to left, looking away from `node`."""
        return self.lines if node == self.u else self.lines[::-1]

    @property
    def length(self) -> float:
        """Length along its course."""
        return sum(math.dist(a, b) for a, b in zip(self.points, self.points[1:], strict=False))


@dataclass(frozen=True)
class Graph:
    """A network. `excluded` holds (node, line, {neighbour, neighbour}): the line does not run so."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    lines: Mapping[str, Line]
    excluded: frozenset[tuple[str, str, frozenset[str]]] = frozenset()
    lonlat: bool = False
    notes: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def incident(self) -> dict[str, tuple[int, ...]]:
        """Numbers of the edges at each node."""
        found: dict[str, list[int]] = {node: [] for node in self.nodes}
        for number, edge in enumerate(self.edges):
            found[edge.u].append(number)
            if edge.v != edge.u:
                found[edge.v].append(number)
        return {node: tuple(numbers) for node, numbers in found.items()}

    @cached_property
    def mean_edge_length(self) -> float:
        """Mean length of the edges, 1 if there is none."""
        lengths = [edge.length for edge in self.edges]
        return sum(lengths) / len(lengths) if lengths and sum(lengths) > 0 else 1.0

    @cached_property
    def station_nodes(self) -> dict[str, tuple[str, ...]]:
        """The nodes of each station."""
        found: dict[str, list[str]] = {}
        for node in self.nodes.values():
            if node.station is not None:
                found.setdefault(node.station, []).append(node.id)
        return {station: tuple(nodes) for station, nodes in found.items()}

    def runs_through(self, node: str, line: str, a: int, b: int) -> bool:
        """Whether `line` runs on at `node` from edge number `a` to edge number `b`."""
        if line not in self.edges[a].lines or line not in self.edges[b].lines:
            return False
        ends = frozenset((self.edges[a].other(node), self.edges[b].other(node)))
        return (node, line, ends) not in self.excluded

    def lines_at(self, node: str) -> tuple[str, ...]:
        """The lines that touch a node, in the order of `lines`."""
        here = {line for number in self.incident[node] for line in self.edges[number].lines}
        here -= self.nodes[node].not_serving
        return tuple(line for line in self.lines if line in here)

    def moved(self, places: Mapping[str, XY]) -> Graph:
        """The same network with nodes elsewhere and straight edges."""
        nodes = {
            key: replace(node, x=places[key][0], y=places[key][1]) if key in places else node
            for key, node in self.nodes.items()
        }
        edges = tuple(replace(e, points=(nodes[e.u].xy, nodes[e.v].xy)) for e in self.edges)
        return replace(self, nodes=nodes, edges=edges)

    def scaled(self, factor: float, shift: XY) -> Graph:
        """The same drawing larger by a factor, then shifted."""

        def put(xy: XY) -> XY:
            return (factor * xy[0] + shift[0], factor * xy[1] + shift[1])

        nodes = {
            key: replace(node, x=put(node.xy)[0], y=put(node.xy)[1])
            for key, node in self.nodes.items()
        }
        edges = tuple(replace(e, points=tuple(put(p) for p in e.points)) for e in self.edges)
        return replace(self, nodes=nodes, edges=edges)

    def stretched(self, across: float, up: float) -> Graph:
        """The same network drawn out about its middle, by one factor across and another upward."""
        xs, ys = zip(*(node.xy for node in self.nodes.values()), strict=True)
        x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

        def put(xy: XY) -> XY:
            return (x + across * (xy[0] - x), y + up * (xy[1] - y))

        nodes = {
            key: replace(node, x=put(node.xy)[0], y=put(node.xy)[1])
            for key, node in self.nodes.items()
        }
        edges = tuple(replace(e, points=tuple(put(p) for p in e.points)) for e in self.edges)
        return replace(self, nodes=nodes, edges=edges)

    def in_input(self, xy: XY) -> XY:
        """A place of the plane in the coordinates that the network came in."""
        if not self.lonlat:
            return xy
        x, y = xy
        lat = 2 * math.atan(math.exp(y / EARTH_RADIUS)) - math.pi / 2
        return (math.degrees(x / EARTH_RADIUS), math.degrees(lat))

    def with_order(self, orders: Iterable[tuple[str, ...]]) -> Graph:
        """The same network with other orders of lines on its edges."""
        edges = tuple(
            Edge(edge.u, edge.v, order, edge.points)
            for edge, order in zip(self.edges, orders, strict=True)
        )
        return Graph(self.nodes, edges, self.lines, self.excluded, self.lonlat, self.notes)


def check(graph: Graph) -> Graph:
    """The graph itself, if nothing in it contradicts itself.

    Raises: GraphError for an edge to an unknown node, an edge from a node to itself, a line that
    is not declared, coordinates that are no numbers, or no edge at all.
    """
    if not graph.edges:
        raise GraphError("The network has no edge.", "A map needs two joined stations at least.")
    for node in graph.nodes.values():
        if not (math.isfinite(node.x) and math.isfinite(node.y)):
            raise GraphError(f"Node {node.id!r} lies at ({node.x}, {node.y}).", "Give numbers.")
    for edge in graph.edges:
        for end in (edge.u, edge.v):
            if end not in graph.nodes:
                raise GraphError(f"An edge leads to node {end!r}, which is not there.", "Add it.")
        if edge.u == edge.v:
            raise GraphError(f"An edge leads from node {edge.u!r} to itself.", "Leave it out.")
        for line in edge.lines:
            if line not in graph.lines:
                raise GraphError(
                    f"An edge carries line {line!r}, which is not declared.", "Add it."
                )
    return graph
