"""Measures a drawing: how octilinear, bent, crossed, even and true to its input it is.

Lengths are in units of L, the mean length of a drawn edge; displacements in units of the mean edge
of the input. The figures are those that the literature reports; the objective of the grid stage is
recomputed from the drawing alone, whoever made it.

Source: Bast, Brosi and Storandt (2018) for the weight of orders and (2020) for the objective.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from keten.metro.contraction import find_chains
from keten.metro.errors import OptionError
from keten.metro.graph import XY, Graph
from keten.metro.ordering import order_cost
from keten.metro.relaxing import straighten
from keten.metro.scene import unit
from keten.metro.topology import find_adjacencies

SMOOTH = 0.02  # of L: a course is simplified by as much before its bends are counted
TURNS = (0.0, 45.0, 90.0, 135.0, 180.0)
TURN_WEIGHTS = (0.0, 1.0, 1.5, 2.0, 3.0)
DENSITY, MOVE = 10.0, 2.0


@dataclass(frozen=True)
class Score:
    """The figures of one drawing; None where they need an input, a cell or labels."""

    octilinear_share: float
    bends: int
    bend_weight: float
    crossings: int
    overlap: float
    order_weight: int
    spacing_cv: float
    displacement: float | None = None
    adjacencies_lost: int | None = None
    adjacencies_invented: int | None = None
    stations_lost: int | None = None
    objective: float | None = None
    labels_missing: int | None = None
    label_overlaps: int | None = None
    label_track_overlaps: int | None = None

    def as_dict(self) -> dict[str, float | int]:
        """The figures that there are."""
        return {key: value for key, value in self.__dict__.items() if value is not None}


def score(
    drawing: Graph,
    *,
    reference: Graph | None = None,
    cell: float | None = None,
    labels: Mapping[str, BaseGeometry] | None = None,
    width: float = 0.0,
) -> Score:
    """Measure a drawing, beside its input where one is given.

    Units: `cell` and `width` (of one line) in the drawing's own; `labels` by station.
    Raises: OptionError for a cell without a length.
    """
    if cell is not None and not cell > 0:
        raise OptionError(f"Nothing is counted in cells of {cell}.", "Give a length.")
    drawn = _smooth(drawing)
    bends, weight = count_bends(drawn)
    crossings, overlap = count_crossings(drawn)
    lengths = _station_distances(drawn)
    made = Score(
        octilinear_share(drawn), bends, weight, crossings, overlap, order_cost(drawn),
        float(lengths.std() / lengths.mean()),
    )  # fmt: skip
    if reference is not None:
        made = replace(made, **_beside(drawn, reference))
        if cell is not None:
            made = replace(made, objective=grid_objective(drawn, reference, cell))
    if labels is not None:
        made = replace(made, **_labels(drawn, labels, width))
    return made


def _smooth(graph: Graph) -> Graph:
    tolerance = SMOOTH * graph.mean_edge_length
    nodes = graph.nodes
    edges = []
    for edge in graph.edges:
        # Through the middle of both stations, so that clipped ends invent no bend.
        points = [nodes[edge.u].xy, *edge.points[1:-1], nodes[edge.v].xy]
        line = LineString(points)
        simple = line.simplify(tolerance, preserve_topology=False) if len(points) > 2 else line
        edges.append(replace(edge, points=tuple((x, y) for x, y in simple.coords)))
    return replace(graph, edges=tuple(edges))


def octilinear_share(graph: Graph) -> float:
    """The share of all length that runs within a degree of one of the eight directions."""
    right = whole = 0.0
    for edge in graph.edges:
        for a, b in itertools.pairwise(edge.points):
            length = math.dist(a, b)
            angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) % 45
            whole += length
            right += length if min(angle, 45 - angle) <= 1.0 else 0.0
    return right / whole if whole else 1.0


def turn_degrees(into: XY, onward: XY) -> float:
    """The turn between two directions: 0 is straight on, 180 back."""
    dot = into[0] * onward[0] + into[1] * onward[1]
    return math.degrees(math.acos(max(-1.0, min(1.0, dot))))


def turn_weight(degrees: float) -> float:
    """1, 1.5 and 2 for turns of 45, 90 and 135 degrees, linear between."""
    return float(np.interp(degrees, TURNS, TURN_WEIGHTS))


def count_bends(graph: Graph) -> tuple[int, float]:
    """Bends of more than ten degrees, each line's own, and their weight."""
    count, weight = 0, 0.0
    for edge in graph.edges:
        for a, b, c in zip(edge.points, edge.points[1:], edge.points[2:], strict=False):
            degrees = turn_degrees(unit(a, b), unit(b, c))
            if degrees > 10:
                count += len(edge.lines)
                weight += len(edge.lines) * turn_weight(degrees)
    for node in graph.nodes:
        for degrees in _line_turns(graph, node):
            if degrees > 10:
                count += 1
                weight += turn_weight(degrees)
    return count, weight


def _line_turns(graph: Graph, node: str) -> list[float]:
    """The turns that lines make at a node, each line's straightest pairs of edges first."""
    at = graph.incident[node]
    leave = {n: unit(*graph.edges[n].points_from(node)[:2]) for n in at}
    turns: list[float] = []
    for line in {line: None for n in at for line in graph.edges[n].lines}:
        pairs = sorted(
            (turn_degrees((-leave[e][0], -leave[e][1]), leave[f]), e, f)
            for e, f in itertools.combinations(at, 2)
            if graph.runs_through(node, line, e, f)
        )
        used: set[int] = set()
        for degrees, e, f in pairs:
            if e not in used or f not in used:
                used |= {e, f}
                turns.append(degrees)
    return turns


def count_crossings(graph: Graph) -> tuple[int, float]:
    """Points where edges cross away from their nodes, and the length they share, in L."""
    mean = graph.mean_edge_length
    courses = [LineString(edge.points) for edge in graph.edges]
    crossings, shared = 0, 0.0
    for i, j in zip(*STRtree(courses).query(courses, "intersects"), strict=True):
        if i >= j:
            continue
        meets = courses[i].intersection(courses[j])
        a, b = graph.edges[i], graph.edges[j]
        common = [graph.nodes[n].xy for n in {a.u, a.v} & {b.u, b.v}]
        for part in getattr(meets, "geoms", [meets]):
            if part.length > 1e-6 * mean:
                shared += part.length
            elif part.geom_type == "Point" and all(
                math.dist((part.x, part.y), place) > 1e-3 * mean for place in common
            ):
                crossings += 1
    return crossings, shared / mean


def _station_distances(graph: Graph) -> np.ndarray:
    nodes = graph.nodes
    pairs = {(e.u, e.v): e.length for e in graph.edges if nodes[e.u].station and nodes[e.v].station}
    return np.array(list(pairs.values()) or [e.length for e in graph.edges])


def _places(graph: Graph) -> dict[str, XY]:
    places = {}
    for station, nodes in graph.station_nodes.items():
        spots = np.array([graph.nodes[n].xy for n in nodes])
        places[station] = (float(spots[:, 0].mean()), float(spots[:, 1].mean()))
    return places


def _beside(drawn: Graph, reference: Graph) -> dict[str, Any]:
    here, there = _places(drawn), _places(reference)
    common = [station for station in there if station in here]
    moved = [math.dist(here[s], there[s]) for s in common]
    # What a reader sees, who knows nothing of exclusions.
    now = find_adjacencies(drawn, heed_exclusions=False)
    before = find_adjacencies(reference, heed_exclusions=False)
    return {
        "displacement": sum(moved) / max(1, len(moved)) / reference.mean_edge_length,
        "adjacencies_lost": len(before - now),
        "adjacencies_invented": len(now - before),
        "stations_lost": len(set(there) - set(here)),
    }


def grid_objective(graph: Graph, reference: Graph, cell: float) -> float:
    """Hops, bends, moves and crowding in the published weights."""
    kept, chains = find_chains(graph, frozenset())
    total = 0.0
    leaves: dict[str, list[tuple[XY, frozenset[str]]]] = defaultdict(list)
    for chain in chains:
        points: list[XY] = [graph.nodes[chain.nodes[0]].xy]
        for node, number in zip(chain.nodes, chain.edges, strict=False):
            points += graph.edges[number].points_from(node)[1:]
        points = straighten(points)
        total += _chain_cost(points, chain.inner, cell)
        for node, number, ends in (
            (chain.nodes[0], chain.edges[0], points[:2]),
            (chain.nodes[-1], chain.edges[-1], points[:-3:-1]),
        ):
            leaves[node].append((unit(*ends), frozenset(graph.edges[number].lines)))
    for away in leaves.values():
        for (a, lines_a), (b, lines_b) in itertools.combinations(away, 2):
            if lines_a & lines_b:
                total += 1.0 + turn_weight(turn_degrees((-a[0], -a[1]), b))
    homes = {node.station: node.xy for node in reference.nodes.values() if node.station}
    for key in kept:
        home = homes.get(str(graph.nodes[key].station))
        if home is not None:
            total += MOVE * math.dist(graph.nodes[key].xy, home) / cell
    return total


def _chain_cost(points: Sequence[XY], inner: int, cell: float) -> float:
    hops, cost = 0.0, 0.0
    for a, b in itertools.pairwise(points):
        dx, dy = abs(b[0] - a[0]) / cell, abs(b[1] - a[1]) / cell
        hops += max(dx, dy)
        cost += 0.5 * max(dx, dy) if min(dx, dy) > 0.2 * max(dx, dy) else 0.0
    for a, b, c in zip(points, points[1:], points[2:], strict=False):
        degrees = turn_degrees(unit(a, b), unit(b, c))
        cost += turn_weight(degrees) if degrees > 5 else 0.0
    whole = round(hops)
    short = inner + 1 - whole
    crowded = 0.5 * DENSITY / inner * short * short if inner and short > 0 else 0.0
    return cost + max(0, whole - 1) + crowded


def _labels(graph: Graph, labels: Mapping[str, BaseGeometry], width: float) -> dict[str, int]:
    grounds = list(labels.values())
    tree = STRtree(grounds)
    pairs = sum(
        grounds[i].intersection(grounds[j]).area > 0.01 * min(grounds[i].area, grounds[j].area)
        for i, j in zip(*tree.query(grounds, "intersects"), strict=True)
        if i < j
    )
    bands = [
        LineString(e.points).buffer(max(width * len(e.lines) / 2, 1e-9), cap_style="flat")
        for e in graph.edges
    ]
    under = STRtree(bands)
    covering = sum(
        any(
            bands[b].intersection(ground).area > 0.01 * ground.area
            for b in under.query(ground, "intersects")
        )
        for ground in grounds
    )
    missing = len(graph.station_nodes) - len(set(labels) & set(graph.station_nodes))
    return {"labels_missing": missing, "label_overlaps": pairs, "label_track_overlaps": covering}
