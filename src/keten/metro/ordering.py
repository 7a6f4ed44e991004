"""Puts the lines of every bundle in the order that crosses and separates least, with a proof.

Last of all stages that touch the network, since what crosses depends on the drawn angles. Stations
that a bundle merely passes are left out first: an order that changes there could change at the end
of the chain for no more. Then a constraint solver finds the best and proves it.

Source: the costs of Bast, Brosi and Storandt, "Efficient Generation of Geographically Accurate
Transit Maps" (2018): crossings and separations weigh more at stations, and more where many edges
meet.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from keten.metro.graph import Graph

SAME, PARTING, APART = 4, 1, 3  # crossing in a bundle, crossing where it parts, separation
AT_STATION, AT_STATION_PARTING = 3, 3  # how much more each counts at a station
SECONDS = 20.0  # of the solver's own deterministic clock, at effort 1


@dataclass(frozen=True)
class Swap:
    """A pair of lines at two bundle ends; it costs `cost` if their order agrees or not.

    `same` says what costs: the same order read outward on both, or a different one.
    """

    first: tuple[int, str, str]
    second: tuple[int, str, str]
    cost: int


@dataclass(frozen=True)
class Costs:
    """What an order may cost. Bundle ends are (edge, line, line): 'first lies before second'."""

    alike: tuple[Swap, ...]
    single: tuple[tuple[tuple[int, str, str], int], ...]
    apart: tuple[tuple[int, int, str, str, int], ...]


def order_lines(graph: Graph, *, effort: float = 1.0) -> Graph:
    """The network with the lines of each edge in their best order, and a note if it is unproven.

    Units: `effort` scales the solver's deterministic clock, which counts work and not seconds.
    """
    bundle_of, flipped = find_bundles(graph)
    costs = weigh_orders(graph)
    model = Model(graph, bundle_of, flipped)
    model.add(costs)
    orders, proven = model.solve(SECONDS * effort)
    ordered = graph.with_order(orders)
    if not proven:
        note = "the order of lines is good, but was not proven best"
        ordered = replace(ordered, notes=(*ordered.notes, note))
    return ordered


def order_cost(graph: Graph) -> int:
    """The weighted crossings and separations of the orders as they are."""
    costs = weigh_orders(graph)
    place = [{line: i for i, line in enumerate(edge.lines)} for edge in graph.edges]

    def before(end: tuple[int, str, str]) -> bool:
        edge, a, b = end
        return place[edge][a] < place[edge][b]

    def side_by_side(edge: int, a: str, b: str) -> bool:
        return abs(place[edge][a] - place[edge][b]) == 1

    total = sum(swap.cost for swap in costs.alike if before(swap.first) == before(swap.second))
    total += sum(cost for end, cost in costs.single if before(end))
    for e, f, a, b, cost in costs.apart:
        total += cost * (side_by_side(e, a, b) != side_by_side(f, a, b))
    return total


def weigh_orders(graph: Graph) -> Costs:
    """All that the order of lines may cost, node by node."""
    most = max((len(at) for at in graph.incident.values()), default=0)
    alike: list[Swap] = []
    single: dict[tuple[int, str, str], int] = {}
    apart: list[tuple[int, int, str, str, int]] = []
    for node in graph.nodes:
        at = graph.incident[node]
        stop = graph.nodes[node].station is not None
        weight = most if stop and len(at) == 2 else len(at)
        for e, f in itertools.combinations(at, 2):
            through = [line for line in graph.lines if graph.runs_through(node, line, e, f)]
            for a, b in itertools.combinations(through, 2):
                factor = weight * (AT_STATION if stop else 1)
                alike.append(_swap(graph, node, (e, f), (a, b), factor * SAME))
                apart.append((e, f, a, b, factor * APART))
        factor = weight * PARTING * (AT_STATION_PARTING if stop else 1)
        if len(at) > 2:
            for end in _partings(graph, node):
                single[end] = single.get(end, 0) + factor
    return Costs(tuple(alike), tuple(single.items()), tuple(apart))


def _swap(
    graph: Graph, node: str, edges: tuple[int, int], pair: tuple[str, str], cost: int
) -> Swap:
    """Two lines cross between two edges if they are in one order read outward on both."""
    a, b = pair
    ends = [(number, a, b) if graph.edges[number].u == node else (number, b, a) for number in edges]
    return Swap(ends[0], ends[1], cost)


def _partings(graph: Graph, node: str) -> list[tuple[int, str, str]]:
    """(edge, line, line) in orders that cross because the lines part at this node, with repeats."""
    here = graph.nodes[node].xy
    angle: dict[int, float] = {}
    for number in graph.incident[node]:
        there = graph.edges[number].points_from(node)[1]
        angle[number] = math.atan2(there[1] - here[1], there[0] - here[0])
    found: list[tuple[int, str, str]] = []
    for e in graph.incident[node]:
        others = sorted(
            (f for f in graph.incident[node] if f != e),
            key=lambda f: (angle[e] - angle[f]) % (2 * math.pi),
        )
        goes = {
            line: [k for k, f in enumerate(others) if graph.runs_through(node, line, e, f)]
            for line in graph.edges[e].lines
        }
        for a, b in itertools.permutations(graph.edges[e].lines, 2):
            for f, g in itertools.product(goes[a], goes[b]):
                if f > g and not (f in goes[b] and g in goes[a]):
                    outward = graph.edges[e].u == node
                    found.append((e, a, b) if outward else (e, b, a))
    return found


def find_bundles(graph: Graph) -> tuple[list[int], list[bool]]:
    """For each edge the number of its bundle, and whether it runs against it.

    A bundle goes on through a station with two edges that carry the same lines, all running on.
    """
    bundle = [-1] * len(graph.edges)
    flipped = [False] * len(graph.edges)
    for start in range(len(graph.edges)):
        if bundle[start] >= 0:
            continue
        bundle[start] = start
        for end in (graph.edges[start].v, graph.edges[start].u):
            node, number = end, start
            while (onward := _goes_on(graph, node, number)) is not None and bundle[onward] < 0:
                bundle[onward] = start
                same = (graph.edges[number].v == node) == (graph.edges[onward].u == node)
                flipped[onward] = flipped[number] if same else not flipped[number]
                node, number = graph.edges[onward].other(node), onward
    return bundle, flipped


def _goes_on(graph: Graph, node: str, number: int) -> int | None:
    at = graph.incident[node]
    if len(at) != 2 or graph.nodes[node].station is None:
        return None
    onward = at[0] if at[1] == number else at[1]
    lines = graph.edges[number].lines
    whole = set(lines) == set(graph.edges[onward].lines) and all(
        graph.runs_through(node, line, number, onward) for line in lines
    )
    return onward if whole else None


class Model:
    """The constraint model: for each bundle and pair of lines, which comes first."""

    def __init__(self, graph: Graph, bundle_of: Sequence[int], flipped: Sequence[bool]) -> None:
        self.graph = graph
        self.bundle_of = bundle_of
        self.flipped = flipped
        self.model = cp_model.CpModel()
        self.first: dict[tuple[int, str, str], cp_model.IntVar] = {}
        self.gap: dict[tuple[int, str, str], cp_model.IntVar] = {}
        self.cost: list[cp_model.LinearExprT] = []
        self.lines = {b: sorted(graph.edges[b].lines) for b in sorted(set(bundle_of))}
        for bundle, lines in self.lines.items():
            self._add_bundle(bundle, lines)

    def _add_bundle(self, bundle: int, lines: list[str]) -> None:
        place = {line: i for i, line in enumerate(self.graph.edges[bundle].lines)}
        for a, b in itertools.combinations(lines, 2):
            variable = self.model.new_bool_var(f"{bundle} {a} {b}")
            self.first[bundle, a, b] = variable
            self.model.add_hint(variable, place[a] < place[b])
        for a, b, c in itertools.combinations(lines, 3):
            ab, bc, ac = (self.first[bundle, x, y] for x, y in ((a, b), (b, c), (a, c)))
            self.model.add_bool_or(~ab, ~bc, ac)
            self.model.add_bool_or(ab, bc, ~ac)

    def before(self, end: tuple[int, str, str]) -> cp_model.LiteralT:
        """Whether the first line lies before the second on an edge."""
        edge, a, b = end
        bundle = self.bundle_of[edge]
        if self.flipped[edge]:
            a, b = b, a
        return self.first[bundle, a, b] if a < b else ~self.first[bundle, b, a]

    def add(self, costs: Costs) -> None:
        """Add what orders cost."""
        for swap in costs.alike:
            p, q = self.before(swap.first), self.before(swap.second)
            bundles = {self.bundle_of[end[0]] for end in (swap.first, swap.second)}
            if len(bundles) > 1:
                alike = self.model.new_bool_var("")
                self.model.add_bool_or(alike, ~p, ~q)
                self.model.add_bool_or(alike, p, q)
                self.cost.append(swap.cost * alike)
        self.cost += [cost * self.before(end) for end, cost in costs.single]
        for e, f, a, b, cost in costs.apart:
            if self.bundle_of[e] != self.bundle_of[f]:
                p, q = self.parted(self.bundle_of[e], a, b), self.parted(self.bundle_of[f], a, b)
                unlike = self.model.new_bool_var("")
                self.model.add(unlike >= p - q)
                self.model.add(unlike >= q - p)
                self.cost.append(cost * unlike)

    def parted(self, bundle: int, a: str, b: str) -> cp_model.IntVar:
        """Whether another line lies between two lines of a bundle."""
        a, b = sorted((a, b))
        if (bundle, a, b) not in self.gap:
            gap = self.model.new_bool_var("")
            lines = self.lines[bundle]
            ahead = self._rank(bundle, b) - self._rank(bundle, a)
            first = self.first[bundle, a, b]
            most = max(0, len(lines) - 2)
            for literal, distance in ((first, ahead), (~first, -ahead)):
                self.model.add(distance >= 1 + gap).only_enforce_if(literal)
                self.model.add(distance <= 1 + most * gap).only_enforce_if(literal)
            self.gap[bundle, a, b] = gap
        return self.gap[bundle, a, b]

    def _rank(self, bundle: int, line: str) -> cp_model.LinearExpr:
        terms: list[cp_model.LinearExprT] = []
        for other in self.lines[bundle]:
            if other < line:
                terms.append(self.first[bundle, other, line])
            elif other > line:
                terms.append(1 - self.first[bundle, line, other])
        return cp_model.LinearExpr.sum(terms)

    def solve(self, seconds: float) -> tuple[list[tuple[str, ...]], bool]:
        """The orders, edge by edge, and whether they are proven best."""
        self.model.minimize(sum(self.cost))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = seconds
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return [edge.lines for edge in self.graph.edges], False
        orders: list[tuple[str, ...]] = []
        for number in range(len(self.graph.edges)):
            bundle = self.bundle_of[number]
            lines = self.lines[bundle]
            rank = dict.fromkeys(lines, 0)
            for a, b in itertools.combinations(lines, 2):
                rank[b if solver.value(self.first[bundle, a, b]) else a] += 1
            order = tuple(sorted(lines, key=lambda line: rank[line]))
            orders.append(order[::-1] if self.flipped[number] else order)
        return orders, status == cp_model.OPTIMAL
