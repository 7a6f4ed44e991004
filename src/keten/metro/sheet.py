"""The sheet around a map: title, legend and foot, and where each of them goes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from keten.metro.lettering import ASCENT, clean, measure
from keten.metro.look import LETTER, Look
from keten.metro.options import badge_height, badge_width
from keten.metro.palette import INK, PAPER, QUIET, by_number, ink_on
from keten.metro.scene import Scene, Style

THIN = 0.4  # of a line: how broad a quiet one is


@dataclass(frozen=True)
class Panel:
    """Something beside the map: its content, drawn from its own corner, and its size."""

    content: str
    width: float
    height: float


def number(value: float) -> str:
    """A number with two decimals at most, and no sign on nought."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


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


def pixels_of(style: Style) -> float:
    """How many pixels one L is."""
    return LETTER / style.font


def draw_legend(scene: Scene, look: Look, *, tall: float = math.inf, wide: float = 0.0) -> Panel:
    """Every line with its badge, colour and name: no taller than asked, or as wide as there is room.

    Names that found no place on the map follow, each after its number. Units: pixels.
    """
    size = LETTER
    names, codes, colours = look.names or {}, look.codes or {}, look.colours or {}
    entries = [
        _line_entry(
            codes.get(x, ""), clean(names.get(x, x)), colours.get(x, INK), size, _pen(scene, x)
        )
        for x in sorted(scene.graph.lines, key=lambda x: by_number(codes.get(x, "~")))
    ]
    entries += [_key_entry(key, clean(name), size) for key, name in look.keys]
    if not entries:
        return Panel("", 0, 0)
    step = 1.75 * size
    columns = math.ceil(len(entries) / max(6.0, tall // step))
    if wide:
        columns = max(columns, int(wide // (max(e.width for e in entries) + 1.5 * size)))
    rows = math.ceil(len(entries) / min(columns, len(entries)))
    columns = math.ceil(len(entries) / rows)
    left, drawn = 0.0, []
    for column in range(columns):
        mine = entries[column * rows : (column + 1) * rows]
        drawn += [
            f'<g transform="translate({number(left)} {number(row * step)})">{entry.content}</g>'
            for row, entry in enumerate(mine)
        ]
        left += max(entry.width for entry in mine) + 1.5 * size
    return Panel(f'<g class="legend">{"".join(drawn)}</g>', left, rows * step)


def _pen(scene: Scene, line: str) -> str:
    """How a line is drawn in the legend: thin if it is quiet, broken if it has no track."""
    share = THIN if scene.graph.lines[line].quiet else 1.0
    width = share * scene.style.line * pixels_of(scene.style)
    missing = not any(line in edge.lines for edge in scene.graph.edges)
    broken = f' stroke-dasharray="0.1 {number(1.6 * width)}"' if missing else ""
    return f'stroke-width="{number(width)}" stroke-linecap="round"{broken}'


def _line_entry(code: str, name: str, colour: str, size: float, pen: str) -> Panel:
    middle = badge_height(size) / 2
    bar = max(badge_width(code, size), 2.2 * size) + 0.3 * size
    if name == code:  # the badge says it
        name = ""
    content = (
        f"{draw_badge(code, colour, 0.0, 0.0, size) if code else ''}"
        f'<path d="M{number(bar)} {number(middle)}h{number(1.4 * size)}" stroke="{colour}" {pen}/>'
    )
    if name:
        content += (
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


def draw_sheet(look: Look, name: str, chart: Panel, beside: Panel, below: Panel) -> str:
    """Title above, map, legend on the side that suits the shape wanted, notes at the foot.

    `beside` and `below` are the legend as it would stand there; both are empty if it stands in the map.
    """
    margin = 20.0
    head = _draw_head(look, 0.0)
    foot = _draw_foot(look)
    aspect = look.aspect or 1.4142
    wider = Panel("", chart.width + beside.width + margin, max(chart.height, beside.height))
    taller = Panel("", max(chart.width, below.width), chart.height + below.height + margin)

    def far(panel: Panel) -> float:
        tall = panel.height + head.height + foot.height
        return abs(math.log(panel.width / max(tall, 1.0) / aspect))

    side = bool(beside.content) and far(wider) < far(taller)
    legend = beside if side else below
    inner = wider if side else taller if legend.content else chart
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
        f'height="{number(height)}" font-family="{look.font}" fill="{INK}" '
        f"aria-labelledby={quoteattr(f'{name}-title {name}-desc')}>"
        f"<title id={quoteattr(f'{name}-title')}>{escape(clean(look.title) or look.word('map'))}</title>"
        f"<desc id={quoteattr(f'{name}-desc')}>{escape(clean(look.about))}</desc>"
        f'<rect width="{number(width)}" height="{number(height)}" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>\n"
    )
