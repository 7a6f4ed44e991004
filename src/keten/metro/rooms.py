"""Room for labels: what lies under or near each label is kept off it while a drawing is relaxed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
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

    `prices` says for each label what a unit of room is worth; a pair of labels is worth the more of
    both. Shapes: P pairs of a block `a` (P, 8) on vertex `home` (P,) with a body `b` of H hooks.
    """

    def __init__(self, scene: Scene, labels: Sequence[Label], prices: Sequence[float]) -> None:
        frame = make_frame(scene.graph)
        places = frame.places
        homes = find_homes(scene, labels)
        blocks = hang(places, homes, [label.corners() for label in labels])
        led = np.array([i for i, label in enumerate(labels) if label.leader], np.int64)
        leaders = hang(places, homes[led], [labels[i].leader or () for i in led])
        marks, pieces = make_marks(scene), make_pieces(scene, frame)
        own = own_marks(scene, labels)
        worth = np.array(prices, float)
        clearance = scene.style.clearance * scene.scale
        near, far = TRACK_GAP * clearance, LABEL_GAP * clearance
        reach = NEAR * scene.scale
        every = np.arange(len(labels))
        parts = []
        for firsts, whose, seconds, skip, gap in (
            (blocks, every, pieces, None, near),
            (blocks, every, marks, own, near),
            (blocks, every, blocks, every, far),
            (leaders, led, blocks, led, 0.5 * far),
            (leaders, led, marks, own[led], 0.5 * near),
        ):
            i, j = _pair_near(firsts, seconds, places, reach + gap)
            if skip is not None:
                kept = np.flatnonzero(skip[i] != j if firsts is not seconds else i < j)
                i, j = i[kept], j[kept]
            price = worth[whose[i]]
            if seconds is blocks:
                price = np.maximum(price, worth[j])
            parts.append((firsts.pick(i), seconds.pick(j), np.full(len(i), gap), price))
        self.home = np.concatenate([a.vertex[:, 0] for a, _, _, _ in parts])
        self.a = np.concatenate([a.reach[:, 0] for a, _, _, _ in parts])
        self.b = join(*(b for _, b, _, _ in parts))
        self.gap = np.concatenate([gap for _, _, gap, _ in parts])
        self.price = np.concatenate([price for _, _, _, price in parts])
        # Leaders run at any angle, told apart only as far as eight directions can; and what lies
        # beside a label along a way that is fixed for ever is near enough as it is.
        slanting = np.arange(len(self.home)) >= sum(len(gap) for _, _, gap, _ in parts[:3])
        lack = self.lack(places)
        least = lack.max(axis=1).min(axis=1)
        beside = (least > 0) & (slanting | (least < self.gap))
        self.gap = np.where(beside, self.gap - least, self.gap)
        lack = lack - np.where(beside, least, 0.0)[:, None, None]
        worst = lack.max(axis=1)  # (P, 8)
        rigid = find_rigid(frame)  # (4, V)
        fixed = rigid[:, self.home][:, :, None] == rigid[:, self.b.vertex]  # (4, P, H)
        stuck = np.asarray(
            (np.tile(fixed, (2, 1, 1)).transpose(1, 2, 0) & (lack > 1e-9)).any(axis=1), bool
        )
        self.way = np.where(stuck, np.inf, worst).argmin(axis=1)
        # Track of its own that a label lies on moves along with it.
        self.open: NDArray[np.bool_] = ~np.asarray(stuck.all(axis=1), bool)

    def lack(self, places: Floats) -> Floats:
        """How much is lacking between the pairs, hook by hook, along each way (P, H, 8)."""
        block = places[self.home] @ WAYS.T + self.a
        body = self.b.extent(places)[..., [4, 5, 6, 7, 0, 1, 2, 3]]
        return np.asarray(block[:, None, :] + body + self.gap[:, None, None], float)

    def closed_by(self, places: Floats, ahead: float = 0.0) -> list[Apart]:
        """What came too near to a label, or within `ahead` of it, once each."""
        lack = self.lack(places).max(axis=1).min(axis=1)
        found = np.flatnonzero(self.open & (lack > 1e-6 * self.gap.max(initial=1.0) - ahead))
        self.open[found] = False
        return [self._keep(int(p)) for p in found]

    def _keep(self, pair: int) -> Apart:
        way = int(self.way[pair])
        block = self.gap[pair] + self.a[pair, way]
        rows = {
            (int(self.home[pair]), int(v), float(block + reach[(way + 4) % 8]))
            for v, reach in zip(self.b.vertex[pair], self.b.reach[pair], strict=True)
        }
        return Apart(way, tuple(sorted(rows)), float(self.price[pair]))


def find_homes(scene: Scene, labels: Sequence[Label]) -> Ints:
    """The vertex that each label hangs on (L,)."""
    vertex = {key: i for i, key in enumerate(scene.graph.nodes)}
    nodes = scene.graph.station_nodes
    return np.array([vertex[nodes[label.station][0]] for label in labels], np.int64)


def own_marks(scene: Scene, labels: Sequence[Label]) -> Ints:
    """The number of each label's own mark, in the order of `scene.marks` (L,)."""
    number = {station: i for i, station in enumerate(scene.graph.station_nodes)}
    return np.array([number[label.station] for label in labels], np.int64)


def hang(places: Floats, homes: Ints, outlines: Sequence[Sequence[XY]]) -> Bodies:
    """Shapes of one hook."""
    reach = np.zeros((len(homes), 1, 8))
    for i, outline in enumerate(outlines):
        reach[i, 0] = ((np.array(outline) - places[homes[i]]) @ WAYS.T).max(axis=0)
    return Bodies(homes[:, None], reach)


def _pair_near(blocks: Bodies, bodies: Bodies, places: Floats, reach: float) -> tuple[Ints, Ints]:
    """Which blocks and bodies lie within reach of each other, by their bounding boxes."""
    one, two = (
        x.extent(places).max(axis=1, initial=-np.inf)[:, ::2] for x in (blocks, bodies)
    )  # (B, 4): east, north, west, south
    near = np.ones((len(one), len(two)), bool)
    for side in range(4):
        near &= one[:, side, None] + two[None, :, (side + 2) % 4] > -reach
    first, second = np.nonzero(near)
    return first, second


def home_of(graph: Graph, station: str) -> XY:
    """Where a station's label hangs: its first node."""
    return graph.nodes[graph.station_nodes[station][0]].xy


def move_label(label: Label, before: Graph, after: Graph) -> Label:
    """A label that went along with its station."""
    old, new = home_of(before, label.station), home_of(after, label.station)
    return label.shifted((new[0] - old[0], new[1] - old[1]))


class Conflicts(NamedTuple):
    """What labels lie on: bodies (marks, then pieces of track), other labels. Numbers, by pairs."""

    bodies: Ints  # (C, 2): label, body
    labels: Ints  # (D, 2): label, other label

    @property
    def wrong(self) -> set[int]:
        """The labels concerned."""
        return {*self.bodies[:, 0].tolist(), *self.labels.ravel().tolist()}


def find_conflicts(scene: Scene, labels: Sequence[Label]) -> Conflicts:
    """Which labels lie on track, on another's mark or on each other."""
    pad = 0.1 * scene.style.clearance * scene.scale
    frame = make_frame(scene.graph)
    homes, own = find_homes(scene, labels), own_marks(scene, labels)
    blocks = hang(frame.places, homes, [label.corners() for label in labels])
    bodies = join(make_marks(scene), make_pieces(scene, frame))
    i, j = _pair_near(blocks, bodies, frame.places, pad)
    on = (own[i] != j) & _touch(blocks, bodies, frame.places, i, j, pad)
    on_bodies = np.stack((i[on], j[on]), axis=1)
    i, j = _pair_near(blocks, blocks, frame.places, 2 * pad)
    on = (i < j) & _touch(blocks, blocks, frame.places, i, j, 2 * pad)
    pairs = {(int(a), int(b)) for a, b in zip(i[on], j[on], strict=True)}
    led = [k for k, label in enumerate(labels) if label.leader]
    if led:
        tree = STRtree([label.ground for label in labels])
        lines = [LineString(labels[k].leader) for k in led]
        for k, other in zip(*tree.query(lines, "intersects"), strict=True):
            if led[k] != other:
                pairs.add((min(led[k], int(other)), max(led[k], int(other))))
    return Conflicts(on_bodies, np.array(sorted(pairs), np.int64).reshape(-1, 2))


def count_bodies(scene: Scene) -> int:
    """How many marks and pieces of track there are."""
    return len(scene.graph.station_nodes) + len(make_frame(scene.graph).ends)


def _touch(
    blocks: Bodies, bodies: Bodies, places: Floats, i: Ints, j: Ints, pad: float
) -> NDArray[np.bool_]:
    """Whether blocks and bodies are nearer than `pad`."""
    block = blocks.extent(places)[i, 0]  # (P, 8)
    body = bodies.extent(places)[j][..., [4, 5, 6, 7, 0, 1, 2, 3]]  # (P, H, 8)
    lack = (block[:, None, :] + body + pad).max(axis=1, initial=-np.inf).min(axis=1, initial=np.inf)
    return np.asarray(lack > 0)
