"""Set systems as metro maps beside a plain way to draw them; the second part of `make bench-metro`.

The plain way orders every set's elements by itself, by the shortest path over how unlike their
memberships are (nearest neighbour and 2-opt), places elements by a stress layout and joins them with
straight lines, its lines ordered on shared edges by the same solver. A crossing is one of two lines,
wherever it lies: where tracks cross, or within a bundle. A bend is a turn of a line of more than ten
degrees; `weighted` counts 1, 1.5 and 2 for 45, 90 and 135 degrees and what lies between.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import statistics
import time
from pathlib import Path

import numpy as np
from shapely.geometry import LineString
from shapely.strtree import STRtree

from benchmarks.metro_systems import SHAPES, from_evidence, make_system
from benchmarks.verdict import Line, say, show
from keten.errors import KetenError
from keten.metro import Drawing, Graph, SetSystem, draw_sets, order_lines, score
from keten.metro.sets import make_network

MOST_CROSSINGS, MOST_BENDS = 0.6, 0.7


def main() -> int:
    """Draw all, print what was measured, and give 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metro_sets", description=__doc__)
    parser.add_argument("--only", default="", help="systems whose names begin so")
    parser.add_argument("--effort", type=float, default=1.0)
    parser.add_argument("--out", type=Path, help="a folder to leave the drawings in")
    asked = parser.parse_args()
    systems = {f"{s} sets, {e} elements": make_system(s, e, seed) for s, e, seed in SHAPES}
    try:
        systems |= from_evidence(Path(os.environ.get("KETEN_HOME", "var")))
    except KetenError:
        say("no evidence in KETEN_HOME: only the systems drawn from seeds are measured")
    draw_sets(make_system(3, 9, 0), effort=0.05)  # compiled code is loaded before clocks run
    ratios: dict[str, list[float]] = {}
    missed = 0
    for name, system in systems.items():
        if name.startswith(asked.only):
            missed += show(name, measure(name, system, asked, ratios))
    most = {"crossings": MOST_CROSSINGS, "bends": MOST_BENDS}
    missed += show("on average, beside the plain drawing", [
        Line(f"{what}, times the plain drawing's", f"{statistics.mean(found):.3f}",
             f"at most {most[what]}" if what in most else "",
             statistics.mean(found) <= most[what] if what in most else None)
        for what, found in ratios.items()
    ])  # fmt: skip
    return 1 if missed else 0


def measure(
    name: str, system: SetSystem, asked: argparse.Namespace, ratios: dict[str, list[float]]
) -> list[Line]:
    """The lines of one system."""
    begun = time.process_time()
    made = draw_sets(system, title=name.capitalize(), effort=asked.effort)
    spent = time.process_time() - begun
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        made.save(asked.out / f"{name.replace(', ', '-').replace(' ', '-')}.svg")
    ours, plain = count(made.graph), count(draw_plainly(system))
    lines = [
        Line("distinct pairs that follow each other", f"{len(made.graph.edges)}"),
        Line("CPU seconds", f"{spent:.1f}"),
        Line("sets that are no simple path through their elements",
             f"{count_broken(made, system)}", "0", not count_broken(made, system)),
        Line("labels missing or overlapping", f"{count_lost(made)}", "0", not count_lost(made)),
    ]  # fmt: skip
    for what, value in ours.items():
        ratio = (value + 1e-9) / max(plain[what], 1e-9) if plain[what] else float(value > 0)
        ratios.setdefault(what, []).append(ratio)
        lines.append(Line(what, f"{value:.0f} / {plain[what]:.0f} = {ratio:.2f}"))
    return [*lines, *(Line("note", note[:90]) for note in made.notes)]


def count(graph: Graph) -> dict[str, float]:
    """Crossings of lines, bends, their weight, and the length of all lines in mean distances."""
    found = score(graph)
    length = sum(edge.length * len(edge.lines) for edge in graph.edges) / graph.mean_edge_length
    return {
        "crossings": float(count_line_crossings(graph)),
        "bends": float(found.bends),
        "weighted bends": found.bend_weight,
        "length": length,
    }


def count_line_crossings(graph: Graph) -> int:
    """Pairs of lines that cross where tracks cross, or at a node while they share a bundle there.

    Two lines that only meet in a station cross nothing: it is their interchange.
    """
    courses = [LineString(edge.points) for edge in graph.edges]
    small, total = 1e-3 * graph.mean_edge_length, 0
    for i, j in zip(*STRtree(courses).query(courses, "intersects"), strict=True):
        if i < j:
            a, b = graph.edges[i], graph.edges[j]
            shared = [graph.nodes[n].xy for n in {a.u, a.v} & {b.u, b.v}]
            meets = courses[i].intersection(courses[j])
            points = [p.centroid for p in getattr(meets, "geoms", [meets]) if not p.is_empty]
            away = [p for p in points if all(math.dist((p.x, p.y), xy) > small for xy in shared)]
            total += len(away) * len(a.lines) * len(b.lines)
    return total + sum(_crossings_at(graph, node) for node in graph.nodes)


def _crossings_at(graph: Graph, node: str) -> int:
    """Crossings at one node, read off the order in which lines leave it all around."""
    ports: list[tuple[float, int, int, str]] = []
    for number in graph.incident[node]:
        (x, y), (there_x, there_y) = graph.edges[number].points_from(node)[:2]
        angle = math.atan2(there_y - y, there_x - x)
        lines = graph.edges[number].lines_from(node)
        ports += [(angle, place, number, line) for place, line in enumerate(lines)]
    rank = {(number, line): i for i, (_, _, number, line) in enumerate(sorted(ports))}
    passing = [
        (line, e, f)
        for line in graph.lines_at(node)
        for e, f in itertools.combinations(graph.incident[node], 2)
        if graph.runs_through(node, line, e, f)
    ]
    total = 0
    for (a, e, f), (b, g, h) in itertools.combinations(passing, 2):
        if a != b and {e, f} & {g, h}:
            low, high = sorted((rank[e, a], rank[f, a]))
            total += (low < rank[g, b] < high) != (low < rank[h, b] < high)
    return total


def count_broken(made: Drawing, system: SetSystem) -> int:
    """Sets whose line is no simple path through just its elements."""
    graph, broken = made.graph, 0
    for name, members in system.sets.items():
        carrying = [edge for edge in graph.edges if name in edge.lines]
        ends = [end for edge in carrying for end in (edge.u, edge.v)]
        stops = {graph.nodes[end].station for end in ends}
        stops -= {
            None,
            *(graph.nodes[e].station for e in ends if name in graph.nodes[e].not_serving),
        }
        simple = max((ends.count(end) for end in ends), default=0) <= 2
        broken += len(members) > 1 and not (simple and stops == set(members))
    return broken


def count_lost(made: Drawing) -> int:
    """Labels that are missing, or that lie on each other."""
    found = score(made.graph, labels={label.station: label.ground for label in made.labels})
    return (found.labels_missing or 0) + (found.label_overlaps or 0)


def draw_plainly(system: SetSystem) -> Graph:
    """The plain drawing: each set's own shortest path, a stress layout, straight lines."""
    holders = {key: {n for n, m in system.sets.items() if key in m} for key in system.elements}
    orders = {name: _walk(sorted(members), holders) for name, members in system.sets.items()}
    return order_lines(make_network(system, orders))


def _walk(members: list[str], holders: dict[str, set[str]]) -> tuple[str, ...]:
    """A short path by nearest neighbour, then 2-opt, over one minus the Jaccard index."""
    far = np.array([
        [1 - len(holders[a] & holders[b]) / len(holders[a] | holders[b]) for b in members]
        for a in members
    ])  # fmt: skip
    left = list(range(1, len(members)))
    path = [0] if members else []
    while left:
        path.append(min(left, key=lambda i: (far[path[-1], i], i)))
        left.remove(path[-1])
    better = True
    while better:
        better = False
        for i, j in itertools.combinations(range(1, len(path)), 2):
            gain = far[path[i - 1], path[i]] - far[path[i - 1], path[j]]
            if j + 1 < len(path):
                gain += far[path[j], path[j + 1]] - far[path[i], path[j + 1]]
            if gain > 1e-9:
                path[i : j + 1] = path[i : j + 1][::-1]
                better = True
    return tuple(members[i] for i in path)


if __name__ == "__main__":
    raise SystemExit(main())
