"""Room for labels: what lies under or near each label is kept off it while a drawing is relaxed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.strtree import STRtree

from keten.metro.bodies import Bodies, Floats, Ints, find_rigid, join, make_marks, make_pieces
from keten.metro.graph import XY, Graph
from keten.metro.labelling import Label
from keten.metro.relaxing import WAYS, Apart, make_frame
from keten.metro.scene import Scene

NEAR = 2.5  # L: what lies farther from a label at first is not watched
TRACK_GAP, LABEL_GAP = 0.52, 1.04  # of the clearance


class Rooms:
    """What has to stay off the labels of a scene, each of which goes along with its station.

    Shapes: P pairs of a block `a` (P, 8) on vertex `home` (P,) with a body `b` of H hooks.
    """

    def __init__(self, scene: Scene, labels: Sequence[Label], price: float) -> None:
        self.price = price
        frame = make_frame(scene.graph)
        places = frame.places
        vertex = {key: i for i, key in enumerate(scene.graph.nodes)}
        nodes = scene.graph.station_nodes
        homes = np.array([vertex[nodes[label.station][0]] for label in labels], np.int64)
        blocks = _hang(places, homes, [label.corners() for label in labels])
        led = np.array([i for i, label in enumerate(labels) if label.leader], np.int64)
        leaders = _hang(places, homes[led], [labels[i].leader or () for i in led])
        marks, pieces = make_marks(scene), make_pieces(scene, frame)
        number = {station: i for i, station in enumerate(scene.marks)}
        own = np.array([number[label.station] for label in labels], np.int64)
        count = np.arange(len(labels))
        clearance = scene.style.clearance * scene.scale
        near, far = TRACK_GAP * clearance, LABEL_GAP * clearance
        every = np.arange(len(number))
        parts = [
            _pair(blocks, pieces, np.ones((len(labels), len(pieces.vertex)), bool), near),
            _pair(blocks, marks, own[:, None] != every, near),
            _pair(blocks, blocks, count[:, None] < count, far),
            _pair(leaders, blocks, led[:, None] != count, 0.5 * far),
            _pair(leaders, marks, own[led][:, None] != every, 0.5 * near),
        ]
        self.home = np.concatenate([a.vertex[:, 0] for a, _, _ in parts])
        self.a = np.concatenate([a.reach[:, 0] for a, _, _ in parts])
        self.b = join(*(b for _, b, _ in parts))
        self.gap = np.concatenate([gap for _, _, gap in parts])
        # Leaders run at any angle, told apart only as far as eight directions can; and what lies
        # beside a label along a way that is fixed for ever is near enough as it is.
        slanting = np.arange(len(self.home)) >= sum(len(gap) for _, _, gap in parts[:3])
        least = self.lack(places).max(axis=1).min(axis=1)
        beside = (least > 0) & (slanting | (least < self.gap))
        self.gap = np.where(beside, self.gap - least, self.gap)
        lack = self.lack(places)
        worst = lack.max(axis=1)  # (P, 8)
        watched = worst.min(axis=1) > -NEAR * scene.scale
        self.home, self.a, self.gap = self.home[watched], self.a[watched], self.gap[watched]
        self.b, lack, worst = self.b.pick(watched), lack[watched], worst[watched]
        rigid = find_rigid(frame)  # (4, V)
        fixed = rigid[:, self.home][:, :, None] == rigid[:, self.b.vertex]  # (4, P, H)
        stuck = (np.tile(fixed, (2, 1, 1)).transpose(1, 2, 0) & (lack > 1e-9)).any(axis=1)
        self.way = np.where(stuck, np.inf, worst).argmin(axis=1)
        # Track of its own that a label lies on moves along with it.
        self.open = ~stuck.all(axis=1)

    def lack(self, places: Floats) -> Floats:
        """How much is lacking between the pairs, hook by hook, along each way (P, H, 8)."""
        block = places[self.home] @ WAYS.T + self.a
        body = self.b.extent(places)[..., [4, 5, 6, 7, 0, 1, 2, 3]]
        return np.asarray(block[:, None, :] + body + self.gap[:, None, None], float)

    def closed_by(self, places: Floats) -> list[Apart]:
        """What came too near to a label, once each."""
        lack = self.lack(places).max(axis=1).min(axis=1)
        found = np.flatnonzero(self.open & (lack > 1e-6 * self.gap.max(initial=1.0)))
        self.open[found] = False
        return [self._keep(int(p)) for p in found]

    def _keep(self, pair: int) -> Apart:
        way = int(self.way[pair])
        block = self.gap[pair] + self.a[pair, way]
        rows = {
            (int(self.home[pair]), int(v), float(block + reach[(way + 4) % 8]))
            for v, reach in zip(self.b.vertex[pair], self.b.reach[pair], strict=True)
        }
        return Apart(way, tuple(sorted(rows)), self.price)


def _hang(places: Floats, homes: Ints, outlines: Sequence[Sequence[XY]]) -> Bodies:
    """Shapes of one hook."""
    reach = np.zeros((len(homes), 1, 8))
    for i, outline in enumerate(outlines):
        reach[i, 0] = ((np.array(outline) - places[homes[i]]) @ WAYS.T).max(axis=0)
    return Bodies(homes[:, None], reach)


def _pair(
    blocks: Bodies, bodies: Bodies, which: np.ndarray, gap: float
) -> tuple[Bodies, Bodies, Floats]:
    first, second = np.nonzero(which)
    return blocks.pick(first), bodies.pick(second), np.full(len(first), gap)


def home_of(graph: Graph, station: str) -> XY:
    """Where a station's label hangs: its first node."""
    return graph.nodes[graph.station_nodes[station][0]].xy


def move_label(label: Label, before: Graph, after: Graph) -> Label:
    """A label that went along with its station."""
    old, new = home_of(before, label.station), home_of(after, label.station)
    return label.shifted((new[0] - old[0], new[1] - old[1]))


def find_overlapping(scene: Scene, labels: Sequence[Label]) -> set[str]:
    """Stations whose labels lie on track, on a mark or on another label, and those others."""
    pad = 0.1 * scene.style.clearance * scene.scale
    blocks = shapely.buffer(np.array([x.ground for x in labels], object), pad, join_style="mitre")
    stations = list(scene.marks)
    found: set[int] = set()
    found |= {int(i) for i in STRtree(scene.bands).query(blocks, "intersects")[0]}
    for i, mark in zip(
        *STRtree(list(scene.marks.values())).query(blocks, "intersects"), strict=True
    ):
        if stations[mark] != labels[i].station:
            found.add(int(i))
    tree = STRtree(blocks)
    for i, j in zip(*tree.query(blocks, "intersects"), strict=True):
        if i != j:
            found |= {int(i), int(j)}
    for i, label in enumerate(labels):
        if label.leader:
            over = {int(j) for j in tree.query(LineString(label.leader), "intersects")} - {i}
            found |= over | ({i} if over else set())
    return {labels[i].station for i in found}
