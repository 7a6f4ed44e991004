"""Networks of our own making, that no setting was tuned on: six shapes that cities have."""

from __future__ import annotations

import itertools
import math
import random

from keten.metro import Edge, Graph, Line, Node

Place = tuple[float, float]


def build(places: dict[str, Place], lines: dict[str, list[str]]) -> Graph:
    """A network of lines through places."""
    nodes = {key: Node(key, x, y, key, _name(key)) for key, (x, y) in places.items()}
    carried: dict[tuple[str, str], list[str]] = {}
    for line, stops in lines.items():
        for a, b in itertools.pairwise(stops):
            pair = (b, a) if (b, a) in carried else (a, b)
            carried.setdefault(pair, []).append(line)
    edges = tuple(
        Edge(a, b, tuple(dict.fromkeys(names)), (places[a], places[b]))
        for (a, b), names in carried.items()
    )
    return Graph(nodes, edges, {line: Line(line, line) for line in lines})


def _name(key: str) -> str:
    """A name as long as names of stations are, the same for the same key."""
    rolls = random.Random(key)
    words = ("Noord", "Kerk", "Molen", "Station", "Haven", "Universiteit", "Markt", "Brug", "Zuid",
             "Kanaal", "Park", "Sint-Jans", "Oude", "Nieuwe", "Fabriek", "Plein")  # fmt: skip
    ends = ("straat", "plein", "weg", "laan", "kade", "poort", "dijk", "")
    return f"{rolls.choice(words)}{rolls.choice(ends)} {rolls.choice(words)}".strip()


def star() -> Graph:
    """Seven arms of twelve stations, some lines from arm to arm."""
    rolls = random.Random(11)
    places: dict[str, Place] = {"hub": (0.0, 0.0)}
    arms = []
    for i in range(7):
        angle, arm = 2 * math.pi * i / 7 + 0.1, []
        for k in range(1, 13):
            key = f"s{i}-{k}"
            bent = angle + rolls.uniform(-0.12, 0.12)
            places[key] = (900 * k * math.cos(bent), 900 * k * math.sin(bent))
            arm.append(key)
        arms.append(arm)
    lines = {
        str(i + 1): [*arms[a][::-1], "hub", *arms[b]]
        for i, (a, b) in enumerate(((0, 3), (1, 4), (2, 5), (6, 2), (0, 4)))
    }
    return build(places, lines)


def ring() -> Graph:
    """A ring of twenty-four with eight spurs and two lines across."""
    rolls = random.Random(5)
    places: dict[str, Place] = {}
    around = []
    for i in range(24):
        angle, far = 2 * math.pi * i / 24, 5000 + rolls.uniform(-400, 400)
        places[f"r{i}"] = (1.3 * far * math.cos(angle), far * math.sin(angle))
        around.append(f"r{i}")
    lines = {"Ring": [*around, "r0"]}
    for i in range(0, 24, 3):
        angle = 2 * math.pi * i / 24
        for k in range(1, 6):
            far = 5000 + 900 * k
            places[f"p{i}-{k}"] = (
                1.3 * far * math.cos(angle) + rolls.uniform(-200, 200),
                far * math.sin(angle) + rolls.uniform(-200, 200),
            )
        lines[f"S{i // 3 + 1}"] = [f"r{i}", *(f"p{i}-{k}" for k in range(1, 6))]
    for name, a, b in (("X", 1, 13), ("Y", 7, 19)):
        inside = []
        for k in range(1, 6):
            t = k / 6
            (ax, ay), (bx, by) = places[f"r{a}"], places[f"r{b}"]
            key = "centre" if k == 3 else f"{name}{k}"
            places[key] = (ax + (bx - ax) * t, ay + (by - ay) * t)
            inside.append(key)
        lines[name] = [f"r{a}", *inside, f"r{b}"]
    return build(places, lines)


def dense_centre() -> Graph:
    """Six lines over a tight lattice that thin out to the edges."""
    places: dict[str, Place] = {}

    def spot(i: int, j: int) -> str:
        key = f"c{i},{j}"
        places[key] = tuple(math.copysign(abs(v) ** 1.6, v) * 400 for v in (i, j))  # type: ignore[assignment]
        return key

    lines = {f"H{j}": [spot(i, j) for i in range(-7, 8)] for j in (-2, 0, 2)}
    lines |= {f"V{i}": [spot(i, j) for j in range(-7, 8)] for i in (-2, 0, 2)}
    return build(places, lines)


def corridor() -> Graph:
    """Sixty stations along a coast, four lines that run on parts of it, two branches."""
    rolls = random.Random(3)
    places = {
        f"k{i}": (700.0 * i, 900 * math.sin(i / 7) + rolls.uniform(-150, 150)) for i in range(60)
    }
    for branch, (start, sign) in {"a": (18, 1), "b": (41, -1)}.items():
        x, y = places[f"k{start}"]
        for k in range(1, 9):
            places[f"{branch}{k}"] = (x + 350 * k, y + sign * 650 * k)
    coast = [f"k{i}" for i in range(60)]
    lines = {
        "1": coast, "2": coast[:45], "3": [*coast[:19], *(f"a{k}" for k in range(1, 9))],
        "4": [*coast[30:42], *(f"b{k}" for k in range(1, 9))],
    }  # fmt: skip
    return build(places, lines)


def country() -> Graph:
    """Forty towns joined to their neighbours, ten lines along shortest ways between large ones."""
    return _between(40, 10, 9000.0, 21)


def random_planar() -> Graph:
    """Seventy points, their nearest joined without a crossing, twelve lines."""
    return _between(70, 12, 12000.0, 8)


def large() -> Graph:
    """Three hundred stations or a few more, and thirty lines."""
    made = (_between(towns, 30, 30000.0, 4) for towns in range(330, 520, 8))
    return next(network for network in made if len(network.station_nodes) >= 300)


def _between(towns: int, count: int, width: float, seed: int) -> Graph:
    rolls = random.Random(seed)
    places: dict[str, Place] = {}
    while len(places) < towns:
        spot = (rolls.uniform(0, width), rolls.uniform(0, 0.8 * width))
        if (
            all(math.dist(spot, other) > 0.09 * width for other in places.values())
            or rolls.random() < 0.02
        ):
            places[f"t{len(places)}"] = spot
    tree = _gabriel(places)
    lines: dict[str, list[str]] = {}
    while len(lines) < count:
        a, b = rolls.sample(sorted(places), 2)
        way = _shortest(places, tree, a, b)
        if len(way) >= 5:
            lines[f"L{len(lines) + 1}"] = way
    used = {stop for way in lines.values() for stop in way}
    return build({key: xy for key, xy in places.items() if key in used}, lines)


def _gabriel(places: dict[str, Place]) -> dict[str, list[str]]:
    """Pairs with no third point in the circle over them: a planar graph."""
    beside: dict[str, list[str]] = {key: [] for key in places}
    for a, b in itertools.combinations(places, 2):
        (ax, ay), (bx, by) = places[a], places[b]
        middle, radius = ((ax + bx) / 2, (ay + by) / 2), math.dist((ax, ay), (bx, by)) / 2
        if all(math.dist(middle, places[c]) >= radius for c in places if c not in (a, b)):
            beside[a].append(b)
            beside[b].append(a)
    return beside


def _shortest(places: dict[str, Place], beside: dict[str, list[str]], a: str, b: str) -> list[str]:
    far, before, open_ = {a: 0.0}, {a: ""}, {a}
    while open_:
        here = min(open_, key=lambda k: (far[k], k))
        open_.remove(here)
        for there in beside[here]:
            reach = far[here] + math.dist(places[here], places[there]) ** 1.2
            if reach < far.get(there, math.inf):
                far[there], before[there] = reach, here
                open_.add(there)
    way = [b] if b in far else []
    while way and before[way[-1]]:
        way.append(before[way[-1]])
    return way


OWN = {
    "star": star, "ring": ring, "dense centre": dense_centre, "corridor": corridor,
    "country": country, "random planar": random_planar,
}  # fmt: skip
