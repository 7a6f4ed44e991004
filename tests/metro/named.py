"""Tiny networks with names, each for one thing that goes wrong when drawn carelessly."""

from __future__ import annotations

import math
from collections.abc import Mapping

from keten.metro import Edge, Graph, Line, Node


def make(places: Mapping[str, tuple[float, float]], edges: Mapping[str, str]) -> Graph:
    """`edges` maps 'a-b' to its lines, one letter each; a place in capitals is a junction."""
    nodes = {
        key: Node(key, x, y, None if key.isupper() else key, "" if key.isupper() else f"Stop {key}")
        for key, (x, y) in places.items()
    }
    ids = sorted(set("".join(edges.values())))
    made = []
    for pair, lines in edges.items():
        u, v = pair.split("-")
        made.append(Edge(u, v, tuple(lines), (places[u], places[v])))
    return Graph(nodes, tuple(made), {line: Line(line, f"Line {line}") for line in ids})


def triangle() -> Graph:
    return make({"a": (0, 0), "b": (100, 0), "c": (50, 80)}, {"a-b": "x", "b-c": "x", "c-a": "x"})


def terminus_on_a_loop() -> Graph:
    ring = {f"r{i}": (100 * math.cos(i), 100 * math.sin(i)) for i in range(6)}
    edges = {f"r{i}-r{(i + 1) % 6}": "x" for i in range(6)}
    return make(ring | {"t": (220.0, 0.0)}, edges | {"r0-t": "y", "r0-r1": "xy"})


def bundle_that_rejoins() -> Graph:
    places = {"a": (0, 0), "b": (100, 0), "c": (200, 60), "d": (200, -60), "e": (300, 0)}
    places |= {"f": (400, 0)}
    edges = {"a-b": "xyz", "b-c": "xz", "b-d": "y", "c-e": "xz", "d-e": "y", "e-f": "xyz"}
    return make(places, edges)


def star_of_eight() -> Graph:
    places = {"m": (0.0, 0.0)}
    edges = {}
    for i in range(8):
        places[f"s{i}"] = (math.cos(i * math.pi / 4) * 100, math.sin(i * math.pi / 4) * 100)
        edges[f"m-s{i}"] = "abcdabcd"[i]
    return make(places, edges)


def star_of_eleven() -> Graph:
    places = {"m": (0.0, 0.0)}
    edges = {}
    for i in range(11):
        angle = i * 2 * math.pi / 11
        places[f"s{i}"] = (math.cos(angle) * 100, math.sin(angle) * 100)
        edges[f"m-s{i}"] = "abcdefghijk"[i]
    return make(places, edges)


def junction_without_a_stop() -> Graph:
    return make(
        {"a": (0, 0), "J": (100, 5), "b": (200, 60), "c": (200, -60)},
        {"a-J": "xy", "J-b": "x", "J-c": "y"},
    )


def two_parts() -> Graph:
    return make(
        {"a": (0, 0), "b": (100, 0), "c": (0, 300), "d": (120, 300)}, {"a-b": "x", "c-d": "y"}
    )


def in_one_spot() -> Graph:
    return make({"a": (0, 0), "b": (0, 0), "c": (100, 0)}, {"a-b": "x", "b-c": "x"})


NAMED = {
    f.__name__: f
    for f in (
        triangle, terminus_on_a_loop, bundle_that_rejoins, star_of_eight, star_of_eleven,
        junction_without_a_stop, two_parts, in_one_spot,
    )
}  # fmt: skip
