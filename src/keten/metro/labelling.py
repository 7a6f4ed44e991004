"""Places every station's label: eight directions, one to three lines, level before aslant.

Options that a track or a mark covers fall away; of the others one is chosen for each station, so
that no two overlap and the dearest habits are kept (level, beside the station, alike along a
line). A station without any option left is told, with what stands in the way, so that others can
let it stand further off, make room, or write it smaller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from keten.metro.choosing import choose
from keten.metro.graph import XY
from keten.metro.options import (
    LEADING_LEVEL,
    NAMES,
    Options,
    Shapes,
    Text,
    corners_of,
    lean_of,
    list_options,
    thin,
    turn_of,
)
from keten.metro.scene import Scene

STRANGE = 14.0  # what a label costs that could be read as another station's


@dataclass(frozen=True)
class Label:
    """A label where it stands. Units: the network's own.

    `middle` is that of the text block, `angle` its turn in degrees counter-clockwise, `side` -1, 0
    or 1 as its lines begin, are centred or end there; `badges` are (line, code) below the text.
    """

    station: str
    lines: tuple[str, ...]
    badges: tuple[tuple[str, str], ...]
    direction: str
    middle: XY
    width: float
    height: float
    angle: float
    size: float
    side: int
    bold: bool = False
    leader: tuple[XY, XY] | None = None
    key: str = ""

    def corners(self) -> list[XY]:
        """Its four corners, counter-clockwise."""
        return corners_of(self.middle, self.width, self.height, self.angle)

    def scaled(self, factor: float, shift: XY) -> Label:
        """The same label in a drawing larger by a factor, then shifted."""

        def put(xy: XY) -> XY:
            return (factor * xy[0] + shift[0], factor * xy[1] + shift[1])

        return replace(
            self, middle=put(self.middle), width=factor * self.width, height=factor * self.height,
            size=factor * self.size,
            leader=(put(self.leader[0]), put(self.leader[1])) if self.leader else None,
        )  # fmt: skip

    @cached_property
    def ground(self) -> BaseGeometry:
        """What it covers."""
        return Polygon(self.corners())


@dataclass(frozen=True)
class Blocked:
    """A station without a place: the label it would like, and what that would cover."""

    label: Label
    edges: tuple[int, ...]
    labels: tuple[Label, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Labelling:
    """All labels, and the stations that got none."""

    labels: tuple[Label, ...]
    blocked: tuple[Blocked, ...]


def place_labels(
    scene: Scene,
    texts: Sequence[Text],
    *,
    effort: float = 1.0,
    seed: int = 0,
    before: Mapping[str, str] | None = None,
) -> Labelling:
    """Place labels on an ordered drawing.

    `before` names the directions of an earlier drawing, which are kept where that costs little.
    """
    if not texts:
        return Labelling((), ())
    grounds = Grounds(scene)
    every = list_options(scene, texts, before)
    free = grounds.mind_strangers(every.pick(grounds.are_free(every)))
    free = thin(free)
    gap = scene.style.clearance * scene.scale
    chosen = choose(
        np.bincount(free.text, minlength=len(texts)),
        free.cost,
        free.direction,
        find_clashes(free, gap),
        _neighbours(scene, texts),
        seed=seed,
        effort=effort,
    )
    labels = {int(free.text[k]): make_label(free, int(k)) for k in chosen if k >= 0}
    blocked = [
        grounds.least_blocked(every.pick(every.text == i), list(labels.values()))
        for i in range(len(texts))
        if i not in labels
    ]
    return Labelling(tuple(labels.values()), tuple(blocked))


def make_label(options: Options, k: int) -> Label:
    """One option as a label."""
    text, block = options.texts[options.text[k]], options.blocks[options.block[k]]
    direction = int(options.direction[k])
    line = options.pick(np.array([k])).leaders()[0]
    ends = [(float(x), float(y)) for x, y in line.coords] if line is not None else []
    middle = (float(options.middle[k, 0]), float(options.middle[k, 1]))
    return Label(
        text.station, block.lines, text.badges, NAMES[direction], middle, block.width, block.height,
        turn_of(direction), block.size, lean_of(direction), text.bold,
        (ends[0], ends[1]) if ends else None, text.key,
    )  # fmt: skip


class Grounds:
    """What tracks and marks cover."""

    def __init__(self, scene: Scene) -> None:
        self.clearance = 0.5 * scene.style.clearance * scene.scale
        self.bands = np.array(scene.bands, object)
        self.stations = list(scene.marks)
        self.band_tree = STRtree(self.bands)
        self.mark_tree = STRtree(list(scene.marks.values()))
        nodes = scene.graph.nodes
        self.ends = [(nodes[e.u].station, nodes[e.v].station) for e in scene.graph.edges]

    def are_free(self, options: Options) -> np.ndarray:
        """Which options cover nothing, with leaders over no other mark and along no track (K,)."""
        wide = options.grounds(self.clearance)
        free = np.ones(len(wide), bool)
        free[self.band_tree.query(wide, "intersects")[0]] = False
        own = np.array([self.stations.index(text.station) for text in options.texts])
        # A label was set beside its own mark; its free space may touch it.
        over, mark = self.mark_tree.query(wide, "intersects")
        free[over[own[options.text[over]] != mark]] = False
        left = np.flatnonzero(free)
        leaders = options.pick(left).leaders()
        led = np.array([i for i, line in enumerate(leaders) if line is not None], int)
        if len(led):
            lines = leaders[led]
            over, mark = self.mark_tree.query(lines, "intersects")
            foreign = over[own[options.text[left[led[over]]]] != mark]
            free[left[led[foreign]]] = False
            over, band = self.band_tree.query(lines, "intersects")
            under = shapely.length(shapely.intersection(lines[over], self.bands[band]))
            free[left[led[over[under > 0.4 * shapely.length(lines[over])]]]] = False
        return free

    def mind_strangers(self, options: Options) -> Options:
        """The options, dearer where a block is no nearer to its own mark than to another's."""
        plain = options.grounds()
        own = shapely.distance(plain, options.marks[options.text])
        number = np.array([self.stations.index(text.station) for text in options.texts])
        near, mark = self.mark_tree.query(plain, "dwithin", distance=1.15 * own + self.clearance)
        near = near[number[options.text[near]] != mark]
        cost = options.cost.copy()
        cost[np.unique(near)] += STRANGE
        return replace(options, cost=cost)

    def least_blocked(self, options: Options, others: Sequence[Label]) -> Blocked:
        """The nearest option that covers least, and what it covers."""
        options = options.pick(options.level == 0)
        plain, wide = options.grounds(), options.grounds(self.clearance)
        blocks = np.array([label.ground for label in others], object)
        tree = STRtree(blocks)
        station = options.texts[options.text[0]].station
        burden = 0.005 * options.cost
        area = shapely.area(plain)
        over, band = self.band_tree.query(plain, "intersects")
        # Its own track cannot get out of its way.
        weight = np.where([station in self.ends[b] for b in band], 40.0, 1.0)
        share = shapely.area(shapely.intersection(plain[over], self.bands[band])) / area[over]
        np.add.at(burden, over, weight * share)
        over, other = tree.query(plain, "intersects")
        share = shapely.area(shapely.intersection(plain[over], blocks[other])) / area[over]
        np.add.at(burden, over, share)
        best = int(np.argmin(burden))
        marks = (self.stations[int(m)] for m in self.mark_tree.query(wide[best], "intersects"))
        return Blocked(
            make_label(options, best),
            tuple(sorted(int(b) for b in self.band_tree.query(wide[best], "intersects"))),
            tuple(others[int(i)] for i in sorted(tree.query(wide[best], "intersects"))),
            tuple(sorted(m for m in marks if m != station)),
        )


def find_clashes(options: Options, gap: float) -> np.ndarray:
    """Options of different stations that overlap, leaders counted in: pairs, both ways (P, 2)."""
    blocks = options.grounds(gap / 2)
    lines = options.leaders()
    led = np.flatnonzero(options.level >= LEADING_LEVEL)
    every = np.concatenate((blocks, lines[led]))
    number = np.concatenate((np.arange(len(blocks)), led))
    first, second = STRtree(every).query(every, "intersects")
    first, second = number[first], number[second]
    apart = options.text[first] != options.text[second]
    code = np.sort(first[apart] * max(1, len(blocks)) + second[apart])
    code = code[np.append(True, code[1:] != code[:-1])[: len(code)]]
    return np.stack(np.divmod(code, max(1, len(blocks))), axis=1)


def _neighbours(scene: Scene, texts: Sequence[Text]) -> np.ndarray:
    """Texts whose stations follow each other, both ways (P, 2)."""
    number = {text.station: i for i, text in enumerate(texts)}
    nodes = scene.graph.nodes
    ends = [(nodes[e.u].station, nodes[e.v].station) for e in scene.graph.edges]
    pairs = {(number[a], number[b]) for a, b in ends if a in number and b in number and a != b}
    return np.array(sorted(pairs | {(b, a) for a, b in pairs}), int).reshape(-1, 2)


__all__ = ["Blocked", "Label", "Labelling", "Shapes", "Text", "place_labels"]
