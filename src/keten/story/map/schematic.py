"""Draws the lines, stations and labels of a schematic map as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from keten.story.map.layout import Place, place_stations
from keten.story.map.lettering import break_label, measure_text

# Told apart by those who see colours otherwise, dark enough for letters on white; the letter at the
# head of each line says the same without colour.
COLOURS: Final = ("#0b5a66", "#a8763e", "#7a2e5d", "#3c5a99", "#5b6f1d", "#9c2f16")
_INK: Final = "#1b2124"
_SIZE: Final = 7.0  # of letters, in points where 510 wide fills a page
_LEADING: Final = 8.2
_BADGE: Final = 11.0
_GUTTER: Final = 92.0  # on the left, for the names of the lines
_ABOVE: Final = 7.0  # from the top of a row to its line
_BELOW: Final = 5.0  # from a line to the labels below it
_FOOT: Final = 6.0  # from the last line of labels to the next row
_GAP: Final = 5.0  # between labels side by side
_BOLD: Final = 1.12  # bold letters are wider by this
_FONT: Final = "Libertinus Serif"


@dataclass(frozen=True, slots=True)
class MapLine:
    """A line: its label, and its stations in order."""

    line: str
    label: str
    stations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of text below a station, and the box that they surely stay in."""

    lines: tuple[str, ...]
    middle: float
    box: Box


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything of a map that has a place."""

    placed: Mapping[str, Place]
    middles: Mapping[int, float]
    heights: tuple[float, ...]
    heads: tuple[tuple[str, ...], ...]
    labels: tuple[Label, ...]
    width: float
    height: float


def draw_schematic(
    lines: Sequence[MapLine],
    stations: Mapping[str, str],
    *,
    title: str,
    about: str,
    name: str = "schematic",
    width: float = 510.0,
) -> str:
    """Draw lines through stations (identifier to label); a station on several lines joins them.

    Lines without stations keep their head, so that what is missing can be seen. `name` tells the
    drawings on one page apart. Raises: UsageError when lines contradict each other's order.
    """
    plan = arrange(lines, stations, width)
    parts = [_draw_line(line, row, plan) for row, line in enumerate(lines)]
    parts += [_draw_station(place, plan) for place in plan.placed.values()]
    parts += [_draw_label(label) for label in plan.labels]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="k-schematic" role="img" '
        f'viewBox="0 0 {plan.width:.0f} {plan.height:.1f}" width="{plan.width:.0f}" '
        f'height="{plan.height:.1f}" font-family="{_FONT}" font-size="{_SIZE}" fill="{_INK}" '
        f"aria-labelledby={quoteattr(f'{name}-t {name}-d')}>"
        f"<title id={quoteattr(f'{name}-t')}>{escape(title)}</title>"
        f"<desc id={quoteattr(f'{name}-d')}>{escape(about)}</desc>{''.join(parts)}</svg>"
    )


def arrange(lines: Sequence[MapLine], stations: Mapping[str, str], width: float) -> Plan:
    """Give everything its place; labels never overlap each other or a line."""
    placed = place_stations([line.stations for line in lines])
    columns = max((place.column for place in placed.values()), default=0) + 1
    step = (width - _GUTTER) / columns
    broken = {station: break_label(stations[station], step - _GAP, _SIZE) for station in placed}
    heads = [break_label(line.label, _GUTTER - _BADGE - 2 * _GAP, _SIZE * _BOLD) for line in lines]
    deepest = [len(head) for head in heads]
    for station, place in placed.items():
        # The label of a station that lines share stands below the lowest of them.
        deepest[place.rows[-1]] = max(deepest[place.rows[-1]], len(broken[station]))
    heights, top = [], 0.0
    for depth in deepest:
        heights.append(top + _ABOVE)
        top += _ABOVE + _BELOW + depth * _LEADING + _FOOT
    middles = {column: _GUTTER + (column + 0.5) * step for column in range(columns)}
    labels = [
        _place_label(broken[station], middles[place.column], heights[place.rows[-1]] + _BELOW)
        for station, place in placed.items()
    ]
    return Plan(placed, middles, tuple(heights), tuple(heads), tuple(labels), width, top)


def _place_label(lines: tuple[str, ...], middle: float, top: float) -> Label:
    wide = max((measure_text(line, _SIZE) for line in lines), default=0.0)
    return Label(lines, middle, Box(middle - wide / 2, top, wide, len(lines) * _LEADING))


def _draw_line(line: MapLine, row: int, plan: Plan) -> str:
    colour, y = COLOURS[row % len(COLOURS)], plan.heights[row]
    ends = [plan.middles[plan.placed[station].column] for station in line.stations]
    track = (
        f'<path class="k-line" d="M{_BADGE:.1f} {y:.1f}H{ends[-1]:.1f}" fill="none" '
        f'stroke="{colour}" stroke-width="3.2" stroke-linecap="round"/>'
        if ends
        else ""
    )
    left = _BADGE + _GAP
    spans = _write_spans(plan.heads[row], left, y + _BELOW)
    return (
        f'<g class="k-line-{row % len(COLOURS)}">{track}'
        f'<rect class="k-badge" x="0" y="{y - _BADGE / 2:.1f}" width="{_BADGE}" '
        f'height="{_BADGE}" rx="2" fill="{colour}"/>'
        f'<text class="k-letter" x="{_BADGE / 2}" y="{y + 2.6:.1f}" text-anchor="middle" '
        f'font-weight="bold" fill="#ffffff">{chr(ord("A") + row % 26)}</text>'
        f'<text class="source-text" font-weight="bold">{spans}</text></g>'
    )


def _draw_station(place: Place, plan: Plan) -> str:
    x = plan.middles[place.column]
    first, last = plan.heights[place.rows[0]], plan.heights[place.rows[-1]]
    tube = (
        f'<path class="k-tube" d="M{x:.1f} {first:.1f}V{last:.1f}" fill="none" stroke="{_INK}" '
        'stroke-width="5.4" stroke-linecap="round"/>'
        f'<path class="k-tube-inside" d="M{x:.1f} {first:.1f}V{last:.1f}" fill="none" '
        'stroke="#ffffff" stroke-width="2.6" stroke-linecap="round"/>'
        if len(place.rows) > 1
        else ""
    )
    dots = "".join(
        f'<circle class="k-station" cx="{x:.1f}" cy="{plan.heights[row]:.1f}" r="3.1" '
        f'fill="#ffffff" stroke="{_INK}" stroke-width="1.4"/>'
        for row in place.rows
    )
    return f"<g>{tube}{dots}</g>"


def _draw_label(label: Label) -> str:
    spans = _write_spans(label.lines, label.middle, label.box.top)
    return f'<text class="source-text" text-anchor="middle">{spans}</text>'


def _write_spans(lines: Sequence[str], x: float, top: float) -> str:
    return "".join(
        f'<tspan x="{x:.1f}" y="{top + (place + 0.86) * _LEADING:.1f}">{escape(text)}</tspan>'
        for place, text in enumerate(lines)
    )
