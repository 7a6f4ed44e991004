"""Networks of networkx as line graphs; networkx itself is not needed here."""

from __future__ import annotations

from typing import Any

from keten.metro.errors import GraphError
from keten.metro.graph import Edge, Graph, Line, Node, check

ONLY_LINE = "network"


def is_networkx(source: Any) -> bool:
    """Whether something looks like a graph of networkx."""
    return callable(getattr(source, "edges", None)) and hasattr(source, "adj")


def from_networkx(network: Any) -> Graph:
    """A line graph from an undirected networkx graph.

    Nodes carry `pos` (a pair) or `x` and `y`, and may carry `label`, `importance`, `group`, and
    `station` (None: a junction without a stop). Edges carry `lines`, each an id or a `Line`; where
    none does, all edges are one line.
    """
    nodes = {str(key): _node(str(key), data) for key, data in network.nodes(data=True)}
    lines: dict[str, Line] = {}
    edges: list[Edge] = []
    plain = not any(data.get("lines") for _, _, data in network.edges(data=True))
    for a, b, data in network.edges(data=True):
        u, v = str(a), str(b)
        carried = [ONLY_LINE] if plain else list(data.get("lines") or ())
        ids: list[str] = []
        for line in carried:
            made = line if isinstance(line, Line) else Line(str(line), str(line))
            lines.setdefault(made.id, made)
            if made.id not in ids:
                ids.append(made.id)
        if u != v:
            edges.append(Edge(u, v, tuple(ids), (nodes[u].xy, nodes[v].xy)))
    return check(Graph(nodes, tuple(edges), lines))


def _node(key: str, data: dict[str, Any]) -> Node:
    place = data.get("pos") or (data.get("x"), data.get("y"))
    if place[0] is None or place[1] is None:
        raise GraphError(f"Node {key!r} has no place.", "Give it pos, or x and y.")
    station = data.get("station", key)
    return Node(
        key,
        float(place[0]),
        float(place[1]),
        None if station is None else str(station),
        str(data.get("label", key)) if station is not None else "",
        float(data.get("importance", 1.0)),
        data.get("group"),
    )
