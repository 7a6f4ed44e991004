"""Relaxes one grid drawing again and again as labels claim room, and settles it on the ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from keten.metro.graph import XY, Graph
from keten.metro.labelling import Label, Labelling
from keten.metro.relaxing import Aims, relax
from keten.metro.rooms import Rooms, move_label
from keten.metro.scene import Scene, Style, make_scene

ROUNDS = 40


class Easer:
    """Relaxes one grid drawing again and again, as labels claim room."""

    def __init__(
        self, base: Graph, wishes: Mapping[str, XY], cell: float, aims: Aims, firm: frozenset[str]
    ) -> None:
        self.base = base
        self.wishes = wishes
        self.cell = cell
        self.aims = aims
        self.firm = firm

    def ease(
        self, scene: Scene | None, labels: Sequence[Label] = (), prices: Sequence[float] = ()
    ) -> Graph:
        """The drawing relaxed, from where it is now, with room for labels at prices."""
        graph = self.base if scene is None else scene.graph
        style = Style()
        widths = (
            scene.widths
            if scene
            else [self.cell * (style.pitch * (len(e.lines) - 1) + style.line) for e in graph.edges]
        )
        keeper = (
            Rooms(scene, labels, [price / self.cell for price in prices])
            if scene and labels
            else None
        )
        return relax(
            graph, self.wishes, cell=self.cell, aims=self.aims, widths=widths, keeper=keeper,
            firm=self.firm,
        )  # fmt: skip

    def give_room(
        self, scene: Scene, labels: Sequence[Label], prices: Sequence[float]
    ) -> tuple[Scene, tuple[Label, ...]]:
        """The scene with room for its labels, and they where they went; as it is if that fails."""
        eased = self.ease(scene, labels, prices)
        if eased.notes != scene.graph.notes:
            return scene, tuple(labels)
        moved = tuple(move_label(label, scene.graph, eased) for label in labels)
        return make_scene(eased, scene.style), moved


def settle(scene: Scene, labelling: Labelling, wishes: Mapping[str, XY]) -> tuple[Scene, Labelling]:
    """The whole drawing, scaled and shifted to lie as near as can be to where stations belong.

    Room for labels makes a drawing grow on one side; nothing in it changes by this but its scale.
    """
    factor, shift = find_fit(scene.graph, wishes)
    labels = tuple(label.scaled(factor, shift) for label in labelling.labels)
    blocked = tuple(label.scaled(factor, shift) for label in labelling.blocked)
    graph = scene.graph.scaled(factor, shift)
    return make_scene(graph, scene.style), Labelling(labels, blocked)


def find_fit(graph: Graph, wishes: Mapping[str, XY]) -> tuple[float, XY]:
    """The scale and shift that bring stations nearest to their wishes: least sum of distances.

    Source: Weiszfeld 1937, by weights that are renewed.
    """
    stops = [key for key, node in graph.nodes.items() if node.station is not None and key in wishes]
    here = np.array([graph.nodes[key].xy for key in stops]).reshape(-1, 2)
    there = np.array([wishes[key] for key in stops]).reshape(-1, 2)
    if len(stops) < 3 or np.ptp(here, axis=0).max() <= 0:
        return 1.0, (0.0, 0.0)
    weight = np.ones(len(stops))
    factor, shift = 1.0, np.zeros(2)
    for _ in range(ROUNDS):
        share = weight / weight.sum()
        middle, goal = share @ here, share @ there
        a, b = there - goal, here - middle
        factor = float(np.clip((share @ (a * b)).sum() / (share @ (b * b)).sum(), 0.5, 2.0))
        shift = goal - factor * middle
        far = np.hypot(*(factor * here + shift - there).T)
        weight = 1.0 / np.maximum(far, 1e-3 * far.mean() + 1e-12)
    return factor, (float(shift[0]), float(shift[1]))


def judge_places(graph: Graph, wishes: Mapping[str, XY], cell: float) -> tuple[float, float]:
    """Spacing variation, and mean displacement in cells once settled."""
    nodes = graph.nodes
    lengths = np.array([
        e.length for e in graph.edges if nodes[e.u].station is not None and nodes[e.v].station is not None
    ] or [1.0])  # fmt: skip
    factor, shift = find_fit(graph, wishes)
    placed = [(n.xy, wishes[k]) for k, n in nodes.items() if n.station is not None and k in wishes]
    here, there = (np.array(side).reshape(-1, 2) for side in zip(*placed, strict=True))
    away = np.hypot(*(factor * here + np.array(shift) - there).T)
    return float(lengths.std() / lengths.mean()), float(away.mean()) / cell
