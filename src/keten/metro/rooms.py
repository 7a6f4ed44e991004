"""Asks a drawing for the room that labels lack: what covers what, as claims for `relax`."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry import LineString

from keten.metro.labelling import Blocked, Label
from keten.metro.relaxing import Claim, Corner, Shape, make_frame
from keten.metro.scene import Scene


def find_claims(scene: Scene, blocked: Sequence[Blocked]) -> list[Claim]:
    """What has to give way so that every blocked label finds its place."""
    frame = make_frame(scene.graph)
    vertex = {key: i for i, key in enumerate(scene.graph.nodes)}
    first = {s: vertex[nodes[0]] for s, nodes in scene.graph.station_nodes.items()}
    gap = scene.style.clearance * scene.scale
    claims: list[Claim] = []
    for case in blocked:
        mine = _shape(scene, case.label, first)
        for number in case.edges:
            half = scene.widths[number] / 2
            ground = case.label.ground.buffer(half + gap)
            course = frame.courses[number]
            for a, b in zip(course, course[1:], strict=False):
                piece = LineString([frame.places[a], frame.places[b]])
                if first[case.label.station] not in (a, b) and ground.intersects(piece):
                    claims.append(Claim(mine, (Corner(a), Corner(b)), half + gap))
        for other in case.labels:
            claims.append(Claim(mine, _shape(scene, other, first), 1.2 * gap))
        for station in case.marks:
            reach = scene.marks[station].minimum_clearance + scene.mark_radius(station)
            claims.append(Claim(mine, (Corner(first[station]),), min(reach, scene.scale) + gap))
    return claims


def _shape(scene: Scene, label: Label, first: dict[str, int]) -> Shape:
    """A label's block, fixed to its station."""
    number = first[label.station]
    here = scene.graph.nodes[scene.graph.station_nodes[label.station][0]].xy
    return tuple(Corner(number, (x - here[0], y - here[1])) for x, y in label.corners())
