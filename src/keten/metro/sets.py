"""Draws set systems as metro maps: each set a line through its elements, shared ones interchanges.

Elements of equal membership stay together on every line. The order of a set's elements, where it
is free, is chosen so that sets run together where they can: few distinct edges, hence few bends
and crossings. Places, where none are given, come from a stress layout; then the engine for networks
takes over, with little regard for where things were.

Source: the pipeline of Jacobsen, Wallinger, Kobourov and Nöllenburg, "MetroSets" (2020).
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from keten.metro.drawing import CELL, Drawing, Progress, draw
from keten.metro.errors import InputError
from keten.metro.graph import XY, Edge, Graph, Line, Node, check
from keten.metro.layout import Weights
from keten.metro.relaxing import Aims
from keten.metro.scene import Style
from keten.metro.scoring import score
from keten.metro.weaving import weave_sets

Floats = NDArray[np.float64]
ROUNDS = 6
LINK = "~link"  # the quiet line of all links
MANY = 120  # elements of which one try is enough
FEW = 30  # elements that fit with letters of the usual size
AGAIN = 0.75  # how much smaller letters are where some found no place
CELLS = 3.0  # of the grid for each element, at least
NEW_EDGE = 10.0  # what an edge costs that no other set has, against 1 for one that another has


@dataclass(frozen=True)
class Element:
    """One element: `place` where it has coordinates, `importance` 0..1."""

    id: str
    label: str = ""
    place: XY | None = None
    importance: float = 1.0
    group: str | None = None


@dataclass(frozen=True)
class SetSystem:
    """Named sets of elements. With `ordered`, each set's elements come in the order of its line.

    `labels` and `colours` are those of the sets; `links` are pairs of elements that belong together
    without being a set, drawn as one quiet line that the legend calls `link_label`.
    """

    sets: Mapping[str, tuple[str, ...]]
    elements: Mapping[str, Element]
    ordered: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()
    link_label: str = ""


def read_sets(
    table: Mapping[str, Collection[str]],
    elements: Iterable[Element] | Mapping[str, str] = (),
    *,
    ordered: bool = False,
    labels: Mapping[str, str] | None = None,
    links: Iterable[tuple[str, str]] = (),
    link_label: str = "",
) -> SetSystem:
    """A set system from a table of set to elements; `elements` may be labels or more.

    Raises: InputError where a set names an element twice, none names any, or a link joins an
    element that no set names.
    """
    known = (
        {key: Element(key, label) for key, label in elements.items()}
        if isinstance(elements, Mapping)
        else {element.id: element for element in elements}
    )
    sets: dict[str, tuple[str, ...]] = {}
    for name, members in table.items():
        listed = tuple(members) if isinstance(members, Sequence) else tuple(sorted(members))
        if len(set(listed)) != len(listed):
            twice = next(m for m in listed if listed.count(m) > 1)
            raise InputError(f"Set {name!r} names {twice!r} twice.", "Name each element once.")
        sets[name] = listed
        for member in listed:
            known.setdefault(member, Element(member, member))
    if not any(sets.values()):
        raise InputError("No set has an element.", "Give one set with two elements at least.")
    held = {member for members in sets.values() for member in members}
    pairs = tuple((a, b) for a, b in links if a != b)
    for pair in pairs:
        if not held >= set(pair):
            raise InputError(f"The link {pair!r} joins what is in no set.", "Name it in a set.")
    return SetSystem(sets, known, ordered, dict(labels or {}), links=pairs, link_label=link_label)


def order_sets(system: SetSystem) -> dict[str, tuple[str, ...]]:
    """An order for the elements of every set, shared stretches alike wherever that can be."""
    if system.ordered:
        return dict(system.sets)
    groups = find_groups(system)
    blocks = {name: _blocks_of(members, groups) for name, members in system.sets.items()}
    paths: dict[str, list[int]] = {}
    for name in sorted(blocks, key=lambda n: (-len(blocks[n]), n)):
        paths[name] = _shorten(blocks[name], _prices(system, groups, paths, name))
    for _ in range(ROUNDS):
        before = {name: list(path) for name, path in paths.items()}
        for name in sorted(paths):
            paths[name] = _shorten(paths[name], _prices(system, groups, paths, name))
        if paths == before:
            break
    return _turn_groups(groups, paths)


def find_groups(system: SetSystem) -> list[tuple[str, ...]]:
    """Elements by equal membership, in the order of their first mention."""
    member_of: dict[str, list[str]] = defaultdict(list)
    for name, members in system.sets.items():
        for member in members:
            member_of[member].append(name)
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for member, names in member_of.items():
        found[tuple(names)].append(member)
    return [tuple(members) for members in found.values()]


def _blocks_of(members: Sequence[str], groups: Sequence[tuple[str, ...]]) -> list[int]:
    held = set(members)
    return [i for i, group in enumerate(groups) if group[0] in held]


def _prices(
    system: SetSystem,
    groups: Sequence[tuple[str, ...]],
    paths: Mapping[str, Sequence[int]],
    but: str,
) -> Floats:
    """What it costs that one group follows another on a line, given the lines of other sets.

    An edge that others have costs little; groups that share sets cost less; far ones cost more.
    """
    count = len(groups)
    members = [{name for name, held in system.sets.items() if group[0] in held} for group in groups]
    prices = np.full((count, count), NEW_EDGE)
    for i, j in itertools.combinations(range(count), 2):
        union = len(members[i] | members[j])
        prices[i, j] = prices[j, i] = NEW_EDGE - 6.0 * len(members[i] & members[j]) / union
    places = [system.elements[group[0]].place for group in groups]
    known = [p for p in places if p is not None]
    if len(known) == count and count > 1:
        spots = np.array(known)
        far = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
        prices = 0.3 * prices + 10.0 * far / max(float(far.max()), 1e-12)
    for name, path in paths.items():
        if name != but:
            for a, b in itertools.pairwise(path):
                prices[a, b] = prices[b, a] = min(prices[a, b], 1.0)
    return prices


def _shorten(path: Sequence[int], prices: Floats) -> list[int]:
    """A path made cheaper by moving stretches of it, turned or not, until none gains."""
    best = _grow(path, prices)
    improved = True
    while improved:
        improved = False
        for i, j in itertools.combinations(range(len(best) + 1), 2):
            if j - i < 2:
                continue
            tried = best[:i] + best[i:j][::-1] + best[j:]
            if _price(tried, prices) < _price(best, prices) - 1e-9:
                best, improved = tried, True
        for i, k in itertools.product(range(len(best)), range(len(best))):
            rest = best[:i] + best[i + 1 :]
            tried = [*rest[:k], best[i], *rest[k:]]
            if _price(tried, prices) < _price(best, prices) - 1e-9:
                best, improved = tried, True
    return best


def _grow(members: Sequence[int], prices: Floats) -> list[int]:
    """The cheaper of the path as it is and one grown at both ends by the nearest."""
    if len(members) < 3:
        return list(members)
    a, b = min(itertools.combinations(members, 2), key=lambda p: (prices[p], p))
    grown, left = [a, b], [m for m in members if m not in (a, b)]
    while left:
        head = min(left, key=lambda m: (prices[grown[0], m], m))
        tail = min(left, key=lambda m: (prices[grown[-1], m], m))
        if prices[grown[0], head] < prices[grown[-1], tail]:
            grown.insert(0, head)
            left.remove(head)
        else:
            grown.append(tail)
            left.remove(tail)
    return min(grown, list(members), key=lambda path: _price(path, prices))


def _price(path: Sequence[int], prices: Floats) -> float:
    return float(prices[path[:-1], path[1:]].sum()) if len(path) > 1 else 0.0


def _turn_groups(
    groups: Sequence[tuple[str, ...]], paths: Mapping[str, Sequence[int]]
) -> dict[str, tuple[str, ...]]:
    """Elements for groups, each group read the way round that shares most edges."""
    used: set[frozenset[str]] = set()
    orders: dict[str, tuple[str, ...]] = {}
    for name, path in paths.items():
        order: list[str] = []
        for block in path:
            options = (groups[block], groups[block][::-1])
            # A new edge is worth avoiding; a group of one has but one way.
            best = min(
                options, key=lambda o: bool(order) and frozenset((order[-1], o[0])) not in used
            )
            order += best
        used |= {frozenset(pair) for pair in itertools.pairwise(order)}
        orders[name] = tuple(order)
    return {name: orders[name] for name in sorted(orders, key=list(paths).index)}


def arrange(
    system: SetSystem, *, seed: int = 0, effort: float = 1.0
) -> tuple[dict[str, tuple[str, ...]], dict[str, XY]]:
    """An order for every set and a place for every element of one, sought together.

    Orders that are given stay, and so do places where every element has one.
    """
    held = dict.fromkeys(member for members in system.sets.values() for member in members)
    given = {key: place for key in held if (place := system.elements[key].place) is not None}
    fixed = len(given) == len(held)
    if fixed and system.ordered:
        return dict(system.sets), given
    orders = order_sets(system) | {f"{LINK}{i}": pair for i, pair in enumerate(system.links)}
    rows = [(key,) for key in held] if fixed or system.ordered else find_groups(system)
    row_of = {key: i for i, row in enumerate(rows) for key in row}
    paths = {
        name: list(dict.fromkeys(row_of[key] for key in order)) for name, order in orders.items()
    }
    pairs = {
        (min(pair), max(pair)) for order in orders.values() for pair in itertools.pairwise(order)
    }
    spots = given if fixed else dict(
        zip(held, stress_layout(list(held), sorted(pairs), seed=seed), strict=True)
    )  # fmt: skip
    found, places = weave_sets(
        rows, paths, spots, seed=seed, effort=effort,
        moves_orders=not system.ordered, moves_places=not fixed,
    )  # fmt: skip
    kept = {name: found[name] for name in system.sets if name in found}
    return kept, given if fixed else places


def make_network(
    system: SetSystem,
    orders: Mapping[str, Sequence[str]] | None = None,
    places: Mapping[str, XY] | None = None,
    *,
    seed: int = 0,
) -> Graph:
    """The network of a set system: consecutive elements joined, places as given or by stress.

    Sets of fewer than two elements are no lines; they are in `notes`.
    """
    orders = orders or order_sets(system)
    carried: dict[tuple[str, str], list[str]] = {}
    for name in system.sets:
        for a, b in itertools.pairwise(orders.get(name, ())):
            pair = (a, b) if (b, a) not in carried else (b, a)
            carried.setdefault(pair, []).append(name)
    held = {member for members in system.sets.values() for member in members}
    for a, b in system.links:
        pair = (a, b) if (b, a) not in carried else (b, a)
        carried.setdefault(pair, []).append(LINK)
    keys = [key for key in system.elements if key in held]
    given = [places.get(key) if places else system.elements[key].place for key in keys]
    known = [place for place in given if place is not None]
    spots = known if len(known) == len(keys) else stress_layout(keys, list(carried), seed=seed)
    nodes = {
        key: Node(
            key, x, y, key, system.elements[key].label or key,
            system.elements[key].importance, system.elements[key].group,
        )
        for key, (x, y) in zip(keys, spots, strict=True)
    }  # fmt: skip
    lines = {
        name: Line(name, system.labels.get(name, name), system.colours.get(name))
        for name in system.sets
    }
    if system.links:
        lines[LINK] = Line(LINK, system.link_label, quiet=True)
    edges = tuple(
        Edge(a, b, tuple(names), (nodes[a].xy, nodes[b].xy)) for (a, b), names in carried.items()
    )
    short = [lines[n].label for n, members in system.sets.items() if len(members) < 2]
    notes = (f"too short for a line: {', '.join(short)}",) if short else ()
    return check(Graph(nodes, edges, lines, notes=notes))


def stress_layout(
    keys: Sequence[str], edges: Sequence[tuple[str, str]], *, seed: int = 0, rounds: int = 150
) -> list[XY]:
    """Places at distances like those along the edges; parts that do not touch lie side by side.

    Source: majorisation after Gansner, Koren and North (2004), from classical scaling.
    """
    far = _hops(keys, edges)
    weight = np.where(far > 0, 1.0 / np.maximum(far, 1e-9) ** 2, 0.0)
    count = len(keys)
    centred = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * centred @ far**2 @ centred)
    top = np.argsort(values)[::-1][:2]
    spots = vectors[:, top] * np.sqrt(np.maximum(values[top], 1e-9))
    if count == 1:
        return [(0.0, 0.0)]
    # Equal eigenvectors' signs are the machine's; a fixed one keeps drawings alike.
    spots *= np.where(spots[np.abs(spots).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    spots += np.random.default_rng(seed).normal(0.0, 0.01, spots.shape)
    whole = weight.sum(axis=1)
    for _ in range(rounds):
        apart = spots[:, None] - spots[None]
        length = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-9)
        pull = (weight * far / length)[..., None] * apart + weight[..., None] * spots[None]
        spots = pull.sum(axis=1) / np.maximum(whole, 1e-12)[:, None]
    return [(float(x), float(y)) for x, y in spots]


def _hops(keys: Sequence[str], edges: Sequence[tuple[str, str]]) -> Floats:
    """Edges on the shortest way between each two; parts that do not touch a little more."""
    number = {key: i for i, key in enumerate(keys)}
    beside: list[list[int]] = [[] for _ in keys]
    for a, b in edges:
        beside[number[a]].append(number[b])
        beside[number[b]].append(number[a])
    far = np.full((len(keys), len(keys)), -1.0)
    for start in range(len(keys)):
        far[start, start] = 0
        walk = [start]
        for here in walk:
            for there in beside[here]:
                if far[start, there] < 0:
                    far[start, there] = far[start, here] + 1
                    walk.append(there)
    return np.where(far < 0, max(2.0, 0.6 * far.max() + 2.0), far)


def draw_sets(
    system: SetSystem, *, seed: int = 0, tries: int | None = None, **options: Any
) -> Drawing:
    """Draw a set system; `options` are those of `draw`.

    With coordinates for every element the drawing keeps near to them, else it need not. Without a
    `style`, the sheet is as much larger than its letters as many elements need. The best of some
    `tries` is given, of more where elements are few; with `start` there is but one.
    """
    held = {member for members in system.sets.values() for member in members}
    if tries is None:
        tries = max(1, min(4, MANY // max(1, len(held))))
    if options.get("start") is not None:
        tries = 1
    found = [
        _draw_once(system, seed + i, {**options, "progress": _part_of(options, i, tries)})
        for i in range(tries)
    ]
    return min(found, key=rate)


def _part_of(options: Mapping[str, Any], number: int, tries: int) -> Progress:
    """Progress of one try as a part of all."""
    tell: Progress = options.get("progress") or (lambda _stage, _share: None)
    return lambda stage, share: tell(stage, (number + share) / tries)


def _draw_once(system: SetSystem, seed: int, options: dict[str, Any]) -> Drawing:
    orders, places = arrange(system, seed=seed, effort=options.get("effort", 1.0))
    network = make_network(system, orders, places, seed=seed)
    options = dict(options)
    if any(system.elements[key].place is None for key in network.nodes):
        options.setdefault("weights", Weights(move=1.0))
        options.setdefault("aims", Aims(home=0.03))
        options.setdefault("cell", _choose_cell(network))
    if "style" in options:
        return draw(network, seed=seed, **options)
    count = len(network.nodes)
    spread = min(1.0, (FEW / count) ** 0.45) * min(1.0, 1.1 * count / len(network.edges))
    style = Style().times(spread)
    made = draw(network, seed=seed, style=style, **options)
    few = len(network.nodes) <= MANY
    small = len(network.nodes) * 2 <= MANY
    if few and any(label.key or (small and label.leader) for label in made.labels):
        larger = draw(network, seed=seed, style=style.times(AGAIN), **options)
        made = min(made, larger, key=rate)
    return made


def rate(drawing: Drawing) -> float:
    """How much there is to dislike in a drawing: crossings, bends, names in odd places."""
    found = score(drawing.graph)
    odd = [4.0 * bool(x.key) + bool(x.leader) + 0.5 * (x.angle != 0) for x in drawing.labels]
    return 3.0 * found.crossings + found.bend_weight + sum(odd)


def _choose_cell(network: Graph) -> float:
    """A cell as for other networks, smaller where that leaves too few for all the elements."""
    spots = np.array([node.xy for node in network.nodes.values()])
    wide, tall = np.ptp(spots, axis=0)
    room = math.sqrt(max(wide * tall, 1e-12) / (CELLS * len(spots)))
    usual = CELL * network.mean_edge_length
    return min(usual, room) if room > 0.2 * usual else usual
