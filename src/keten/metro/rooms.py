"""Room for labels: what blocked labels claim of `relax`, and how a labelled drawing is tightened.

A claim keeps a label's block, which hangs on its station, apart from a piece of track, a mark or
another block.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.strtree import STRtree

from keten.metro.graph import XY, Graph
from keten.metro.labelling import Blocked, Grounds, Label
from keten.metro.relaxing import Claim, Corner, Frame, Shape, make_frame
from keten.metro.scene import Scene, make_scene

TIGHTENINGS = 6
NEAR = 0.5  # L: what lies nearer to a label than this is kept off it from the first


def find_claims(scene: Scene, blocked: Sequence[Blocked]) -> list[Claim]:
    """What has to give way so that every blocked label finds its place."""
    claimant = Claimant(scene)
    claims: list[Claim] = []
    for case in blocked:
        for number in case.edges:
            claims += claimant.off_track(case.label, number)
        claims += [claimant.off_label(case.label, other) for other in case.labels]
        claims += [claimant.off_mark(case.label, station) for station in case.marks]
    return claims


@dataclass
class Claimant:
    """Writes claims for one scene."""

    scene: Scene

    @cached_property
    def frame(self) -> Frame:
        """The vertices of the scene's network."""
        return make_frame(self.scene.graph)

    @property
    def gap(self) -> float:
        """What is kept free around a label."""
        return self.scene.style.clearance * self.scene.scale

    def off_track(self, label: Label, number: int, *, everywhere: bool = False) -> list[Claim]:
        """A label off an edge's pieces that it covers; with `everywhere`, off all that are near."""
        frame = self.frame
        half = self.scene.widths[number] / 2
        ground = label.ground.buffer(NEAR * self.scene.scale if everywhere else half + self.gap)
        home = self.home(label)
        course = frame.courses[number]
        return [
            Claim(self.shape(label), (Corner(a), Corner(b)), half + 0.6 * self.gap)
            for a, b in itertools.pairwise(course)
            if home not in (a, b)
            and ground.intersects(LineString([frame.places[a], frame.places[b]]))
        ]

    def off_label(self, label: Label, other: Label) -> Claim:
        """Two labels apart."""
        return Claim(self.shape(label), self.shape(other), 1.05 * self.gap)

    def off_mark(self, label: Label, station: str) -> Claim:
        """A label off another station's mark."""
        x0, y0, x1, y1 = self.scene.marks[station].bounds
        reach = max(x1 - x0, y1 - y0) / 2
        node = self.scene.graph.station_nodes[station][0]
        corner = Corner(self.vertex[node])
        return Claim(self.shape(label), (corner,), reach + 0.6 * self.gap)

    def shape(self, label: Label) -> Shape:
        """A label's block, fixed to its station."""
        number = self.home(label)
        here = home_of(self.scene.graph, label.station)
        return tuple(Corner(number, (x - here[0], y - here[1])) for x, y in label.corners())

    @cached_property
    def vertex(self) -> dict[str, int]:
        """The number of each node."""
        return {key: i for i, key in enumerate(self.scene.graph.nodes)}

    def home(self, label: Label) -> int:
        """The vertex that a label hangs on."""
        return self.vertex[self.scene.graph.station_nodes[label.station][0]]


def home_of(graph: Graph, station: str) -> XY:
    """Where a station's label hangs: its first node."""
    return graph.nodes[graph.station_nodes[station][0]].xy


def tighten(
    scene: Scene, labels: Sequence[Label], ease: Callable[[Scene, Sequence[Claim]], Graph]
) -> tuple[Scene, tuple[Label, ...]]:
    """The same drawing with the room taken back that no label needs; itself if that cannot be.

    Labels stay where they are beside their stations; stations move to even distances and home.
    """
    claims = _all_claims(scene, labels)
    for _ in range(TIGHTENINGS):
        eased = ease(scene, claims)
        if eased.notes != scene.graph.notes:
            return scene, tuple(labels)
        tighter = make_scene(eased, scene.style)
        share = min(1.0, tighter.scale / scene.scale)
        moved = [move_label(label, scene.graph, eased, share) for label in labels]
        wrong = find_overlaps(tighter, moved)
        if not wrong and tighter.scale <= 1.02 * scene.scale:
            return tighter, tuple(moved)
        fresh = _claims_for(scene, labels, wrong)
        if not fresh:
            return scene, tuple(labels)
        claims += fresh
    return scene, tuple(labels)


def move_label(label: Label, before: Graph, after: Graph, share: float) -> Label:
    """A label that went along with its station, and shrank towards it with the whole."""
    old, new = home_of(before, label.station), home_of(after, label.station)

    def put(xy: XY) -> XY:
        return (new[0] + share * (xy[0] - old[0]), new[1] + share * (xy[1] - old[1]))

    leader = (put(label.leader[0]), put(label.leader[1])) if label.leader else None
    return replace(
        label, middle=put(label.middle), width=share * label.width, height=share * label.height,
        size=share * label.size, leader=leader,
    )  # fmt: skip


Overlap = tuple[int, str, int | str]


def find_overlaps(scene: Scene, labels: Sequence[Label]) -> list[Overlap]:
    """(label, kind, what): what lies under each label, be it an edge, a mark or a label."""
    grounds = Grounds(scene)
    pad = 0.2 * grounds.clearance
    blocks = shapely.buffer(np.array([x.ground for x in labels], object), pad, join_style="mitre")
    found: list[Overlap] = []
    for i, band in zip(*grounds.band_tree.query(blocks, "intersects"), strict=True):
        found.append((int(i), "edge", int(band)))
    for i, mark in zip(*grounds.mark_tree.query(blocks, "intersects"), strict=True):
        if grounds.stations[mark] != labels[i].station:
            found.append((int(i), "mark", grounds.stations[mark]))
    for i, j in zip(*STRtree(blocks).query(blocks, "intersects"), strict=True):
        if i < j:
            found.append((int(i), "label", int(j)))
    for i, label in enumerate(labels):
        if label.leader:
            line = LineString(label.leader)
            over = (int(j) for j in STRtree(blocks).query(line, "intersects"))
            found += [(i, "label", j) for j in over if j != i]
    return found


def _all_claims(scene: Scene, labels: Sequence[Label]) -> list[Claim]:
    """Every label off whatever is near it."""
    grounds, claimant = Grounds(scene), Claimant(scene)
    reach = NEAR * scene.scale
    wide = shapely.buffer(np.array([label.ground for label in labels], object), reach)
    claims: list[Claim] = []
    for i, band in zip(*grounds.band_tree.query(wide, "intersects"), strict=True):
        claims += claimant.off_track(labels[i], int(band), everywhere=True)
    for i, mark in zip(*grounds.mark_tree.query(wide, "intersects"), strict=True):
        if grounds.stations[mark] != labels[i].station:
            claims.append(claimant.off_mark(labels[i], grounds.stations[mark]))
    blocks = np.array([label.ground for label in labels], object)
    for i, j in zip(*STRtree(blocks).query(wide, "intersects"), strict=True):
        if i < j:
            claims.append(claimant.off_label(labels[i], labels[j]))
    return claims


def _claims_for(scene: Scene, labels: Sequence[Label], wrong: Sequence[Overlap]) -> list[Claim]:
    """What was not near before, and came too near."""
    claimant = Claimant(scene)
    claims: list[Claim] = []
    for i, kind, what in wrong:
        if kind == "edge":
            frame = claimant.frame
            half = scene.widths[int(what)] / 2
            course = frame.courses[int(what)]
            claims += [
                Claim(claimant.shape(labels[i]), (Corner(a), Corner(b)), half + claimant.gap)
                for a, b in itertools.pairwise(course)
                if claimant.home(labels[i]) not in (a, b)
            ]
        elif kind == "mark":
            claims.append(claimant.off_mark(labels[i], str(what)))
        else:
            claims.append(claimant.off_label(labels[i], labels[int(what)]))
    return claims
