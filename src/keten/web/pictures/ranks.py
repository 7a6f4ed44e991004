"""Stacked bars of ranks: for each development a bar, cut up by how often it has each rank."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from keten.portfolio.views import DevelopmentView
from keten.web.language import Words

_WIDTH = 640
_BAR, _NAME, _GAP = 26, 20, 14
_FAINTEST = 0.12
_SIGNS = 60


def draw_ranks(rows: Sequence[DevelopmentView], language: str, words: Words) -> Markup:
    """Draw the bars in the order of the rows; the darkest part is the first rank."""
    step = _NAME + _BAR + _GAP
    parts = []
    for place, row in enumerate(rows):
        top = place * step
        name = row.label.in_language(language)
        short = name if len(name) <= _SIGNS else f"{name[: _SIGNS - 1]}…"
        parts.append(
            f'<text class="party-name source-text" x="0" y="{top + _NAME - 6}">'
            f"{escape(short)}</text>"
        )
        left = 0.0
        for rank, figure in enumerate(row.ranks):
            width = float(figure.value or 0) * _WIDTH
            if width:
                parts.append(
                    f'<rect class="rank" fill-opacity="{shade(rank, len(row.ranks)):.2f}" '
                    f'x="{left:.1f}" y="{top + _NAME}" width="{width:.1f}" height="{_BAR}"/>'
                )
            left += width
    title = words("How often each development has which rank")
    about = words(
        "One bar for each development; its darkest part is the first rank, its lightest the last. "
        "The table below has the same figures."
    )
    return Markup(  # noqa: S704 - numbers, our own words and escaped names
        f'<svg viewBox="0 0 {_WIDTH} {max(len(rows), 1) * step}" role="img" '
        f'aria-labelledby="ranks-t ranks-d"><title id="ranks-t">{escape(title)}</title>'
        f'<desc id="ranks-d">{escape(about)}</desc>{"".join(parts)}</svg>'
    )


def shade(rank: int, ranks: int) -> float:
    """Give how dark a rank is drawn: 1 for the first, faint for the last."""
    return 1.0 - (1.0 - _FAINTEST) * rank / max(ranks - 1, 1)
