"""Writes a scene and its labels as SVG: plain shapes and text, grouped and named, no script.

What a line is called and how it is coloured comes in a `Look`. Every line, station and label is a
group with an id, so that a drawing program shows them by name; text is `<text>` set level or turned
about a point, never along a path, which many programs do not show.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from keten.metro.graph import XY
from keten.metro.labelling import Label
from keten.metro.lettering import LEADING, clean, height_of, measure, rise_of
from keten.metro.look import GROUNDS, LETTER, WATER, Ground, Look
from keten.metro.options import badge_width
from keten.metro.palette import INK, PAPER, QUIET
from keten.metro.scene import Curve, Scene, line_tracks
from keten.metro.sheet import (
    THIN,
    Panel,
    draw_badge,
    draw_legend,
    draw_sheet,
    fitted,
    number,
    pixels_of,
)

CORNER = 2.3  # of letters: how far from its corner an outline begins to turn


@dataclass(frozen=True)
class Frame:
    """The map's place on the sheet. Units: pixels, y down."""

    left: float
    top: float
    scale: float

    def put(self, xy: XY) -> str:
        """A point of the network on the sheet, as SVG writes it."""
        x, y = self.at(xy)
        return f"{number(x)} {number(y)}"

    def at(self, xy: XY) -> XY:
        """A point of the network on the sheet."""
        return (xy[0] - self.left) * self.scale, (self.top - xy[1]) * self.scale


def name_of(prefix: str, key: str, taken: dict[tuple[str, str], str]) -> str:
    """A unique id for XML from any key."""
    if (prefix, key) not in taken:
        base = f"{prefix}-{re.sub(r'[^0-9A-Za-z_-]+', '-', key).strip('-') or 'x'}"
        names = set(taken.values())
        name, count = base, 2
        while name in names:
            name, count = f"{base}-{count}", count + 1
        taken[prefix, key] = name
    return taken[prefix, key]


def write_svg(scene: Scene, labels: Sequence[Label], look: Look, *, name: str = "map") -> str:
    """The whole drawing as one SVG file's text; `name` tells drawings on one page apart."""
    colours = look.colours or {}
    bounds = _bounds(scene, labels)
    pad = 0.5 * scene.scale
    scale = pixels_of(scene.style) / scene.scale
    frame = Frame(bounds[0] - pad, bounds[3] + pad, scale)
    width = (bounds[2] - bounds[0] + 2 * pad) * scale
    height = (bounds[3] - bounds[1] + 2 * pad) * scale
    ids: dict[tuple[str, str], str] = {}
    corners = (frame.left, frame.top - height / scale, frame.left + width / scale, frame.top)
    body = [
        _draw_grounds(look.grounds, frame, corners, name),
        _draw_lines(scene, frame, colours, look, ids, name),
        _draw_marks(scene, frame, ids, name),
        _draw_labels(labels, frame, colours, ids, name),
    ]
    none = Panel("", 0, 0)
    beside = draw_legend(scene, look, tall=height) if look.legend else none
    below = draw_legend(scene, look, wide=width) if look.legend else none
    # A free corner of the map serves as well; what lies behind a map would be in its way.
    free = look.legend and not look.grounds
    corner = _find_corner(scene, labels, frame, corners, beside) if free else None
    if corner:
        x, y = corner
        body.append(f'<g transform="translate({number(x)} {number(y)})">{beside.content}</g>')
        beside = below = none
    return draw_sheet(look, name, Panel("".join(body), width, height), beside, below)


def _find_corner(
    scene: Scene,
    labels: Sequence[Label],
    frame: Frame,
    corners: tuple[float, float, float, float],
    legend: Panel,
) -> XY | None:
    """Where in a corner of the map a legend lies on nothing; None if there is no such corner."""
    left, low, right, high = corners
    wide, tall = (
        (legend.width + 2 * LETTER) / frame.scale,
        (legend.height + 2 * LETTER) / frame.scale,
    )
    tree = STRtree([*scene.bands, *scene.marks.values(), *(label.ground for label in labels)])
    for x, y in (
        (right - wide, high),
        (right - wide, low + tall),
        (left, low + tall),
        (left, high),
    ):
        covered = len(tree.query(box(x, y - tall, x + wide, y), predicate="intersects"))
        if not covered and x >= left and y <= high:
            across, down = frame.at((x, y))
            return across + LETTER, down + LETTER
    return None


def _bounds(scene: Scene, labels: Iterable[Label]) -> tuple[float, float, float, float]:
    shapes = [*scene.bands, *scene.marks.values(), *(label.ground for label in labels)]
    boxes = [shape.bounds for shape in shapes if not shape.is_empty]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def path_of(strokes: Sequence[Sequence[Curve]], frame: Frame) -> str:
    """The `d` of a path through strokes; straight pieces that follow each other become one."""
    parts: list[str] = []
    for stroke in strokes:
        parts.append(f"M{frame.put(stroke[0].start)}")
        for curve in stroke:
            if curve.bend:
                a, b = curve.bend
                parts.append(f"C{frame.put(a)} {frame.put(b)} {frame.put(curve.end)}")
            elif math.dist(curve.start, curve.end) * frame.scale > 0.005:
                parts.append(f"L{frame.put(curve.end)}")
    return "".join(parts)


def _draw_grounds(
    grounds: Sequence[Ground],
    frame: Frame,
    corners: tuple[float, float, float, float],
    name: str,
) -> str:
    """Regions and water as far as the map reaches, and their names; nothing if there are none."""
    drawn, under, names = [], [], []
    window = box(*corners)
    # Where three round corners meet, what lies beneath shows, not the paper.
    inner = window.buffer(-CORNER * LETTER / frame.scale)
    for i, ground in enumerate(grounds):
        path = _area(ground.shape.intersection(window), frame, CORNER * LETTER)
        colour = WATER if ground.kind == "water" else GROUNDS[ground.tint % len(GROUNDS)]
        if path:
            if ground.kind != "water":
                flat = _area(ground.shape.intersection(inner), frame, 0.0)
                under.append(f'<path d="{flat}" fill="{colour}" stroke="{colour}"/>')
            drawn.append(
                f'<g id="{name}-ground-{i + 1}"><title>{escape(clean(ground.name))}</title>'
                f'<path d="{path}" fill="{colour}"/></g>'
            )
        if ground.spot:
            x, y = frame.at(ground.spot)
            size = ground.size * frame.scale
            text = clean(ground.name).upper()
            wide = number(1.12 * measure(text, size))
            names.append(
                f'<text x="{number(x)}" y="{number(y + 0.36 * size)}" font-size="{number(size)}" '
                f'text-anchor="middle" textLength="{wide}" lengthAdjust="spacing">'
                f"{escape(text)}</text>"
            )
    if not drawn:
        return ""
    return (
        f'<g id="{name}-background" fill-rule="evenodd" stroke="{PAPER}" stroke-width="2">'
        f"{''.join(under)}{''.join(drawn)}</g>"
        f'<g id="{name}-ground-names" fill="{QUIET}">{"".join(names)}</g>'
    )


def _area(shape: BaseGeometry, frame: Frame, radius: float) -> str:
    """The `d` of a shape whose corners are rounded. Units: pixels."""
    rings = [
        ring
        for part in getattr(shape, "geoms", [shape])
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        _rounded([frame.at((x, y)) for x, y in ring.coords[:-1]], radius) for ring in rings
    )


def _rounded(corners: Sequence[XY], radius: float) -> str:
    """A closed outline with a curve about each corner. Units: pixels."""
    if not radius:
        return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"
    parts: list[str] = []
    for before, here, after in zip(
        (corners[-1], *corners), corners, (*corners[1:], corners[0]), strict=False
    ):
        ends = []
        for there in (before, after):
            length = math.dist(here, there)
            share = min(radius / length, 0.5) if length > 0 else 0.0
            ends.append(
                (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
            )
        a, b = (f"{number(x)} {number(y)}" for x, y in ends)
        parts.append(f"{'L' if parts else 'M'}{a}Q{number(here[0])} {number(here[1])} {b}")
    return "".join(parts) + "Z"


def _draw_lines(
    scene: Scene,
    frame: Frame,
    colours: Mapping[str, str],
    look: Look,
    ids: dict[tuple[str, str], str],
    name: str,
) -> str:
    pixels = pixels_of(scene.style)
    broad = number(scene.style.line * pixels)
    drawn = []
    tracks = line_tracks(scene)
    # Quiet lines lie below the others.
    for line in sorted(tracks, key=lambda key: not scene.graph.lines[key].quiet):
        strokes = tracks[line]
        if strokes:
            title = escape(clean((look.names or {}).get(line, line)))
            quiet = scene.graph.lines[line].quiet
            thin = f' stroke-width="{number(THIN * scene.style.line * pixels)}"' if quiet else ""
            drawn.append(
                f'<g id="{name_of(f"{name}-line", line, ids)}"><title>{title}</title>'
                f'<path d="{path_of(strokes, frame)}" stroke="{colours.get(line, INK)}"{thin}/></g>'
            )
    return (
        f'<g id="{name}-lines" fill="none" stroke-width="{broad}" stroke-linejoin="round" '
        f'stroke-linecap="round">{"".join(drawn)}</g>'
    )


def _draw_marks(scene: Scene, frame: Frame, ids: dict[tuple[str, str], str], name: str) -> str:
    """Each mark twice: the rim as a thick dark stroke, the inside as a thinner white one."""
    drawn = []
    for station, nodes in scene.graph.station_nodes.items():
        title = escape(clean(scene.graph.nodes[nodes[0]].label or station))
        outer = scene.mark_radius(station) * frame.scale
        inner = outer - scene.style.rim * pixels_of(scene.style)
        path = _outline(scene.cores[station], frame)
        drawn.append(
            f'<g id="{name_of(f"{name}-station", station, ids)}"><title>{title}</title>'
            f'<path d="{path}" fill="{INK}" stroke="{INK}" stroke-width="{number(2 * outer)}"/>'
            f'<path d="{path}" fill="{PAPER}" stroke="{PAPER}" '
            f'stroke-width="{number(2 * inner)}"/></g>'
        )
    return (
        f'<g id="{name}-stations" stroke-linejoin="round" stroke-linecap="round">'
        f"{''.join(drawn)}</g>"
    )


def _outline(core: BaseGeometry, frame: Frame) -> str:
    if isinstance(core, Polygon):
        return "M" + "L".join(frame.put((x, y)) for x, y in core.exterior.coords[:-1]) + "Z"
    places = [(x, y) for x, y in core.coords]
    if len(places) == 1:
        # A stroke of no length shows as a dot only where it has some length to some programs.
        x, y = frame.at(places[0])
        return f"M{number(x)} {number(y)}L{number(x + 0.01)} {number(y)}"
    return "M" + "L".join(frame.put(place) for place in places)


def _draw_labels(
    labels: Sequence[Label],
    frame: Frame,
    colours: Mapping[str, str],
    ids: dict[tuple[str, str], str],
    name: str,
) -> str:
    by_code = {}
    drawn = []
    for label in labels:
        by_code = dict(label.badges)
        middle = frame.at(label.middle)
        width, height = label.width * frame.scale, label.height * frame.scale
        size = label.size * frame.scale
        left, top = middle[0] - width / 2, middle[1] - height / 2
        x = {-1: left, 0: middle[0], 1: left + width}[label.side]
        anchor = {-1: "start", 0: "middle", 1: "end"}[label.side]
        first = top + rise_of(label.lines[0]) * size if label.lines else top
        spans = [
            f'<tspan x="{number(x)}" y="{number(first + i * LEADING * size)}" '
            f"{fitted(line, size, bold=label.bold)}>"
            f"{escape(line)}</tspan>"
            for i, line in enumerate(label.lines)
        ]
        turn = (
            f' transform="rotate({number(-label.angle)} {number(middle[0])} {number(middle[1])})"'
            if label.angle
            else ""
        )
        bold = ' font-weight="bold"' if label.bold else ""
        text = (
            f'<text font-size="{number(size)}" text-anchor="{anchor}"{bold}{turn}>'
            f"{''.join(spans)}</text>"
            if spans
            else ""
        )
        badges = _badge_row(by_code, colours, label, (left, top, width), size)
        leader = _leader(label, frame)
        drawn.append(
            f'<g id="{name_of(f"{name}-label", label.station, ids)}">{leader}{text}{badges}</g>'
        )
    return f'<g id="{name}-labels">{"".join(drawn)}</g>'


def _leader(label: Label, frame: Frame) -> str:
    if label.leader is None:
        return ""
    a, b = label.leader
    return (
        f'<path d="M{frame.put(a)}L{frame.put(b)}" fill="none" stroke="{QUIET}" '
        f'stroke-width="1" stroke-dasharray="2 2"/>'
    )


def _badge_row(
    badges: Mapping[str, str],
    colours: Mapping[str, str],
    label: Label,
    where: tuple[float, float, float],
    size: float,
) -> str:
    left, top, width = where
    whole = sum(badge_width(code, size) for code in badges.values())
    x = {-1: left, 0: left + (width - whole) / 2, 1: left + width - whole}[label.side]
    y = top + (height_of(label.lines) + 0.1) * size
    drawn = []
    for line, code in badges.items():
        drawn.append(draw_badge(code, colours.get(line, INK), x, y, size))
        x += badge_width(code, size)
    return "".join(drawn)
