"""`make bench-metro`: metro maps beside LOOM's figures, with one setting for all networks.

LOOM's figures are of its best of five runs, measured once with the same evaluator's definitions;
the layout objective is that of the grid stage at LOOM's cell, all else is of the final drawing.
Networks that LOOM was not run on are printed without it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.metro_networks import OWN, large
from benchmarks.process import run_module
from benchmarks.verdict import Line, say, show
from keten.metro import (
    Drawing,
    Graph,
    Style,
    Weights,
    contract,
    draw,
    lay_out,
    polish,
    read_geojson,
    score,
)
from keten.metro.drawing import POLISHED


@dataclass(frozen=True)
class Peer:
    """LOOM on one network; `order` is the proven optimum of the order on its own layout."""

    cell: float
    objective: float
    bends: float
    order: int
    spacing: float
    displacement: float


PEERS = {
    "freiburg": Peer(624.6, 142.1, 32, 39, 0.18, 0.65),
    "wien": Peer(1137.9, 167.2, 17, 0, 0.18, 0.85),
    "berlin": Peer(1209.1, 304.5, 42, 33, 0.18, 0.87),
    "chicago": Peer(1321.2, 314.5, 75, 84, 0.44, 1.10),
}


def main() -> int:
    """Draw all, print what was measured, and give 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metro", description=__doc__)
    parser.add_argument("--effort", type=float, default=1.0)
    parser.add_argument("--fonts", type=float, nargs="+", default=[0.3, 0.4])
    parser.add_argument("--large-only", action="store_true", help="draw 300 stations, print JSON")
    parser.add_argument("--out", type=Path, help="a folder to leave the drawings in")
    asked = parser.parse_args()
    if asked.large_only:
        measure_large()
        return 0
    folder = Path(os.environ.get("KETEN_DATA", "")) / "metro"
    given = {name: folder / f"{name}.json" for name in PEERS}
    networks = {name: read_geojson(path) for name, path in given.items() if path.is_file()}
    if not networks:
        say("the four networks of KETEN_DATA/metro are not there: only our own are drawn")
    draw(next(iter(OWN.values()))(), effort=0.05)  # compiled code is loaded before clocks run
    ratios: dict[str, list[float]] = {}
    missed = 0
    for name, network in (networks | {name: make() for name, make in OWN.items()}).items():
        missed += show(name, measure(name, network, asked, ratios))
    if ratios:
        missed += show("on average, beside LOOM", means(ratios, asked.effort))
    missed += show("a large network", large_lines())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    missed += show("memory", [Line("peak", f"{peak:.0f} MB", "under 500 MB", peak < 500)])
    return 1 if missed else 0


def measure(
    name: str, network: Graph, asked: argparse.Namespace, ratios: dict[str, list[float]]
) -> list[Line]:
    """The lines of one network."""
    begun, clock = time.process_time(), time.perf_counter()
    made = draw(
        network, title=name.capitalize(), effort=asked.effort, style=Style(font=asked.fonts[0])
    )
    spent, waited = time.process_time() - begun, time.perf_counter() - clock
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        made.save(asked.out / f"{name.replace(' ', '-')}.svg")
    found = score(made.graph, reference=network)
    peer = PEERS.get(name)
    lines = [
        Line("stations, edges, lines", ", ".join(
            str(len(part)) for part in (network.station_nodes, network.edges, network.lines))),
        Line("seconds, warm (of CPU)", f"{waited:.1f} ({spent:.1f})", f"at most {allowed(network):g}",
             waited <= allowed(network)),
        Line("length off the eight directions", f"{1 - found.octilinear_share:.4f}", "under 0.001",
             found.octilinear_share > 0.999),
        Line("crossings of track (in the input)",
             f"{found.crossings} ({score(network).crossings})"),
        Line("adjacencies lost, invented", f"{found.adjacencies_lost}, {found.adjacencies_invented}",
             "0, 0", not found.adjacencies_lost and not found.adjacencies_invented),
    ]  # fmt: skip
    if peer is not None:
        objective = grid_objective(network, peer.cell, asked.effort)
        pairs = (
            ("layout objective", objective, peer.objective, 1.02),
            ("weighted line bends", found.bend_weight, peer.bends, None),
            ("spacing variation", found.spacing_cv, peer.spacing, None),
            ("displacement", found.displacement or 0.0, peer.displacement, None),
        )
        for what, ours, theirs, most in pairs:
            ratio = ours / theirs
            ratios.setdefault(what, []).append(ratio)
            lines.append(Line(what, f"{ours:.2f} / {theirs:g} = {ratio:.2f}",
                              f"at most {most}" if most else "",
                              ratio <= most if most else None))  # fmt: skip
        lines.append(Line("line-order score, proven", f"{found.order_weight} / {peer.order}"))
    else:
        lines.append(Line("bends, spacing variation, displacement, order",
                          f"{found.bend_weight:g}, {found.spacing_cv:.2f}, "
                          f"{found.displacement or 0:.2f}, {found.order_weight}"))  # fmt: skip
    for font in asked.fonts:
        drawn = (
            made
            if font == asked.fonts[0]
            else draw(network, effort=asked.effort, style=Style(font=font))
        )
        lines.append(label_line(drawn, font))
    lines += [Line("note", note[:90]) for note in made.notes]
    return lines


def allowed(network: Graph) -> float:
    """Seconds that a network may take on two idle cores: 2 for 100 stations, 5 for 200, 30 for 300."""
    return float(np.interp(len(network.station_nodes), (100, 200, 300), (2.0, 5.0, 30.0)))


def measure_large() -> None:
    """Draw 300 stations and 30 lines in a process of its own, and print what it took as JSON."""
    network = large()
    draw(OWN["corridor"](), effort=0.05)
    clock = time.perf_counter()
    made = draw(network)
    waited = time.perf_counter() - clock
    found = score(made.graph, labels={label.station: label.ground for label in made.labels})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    numbered = sum(bool(label.key) for label in made.labels)
    say(json.dumps({
        "stations": len(network.station_nodes), "lines": len(network.lines), "seconds": waited,
        "peak": peak, "missing": found.labels_missing, "overlapping": found.label_overlaps,
        "numbered": numbered,
    }))  # fmt: skip


def large_lines() -> list[Line]:
    """What drawing a large network took."""
    said = run_module("benchmarks.metro", ["--large-only"]).said
    return [
        Line("stations, lines", f"{said['stations']}, {said['lines']}"),
        Line("seconds, warm", f"{said['seconds']:.1f}", "at most 30", said["seconds"] <= 30),
        Line("peak", f"{said['peak']:.0f} MB", "under 500 MB", said["peak"] < 500),
        Line("names missing, overlapping, numbered",
             f"{said['missing']}, {said['overlapping']}, {said['numbered']}", "0, 0",
             not said["missing"] and not said["overlapping"]),
    ]  # fmt: skip


def label_line(drawn: Drawing, font: float) -> Line:
    """Labels of one drawing: missing, overlapping, over track, and smaller than asked for."""
    grounds = {label.station: label.ground for label in drawn.labels}
    scene = drawn.scene
    found = score(drawn.graph, labels=grounds, width=scene.style.line * scene.scale)
    small = sum(bool(label.key) or label.size < 0.97 * font * scene.scale for label in drawn.labels)
    clean = not (
        found.labels_missing or found.label_overlaps or found.label_track_overlaps or small
    )
    return Line(
        f"labels at {font:g} L: missing, overlapping, on track, smaller or numbered",
        f"{found.labels_missing}, {found.label_overlaps}, {found.label_track_overlaps}, {small}",
        "0, 0, 0, 0",
        clean,
    )


def grid_objective(network: Graph, cell: float, effort: float) -> float:
    """The published objective of the grid stage, with the setting that all drawings use."""
    grid = lay_out(contract(network, cell=cell), cell=cell, effort=effort, weights=Weights())
    if effort >= POLISHED:
        grid = polish(grid, effort=effort / POLISHED)
    return score(grid.to_graph(), reference=network, cell=cell).objective or 0.0


def means(ratios: dict[str, list[float]], effort: float) -> list[Line]:
    """What was promised of the averages."""
    most = {
        "layout objective": 0.97 if effort >= POLISHED else 0.98, "weighted line bends": 0.95,
        "spacing variation": 0.75, "displacement": 0.95,
    }  # fmt: skip
    return [
        Line(f"{what}, times LOOM's", f"{statistics.mean(found):.3f}", f"at most {most[what]}",
             statistics.mean(found) <= most[what])
        for what, found in ratios.items()
    ]  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
