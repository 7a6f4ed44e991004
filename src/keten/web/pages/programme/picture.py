"""The picture of a programme: a bar for each action from its first day to its last, on one line of time."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_skeleton
from markupsafe import Markup, escape

from keten.programme.views import ActionView
from keten.web.language import Words

_ROW = 44  # pixels: words above, bar below
_HEAD = 26
_LETTERS = 40  # as many as fit a small screen
_MOST_TICKS = 6
_STEPS = (1, 3, 6, 12, 24, 60, 120)  # months between ticks


def draw_timeline(
    actions: Sequence[ActionView], today: date, words: Words, language: str
) -> Markup:
    """Draw the actions that have days; nothing where none has.

    Places are shares of the width, so that words keep their size on a small screen.
    """
    rows = [view for view in actions if _days(view)]
    if not rows:
        return Markup("")
    days = [day for view in rows for day in _days(view)]
    first, last = min([*days, today]), max([*days, today])
    margin = timedelta(days=max(7, (last - first).days // 40))
    first, last = first - margin, last + margin
    whole = (last - first).days
    height = _HEAD + _ROW * len(rows)

    def at(day: date) -> str:
        return f"{(day - first).days / whole * 100:.2f}%"

    parts = []
    for tick in list_ticks(first, last):
        month = escape(format_skeleton("yMMM", tick, locale=language))
        parts.append(
            f'<line class="axis" x1="{at(tick)}" x2="{at(tick)}" y1="{_HEAD - 6}" y2="{height}"/>'
            f'<foreignObject x="{at(tick)}" y="0" width="72" height="{_HEAD - 6}">'
            f'<time xmlns="http://www.w3.org/1999/xhtml" datetime="{tick:%Y-%m}">{month}</time>'
            "</foreignObject>"
        )
    parts.append(
        f'<line class="now" x1="{at(today)}" x2="{at(today)}" y1="{_HEAD - 6}" y2="{height}"/>'
    )
    for place, view in enumerate(rows):
        parts += _draw(view, _HEAD + place * _ROW, first, whole)
    title = words("What is planned, over time")
    about = words(
        "Each bar is an action, each diamond a milestone, the dashed line is today; the tables "
        "below say the same."
    )
    return Markup(  # noqa: S704 - numbers, our own words and escaped titles
        f'<svg class="k-timeline" width="100%" height="{height}" role="img" '
        'aria-labelledby="time-t time-d">'
        f'<title id="time-t">{escape(title)}</title><desc id="time-d">{escape(about)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def list_ticks(first: date, last: date) -> list[date]:
    """Give first days of months between two days, evenly apart and few enough to be read."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in _STEPS if months / step < _MOST_TICKS), _STEPS[-1])
    start = first.year * 12 + first.month - 1
    start += -start % step
    found = []
    for month in range(start, last.year * 12 + last.month, step):
        tick = date(month // 12, month % 12 + 1, 1)
        # A label near the right edge would leave the picture.
        if first <= tick <= first + (last - first) * 0.88:
            found.append(tick)
    return found


def _draw(view: ActionView, top: int, first: date, whole: int) -> list[str]:
    days = _days(view)
    begin, end = min(days), max(days)
    left = (begin - first).days / whole * 100
    width = max((end - begin).days / whole * 100, 0.6)
    # Words begin at the left edge: beside a late bar they would run out of a small screen.
    name = (
        f'<text class="source-text" x="0" y="{top + 16}">{escape(_short(view.action.title))}</text>'
    )
    bar = (
        f'<rect class="course course--{view.course}" x="{left:.2f}%" y="{top + 22}" '
        f'width="{width:.2f}%" height="12" rx="3"/>'
    )
    parts = [name, bar]
    for one in view.milestones:
        place = (one.milestone.day - first).days / whole * 100
        parts.append(
            f'<svg x="{place:.2f}%" y="{top + 28}" overflow="visible">'
            f'<path class="diamond diamond--{one.course}" d="M0,-8L8,0L0,8L-8,0z"/></svg>'
        )
    return parts


def _days(view: ActionView) -> list[date]:
    action = view.action
    days = [action.starts, action.ends, *(one.day for one in action.milestones)]
    return [day for day in days if day is not None]


def _short(title: str) -> str:
    line = title.split("\n", 1)[0]
    return line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}…"
