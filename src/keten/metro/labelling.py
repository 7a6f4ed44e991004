"""Places every station's label: eight directions, one to three lines, level before aslant.

Options that a track or a mark covers fall away; of the others one is chosen for each station, so
that no two overlap and the dearest habits are kept (level, beside the station, alike along a
line). A station without any option left is told, with what stands in the way, so that others can
let it stand further off, make room, or write it smaller.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from keten.metro.bodies import (
    FREE,
    Bodies,
    burden_options,
    find_rigid,
    join,
    make_marks,
    make_pieces,
    weigh_pairs,
)
from keten.metro.choosing import CLASH, LACK, Clashes, choose, link_both
from keten.metro.graph import XY
from keten.metro.options import (
    NAMES,
    Block,
    Options,
    Shapes,
    Standing,
    Text,
    corners_of,
    lean_of,
    list_options,
    thin,
    turn_of,
)
from keten.metro.relaxing import Frame, make_frame
from keten.metro.scene import Scene

STRANGE = 14.0  # what a label costs that could be read as another station's


@dataclass(frozen=True)
class Room:
    """What it costs to ask for room: `once`, by L, and by the square of L; and to have no label."""

    once: float
    by_length: float
    by_square: float
    lack: float = LACK

    def prices(self, scale: float) -> np.ndarray:
        """The same in units of a network where L is `scale`."""
        return np.array([self.once, self.by_length / scale, self.by_square / scale**2])


SOME_ROOM = Room(2.0, 40.0, 60.0)
NO_ROOM = Room(math.inf, 0.0, 0.0)


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
    level: int = 0

    def corners(self) -> list[XY]:
        """Its four corners, counter-clockwise."""
        return corners_of(self.middle, self.width, self.height, self.angle)

    def shifted(self, shift: XY) -> Label:
        """The same label elsewhere."""
        return self.scaled(1.0, shift)

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
class Labelling:
    """All labels, and those of stations that found no place, where they would like to stand."""

    labels: tuple[Label, ...]
    blocked: tuple[Label, ...]


class Wear:
    """What it costs more to ask for room where that was asked in vain.

    Shapes: T texts, B bodies (marks, then pieces of track): `bodies` (T, B), `pairs` (T, T).
    """

    def __init__(self, texts: int, bodies: int) -> None:
        self.bodies = np.zeros((texts, bodies))
        self.pairs = np.zeros((texts, texts))


def place_labels(
    scene: Scene,
    texts: Sequence[Text],
    *,
    effort: float = 1.0,
    seed: int = 0,
    before: Mapping[str, str] | None = None,
    held: Mapping[str, Label] | None = None,
    moving: Collection[str] | None = None,
    room: Room | None = None,
    wear: Wear | None = None,
) -> Labelling:
    """Place labels on an ordered drawing.

    `before` names the directions of an earlier drawing, which are kept where that costs little.
    `held` are labels to begin with, by station; of these only the `moving` are placed anew, if given.
    With `room`, labels may lie on what can be moved out of their way, at a price, which `wear`
    raises; without, they lie on nothing.
    """
    if not texts:
        return Labelling((), ())
    grounds = Grounds(scene)
    stays = {} if moving is None else _stand_still(held or {}, moving)
    every = list_options(scene, texts, before, stays)
    kept = _find_held(every, held or {}, stays)
    wear = wear or Wear(len(texts), grounds.count)
    burden = grounds.burden(every, room, wear)
    burden[np.array([text.station in stays for text in texts])[every.text]] = 0.0
    free = np.isfinite(burden)
    cost = np.where(free, every.cost + burden, np.inf)
    options = replace(every, cost=cost)
    which = thin(options, np.flatnonzero(free), kept)
    which = which[grounds.have_free_leaders(options.pick(which))]
    picked = options.pick(which)
    number = {int(k): i for i, k in enumerate(which)}
    begin = np.array([number.get(k, -1) for k in kept]) if held else None
    chosen = choose(
        np.bincount(picked.text, minlength=len(texts)),
        picked.cost,
        picked.direction,
        grounds.find_clashes(picked, room, wear),
        _neighbours(scene, texts),
        held=begin,
        lack=(room or NO_ROOM).lack,
        seed=seed,
        effort=effort,
    )
    labels = {int(picked.text[k]): make_label(picked, int(k)) for k in chosen if k >= 0}
    blocked = [
        _least_dear(grounds, every.pick(every.text == i))
        for i in range(len(texts))
        if i not in labels
    ]
    return Labelling(tuple(labels.values()), tuple(blocked))


def _stand_still(held: Mapping[str, Label], moving: Collection[str]) -> dict[str, Standing]:
    """What stays of the labels that are there."""
    return {
        station: Standing(
            Block(label.lines, label.width, label.height, label.size),
            NAMES.index(label.direction), label.level, label.middle,
        )
        for station, label in held.items()
        if station not in moving
    }  # fmt: skip


def _find_held(
    options: Options, held: Mapping[str, Label], stays: Mapping[str, Standing]
) -> list[int]:
    """For each text the number of the option that its label was, or -1."""
    found = [-1] * len(options.texts)
    if not held:
        return found
    names = [held.get(text.station) for text in options.texts]
    for k, (text, block) in enumerate(zip(options.text, options.block, strict=True)):
        label = names[text]
        if label is None:
            continue
        if label.station in stays or (
            label.level == options.level[k]
            and label.direction == NAMES[options.direction[k]]
            and label.lines == options.blocks[block].lines
            and label.key == options.texts[text].key
        ):
            found[text] = k
    return found


def _least_dear(grounds: Grounds, options: Options) -> Label:
    """Where a label that finds no place would stand: the nearest option that asks for least."""
    near = options.pick(options.level == 0)
    near = near if len(near.text) else options
    burden = grounds.burden(near, SOME_ROOM, Wear(len(options.texts), grounds.count))
    dear = near.cost + np.minimum(burden, 1e6)
    return make_label(near, int(np.argmin(dear)))


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
        int(options.level[k]),
    )  # fmt: skip


class Grounds:
    """What tracks and marks cover."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clearance = FREE * scene.style.clearance * scene.scale
        self.stations = list(scene.marks)

    @cached_property
    def frame(self) -> Frame:
        """The vertices of the drawing."""
        return make_frame(self.scene.graph)

    @cached_property
    def rigid(self) -> np.ndarray:
        """Which vertices cannot part along which axis."""
        return find_rigid(self.frame)

    @cached_property
    def bodies(self) -> Bodies:
        """Marks, then pieces of track."""
        return join(make_marks(self.scene), make_pieces(self.scene, self.frame))

    def homes(self, options: Options) -> tuple[np.ndarray, np.ndarray]:
        """The vertex that each option hangs on, and the number of its mark (K,)."""
        vertex = {key: i for i, key in enumerate(self.scene.graph.nodes)}
        nodes = self.scene.graph.station_nodes
        number = {station: i for i, station in enumerate(self.stations)}
        homes = np.array([vertex[nodes[text.station][0]] for text in options.texts], np.int64)
        marks = np.array([number[text.station] for text in options.texts], np.int64)
        return homes[options.text], marks[options.text]

    @property
    def count(self) -> int:
        """How many bodies there are."""
        return len(self.bodies.vertex)

    def burden(self, options: Options, room: Room | None, wear: Wear) -> np.ndarray:
        """What each option costs for what it covers, infinite where that cannot be had (K,)."""
        homes, marks = self.homes(options)
        bodies = self.bodies
        return np.asarray(burden_options(
            options.extent(), homes, marks, bodies.vertex, bodies.extent(self.frame.places),
            np.arange(len(bodies.vertex)) < len(self.stations), self.rigid, self.clearance,
            (room or NO_ROOM).prices(self.scene.scale), STRANGE, options.text, wear.bodies,
        ))  # fmt: skip

    def have_free_leaders(self, options: Options) -> np.ndarray:
        """Which options' leaders pass no other mark and run along no track (K,)."""
        free = np.ones(len(options.text), bool)
        leaders = options.leaders()
        led = np.array([i for i, line in enumerate(leaders) if line is not None], int)
        if not len(led):
            return free
        lines, (_, marks) = leaders[led], self.homes(options)
        over, mark = STRtree(list(self.scene.marks.values())).query(lines, "intersects")
        free[led[over[marks[led[over]] != mark]]] = False
        bands = np.array(self.scene.bands, object)
        over, band = STRtree(bands).query(lines, "intersects")
        under = shapely.length(shapely.intersection(lines[over], bands[band]))
        free[led[over[under > 0.4 * shapely.length(lines[over])]]] = False
        return free

    def find_clashes(self, options: Options, room: Room | None, wear: Wear) -> Clashes:
        """What options of different stations cost together."""
        count = len(options.texts)
        first = np.searchsorted(options.text, np.arange(count + 1)).astype(np.int64)
        lines = options.leaders()
        led = np.array([i for i, line in enumerate(lines) if line is not None], int)
        leaders = np.full((len(lines), 2, 2), np.nan)
        if len(led):
            leaders[led] = shapely.get_coordinates(lines[led]).reshape(-1, 2, 2)
        fixed = (
            first, options.extent(), self.homes(options)[0], options.corners(), leaders, self.rigid,
            2 * self.clearance, (room or NO_ROOM).prices(self.scene.scale), CLASH * (room or NO_ROOM).lack,
            wear.pairs,
        )  # fmt: skip
        room_for, pairs = 0, 100 * len(lines)
        while pairs > room_for:
            room_for = pairs
            one, two = np.zeros(room_for, np.int32), np.zeros(room_for, np.int32)
            weight = np.zeros(room_for, np.float32)
            pairs = weigh_pairs(*fixed, one, two, weight)
        return link_both(len(lines), one[:pairs], two[:pairs], weight[:pairs])


def _neighbours(scene: Scene, texts: Sequence[Text]) -> np.ndarray:
    """Texts whose stations follow each other, both ways (P, 2)."""
    number = {text.station: i for i, text in enumerate(texts)}
    nodes = scene.graph.nodes
    ends = [(nodes[e.u].station, nodes[e.v].station) for e in scene.graph.edges]
    pairs = {(number[a], number[b]) for a, b in ends if a in number and b in number and a != b}
    return np.array(sorted(pairs | {(b, a) for a, b in pairs}), int).reshape(-1, 2)


__all__ = ["Label", "Labelling", "Shapes", "Text", "place_labels"]
