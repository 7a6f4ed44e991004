"""Bars by year: how many projects began, one column a year, the programmes on top of each other."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from keten.atlas.views import YearRow
from keten.web.language import Words

_WIDTH = 640
_HEIGHT = 180
_FOOT = 30
_GAP = 6
_ORDER = ("h2020", "he")


def draw_years(rows: Sequence[YearRow], words: Words) -> Markup:
    """Draw the bars; every year from the first to the last has a place, also where nothing began."""
    dated = [row for row in rows if row.year is not None]
    if not dated:
        return Markup("")
    first = min(row.year or 0 for row in dated)
    last = max(row.year or 0 for row in dated)
    counts = {(row.year, row.programme): int(row.projects.value or 0) for row in dated}
    programmes = [name for name in _ORDER if any(key[1] == name for key in counts)]
    tallest = max(
        sum(counts.get((year, name), 0) for name in programmes) for year in range(first, last + 1)
    )
    # Few years get no wider columns than many would: a lone bar must not fill the page.
    step = _WIDTH / max(last - first + 1, 8)
    parts = []
    for place, year in enumerate(range(first, last + 1)):
        left = place * step
        top = float(_HEIGHT)
        for name in programmes:
            height = counts.get((year, name), 0) / max(tallest, 1) * (_HEIGHT - _GAP)
            top -= height
            if height:
                parts.append(
                    f'<rect class="bar-{name}" x="{left + _GAP / 2:.1f}" y="{top:.1f}" '
                    f'width="{step - _GAP:.1f}" height="{height:.1f}"/>'
                )
        parts.append(
            f'<foreignObject x="{left:.1f}" y="{_HEIGHT + 4}" width="{step:.1f}" height="{_FOOT - 4}">'
            f'<time xmlns="http://www.w3.org/1999/xhtml" datetime="{year}">{year}</time>'
            "</foreignObject>"
        )
    width = step * (last - first + 1)
    title = words("Projects by the year in which they began")
    about = words("One column for each year; the table beside it has the same figures.")
    return Markup(  # noqa: S704 - numbers and our own words only
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + _FOOT}" role="img" aria-labelledby="bars-t bars-d">'
        f'<title id="bars-t">{escape(title)}</title>'
        f'<desc id="bars-d">{escape(about)}</desc>{"".join(parts)}'
        f'<line class="axis" x1="0" y1="{_HEIGHT}" x2="{width:.1f}" y2="{_HEIGHT}"/></svg>'
    )
