"""Every way to write every label, as arrays: where each block would stand and what it would cost.

Shapes: K options, in order of stations; a block is held at a point of its rim just outside the
station's mark, in one of `DIRECTIONS`, at a distance of a level.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from keten.metro.graph import XY
from keten.metro.lettering import ASCENT, clean, count_hyphens, height_of, measure, wrappings
from keten.metro.relaxing import WAYS
from keten.metro.scene import Scene

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Shapes = NDArray[np.object_]


# name: (where the block is held, 0..1 of its width and height; turn in degrees; cost)
DIRECTIONS: Mapping[str, tuple[XY, float, int]] = {
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
    "away": ((0.5, 0.5), 0.0, 14),
}
NAMES = tuple(DIRECTIONS)
_HOLD = np.array([hold for hold, _, _ in DIRECTIONS.values()])
_TURN = np.array([turn for _, turn, _ in DIRECTIONS.values()])
_COST = np.array([cost for _, _, cost in DIRECTIONS.values()], float)
_SIGN = np.array([
    (("E" in name) - ("W" in name), ("N" in name) - ("S" in name)) for name in NAMES
])  # fmt: skip
LEVELS = (0.0, 0.15, 0.6)  # distances from the mark, in L; from the third on with a leader
FAR = (0.7, 1.0, 1.4, 1.9, 2.5, 3.3, 4.5)  # L from the mark's middle, for labels sent away
RAYS = 24  # directions in which labels are sent away
LEADING_LEVEL = 2
HYPHEN = 8.0  # what a hyphen costs that breaks a name
MOST = 40  # options of one station that are weighed against the others'


@dataclass(frozen=True)
class Text:
    """What is written at a station: its label, with badges (line, code) below it.

    `side` is a direction fixed by hand, `shrink` scales the letters, `far` lets it stand far off, and
    with `key` it is that number, the name standing elsewhere.
    """

    station: str
    text: str
    badges: tuple[tuple[str, str], ...] = ()
    side: str | None = None
    bold: bool = False
    shrink: float = 1.0
    far: bool = False
    key: str = ""


@dataclass(frozen=True)
class Block:
    """A text broken into lines, and how large that is."""

    lines: tuple[str, ...]
    width: float
    height: float
    size: float


@dataclass(frozen=True)
class Options:
    """All options as arrays of length K; `block` and `text` are numbers in the two lists."""

    texts: tuple[Text, ...]
    blocks: tuple[Block, ...]
    marks: Shapes  # (texts,) what each station's mark covers
    text: Ints
    block: Ints
    direction: Ints
    level: Ints
    cost: Floats
    middle: Floats  # (K, 2)

    def pick(self, which: Ints | NDArray[np.bool_]) -> Options:
        """Some of the options."""
        return Options(
            self.texts, self.blocks, self.marks, self.text[which], self.block[which],
            self.direction[which], self.level[which], self.cost[which], self.middle[which],
        )  # fmt: skip

    def corners(self, pad: float = 0.0) -> Floats:
        """The corners of every block, counter-clockwise (K, 4, 2)."""
        sizes = np.array([(b.width, b.height) for b in self.blocks]).reshape(-1, 2)[self.block]
        half = sizes / 2 + pad
        turn = np.radians(_TURN[self.direction])
        cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
        signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        x, y = half[:, None, 0] * signs[:, 0], half[:, None, 1] * signs[:, 1]
        return np.stack((x * cos - y * sin, x * sin + y * cos), axis=2) + self.middle[:, None, :]

    def extent(self) -> Floats:
        """How far every block lies along the eight directions (K, 8)."""
        return np.asarray((self.corners() @ WAYS.T).max(axis=1), float)

    def grounds(self, pad: float = 0.0) -> Shapes:
        """What every block covers, with `pad` around."""
        return np.asarray(shapely.polygons(self.corners(pad)))

    def leaders(self) -> Shapes:
        """A line from the mark to the block for what stands off, nothing for the rest."""
        lines = np.full(len(self.text), None, object)
        led = np.flatnonzero(self.level >= LEADING_LEVEL)
        if len(led):
            far = self.pick(led)
            lines[led] = shapely.shortest_line(self.marks[far.text], far.grounds())
        return lines


@dataclass(frozen=True)
class Standing:
    """A label that stays as it stands: the only option of its text."""

    block: Block
    direction: int
    level: int
    middle: XY


def list_options(
    scene: Scene,
    texts: Sequence[Text],
    before: Mapping[str, str] | None = None,
    standing: Mapping[str, Standing] | None = None,
) -> Options:
    """Every option of every text. `before` names directions of an earlier drawing, which are liked;
    those `standing`, by station, have no other."""
    blocks: list[Block] = []
    parts: list[tuple[Ints, Ints, Ints, Ints, Floats, Floats]] = []
    for number, text in enumerate(texts):
        stays = standing.get(text.station) if standing else None
        if stays is not None:
            blocks.append(stays.block)
            parts.append((
                np.array([number]), np.array([len(blocks) - 1]), np.array([stays.direction]),
                np.array([stays.level]), np.zeros(1), np.array([stays.middle]),
            ))  # fmt: skip
            continue
        size = scene.style.font * scene.scale * text.shrink
        size *= scene.style.small_font if scene.is_small(text.station) else 1.0
        kept = before.get(text.station) if before else None
        for lines in wrappings(text.text, bold=text.bold) or [()]:
            width, height = block_size(lines, text.badges, size, bold=text.bold)
            blocks.append(Block(lines, width, height, size))
            parts.append(_stand(scene, number, text, blocks, kept))
    if not parts:
        none, nowhere = np.zeros(0, np.int64), np.zeros((0, 2))
        bare = np.zeros(0, object)
        return Options((), (), bare, none, none, none, none, np.zeros(0), nowhere)
    marks = np.array([scene.marks[text.station] for text in texts], object)
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    text_at, block_at, direction, level = (np.asarray(column, np.int64) for column in joined[:4])
    return Options(
        tuple(texts), tuple(blocks), marks, text_at, block_at, direction, level, *joined[4:]
    )


def _stand(
    scene: Scene,
    number: int,
    text: Text,
    blocks: Sequence[Block],
    kept: str | None,
) -> tuple[Ints, Ints, Ints, Ints, Floats, Floats]:
    """One block in every direction at every level."""
    block = blocks[-1]
    usable = [
        i for i, name in enumerate(NAMES[:-1])
        if not (_TURN[i] and (text.badges or len(block.lines) > 2))
        and (text.side is None or name.startswith(text.side))
    ]  # fmt: skip
    levels = np.array(LEVELS)
    direction, level = (
        a.ravel() for a in np.meshgrid(usable, np.arange(len(levels)), indexing="ij")
    )
    core = scene.cores[text.station].bounds
    middle, half = np.array([core[0] + core[2], core[1] + core[3]]) / 2, np.array(
        [core[2] - core[0], core[3] - core[1]]
    ) / 2  # fmt: skip
    sign = _SIGN[direction]
    out = scene.mark_radius(text.station) + scene.scale * (scene.style.clearance + levels[level])
    # Outside a corner a block may come nearer, for marks are round.
    out = out * np.where(sign.all(axis=1), 0.85, 1.0)
    point = middle + sign * (half + out[:, None])
    lean = (0.5 - _HOLD[direction]) * np.array([block.width, block.height])
    turn = np.radians(_TURN[direction])
    shift = np.stack(
        (
            lean[:, 0] * np.cos(turn) - lean[:, 1] * np.sin(turn),
            lean[:, 0] * np.sin(turn) + lean[:, 1] * np.cos(turn),
        ),
        axis=1,
    )
    hyphens = count_hyphens(clean(text.text), block.lines)
    cost = _COST[direction] + 3.0 * (len(block.lines) - 1) + HYPHEN * hyphens
    cost = cost + np.where(level == 0, 0, np.where(level == 1, 12, 15 + 15 * level))
    if kept is not None:
        cost = cost - 4.0 * (direction == NAMES.index(kept))
    places = point + shift
    if text.far:
        away, off, price = _send_away(middle, block, scene.scale)
        direction = np.concatenate((direction, np.full(len(off), len(NAMES) - 1)))
        level = np.concatenate((level, off))
        cost, places = np.concatenate((cost, price)), np.concatenate((places, away))
    count = len(direction)
    return (
        np.full(count, number), np.full(count, len(blocks) - 1), direction, level, cost, places,
    )  # fmt: skip


def _send_away(middle: Floats, block: Block, scale: float) -> tuple[Floats, Ints, Floats]:
    """A level block on rays all around: places, levels (each ray and ring its own) and costs."""
    ring, ray = (
        a.ravel() for a in np.meshgrid(np.arange(len(FAR)), np.arange(RAYS), indexing="ij")
    )
    angle = 2 * np.pi * ray / RAYS
    along = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    # The block's near rim, not its middle, is so far away.
    half = np.array([block.width, block.height]) / 2
    with np.errstate(divide="ignore"):
        rim = np.min(half / np.maximum(np.abs(along), 1e-9), axis=1)
    reach = np.array(FAR)[ring] * scale + rim
    cost = _COST[-1] + 18.0 * np.array(FAR)[ring] + 3.0 * (len(block.lines) - 1)
    return middle + along * reach[:, None], LEADING_LEVEL + 1 + ring * RAYS + ray, cost


def thin(options: Options, free: Ints, held: Sequence[int] = ()) -> Ints:
    """Numbers of the options to weigh, in order of stations: of each station those `held`, then the
    cheapest in each direction and level, then others, to a limit."""
    order = free[np.lexsort((options.cost[free], options.text[free]))]
    key = (options.text * 100 + options.direction) * 1000 + options.level
    _, first = np.unique(key[order], return_index=True)
    rank = np.full(len(order), 2)
    rank[first] = 1
    rank[np.isin(order, np.array(held, np.int64))] = 0
    ranked = order[np.lexsort((options.cost[order], rank, options.text[order]))]
    begins = np.searchsorted(options.text[ranked], options.text[ranked], side="left")
    place = np.arange(len(ranked)) - begins
    most = np.array([4 * MOST if text.far else MOST for text in options.texts])
    return np.sort(ranked[place < most[options.text[ranked]]])


def block_size(
    lines: Sequence[str], badges: Sequence[tuple[str, str]], size: float, *, bold: bool = False
) -> tuple[float, float]:
    """Width and height of a block of text with its badges."""
    width = max((measure(line, size, bold=bold) for line in lines), default=0.0)
    height = height_of(lines) * size
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


def lean_of(direction: int) -> int:
    """-1, 0 or 1: lines begin at the left, are centred, or end at the right of their block."""
    at = float(_HOLD[direction][0])
    return -1 if at < 0.5 else 1 if at > 0.5 else 0


def turn_of(direction: int) -> float:
    """Degrees that a block is turned, counter-clockwise."""
    return float(_TURN[direction])


def corners_of(middle: XY, width: float, height: float, angle: float) -> list[XY]:
    """The corners of one block."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    half = [(i * width / 2, j * height / 2) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return [(middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos) for x, y in half]
