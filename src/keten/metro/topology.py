"""What a drawing must keep: which stations follow which along a line, and in what rotation."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict

from keten.metro.graph import XY, Graph

Adjacency = tuple[str, str, str]


def find_adjacencies(graph: Graph, *, heed_exclusions: bool = True) -> set[Adjacency]:
    """(line, station, station), sorted: stations that a line joins with no stop between them.

    Without `heed_exclusions` a line may turn any way at a node without a stop, as a reader may who
    sees only the drawn lines.
    """
    found: set[Adjacency] = set()
    by_line: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, edge in enumerate(graph.edges):
        for line in edge.lines:
            by_line[line][edge.u].append(number)
            by_line[line][edge.v].append(number)
    for line, at in by_line.items():
        for start in at:
            if _stops(graph, start, line):
                here = str(graph.nodes[start].station)
                found |= {
                    (line, *sorted((here, there)))  # type: ignore[misc]
                    for there in _next_stops(graph, at, line, start, heed_exclusions)
                    if there != here
                }
    return found


def _stops(graph: Graph, node: str, line: str) -> bool:
    here = graph.nodes[node]
    return here.station is not None and line not in here.not_serving


def _next_stops(
    graph: Graph, at: dict[str, list[int]], line: str, start: str, heed_exclusions: bool
) -> set[str]:
    """Stations reached from `start` along `line`, walking on through nodes without a stop."""
    found: set[str] = set()
    seen: set[tuple[str, int]] = set()
    walk = [(graph.edges[number].other(start), number) for number in at[start]]
    while walk:
        node, came = walk.pop()
        if (node, came) in seen:
            continue
        seen.add((node, came))
        if _stops(graph, node, line):
            found.add(str(graph.nodes[node].station))
            continue
        walk += [
            (graph.edges[number].other(node), number)
            for number in at[node]
            if number != came
            and (not heed_exclusions or graph.runs_through(node, line, came, number))
        ]
    return found


def point_along(points: tuple[XY, ...], distance: float) -> XY:
    """The point at a distance along a course, its end if that is nearer."""
    for a, b in itertools.pairwise(points):
        step = math.dist(a, b)
        if step >= distance and step > 0:
            share = distance / step
            return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
        distance -= step
    return points[-1]


def find_rotations(graph: Graph, node: str) -> list[list[int]]:
    """Edge numbers at a node, counter-clockwise, read in several ways; the first is preferred.

    Looking a way out (a quarter or half of a mean edge) keeps a kink at a platform from deciding
    on which side a branch leaves; one small circle for all edges keeps a short edge comparable
    with a long one. Where tracks lie close together the readings differ.
    """
    edges = graph.incident[node]
    mean = graph.mean_edge_length
    nearest = 0.9 * min((graph.edges[number].length for number in edges), default=0.0)
    readings: list[list[int]] = []
    for reach in (0.25 * mean, 0.5 * mean, min(nearest, 0.25 * mean)):
        reading = sorted(edges, key=lambda number: (_angle_at(graph, node, number, reach), number))
        if reading not in readings:
            readings.append(reading)
    return readings


def _angle_at(graph: Graph, node: str, number: int, reach: float) -> float:
    here = graph.nodes[node].xy
    there = point_along(graph.edges[number].points_from(node), reach)
    return math.atan2(there[1] - here[1], there[0] - here[0])
