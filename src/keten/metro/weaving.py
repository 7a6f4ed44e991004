"""Finds orders of sets and places of elements together, so that few lines cross and turn.

What `sets` calls for: each set is a line, and in which order it visits its elements is free, as are
the places of elements without coordinates. Elements of equal membership stay in one row. The start
is an order and a stress layout; from there both are annealed at once by `weavesearch`.

Source: the steps are those of Davidson and Harel (1996) for places and of 2-opt for orders; that
orders and places are sought together is our own.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from keten.metro.graph import XY
from keten.metro.weavesearch import Weave, weave

HOT, COLD = 6.0, 0.05
STEPS = 600  # for each node and each stop of a line, at effort 1
SHORT = 0.55  # the least length of a row, as a share of its elements


def weave_sets(
    rows: Sequence[tuple[str, ...]],
    paths: Mapping[str, Sequence[int]],
    places: Mapping[str, XY],
    *,
    seed: int,
    effort: float,
    moves_orders: bool = True,
    moves_places: bool = True,
) -> tuple[dict[str, tuple[str, ...]], dict[str, XY]]:
    """Each line's elements in order, and a place for each element.

    `rows` are elements that stay together, `paths` the rows of each line in an order to begin with,
    `places` where elements are at first. Units: the distance between neighbours is 1 on the way out.
    """
    woven = _make(rows, paths, places, seed)
    count = len(woven.x) + len(woven.path)
    lines_of, lines_at = _find_lines(rows, paths)
    weave(
        woven,
        lines_of,
        lines_at,
        int(STEPS * effort * count),
        HOT,
        COLD,
        moves_orders,
        moves_places,
    )
    spots: dict[str, XY] = {}
    for number, row in enumerate(rows):
        a, b = woven.head[number], woven.tail[number]
        for i, element in enumerate(row):
            share = i / max(1, len(row) - 1)
            spots[element] = (
                float(woven.x[a] + share * (woven.x[b] - woven.x[a])),
                float(woven.y[a] + share * (woven.y[b] - woven.y[a])),
            )
    orders = {
        name: tuple(
            element
            for step in woven.path[woven.first[i] : woven.first[i + 1]].tolist()
            for element in (rows[step >> 1][::-1] if step & 1 else rows[step >> 1])
        )
        for i, name in enumerate(paths)
    }
    return orders, spots


def _make(
    rows: Sequence[tuple[str, ...]],
    paths: Mapping[str, Sequence[int]],
    places: Mapping[str, XY],
    seed: int,
) -> Weave:
    """The arrays of the search."""
    heads = list(itertools.accumulate((1 + (len(row) > 1) for row in rows), initial=0))
    head = np.array(heads[:-1], np.int32)
    tail = np.array([h + (len(row) > 1) for h, row in zip(heads, rows, strict=False)], np.int32)
    nodes = heads[-1]
    x, y = np.zeros(nodes), np.zeros(nodes)
    for number, row in enumerate(rows):
        (x[head[number]], y[head[number]]), (x[tail[number]], y[tail[number]]) = (
            places[row[0]], places[row[-1]],
        )  # fmt: skip
    first = np.array(
        list(itertools.accumulate((len(path) for path in paths.values()), initial=0)), np.int32
    )
    walked = [row for path in paths.values() for row in path]
    carried = np.bincount(walked, minlength=len(rows)).astype(float)
    weight = np.concatenate([np.where(head != tail, carried, 0.0), np.zeros(len(walked))])
    size = np.array([len(row) for row in rows], float)
    woven = Weave(
        x, y, head, tail, np.maximum(1.0, SHORT * (size - 1)), np.maximum(1.0, size - 1),
        np.array([2 * row for row in walked], np.int32), first,
        np.concatenate([head, np.zeros(len(walked), np.int32)]),
        np.concatenate([tail, np.zeros(len(walked), np.int32)]),
        weight, np.zeros((nodes, nodes), np.int32), np.zeros(len(weight), np.int32),
        np.array([(seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % (1 << 64) or 1], np.uint64),
    )  # fmt: skip
    _turn_rows(woven)
    base = len(rows)
    for line in range(len(paths)):
        for i in range(first[line], first[line + 1] - 1):
            s, (here, there) = base + i, woven.path[i : i + 2].tolist()
            u = head[here >> 1] if here & 1 else tail[here >> 1]
            v = tail[there >> 1] if there & 1 else head[there >> 1]
            woven.seg_u[s], woven.seg_v[s], woven.weight[s] = u, v, 1.0
            woven.used[u, v] += 1
            woven.used[v, u] = woven.used[u, v]
    _scale(woven)
    return woven


def _turn_rows(woven: Weave) -> None:
    """Walk each row the way round that is shorter from the row before it."""
    for line in range(len(woven.first) - 1):
        last = -1
        for i in range(woven.first[line], woven.first[line + 1]):
            row = woven.path[i] >> 1
            ends = woven.head[row], woven.tail[row]
            if last >= 0:
                here = woven.x[last], woven.y[last]
                far = [math.dist(here, (woven.x[e], woven.y[e])) for e in ends]
                woven.path[i] = 2 * row + (far[1] < far[0])
            last = ends[0] if woven.path[i] & 1 else ends[1]


def _scale(woven: Weave) -> None:
    """Bring the middle length of the segments to what is wanted of neighbours."""
    base = len(woven.head)
    used = np.flatnonzero(woven.weight[base:]) + base
    u, v = woven.seg_u[used], woven.seg_v[used]
    lengths = np.hypot(woven.x[u] - woven.x[v], woven.y[u] - woven.y[v])
    middle = float(np.median(lengths)) if len(lengths) else 0.0
    if middle > 1e-9:
        woven.x[:] /= 0.8 * middle
        woven.y[:] /= 0.8 * middle


def _find_lines(
    rows: Sequence[tuple[str, ...]], paths: Mapping[str, Sequence[int]]
) -> tuple[np.ndarray, np.ndarray]:
    """The lines of each row, row after row, and where each row's begin."""
    holders: list[list[int]] = [[] for _ in rows]
    for line, path in enumerate(paths.values()):
        for row in path:
            holders[row].append(line)
    starts = list(itertools.accumulate((len(h) for h in holders), initial=0))
    return (
        np.array([line for h in holders for line in h], np.int32),
        np.array(starts, np.int32),
    )
