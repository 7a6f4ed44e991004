"""Who could introduce whom: the party, those between, and the suggested partners, in three columns."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from keten.matchmaking.views import Suggestion, Suggestions
from keten.web.language import Words

_WIDTH = 760
_STEP = 34
_COLUMNS = (20, 290, 540)  # the dots of the party, of those between, of the suggested
_LETTERS = 26
_TOP = 20  # room for the name above the first dot
_MOST = 10  # with more than so many between them, only the best introducer of each is drawn


def draw_introductions(view: Suggestions, words: Words) -> Markup:
    """Draw the ties through which each suggested partner can be reached; nothing without suggestions."""
    rows = [row for row in view.suggestions if row.introducers]
    if not rows:
        return Markup("")
    each = 2 if len(_list_middles(rows, 2)) <= _MOST else 1
    middles = _list_middles(rows, each)
    names = {
        who.organisation.organisation_id: who.organisation.name
        for row in rows
        for who in row.introducers
    }
    height = _STEP * max(len(middles), len(rows)) + _TOP
    at_middle = dict(zip(middles, _spread(len(middles), height), strict=True))
    parts = [_tie(_COLUMNS[0], height / 2, _COLUMNS[1], y, 2) for y in at_middle.values()]
    for row, y in zip(rows, _spread(len(rows), height), strict=True):
        for place, who in enumerate(row.introducers[:each]):
            start = at_middle[who.organisation.organisation_id]
            parts.append(_tie(_COLUMNS[1], start, _COLUMNS[2], y, 2 if place == 0 else 1))
        parts.append(
            _dot(_COLUMNS[2], y, 1) + _name(row.partner.name, _COLUMNS[2] + 12, y, "start")
        )
    for middle, y in at_middle.items():
        parts.append(_dot(_COLUMNS[1], y, 4) + _name(names[middle], _COLUMNS[1], y - 16, "middle"))
    parts.append(_dot(_COLUMNS[0], height / 2, 2))
    parts.append(_name(view.party.name, 4, height / 2 - 18, "start"))
    title = words("Who could introduce the party to whom")
    about = words("Three columns: the party, who could introduce it, who is suggested.")
    return Markup(  # noqa: S704 - numbers, our own words and escaped names
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="intro-t intro-d">'
        f'<title id="intro-t">{escape(title)}</title><desc id="intro-d">{escape(about)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _spread(count: int, height: float) -> Sequence[float]:
    """Give so many heights, evenly, from top to bottom."""
    return [_TOP + (height - _TOP) * (place + 0.5) / count for place in range(count)]


def _list_middles(rows: Sequence[Suggestion], each: int) -> list[str]:
    """Give the first introducers of all, each once, in the order in which they come up."""
    return list(
        dict.fromkeys(
            who.organisation.organisation_id for row in rows for who in row.introducers[:each]
        )
    )


def _tie(x: float, y: float, to_x: float, to_y: float, width: int) -> str:
    bend = (x + to_x) / 2
    return (
        f'<path class="tie" fill="none" stroke-width="{width}" '
        f'd="M{x:.0f},{y:.1f}C{bend:.0f},{y:.1f} {bend:.0f},{to_y:.1f} {to_x:.0f},{to_y:.1f}"/>'
    )


def _dot(x: float, y: float, colour: int) -> str:
    return f'<g class="party party--{colour}"><circle cx="{x:.0f}" cy="{y:.1f}" r="7"/></g>'


def _name(name: str | None, x: float, y: float, anchor: str) -> str:
    if not name:
        return ""
    short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
    return (
        f'<text class="party-name source-text" x="{x:.0f}" y="{y + 4:.1f}" text-anchor="{anchor}">'
        f"{escape(short)}</text>"
    )
