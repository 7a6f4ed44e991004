"""Convex shapes hung on the vertices of a drawing, and what it would take to have them apart.

A shape is told by how far it reaches along the eight directions, which is exact for level and
diagonal blocks and track. Vertices joined by pieces square to a direction lie equally far along it
for ever: shapes on such two cannot part that way, however much room there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keten.metro.compiled import compiled
from keten.metro.relaxing import WAYS, Frame
from keten.metro.scene import Scene

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FREE = 0.5  # of the clearance: what is kept free between a label and track or a mark


@dataclass(frozen=True)
class Bodies:
    """Shapes with hooks, each hook a vertex and what of the shape hangs on it.

    Shapes: B bodies, H hooks (the first is repeated where there are fewer): `vertex` (B, H),
    `reach` (B, H, 8) from the vertex along each direction.
    """

    vertex: Ints
    reach: Floats

    def extent(self, places: Floats) -> Floats:
        """How far each hook's part lies along each direction (B, H, 8)."""
        return np.asarray(places[self.vertex] @ WAYS.T + self.reach, float)

    def padded(self, hooks: int) -> Bodies:
        """The same with so many hooks."""
        more = [0] * (hooks - self.vertex.shape[1])
        which = [*range(self.vertex.shape[1]), *more]
        return Bodies(self.vertex[:, which], self.reach[:, which])

    def pick(self, which: Ints | NDArray[np.bool_]) -> Bodies:
        """Some of the bodies."""
        return Bodies(self.vertex[which], self.reach[which])


def join(*parts: Bodies) -> Bodies:
    """Bodies after bodies."""
    hooks = max(part.vertex.shape[1] for part in parts)
    even = [part.padded(hooks) for part in parts]
    return Bodies(
        np.concatenate([part.vertex for part in even]),
        np.concatenate([part.reach for part in even]),
    )


def make_pieces(scene: Scene, frame: Frame) -> Bodies:
    """The straight pieces of track, as broad as their bundles."""
    half = np.array(scene.widths)[frame.edge_of] / 2
    return Bodies(frame.ends, np.broadcast_to(half[:, None, None], (len(half), 2, 8)).copy())


def make_marks(scene: Scene) -> Bodies:
    """The marks of stations, in the order of `scene.marks`, hung on all nodes of each."""
    number = {key: i for i, key in enumerate(scene.graph.nodes)}
    stations = scene.graph.station_nodes
    hooks = max((len(nodes) for nodes in stations.values()), default=1)
    vertex = np.zeros((len(stations), hooks), np.int64)
    reach = np.zeros((len(stations), hooks, 8))
    for i, (station, nodes) in enumerate(stations.items()):
        for h in range(hooks):
            node = nodes[h] if h < len(nodes) else nodes[0]
            spots = np.array(scene.spots_at(node)) - np.array(scene.graph.nodes[node].xy)
            vertex[i, h] = number[node]
            reach[i, h] = (spots @ WAYS.T).max(axis=0) + scene.mark_radius(station)
    return Bodies(vertex, reach)


def find_rigid(frame: Frame) -> Ints:
    """For each of four axes a number per vertex; equal ones never part along it (4, V)."""
    rigid = np.tile(np.arange(len(frame.places)), (4, 1))
    for axis in range(4):
        held = rigid[axis]
        for a, b in frame.ends[(frame.octant - axis) % 4 == 2]:
            if held[a] != held[b]:
                held[held == held[b]] = held[a]
    return rigid


@compiled
def lack_of(
    block: Floats, home: int, vertex: Ints, extent: Floats, rigid: Ints, gap: float
) -> float:
    """How far a block and a body must move to be a gap apart; infinite if they cannot part.

    Shapes: `block` (8,) its extent, `vertex` (H,), `extent` (H, 8) those of the body.
    """
    least = np.inf
    for way in range(8):
        worst = 0.0
        for h in range(len(vertex)):
            lack = gap + block[way] + extent[h, (way + 4) % 8]
            if lack > 1e-9:
                if rigid[way % 4, home] == rigid[way % 4, vertex[h]]:
                    worst = np.inf
                    break
                worst = max(worst, lack)
        if worst < least:
            least = worst
            if least == 0.0:
                break
    return least


@compiled
def distance_of(block: Floats, extent: Floats) -> float:
    """How far a block and a body are apart, at least; nought where they touch."""
    far = 0.0
    for way in range(8):
        room = np.inf
        for h in range(len(extent)):
            room = min(room, -extent[h, (way + 4) % 8] - block[way])
        far = max(far, room)
    return far


@compiled
def price_of(lack: float, dear: Floats) -> float:
    """What it costs to ask for room. `dear`: once, per unit, per unit squared."""
    if lack <= 0.0:
        return 0.0
    return float(dear[0] + dear[1] * lack + dear[2] * lack * lack)


@compiled
def list_near(
    blocks: Floats, own: Ints, start: int, extent: Floats, gap: float, around: Ints
) -> int:
    """The bodies near any option of one station, its own mark left out; returns how many."""
    wide = np.full(4, -np.inf)
    k = start
    while k < len(blocks) and own[k] == own[start]:
        for side in range(4):
            wide[side] = max(wide[side], blocks[k, 2 * side])
        k += 1
    # A mark may be nearer to a block than the block's own without touching it.
    gap = gap + 0.25 * max(wide[0] + wide[2], wide[1] + wide[3])
    count = 0
    for body in range(len(extent)):
        apart = body == own[start]
        for side in range(4):
            room = np.inf
            for h in range(extent.shape[1]):
                room = min(room, -extent[body, h, (2 * side + 4) % 8] - wide[side])
            apart = apart or room > gap
        if not apart:
            around[count] = body
            count += 1
    return count


@compiled
def burden_options(
    blocks: Floats,
    homes: Ints,
    own: Ints,
    vertex: Ints,
    extent: Floats,
    is_mark: NDArray[np.bool_],
    rigid: Ints,
    gap: float,
    dear: Floats,
    strange: float,
    text: Ints,
    wear: Floats,
) -> Floats:
    """What room costs that each option needs of track and marks, and `strange` for a mark nearer
    than its own; `wear` (T, B) is what it costs more where a text asked a body in vain.

    Shapes: K options: `blocks` (K, 8), `homes` (K,) vertices, `own` (K,) the body of their mark;
    B bodies: `vertex` (B, H), `extent` (B, H, 8), `is_mark` (B,).
    """
    burden = np.zeros(len(blocks))
    around = np.empty(len(vertex), np.int64)
    count = 0
    for k in range(len(blocks)):
        block = blocks[k]
        if k == 0 or own[k] != own[k - 1]:
            count = list_near(blocks, own, k, extent, gap, around)
        near = 1.15 * distance_of(block, extent[own[k]]) + gap
        for i in range(count):
            body = around[i]
            apart = False
            for way in range(0, 8, 2):
                room = np.inf
                for h in range(vertex.shape[1]):
                    room = min(room, -extent[body, h, (way + 4) % 8] - block[way])
                if room > gap and (room > near or not is_mark[body]):
                    apart = True
                    break
            if apart:
                continue
            lack = lack_of(block, homes[k], vertex[body], extent[body], rigid, gap)
            if lack > 0.0:
                burden[k] += np.inf if lack == np.inf else price_of(lack, dear)
                burden[k] += wear[text[k], body]
                if burden[k] == np.inf:
                    break
            if is_mark[body] and strange > 0.0 and distance_of(block, extent[body]) < near:
                burden[k] += strange
    return burden


@compiled
def comes_by(line: Floats, block: Floats) -> bool:
    """Whether there is a line (2, 2), and it is not wholly on one side of a block (8,)."""
    return bool(
        max(line[0, 0], line[1, 0]) >= -block[4]
        and min(line[0, 0], line[1, 0]) <= block[0]
        and max(line[0, 1], line[1, 1]) >= -block[6]
        and min(line[0, 1], line[1, 1]) <= block[2]
    )


@compiled
def meets(line: Floats, corners: Floats) -> bool:
    """Whether a line (2, 2) and a convex block (4, 2) touch: separating axes."""
    for axis in range(3):
        if axis < 2:
            x, y = corners[axis + 1, 0] - corners[axis, 0], corners[axis + 1, 1] - corners[axis, 1]
        else:
            x, y = line[0, 1] - line[1, 1], line[1, 0] - line[0, 0]
        low, high = np.inf, -np.inf
        for c in range(4):
            at = corners[c, 0] * x + corners[c, 1] * y
            low, high = min(low, at), max(high, at)
        a, b = line[0, 0] * x + line[0, 1] * y, line[1, 0] * x + line[1, 1] * y
        if max(a, b) < low or min(a, b) > high:
            return False
    return True


@compiled
def weigh_pairs(  # noqa: C901 - one loop; compiled code has no cheap calls with state
    first: Ints,
    blocks: Floats,
    homes: Ints,
    corners: Floats,
    leaders: Floats,
    rigid: Ints,
    gap: float,
    dear: Floats,
    clash: float,
    wear: Floats,
    one: NDArray[np.int32],
    two: NDArray[np.int32],
    weight: NDArray[np.float32],
) -> int:
    """What each two options of different stations cost together; gives how many pairs there are.

    Pairs go into `one`, `two` and `weight` as far as these have room: who sees that they had not asks
    again with longer ones. Shapes: stations S, options K: `first` (S + 1,), `blocks` (K, 8),
    `corners` (K, 4, 2), `leaders` (K, 2, 2), not a number where there is none; `wear` (S, S) is added
    where two asked each other in vain.
    """
    stations = len(first) - 1
    wide = np.full((stations, 4), -np.inf)
    for s in range(stations):
        for k in range(first[s], first[s + 1]):
            for side in range(4):
                wide[s, side] = max(wide[s, side], blocks[k, 2 * side])
            for end in range(2):
                if leaders[k, end, 0] == leaders[k, end, 0]:
                    for axis in range(2):
                        wide[s, axis] = max(wide[s, axis], leaders[k, end, axis])
                        wide[s, axis + 2] = max(wide[s, axis + 2], -leaders[k, end, axis])
    count = 0
    for s in range(stations):
        for t in range(s + 1, stations):
            if (
                wide[s, 0] + gap < -wide[t, 2]
                or wide[t, 0] + gap < -wide[s, 2]
                or wide[s, 1] + gap < -wide[t, 3]
                or wide[t, 1] + gap < -wide[s, 3]
            ):
                continue
            for a in range(first[s], first[s + 1]):
                for b in range(first[t], first[t + 1]):
                    cost = 0.0
                    if not (
                        blocks[a, 0] + gap < -blocks[b, 4]
                        or blocks[b, 0] + gap < -blocks[a, 4]
                        or blocks[a, 2] + gap < -blocks[b, 6]
                        or blocks[b, 2] + gap < -blocks[a, 6]
                    ):
                        lack = lack_of(
                            blocks[a], homes[a], homes[b : b + 1], blocks[b : b + 1], rigid, gap
                        )
                        if lack > 0.0:
                            cost = min(clash, price_of(lack, dear) + wear[s, t])
                    if cost < clash and (
                        (comes_by(leaders[a], blocks[b]) and meets(leaders[a], corners[b]))
                        or (comes_by(leaders[b], blocks[a]) and meets(leaders[b], corners[a]))
                    ):
                        cost = clash
                    if cost > 0.0:
                        if count < len(one):
                            one[count], two[count], weight[count] = a, b, cost
                        count += 1
    return count
