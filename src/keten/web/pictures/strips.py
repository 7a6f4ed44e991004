"""Strips: where each element stands between weakest and strongest, with a dot for each region."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from keten.web.language import Words

_WIDTH = 640
_NAMES = 210  # room for the name of an element
_ROW = 28
_FOOT = 26
_RADIUS = 4
_MARK = 7


@dataclass(frozen=True, slots=True)
class Strip:
    """An element: its place (0..100) as a whole and in each region; None where nothing is known."""

    label: str
    value: float | None
    parts: tuple[float, ...] = ()


def draw_strips(strips: Sequence[Strip], words: Words) -> Markup:
    """Draw the strips below each other, the worst end on the left."""
    height = _ROW * len(strips)
    nothing = words("no data")
    rows = "".join(_draw_row(strip, place, nothing) for place, strip in enumerate(strips))
    grid = "".join(
        f'<line class="axis" x1="{_x(at):.1f}" y1="0" x2="{_x(at):.1f}" y2="{height}" '
        f'stroke-dasharray="{"none" if at in (0.0, 100.0) else "3 4"}"/>'
        for at in (0.0, 50.0, 100.0)
    )
    weakest, strongest = words("weakest in Europe"), words("strongest in Europe")
    ends = (
        f'<text x="{_x(0):.1f}" y="{height + 18}" font-size="13" fill="currentColor">'
        f"{escape(weakest)}</text>"
        f'<text x="{_x(100):.1f}" y="{height + 18}" font-size="13" fill="currentColor" '
        f'text-anchor="end">{escape(strongest)}</text>'
    )
    title = words("How many of a hundred European regions do worse, by element")
    about = words("A diamond for the regions together, a dot for each; the table has the figures.")
    return Markup(  # noqa: S704 - numbers and escaped words only
        f'<svg viewBox="0 0 {_WIDTH} {height + _FOOT}" role="img" '
        'aria-labelledby="strips-t strips-d">'
        f'<title id="strips-t">{escape(title)}</title>'
        f'<desc id="strips-d">{escape(about)}</desc>{grid}{rows}{ends}</svg>'
    )


def _draw_row(strip: Strip, place: int, no_data: str) -> str:
    middle = _ROW * place + _ROW / 2
    label = (
        f'<text x="0" y="{middle + 4:.1f}" font-size="14" fill="currentColor">'
        f"{escape(strip.label)}</text>"
    )
    line = (
        f'<line class="axis" x1="{_x(0):.1f}" y1="{middle:.1f}" x2="{_x(100):.1f}" '
        f'y2="{middle:.1f}" opacity="0.4"/>'
    )
    if strip.value is None:
        nothing = (
            f'<text x="{_x(2):.1f}" y="{middle - 3:.1f}" font-size="12" font-style="italic" '
            f'fill="currentColor">{escape(no_data)}</text>'
        )
        return label + line + nothing
    dots = "".join(
        f'<circle class="bar-h2020" cx="{_x(part):.1f}" cy="{middle:.1f}" r="{_RADIUS}"/>'
        for part in strip.parts
    )
    x = _x(strip.value)
    mark = (
        f'<path class="bar-he" d="M{x - _MARK:.1f} {middle:.1f}L{x:.1f} {middle - _MARK:.1f}'
        f'L{x + _MARK:.1f} {middle:.1f}L{x:.1f} {middle + _MARK:.1f}Z"/>'
    )
    return label + line + dots + mark


def _x(value: float) -> float:
    return _NAMES + (_WIDTH - _NAMES - 10) * value / 100
