"""Places every station's label: eight directions, one to three lines, level before aslant.

Places that a track or a mark covers are not candidates; of the others one is chosen
for each station, so that no two overlap and the dearest habits are kept (level, beside the
station, alike along a line). A station without any place left is told, with what stands in the
way, so that `relax` can make room; as a last resort a label stands further off, with a leader, or
in smaller letters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from keten.metro import choosing
from keten.metro.graph import XY
from keten.metro.lettering import ASCENT, LEADING, measure, wrappings
from keten.metro.scene import Scene

# Direction -> (where the block's anchor lies in the block, turn in degrees, cost). The block is
# held at a point of its rim: (0, .5) is the middle of its left side.
DIRECTIONS: Mapping[str, tuple[tuple[float, float], float, int]] = {
    "E": ((0.0, 0.5), 0.0, 0),
    "W": ((1.0, 0.5), 0.0, 2),
    "E+": ((0.0, 0.22), 0.0, 3),
    "E-": ((0.0, 0.78), 0.0, 3),
    "W+": ((1.0, 0.22), 0.0, 5),
    "W-": ((1.0, 0.78), 0.0, 5),
    "S": ((0.5, 1.0), 0.0, 6),
    "N": ((0.5, 0.0), 0.0, 6),
    "S+": ((0.2, 1.0), 0.0, 9),
    "S-": ((0.8, 1.0), 0.0, 9),
    "N+": ((0.2, 0.0), 0.0, 9),
    "N-": ((0.8, 0.0), 0.0, 9),
    "NE": ((0.0, 0.0), 0.0, 5),
    "SE": ((0.0, 1.0), 0.0, 5),
    "SW": ((1.0, 1.0), 0.0, 7),
    "NW": ((1.0, 0.0), 0.0, 7),
    "NE/": ((0.0, 0.5), 45.0, 24),
    "SW/": ((1.0, 0.5), 45.0, 26),
    "SE\\": ((0.0, 0.5), -45.0, 30),
    "NW\\": ((1.0, 0.5), -45.0, 30),
}
LEVELS = (0.0, 0.15, 0.6)  # distances from the mark; from the third on with a leader
FAR_LEVELS = (1.2, 1.9, 2.8, 4.0, 6.0)
ANGLE = {"E": 0, "NE": 45, "N": 90, "NW": 135, "W": 180, "SW": 225, "S": 270, "SE": 315}


@dataclass(frozen=True)
class Label:
    """A label where it stands. Units: the network's own; `anchor` is the station's place.

    `block` is the middle of the text block, `angle` its turn in degrees counter-clockwise, `side`
    -1, 0 or 1 as its lines begin, are centred or end there. `badges` are (line, code) below the text.
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
    cost: int = 0
    level: int = 0

    def corners(self, pad: float = 0.0) -> tuple[XY, XY, XY, XY]:
        """Its four corners, counter-clockwise, with `pad` around."""
        along, up = self.width / 2 + pad, self.height / 2 + pad
        turn = math.radians(self.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = self.middle
        a, b, c, d = (
            (x + i * along * cos - j * up * sin, y + i * along * sin + j * up * cos)
            for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        )
        return a, b, c, d

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


@dataclass(frozen=True)
class Text:
    """What is written at a station."""

    station: str
    text: str
    badges: tuple[tuple[str, str], ...] = ()
    side: str | None = None
    bold: bool = False
    shrink: float = 1.0
    far: bool = False


def place_labels(
    scene: Scene,
    texts: Sequence[Text],
    *,
    effort: float = 1.0,
    seed: int = 0,
    levels: Sequence[float] = LEVELS,
    far: Sequence[float] = (),
    before: Mapping[str, str] | None = None,
) -> Labelling:
    """Place labels on an ordered drawing.

    Units: `levels` are distances from the mark in L, `far` more of them for texts that may stand far. `before` names
    the directions of an earlier drawing, which are kept where that costs nothing else.
    """
    grounds = Grounds(scene)
    wishes: dict[str, list[Label]] = {}
    free: dict[str, list[Label]] = {}
    for text in texts:
        options = candidates(scene, text, (*levels, *far) if text.far else levels)
        if before and text.station in before:
            options = [
                replace(o, cost=o.cost - 4 * (o.direction == before[text.station])) for o in options
            ]
        wishes[text.station] = options
    for label in grounds.free([o for options in wishes.values() for o in options]):
        free.setdefault(label.station, []).append(label)
    free = {text.station: _thin(free.get(text.station, [])) for text in texts}
    chosen = choose(scene, free, effort, seed)
    placed = {label.station: label for label in chosen}
    blocked = [
        grounds.least_blocked(wishes[text.station], tuple(chosen))
        for text in texts
        if text.station not in placed
    ]
    return Labelling(tuple(chosen), tuple(blocked))


def _thin(options: list[Label], most: int = 24) -> list[Label]:
    """The cheapest, yet each direction once if it is free at all."""
    options = sorted(options, key=lambda o: o.cost)
    first: dict[tuple[str, int], Label] = {}
    for option in options:
        first.setdefault((option.direction, option.level), option)
    kept = sorted(first.values(), key=lambda o: o.cost)[:most]
    taken = {id(o) for o in kept}
    return kept + [o for o in options if id(o) not in taken][: max(0, most - len(kept))]


def candidates(
    scene: Scene, text: Text, levels: Sequence[float] = ()
) -> list[Label]:
    """Every way to write a station's label, cheapest habits first in cost."""
    style, scale = scene.style, scene.scale
    size = style.font * scale * text.shrink * (style.small_font if scene.is_small(text.station) else 1.0)
    core, radius = scene.mark_core(text.station), scene.mark_radius(text.station)
    found: list[Label] = []
    for lines in wrappings(text.text, bold=text.bold) or [()]:
        width, height = block_size(lines, text.badges, size, text.bold)
        for direction, (hold, angle, cost) in DIRECTIONS.items():
            if angle and (text.badges or len(lines) > 2):
                continue
            if text.side and not direction.startswith(text.side):
                continue
            for level, distance in enumerate(levels):
                gap = scale * (style.clearance + distance)
                middle = _stand(core, radius, direction, hold, angle, (width, height), gap)
                wrapped = 3 * (len(lines) - 1)
                found.append(
                    Label(
                        text.station, lines, text.badges, direction, middle, width, height, angle,
                        size, _side(hold), text.bold, None, cost + wrapped + _level_cost(level), level,
                    )
                )  # fmt: skip
    return [
        _with_leader(label, scene.marks[text.station]) if label.level > 1 else label
        for label in found
    ]


def block_size(
    lines: Sequence[str], badges: Sequence[tuple[str, str]], size: float, bold: bool = False
) -> tuple[float, float]:
    """Width and height of a block of text with its badges."""
    width = max((measure(line, size, bold=bold) for line in lines), default=0.0)
    height = len(lines) * LEADING * size
    if badges:
        width = max(width, sum(badge_width(code, size) for _, code in badges))
        height += badge_height(size) + 0.1 * size
    return width, height


def badge_width(code: str, size: float) -> float:
    """Width that a badge takes, with the space after it."""
    return max(measure(code, 0.8 * size, bold=True) + 0.5 * size, badge_height(size)) + 0.15 * size


def badge_height(size: float) -> float:
    """Height of a badge beside letters of a size."""
    return (ASCENT + 0.42) * size


def _side(hold: XY) -> int:
    return -1 if hold[0] < 0.5 else 1 if hold[0] > 0.5 else 0


def _stand(
    core: BaseGeometry, radius: float, direction: str, hold: XY, angle: float, size: XY, gap: float
) -> XY:
    """The middle of a block that is held at `hold` just outside a mark."""
    toward = math.radians(ANGLE[direction.rstrip("/\\+-")])
    sign = (_sign(math.cos(toward)), _sign(math.sin(toward)))
    x0, y0, x1, y1 = core.bounds
    # Outside a corner a block may come nearer, for marks are round.
    share = 0.85 if all(sign) else 1.0
    out = (radius + gap) * share
    point = (
        (x0 + x1) / 2 + sign[0] * ((x1 - x0) / 2 + out),
        (y0 + y1) / 2 + sign[1] * ((y1 - y0) / 2 + out),
    )
    dx, dy = (0.5 - hold[0]) * size[0], (0.5 - hold[1]) * size[1]
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (point[0] + dx * cos - dy * sin, point[1] + dx * sin + dy * cos)


def _level_cost(level: int) -> int:
    return 0 if level == 0 else 12 if level == 1 else 15 + 15 * level


def _sign(value: float) -> int:
    return 0 if abs(value) < 1e-9 else 1 if value > 0 else -1


def _with_leader(label: Label, mark: BaseGeometry) -> Label:
    centre = mark.centroid
    ground = label.ground
    near = ground.exterior.interpolate(ground.exterior.project(centre))
    return replace(label, leader=((centre.x, centre.y), (near.x, near.y)))


class Grounds:
    """What tracks and marks cover."""

    def __init__(self, scene: Scene) -> None:
        self.clearance = 0.5 * scene.style.clearance * scene.scale
        self.bands = scene.bands
        nodes = scene.graph.nodes
        self.ends = [(nodes[e.u].station, nodes[e.v].station) for e in scene.graph.edges]
        self.marks = list(scene.marks.values())
        self.stations = list(scene.marks)
        self.band_tree = STRtree(self.bands)
        self.mark_tree = STRtree(self.marks)

    def free(self, labels: Sequence[Label]) -> list[Label]:
        """Those that cover nothing, their leaders no other mark and no track along its length."""
        if not labels:
            return []
        wide = shapely.polygons(np.array([label.corners(self.clearance) for label in labels]))
        over = {int(i) for i in self.band_tree.query(wide, "intersects")[0]}
        for i, mark in zip(*self.mark_tree.query(wide, "intersects"), strict=True):
            # A label was set beside its own mark; its free space may touch it.
            if self.stations[mark] != labels[i].station:
                over.add(int(i))
        return [
            label
            for i, label in enumerate(labels)
            if i not in over and (label.leader is None or self._leads_free(label))
        ]

    def _leads_free(self, label: Label) -> bool:
        line = LineString(label.leader)
        if any(self.stations[i] != label.station for i in self.mark_tree.query(line, "intersects")):
            return False
        return not any(
            self.bands[i].intersection(line).length > 0.5 * line.length
            for i in self.band_tree.query(line)
        )

    def covered(self, label: Label) -> tuple[int, ...]:
        """The edges whose track a label would cover."""
        ground = Polygon(label.corners(self.clearance))
        return tuple(int(i) for i in sorted(self.band_tree.query(ground, "intersects")))

    def least_blocked(self, options: Sequence[Label], others: tuple[Label, ...]) -> Blocked:
        """The candidate that covers least, and what it covers."""
        tree = STRtree([label.ground for label in others])

        def burden(label: Label) -> float:
            ground, at = label.ground, self.ends
            # Its own track cannot get out of its way.
            area = sum(
                self.bands[i].intersection(ground).area * (4 if label.station in at[i] else 1)
                for i in self.covered(label)
            )
            area += sum(
                others[int(i)].ground.intersection(ground).area
                for i in tree.query(ground, "intersects")
            )
            return area / ground.area + 0.005 * label.cost

        best = min((o for o in options if o.level == 0), key=burden)
        near = best.ground.buffer(self.clearance)
        over = tuple(others[int(i)] for i in sorted(tree.query(near, "intersects")))
        marks = tuple(
            self.stations[int(i)]
            for i in sorted(self.mark_tree.query(near, "intersects"))
            if self.stations[int(i)] != best.station
        )
        return Blocked(best, self.covered(best), over, marks)


def choose(
    scene: Scene, free: Mapping[str, Sequence[Label]], effort: float, seed: int = 0
) -> list[Label]:
    """One candidate for each station where that can be, at least cost, none overlapping."""
    options = [label for labels in free.values() for label in labels]
    number = {station: i for i, station in enumerate(free)}
    directions = list(DIRECTIONS)
    chosen = choosing.choose(
        [len(labels) for labels in free.values()],
        [float(label.cost) for label in options],
        [directions.index(label.direction) for label in options],
        find_clashes(options, scene.style.clearance * scene.scale),
        [(number[a], number[b]) for a, b in _neighbours(scene) if a in number and b in number],
        seed=seed,
        effort=effort,
    )
    return [options[i] for i in chosen if i >= 0]


def _neighbours(scene: Scene) -> list[tuple[str, str]]:
    """Stations that follow each other, both ways."""
    nodes = scene.graph.nodes
    ends = [(nodes[e.u].station, nodes[e.v].station) for e in scene.graph.edges]
    pairs = {(a, b) for a, b in ends if a is not None and b is not None and a != b}
    return sorted(pairs | {(b, a) for a, b in pairs})


def find_clashes(options: Sequence[Label], gap: float) -> list[tuple[int, int]]:
    """Candidates of different stations that overlap, a leader counted in: pairs, both ways."""
    grounds = [
        o.ground.union(LineString(o.leader).buffer(gap / 4)) if o.leader else o.ground
        for o in options
    ]
    wide = shapely.buffer(np.array(grounds, object), gap / 2, join_style="mitre")
    tree = STRtree(wide)
    first, second = tree.query(wide, "intersects")
    return sorted(
        (int(i), int(j))
        for i, j in zip(first, second, strict=True)
        if options[i].station != options[j].station
    )
