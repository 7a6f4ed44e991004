"""How steady maps are as networks change, and their limits; the last part of `make bench-metro`.

A station or a line is added to or taken from a network, and the network is drawn again from its
earlier drawing. A station keeps its relative place if it lies within one L (the mean distance of
stations) of where it was, after the whole was shifted and scaled as all others were at best. Pairs
in order are those of which one lies left of and below the other as before, ties within a quarter
of L left out (Misue, Eades, Lai and Sugiyama 1995).
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.metro_networks import OWN, build
from benchmarks.verdict import Line, below, say, show
from keten.metro import Drawing, Edge, Graph, Node, draw, read_geojson

KEEP = 95.0  # per cent
SEED = 7


def main() -> int:
    """Measure all, and give 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metro_steady", description=__doc__)
    parser.add_argument("--only", default="", help="networks whose names begin so, or 'limits'")
    parser.add_argument("--effort", type=float, default=1.0)
    parser.add_argument("--out", type=Path, help="a folder to leave the drawings in")
    parser.add_argument("--large", action="store_true", help="only draw the largest network")
    asked = parser.parse_args()
    if asked.large:
        return draw_large(asked)
    folder = Path(os.environ.get("KETEN_DATA", "")) / "metro"
    networks: dict[str, Callable[[], Graph]] = {
        name: lambda path=folder / f"{name}.json": read_geojson(path)  # type: ignore[misc]
        for name in ("freiburg", "wien", "berlin", "chicago")
        if (folder / f"{name}.json").is_file()
    }
    networks |= {name: OWN[name] for name in ("ring", "corridor", "country")}
    shares: list[float] = []
    missed = 0
    for name, make in networks.items():
        if name.startswith(asked.only):
            missed += show(f"steadiness, {name}", measure(name, make(), asked, shares))
    if shares:
        mean = statistics.mean(shares)
        line = Line("others that keep their relative place", f"{mean:.1f} %", f"at least {KEEP:g} %",
                    mean >= KEEP)  # fmt: skip
        missed += show("steadiness, on average", [line])
    if "limits".startswith(asked.only):
        missed += show("limits", limits())
    return 1 if missed else 0


def measure(
    name: str, network: Graph, asked: argparse.Namespace, shares: list[float]
) -> list[Line]:
    """The lines of one network."""
    first = draw(network, title=name, effort=asked.effort)
    lines = []
    for what, change in CHANGES.items():
        changed = change(network)
        second = draw(changed, title=f"{name}: {what}", effort=asked.effort, start=first)
        if asked.out:
            asked.out.mkdir(parents=True, exist_ok=True)
            second.save(asked.out / f"{name}-{what.replace(' ', '-')}.svg")
        kept, ordered = compare(first, second)
        shares.append(kept)
        lines.append(Line(f"{what}: stations kept, pairs in order", f"{kept:.1f} %, {ordered:.1f} %",
                          f"at least {KEEP:g} %", kept >= KEEP))  # fmt: skip
    return lines


def compare(first: Drawing, second: Drawing) -> tuple[float, float]:
    """Per cent of common stations that keep their relative place, and of pairs in order."""
    here, there = places(first.graph), places(second.graph)
    common = sorted(set(here) & set(there))
    a, b = (np.array([spots[s] for s in common]) for spots in (here, there))
    a, b = a / first.scene.scale, b / first.scene.scale
    factor, shift = 1.0, np.zeros(2)
    # The median stays steady where some have moved far; the scale is sought about it.
    for _ in range(10):
        shift = np.median(a - factor * b, axis=0)
        moved = factor * b + shift
        near = np.hypot(*(moved - a).T) < 2.0
        if near.sum() < 3:
            break
        p, q = a[near] - a[near].mean(axis=0), b[near] - b[near].mean(axis=0)
        factor = float((p * q).sum() / max((q * q).sum(), 1e-12))
    kept = np.hypot(*(factor * b + shift - a).T) <= 1.0
    before = np.sign(np.where(np.abs(da := a[:, None] - a[None]) < 0.25, 0.0, da))
    after = np.sign(np.where(np.abs(db := b[:, None] - b[None]) < 0.25, 0.0, db))
    turned = np.any(before * after < 0, axis=2)
    above = np.triu_indices(len(common), 1)
    return 100 * float(kept.mean()), 100 * float(1 - turned[above].mean())


def places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Where each station is drawn."""
    return {node.station: node.xy for node in graph.nodes.values() if node.station}


def add_station(network: Graph) -> Graph:
    """One more stop beyond a terminus."""
    end = next(n for n in network.nodes.values() if n.station and len(network.incident[n.id]) == 1)
    edge = network.edges[network.incident[end.id][0]]
    before = network.nodes[edge.other(end.id)]
    new = Node("new", 2 * end.x - before.x, 2 * end.y - before.y, "new", "Nieuwe Halte")
    track = Edge(end.id, new.id, edge.lines_from(end.id), (end.xy, new.xy))
    return replace(network, nodes={**network.nodes, new.id: new}, edges=(*network.edges, track))


def remove_station(network: Graph) -> Graph:
    """A stop in the middle of a line less; its two stretches become one."""
    gone = random.Random(SEED).choice([
        n.id for n in network.nodes.values()
        if n.station and len(at := network.incident[n.id]) == 2
        and set(network.edges[at[0]].lines) == set(network.edges[at[1]].lines)
        and len({network.edges[i].other(n.id) for i in at}) == 2
    ])  # fmt: skip
    one, other = (network.edges[i] for i in network.incident[gone])
    points = (*one.points_from(gone)[::-1], *other.points_from(gone)[1:])
    joined = Edge(one.other(gone), other.other(gone), one.lines_from(gone)[::-1], points)
    edges = [edge for edge in network.edges if edge not in (one, other)]
    nodes = {key: node for key, node in network.nodes.items() if key != gone}
    return replace(network, nodes=nodes, edges=(*edges, joined))


def add_line(network: Graph) -> Graph:
    """One more line along the shortest way between two stations far apart."""
    line = replace(next(iter(network.lines.values())), id="new", label="N", colour=None)
    ends = random.Random(SEED).sample(sorted(network.nodes), 2)
    way = {frozenset(pair) for pair in _walk(network, *ends)}
    edges = tuple(
        replace(e, lines=(*e.lines, "new")) if frozenset((e.u, e.v)) in way else e
        for e in network.edges
    )
    return replace(network, edges=edges, lines={**network.lines, "new": line})


def _walk(network: Graph, start: str, end: str) -> list[tuple[str, str]]:
    """Pairs of nodes along the way with fewest edges."""
    before = {start: ""}
    queue = [start]
    for here in queue:
        for number in network.incident[here]:
            there = network.edges[number].other(here)
            if there not in before:
                before[there] = here
                queue.append(there)
    way = [end]
    while before[way[-1]]:
        way.append(before[way[-1]])
    return list(itertools.pairwise(way))


def remove_line(network: Graph) -> Graph:
    """A line less, with the stretches and the stops that only it had."""
    gone = list(network.lines)[len(network.lines) // 2]
    edges = [replace(e, lines=tuple(x for x in e.lines if x != gone)) for e in network.edges]
    edges = [edge for edge in edges if edge.lines]
    held = {end for edge in edges for end in (edge.u, edge.v)}
    nodes = {key: node for key, node in network.nodes.items() if key in held}
    lines = {key: line for key, line in network.lines.items() if key != gone}
    excluded = frozenset(x for x in network.excluded if x[1] != gone and x[0] in held)
    return replace(network, nodes=nodes, edges=tuple(edges), lines=lines, excluded=excluded)


CHANGES: dict[str, Callable[[Graph], Graph]] = {
    "a station more": add_station, "a station less": remove_station,
    "a line more": add_line, "a line less": remove_line,
}  # fmt: skip


def large() -> Graph:
    """Thirty lines over a lattice of three hundred stations, each from side to side."""
    rolls = random.Random(12)
    spots = {
        (i, j): (900.0 * i + rolls.uniform(-220, 220), 900.0 * j + rolls.uniform(-220, 220))
        for i in range(20)
        for j in range(15)
    }
    lines = {f"H{j + 1}": [f"{i},{j}" for i in range(20)] for j in range(15)}
    for k in range(15):
        column, way = k + k // 3, []
        for j in range(15):
            way.append(f"{column},{j}")
            if rolls.random() < 0.25 and column < 19:
                column += 1
                way.append(f"{column},{j}")
        lines[f"V{k + 1}"] = way
    used = {stop for way in lines.values() for stop in way}
    return build({f"{i},{j}": xy for (i, j), xy in spots.items() if f"{i},{j}" in used}, lines)


def draw_large(asked: argparse.Namespace) -> int:
    """Draw the largest network and print the CPU seconds and the peak of memory in MB."""
    network = large()
    draw(OWN["star"](), effort=0.05)
    begun = time.process_time()
    made = draw(network, title="Large", effort=asked.effort)
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if asked.out:
        made.save(asked.out / "large.svg")
    say(f"{spent:.1f} {peak:.0f} {len(network.station_nodes)} {len(network.lines)}")
    return 0


def limits() -> list[Line]:
    """A cold start beside a warm one, and the largest network with its memory."""
    drawing = "from benchmarks.metro_networks import OWN; from keten.metro import draw; draw(OWN['star']())"
    with tempfile.TemporaryDirectory() as fresh:
        first = _spend(["-c", drawing], NUMBA_CACHE_DIR=fresh)
        again = _spend(["-c", drawing], NUMBA_CACHE_DIR=fresh)
    usual = _spend(["-c", drawing])
    network = OWN["star"]()
    draw(network)
    begun = time.process_time()
    draw(network)
    warm = time.process_time() - begun
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.metro_steady", "--large"],
        capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    lines = [
        below("a fresh process with compiled code, beside a warm one: CPU", usual - warm, 3, "s"),
        Line("the same where nothing is compiled yet", f"{first - warm:.1f} s"),
        Line("the same the time after that", f"{again - warm:.1f} s"),
    ]
    if len(told) != 4:
        return [*lines, Line("the largest network", "failed", "drawn", False)]
    lines += [
        below(f"{told[2]} stations, {told[3]} lines: CPU", float(told[0]), 30, "s"),
        below("its memory", float(told[1]), 500, "MB", 0),
    ]
    return lines


def _spend(words: list[str], **settings: str) -> float:
    """CPU seconds of a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], check=True, env={**os.environ, **settings})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
