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
from xml.sax.saxutils import escape, quoteattr

from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from keten.metro.graph import XY
from keten.metro.labelling import Label
from keten.metro.lettering import ASCENT, LEADING, clean, measure
from keten.metro.options import badge_height, badge_width
from keten.metro.palette import INK, PAPER, ink_on
from keten.metro.scene import Curve, Scene, Style, line_tracks

LETTER = 13.8  # pixels: the size of letters, whatever part of L that is
FONTS = "'DejaVu Sans Condensed', Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif"
QUIET = "#5a6672"
# Tints of the background: all so light that lines stand at 3:1 on them, and letters at 4.5:1.
GROUNDS = ("#f3efe8", "#edf3ee", "#f3eef2", "#eef1f4", "#f4f2e6", "#eaf1f3")
WATER = "#d9e8f3"
CORNER = 2.3  # of letters: how far from its corner an outline begins to turn

WORDS = {
    "en": {"line": "Line", "stations": "Stations", "map": "Map"},
    "nl": {"line": "Lijn", "stations": "Stations", "map": "Kaart"},
}


@dataclass(frozen=True)
class Ground:
    """A region or water behind the map, in the network's plane: `kind` is 'water' or another word.

    `tint` is a number that its neighbours do not have; its name stands at `spot`, if it has one.
    A `stream` is a river, too narrow for its name.
    """

    name: str
    kind: str
    shape: BaseGeometry
    tint: int = 0
    spot: XY | None = None
    size: float = 0.0
    stream: bool = False


@dataclass(frozen=True)
class Look:
    """What does not follow from the network: words, colours and what lies behind.

    `keys` are numbers that stand on the map, and the names that they stand for; without `heading`
    the title is not drawn, only told.
    """

    title: str = ""
    about: str = ""
    names: Mapping[str, str] | None = None
    colours: Mapping[str, str] | None = None
    codes: Mapping[str, str] | None = None
    sources: str = ""
    date: str = ""
    aspect: float | None = None
    legend: bool = True
    keys: tuple[tuple[str, str], ...] = ()
    heading: bool = True
    language: str = "en"
    grounds: tuple[Ground, ...] = ()

    def word(self, key: str) -> str:
        """A word of the drawing itself in its language, English where that is not known."""
        return WORDS.get(self.language, WORDS["en"])[key]


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


@dataclass(frozen=True)
class Panel:
    """Something beside the map: its content, drawn from its own corner, and its size."""

    content: str
    width: float
    height: float


def pixels_of(style: Style) -> float:
    """How many pixels one L is."""
    return LETTER / style.font


def number(value: float) -> str:
    """A number with two decimals at most, and no sign on nought."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


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
    legend = draw_legend(scene, look, max(width, height)) if look.legend else Panel("", 0, 0)
    return _sheet(look, name, Panel("".join(body), width, height), legend)


def _sheet(look: Look, name: str, chart: Panel, legend: Panel) -> str:
    """Title above, map, legend on the side that suits the shape wanted, notes at the foot."""
    margin = 20.0
    head = _draw_head(look, 0.0)
    foot = _draw_foot(look)
    aspect = look.aspect or 1.4142
    beside = Panel("", chart.width + legend.width + margin, max(chart.height, legend.height))
    below = Panel("", max(chart.width, legend.width), chart.height + legend.height + margin)

    def far(panel: Panel) -> float:
        tall = panel.height + head.height + foot.height
        return abs(math.log(panel.width / max(tall, 1.0) / aspect))

    side = bool(legend.content) and far(beside) < far(below)
    inner = beside if side else below if legend.content else chart
    width = max(inner.width, head.width, foot.width) + 2 * margin
    height = head.height + inner.height + foot.height + 2 * margin
    left = margin
    if look.aspect:
        wide, tall = max(width, height * aspect), max(height, width / aspect)
        left += (wide - width) / 2
        spare, width, height = (tall - height) / 2, wide, tall
    else:
        spare = 0.0
    top = margin + head.height + spare
    parts = [f'<g transform="translate({number(margin)} {number(margin)})">{head.content}</g>']
    at = (left, top) if not side else (left, top + max(0.0, (inner.height - chart.height) / 2))
    parts.append(f'<g transform="translate({number(at[0])} {number(at[1])})">{chart.content}</g>')
    if legend.content:
        x = left + chart.width + margin if side else left
        y = top if side else top + chart.height + margin
        parts.append(f'<g transform="translate({number(x)} {number(y)})">{legend.content}</g>')
    y = height - margin - foot.height
    parts.append(f'<g transform="translate({number(margin)} {number(y)})">{foot.content}</g>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {number(width)} {number(height)}" width="{number(width)}" '
        f'height="{number(height)}" font-family="{FONTS}" fill="{INK}" '
        f"aria-labelledby={quoteattr(f'{name}-title {name}-desc')}>"
        f"<title id={quoteattr(f'{name}-title')}>{escape(clean(look.title) or look.word('map'))}</title>"
        f"<desc id={quoteattr(f'{name}-desc')}>{escape(clean(look.about))}</desc>"
        f'<rect width="{number(width)}" height="{number(height)}" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>\n"
    )


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
    drawn, names = [], []
    window = box(*corners)
    for i, ground in enumerate(grounds):
        path = _area(ground.shape.intersection(window), frame)
        colour = WATER if ground.kind == "water" else GROUNDS[ground.tint % len(GROUNDS)]
        if path:
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
        f"{''.join(drawn)}</g>"
        f'<g id="{name}-ground-names" fill="{QUIET}">{"".join(names)}</g>'
    )


def _area(shape: BaseGeometry, frame: Frame) -> str:
    """The `d` of a shape whose corners are rounded."""
    rings = [
        ring
        for part in getattr(shape, "geoms", [shape])
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        _rounded([frame.at((x, y)) for x, y in ring.coords[:-1]], CORNER * LETTER) for ring in rings
    )


def _rounded(corners: Sequence[XY], radius: float) -> str:
    """A closed outline with a curve about each corner. Units: pixels."""
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
    broad = number(scene.style.line * pixels_of(scene.style))
    drawn = []
    for line, strokes in line_tracks(scene).items():
        if strokes:
            title = escape(clean((look.names or {}).get(line, line)))
            drawn.append(
                f'<g id="{name_of(f"{name}-line", line, ids)}"><title>{title}</title>'
                f'<path d="{path_of(strokes, frame)}" stroke="{colours.get(line, INK)}"/></g>'
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
        spans = [
            f'<tspan x="{number(x)}" y="{number(top + (i + 0.82) * LEADING * size)}" '
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
    y = top + len(label.lines) * LEADING * size + 0.1 * size
    drawn = []
    for line, code in badges.items():
        drawn.append(draw_badge(code, colours.get(line, INK), x, y, size))
        x += badge_width(code, size)
    return "".join(drawn)


def fitted(text: str, size: float, *, bold: bool = False) -> str:
    """The attributes that make a text as wide as it was measured, whatever font draws it."""
    width = number(measure(text, size, bold=bold))
    return f'textLength="{width}" lengthAdjust="spacingAndGlyphs"'


def draw_badge(code: str, colour: str, x: float, y: float, size: float) -> str:
    """A line's code in white or dark on its colour."""
    width, height = badge_width(code, size) - 0.15 * size, badge_height(size)
    small = 0.8 * size
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
        f'height="{number(height)}" rx="{number(0.22 * size)}" fill="{colour}"/>'
        f'<text x="{number(x + width / 2)}" y="{number(y + height / 2 + 0.36 * small)}" '
        f'font-size="{number(small)}" font-weight="bold" text-anchor="middle" '
        f'fill="{ink_on(colour)}">{escape(code)}</text>'
    )


def draw_legend(scene: Scene, look: Look, room: float) -> Panel:
    """Every line with its badge, colour and name, in as many columns as fit below each other.

    Names that found no place on the map follow, each after its number.
    """
    size = LETTER
    names, codes, colours = look.names or {}, look.codes or {}, look.colours or {}
    entries = [
        _line_entry(codes.get(x, ""), clean(names.get(x, x)), colours.get(x, INK), size, scene)
        for x in scene.graph.lines
    ]
    entries += [_key_entry(key, clean(name), size) for key, name in look.keys]
    if not entries:
        return Panel("", 0, 0)
    step = 1.75 * size
    rows = max(6, int(room / step))
    columns = math.ceil(len(entries) / rows)
    rows = math.ceil(len(entries) / columns)
    left, drawn = 0.0, []
    for column in range(columns):
        mine = entries[column * rows : (column + 1) * rows]
        drawn += [
            f'<g transform="translate({number(left)} {number(row * step)})">{entry.content}</g>'
            for row, entry in enumerate(mine)
        ]
        left += max(entry.width for entry in mine) + 1.5 * size
    return Panel(f'<g class="legend">{"".join(drawn)}</g>', left, rows * step)


def _line_entry(code: str, name: str, colour: str, size: float, scene: Scene) -> Panel:
    middle = badge_height(size) / 2
    bar = max(badge_width(code, size), 2.2 * size) + 0.3 * size
    content = (
        f"{draw_badge(code, colour, 0.0, 0.0, size)}"
        f'<path d="M{number(bar)} {number(middle)}h{number(1.4 * size)}" stroke="{colour}" '
        f'stroke-width="{number(scene.style.line * pixels_of(scene.style))}" stroke-linecap="round"/>'
        f'<text x="{number(bar + 2 * size)}" y="{number(middle + 0.36 * size)}" '
        f'font-size="{number(size)}" {fitted(name, size)}>{escape(name)}</text>'
    )
    return Panel(content, bar + 2 * size + measure(name, size), 0.0)


def _key_entry(key: str, name: str, size: float) -> Panel:
    middle = badge_height(size) / 2 + 0.36 * size
    content = (
        f'<text y="{number(middle)}" font-size="{number(size)}" font-weight="bold">'
        f"{escape(key)}</text>"
        f'<text x="{number(2.5 * size)}" y="{number(middle)}" font-size="{number(size)}" '
        f"{fitted(name, size)}>{escape(name)}</text>"
    )
    return Panel(content, 2.5 * size + measure(name, size), 0.0)


def _draw_head(look: Look, top: float) -> Panel:
    title = clean(look.title)
    if not title or not look.heading:
        return Panel("", 0, 0)
    size = 26.0
    text = (
        f'<text x="0" y="{number(top + ASCENT * size)}" font-size="{number(size)}" '
        f'font-weight="bold">{escape(title)}</text>'
    )
    return Panel(text, measure(title, size, bold=True), 1.6 * size)


def _draw_foot(look: Look) -> Panel:
    words = " · ".join(clean(part) for part in (look.sources, look.date) if clean(part))
    if not words:
        return Panel("", 0, 0)
    size = 11.0
    text = f'<text x="0" y="{number(1.8 * size)}" font-size="{size}" fill="{QUIET}">{escape(words)}</text>'
    return Panel(text, measure(words, size), 2.2 * size)
