"""Margins: estimates with their ranges under each other, on an axis on which twice and half lie as far
from one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from keten.web.language import N_, Words

_WIDTH = 760
_NAMES = 280  # where the axis begins; names stand before it
_STEP = 28
_HEAD = 30
_LETTERS = 38
_MOST = 3  # the axis ends at two to this power: eight times as much
_TICKS = {
    -3: N_("an eighth"),
    -2: N_("a quarter"),
    -1: N_("half"),
    0: N_("as elsewhere"),
    1: N_("twice"),
    2: N_("four times"),
    3: N_("eight times"),
}


@dataclass(frozen=True, slots=True)
class Margin:
    """One estimate with its range, its name, and what may be said of it (a word for its looks)."""

    name: str
    value: float
    low: float
    high: float
    reading: str


def draw_margins(rows: Sequence[Margin], words: Words) -> Markup:
    """Draw the estimates in the order given; nothing where there are none."""
    if not rows:
        return Markup("")
    reach = _find_reach(rows)
    height = _HEAD + _STEP * len(rows) + 6

    def across(value: float) -> float:
        place = math.log2(value) if value > 0 else -reach
        share = (min(max(place, -reach), reach) + reach) / (2 * reach)
        return _NAMES + 12 + share * (_WIDTH - _NAMES - 24 - 24)

    parts = [_draw_tick(across(2.0**power), power, height, words) for power in _list_powers(reach)]
    for place, row in enumerate(rows):
        y = _HEAD + _STEP * (place + 0.5)
        parts.append(
            f'<g class="margin margin--{escape(row.reading)}">'
            f'<line x1="{across(row.low):.1f}" y1="{y:.1f}" x2="{across(row.high):.1f}" '
            f'y2="{y:.1f}"/><circle cx="{across(row.value):.1f}" cy="{y:.1f}" r="5"/></g>'
            f'<text class="party-name source-text" x="{_NAMES}" y="{y + 4:.1f}" '
            f'text-anchor="end">{escape(_shorten(row.name))}</text>'
        )
    title = words("How much more or less than in Europe as a whole")
    about = words(
        "A dot for each estimate, a line for its range. Only a line that stays clear of the upright "
        "line in the middle tells a difference. The table has the same figures."
    )
    return Markup(  # noqa: S704 - numbers, our own words and escaped names
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="margin-t margin-d">'
        f'<title id="margin-t">{escape(title)}</title><desc id="margin-d">{escape(about)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _find_reach(rows: Sequence[Margin]) -> int:
    """Give the power of two at which the axis ends: ranges of a few projects may run out of it."""
    told = [row for row in rows if row.reading != "few"] or rows
    ends = [abs(math.log2(end)) for row in told for end in (row.low, row.high) if end > 0]
    return min(_MOST, max(1, math.ceil(max(ends, default=1))))


def _list_powers(reach: int) -> range:
    return range(-reach, reach + 1)


def _draw_tick(x: float, power: int, height: float, words: Words) -> str:
    name = "axis" if power == 0 else "grid"
    return (
        f'<line class="{name}" x1="{x:.1f}" y1="{_HEAD - 8}" x2="{x:.1f}" y2="{height - 6:.0f}"/>'
        f'<text class="tick" x="{x:.1f}" y="14" text-anchor="middle">'
        f"{escape(words(_TICKS[power]))}</text>"
    )


def _shorten(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
