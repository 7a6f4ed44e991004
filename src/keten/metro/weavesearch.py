"""The compiled search behind `weaving`: orders of sets and places of elements, annealed together.

A block is a run of elements that the same sets hold: one node, or two with a firm stretch between.
A line is a sequence of blocks, each entered at one end and left at the other; `path` holds twice the
block's number, plus one where it is walked the other way. Segments are the firm stretches first
(one for each block, of weight 0 where the block is one node), then those from block to block, line
after line. Lengths are in units of the distance wanted between neighbours.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from keten.metro.compiled import compiled
from keten.metro.gridsearch import roll

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

CROSSING = 6.0  # of two lines
STRETCH = 0.15  # for each unit of track beyond the length wanted
SQUEEZE = 4.0  # for stretches too short, squared
CLOSE = 6.0  # for nodes nearer than a distance to each other, squared
BESIDE = 5.0  # for nodes nearer than half a distance to strange track
FRESH = 0.6  # for each pair of neighbours that no other set has
TURN = 0.8  # for a line's turn of 90 degrees
NEAR, ASIDE = 0.95, 0.55


class Weave(NamedTuple):
    """All that the search reads and writes."""

    x: Floats  # (N,)
    y: Floats  # (N,)
    head: Ints  # (B,) first node of each block
    tail: Ints  # (B,) its last, the same for one node
    least: Floats  # (B,) the shortest that its firm stretch may be
    most: Floats  # (B,) the longest
    path: Ints  # (P,) line after line
    first: Ints  # (L + 1,) where each line begins in `path`
    seg_u: Ints  # (B + P,)
    seg_v: Ints  # (B + P,)
    weight: Floats  # (B + P,) lines on a segment; 0: there is none
    used: Ints  # (N, N) how many lines join two nodes
    mark: Ints  # (B + P,) scratch
    dice: NDArray[np.uint64]  # (1,)


@compiled
def entry(w: Weave, step: int) -> int:
    """The node by which a line comes into a block."""
    return int(w.tail[step >> 1] if step & 1 else w.head[step >> 1])


@compiled
def leaving(w: Weave, step: int) -> int:
    """The node by which a line leaves a block."""
    return int(w.head[step >> 1] if step & 1 else w.tail[step >> 1])


@compiled
def side(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> float:
    """Twice the area of a triangle: its sign says on which side of ab c lies."""
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)


@compiled
def crossings_of(w: Weave, s: int) -> float:
    """Pairs of lines that cross on one segment; pairs with marked ones of a lower mark left out."""
    u, v = w.seg_u[s], w.seg_v[s]
    ax, ay, bx, by = w.x[u], w.y[u], w.x[v], w.y[v]
    low_x, high_x = min(ax, bx), max(ax, bx)
    low_y, high_y = min(ay, by), max(ay, by)
    found = 0.0
    for t in range(len(w.weight)):
        if w.weight[t] == 0.0:
            continue
        p, q = w.seg_u[t], w.seg_v[t]
        if p in (u, v) or q in (u, v):
            continue
        if w.mark[t] > 0 and w.mark[t] < w.mark[s]:
            continue
        cx, cy, dx, dy = w.x[p], w.y[p], w.x[q], w.y[q]
        if max(cx, dx) < low_x or min(cx, dx) > high_x:
            continue
        if max(cy, dy) < low_y or min(cy, dy) > high_y:
            continue
        if side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0.0 and (
            side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0.0
        ):
            found += w.weight[s] * w.weight[t]
    return found


@compiled
def gap(w: Weave, node: int, s: int) -> float:
    """How far a node is from a segment."""
    ax, ay = w.x[w.seg_u[s]], w.y[w.seg_u[s]]
    ex, ey = w.x[w.seg_v[s]] - ax, w.y[w.seg_v[s]] - ay
    square = ex * ex + ey * ey
    share = 0.0
    if square > 1e-12:
        share = ((w.x[node] - ax) * ex + (w.y[node] - ay) * ey) / square
        share = min(1.0, max(0.0, share))
    return float(np.hypot(w.x[node] - ax - share * ex, w.y[node] - ay - share * ey))


@compiled
def crowd(w: Weave, node: int, s: int) -> float:
    """What it costs that a node stands near a strange segment."""
    if w.weight[s] == 0.0 or w.seg_u[s] == node or w.seg_v[s] == node:
        return 0.0
    ax, bx = w.x[w.seg_u[s]], w.x[w.seg_v[s]]
    if w.x[node] < min(ax, bx) - ASIDE or w.x[node] > max(ax, bx) + ASIDE:
        return 0.0
    ay, by = w.y[w.seg_u[s]], w.y[w.seg_v[s]]
    if w.y[node] < min(ay, by) - ASIDE or w.y[node] > max(ay, by) + ASIDE:
        return 0.0
    far = gap(w, node, s)
    return BESIDE * (1.0 - far / ASIDE) ** 2 if far < ASIDE else 0.0


@compiled
def segment_cost(w: Weave, s: int) -> float:
    """Crossings, length, and nodes near to one segment."""
    if w.weight[s] == 0.0:
        return 0.0
    u, v = w.seg_u[s], w.seg_v[s]
    length = np.hypot(w.x[u] - w.x[v], w.y[u] - w.y[v])
    least, most = (w.least[s], w.most[s]) if s < len(w.head) else (1.0, 1.0)
    cost = CROSSING * crossings_of(w, s) + STRETCH * w.weight[s] * length
    if length < least:
        cost += SQUEEZE * (least - length) ** 2
    elif s < len(w.head) and length > most:
        cost += STRETCH * (length - most)
    for node in range(len(w.x)):
        cost += crowd(w, node, s)
    return float(cost)


@compiled
def turns_of(w: Weave, line: int) -> float:
    """What all turns of a line cost."""
    cost, count = 0.0, 0
    px, py, qx, qy = 0.0, 0.0, 0.0, 0.0
    for i in range(w.first[line], w.first[line + 1]):
        one, other = entry(w, w.path[i]), leaving(w, w.path[i])
        for k in range(2):
            if k == 1 and one == other:
                break
            node = one if k == 0 else other
            x, y = w.x[node], w.y[node]
            if count > 1:
                ax, ay, bx, by = qx - px, qy - py, x - qx, y - qy
                size = np.hypot(ax, ay) * np.hypot(bx, by)
                if size > 1e-12:
                    cost += TURN * (1.0 - (ax * bx + ay * by) / size)
            px, py, qx, qy = qx, qy, x, y
            count += 1
    return cost


@compiled
def join(w: Weave, i: int, way: int) -> None:
    """Count the segment after place `i` of the paths in (1) or out (-1) of what joins nodes."""
    s = len(w.head) + i
    u, v = w.seg_u[s], w.seg_v[s]
    w.used[u, v] += way
    w.used[v, u] = w.used[u, v]


@compiled
def fresh_cost(w: Weave, i: int) -> float:
    """What the pair of neighbours after place `i` costs beside those that others have too."""
    s = len(w.head) + i
    return float(FRESH / max(1, w.used[w.seg_u[s], w.seg_v[s]]))


@compiled
def thread(w: Weave, i: int) -> None:
    """Set the segment after place `i` by the path."""
    s = len(w.head) + i
    w.seg_u[s], w.seg_v[s] = leaving(w, w.path[i]), entry(w, w.path[i + 1])


@compiled
def line_cost(w: Weave, line: int) -> float:
    """What of a line changes as its order does: its segments between blocks, and its turns."""
    cost = turns_of(w, line)
    for i in range(w.first[line], w.first[line + 1] - 1):
        cost += fresh_cost(w, i)
    return cost


@compiled
def turn_around(w: Weave, low: int, high: int) -> None:
    """Walk the blocks of a stretch of a path the other way."""
    while low < high:
        w.path[low], w.path[high] = w.path[high] ^ 1, w.path[low] ^ 1
        low += 1
        high -= 1
    if low == high:
        w.path[low] ^= 1


@compiled
def try_order(w: Weave, line: int, heat: float) -> bool:
    """Turn a stretch of a line around, or carry one block elsewhere; keep that if dice allow."""
    start, end = w.first[line], w.first[line + 1]
    count = end - start
    if count < 2:
        return False
    one = start + int(roll(w.dice) * count)
    other = start + int(roll(w.dice) * count)
    low, high = min(one, other), max(one, other)
    kind = int(roll(w.dice) * 4)
    if kind == 3:
        low = high = one
    left, right = max(start, low - 1), min(end - 2, high)
    before = order_cost_of(w, line, left, right)
    saved = w.path[start:end].copy()
    for i in range(left, right + 1):
        join(w, i, -1)
    if kind == 0 and high > low:  # the last of the stretch goes to its head
        carried = w.path[high]
        for i in range(high, low, -1):
            w.path[i] = w.path[i - 1]
        w.path[low] = carried
    elif kind == 1 and high > low:  # the first goes to its end
        carried = w.path[low]
        for i in range(low, high):
            w.path[i] = w.path[i + 1]
        w.path[high] = carried
    else:
        turn_around(w, low, high)
    for i in range(left, right + 1):
        thread(w, i)
        join(w, i, 1)
    gain = order_cost_of(w, line, left, right) - before
    if gain <= 0.0 or roll(w.dice) < np.exp(-gain / heat):
        return True
    for i in range(left, right + 1):
        join(w, i, -1)
    w.path[start:end] = saved
    for i in range(left, right + 1):
        thread(w, i)
        join(w, i, 1)
    return False


@compiled
def order_cost_of(w: Weave, line: int, left: int, right: int) -> float:
    """Cost of a line's segments after places `left` to `right`, and of its turns."""
    base = len(w.head)
    for i in range(left, right + 1):
        w.mark[base + i] = i - left + 1
    cost = turns_of(w, line)
    for i in range(left, right + 1):
        cost += segment_cost(w, base + i) + fresh_cost(w, i)
    for i in range(left, right + 1):
        w.mark[base + i] = 0
    return cost


@compiled
def place_cost(w: Weave, one: int, other: int, lines: Ints) -> float:
    """Cost of all that moves with two nodes (or the same twice): segments, crowding, turns."""
    cost, marks = 0.0, 0
    for s in range(len(w.weight)):
        u, v = w.seg_u[s], w.seg_v[s]
        if w.weight[s] > 0.0 and (u in (one, other) or v in (one, other)):
            marks += 1
            w.mark[s] = marks
    for s in range(len(w.weight)):
        if w.mark[s] > 0:
            cost += segment_cost(w, s)
        elif w.weight[s] > 0.0:
            cost += crowd(w, one, s)
            if other != one:
                cost += crowd(w, other, s)
    for s in range(len(w.weight)):
        w.mark[s] = 0
    for node in range(len(w.x)):
        if node not in (one, other):
            cost += press(w, one, node)
            if other != one:
                cost += press(w, other, node)
    for line in lines:
        cost += turns_of(w, line)
    return cost


@compiled
def press(w: Weave, a: int, b: int) -> float:
    """What it costs that two nodes are near each other."""
    far = np.hypot(w.x[a] - w.x[b], w.y[a] - w.y[b])
    return float(CLOSE * (1.0 - far / NEAR) ** 2) if far < NEAR else 0.0


@compiled
def try_place(w: Weave, block: int, lines: Ints, reach: float, heat: float) -> bool:
    """Move a block, or one end of it; keep that if dice allow."""
    one, other = w.head[block], w.tail[block]
    kind = int(roll(w.dice) * 3) if one != other else 0
    if kind == 1:
        one = other
    elif kind == 0:
        other = one
    ax, ay, bx, by = w.x[one], w.y[one], w.x[other], w.y[other]
    before = place_cost(w, one, other, lines)
    angle, far = 2 * np.pi * roll(w.dice), reach * np.sqrt(roll(w.dice))
    dx, dy = far * np.cos(angle), far * np.sin(angle)
    w.x[one], w.y[one] = ax + dx, ay + dy
    if other != one:
        w.x[other], w.y[other] = bx + dx, by + dy
    gain = place_cost(w, one, other, lines) - before
    if gain <= 0.0 or roll(w.dice) < np.exp(-gain / heat):
        return True
    w.x[one], w.y[one], w.x[other], w.y[other] = ax, ay, bx, by
    return False


@compiled
def whole_cost(w: Weave) -> float:
    """The cost of everything, each part once."""
    cost = 0.0
    for s in range(len(w.weight)):
        w.mark[s] = s + 1
    for s in range(len(w.weight)):
        cost += segment_cost(w, s)
    for s in range(len(w.weight)):
        w.mark[s] = 0
    for a in range(len(w.x)):
        for b in range(a):
            cost += press(w, a, b)
    for line in range(len(w.first) - 1):
        cost += line_cost(w, line)
    return cost


@compiled
def weave(
    w: Weave, lines_of: Ints, lines_at: Ints, steps: int, hot: float, cold: float,
    moves_orders: bool, moves_places: bool,
) -> None:  # fmt: skip
    """Anneal orders and places; the best that was seen is what stays."""
    blocks, lines = len(w.head), len(w.first) - 1
    best = whole_cost(w)
    best_x, best_y, best_path = w.x.copy(), w.y.copy(), w.path.copy()
    every = max(1, steps // 60)
    for step in range(steps):
        share = step / steps
        heat = hot * (cold / hot) ** share
        if moves_orders and (not moves_places or roll(w.dice) < 0.5):
            try_order(w, int(roll(w.dice) * lines), heat)
        elif moves_places:
            block = int(roll(w.dice) * blocks)
            reach = 0.3 + 4.0 * (1.0 - share) ** 2
            try_place(w, block, lines_of[lines_at[block] : lines_at[block + 1]], reach, heat)
        if step % every == every - 1 and share > 0.5:
            now = whole_cost(w)
            if now < best:
                best = now
                best_x[:], best_y[:], best_path[:] = w.x, w.y, w.path
    w.x[:], w.y[:], w.path[:] = best_x, best_y, best_path
