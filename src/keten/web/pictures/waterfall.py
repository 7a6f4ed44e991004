"""The waterfall: how each finding moved the chance that two records are one organisation, step by step.

Steps stand below each other on an axis of log-odds, on which equal evidence has equal length. A step that
speaks for it points to the right, one against to the left; words say so, too. Findings that say next to
nothing are left to the table.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from keten.atlas.identity_views import Step
from keten.web.language import N_, Words

_WIDTH = 360
_SIDE = 14  # room left and right of the axis
_ROW = 46
_HEAD = 26
_BAR = 14
_POINT = 7  # how far the point of an arrow reaches back
_LETTERS = 30
_LEAST = 5.5  # log-odds that are always in sight on either side of even
_TICKS = ((-4.595, N_("unlikely")), (0.0, N_("even")), (4.595, N_("likely")))
_SPEAKS = {"for": N_("speaks for"), "against": N_("speaks against")}


def draw_waterfall(
    start: float, steps: Sequence[Step], score: float, words: Words, language: str
) -> Markup:
    """Draw the steps from the start to where they end; `start` and `score` are log-odds."""
    steps = [step for step in steps if step.speaks != "neither"]
    places = [start, score, *(step.after for step in steps), -_LEAST, _LEAST]
    low, high = min(places), max(places)
    height = _HEAD + _ROW * (len(steps) + 2)

    def across(value: float) -> float:
        return _SIDE + (value - low) / (high - low) * (_WIDTH - 2 * _SIDE)

    ticks = "".join(_draw_tick(across(at), height, words(name)) for at, name in _TICKS)
    rows = [_draw_end(across(start), 0, words("Before anything is compared"), "start")]
    for place, step in enumerate(steps, 1):
        name = _shorten(step.title.in_language(language))
        said = words(_SPEAKS[step.speaks])
        rows.append(_draw_step(across(step.before), across(step.after), place, step, name, said))
    rows.append(_draw_end(across(score), len(steps) + 1, words("All together"), "end"))
    title = words("How each finding moved the chance that the two are one")
    about = words(
        "From top to bottom, each finding moves on from where the one above it ended: to the right where "
        "it speaks for one organisation, to the left where it speaks against. The table has the same."
    )
    return Markup(  # noqa: S704 - numbers, our own words and escaped texts
        f'<svg class="k-waterfall" viewBox="0 0 {_WIDTH} {height}" role="img" '
        'aria-labelledby="fall-t fall-d">'
        f'<title id="fall-t">{escape(title)}</title><desc id="fall-d">{escape(about)}</desc>'
        f"{ticks}{''.join(rows)}</svg>"
    )


def _draw_tick(x: float, height: float, name: str) -> str:
    return (
        f'<line class="grid" x1="{x:.1f}" y1="{_HEAD - 6}" x2="{x:.1f}" y2="{height}"/>'
        f'<text class="tick" x="{x:.1f}" y="14" text-anchor="middle">{escape(name)}</text>'
    )


def _draw_end(x: float, place: int, name: str, kind: str) -> str:
    top = _HEAD + _ROW * place
    y = top + 29
    return (
        _draw_name(top, name, "")
        + f'<path class="fall fall--{kind}" d="M{x - 8:.1f},{y:.1f}L{x:.1f},{y - 8:.1f}'
        f'L{x + 8:.1f},{y:.1f}L{x:.1f},{y + 8:.1f}Z"/>'
    )


def _draw_step(start: float, end: float, place: int, step: Step, name: str, said: str) -> str:
    """Draw an arrow from where the last step ended to where this one does."""
    top = _HEAD + _ROW * place
    y, half = top + 29, _BAR / 2
    down = (
        f'<line class="fall-down" x1="{start:.1f}" y1="{y - _ROW + half:.1f}" x2="{start:.1f}" '
        f'y2="{y - half:.1f}"/>'
    )
    way = 1 if end >= start else -1
    neck = start + way * max(abs(end - start) - _POINT, 0)
    arrow = (
        f'<path class="fall fall--{step.speaks}" d="M{start:.1f},{y - half:.1f}L{neck:.1f},'
        f"{y - half:.1f}L{end:.1f},{y:.1f}L{neck:.1f},{y + half:.1f}L{start:.1f},{y + half:.1f}Z"
        '"/>'
    )
    return down + _draw_name(top, name, said) + arrow


def _draw_name(top: float, name: str, said: str) -> str:
    told = (
        f'<text class="fall-said" x="{_WIDTH - 2}" y="{top + 15}" text-anchor="end">{escape(said)}</text>'
        if said
        else ""
    )
    return f'<text class="fall-name source-text" x="2" y="{top + 15}">{escape(name)}</text>{told}'


def _shorten(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
