"""Makes a network smaller before it is laid out, and remembers what it took away.

Two things go: nodes without a stop that lie within a short edge of another node, where no line
gains or loses a stop by it; and chains of through-stations, which become one edge each with a
count of stations on it. What is taken here is put back by `GridLayout.to_graph`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from keten.metro.graph import Edge, Graph, Node
from keten.metro.topology import find_adjacencies

SHORT_SHARE = 0.6  # of a cell: below this two nodes would want one cell


@dataclass(frozen=True)
class Chain:
    """Track between two kept nodes: `nodes` with both ends, `edges` their numbers in order."""

    nodes: tuple[str, ...]
    edges: tuple[int, ...]

    @property
    def inner(self) -> int:
        """How many stations lie on it."""
        return len(self.nodes) - 2


@dataclass(frozen=True)
class Contraction:
    """`graph` after merging, the nodes `kept` for the layout, the `chains` between them.

    `merged` says which node went into which.
    """

    graph: Graph
    kept: tuple[str, ...]
    chains: tuple[Chain, ...]
    merged: dict[str, str]


def contract(graph: Graph, *, cell: float, keep: Collection[str] = ()) -> Contraction:
    """Merge needless nodes and find the chains.

    Units: `cell` in the graph's own. `keep` names nodes (pinned ones) that stay nodes.
    """
    merged_graph, merged = merge_short_edges(graph, SHORT_SHARE * cell, frozenset(keep))
    kept, chains = find_chains(merged_graph, frozenset(keep))
    return Contraction(merged_graph, kept, chains, merged)


def merge_short_edges(
    graph: Graph, short: float, keep: frozenset[str]
) -> tuple[Graph, dict[str, str]]:
    """Merge nodes without a stop over edges shorter than `short`, shortest first.

    A merge that would change which stops follow each other on a line is not made.
    """
    merged: dict[str, str] = {}
    barred: set[frozenset[str]] = set()
    wanted = (find_adjacencies(graph), find_adjacencies(graph, heed_exclusions=False))
    while True:
        candidate = _shortest_mergeable(graph, short, keep, barred)
        if candidate is None:
            return graph, merged
        gone, into = candidate
        tried = _merge(graph, gone, into)
        found = (find_adjacencies(tried), find_adjacencies(tried, heed_exclusions=False))
        if tried.edges and found == wanted and len(tried.incident[into]) <= 8:
            merged[gone] = into
            graph = tried
        else:
            barred.add(frozenset(candidate))


def _shortest_mergeable(
    graph: Graph, short: float, keep: frozenset[str], barred: set[frozenset[str]]
) -> tuple[str, str] | None:
    """The node to drop and the one to take its edges, over the shortest edge that allows it."""
    best: tuple[float, str, str] | None = None
    for edge in graph.edges:
        if edge.length >= short or frozenset((edge.u, edge.v)) in barred:
            continue
        loose = [n for n in (edge.v, edge.u) if graph.nodes[n].station is None and n not in keep]
        if loose and (best is None or edge.length < best[0]):
            best = (edge.length, loose[0], edge.other(loose[0]))
    return best[1:] if best else None


def _merge(graph: Graph, gone: str, into: str) -> Graph:
    """`gone` taken out and its edges led to `into`; parallel edges become one."""
    there = graph.nodes[into].xy
    edges: list[Edge] = []
    place: dict[frozenset[str], int] = {}
    for edge in graph.edges:
        if {edge.u, edge.v} == {gone, into}:
            continue
        if edge.u == gone:
            edge = replace(edge, u=into, points=(there, *edge.points[1:]))  # noqa: PLW2901
        elif edge.v == gone:
            edge = replace(edge, v=into, points=(*edge.points[:-1], there))  # noqa: PLW2901
        ends = frozenset((edge.u, edge.v))
        if ends in place and into in ends:
            first = edges[place[ends]]
            union = (*first.lines, *(line for line in edge.lines if line not in first.lines))
            edges[place[ends]] = replace(first, lines=union)
        else:
            place[ends] = len(edges)
            edges.append(edge)
    nodes = {key: node for key, node in graph.nodes.items() if key != gone}
    excluded = frozenset(
        (into if at == gone else at, line, frozenset(into if e == gone else e for e in ends))
        for at, line, ends in graph.excluded
        if not (at in (gone, into) and ends & {gone, into})
    )
    return replace(graph, nodes=nodes, edges=tuple(edges), excluded=excluded)


def is_through(graph: Graph, node: str) -> bool:
    """Whether a node merely lies on a chain: two edges, to two different neighbours."""
    at = graph.incident[node]
    return len(at) == 2 and graph.edges[at[0]].other(node) != graph.edges[at[1]].other(node)


def find_chains(graph: Graph, keep: frozenset[str]) -> tuple[tuple[str, ...], tuple[Chain, ...]]:
    """The nodes where chains end, and the chains.

    A chain from a node back to itself is cut at two of its stations, and a ring without any
    branch at three, so that every edge of the layout has two ends.
    """
    ends = {n for n in graph.nodes if graph.incident[n] and (not is_through(graph, n) or n in keep)}
    while True:
        chains, rings = _walk_chains(graph, ends)
        cut = _cuts(chains, rings)
        if not cut:
            kept = tuple(node for node in graph.nodes if node in ends)
            return kept, tuple(chains)
        ends |= cut


def _walk_chains(graph: Graph, ends: set[str]) -> tuple[list[Chain], list[list[str]]]:
    used: set[int] = set()
    chains: list[Chain] = []
    for start in (n for n in graph.nodes if n in ends):
        for first in graph.incident[start]:
            if first not in used:
                chains.append(_walk(graph, start, first, ends))
                used |= set(chains[-1].edges)
    rings: list[list[str]] = []
    for number, edge in enumerate(graph.edges):
        if number not in used:
            ring = _walk(graph, edge.u, number, {edge.u})
            used |= set(ring.edges)
            rings.append(list(ring.nodes[:-1]))
    return chains, rings


def _walk(graph: Graph, start: str, first: int, ends: set[str]) -> Chain:
    nodes, edges = [start, graph.edges[first].other(start)], [first]
    while nodes[-1] not in ends:
        here = nodes[-1]
        onward = next(n for n in graph.incident[here] if n != edges[-1])
        edges.append(onward)
        nodes.append(graph.edges[onward].other(here))
    return Chain(tuple(nodes), tuple(edges))


def _cuts(chains: list[Chain], rings: list[list[str]]) -> set[str]:
    cut: set[str] = set()
    for chain in chains:
        if chain.nodes[0] == chain.nodes[-1]:
            third = len(chain.nodes) // 3
            cut |= {chain.nodes[third], chain.nodes[-1 - third]}
    for ring in rings:
        cut |= {ring[0], ring[len(ring) // 3], ring[2 * len(ring) // 3]}
    return cut


def split_crowded(graph: Graph) -> Graph:
    """Nodes with more than eight edges made two nodes of one station, until none is left.

    Eight directions leave a point; a ninth edge needs a second point. What was split is in `notes`.
    """
    crowded = [node for node in graph.nodes if len(graph.incident[node]) > 8]
    notes = list(graph.notes)
    for node in crowded:
        here = graph.nodes[node]
        name = here.label or here.id
        notes.append(f"{name} has {len(graph.incident[node])} edges and is drawn as a long station")
    count = 0
    while crowded:
        graph = _split(graph, crowded[0], f"{crowded[0]}~{count}")
        count += 1
        crowded = [node for node in graph.nodes if len(graph.incident[node]) > 8]
    return replace(graph, notes=tuple(notes))


def _split(graph: Graph, node: str, twin: str) -> Graph:
    """Half of a node's edges, those towards one side, led to a twin beside it."""
    here = graph.nodes[node]
    by_side = sorted(
        graph.incident[node],
        key=lambda n: (graph.edges[n].points_from(node)[-1][0] - here.x, n),
    )
    moved = set(by_side[-min(7, len(by_side) - 7) :])
    shift = 0.3 * graph.mean_edge_length
    other = Node(
        twin, here.x + shift, here.y, here.station or f"node {node}", here.label, here.importance
    )
    nodes = dict(graph.nodes) | {twin: other}
    if here.station is None:
        nodes[node] = replace(here, station=other.station)
    edges: list[Edge] = []
    for number, edge in enumerate(graph.edges):
        if number not in moved:
            edges.append(edge)
        elif edge.u == node:
            edges.append(replace(edge, u=twin, points=(other.xy, *edge.points[1:])))
        else:
            edges.append(replace(edge, v=twin, points=(*edge.points[:-1], other.xy)))
    stay = {line for n in by_side if n not in moved for line in graph.edges[n].lines}
    away = {line for n in moved for line in graph.edges[n].lines}
    shared = tuple(line for line in graph.lines if line in stay & away)
    edges.append(Edge(node, twin, shared, (here.xy, other.xy)))
    moved_to = {graph.edges[n].other(node) for n in moved}
    excluded = frozenset(
        (at, line, ends) for at, line, ends in graph.excluded if at != node and node not in ends
    ) | frozenset(
        (at, line, frozenset(twin if e == node and at in moved_to else e for e in ends))
        for at, line, ends in graph.excluded
        if at != node and node in ends
    )
    return replace(graph, nodes=nodes, edges=tuple(edges), excluded=excluded)
