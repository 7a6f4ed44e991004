"""Reliability: what was said against what is true, a dot for each step of chances."""

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from keten.web.language import Words

_SIDE = 320
_LEFT = 44
_FOOT = 44
_TOP = 12
_LARGEST = 13.0
_SMALLEST = 4.0


def draw_reliability(steps: Sequence[tuple[float, float, int]], words: Words, name: str) -> Markup:
    """Draw steps (said, true, pairs); `name` makes the picture's own marks differ from another's."""
    if not steps:
        return Markup("")
    # All but a few pairs are plainly nothing: sizes are compared among the rest.
    most = max((pairs for said, _, pairs in steps if said >= 0.1), default=1)
    grid = "".join(
        f'<line class="axis" x1="{_x(at):.1f}" y1="{_y(0):.1f}" x2="{_x(at):.1f}" '
        f'y2="{_y(1):.1f}" stroke-dasharray="2 4"/>'
        f'<line class="axis" x1="{_x(0):.1f}" y1="{_y(at):.1f}" x2="{_x(1):.1f}" '
        f'y2="{_y(at):.1f}" stroke-dasharray="2 4"/>'
        for at in (0.0, 0.5, 1.0)
    )
    ideal = (
        f'<line class="axis" x1="{_x(0):.1f}" y1="{_y(0):.1f}" x2="{_x(1):.1f}" y2="{_y(1):.1f}"/>'
    )
    path = "M" + " L".join(f"{_x(said):.1f} {_y(true):.1f}" for said, true, _ in steps)
    dots = "".join(
        f'<circle class="reliability-dot" cx="{_x(said):.1f}" cy="{_y(true):.1f}" '
        f'r="{_radius(pairs, most):.1f}"/>'
        for said, true, pairs in steps
    )
    never, always = words("never"), words("always")
    ends = (
        _write(_x(0), _y(0) + 18, never, "start")
        + _write(_x(1), _y(0) + 18, always, "end")
        + _write(_x(0.5), _y(0) + 36, words("said"), "middle")
        + _write(_x(0) - 6, _y(1) + 12, always, "end")
        + _write(_x(0) - 6, _y(0.5) + 4, words("true"), "end")
    )
    title = words("What was said against what is true")
    about = words(
        "A dot for each step of chances, larger for more pairs. On the slanting line chances mean "
        "what they say; above it they are too low. The table beside it has the figures."
    )
    return Markup(  # noqa: S704 - numbers and escaped words only
        f'<svg class="k-square" viewBox="0 0 {_LEFT + _SIDE + 16} {_TOP + _SIDE + _FOOT}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(about)}</desc>{grid}{ideal}'
        f'<path class="reliability-line" d="{path}"/>{dots}{ends}</svg>'
    )


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float) -> float:
    return _TOP + _SIDE * (1 - share)


def _radius(pairs: int, most: int) -> float:
    return min(_LARGEST, max(_SMALLEST, _LARGEST * math.sqrt(pairs / most)))


def _write(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" fill="currentColor" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )
